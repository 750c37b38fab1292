//! Pictures and inks in, the PDF objects that put them on their plates out.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::frame::number;
use super::stand_in::StandIns;
use crate::color::{Overlay, SpotIdx, SpotInk, Tint};
use crate::picture::{Coding, Picture, Plates};

/// The colour space of registration marks, by its resource name.
pub(super) const REGISTRATION: &str = "Registration";

/// The graphics state of an overlay, by its resource name.
pub(super) fn overlay_name(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Overprint => "Overprint",
        Overlay::Knockout => "Knockout",
    }
}

/// A graphics state that overprints or knocks out. Without `OPM 1` an ink of `0 0 0 1` would
/// clear the other three plates although it overprints (PDF Reference 1.4, 4.5.6).
pub(super) fn overlay(overlay: Overlay) -> Dictionary {
    let on = overlay == Overlay::Overprint;
    dictionary! { "Type" => "ExtGState", "OP" => on, "op" => on, "OPM" => 1 }
}

/// Every plate at once: the colorant `All` (PDF Reference 1.4, 4.5.5).
pub(super) fn registration() -> Object {
    separation("All", [Tint::SOLID; 4])
}

/// The black plate by name. `DeviceGray` would not do: RIPs do not agree on which plates it is.
pub(super) fn black() -> Object {
    separation("Black", [Tint::NONE, Tint::NONE, Tint::NONE, Tint::SOLID])
}

/// A spot ink on its own plate.
pub(super) fn spot(ink: &SpotInk) -> Object {
    separation(&ink.colorant, ink.cmyk)
}

/// The colour space of a spot ink, by its resource name.
pub(super) fn spot_name(spot: SpotIdx) -> String {
    format!("Spot{}", u16::from(spot.0) + 1)
}

/// A separation whose full tint looks like `solid` on devices that have no such plate.
fn separation(colorant: &str, solid: [Tint; 4]) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => numbers([0, 1]),
        "C0" => numbers([0; 4]),
        "C1" => Object::Array(solid.map(|tint| Object::Real(number(tint.0.into()))).into()),
        "N" => 1,
    };
    Object::Array(vec!["Separation".into(), colorant.into(), "DeviceCMYK".into(), tint.into()])
}

fn numbers<const N: usize>(numbers: [i64; N]) -> Object {
    Object::Array(numbers.map(Object::Integer).into())
}

/// A picture as an object that fills the unit square: an image, or a form that shows a part of
/// one, whose box cuts off the rest. `black` is what holds the black plate's colour space.
#[allow(clippy::float_arithmetic)]
pub(super) fn placed<'a>(
    document: &mut Document,
    picture: &'a Picture,
    black: ObjectId,
    stand_ins: &mut StandIns<'a>,
) -> ObjectId {
    let image = document.add_object(image(picture, black, stand_ins));
    let shown = picture.shown;
    if (shown.width, shown.height) == (picture.width, picture.height) {
        return image;
    }
    let share = |side: u32| Object::Real(1.0 / side as f32);
    // In the form a pixel is a unit, so that all numbers in it are whole.
    let foot = i64::from(picture.height) - i64::from(shown.y) - i64::from(shown.height);
    let content = format!("{} 0 0 {} -{} -{foot} cm /Picture Do", picture.width, picture.height, shown.x);
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), shown.width.into(), shown.height.into()],
        "Matrix" => vec![share(shown.width), 0.into(), 0.into(), share(shown.height), 0.into(), 0.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "Picture" => image } },
    };
    document.add_object(Stream::new(form, content.into_bytes()))
}

/// A picture as an image: a JPEG as it is, bits to be deflated like any other stream.
fn image<'a>(picture: &'a Picture, black: ObjectId, stand_ins: &mut StandIns<'a>) -> Stream {
    let (space, components): (Object, usize) = match picture.plates {
        Plates::Black => (black.into(), 1),
        Plates::Cmyk => ("DeviceCMYK".into(), 4),
    };
    let mut about = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => picture.width,
        "Height" => picture.height,
        "ColorSpace" => space,
        "BitsPerComponent" => if picture.coding == Coding::Bits { 1 } else { 8 },
    };
    if picture.inverted {
        about.set("Decode", [1, 0].repeat(components).into_iter().map(Object::Integer).collect::<Vec<_>>());
    }
    match picture.coding {
        Coding::Jpeg => {
            about.set("Filter", "DCTDecode");
            stand_ins.stream(about, &picture.data)
        }
        Coding::Bits => Stream::new(about, picture.data.to_vec()),
    }
}
