//! What an edition costs: one page against 64, on one thread and on two, in CPU time and memory, and
//! the same edition again with one story changed. `cargo bench --bench edition` prints a table;
//! nothing here passes or fails. It reads Linux's `/proc`, and says so elsewhere.
//!
//! The pages are the sample's, the characters of each exchanged for one another, so that every page
//! has its own glyphs and lines of the same length. Photographs are converted before.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use duikai::files::{Blob, Disk, Files, Memory, Place};
use duikai::job::{self, Cache, Made, Request};
use duikai::output::fit::Status;

const HOUSE: &str = env!("CARGO_MANIFEST_DIR");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shannan");
const STORIES: [&str; 8] =
    ["brief", "cuomei", "explainer", "hospital", "lead", "photos", "qiongjie", "sangri"];
const PAGES: usize = 64;

/// The files of an edition before those of the house.
struct Layered {
    over: Memory,
    under: Disk,
}

impl Files for Layered {
    fn open(&self, place: Place, path: &str) -> io::Result<Blob> {
        self.over.open(place, path).or_else(|_| self.under.open(place, path))
    }
}

fn main() {
    let kept = tempfile::tempdir().expect("a folder for what is kept");
    let cache = || Cache::at(kept.path().to_owned());
    let one = measure(&edition(1, false), &cache(), 1, None);
    assert_eq!(one.made.pages.len(), 1);
    let one = measure(&edition(1, false), &cache(), 1, None);
    let all = edition(PAGES, false);
    let on_one = measure(&all, &cache(), 1, None);
    let on_two = measure(&all, &cache(), 2, None);
    let out = tempfile::tempdir().expect("a folder to write to");
    measure(&all, &cache(), 2, Some(out.path()));
    let again = measure(&edition(PAGES, true), &cache(), 2, Some(out.path()));
    println!("{:<28}{:>9} {:>9} {:>9}  pages: fit, as before", "", "wall ms", "CPU ms", "peak kB");
    let rows = [
        ("1 page, 1 thread", &one),
        ("64 pages, 1 thread", &on_one),
        ("64 pages, 2 threads", &on_two),
        ("64 pages, one story changed", &again),
    ];
    for (name, run) in rows {
        let fit = run.made.pages.iter().filter(|page| page.status != Status::Unfit).count();
        println!(
            "{name:<28}{:>9} {:>9} {:>9}  {fit} of {}, {}",
            run.wall.as_millis(),
            told(run.cpu),
            told(run.peak),
            run.made.pages.len(),
            run.made.kept
        );
    }
    let more = PAGES as u64 - 1;
    let each = |one: Option<u64>, all: Option<u64>| Some(all?.saturating_sub(one?) * 10 / more);
    let tenths =
        |value: Option<u64>| value.map_or("?".to_owned(), |value| format!("{}.{}", value / 10, value % 10));
    println!(
        "each extra page: {} ms CPU, {} kB",
        tenths(each(one.cpu, on_one.cpu)),
        tenths(each(one.peak, on_one.peak))
    );
    let gain = on_one.wall.as_millis() * 100 / on_two.wall.as_millis().max(1);
    println!("two threads are {}.{:02} times as fast as one", gain / 100, gain % 100);
}

fn told(value: Option<u64>) -> String {
    value.map_or("?".to_owned(), |value| value.to_string())
}

/// An edition of as many pages; the first one with a story changed, if so.
fn edition(pages: usize, changed: bool) -> Layered {
    let read = |path: &str| fs::read_to_string(Path::new(SAMPLE).join(path)).expect("the sample has it");
    let page = read("pages/A02.toml");
    let stories: Vec<(&str, String)> =
        STORIES.into_iter().map(|name| (name, read(&format!("stories/{name}.toml")))).collect();
    let han: BTreeSet<char> =
        stories.iter().flat_map(|(_, text)| text.chars()).filter(|c| is_han(*c)).collect();
    let han: Vec<char> = han.into_iter().collect();
    let mut over = Memory::default();
    let ids: Vec<String> = (1..=pages).map(|number| format!("\"A{number:02}\"")).collect();
    let top = read("edition.toml").replace("pages = [\"A02\"]", &format!("pages = [{}]", ids.join(", ")));
    over.put(Place::Edition, "edition.toml", top.as_bytes());
    for number in 1..=pages {
        let mut page = page.replace("page_no = 2", &format!("page_no = {number}"));
        for (name, text) in &stories {
            let own = format!("{name}-{number:02}");
            page = page.replace(&format!("story = \"{name}\""), &format!("story = \"{own}\""));
            let turned = number + usize::from(changed && number == 1 && *name == "brief");
            let text: String = text.chars().map(|c| exchanged(c, &han, turned)).collect();
            let text = text.replace(&format!("id = \"{name}\""), &format!("id = \"{own}\""));
            over.put(Place::Edition, &format!("stories/{own}.toml"), text.as_bytes());
        }
        over.put(Place::Edition, &format!("pages/A{number:02}.toml"), page.as_bytes());
    }
    Layered { over, under: Disk::new(Path::new(HOUSE), Path::new(SAMPLE)).expect("the folders are there") }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Another character of the same list, so many places on.
fn exchanged(c: char, han: &[char], turned: usize) -> char {
    han.binary_search(&c).map_or(c, |at| han[(at + turned) % han.len()])
}

struct Run {
    made: Made,
    wall: Duration,
    /// Milliseconds.
    cpu: Option<u64>,
    /// Kilobytes beyond what was taken before.
    peak: Option<u64>,
}

fn measure(files: &Layered, cache: &Cache, threads: usize, out: Option<&Path>) -> Run {
    let fresh = tempfile::tempdir().expect("a folder to write to");
    let out = out.unwrap_or(fresh.path());
    let request = Request { cache: cache.clone(), ..Request::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (started, cpu, memory) = (Instant::now(), cpu_ms(), status_kb("VmRSS:"));
    let (made, _) = pool.install(|| job::publish(files, &request, out, &mut |_| {})).expect("it is written");
    let wall = started.elapsed();
    let since = |now: Option<u64>, before: Option<u64>| Some(now?.saturating_sub(before?));
    Run { made, wall, cpu: since(cpu_ms(), cpu), peak: since(status_kb("VmHWM:"), memory) }
}

/// CPU time of the process in milliseconds; the kernel counts in hundredths of a second.
fn cpu_ms() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: Vec<u64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
    Some(ticks.iter().sum::<u64>() * 10)
}

fn status_kb(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
