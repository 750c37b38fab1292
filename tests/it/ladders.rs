//! Which ladder of copyfitting a story is fitted by: the layout's, the page's, its group's, its own or its
//! block's; and what the stories of a group do alike.

use duikai::job::Make;
use duikai::output::fit::Status;
use serde_json::Value;

use super::desk::{Desk, place};

const TEXT: &str = "老城里的小河边新修了一条路孩子们上学再也不用绕远路走大桥那一头的窄巷子";

/// A story of one paragraph that fills so many lines of a basic column, `more` among its keys.
fn story(id: &str, lines: usize, more: &str) -> String {
    let text: String = TEXT.chars().cycle().take(lines * 17 - 2).collect();
    format!("id = \"{id}\"\nheadline = \"小城|新事\"\n{more}\n[[body]]\ntext = \"{text}\"\n")
}

/// A block of two columns of ten lines from a column on.
fn block(id: &str, col: u16, more: &str) -> String {
    format!(
        "\n[[block]]\nstory = \"{id}\"\ncells = {{ col = {col}, row = 1, cols = 2, rows = 18 }}\n\
         head = {{ style = \"song\", rows = 8 }}\n{more}\n"
    )
}

/// One story a row over in both columns, whose page, story and block say what they say, in a house whose
/// stories are fitted by its usual ladder.
fn over(page: &str, own: &str, of_block: &str) -> Desk {
    let page = format!("page_no = 2\nsection = \"要闻\"\n{page}\n{}", block("one", 1, of_block));
    Desk::new()
        .put("pages/A02.toml", page.as_bytes())
        .put("stories/one.toml", story("one", 22, own).as_bytes())
        .change_layout("[[copyfit.usual]]", "[copyfit]\ndefault = \"usual\"\n\n[[copyfit.usual]]")
}

/// A strip of two stories of so many lines, fitted as a group by a ladder.
fn strip(lines: (usize, usize), ladder: &str, of_second: &str) -> Desk {
    let page = format!(
        "page_no = 2\nsection = \"要闻\"\n\n[[group]]\nstories = [\"one\", \"two\"]\ncopyfit = \"strip\"\n{}{}",
        block("one", 1, ""),
        block("two", 3, of_second)
    );
    Desk::new()
        .put("pages/A02.toml", page.as_bytes())
        .put("stories/one.toml", story("one", lines.0, "").as_bytes())
        .put("stories/two.toml", story("two", lines.1, "").as_bytes())
        .change_layout("[[copyfit.usual]]", &format!("{ladder}\n[[copyfit.usual]]"))
}

const LINES: &str = "[[copyfit.strip]]\nstep = \"lines\"\nrows = 4\n";
const HEADS: &str = "[[copyfit.strip]]\nstep = \"head-rows\"\nrows = 2\n";
const ALIKE: &str = "[[copyfit.strip]]\nstep = \"head-rows\"\nrows = 2\nalike = true\n";

/// The steps of each story, with how far they were taken, and whether it fits.
fn steps(desk: &Desk) -> Vec<(String, bool)> {
    let made = desk.make(Make::Check);
    assert!(!made.pages.is_empty(), "{:?}", made.notes);
    let fit: Value = serde_json::from_str(&made.pages[0].fit).expect("a report is JSON");
    let word = |step: &Value, key: &str| step[key].as_str().expect("text").to_owned();
    let stories = fit["stories"].as_array().expect("a list").iter().map(|story| {
        let steps = story["steps"].as_array().expect("a list").iter();
        let steps: Vec<String> =
            steps.map(|step| format!("{} {}", word(step, "step"), word(step, "amount"))).collect();
        (steps.join("; "), story["remedy"].is_null())
    });
    stories.collect()
}

fn status(desk: &Desk) -> Status {
    desk.make(Make::Check).pages[0].status
}

#[test]
fn what_is_said_nearer_to_a_story_counts() {
    let (usual, none) = ("copyfit = \"usual\"", "copyfit = \"none\"");
    assert_eq!(status(&over("", "", "")), Status::FitsWithChanges, "the layout's");
    assert_eq!(status(&over(none, "", "")), Status::Unfit, "the page has none");
    assert_eq!(status(&over(none, usual, "")), Status::FitsWithChanges, "the story's own");
    assert_eq!(status(&over(none, usual, none)), Status::Unfit, "the block has none");
    assert_eq!(status(&over("", none, "")), Status::Unfit, "the story has none");
    assert_eq!(status(&over("", none, usual)), Status::FitsWithChanges, "the block's");
}

#[test]
fn a_group_has_the_ladder_of_all_its_stories() {
    let told = steps(&strip((22, 24), HEADS, ""));
    assert_eq!(told, [("head-rows -1 row".to_owned(), true), ("head-rows -2 rows".to_owned(), true)]);
}

#[test]
fn what_a_group_does_alike_all_its_stories_do() {
    // The second story fits as it is. Its heading goes along, and its lines fill what that leaves.
    let told = steps(&strip((22, 20), &format!("{LINES}{ALIKE}"), ""));
    assert_eq!(told[0], ("head-rows -1 row, as all of its group".to_owned(), true));
    let lines = "lines paragraphs a line tighter or wider; head-rows -1 row, as all of its group";
    assert_eq!(told[1], (lines.to_owned(), true));
}

#[test]
fn a_step_that_helps_one_story_and_harms_another_is_not_taken_alike() {
    let told = steps(&strip((22, 20), ALIKE, ""));
    assert_eq!(told, [(String::new(), false), (String::new(), true)]);
    assert_eq!(steps(&strip((22, 20), HEADS, ""))[0], ("head-rows -1 row".to_owned(), true));
}

#[test]
fn a_group_takes_its_steps_anew_when_a_paragraph_goes() {
    // 26 lines on 20 rows are too many, 22 are two too many.
    let long = |id: &str| {
        let cut = TEXT.chars().cycle().take(4 * 17 - 2).collect::<String>();
        story(id, 22, "") + &format!("\n[[body]]\ntext = \"{cut}\"\ncut = 1\n")
    };
    let desk = strip((22, 22), &format!("{ALIKE}[[copyfit.strip]]\nstep = \"cuts\"\n"), "")
        .put("stories/one.toml", long("one").as_bytes())
        .put("stories/two.toml", long("two").as_bytes());
    let cut = "head-rows -1 row, as all of its group; cuts 1 paragraph left out";
    assert_eq!(steps(&desk), [(cut.to_owned(), true), (cut.to_owned(), true)]);
}

#[test]
fn a_story_that_leaves_a_paragraph_out_leaves_the_others_of_its_group_as_they_are() {
    // The first is four lines over with what may go, the second two, and no step is taken alike.
    let cut = TEXT.chars().cycle().take(4 * 17 - 2).collect::<String>();
    let long = story("one", 22, "") + &format!("\n[[body]]\ntext = \"{cut}\"\ncut = 1\n");
    let ladder = format!("{HEADS}[[copyfit.strip]]\nstep = \"cuts\"\n");
    let desk = strip((22, 22), &ladder, "").put("stories/one.toml", long.as_bytes());
    let told = [("head-rows -1 row; cuts 1 paragraph left out", true), ("head-rows -1 row", true)];
    assert_eq!(steps(&desk), told.map(|(steps, fits)| (steps.to_owned(), fits)));
}

#[test]
fn a_story_with_a_ladder_of_its_own_is_fitted_alone() {
    let told = steps(&strip((22, 20), ALIKE, "copyfit = \"none\""));
    assert_eq!(told, [("head-rows -1 row".to_owned(), true), (String::new(), true)]);
}

#[test]
fn ladders_and_groups_that_make_no_sense_are_told() {
    let told = |desk: &Desk| {
        let made = desk.make(Make::Check);
        let note = made.notes.first().unwrap_or_else(|| panic!("nothing is told"));
        assert!(note.help.is_some(), "{}", note.message);
        (note.code.0, place(&made, note))
    };
    let desk = || strip((20, 20), HEADS, "");
    let unknown = |path: &str, at: &str| {
        let text = "copyfit = \"lose\"\n".to_owned() + &desk().text(path);
        assert_eq!(told(&desk().put(path, text.as_bytes())), ("name-unknown", at.to_owned()));
    };
    unknown("pages/A02.toml", "pages/A02.toml:1:11");
    unknown("stories/one.toml", "stories/one.toml:1:11");
    let layout = |from: &str, to: &str| told(&desk().change_layout(from, to));
    let added = |text: &str| layout("[pictures]", &format!("{text}\n[pictures]"));
    assert_eq!(added("[copyfit]\ndefault = \"lose\"\n").0, "name-unknown");
    assert_eq!(added("[[copyfit.none]]\nstep = \"deck\"\n").0, "copyfit-name");
    assert_eq!(added("[[copyfit.tight]]\nstep = \"deck\"\nalike = true\n").0, "copyfit-step");
    assert_eq!(added("[[copyfit.tight]]\nstep = \"summary\"\nrows = 2\n").0, "copyfit-step");
    assert_eq!(added("[[copyfit.tight]]\nstep = \"summary\"\nalike = true\n").0, "copyfit-step");
    let page = |from: &str, to: &str| told(&desk().change("pages/A02.toml", from, to));
    let group = "stories = [\"one\", \"two\"]";
    assert_eq!(page(group, "stories = [\"one\"]"), ("group-story", "pages/A02.toml:5:11".to_owned()));
    assert_eq!(
        page(group, "stories = [\"one\", \"six\"]"),
        ("group-story", "pages/A02.toml:5:19".to_owned())
    );
    assert_eq!(page(group, "stories = [\"one\", \"one\"]").0, "group-story");
    assert_eq!(page("copyfit = \"strip\"", ""), ("group-ladder", "pages/A02.toml:5:11".to_owned()));
    let later = "story = \"two\"\npart = 2\ncopyfit = \"strip\"";
    let ungrouped =
        desk().change("pages/A02.toml", &format!("[[group]]\n{group}\ncopyfit = \"strip\"\n"), "");
    assert_eq!(told(&ungrouped.change("pages/A02.toml", "story = \"two\"", later)).0, "copyfit-part");
}
