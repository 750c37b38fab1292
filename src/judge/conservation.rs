//! The proof that no character was lost between the file and the page.

use crate::diag::Diagnostic;
use crate::model::story::{Story, StoryPicture, Text};
use crate::page::reading::placed_text;
use crate::page::set::{ComposedBlock, LineRole};

/// Proves that each character of a story was placed once and in order, or is among the overset.
pub fn conservation(block: &ComposedBlock, story: &Story) -> Vec<Diagnostic> {
    let texts = |texts: &mut dyn Iterator<Item = &Text>| -> String {
        texts.flat_map(|text| text.text.chars()).filter(|c| !c.is_whitespace()).collect()
    };
    let overset = |role: LineRole| -> String {
        let lines = block.overset.iter().filter(|line| line.role == role);
        lines.flat_map(|line| line.text.chars()).filter(|c| !c.is_whitespace()).collect()
    };
    let checks = [
        (LineRole::ColumnHead, texts(&mut std::iter::once(&story.column_head.text))),
        (LineRole::Kicker, texts(&mut std::iter::once(&story.kicker.text))),
        (LineRole::Headline, texts(&mut std::iter::once(&story.headline.text))),
        (LineRole::Deck, texts(&mut std::iter::once(&story.deck.text))),
        (LineRole::Byline, texts(&mut story.byline.iter().map(|para| &para.text))),
        (LineRole::Text, texts(&mut story.paras.iter().map(|para| &para.text))),
        (LineRole::Caption, texts(&mut pictures(story).filter_map(|p| p.caption.as_ref()).map(|p| &p.text))),
        (LineRole::Credit, texts(&mut pictures(story).filter_map(|p| p.credit.as_ref()).map(|p| &p.text))),
    ];
    let ruby = story.texts().flat_map(Text::rubies).map(|ruby| ruby.text.as_str()).collect::<String>();
    let beside = block.lines().chain(&block.overset).flat_map(|line| &line.beside);
    let mut set: Vec<char> = beside.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect();
    let mut typed: Vec<char> = ruby.chars().filter(|c| !c.is_whitespace()).collect();
    set.sort_unstable();
    typed.sort_unstable();
    let lost = (set != typed).then(|| {
        Diagnostic::error("text-lost", format!("`{}`: the ruby on the page is not what was typed", story.id))
            .at(story.typed.clone())
            .help("this is a fault of the program: please report it")
    });
    checks
        .into_iter()
        .filter_map(|(role, typed)| {
            let placed = placed_text(block, role) + &overset(role);
            (placed != typed).then(|| {
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

fn pictures(story: &Story) -> impl Iterator<Item = &StoryPicture> {
    story.pictures.iter()
}
