//! A whole file into samples, with the profile they are meant by; nothing half decoded.

use std::io::Cursor;

use image::{ColorType, ImageDecoder};
use tiff::decoder::DecodingResult;
use tiff::tags::{Tag, Type, ValueBuffer};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use super::error::PictureError;
use super::marker;
use super::probe::{Format, Kind, MOST_BYTES, Probe, open_png, open_tiff, said};

/// Samples as the file has them.
#[derive(Debug)]
pub(super) enum Samples {
    /// 0 to 255.
    Eight(Vec<u8>),
    /// 0 to 65 535.
    Sixteen(Vec<u16>),
}

/// A decoded picture, not yet turned: light where 0 is dark, or ink where 0 is bare paper.
#[derive(Debug)]
pub(super) struct Pixels {
    /// What the samples are amounts of; [`Kind::channels`] of them make a pixel.
    pub(super) kind: Kind,
    /// Rows from the top, without padding.
    pub(super) samples: Samples,
    /// The embedded ICC profile.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether there was transparency, now on paper white.
    pub(super) flattened: bool,
}

/// Decodes a file of which `probe` has been taken.
///
/// # Errors
/// A file that is cut or damaged anywhere, or of a variant that is not read.
pub(super) fn decode(bytes: &[u8], probe: &Probe) -> Result<Pixels, PictureError> {
    match (probe.format, probe.kind) {
        (Format::Jpeg, kind) => jpeg(bytes, kind),
        (Format::Png, _) => {
            let mut png = open_png(bytes)?;
            let profile = png.icc_profile().map_err(|error| said(&error))?;
            light(png, profile)
        }
        (Format::Tiff, Kind::Ink) => ink_tiff(bytes),
        (Format::Tiff, _) => light(open_tiff(bytes)?, tiff_profile(bytes)),
    }
}

/// Strict, so that no gap is filled with gray. The decoder uses AVX2 where there is some (its
/// options cannot forbid it); that is integer arithmetic with the same results as without.
fn jpeg(bytes: &[u8], kind: Kind) -> Result<Pixels, PictureError> {
    let frame = marker::whole(bytes)?;
    if kind == Kind::Ink && frame.adobe.is_none() {
        return Err(PictureError::Polarity);
    }
    let damaged = |error: &dyn std::fmt::Display| PictureError::Damaged(error.to_string());
    let wanted = match (kind, frame.adobe) {
        (Kind::Gray, _) => ColorSpace::Luma,
        (Kind::Colour, _) => ColorSpace::RGB,
        (Kind::Ink, Some(2)) => ColorSpace::YCCK,
        (Kind::Ink, _) => ColorSpace::CMYK,
    };
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(true)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut samples = decoder.decode().map_err(|error| damaged(&error))?;
    if samples.len() != frame.width as usize * frame.height as usize * kind.channels() {
        return Err(PictureError::Damaged("the decoder found another size".to_owned()));
    }
    if kind == Kind::Ink {
        // With Adobe's marker the samples are inverted: 255 is bare paper.
        if wanted == ColorSpace::YCCK {
            samples.chunks_exact_mut(4).for_each(ycck_to_inverted_ink);
        }
        samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    Ok(Pixels { kind, samples: Samples::Eight(samples), profile: decoder.icc_profile(), flattened: false })
}

/// `YCbCr` of ITU-T T.871 in 16-bit fixed point; the result is inverted cyan, magenta, yellow.
fn ycck_to_inverted_ink(pixel: &mut [u8]) {
    let (y, cb, cr) = (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
    let byte = |fixed: i32| u8::try_from(((fixed + (1 << 15)) >> 16).clamp(0, 255)).expect("it was clamped");
    pixel[0] = byte(y + 91_881 * cr);
    pixel[1] = byte(y - 22_554 * cb - 46_802 * cr);
    pixel[2] = byte(y + 116_130 * cb);
}

/// PNG, and TIFF that is not ink.
fn light(decoder: impl ImageDecoder, profile: Option<Vec<u8>>) -> Result<Pixels, PictureError> {
    let colour = decoder.color_type();
    let length = usize::try_from(decoder.total_bytes())
        .map_err(|_| PictureError::Damaged("its size is beyond this machine".to_owned()))?;
    let mut bytes = vec![0; length];
    decoder.read_image(&mut bytes).map_err(|error| said(&error))?;
    let channels = usize::from(colour.channel_count());
    let kind = if colour.has_color() { Kind::Colour } else { Kind::Gray };
    let (samples, flattened) = match colour {
        ColorType::L8 | ColorType::Rgb8 => (Samples::Eight(bytes), false),
        ColorType::La8 | ColorType::Rgba8 => {
            (Samples::Eight(on_white(&bytes, channels, 255, |v| u8::try_from(v).unwrap_or(u8::MAX))), true)
        }
        ColorType::L16 | ColorType::Rgb16 => (Samples::Sixteen(pairs(&bytes)), false),
        ColorType::La16 | ColorType::Rgba16 => {
            let deep = on_white(&pairs(&bytes), channels, 65_535, |v| u16::try_from(v).unwrap_or(u16::MAX));
            (Samples::Sixteen(deep), true)
        }
        _ => return Err(PictureError::Unsupported("floating-point samples are not read".to_owned())),
    };
    Ok(Pixels { kind, samples, profile, flattened })
}

fn pairs(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_ne_bytes(*pair)).collect()
}

/// Drops the last of `channels` samples, the share of the pixel that covers the white paper.
fn on_white<T: Copy + Into<u64>>(samples: &[T], channels: usize, white: u64, narrow: fn(u64) -> T) -> Vec<T> {
    let mut opaque = Vec::with_capacity(samples.len() / channels * (channels - 1));
    for pixel in samples.chunks_exact(channels) {
        let cover: u64 = pixel[channels - 1].into();
        for sample in &pixel[..channels - 1] {
            let mixed = (*sample).into() * cover + white * (white - cover);
            opaque.push(narrow((mixed + white / 2) / white));
        }
    }
    opaque
}

/// A TIFF's profile of up to 16 MiB. Asked here because `image` loses long ones under its limits.
fn tiff_profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut limits = tiff::decoder::Limits::default();
    limits.ifd_value_size = 16 << 20;
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).ok()?.with_limits(limits);
    let mut profile = ValueBuffer::empty(Type::UNDEFINED);
    decoder.image_ifd().find_tag_buf(Tag::IccProfile, &mut profile).ok()??;
    Some(profile.as_bytes().to_vec())
}

/// A TIFF of ink values, which `image` would turn into RGB. In TIFF, 0 is bare paper.
fn ink_tiff(bytes: &[u8]) -> Result<Pixels, PictureError> {
    let profile = tiff_profile(bytes);
    let failed = |error: tiff::TiffError| match error {
        tiff::TiffError::IoError(what) if what.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Truncated
        }
        tiff::TiffError::UnsupportedError(what) => PictureError::Unsupported(what.to_string()),
        other => PictureError::Damaged(other.to_string()),
    };
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let mut limits = tiff::decoder::Limits::default();
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(failed)?.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(failed)?;
    let samples = match decoder.read_image().map_err(failed)? {
        DecodingResult::U8(samples) => Samples::Eight(samples),
        DecodingResult::U16(samples) => Samples::Sixteen(samples),
        _ => return Err(PictureError::Unsupported("this kind of CMYK TIFF is not read".to_owned())),
    };
    let count = match &samples {
        Samples::Eight(samples) => samples.len(),
        Samples::Sixteen(samples) => samples.len(),
    };
    // Planes one after the other come back as the first plane alone.
    if count != width as usize * height as usize * 4 {
        return Err(PictureError::Unsupported("a CMYK TIFF in planes is not read".to_owned()));
    }
    Ok(Pixels { kind: Kind::Ink, samples, profile, flattened: false })
}
