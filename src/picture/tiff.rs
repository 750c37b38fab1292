//! TIFF files into samples: gray, colour, palettes, CMYK, 1-bit art (TIFF 6.0).

use std::borrow::Cow;
use std::io::Cursor;

use tiff::ColorType;
use tiff::TiffError;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::{Tag, Type, ValueBuffer};

use super::error::PictureError;
use super::samples::{Header, Kind, MOST_BYTES, Pixels, Samples, flattened};
use super::upright::Orientation;

/// Largest profile that is read.
const LARGEST_PROFILE: usize = 16 << 20;

/// What the first directory says.
///
/// # Errors
/// A damaged directory, or a kind of TIFF that is not read.
pub(super) fn header(bytes: &[u8]) -> Result<Header, PictureError> {
    let (mut tiff, values) = open(bytes)?;
    let size = tiff.dimensions().map_err(said)?;
    let colour = tiff.colortype().map_err(said)?;
    let kind = kind_of(colour, values)?;
    let bytes_a_sample = if colour.bit_depth() > 8 { 2 } else { 1 };
    let bytes_a_pixel = if kind == Kind::Line { 0 } else { u64::from(colour.num_samples()) * bytes_a_sample };
    // A palette's indices become three samples.
    let bytes_a_pixel = if values == Values::Indices { 4 } else { bytes_a_pixel };
    let orientation = tiff.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten();
    let orientation = orientation.and_then(Orientation::from_exif).unwrap_or_default();
    Ok(Header { size, kind, bytes_a_pixel, orientation })
}

/// What samples are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    /// Amounts of light or ink.
    Amounts,
    /// Numbers of the colours of a palette, which the decoder takes for gray.
    Indices,
}

fn kind_of(colour: ColorType, values: Values) -> Result<Kind, PictureError> {
    match colour {
        ColorType::Gray(1 | 2 | 4 | 8) if values == Values::Indices => Ok(Kind::Colour),
        _ if values == Values::Indices => {
            Err(PictureError::Unsupported(format!("a TIFF with a palette for {colour:?} is not read")))
        }
        ColorType::Gray(1) => Ok(Kind::Line),
        ColorType::Gray(2 | 4 | 8 | 16)
        | ColorType::GrayA(8 | 16)
        | ColorType::Multiband { bit_depth: 8 | 16, num_samples: 2 } => Ok(Kind::Gray),
        ColorType::RGB(8 | 16) | ColorType::RGBA(8 | 16) => Ok(Kind::Colour),
        ColorType::CMYK(8 | 16) => Ok(Kind::Ink),
        other => Err(PictureError::Unsupported(format!("a TIFF of {other:?} is not read"))),
    }
}

/// The whole picture. In TIFF, ink of 0 is bare paper.
///
/// # Errors
/// A file that is cut or damaged, or of a variant that is not read.
pub(super) fn decode(bytes: &[u8], kind: Kind) -> Result<Pixels, PictureError> {
    let (mut tiff, values) = open(bytes)?;
    let (width, height) = tiff.dimensions().map_err(said)?;
    let (width, height) = (width as usize, height as usize);
    let colour = tiff.colortype().map_err(said)?;
    let channels = usize::from(colour.num_samples());
    let profile = profile(&mut tiff);
    let mut result = DecodingResult::U8(Vec::new());
    tiff.read_image_to_buffer(&mut result).map_err(said)?;
    let samples = match result {
        DecodingResult::U8(samples) if kind == Kind::Line => Samples::Bits(samples),
        DecodingResult::U8(packed) if colour.bit_depth() < 8 => {
            Samples::Eight(unpacked(&packed, width, height, usize::from(colour.bit_depth()), values))
        }
        DecodingResult::U8(samples) => Samples::Eight(samples),
        DecodingResult::U16(samples) => Samples::Sixteen(samples),
        _ => return Err(PictureError::Unsupported("floating-point samples are not read".to_owned())),
    };
    let expected =
        if kind == Kind::Line { width.div_ceil(8) * 8 * height } else { width * height * channels };
    if samples.count() != expected {
        return Err(PictureError::Damaged("it has not as many samples as its size asks for".to_owned()));
    }
    let planes = tiff.find_tag_unsigned::<u16>(Tag::PlanarConfiguration).ok().flatten() == Some(2);
    let samples = if planes && channels > 1 { interleaved(samples, channels) } else { samples };
    let extra = matches!(colour, ColorType::GrayA(_) | ColorType::RGBA(_) | ColorType::Multiband { .. });
    let (samples, transparent) = if extra {
        let about = tiff.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).ok().flatten().unwrap_or_default();
        (flattened(samples, channels, about.first() == Some(&1)), true)
    } else if values == Values::Indices {
        (coloured(&samples, &mut tiff)?, false)
    } else {
        (samples, false)
    };
    Ok(Pixels { kind, samples, profile, flattened: transparent, doubtful: false })
}

type Opened<'a> = Decoder<Cursor<Cow<'a, [u8]>>>;

fn open(bytes: &[u8]) -> Result<(Opened<'_>, Values), PictureError> {
    // The decoder reads no palettes; the indices by themselves it does.
    let (bytes, values) = match as_indices(bytes) {
        Some(indices) => (Cow::Owned(indices), Values::Indices),
        None => (Cow::Borrowed(bytes), Values::Amounts),
    };
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    limits.ifd_value_size = LARGEST_PROFILE;
    Ok((Decoder::new(Cursor::new(bytes)).map_err(said)?.with_limits(limits), values))
}

/// The tag that says what samples mean, and its values for gray from black and for palettes.
const PHOTOMETRIC: u16 = 262;
const BLACK_IS_ZERO: u16 = 1;
const PALETTE: u16 = 3;

/// A file whose first directory has a palette, with its indices declared to be gray (TIFF 6.0,
/// sections 2 and 5); nothing if there is no palette.
fn as_indices(bytes: &[u8]) -> Option<Vec<u8>> {
    let little = match bytes.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = bytes.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
    };
    let four = bytes.get(4..)?.first_chunk()?;
    let directory = if little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) } as usize;
    let entries = (0..usize::from(short(directory)?)).map(|entry| directory + 2 + entry * 12);
    let value = entries.into_iter().find(|at| short(*at) == Some(PHOTOMETRIC))? + 8;
    if short(value)? != PALETTE {
        return None;
    }
    let mut indices = bytes.to_vec();
    let gray = if little { BLACK_IS_ZERO.to_le_bytes() } else { BLACK_IS_ZERO.to_be_bytes() };
    indices.get_mut(value..value + 2)?.copy_from_slice(&gray);
    Some(indices)
}

fn profile(tiff: &mut Opened<'_>) -> Option<Vec<u8>> {
    let mut profile = ValueBuffer::empty(Type::UNDEFINED);
    tiff.image_ifd().find_tag_buf(Tag::IccProfile, &mut profile).ok()??;
    Some(profile.as_bytes().to_vec())
}

/// Samples of under 8 bits, rows padded to whole bytes, as bytes: gray spread over 0 to 255, a
/// palette's indices as they are.
fn unpacked(packed: &[u8], width: usize, height: usize, bits: usize, values: Values) -> Vec<u8> {
    let most = (1_usize << bits) - 1;
    let spread = if values == Values::Indices { 1 } else { 255 / most };
    let row_length = (width * bits).div_ceil(8);
    let sample = |row: &[u8], x: usize| {
        let at = x * bits;
        let value = usize::from(row[at / 8]) >> (8 - bits - at % 8) & most;
        u8::try_from(value * spread).expect("8 bits at most")
    };
    packed
        .chunks_exact(row_length.max(1))
        .take(height)
        .flat_map(|row| (0..width).map(move |x| sample(row, x)))
        .collect()
}

/// Planes one after the other as pixels.
fn interleaved(samples: Samples, channels: usize) -> Samples {
    fn woven<T: Copy>(samples: &[T], channels: usize) -> Vec<T> {
        let plane = samples.len() / channels;
        (0..plane).flat_map(|at| (0..channels).map(move |channel| samples[channel * plane + at])).collect()
    }
    match samples {
        Samples::Eight(samples) => Samples::Eight(woven(&samples, channels)),
        Samples::Sixteen(samples) => Samples::Sixteen(woven(&samples, channels)),
        bits @ Samples::Bits(_) => bits,
    }
}

/// Indices as the colours of the palette: all reds, all greens, all blues, of 16 bits.
fn coloured(indices: &Samples, tiff: &mut Opened<'_>) -> Result<Samples, PictureError> {
    let damaged = || PictureError::Damaged("its palette is broken".to_owned());
    let map = tiff.find_tag_unsigned_vec::<u16>(Tag::ColorMap).ok().flatten().ok_or_else(damaged)?;
    let length = map.len() / 3;
    let Samples::Eight(indices) = indices else { return Err(damaged()) };
    let mut colours = Vec::with_capacity(indices.len() * 3);
    for index in indices {
        let index = usize::from(*index);
        if index >= length {
            return Err(damaged());
        }
        for plane in 0..3 {
            colours.push(u8::try_from(map[plane * length + index] >> 8).expect("the upper half"));
        }
    }
    Ok(Samples::Eight(colours))
}

/// What the decoder said, in a desk's words.
fn said(error: TiffError) -> PictureError {
    match error {
        TiffError::IoError(what) if what.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Truncated
        }
        TiffError::UnsupportedError(what) => {
            PictureError::Unsupported(format!("this TIFF is not read ({what})"))
        }
        TiffError::LimitsExceeded => PictureError::greedy(),
        other => PictureError::Damaged(other.to_string()),
    }
}
