//! How long the reference page takes: each stage with its input at hand, and the whole program
//! started anew, as a desk starts it. `cargo bench` prints a table; nothing here passes or fails.

use std::path::Path;
use std::process::{Command, Stdio};

use divan::{Bencher, black_box};
use duikai::files::{Disk, Files, Place};
use duikai::flow::thread::{Cursor, fill, measure};
use duikai::font::Face;
use duikai::model::edition::{Edition, Level};
use duikai::model::style::{Composer, Composition};
use duikai::output::{self, Imprint, Intent};
use duikai::page::compose::{Composed, compose};
use duikai::paint::build::{Makeready, Purpose, build};
use duikai::paint::display::Sheet;
use duikai::paint::marks::Margin;
use duikai::picture::{self, Picture, Press, Wanted};
use duikai::room::{LegIdx, LineRoom, Rooms};
use duikai::source;
use duikai::text::para::PreparedStory;
use duikai::text::prepare::prepare;
use duikai::text::setting::Setting;
use duikai::text::shape::Shapers;
use duikai::unit::Len;

const HOUSE: &str = env!("CARGO_MANIFEST_DIR");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shannan");

fn main() {
    divan::main();
}

/// What `duikai build` costs from its start to its end, files written.
#[divan::bench(sample_count = 20)]
fn whole_process_cold(bencher: Bencher<'_, '_>) {
    let out = tempfile::tempdir().expect("a folder to write to");
    bencher.bench_local(|| {
        let status = Command::new(env!("CARGO_BIN_EXE_duikai"))
            .args(["build", SAMPLE, "--out"])
            .arg(out.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect("the program starts").success(), "the sample builds");
    });
}

#[divan::bench]
fn read_toml(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.bench_local(|| source::load(black_box(&files)));
}

#[divan::bench]
fn open_faces(bencher: Bencher<'_, '_>) {
    let files = files();
    let edition = edition(&files);
    bencher.bench_local(|| faces(black_box(&files), &edition));
}

/// Shaping, line breaking, headings, columns. The faces' tables are parsed anew each time.
#[divan::bench]
fn prepare_and_compose(bencher: Bencher<'_, '_>) {
    let files = files();
    let edition = edition(&files);
    let faces = faces(&files, &edition);
    bencher.bench_local(|| composed(black_box(&edition), &faces));
}

/// Shaping and spacing of all the page's paragraphs, and nothing else.
#[divan::bench]
fn prepare_text(bencher: Bencher<'_, '_>) {
    let files = files();
    let edition = edition(&files);
    let faces = faces(&files, &edition);
    let shapers = Shapers::new(&faces);
    bencher.bench_local(|| prepared(black_box(&edition), &shapers));
}

/// The page's paragraphs in lines of 17 em, by the fit rule; the ratio of the next to this is what
/// total-fit costs.
#[divan::bench]
fn set_by_the_fit_rule(bencher: Bencher<'_, '_>) {
    setting(bencher, Composer::First, |story, rooms, rules| {
        black_box(fill(story, Cursor::default(), rooms, rules));
    });
}

#[divan::bench]
fn set_by_total_fit(bencher: Bencher<'_, '_>) {
    setting(bencher, Composer::Total, |story, rooms, rules| {
        black_box(fill(story, Cursor::default(), rooms, rules));
    });
}

/// How deep the page's text is, by the fit rule, without setting it.
#[divan::bench]
fn measure_by_the_fit_rule(bencher: Bencher<'_, '_>) {
    setting(bencher, Composer::First, |story, rooms, rules| {
        black_box(measure(story, Cursor::default(), rooms, rules));
    });
}

fn setting(bencher: Bencher<'_, '_>, composer: Composer, set: impl Fn(&PreparedStory, &Rooms, &Composition)) {
    let files = files();
    let edition = edition(&files);
    let faces = faces(&files, &edition);
    let story = prepared(&edition, &Shapers::new(&faces));
    let grid = &edition.layout.grid;
    let mut rooms = Rooms::default();
    let first =
        LineRoom { leg: LegIdx(0), row: 0, inline: Len::ZERO, block: Len::ZERO, measure: grid.measure };
    rooms.push_leg(first, 2000, 0, grid.row);
    let rules = Composition { composer, ..edition.layout.composition.clone() };
    bencher.bench_local(|| set(black_box(&story), &rooms, &rules));
}

/// All paragraphs of all stories as one.
fn prepared(edition: &Edition, shapers: &Shapers<'_>) -> PreparedStory {
    let style = edition.layout.style("body").expect("every layout has it");
    let paras = edition.stories.iter().flat_map(|story| {
        let setting = Setting::of(story, &edition.layout);
        story.paras.iter().map(move |para| prepare(para, style, &setting, shapers).value)
    });
    PreparedStory { paras: paras.collect() }
}

#[divan::bench(sample_count = 20)]
fn convert_photographs(bencher: Bencher<'_, '_>) {
    let files = files();
    let edition = edition(&files);
    let composed = composed(&edition, &faces(&files, &edition));
    bencher.bench_local(|| photographs(black_box(&files), &edition, &composed));
}

/// Subsets cut, content streams written and deflated, the file sealed; the profile is deflated.
#[divan::bench(sample_count = 20)]
fn write_pdf(bencher: Bencher<'_, '_>) {
    let files = files();
    let edition = edition(&files);
    let faces = faces(&files, &edition);
    let composed = composed(&edition, &faces);
    let pictures = photographs(&files, &edition, &composed);
    let makeready = Makeready {
        layout: &edition.layout,
        pictures: &pictures,
        first_picture: 0,
        ink_limit: edition.condition.ink_limit,
        margin: &Margin::default(),
        purpose: Purpose::Print,
    };
    let sheet = build(&composed.page, &makeready);
    bencher.bench_local(|| pdf(black_box(&sheet), &edition, &faces, &pictures));
}

fn files() -> Disk {
    Disk::new(Path::new(HOUSE), Path::new(SAMPLE)).expect("the project's folders are there")
}

fn edition(files: &Disk) -> Edition {
    source::load(files).value.edition.expect("the sample is sound")
}

fn faces(files: &Disk, edition: &Edition) -> Vec<Face> {
    let open = |id: &str, file: &str| {
        let blob = files.open(Place::House, &format!("fonts/{file}")).expect("the font is there");
        Face::read(id, blob).expect("it is a font")
    };
    edition.faces.iter().map(|face| open(&face.id, &face.file)).collect()
}

fn composed(edition: &Edition, faces: &[Face]) -> Composed {
    compose(edition, &Shapers::new(faces)).swap_remove(0).value
}

fn photographs(files: &Disk, edition: &Edition, composed: &Composed) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let press = Press::new(&edition.condition).expect("its profiles are good");
    for block in &composed.page.blocks {
        let story = &edition.stories[block.story.0 as usize];
        for set in &block.pictures {
            let typed = &story.pictures[set.picture];
            let blob = files.open(Place::Edition, &typed.file).expect("the photograph is there");
            let bytes = blob.read_all(u64::MAX).expect("it can be read");
            let wanted = Wanted {
                focus: typed.focus,
                gray: typed.gray,
                ..Wanted::new(set.rect.width, set.rect.height)
            };
            let converted = picture::convert(&bytes, &wanted, &press);
            pictures.push(converted.expect("it can be printed").picture);
        }
    }
    pictures
}

fn pdf(sheet: &Sheet, edition: &Edition, faces: &[Face], pictures: &[Picture]) -> Vec<u8> {
    let intent = Intent::new(&edition.condition);
    let imprint = Imprint {
        title: edition.paper.clone(),
        paper: edition.paper.clone(),
        date: edition.date,
        revision: edition.revision,
        level: Level::X1a2003,
        intent: &intent,
        spots: &edition.layout.spots,
        threads: Vec::new(),
    };
    output::write(&[sheet], faces, pictures, &[], &imprint).expect("the page can be written")
}
