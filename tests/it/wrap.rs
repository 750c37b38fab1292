//! A page whose text goes round pictures, a quote and a box, and what is wrong with such a page.

use duikai::job::{Made, Make, Outcome};
use serde_json::Value;

use super::bad_input::check;
use super::desk::{Desk, errors};
use super::sample::house;

const PAGE: &str = "pages/C01.toml";
const STORY: &str = "stories/lake.toml";

/// The quote's place and its words.
const QUOTE: &str = "left = \"28.6em\"\nwidth = \"16.1em\"\nrow = 24\nrows = 8\nwrap = \"beside\"";
const WORDS: &str = "paras = [\"湖要是干了，\", \"我们拿什么\", \"给孩子们讲故事。\"]";

/// The edition of `tests/wrap` with the pictures of `tests/pictures`.
fn lake() -> Desk {
    let file = |path: &str| std::fs::read(house().join("tests").join(path)).expect("the file is there");
    Desk::new()
        .put("edition.toml", &file("wrap/edition.toml"))
        .put(PAGE, &file("wrap/pages/C01.toml"))
        .put(STORY, &file("wrap/stories/lake.toml"))
        .put("photos/lake.jpg", &file("pictures/progressive.jpg"))
        .put("photos/shore.jpg", &file("pictures/no_density.jpg"))
}

fn blocks(made: &Made) -> Vec<Value> {
    let map = made.pages[0].map.as_deref().expect("the page fits");
    let map: Value = serde_json::from_str(map).expect("maps are JSON");
    map["articles"][0]["blocks"].as_array().expect("an article has blocks").clone()
}

/// Left, top, right and bottom of a thing in a map, in micrometres.
fn bbox(thing: &Value) -> [i64; 4] {
    [0, 1, 2, 3].map(|side| thing["bbox_um"][side].as_i64().expect("a length"))
}

fn lines(block: &Value) -> Vec<Value> {
    block["lines"].as_array().expect("a block has lines").clone()
}

#[test]
fn text_goes_round_what_stands_in_it() {
    let made = lake().make(Make::Pages);
    assert!(errors(&made).is_empty(), "{:?}", made.notes);
    assert_eq!(made.outcome(), Outcome::Fits, "{}", made.pages[0].fit);
    let blocks = blocks(&made);
    let kinds: Vec<&str> = blocks.iter().map(|block| block["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["head", "text", "text", "text", "photo", "photo", "inset", "inset"]);
    let text: Vec<Value> = blocks.iter().filter(|block| block["kind"] == "text").flat_map(lines).collect();
    let widths: Vec<i64> = text.iter().map(bbox).map(|[left, _, right, _]| right - left).collect();
    let em = 3175;
    assert!(widths.iter().all(|width| *width >= 5 * em), "{widths:?}");
    assert!(widths.iter().filter(|width| **width < 16 * em).count() > 30, "{widths:?}");
    // The corners of the cut-out picture's place are free for text; what stands on rows of their own
    // is not touched.
    let on = |[left, top, right, bottom]: [i64; 4]| {
        let meets = |line: &&Value| {
            let [from, head, to, foot] = bbox(line);
            from < right && left < to && head < bottom && top < foot
        };
        text.iter().filter(meets).count()
    };
    let places: Vec<usize> = blocks[4..].iter().map(|block| on(bbox(block))).collect();
    assert!(places[0] > 4, "text stands in the corners of a round picture");
    assert_eq!(places[1..], [0, 0, 0]);
}

#[test]
fn insets_are_part_of_the_story() {
    let made = lake().make(Make::Pages);
    let blocks = blocks(&made);
    let said = |block: &Value| -> String {
        lines(block).iter().map(|line| line["text"].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(said(&blocks[6]), "湖要是干了，我们拿什么给孩子们讲故事。");
    assert!(said(&blocks[7]).starts_with("湖的账本面积：一百一十二平方公里"));
    let chars = |made: &Made| -> i64 {
        let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("reports are JSON");
        assert_eq!(fit["stories"][0]["chars"]["input"], fit["stories"][0]["chars"]["placed"]);
        fit["stories"][0]["chars"]["input"].as_i64().expect("a count")
    };
    let longer = lake().change(STORY, "title = \"湖的账本\"", "title = \"湖的一本账本\"").make(Make::Check);
    assert_eq!(chars(&longer), chars(&made) + 2);
}

#[test]
fn a_story_on_both_sides_of_a_quote_is_read_across_it() {
    // In the middle column, five ems of it on either side.
    let narrow = |wrap: &str| {
        let place = format!("left = \"24.8em\"\nwidth = \"5em\"\nrow = 29\nrows = 4\nwrap = \"{wrap}\"");
        lake().change(PAGE, QUOTE, &place).change(STORY, WORDS, "text = \"湖水\"").make(Make::Check)
    };
    let capacity = |made: &Made| {
        let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("reports are JSON");
        assert_eq!(fit["stories"][0]["chars"]["overset"], 0, "{:?}", made.notes);
        assert!(made.notes.iter().all(|note| note.code.0 != "text-lost"), "{:?}", made.notes);
        fit["stories"][0]["lines"]["capacity"].as_i64().expect("a count")
    };
    assert_eq!(capacity(&narrow("both")), capacity(&narrow("beside")) + 4, "four rows have two lines");
}

#[test]
fn insets_without_a_place_or_a_text() {
    let desk = lake();
    let place = "[[block.inset]]\ninset = \"words\"";
    let typed = desk.change(PAGE, place, "[[block.inset]]\ninset = \"worbs\"");
    check(&typed, "name-unknown", "pages/C01.toml:35:9", "no inset `worbs`", "`words`");
    let unplaced = lake().change(STORY, "id = \"facts\"", "id = \"figures\"");
    check(&unplaced, "name-unknown", "pages/C01.toml:43:9", "no inset `facts`", "`figures`");
    let more = lake().change(
        STORY,
        "[[inset]]\n",
        "[[inset]]\nid = \"more\"\nkind = \"box\"\ntext = \"多\"\n\n[[inset]]\n",
    );
    check(&more, "inset-unplaced", "pages/C01.toml:5:9", "`more` of `lake`", "[[block.inset]]");
    let empty = lake().change(STORY, WORDS, "text = \" \"");
    check(&empty, "inset", "stories/lake.toml:65:6", "`words`", "paras");
    let both = lake().change(STORY, "paras = [\"湖要是", "text = \"湖\"\nparas = [\"湖要是");
    check(&both, "inset", "stories/lake.toml:65:6", "`words`", "paras");
}

#[test]
fn insets_in_wrong_places() {
    let outside = lake().change(PAGE, "width = \"16.1em\"", "width = \"40em\"");
    check(&outside, "inset-outside", "pages/C01.toml:35:9", "`words`", "rows count from 1");
    let low = lake().change(PAGE, "row = 39\nrows = 14", "row = 39\nrows = 15");
    check(&low, "inset-outside", "pages/C01.toml:43:9", "`facts`", "52 rows high");
    let twice = lake().change(PAGE, "inset = \"facts\"", "inset = \"words\"");
    check(&twice, "inset-twice", "pages/C01.toml:43:9", "`words`", "once");
    let overlap = lake().change(PAGE, "row = 24\nrows = 8", "row = 35\nrows = 8");
    check(&overlap, "insets-overlap", "pages/C01.toml:35:9", "`words`", "move or shrink");
}

#[test]
fn an_inset_with_more_text_than_room() {
    let made = lake().change(PAGE, "row = 39\nrows = 14", "row = 44\nrows = 9").make(Make::Pages);
    let note = made.notes.iter().find(|note| note.code.0 == "inset-overset").expect("it is told");
    assert!(note.message.contains("`facts`") && note.message.contains("超 5 行"), "{}", note.message);
    assert!(made.pages[0].draft.is_some() && made.pages[0].pdf.is_none());
    assert!(made.notes.iter().all(|note| note.code.0 != "text-lost"), "{:?}", made.notes);
}

#[test]
fn shapes_and_clearances_that_are_none() {
    let lines = "shape = [\n";
    let at = "pages/C01.toml:18:9";
    let crossing = lake().change(PAGE, lines, "shape = [[\"0%\", \"0%\"], [\"100%\", \"100%\"],\n");
    check(&crossing, "picture-shape", at, "cross or touch", "one after another");
    let wrong = lake().change(PAGE, "[\"50%\", \"0%\"]", "[\"50\", \"0%\"]");
    check(&wrong, "toml", "pages/C01.toml:19:3", "`50` is no share", "");
    let clear = lake().change(PAGE, "wrap = \"beside\"\nshape", "wrap = \"beside\"\nclear = \"-1em\"\nshape");
    check(&clear, "wrap-clear", "pages/C01.toml:12:11", "-9pt", "0 to 20 em");
}
