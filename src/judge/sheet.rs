//! Preflight on the model, where a finding can name its story, and the proof that no character
//! was lost. Rule ids are those of the prepress rules (`NP-…`).

use crate::diag::Diagnostic;
use crate::geom::Rect;
use crate::model::edition::Condition;
use crate::model::story::{Story, StoryPicture, Text};
use crate::page::reading::placed_text;
use crate::page::set::{ComposedBlock, ComposedPage, LineRole, TextLine};
use crate::picture::Picture;
use crate::unit::Len;

/// Smallest type in one solid ink (GWG2015 newspaper variants; national shops ask the same).
const SMALLEST_TYPE: Len = Len::pt(6);
/// Effective pixels per inch below which a photograph is refused, and below which it is reported.
const FEWEST_PPI: u32 = 100;
const FEW_PPI: u32 = 150;

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

/// Proves that what a block holds lies inside it, and that its heading, byline, text and pictures
/// keep off one another. A line's room counts, not its ink.
pub fn places(block: &ComposedBlock, story: &Story) -> Vec<Diagnostic> {
    let pictures: Vec<Rect> = block
        .pictures
        .iter()
        .flat_map(|picture| std::iter::once(picture.rect).chain(picture.lines.iter().map(|line| line.rect)))
        .collect();
    let text = || block.columns.iter().flat_map(|column| &column.lines).map(|line| line.rect);
    let outside = block.lines().map(|line| line.rect).chain(pictures.iter().copied());
    let outside = outside.filter(|rect| !block.bounds.holds(*rect)).count();
    let on_text = |rect: Rect| text().any(|line| rect.overlaps(line));
    let on_pictures = |rect: Rect| pictures.iter().any(|picture| rect.overlaps(*picture));
    let heads = block.heads.iter().enumerate();
    let collide = heads.clone().any(|(idx, line)| {
        let others = block.heads[idx + 1..].iter().filter(|other| other.role != line.role);
        on_text(line.rect)
            || on_pictures(line.rect)
            || others.map(|other| other.rect).any(|rect| line.rect.overlaps(rect))
    });
    let collide = collide || pictures.iter().any(|rect| on_text(*rect));
    let mut notes = Vec::new();
    if outside > 0 {
        notes.push(
            Diagnostic::unfit(
                "block-outside",
                format!("{outside} lines or pictures of `{}` do not lie in its block", story.id),
            )
            .help("give the block more rows, or its heading, column head or byline fewer"),
        );
    }
    if collide {
        notes.push(
            Diagnostic::unfit(
                "block-collision",
                format!("heading, byline, text or pictures of `{}` lie on one another", story.id),
            )
            .help("look at the draft; move the `row` of text or pictures below the heading's rows"),
        );
    }
    notes
}

/// Ink that a press cannot hold, of bars, frames and rules.
pub fn stroke_rules(page: &ComposedPage, condition: &Condition) -> Vec<Diagnostic> {
    let blocks = page.blocks.iter().flat_map(|block| block.grounds.iter().chain(&block.rules));
    let heavy = blocks.chain(&page.rules).map(|stroke| stroke.ink.total()).max().unwrap_or(0);
    if heavy <= condition.ink_limit {
        return Vec::new();
    }
    let message = format!(
        "a bar or rule takes {} % of ink, and {} % is the limit",
        heavy / 10,
        condition.ink_limit / 10
    );
    vec![Diagnostic::unfit("NP-TAC-V", message).help("give it a lighter ink under `[inks]` of the layout")]
}

/// Type that a press cannot hold: too small, or more ink than the condition allows.
pub fn type_rules(page: &ComposedPage, condition: &Condition) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let all = page.blocks.iter().flat_map(|block| block.lines()).chain(&page.folio);
    for line in all {
        notes.extend(too_small(line));
        notes.extend(too_much_ink(line, condition));
    }
    notes
}

fn too_small(line: &TextLine) -> Option<Diagnostic> {
    let small = line.runs.iter().chain(&line.beside).find(|run| run.size < SMALLEST_TYPE)?;
    Some(
        Diagnostic::error(
            "NP-TXT-MIN",
            format!("`{}` is set in {}: newsprint holds {SMALLEST_TYPE} and more", line.text, small.size),
        )
        .help("give its style a larger size in the layout"),
    )
}

fn too_much_ink(line: &TextLine, condition: &Condition) -> Option<Diagnostic> {
    let heavy = line.runs.iter().chain(&line.beside).find(|run| run.ink.total() > condition.ink_limit)?;
    Some(
        Diagnostic::error(
            "NP-TAC-V",
            format!(
                "`{}` takes {} % of ink, and {} % is the limit",
                line.text,
                heavy.ink.total() / 10,
                condition.ink_limit / 10
            ),
        )
        .help("print it with a lighter ink of the layout"),
    )
}

/// A photograph against the press: resolution and ink. `ppi` is what its pixels give on the page.
pub fn picture_rules(
    typed: &StoryPicture,
    picture: &Picture,
    ppi: u32,
    condition: &Condition,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    if ppi < FEW_PPI {
        let message = format!("the picture `{}` has {ppi} pixels per inch on the page", typed.id);
        let note = if ppi < FEWEST_PPI {
            Diagnostic::error("NP-PPI", message)
        } else {
            Diagnostic::warning("NP-PPI-W", message)
        };
        notes.push(note.at(typed.typed.clone()).help(format!(
            "newsprint wants {}, and prints blocks below {FEWEST_PPI}: a larger file, or a smaller place",
            condition.picture_ppi
        )));
    }
    if picture.peak_ink > condition.ink_limit {
        notes.push(
            Diagnostic::warning(
                "NP-TAC-P",
                format!(
                    "the picture `{}` reaches {} % of ink, and {} % is the limit",
                    typed.id,
                    picture.peak_ink / 10,
                    condition.ink_limit / 10
                ),
            )
            .at(typed.typed.clone())
            .help("deliver it in RGB, so that it is converted to this press"),
        );
    }
    notes
}
