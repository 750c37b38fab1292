//! Photographs against the press: resolution and ink.

use crate::diag::Diagnostic;
use crate::model::edition::Condition;
use crate::model::story::StoryPicture;
use crate::picture::{Coding, Picture};

/// Effective pixels per inch below which a photograph is refused, below which and above which it
/// is reported (GWG2015, image resolution; newsprint shops ask for 150 to 200).
const FEWEST_PPI: u32 = 100;
const FEW_PPI: u32 = 150;
const MANY_PPI: u32 = 450;

/// Effective pixels per inch below which line art is refused, and what to aim at (prepress rules,
/// section 3; GWG2015, image resolution of 1-bit images): its steps are seen, as no screen hides them.
const FEWEST_PPI_LINE_ART: u32 = 600;
const GOOD_PPI_LINE_ART: u32 = 1200;

/// A photograph against the press: resolution and ink. `ppi` is what its pixels give on the page.
pub fn picture_rules(
    typed: &StoryPicture,
    picture: &Picture,
    ppi: u32,
    condition: &Condition,
) -> Vec<Diagnostic> {
    let mut notes = match picture.coding {
        Coding::Bits => line_art_resolution(typed, ppi).into_iter().collect(),
        Coding::Jpeg => resolution(typed, ppi, condition),
    };
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

fn line_art_resolution(typed: &StoryPicture, ppi: u32) -> Option<Diagnostic> {
    let message = format!("the line art `{}` has {ppi} pixels per inch on the page", typed.id);
    (ppi < FEWEST_PPI_LINE_ART).then(|| {
        Diagnostic::unfit("NP-PPI-1BIT", message).at(typed.typed.clone()).help(format!(
            "edges show steps below {FEWEST_PPI_LINE_ART}: scan it again at {GOOD_PPI_LINE_ART} for its size on the page, or deliver it in gray"
        ))
    })
}

fn resolution(typed: &StoryPicture, ppi: u32, condition: &Condition) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    if ppi < FEW_PPI {
        let message = format!("the picture `{}` has {ppi} pixels per inch on the page", typed.id);
        let note = if ppi < FEWEST_PPI {
            Diagnostic::unfit("NP-PPI", message)
        } else {
            Diagnostic::warning("NP-PPI-W", message)
        };
        notes.push(note.at(typed.typed.clone()).help(format!(
            "newsprint wants {}, and prints blocks below {FEWEST_PPI}: a larger file, or a smaller place",
            condition.picture_ppi
        )));
    }
    if ppi > MANY_PPI {
        let message = format!("the picture `{}` has {ppi} pixels per inch on the page", typed.id);
        notes.push(
            Diagnostic::warning("NP-PPI-HI", message)
                .at(typed.typed.clone())
                .help("no screen holds more than 450: lower `picture_ppi` of the printing condition"),
        );
    }
    notes
}
