//! Blocks of several rectangles (咬合): their frames, and what stands in their text.

use duikai::geom::Rect;
use duikai::geom::outline::covers;
use duikai::job::Make;
use duikai::page::set::{Rule, TextLine};
use duikai::unit::Len;

use super::bad_input::check;
use super::desk::{Desk, errors};

const PAGE: &str = "pages/A02.toml";
const STORY: &str = "stories/one.toml";

const L: &str = "{ col = 1, row = 1, cols = 2, rows = 40 }, { col = 3, row = 21, cols = 2, rows = 20 }";
const T: &str = "{ col = 1, row = 1, cols = 4, rows = 24 }, { col = 2, row = 25, cols = 2, rows = 16 }";
const U: &str = "{ col = 1, row = 1, cols = 1, rows = 40 }, { col = 2, row = 26, cols = 2, rows = 15 }, { col = 4, row = 1, cols = 1, rows = 40 }";
const STAIRS: &str = "{ col = 1, row = 1, cols = 2, rows = 20 }, { col = 3, row = 11, cols = 2, rows = 20 }, { col = 5, row = 21, cols = 2, rows = 20 }";

const BOX: &str =
    "columns = { mode = \"absolute\" }\nbox = { rule = \"zheng\", inset = \"1em\", rows = 1, tint = 10 }";

/// A page of one block of these rectangles, more text than it holds.
fn page(cells: &str, more: &str) -> Desk {
    let page = format!(
        "page_no = 2\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = [{cells}]\nhead = {{ style = \"song\", rows = 8 }}\n{more}\n"
    );
    Desk::new().put(PAGE, page.as_bytes()).put(STORY, page_story().as_bytes())
}

/// More text than any of the blocks holds.
fn page_story() -> String {
    let text = "小城新事，天天不同。".repeat(300);
    format!("id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n")
}

#[test]
fn a_frame_goes_round_all_rectangles() {
    for cells in [L, T, U, STAIRS] {
        let desk = page(cells, BOX);
        let made = desk.make(Make::Check);
        assert!(errors(&made).is_empty(), "{cells}: {:?}", made.notes);
        let composed = desk.composed().swap_remove(0);
        let block = &composed.blocks[0];
        let strokes: Vec<Rect> = block.rules.iter().flat_map(Rule::areas).copied().collect();
        assert!(strokes.len() > 4, "{cells}: {strokes:?}");
        assert!(strokes.iter().all(|stroke| block.holds(*stroke)), "{cells}: {strokes:?}");
        // No line of type stands nearer to it at its sides than half of its white, nor on it at all.
        for line in block.columns.iter().flat_map(|column| &column.lines).chain(&block.heads) {
            let near = Len::pt(4);
            let Rect { x, y, width, height } = line.rect;
            let room = Rect::new(x - near, y, width + near.times(2), height);
            assert!(!strokes.iter().any(|stroke| stroke.overlaps(room)), "{cells}: {:?}", line.text);
            assert!(block.holds(line.rect), "{cells}: {:?}", line.text);
        }
        let grounds: Vec<Rect> = block.grounds.iter().map(|ground| ground.rect).collect();
        assert!(block.bounds.iter().all(|rect| covers(&grounds, *rect)), "{cells}");
        assert!(grounds.iter().all(|rect| block.holds(*rect)), "{cells}");
    }
}

#[test]
fn a_frame_of_an_ornament_goes_round_corners_that_point_in() {
    for rule in ["quxian", "lingxing", "huiwen"] {
        let boxed = format!(
            "columns = {{ mode = \"absolute\" }}\nbox = {{ rule = \"{rule}\", inset = \"2em\", rows = 1 }}"
        );
        let desk = page(STAIRS, &boxed);
        let made = desk.make(Make::Check);
        assert!(errors(&made).is_empty(), "{:?}", made.notes);
        let composed = desk.composed().swap_remove(0);
        let block = &composed.blocks[0];
        let ornament = block.rules.iter().find(|rule| matches!(rule, Rule::Drawn(_))).expect("it is drawn");
        assert_eq!(ornament.areas().len(), 12, "a side of each edge");
        let lines = block.columns.iter().flat_map(|column| &column.lines);
        for line in lines.chain(&block.heads) {
            assert!(
                !ornament.areas().iter().any(|strip| strip.overlaps(line.rect)),
                "{rule}: {:?}",
                line.text
            );
        }
    }
}

#[test]
fn a_ring_has_no_frame() {
    let ring = "{ col = 1, row = 1, cols = 3, rows = 10 }, { col = 1, row = 11, cols = 1, rows = 10 }, { col = 3, row = 11, cols = 1, rows = 10 }, { col = 1, row = 21, cols = 3, rows = 10 }";
    check(&page(ring, BOX), "box-areas", "pages/A02.toml:9:16", "no one line", "way out");
    assert!(errors(&page(ring, "").make(Make::Check)).is_empty());
    let c = "{ col = 1, row = 1, cols = 3, rows = 10 }, { col = 1, row = 11, cols = 1, rows = 1 }, { col = 1, row = 12, cols = 3, rows = 10 }";
    let reach = BOX.replace("rows = 1", "rows = 1, reach = \"6pt\"");
    check(&page(c, &reach), "box-areas", "pages/A02.toml:9:16", "no one line", "`reach`");
    assert!(errors(&page(c, BOX).make(Make::Check)).is_empty());
}

/// A page with a picture in the shape of a lozenge where two rectangles of its block meet.
fn wrapped(cells: &str, (left, row, rows): (u16, u16, u16), wrap: &str) -> Desk {
    let picture = format!(
        "[[block.picture]]\npicture = \"view\"\nleft = \"{left}em\"\nwidth = \"24em\"\nrow = {row}\nrows = {rows}\nwrap = \"{wrap}\"\n\
         shape = [[\"50%\", \"0%\"], [\"100%\", \"50%\"], [\"50%\", \"100%\"], [\"0%\", \"50%\"]]\n"
    );
    let desk = page(cells, &picture);
    let story = desk.text(STORY) + "\n[[picture]]\nid = \"view\"\nfile = \"view.jpg\"\n";
    desk.put(STORY, story.as_bytes()).put("view.jpg", b"no picture")
}

#[test]
fn text_of_an_irregular_block_goes_round_a_shape() {
    for (cells, place) in [(L, (11, 20, 18)), (T, (20, 20, 18)), (U, (11, 28, 12)), (STAIRS, (58, 20, 11))] {
        for wrap in ["none", "beside", "both"] {
            let desk = wrapped(cells, place, wrap);
            let made = desk.make(Make::Check);
            let at = format!("{cells}, {wrap}");
            assert!(made.notes.iter().all(|note| note.code.0 != "text-lost"), "{at}: {:?}", made.notes);
            let page = desk.composed().swap_remove(0);
            let block = &page.blocks[0];
            let lines: Vec<&TextLine> = block.columns.iter().flat_map(|column| &column.lines).collect();
            let [picture] = &block.pictures[..] else { panic!("{at}: it is placed") };
            let on = lines.iter().find(|line| picture.overlaps(line.rect));
            assert!(on.is_none(), "{at}: {on:?}");
            assert!(lines.iter().all(|line| block.holds(line.rect)), "{at}");
            let em = Len::pt(9);
            assert!(lines.iter().all(|line| line.rect.width >= em.times(5)), "{at}: under 5 em");
            let beside =
                |line: &&&TextLine| line.rect.width < em.times(17) && picture.rect.overlaps(line.rect);
            let count = lines.iter().filter(beside).count();
            assert!((count > 4) == (wrap != "none"), "{at}: {count} lines beside it");
            // What is set and what is left over are the story.
            let text: String = lines
                .iter()
                .chain(&block.overset.iter().collect::<Vec<_>>())
                .map(|line| line.text.as_str())
                .collect();
            assert_eq!(text, "小城新事，天天不同。".repeat(300), "{at}");
        }
    }
}

/// A vertical block with a quote in it.
fn quoted(more: &str) -> Desk {
    let page = format!(
        "page_no = 2\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = {{ col = 1, row = 1, cols = 3, rows = 40 }}\naxis = \"vertical\"\nhead = {{ style = \"song\", rows = 8 }}\n\n\
         [[block.inset]]\ninset = \"words\"\nleft = \"17em\"\nwidth = \"8em\"\nrow = 18\nrows = 14\nwrap = \"beside\"\n{more}\n"
    );
    let story = page_story()
        + "\n[[inset]]\nid = \"words\"\nkind = \"quote\"\nparas = [\"桥通了，\", \"路近了。\"]\n";
    Desk::new().put(PAGE, page.as_bytes()).put(STORY, story.as_bytes())
}

#[test]
fn an_inset_runs_the_way_its_block_does() {
    let lines = |more: &str| {
        let desk = quoted(more);
        let made = desk.make(Make::Check);
        assert!(errors(&made).is_empty(), "{:?}", made.notes);
        let page = desk.composed().swap_remove(0);
        let block = &page.blocks[0];
        let [inset] = &block.insets[..] else { panic!("it is placed") };
        assert!(inset.lines.iter().all(|line| inset.rect.holds(line.rect) || line.rect.overlaps(inset.rect)));
        let others = block.columns.iter().flat_map(|column| &column.lines);
        assert!(others.filter(|line| line.rect.overlaps(inset.rect)).count() == 0, "text keeps off it");
        let texts: Vec<&str> = inset.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["桥通了，", "路近了。"]);
        (inset.lines[0].rect, inset.lines[1].rect)
    };
    let (first, second) = lines("");
    assert!(
        first.height > first.width && second.right() <= first.x,
        "from right to left: {first:?} {second:?}"
    );
    let (first, second) = lines("axis = \"horizontal\"");
    assert!(first.width > first.height && first.bottom() <= second.y, "from top to bottom");
}
