//! What touches the trim: it runs to the bleed, for no knife cuts exactly on the line (出血).

use crate::diag::Diagnostic;
use crate::geom::{PageBoxes, Rect};
use crate::unit::Len;

/// As near to the trim as this, a thing is meant to touch it, and the knife may show what is
/// beside it (a cut wanders by about a millimetre).
const TOUCHING: Len = Len::mm(1);

/// The finding about a thing that touches the trim and ends short of the bleed. `what` names it.
pub(super) fn bleed_rule(what: &str, rect: Rect, boxes: &PageBoxes) -> Option<Diagnostic> {
    let (trim, bleed) = (boxes.trim, boxes.bleed);
    let sides = [
        ("left", rect.x - trim.x, rect.x - bleed.x),
        ("top", rect.y - trim.y, rect.y - bleed.y),
        ("right", trim.right() - rect.right(), bleed.right() - rect.right()),
        ("bottom", trim.bottom() - rect.bottom(), bleed.bottom() - rect.bottom()),
    ];
    let short: Vec<&str> = sides
        .iter()
        .filter(|(_, to_trim, to_bleed)| *to_trim < TOUCHING && *to_bleed > Len::ZERO)
        .map(|(side, ..)| *side)
        .collect();
    if short.is_empty() || trim == bleed {
        return None;
    }
    let message = format!("{what} touches the trim and does not run to the bleed: {}", short.join(", "));
    Some(
        Diagnostic::warning("NP-BLEED", message)
            .help(format!("let it run {} over the trim, or keep it {TOUCHING} inside", trim.x - bleed.x)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_the_trim_runs_to_the_bleed() {
        let trim = Rect::new(Len::ZERO, Len::ZERO, Len::mm(100), Len::mm(100));
        let boxes = PageBoxes { trim, bleed: trim.grown(Len::mm(3)), media: trim.grown(Len::mm(10)) };
        let told = |rect: Rect| bleed_rule("a bar", rect, &boxes).map(|note| note.message);
        assert_eq!(told(trim.grown(Len::mm(-1))), None, "inside");
        assert_eq!(told(boxes.bleed), None, "to the bleed");
        let bar = Rect::new(Len::ZERO, Len::mm(50), Len::mm(103), Len::mm(10));
        assert!(told(bar).expect("its left ends on the trim").ends_with(": left"));
        let same = PageBoxes { bleed: trim, ..boxes };
        assert_eq!(bleed_rule("a bar", trim, &same), None, "a press that cannot bleed");
    }
}
