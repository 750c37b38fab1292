//! JPEG inside a PDF: what its header says against what the dictionary says (`IMG-05`), and its
//! samples for the ink they ask for.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::bounds::LARGEST_STREAM;
use super::judging::Judging;
use super::picture::Picture;

/// The frame of a JPEG (ITU-T T.81, B.2.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Frame {
    bits: u8,
    width: u32,
    height: u32,
    components: usize,
    /// The colour transform that Adobe's marker names.
    adobe: Option<u8>,
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    let mut adobe = None;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        if marker == 0xFF {
            rest = &rest[1..];
            continue;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        match marker {
            0xEE if segment.starts_with(b"Adobe") => adobe = Some(segment.get(11).copied().unwrap_or(0)),
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => {
                let [bits, a, b, c, d, components, ..] = *segment else { return None };
                let (height, width) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
                let components = usize::from(components);
                return Some(Frame { bits, width: width.into(), height: height.into(), components, adobe });
            }
            0xDA => return None,
            _ => {}
        }
        rest = &rest[2 + length..];
    }
}

/// Judges the header.
pub(super) fn judge(
    judging: &mut Judging<'_>,
    bytes: &[u8],
    picture: &Picture,
    components: usize,
    decode: Option<&[f64]>,
) {
    let name = &picture.name;
    let Some(frame) = frame(bytes) else {
        return judging.findings.add("IMG-05", format!("{name} is no JPEG"));
    };
    if (frame.width, frame.height) != (picture.width, picture.height) {
        let message = format!("{name} is a JPEG of {} × {}", frame.width, frame.height);
        judging.findings.add("IMG-05", message);
    }
    if frame.components != components {
        let message = format!("{name} has a space of {components} inks and a JPEG of {}", frame.components);
        judging.findings.add("IMG-05", message);
    }
    if frame.bits != 8 {
        judging.findings.add("IMG-05", format!("{name} is a JPEG of {} bits", frame.bits));
    }
    let inverted = decode.is_some_and(|decode| decode.starts_with(&[1.0, 0.0]));
    if frame.components == 4 && frame.adobe.is_some() && !inverted {
        let message = format!(
            "{name} is a CMYK JPEG of Adobe's kind without Decode [1 0 …]: it may print as a negative"
        );
        judging.findings.warn("IMG-05", message);
    }
}

/// The samples as PDF sees them, one byte a component. Nothing if they cannot be had.
pub(super) fn samples(bytes: &[u8], picture: &Picture, components: usize) -> Option<Vec<u8>> {
    let frame = frame(bytes)?;
    let size = u64::from(frame.width) * u64::from(frame.height) * components as u64;
    let fits = (frame.width, frame.height) == (picture.width, picture.height)
        && frame.components == components
        && size <= LARGEST_STREAM as u64;
    let wanted = match components {
        1 => ColorSpace::Luma,
        4 if frame.adobe == Some(2) => ColorSpace::YCCK,
        4 => ColorSpace::CMYK,
        // RGB asks for no ink that is known.
        _ => return None,
    };
    if !fits {
        return None;
    }
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(wanted);
    let mut samples = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().ok()?;
    if samples.len() as u64 != size {
        return None;
    }
    if wanted == ColorSpace::YCCK {
        samples.as_chunks_mut::<4>().0.iter_mut().for_each(from_ycck);
    }
    Some(samples)
}

/// ITU-T T.871, 7: luminance and two differences → three inks; the fourth stays.
fn from_ycck(pixel: &mut [u8; 4]) {
    let [y, blue, red] = [pixel[0], pixel[1], pixel[2]].map(f64::from);
    let (blue, red) = (blue - 128.0, red - 128.0);
    let inks = [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue];
    for (sample, ink) in pixel.iter_mut().zip(inks) {
        *sample = byte(ink);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn byte(value: f64) -> u8 {
    value.round() as u8
}
