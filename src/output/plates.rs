//! Pictures and inks in, the PDF objects that put them on their plates out.

use lopdf::{Dictionary, Object, Stream, dictionary};

use crate::color::Overlay;
use crate::picture::{Picture, Plates};

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
    separation("All", [1; 4])
}

/// The black plate by name. `DeviceGray` would not do: RIPs do not agree on which plates it is.
pub(super) fn black() -> Object {
    separation("Black", [0, 0, 0, 1])
}

/// A separation whose full tint looks like `solid` on devices that have no such plate.
fn separation(colorant: &str, solid: [i64; 4]) -> Object {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => numbers([0, 1]),
        "C0" => numbers([0; 4]),
        "C1" => numbers(solid),
        "N" => 1,
    };
    Object::Array(vec!["Separation".into(), colorant.into(), "DeviceCMYK".into(), tint.into()])
}

fn numbers<const N: usize>(numbers: [i64; N]) -> Object {
    Object::Array(numbers.map(Object::Integer).into())
}

/// A picture as an image: its JPEG as it is. `black` is what holds the black plate's colour space.
pub(super) fn image(picture: &Picture, black: lopdf::ObjectId) -> Stream {
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
        "BitsPerComponent" => 8,
        "Filter" => "DCTDecode",
    };
    if picture.inverted {
        about.set("Decode", [1, 0].repeat(components).into_iter().map(Object::Integer).collect::<Vec<_>>());
    }
    Stream::new(about, picture.jpeg.to_vec())
}
