//! The proof that no character was lost between the file and the page.

use crate::diag::Diagnostic;
use crate::model::story::{Story, StoryPicture, Text};
use crate::page::fit::{Dropped, DroppedWhat};
use crate::page::reading::placed_text;
use crate::page::set::{ComposedBlock, LineRole};

/// Proves that each character of a story was placed once and in order, or is among the overset or
/// `dropped` by a rule.
/// `parts` are all its blocks, in the order of its text.
pub fn conservation(parts: &[&ComposedBlock], story: &Story, dropped: &[Dropped]) -> Vec<Diagnostic> {
    let texts = |texts: &mut dyn Iterator<Item = &Text>| -> String {
        texts.flat_map(|text| text.text.chars()).filter(|c| !c.is_whitespace()).collect()
    };
    let overset = |role: LineRole| -> String {
        let lines = parts.iter().flat_map(|part| &part.overset).filter(|line| line.role == role);
        lines.flat_map(|line| line.text.chars()).filter(|c| !c.is_whitespace()).collect()
    };
    let out = |what: DroppedWhat| dropped.iter().any(|dropped| dropped.what == what);
    let paras = (0..).zip(&story.paras).filter(|(nth, _)| !out(DroppedWhat::Paragraph(*nth)));
    let mut paras = paras.map(|(_, para)| para);
    let points = || story.summary.iter().map(|point| &point.text);
    let checks = [
        (LineRole::ColumnHead, texts(&mut std::iter::once(&story.column_head.text))),
        (LineRole::Kicker, texts(&mut std::iter::once(&story.kicker.text))),
        (LineRole::Headline, texts(&mut std::iter::once(&story.headline.text))),
        (LineRole::Deck, texts(&mut std::iter::once(&story.deck.text).filter(|_| !out(DroppedWhat::Deck)))),
        (LineRole::Summary, texts(&mut points().filter(|_| !out(DroppedWhat::Summary)))),
        (LineRole::Byline, texts(&mut story.byline.iter().map(|para| &para.text))),
        (LineRole::Text, texts(&mut paras.by_ref().map(|para| &para.text))),
        (LineRole::Caption, texts(&mut pictures(story).filter_map(|p| p.caption.as_ref()).map(|p| &p.text))),
        (
            LineRole::InsetTitle,
            texts(&mut story.insets.iter().filter_map(|i| i.title.as_ref()).map(|p| &p.text)),
        ),
        (LineRole::Inset, texts(&mut story.insets.iter().flat_map(|i| &i.paras).map(|p| &p.text))),
        (LineRole::Credit, texts(&mut pictures(story).filter_map(|p| p.credit.as_ref()).map(|p| &p.text))),
    ];
    let left_out = dropped.iter().flat_map(|dropped| match dropped.what {
        DroppedWhat::Deck => vec![&story.deck.text],
        DroppedWhat::Summary => points().collect(),
        DroppedWhat::Paragraph(nth) => vec![&story.paras[nth].text],
        DroppedWhat::JumpHead => vec![&story.jump_head.text],
    });
    let left_out: Vec<&Text> = left_out.collect();
    let texts_set = story.texts().filter(|text| !left_out.iter().any(|out| std::ptr::eq(*out, *text)));
    let ruby = texts_set.flat_map(Text::rubies).map(|ruby| ruby.text.as_str()).collect::<String>();
    let beside =
        parts.iter().flat_map(|part| part.lines().chain(&part.overset)).flat_map(|line| &line.beside);
    let mut set: Vec<char> = beside.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect();
    let mut typed: Vec<char> = ruby.chars().filter(|c| !c.is_whitespace()).collect();
    set.sort_unstable();
    typed.sort_unstable();
    let lost = (set != typed).then(|| {
        Diagnostic::error("text-lost", format!("`{}`: the ruby on the page is not what was typed", story.id))
            .at(story.typed.clone())
            .help("this is a fault of the program: please report it")
    });
    // A headline that stands over the rest of its story once more is no text of the story.
    let jump_head = (LineRole::JumpHead, texts(&mut std::iter::once(&story.jump_head.text)));
    let jump_head =
        Some(jump_head).filter(|_| !story.jump_head.text.is_empty() && !out(DroppedWhat::JumpHead));
    checks
        .into_iter()
        .chain(jump_head)
        .filter_map(|(role, typed)| {
            let over = overset(role);
            let placed = match role {
                LineRole::Caption | LineRole::Credit => under_pictures(parts, role),
                LineRole::InsetTitle | LineRole::Inset => in_insets(parts, role),
                _ => parts.iter().map(|part| placed_text(part, role)).collect(),
            };
            // What is over of the words under one picture, or in one inset, stands after those of all.
            let pictured = matches!(
                role,
                LineRole::Caption | LineRole::Credit | LineRole::InsetTitle | LineRole::Inset
            ) && !over.is_empty();
            let placed = placed + &over;
            let same = if pictured { sorted(&placed) == sorted(&typed) } else { placed == typed };
            (!same).then(|| {
                let at = placed.chars().zip(typed.chars()).take_while(|(a, b)| a == b).count();
                let rest: String = typed.chars().skip(at).take(12).collect();
                Diagnostic::error("text-lost", format!("`{}`: the {role:?} on the page is not what was typed, from `{rest}` on", story.id))
                    .at(story.typed.clone())
                    .help("give the text room in its block; if it has room, this is a fault of the program: please report it")
            })
        })
        .chain(lost)
        .collect()
}

/// The words under a story's pictures, in the order in which the story has them.
fn under_pictures(parts: &[&ComposedBlock], role: LineRole) -> String {
    let mut pictures: Vec<_> = parts.iter().flat_map(|part| &part.pictures).collect();
    pictures.sort_by_key(|set| set.picture);
    let lines = pictures.into_iter().flat_map(|set| &set.lines).filter(|line| line.role == role);
    let runs = lines.flat_map(|line| &line.runs);
    runs.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

/// The words in a story's quotes and boxes, in the order in which the story has them.
fn in_insets(parts: &[&ComposedBlock], role: LineRole) -> String {
    let mut insets: Vec<_> = parts.iter().flat_map(|part| &part.insets).collect();
    insets.sort_by_key(|set| set.inset);
    let lines = insets.into_iter().flat_map(|set| &set.lines).filter(|line| line.role == role);
    let runs = lines.flat_map(|line| &line.runs);
    runs.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

fn pictures(story: &Story) -> impl Iterator<Item = &StoryPicture> {
    story.pictures.iter()
}
