//! What holds of the sample page however it looks: rows, measures, marks at line edges, fit,
//! every character once, articles that do not lie over each other.

use duikai::judge::conservation;
use duikai::model::style::Align;
use duikai::page::set::{LineRole, TextLine};
use duikai::unit::{Em, Len};
use serde_json::Value;

use super::sample::{assert_same_text, column_texts, entries, entry, sample, solid, text_of};

/// Marks that begin no line, and marks that end none (GB/T 15834-2011 5.1).
const STARTS_NO_LINE: &str = "，、；：。？！”’）》〉」』】〕％%‰℃·～";
const ENDS_NO_LINE: &str = "“‘（《〈「『【〔";

/// Fails with all the complaints about the page's lines, one a line.
#[track_caller]
fn check<'l>(lines: impl Iterator<Item = &'l TextLine>, fault: impl Fn(&TextLine) -> Option<String>) {
    let mut count = 0;
    let faults: Vec<String> = lines
        .inspect(|_| count += 1)
        .filter_map(|line| fault(line).map(|fault| format!("{fault}: {}", line.text)))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(count > 0, "there are lines to look at");
}

fn lines() -> impl Iterator<Item = &'static TextLine> {
    sample().composed.page.blocks.iter().flat_map(|block| block.lines())
}

/// Body lines, each with whether its paragraph ends with it.
fn body() -> Vec<(&'static TextLine, bool)> {
    let mut body = Vec::new();
    for block in &sample().composed.page.blocks {
        let story = &sample().edition.stories[block.story.0 as usize];
        let mut paragraphs = column_texts(story).map(solid).filter(|text| !text.is_empty());
        let mut rest = String::new();
        for line in block.columns.iter().flat_map(|column| &column.lines) {
            if rest.is_empty() {
                rest = paragraphs.next().expect("each line is of a paragraph");
            }
            let text = solid(&line.text);
            rest = rest.strip_prefix(&text).expect("lines follow their paragraph").to_owned();
            body.push((line, rest.is_empty()));
        }
        assert!(rest.is_empty() && paragraphs.next().is_none(), "`{}` is not all there", story.id);
    }
    body
}

#[test]
fn every_baseline_of_the_text_is_on_a_row() {
    let grid = &sample().edition.layout.grid;
    let on_grid = |line: &&TextLine| {
        let roles = [LineRole::Text, LineRole::Byline, LineRole::Caption, LineRole::Credit];
        roles.contains(&line.role) && line.rect.height == grid.row
    };
    check(lines().filter(on_grid), |line| {
        let off = (line.baseline - grid.baseline - grid.origin.y).units() % grid.row.units();
        (off != 0).then(|| format!("{} off its row", Len::from_units(off)))
    });
}

/// The width of a body character at a line's end in the half-width style of the sample: all marks
/// half an em but 。？！, ASCII half an em, everything else a whole one.
fn width_at_end(char: char) -> Em {
    let half = char.is_ascii() || "，、；：“”‘’（）《》·".contains(char);
    if half { Em::HALF } else { Em::ONE }
}

#[test]
fn every_justified_line_fills_its_measure() {
    let layout = &sample().edition.layout;
    let justified: Vec<_> = body().into_iter().filter(|(_, last)| !last).map(|(line, _)| line).collect();
    assert!(layout.style("body").is_some_and(|style| style.align == Align::Justify));
    check(justified.into_iter(), |line| {
        let run = line.runs.last()?;
        let (glyph, char) = (run.glyphs.last()?, line.text.trim_end().chars().last()?);
        let end = run.origin.x + glyph.offset.x + width_at_end(char).at(run.size);
        (end != line.rect.right()).then(|| format!("ends {} off", end - line.rect.right()))
    });
}

#[test]
fn no_line_starts_or_ends_with_a_forbidden_mark() {
    check(lines(), |line| {
        let text = line.text.trim();
        let starts = text.chars().next().is_some_and(|first| STARTS_NO_LINE.contains(first));
        let ends = text.chars().last().is_some_and(|last| ENDS_NO_LINE.contains(last));
        (starts || ends).then(|| "forbidden at the line's edge".to_owned())
    });
}

#[test]
fn every_story_fits() {
    for story in entries(&sample().fit, "stories") {
        let (lines, chars) = (&story["lines"], &story["chars"]);
        let told = &story["remedy"];
        assert_eq!(lines["overset"], 0, "{}: {told}", story["id"]);
        assert!(lines["underset"].as_u64() <= Some(1), "{}: {told}", story["id"]);
        assert_eq!(story["breaks"]["runts"], 0, "孤字 in {}", story["id"]);
        assert_eq!(chars["input"], chars["placed"], "{story}");
        assert_eq!(story["remedy"], Value::Null, "{story}");
        let fill = story["headline"]["fill"].as_f64().expect("each story has a headline");
        assert!((0.55..=0.97).contains(&fill), "{}: its headline fills {fill}", story["id"]);
    }
    assert_eq!(sample().fit["status"], "fits");
}

#[test]
fn the_report_counts_what_was_typed() {
    let typed: Vec<(&str, u64)> = sample()
        .composed
        .page
        .blocks
        .iter()
        .map(|block| &sample().edition.stories[block.story.0 as usize])
        .map(|story| (story.id.as_str(), story.chars().into()))
        .collect();
    for (id, chars) in typed {
        assert_eq!(entry(&sample().fit, "stories", id)["chars"]["input"].as_u64(), Some(chars), "{id}");
    }
}

#[test]
fn every_character_is_on_the_page_once() {
    for block in &sample().composed.page.blocks {
        let story = &sample().edition.stories[block.story.0 as usize];
        assert_eq!(conservation(&[block], story, &[]), [], "{}", story.id);
        let article = entry(sample().map(), "articles", &story.id);
        let all: String = entries(article, "blocks").iter().map(text_of).collect();
        let mut placed: Vec<char> = solid(&all).chars().collect();
        let mut typed: Vec<char> =
            story.texts().flat_map(|text| solid(&text.text).chars().collect::<Vec<_>>()).collect();
        placed.sort_unstable();
        typed.sort_unstable();
        assert_eq!(placed, typed, "{}: as many of each character", story.id);
    }
}

#[test]
fn the_map_reads_as_the_stories_do() {
    for block in &sample().composed.page.blocks {
        let story = &sample().edition.stories[block.story.0 as usize];
        let article = entry(sample().map(), "articles", &story.id);
        assert_eq!(article["intro"], *story.kicker.text.text, "{}", story.id);
        assert_eq!(article["title"], *story.headline.text.text, "{}", story.id);
        assert_eq!(article["subtitle"], *story.deck.text.text, "{}", story.id);
        let text = entries(article, "blocks").iter().filter(|block| block["kind"] == "text");
        let set: String = text.map(text_of).collect();
        let typed: String = column_texts(story).collect();
        assert_same_text(&story.id, &solid(&set), &solid(&typed));
        let captions = entries(article, "blocks").iter().filter(|block| block["kind"] == "photo");
        let captions: Vec<String> = captions.map(|block| solid(&text_of(block))).collect();
        assert_eq!(captions.len(), story.pictures.len());
        for (set, picture) in captions.iter().zip(&story.pictures) {
            let typed: String =
                picture.caption.iter().chain(&picture.credit).map(|para| solid(&para.text.text)).collect();
            assert_same_text(&picture.id, set, &typed);
        }
    }
}

/// Twice a corner, so that the middle between two corners is whole too.
type Corner = (i64, i64);

fn corner(pair: &Value) -> Corner {
    let number = |idx: usize| pair[idx].as_i64().expect("micrometres are whole");
    (number(0) * 2, number(1) * 2)
}

/// Whether a point lies inside an upright polygon: it crosses an odd number of its sides going left.
fn inside(polygon: &[Corner], (x, y): Corner) -> bool {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    sides.filter(|(from, to)| from.0 == to.0 && from.0 < x && (from.1 > y) != (to.1 > y)).count() % 2 == 1
}

#[test]
fn a_place_belongs_to_one_article() {
    let articles = entries(sample().map(), "articles");
    let polygons: Vec<Vec<Corner>> =
        articles.iter().map(|article| entries(article, "polygon_um").iter().map(corner).collect()).collect();
    let sorted = |axis: fn(&Corner) -> i64| {
        let mut values: Vec<i64> = polygons.iter().flatten().map(axis).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let (across, down) = (sorted(|corner| corner.0), sorted(|corner| corner.1));
    for x in across.windows(2).map(|pair| i64::midpoint(pair[0], pair[1])) {
        for y in down.windows(2).map(|pair| i64::midpoint(pair[0], pair[1])) {
            let owners = articles.iter().zip(&polygons).filter(|(_, polygon)| inside(polygon, (x, y)));
            let owners: Vec<&Value> = owners.map(|(article, _)| &article["id"]).collect();
            assert!(owners.len() <= 1, "{owners:?} share the place {x}, {y} (half micrometres)");
        }
    }
    for (article, polygon) in articles.iter().zip(&polygons) {
        for line in entries(article, "blocks").iter().flat_map(|block| entries(block, "lines")) {
            let edge = |idx: usize| line["bbox_um"][idx].as_i64().expect("micrometres are whole");
            let middle = (edge(0) + edge(2), edge(1) + edge(3));
            assert!(inside(polygon, middle), "{}: {} lies outside", article["id"], line["text"]);
        }
    }
}
