//! An advertisement into its room: at its own size, or scaled to fit.

use super::Ad;
use crate::geom::Rect;
use crate::model::plan::AdFit;
use crate::unit::Len;

/// How much a page may differ from its room and still be what was booked.
const SAME: Len = Len::mm(1);

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

/// The largest size of the same shape that the room holds.
fn contained(ad: &Ad, room: Rect) -> (Len, Len) {
    let high = ad.height.scale(room.width.units(), ad.width.units());
    if high <= room.height {
        (room.width, high)
    } else {
        (ad.width.scale(room.height.units(), ad.height.units()), room.height)
    }
}
