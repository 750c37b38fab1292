//! The rules of make-up and form, each on the smallest page that breaks it and on one that does not.

use duikai::diag::{Diagnostic, Severity};
use duikai::job::{Made, Make, Request};
use duikai::output::fit::Status;

use super::bad_input::check;
use super::desk::Desk;
use super::sample::sample;

const LAYOUT: &str = "layouts/duikai-6x17.toml";
const PAGE: &str = "pages/A02.toml";
const STORY: &str = "stories/one.toml";

/// A page of blocks: each a story of its own, its cells, the size of its headline, and more keys.
struct Page {
    desk: Desk,
    text: String,
}

impl Page {
    fn new() -> Self {
        Self { desk: Desk::new(), text: "page_no = 2\nsection = \"要闻\"\n".to_owned() }
    }

    /// The same with a story's block at a column and a row, so many columns wide and rows deep, its
    /// headline so many points large.
    fn block(mut self, id: &str, [col, row, cols, rows]: [u16; 4], size: u16, more: &str) -> Self {
        self.text.push_str(&format!(
            "\n[[block]]\nstory = \"{id}\"\ncells = {{ col = {col}, row = {row}, cols = {cols}, rows = {rows} }}\n{}",
            if more.contains("head = ") { format!("{more}\n") } else { format!("head = {{ style = \"song\", size = \"{size}pt\" }}\n{more}\n") },
        ));
        let story = self.desk.text(STORY).replace("\"one\"", &format!("{id:?}"));
        self.desk = if id == "one" {
            self.desk
        } else {
            self.desk.put(&format!("stories/{id}.toml"), story.as_bytes())
        };
        self
    }

    fn with(mut self, more: &str) -> Self {
        self.text.push_str(more);
        self
    }

    fn desk(self) -> Desk {
        self.desk.put(PAGE, self.text.as_bytes())
    }
}

fn made(desk: &Desk) -> Made {
    desk.make(Make::Check)
}

fn of<'m>(made: &'m Made, code: &str) -> Vec<&'m Diagnostic> {
    made.notes.iter().filter(|note| note.code.0 == code).collect()
}

/// Fails unless the page breaks this rule once, in these words, with a remedy and a place.
#[track_caller]
fn breaks(desk: &Desk, code: &str, says: &str) {
    let made = made(desk);
    let [note] = of(&made, code)[..] else { panic!("{code} once: {:?}", made.notes) };
    assert!(note.message.contains(says), "{}", note.message);
    assert!(note.help.is_some() && note.at.is_some(), "a place and a remedy");
    assert_eq!(note.severity, Severity::Warning);
}

/// Fails if the page breaks this rule.
#[track_caller]
fn keeps(desk: &Desk, code: &str) {
    let made = made(desk);
    assert!(of(&made, code).is_empty(), "{:?}", made.notes);
}

fn beside(left: u16, right: u16) -> Desk {
    Page::new().block("one", [1, 1, 2, 20], left, "").block("two", [3, 1, 2, 20], right, "").desk()
}

fn stacked(above: [u16; 4], over: u16, below: [u16; 4], under: u16) -> Desk {
    Page::new().block("one", above, over, "").block("two", below, under, "").desk()
}

#[test]
fn two_headlines_side_by_side_differ_by_a_step() {
    breaks(&beside(30, 38), "makeup-tombstone", "`one` and `two` stand side by side in 30pt and 38pt");
    keeps(&beside(30, 39), "makeup-tombstone");
    // On other rows, or with a column between them.
    keeps(&stacked([1, 1, 2, 20], 30, [3, 10, 2, 20], 30), "makeup-tombstone");
    keeps(&stacked([1, 1, 2, 20], 30, [4, 1, 2, 20], 30), "makeup-tombstone");
    let house = beside(30, 38).change_house(LAYOUT, "[grid]", "[makeup]\nhead_step = 120\n\n[grid]");
    keeps(&house, "makeup-tombstone");
}

#[test]
fn headlines_in_two_languages_do_not_read_as_one() {
    let english =
        "id = \"two\"\nlanguage = \"en\"\nheadline = \"News of a town\"\n\n[[body]]\ntext = \"It is new.\"\n";
    keeps(&beside(30, 30).put("stories/two.toml", english.as_bytes()), "makeup-tombstone");
}

#[test]
fn no_line_cuts_a_page_in_two() {
    let page = || Page::new().block("one", [1, 1, 2, 20], 40, "").block("two", [1, 22, 2, 20], 30, "");
    breaks(&page().desk(), "makeup-cut", "断版: no block crosses the line under row 20");
    keeps(&page().block("three", [3, 1, 2, 41], 20, "").desk(), "makeup-cut");
    // A strip of advertisements at the foot has its own edge.
    let ad = "\n[[ad]]\nadvertiser = \"示例书店\"\nfile = \"ads/strip.pdf\"\ncells = { col = 1, row = 42, cols = 6, rows = 10 }\n";
    breaks(&page().with(ad).desk(), "makeup-cut", "under row 20");
}

#[test]
fn no_gutter_is_open_from_top_to_bottom() {
    let page = || Page::new().block("one", [1, 1, 2, 20], 40, "").block("two", [3, 1, 2, 20], 20, "");
    breaks(&page().desk(), "makeup-corridor", "通缝: the gutter between columns 2 to 3");
    keeps(&page().block("three", [2, 21, 2, 20], 18, "").desk(), "makeup-corridor");
}

#[test]
fn text_stays_under_its_headline() {
    let over = |more: &str| {
        let keys = format!("head = {{ style = \"song\", size = \"30pt\", over = 1 }}\n{more}");
        Page::new().block("one", [1, 2, 2, 12], 0, &keys)
    };
    breaks(
        &over("").desk(),
        "makeup-raw-wrap",
        "裸文: text of `one` runs out from under its headline: column 2",
    );
    let boxed = over("box = { rule = \"kuang\", inset = \"1em\", rows = 1 }");
    keeps(&boxed.desk(), "makeup-raw-wrap");
    let ruled = over("").with("\n[[rule]]\nrule = \"zheng\"\nacross = { row = 1, col = 1, cols = 2 }\n");
    keeps(&ruled.desk(), "makeup-raw-wrap");
    keeps(&Page::new().block("one", [1, 2, 2, 12], 30, "").desk(), "makeup-raw-wrap");
}

#[test]
fn a_lower_leg_stays_under_its_headline() {
    let page = |cells: &str| {
        let page = format!(
            "page_no = 2\nsection = \"要闻\"\n\n[[block]]\nstory = \"one\"\ncells = [{{ col = 1, row = 1, cols = 2, rows = 20 }}, {cells}]\nhead = {{ style = \"song\", rows = 8 }}\n"
        );
        let story = format!(
            "id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{}\"\n",
            "小城新事".repeat(300)
        );
        Desk::new().put(PAGE, page.as_bytes()).put(STORY, story.as_bytes())
    };
    // The foot of an L stands under whatever stands beside its stem.
    let l = || page("{ col = 3, row = 12, cols = 1, rows = 9 }");
    breaks(&l(), "makeup-raw-wrap", "column 3, row 12");
    let ruled = |desk: Desk, row: u16| {
        let rule = format!("\n[[rule]]\nrule = \"zheng\"\nacross = {{ row = {row}, col = 3, cols = 1 }}\n");
        let text = desk.text(PAGE) + &rule;
        desk.put(PAGE, text.as_bytes())
    };
    keeps(&ruled(l(), 11), "makeup-raw-wrap");
    // The leg of a T goes on under its bar.
    keeps(&page("{ col = 2, row = 21, cols = 1, rows = 9 }"), "makeup-raw-wrap");
    // So does what stands under a leg that a rule holds.
    let stairs = page("{ col = 3, row = 12, cols = 1, rows = 9 }, { col = 3, row = 21, cols = 1, rows = 9 }");
    keeps(&ruled(stairs, 11), "makeup-raw-wrap");
    // A rule over another rectangle of the block holds nothing under it, however far it runs.
    let text = "小城新事".repeat(300);
    let story = format!("id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n");
    let keys =
        "cells = [{ col = 1, row = 10, cols = 2, rows = 20 }, { col = 3, row = 20, cols = 2, rows = 10 }]";
    let desk = |row: u16| {
        let rule = format!("\n[[rule]]\nrule = \"zheng\"\nacross = {{ row = {row}, col = 1, cols = 4 }}\n");
        let page = Page::new().block("one", [1, 10, 2, 20], 30, "").block("two", [3, 10, 2, 10], 20, "");
        let page = page.with(&rule).desk();
        page.change(PAGE, "cells = { col = 1, row = 10, cols = 2, rows = 20 }", keys)
            .put(STORY, story.as_bytes())
    };
    breaks(&desk(9), "makeup-raw-wrap", "column 3, row 20");
}

#[test]
fn no_text_stands_above_its_heading() {
    let at = |row: u16| {
        let head = "head = { style = \"song\", size = \"30pt\", rows = 30, raise = \"-90pt\" }";
        let columns = format!("columns = {{ count = 2, measure = \"17em\", row = {row}, rows = 5 }}");
        Page::new().block("one", [1, 1, 2, 40], 0, &format!("{head}\n{columns}")).desk()
    };
    breaks(&at(1), "makeup-above-head", "text of `one` stands above its heading: column 1, row 1");
    keeps(&at(31), "makeup-above-head");
}

#[test]
fn much_text_is_broken_by_something() {
    let story = |rest: &str| {
        let text = "小城新事".repeat(350);
        format!("id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n{rest}")
    };
    let page = |cells: [u16; 4], story: &str| {
        Page::new().block("one", cells, 30, "").desk().put(STORY, story.as_bytes())
    };
    // 44 lines of 12 pt are 186 mm; two columns are 113 mm wide, and one is 54.
    breaks(
        &page([1, 1, 2, 50], &story("")),
        "makeup-grey",
        "`one` has a grey area 186 mm deep and 113 mm wide",
    );
    keeps(&page([1, 1, 1, 50], &story("")), "makeup-grey");
    keeps(&page([1, 1, 3, 30], &story("")), "makeup-grey");
    let house = page([1, 1, 2, 50], &story(""));
    keeps(&house.change_house(LAYOUT, "[grid]", "[makeup]\ngrey_depth = \"190mm\"\n\n[grid]"), "makeup-grey");
    let half = "小城新事".repeat(80);
    let broken = format!(
        "id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{half}\"\n\n[[body]]\nsubhead = \"小城\"\n\n[[body]]\ntext = \"{half}{half}{half}\"\n"
    );
    let broken = page([1, 1, 2, 50], &broken);
    let made = made(&broken);
    assert!(made.notes.iter().all(|note| note.severity != Severity::Error), "{:?}", made.notes);
    assert!(of(&made, "makeup-grey").is_empty(), "the first column has a subhead: {:?}", made.notes);
}

#[test]
fn stories_side_by_side_are_one_grey_area() {
    let text = "小城新事".repeat(340);
    let page = |head: &str, second: &str| {
        let page = Page::new()
            .block("one", [1, 1, 1, 52], 30, "")
            .block("two", [2, 1, 1, 52], 20, head)
            .with(second)
            .desk();
        let story =
            |id: &str| format!("id = \"{id}\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n");
        page.put(STORY, story("one").as_bytes()).put("stories/two.toml", story("two").as_bytes())
    };
    // Each is a column of 54 mm, and together they are 113 mm wide.
    breaks(&page("", ""), "makeup-grey", "`one` and `two` are together a grey area");
    let ruled = "\n[[rule]]\nrule = \"zheng\"\ndown = { after = 1, row = 1, rows = 52 }\n";
    keeps(&page("", ruled), "makeup-grey");
    keeps(
        &page("box = { rule = \"kuang\", inset = \"1em\", rows = 1 }\ncolumns = { mode = \"absolute\" }", ""),
        "makeup-grey",
    );
    let house = page("", "").change_house(LAYOUT, "[grid]", "[makeup]\ngrey_width = \"120mm\"\n\n[grid]");
    keeps(&house, "makeup-grey");
}

#[test]
fn a_story_on_both_sides_of_another_is_named_once() {
    let text = "小城新事".repeat(420);
    let part = "\n[[block]]\nstory = \"one\"\npart = 2\ncells = { col = 3, row = 1, cols = 1, rows = 52 }\n";
    let page = Page::new().block("one", [1, 1, 1, 52], 20, "").block("two", [2, 1, 1, 52], 30, "").with(part);
    let story =
        |id: &str| format!("id = \"{id}\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n");
    let desk =
        page.desk().put(STORY, story("one").as_bytes()).put("stories/two.toml", story("two").as_bytes());
    breaks(&desk, "makeup-grey", "`one` and `two` are together a grey area 194 mm deep and 173 mm wide");
}

#[test]
fn a_story_that_goes_on_under_another_goes_on_being_grey() {
    let text = "小城新事".repeat(416);
    let head = "head = { style = \"song\", size = \"30pt\" }";
    let page = |more: &str, row: u16| {
        let rest = format!(
            "\n[[block]]\nstory = \"one\"\npart = 2\ncells = {{ col = 1, row = {row}, cols = 2, rows = 25 }}\n{more}"
        );
        let desk = Page::new().block("one", [1, 1, 2, 30], 0, head).with(&rest).desk();
        let story = format!("id = \"one\"\nheadline = \"小城|新事\"\n\n[[body]]\ntext = \"{text}\"\n");
        desk.put(STORY, story.as_bytes())
    };
    breaks(&page("", 31), "makeup-grey", "the blocks of `one` are together a grey area");
    keeps(&page("", 33), "makeup-grey");
    keeps(&page("head = { style = \"song\" }", 31), "makeup-grey");
}

#[test]
fn one_picture_leads() {
    let second = |width: &str| {
        let place = format!(
            "\n[[block.picture]]\npicture = \"other\"\nleft = \"0em\"\nwidth = \"{width}\"\nrow = 25\nrows = 11\n"
        );
        let desk = Desk::with_picture(b"no picture").change(PAGE, "rows = 24", "rows = 40");
        let page = desk.text(PAGE) + &place;
        let story = desk.text(STORY) + "\n[[picture]]\nid = \"other\"\nfile = \"view.jpg\"\n";
        desk.put(PAGE, page.as_bytes()).put(STORY, story.as_bytes())
    };
    breaks(
        &second("11em"),
        "makeup-dominant",
        "`view` (columns 1 to 2, rows 9 to 19) has 181 % of the area of `other`",
    );
    keeps(&second("10em"), "makeup-dominant");
    keeps(&Desk::with_picture(b"no picture"), "makeup-dominant");
}

#[test]
fn the_lead_is_largest_and_upper_left() {
    let lead = "makeup-lead";
    breaks(
        &stacked([1, 1, 4, 20], 30, [5, 1, 2, 20], 40),
        lead,
        "the lead `one` is set in 30pt and `two` in 40pt",
    );
    breaks(
        &stacked([3, 1, 4, 20], 40, [1, 1, 2, 20], 30),
        lead,
        "does not stand at the upper left: `two` does (columns 1 to 2, rows 1 to 20)",
    );
    breaks(&stacked([1, 21, 4, 20], 40, [1, 1, 4, 20], 30), lead, "`two` does");
    keeps(&stacked([1, 1, 4, 20], 40, [5, 1, 2, 20], 30), lead);
    // An ear beside a nameplate stands higher, and right of it.
    keeps(&stacked([1, 11, 4, 20], 40, [5, 1, 2, 10], 30), lead);
}

#[test]
fn headlines_grow_smaller_down_the_page() {
    let order = "makeup-head-order";
    breaks(
        &stacked([1, 1, 2, 20], 20, [1, 21, 2, 20], 30),
        order,
        "`two` is larger than that of `one` above it: 30pt under 20pt",
    );
    keeps(&stacked([1, 1, 2, 20], 30, [1, 21, 2, 20], 20), order);
    // Heads of unlike width, and in other columns, are not compared.
    keeps(&stacked([1, 1, 2, 20], 20, [1, 21, 4, 20], 30), order);
    keeps(&stacked([1, 1, 2, 20], 20, [3, 21, 2, 20], 30), order);
    let photo = stacked([1, 1, 2, 20], 20, [1, 21, 2, 20], 30).change(
        STORY,
        "headline",
        "genre = \"photo\"\nheadline",
    );
    keeps(&photo, order);
}

#[test]
fn an_advertisement_set_as_a_story_is_marked() {
    let sold = Desk::new().change(STORY, "headline", "genre = \"advertisement\"\nheadline");
    breaks(&sold, "form-ad", "`one` is not marked 广告");
    let marked = sold.change(STORY, "headline", "column_head = \"广告\"\nheadline").change(
        PAGE,
        "rows = 12 }",
        "rows = 15 }\ncolumn_head_rows = 3",
    );
    keeps(&marked, "form-ad");
    keeps(&Desk::new(), "form-ad");
}

/// The desk's page as page 1, its date line saying more.
fn front(more: &str) -> Desk {
    let line = format!("text = \"{{date}} {more}\"");
    Desk::new()
        .change(PAGE, "page_no = 2", "page_no = 1")
        .change_layout("text = \"{date}　{weekday}\"", &line)
}

const IMPRINT: &str = "总第1期 今日8版 CN54-0001 主管 主办 出版单位 社址 承印 邮发代号 定价";

#[test]
fn page_one_says_what_the_paper_is() {
    let bare = front("");
    breaks(&bare, "form-imprint", "does not say its 总期号、版数、国内统一连续出版物号 (CN)、主管单位");
    breaks(&bare, "form-score", "page A02 has 14 form errors");
    keeps(&front(IMPRINT), "form-imprint");
    breaks(
        &front(&IMPRINT.replace("CN54-0001", "")),
        "form-imprint",
        "国内统一连续出版物号 (CN): a form error",
    );
    let house = bare.change_layout("[grid]", "[makeup]\nimprint = [\"date\"]\n\n[grid]");
    keeps(&house, "form-imprint");
    keeps(&Desk::new(), "form-imprint");
}

#[test]
fn form_errors_are_counted_over_the_issue() {
    // Two pages whose advertisements are not marked, each with two of them.
    let page = |number: u16, names: [&str; 2]| {
        let block = |(nth, name): (usize, &&str)| {
            let row = 1 + nth * 14;
            format!(
                "\n[[block]]\nstory = \"{name}\"\ncells = {{ col = 1, row = {row}, cols = 2, rows = 12 }}\nhead = {{ style = \"song\", rows = 8 }}\n"
            )
        };
        let blocks: String = names.iter().enumerate().map(block).collect();
        format!("page_no = {number}\nsection = \"要闻\"\n{blocks}")
    };
    let mut desk = Desk::new()
        .change("edition.toml", "\"A02\"", "\"A02\", \"A03\"")
        .put(PAGE, page(2, ["one", "two"]).as_bytes())
        .put("pages/A03.toml", page(3, ["three", "four"]).as_bytes())
        .change(STORY, "headline", "genre = \"advertisement\"\nheadline");
    for name in ["two", "three", "four"] {
        let story = desk.text(STORY).replace("\"one\"", &format!("{name:?}"));
        desk = desk.put(&format!("stories/{name}.toml"), story.as_bytes());
    }
    let told = |made: &Made| -> Vec<String> {
        of(made, "form-score").iter().map(|note| note.message.clone()).collect()
    };
    let made = desk.make(Make::Check);
    assert_eq!(of(&made, "form-ad").len(), 4);
    assert_eq!(told(&made), ["the issue has 4 form errors (A02: 2, A03: 2), and one with more than 3 fails"]);
    // A part of the issue says nothing of all of it.
    let part =
        desk.make_with(&Request { make: Make::Check, only: vec!["A02".to_owned()], ..Request::default() });
    assert!(told(&part).is_empty(), "{:?}", part.notes);
    let off = desk.change_layout("[grid]", "[checks]\nform-score = \"off\"\n\n[grid]");
    assert!(told(&off.make(Make::Check)).is_empty());
}

#[test]
fn the_nameplate_is_the_largest_type_of_page_one() {
    let plate = |size: &str| {
        let typed = "text = \"{paper}\"\nfaces = [\"xiaobiaosong\"]\nsize = ";
        front(IMPRINT).change_layout(&format!("{typed}\"14pt\""), &format!("{typed}\"{size}\""))
    };
    breaks(&plate("14pt"), "form-nameplate", "the paper's name is set in 14pt and");
    keeps(&plate("80pt"), "form-nameplate");
    keeps(&plate("80pt"), "form-score");
    breaks(
        &front("").change_layout("{paper}", "{section}"),
        "form-nameplate",
        "does not show the paper's name, `示例日报`",
    );
    keeps(&Desk::new(), "form-nameplate");
}

#[test]
fn every_page_says_which_it_is() {
    let unnumbered = Desk::new().change_layout("text = \"{page_no}\"", "text = \"{section}\"");
    breaks(&unnumbered, "form-page-number", "page A02 does not say that it is page 2");
    keeps(&Desk::new(), "form-page-number");
}

#[test]
fn a_house_settles_the_rules() {
    let house = |verdict: &str| {
        let desk = stacked([1, 1, 2, 20], 40, [1, 21, 2, 20], 30);
        desk.change_layout("[grid]", &format!("[checks]\nmakeup-cut = \"{verdict}\"\n\n[grid]"))
    };
    keeps(&house("off"), "makeup-cut");
    let made = made(&house("error"));
    assert_eq!(of(&made, "makeup-cut")[0].severity, Severity::Unfit);
    assert_eq!(made.pages[0].status, Status::Unfit);
    assert!(made.pages[0].fit.contains("\"code\": \"makeup-cut\""), "{}", made.pages[0].fit);
    let unknown = Desk::new().change_layout("[grid]", "[checks]\nmakeup-cat = \"off\"\n\n[grid]");
    check(&unknown, "name-unknown", "layouts/duikai-6x17.toml:17:1", "rule of make-up", "`makeup-cut`");
    let unknown = Desk::new().change_layout("[grid]", "[makeup]\nimprint = [\"day\"]\n\n[grid]");
    check(&unknown, "name-unknown", "layouts/duikai-6x17.toml:17:12", "item of the imprint", "`date`");
}

#[test]
fn the_sample_page_is_made_up_well() {
    let fit = sample().fit["checks"]["findings"].as_array().expect("a report lists its findings");
    let codes: Vec<&str> = fit.iter().filter_map(|finding| finding["code"].as_str()).collect();
    let broken: Vec<&&str> =
        codes.iter().filter(|code| code.starts_with("makeup-") || code.starts_with("form-")).collect();
    assert!(broken.is_empty(), "{broken:?}");
}
