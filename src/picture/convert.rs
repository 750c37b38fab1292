//! The way of one picture from file to ink.

use super::crop::{self, Crop};
use super::decode;
use super::error::PictureError;
use super::ink::{self, Press};
use super::peaks::Peaks;
use super::probe::{Format, Probe, probe};
use super::profile::Profile;
use super::samples::{Kind, Pixels, Samples};
use super::{Coding, Converted, Note, Picture, Plates, Shapes, Wanted};
use super::{encode, jpeg, lines, resample, sharpen, upright};
use crate::unit::Len;

/// Ink that is kept free under the limit, in tenths of a percent: JPEG gives back a pixel as a
/// little more or less than it was (measured at quality 88: up to 6 % in one pixel).
const JPEG_HEADROOM: u16 = 100;

/// Up to how many times what the screen holds a picture in the condition's own ink is passed
/// through. More is only weight (NP-PPI-HI).
const PASSED_AT_MOST: u32 = 2;

/// A picture file as ink for a place on a page: never with more pixels than the file has, nor
/// more than the screen can hold. Line art keeps its pixels; a JPEG in the condition's own ink
/// keeps its bytes.
///
/// # Errors
/// A file that is not a whole JPEG, PNG or TIFF of a kind and size that is read, or a place
/// without area.
pub fn convert(bytes: &[u8], wanted: &Wanted, press: &Press) -> Result<Converted, PictureError> {
    if wanted.width <= Len::ZERO || wanted.height <= Len::ZERO {
        return Err(PictureError::NoSpace);
    }
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    let probe = probe(bytes)?;
    let pixels = decode::decode(bytes, &probe, wanted.inverted)?;
    let mut notes = Vec::new();
    if pixels.doubtful {
        notes.push(Note::Doubtful);
    }
    if pixels.flattened {
        notes.push(Note::Flattened);
    }
    let size = (probe.width, probe.height);
    let (crop, needs) = crop::cover(size, (wanted.width, wanted.height), wanted.focus, wanted.keep);
    let source = Source { bytes, probe, pixels, crop };
    let picture = if source.pixels.kind == Kind::Line {
        source.line_art()
    } else {
        source.tones(wanted, press, &mut notes)?
    };
    Ok(source.placed(picture, wanted, needs, notes))
}

/// A decoded file and the part of it to print.
struct Source<'a> {
    bytes: &'a [u8],
    probe: Probe,
    pixels: Pixels,
    crop: Crop,
}

impl Source<'_> {
    fn placed(
        &self,
        picture: Picture,
        wanted: &Wanted,
        needs: Option<Shapes>,
        notes: Vec<Note>,
    ) -> Converted {
        let ppi = ppi((picture.shown.width, picture.shown.height), wanted);
        Converted { picture, crop: self.crop, needs, ppi, notes }
    }

    /// The pixels as they are: half tones between black and white would be screened, and edges
    /// would be ragged.
    fn line_art(&self) -> Picture {
        let Crop { width, height, .. } = self.crop;
        let data = match &self.pixels.samples {
            Samples::Bits(bits) => lines::cut(bits, self.probe.stored(), self.crop, self.probe.orientation),
            Samples::Eight(_) | Samples::Sixteen(_) => Vec::new(),
        };
        let peak_ink = if data.iter().any(|byte| *byte > 0) { 1000 } else { 0 };
        Picture {
            width,
            height,
            plates: Plates::Black,
            coding: Coding::Bits,
            data: data.into(),
            inverted: false,
            shown: Crop { x: 0, y: 0, width, height },
            peak_ink,
            peaks: Peaks::default(),
        }
    }

    fn tones(&self, wanted: &Wanted, press: &Press, notes: &mut Vec<Note>) -> Result<Picture, PictureError> {
        let kind = self.pixels.kind;
        let bytes = self.pixels.profile.as_deref().filter(|_| !(wanted.as_is && kind == Kind::Ink));
        let own = bytes.is_some_and(|bytes| bytes == &press.condition.profile[..]);
        let from = bytes.filter(|_| !own).and_then(|bytes| Profile::read(bytes, kind));
        if bytes.is_some() && !own && from.is_none() {
            notes.push(Note::ProfileIgnored);
        }
        if kind == Kind::Ink && from.is_none() && !own && !wanted.as_is {
            notes.push(Note::InkAsItIs);
        }
        // The condition's own ink needs no conversion; untagged ink has nothing to convert from.
        if kind == Kind::Ink && from.is_none() && !wanted.gray {
            return self.own_ink(wanted, press, notes);
        }
        let (samples, size) = self.resampled(wanted, press);
        let colourless = kind == Kind::Colour && !wanted.gray && is_colourless(&samples);
        if colourless {
            notes.push(Note::Colourless);
        }
        let highlight = press.condition.conversion.highlight;
        if wanted.gray || colourless || kind == Kind::Gray {
            let mut amounts = press.to_black(&samples, kind, from.as_ref());
            ink::clear_highlights(&mut amounts, highlight);
            encoded(&amounts, size, Plates::Black, press)
        } else {
            let mut amounts = press.to_plates(&samples, kind, from.as_ref());
            ink::clear_highlights(&mut amounts, highlight);
            ink::limit(&mut amounts, press.condition.ink_limit.saturating_sub(JPEG_HEADROOM));
            encoded(&amounts, size, Plates::Cmyk, press)
        }
    }

    /// Ink that is meant for this press: passed through untouched if it can be, its values kept
    /// if it cannot, and separated anew only where that is asked for and needed.
    fn own_ink(
        &self,
        wanted: &Wanted,
        press: &Press,
        notes: &mut Vec<Note>,
    ) -> Result<Picture, PictureError> {
        let condition = &press.condition;
        let (peak_ink, peaks) = self.ink_shown();
        let saving = wanted.ink_saving || condition.conversion.ink_saving;
        if saving && peak_ink > condition.ink_limit {
            notes.push(Note::InkSaved(peak_ink));
            let (samples, size) = self.resampled(wanted, press);
            let mut amounts = press.separated_anew(&samples);
            ink::limit(&mut amounts, condition.ink_limit.saturating_sub(JPEG_HEADROOM));
            return encoded(&amounts, size, Plates::Cmyk, press);
        }
        let dense = ppi((self.crop.width, self.crop.height), wanted) > condition.picture_ppi * PASSED_AT_MOST;
        if self.probe.format == Format::Jpeg && self.probe.orientation.is_upright() && !dense {
            return Ok(Picture {
                width: self.probe.width,
                height: self.probe.height,
                plates: Plates::Cmyk,
                coding: Coding::Jpeg,
                data: jpeg::stripped(self.bytes).into(),
                inverted: wanted.inverted.unwrap_or(true),
                shown: self.crop,
                peak_ink,
                peaks,
            });
        }
        let (samples, size) = self.resampled(wanted, press);
        encoded(&ink::eight(&samples), size, Plates::Cmyk, press)
    }

    /// The part to print with the pixels that the screen can hold, sharpened, upright.
    fn resampled(&self, wanted: &Wanted, press: &Press) -> (Vec<u16>, (u32, u32)) {
        let (pixels, orientation) = (&self.pixels, self.probe.orientation);
        let fit = |source: u32, place: Len| {
            let held = u32::try_from(place.pixels(press.condition.picture_ppi)).unwrap_or(u32::MAX);
            held.clamp(1, source)
        };
        let size = (fit(self.crop.width, wanted.width), fit(self.crop.height, wanted.height));
        let stored_size = upright::turned(size, orientation);
        let stored_crop = upright::stored_crop(orientation, self.crop, self.probe.stored());
        let mut samples = resample::resample(pixels, self.probe.stored().0, stored_crop, stored_size);
        let (width, percent) = (stored_size.0 as usize, press.condition.conversion.sharpen);
        match pixels.kind {
            Kind::Gray => sharpen::sharpen::<1>(&mut samples, width, percent),
            Kind::Colour => sharpen::sharpen::<3>(&mut samples, width, percent),
            Kind::Ink | Kind::Line => {}
        }
        (upright::turn(samples, pixels.kind.channels(), stored_size, orientation), size)
    }

    /// Of the part that is shown, as it is stored: the most ink in one pixel, and where it is heavy.
    fn ink_shown(&self) -> (u16, Peaks) {
        let (width, _) = self.probe.stored();
        let crop = upright::stored_crop(self.probe.orientation, self.crop, self.probe.stored());
        let rows = (crop.y..crop.y + crop.height).map(|y| {
            let start = (y as usize * width as usize + crop.x as usize) * 4;
            start..start + crop.width as usize * 4
        });
        let size = (crop.width, crop.height);
        match &self.pixels.samples {
            Samples::Eight(samples) => {
                let rows = rows.map(|row| &samples[row]);
                (rows.clone().map(|row| ink::peak(row, 4)).max().unwrap_or(0), Peaks::of(size, rows, 0))
            }
            Samples::Sixteen(samples) => {
                let rows = rows.map(|row| ink::eight(&samples[row]));
                (rows.clone().map(|row| ink::peak(&row, 4)).max().unwrap_or(0), Peaks::of(size, rows, 0))
            }
            Samples::Bits(_) => (0, Peaks::default()),
        }
    }
}

fn encoded(
    amounts: &[u8],
    (width, height): (u32, u32),
    plates: Plates,
    press: &Press,
) -> Result<Picture, PictureError> {
    let (channels, peaks) = match plates {
        Plates::Black => (1, Peaks::default()),
        Plates::Cmyk => {
            let rows = amounts.chunks_exact(width as usize * 4);
            (4, Peaks::of((width, height), rows, JPEG_HEADROOM))
        }
    };
    let (jpeg, inverted) =
        encode::encode(amounts, (width, height), plates, press.condition.conversion.quality)?;
    Ok(Picture {
        width,
        height,
        plates,
        coding: Coding::Jpeg,
        data: jpeg.into(),
        inverted,
        shown: Crop { x: 0, y: 0, width, height },
        peak_ink: ink::peak(amounts, channels),
        peaks,
    })
}

/// Pixels per inch that so many give in a place, the lower of both directions, rounded down.
fn ppi((width, height): (u32, u32), wanted: &Wanted) -> u32 {
    let ppi = |pixels: u32, place: Len| Len::pt(72).scale(i64::from(pixels), place.units()).units();
    u32::try_from(ppi(width, wanted.width).min(ppi(height, wanted.height))).unwrap_or(u32::MAX)
}

/// Whether red, green and blue differ nowhere by more than a JPEG's rounding does (3 of 255).
fn is_colourless(samples: &[u16]) -> bool {
    samples
        .as_chunks::<3>()
        .0
        .iter()
        .all(|[red, green, blue]| red.abs_diff(*green) <= 3 * 257 && blue.abs_diff(*green) <= 3 * 257)
}
