//! A JPEG's coded data into a count of its blocks: are they all there, and nothing else?
//!
//! A file that was cut and then mended with an end marker looks whole from its markers, and the
//! decoder fills what is missing with gray. A flipped bit makes it read on in the wrong place. So
//! the codes are walked once, without making a picture (ISO/IEC 10918-1, annexes F.2.2 and G.2);
//! that takes about a tenth of the decoding. Data that ends too early or too late, codes that are
//! none and brightness beyond black or white are what gives a damaged file away.

use super::seam::Trail;
use crate::picture::error::PictureError;

/// A Huffman table as what the next 16 bits begin with.
pub(super) struct Codes {
    /// For each length, the first code beyond it, aligned to 16 bits, or 0 if it has none.
    beyond: [u32; 16],
    /// For each length, what to add to a code to find its symbol.
    offset: [i32; 16],
    symbols: Vec<u8>,
    /// Symbol and length for codes of up to 8 bits, by the next 8 bits; length 0 for longer.
    short: [(u8, u8); 256],
}

impl Codes {
    /// Reads a table, and says how many bytes of the segment it took.
    pub(super) fn read(table: &[u8]) -> Option<(Self, usize)> {
        let counts: [u8; 16] = *table.first_chunk()?;
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let symbols = table.get(16..16 + total)?.to_vec();
        let mut codes = Self { beyond: [0; 16], offset: [0; 16], symbols, short: [(0, 0); 256] };
        let (mut code, mut index) = (0_u32, 0_i32);
        for (at, count) in counts.iter().enumerate() {
            let bits = u32::try_from(at).ok()? + 1;
            codes.offset[at] = index - i32::try_from(code).ok()?;
            index += i32::from(*count);
            code += u32::from(*count);
            if code > 1 << bits {
                return None;
            }
            codes.beyond[at] = code << (16 - bits);
            code <<= 1;
        }
        for next in 0..=255_u8 {
            if let Some((symbol, bits)) = codes.slow(u32::from(next) << 8)
                && bits <= 8
            {
                codes.short[usize::from(next)] = (symbol, u8::try_from(bits).ok()?);
            }
        }
        Some((codes, 16 + total))
    }

    /// The symbol that 16 bits begin with and the length of its code.
    fn find(&self, next: u32) -> Option<(u8, u32)> {
        let (symbol, bits) = self.short[(next >> 8) as usize];
        if bits > 0 { Some((symbol, u32::from(bits))) } else { self.slow(next) }
    }

    fn slow(&self, next: u32) -> Option<(u8, u32)> {
        let at = self.beyond.iter().position(|beyond| next < *beyond)?;
        let bits = u32::try_from(at).ok()? + 1;
        let index = i32::try_from(next >> (16 - bits)).ok()? + self.offset[at];
        Some((*self.symbols.get(usize::try_from(index).ok()?)?, bits))
    }
}

/// One component's part in a sequential scan.
pub(super) struct Part<'a> {
    /// Blocks of it in one unit of the scan.
    pub(super) blocks: u64,
    /// Table of its first coefficients.
    pub(super) dc: &'a Codes,
    /// Table of its other coefficients.
    pub(super) ac: &'a Codes,
    /// Its brightness so far.
    pub(super) mean: Mean,
    /// Its brightness at the end of each unit.
    pub(super) trail: Trail,
}

/// The mean of a component's blocks, as the codes tell it: each by its difference to the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mean {
    value: i64,
    /// What a step of it is worth: the quantization of the first coefficient.
    step: i64,
}

impl Mean {
    /// At the start of a scan or behind a restart; `step` as quantized.
    pub(super) fn new(step: u16) -> Self {
        Self { value: 0, step: i64::from(step) }
    }

    /// The first coefficient, when `shift` low bits come later.
    pub(super) fn coefficient(&self, shift: u32) -> i64 {
        (self.value << shift) * self.step
    }

    /// Back to the start.
    pub(super) fn restart(&mut self) {
        self.value = 0;
    }

    /// Reads a difference, of which `shift` low bits come later. None if there is none, or if the
    /// block would be darker than black or lighter than white: 8 bits make a first coefficient
    /// of -1024 to 1016.
    pub(super) fn follow(&mut self, bits: &mut Bits<'_>, codes: &Codes, shift: u32) -> Option<()> {
        let size = u32::from(bits.symbol(codes)?);
        if size > 11 {
            return None;
        }
        let read = i64::from(bits.take(size));
        let negative = size > 0 && read < 1 << (size - 1);
        self.value += if negative { read - (1 << size) + 1 } else { read };
        (self.coefficient(shift).abs() <= 1024 + 4 * (self.step << shift)).then_some(())
    }
}

/// Walks `units` units of a sequential scan; `restart` is the number of units between restart
/// markers, or 0.
///
/// # Errors
/// [`PictureError::Truncated`] if the data ends before, [`PictureError::Damaged`] at a code that
/// is none or if something is left over.
pub(super) fn walk(
    data: &[u8],
    parts: &mut [Part<'_>],
    units: u64,
    restart: u64,
) -> Result<(), PictureError> {
    let mut bits = Bits::new(data);
    for unit in 0..units {
        if restart > 0 && unit > 0 && unit % restart == 0 {
            bits.restart(unit / restart - 1)?;
            parts.iter_mut().for_each(|part| part.mean.restart());
        }
        for part in &mut *parts {
            for _ in 0..part.blocks {
                block(&mut bits, part).ok_or_else(damaged)?;
            }
            part.trail.follow(part.mean.coefficient(0));
        }
        bits.enough()?;
    }
    bits.end()
}

/// What is said of coded data that does not decode.
pub(super) fn damaged() -> PictureError {
    PictureError::Damaged("its coded data does not decode".to_owned())
}

fn block(bits: &mut Bits<'_>, part: &mut Part<'_>) -> Option<()> {
    part.mean.follow(bits, part.dc, 0)?;
    let mut coefficient = 1;
    while coefficient < 64 {
        let symbol = bits.symbol(part.ac)?;
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && run < 15 {
            break;
        }
        coefficient += run + 1;
        bits.take(size);
    }
    (coefficient <= 64).then_some(())
}

/// Bits of entropy-coded data, zeros after its end.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, the first of them highest of `count`.
    held: u64,
    count: u32,
    /// How many of the held and past bits were made up.
    missing: u32,
}

impl<'a> Bits<'a> {
    /// From the start of a scan's data.
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, held: 0, count: 0, missing: 0 }
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let byte = match (self.data.get(self.at), self.data.get(self.at + 1)) {
                (Some(0xFF), Some(0x00)) => {
                    self.at += 2;
                    0xFF
                }
                // A marker: nothing more before it.
                (Some(0xFF) | None, _) => {
                    self.missing = self.missing.saturating_add(8);
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.held = (self.held << 8) | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next symbol of a table; none if the bits are no code of it.
    pub(super) fn symbol(&mut self, codes: &Codes) -> Option<u8> {
        if self.count < 16 {
            self.fill();
        }
        let next = (self.held >> (self.count - 16)) & 0xFFFF;
        let (symbol, bits) = codes.find(u32::try_from(next).ok()?)?;
        self.count -= bits;
        Some(symbol)
    }

    /// The next bits as a number; at most 16.
    pub(super) fn take(&mut self, bits: u32) -> u32 {
        if self.count < bits {
            self.fill();
        }
        self.count -= bits;
        u32::try_from((self.held >> self.count) & ((1 << bits) - 1)).expect("16 bits at most")
    }

    /// Whether no bit that was read had to be made up.
    ///
    /// # Errors
    /// [`PictureError::Truncated`] if one had.
    pub(super) fn enough(&self) -> Result<(), PictureError> {
        if self.missing > self.count { Err(PictureError::Truncated) } else { Ok(()) }
    }

    /// Whether the data ends here, but for the rest of a byte.
    ///
    /// # Errors
    /// [`PictureError::Damaged`] if there is more.
    pub(super) fn end(&self) -> Result<(), PictureError> {
        self.enough()?;
        let unread = self.data.get(self.at).is_some_and(|byte| *byte != 0xFF)
            || self.data.get(self.at..self.at + 2) == Some(&[0xFF, 0x00]);
        if unread || self.count - self.missing >= 8 { Err(damaged()) } else { Ok(()) }
    }

    /// To behind the restart marker that comes next, the `number`th of the scan.
    ///
    /// # Errors
    /// [`PictureError::Damaged`] if it does not come, or another one.
    pub(super) fn restart(&mut self, number: u64) -> Result<(), PictureError> {
        self.end()?;
        while self.data.get(self.at..self.at + 2) == Some(&[0xFF, 0xFF]) {
            self.at += 1;
        }
        let marker = 0xD0 + (number % 8) as u8;
        if self.data.get(self.at..self.at + 2) != Some(&[0xFF, marker]) {
            return Err(damaged());
        }
        self.at += 2;
        (self.held, self.count, self.missing) = (0, 0, 0);
        Ok(())
    }
}
