//! An advertisement into its room: at its own size, or scaled to fit; with its bleed where the room
//! ends at the trim of the page.

use super::Ad;
use crate::geom::{PageBoxes, Rect};
use crate::model::plan::AdFit;
use crate::unit::Len;

/// How much a page may differ from its room and still be what was booked.
const SAME: Len = Len::mm(1);

/// As near to the trim of the page as this, a room ends on it: lengths are halved and rounded.
const ON_THE_TRIM: Len = Len::centipoints(1);

/// Where an advertisement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Where its trimmed page is printed.
    pub rect: Rect,
    /// Whether its own size is that of the room, within a millimetre.
    pub booked: bool,
}

/// Places an advertisement in the middle of a room.
pub fn place(ad: &Ad, room: Rect, fit: AdFit) -> Placed {
    let differs = |own: Len, room: Len| (own - room).abs() > SAME;
    let booked = !differs(ad.width, room.width) && !differs(ad.height, room.height);
    let (width, height) = match fit {
        AdFit::Exact => (ad.width, ad.height),
        AdFit::Contain => contained(ad, room),
    };
    let rect = Rect {
        x: room.x + (room.width - width).half(),
        y: room.y + (room.height - height).half(),
        width,
        height,
    };
    Placed { rect, booked }
}

/// On the sides where its room ends at the trim of the page, an advertisement is shown with its bleed,
/// as far as the page's own bleed goes: what it is then, and where that stands. Nothing where it is
/// cut at its trim all round.
pub fn bled(ad: &Ad, placed: &Placed, room: Rect, boxes: &PageBoxes) -> Option<(Ad, Rect)> {
    let (trim, bleed, rect) = (boxes.trim, boxes.bleed, placed.rect);
    // From the room to the trim, from the advertisement to it, and to the bleed.
    let sides = [
        (room.x - trim.x, rect.x - trim.x, rect.x - bleed.x),
        (trim.bottom() - room.bottom(), trim.bottom() - rect.bottom(), bleed.bottom() - rect.bottom()),
        (trim.right() - room.right(), trim.right() - rect.right(), bleed.right() - rect.right()),
        (room.y - trim.y, rect.y - trim.y, rect.y - bleed.y),
    ];
    let mut more = ad.bleeds();
    for (more, (of_room, of_ad, wanted)) in more.iter_mut().zip(sides) {
        let touches = of_room <= ON_THE_TRIM && of_ad.abs() <= SAME && wanted > Len::ZERO;
        let wanted = wanted.scale(ad.width.units(), rect.width.units().max(1));
        *more = if touches { (*more).min(wanted.millipoints() + 1).max(0) } else { 0 };
    }
    if more == [0; 4] {
        return None;
    }
    let opened = ad.opened(more);
    let printed = |own: Len| own.scale(rect.width.units(), ad.width.units());
    let [left, _, _, top] = more.map(|more| printed(Len::pt(1).scale(more, 1000)));
    let (x, y) = (rect.x - left, rect.y - top);
    let rect = Rect::new(x, y, printed(opened.width), printed(opened.height));
    Some((opened, rect))
}

/// The largest size of the same shape that the room holds.
fn contained(ad: &Ad, room: Rect) -> (Len, Len) {
    let high = ad.height.scale(room.width.units(), ad.width.units());
    if high <= room.height {
        (room.width, high)
    } else {
        (ad.width.scale(room.height.units(), ad.height.units()), room.height)
    }
}
