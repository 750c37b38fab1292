//! A sequential JPEG's coded data into a count of its blocks: are they all there?
//!
//! A file that was cut and then mended with an end marker looks whole from its markers, and the
//! decoder fills what is missing with gray. So the codes are walked once, without their values
//! (ISO/IEC 10918-1, annex F.2.2); that takes about a tenth of the decoding.

use super::error::PictureError;

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

/// One component's part in a scan.
pub(super) struct Part<'a> {
    /// Blocks of it in one unit of the scan.
    pub(super) blocks: u64,
    /// Table of its first coefficients.
    pub(super) dc: &'a Codes,
    /// Table of its other coefficients.
    pub(super) ac: &'a Codes,
}

/// Walks `units` units of a scan; `restart` is the number of units between restart markers, or 0.
///
/// # Errors
/// [`PictureError::Truncated`] if the data ends before, [`PictureError::Damaged`] at a code that
/// is none.
pub(super) fn walk(data: &[u8], parts: &[Part<'_>], units: u64, restart: u64) -> Result<(), PictureError> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0, missing: 0 };
    for unit in 0..units {
        if restart > 0 && unit > 0 && unit % restart == 0 {
            bits.restart();
        }
        for part in parts {
            for _ in 0..part.blocks {
                block(&mut bits, part)?;
            }
        }
        if bits.missing > bits.count {
            return Err(PictureError::Truncated);
        }
    }
    Ok(())
}

fn block(bits: &mut Bits<'_>, part: &Part<'_>) -> Result<(), PictureError> {
    let damaged = || PictureError::Damaged("its coded data does not decode".to_owned());
    let size = bits.symbol(part.dc).ok_or_else(damaged)?;
    bits.skip(u32::from(size & 15));
    let mut coefficient = 1;
    while coefficient < 64 {
        let symbol = bits.symbol(part.ac).ok_or_else(damaged)?;
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && run < 15 {
            break;
        }
        coefficient += run + 1;
        bits.skip(size);
    }
    if coefficient > 64 { Err(damaged()) } else { Ok(()) }
}

/// Bits of entropy-coded data, zeros after its end.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, the first of them highest of `count`.
    held: u64,
    count: u32,
    /// How many of the held and past bits were made up.
    missing: u32,
}

impl Bits<'_> {
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

    fn symbol(&mut self, codes: &Codes) -> Option<u8> {
        if self.count < 32 {
            self.fill();
        }
        let next = (self.held >> (self.count - 16)) & 0xFFFF;
        let (symbol, bits) = codes.find(u32::try_from(next).ok()?)?;
        self.count -= bits;
        Some(symbol)
    }

    /// At most 15 bits, right after a symbol.
    fn skip(&mut self, bits: u32) {
        self.count -= bits;
    }

    /// To behind the next restart marker.
    fn restart(&mut self) {
        if self.missing > self.count {
            return;
        }
        (self.held, self.count, self.missing) = (0, 0, 0);
        while let Some(byte) = self.data.get(self.at) {
            let marker = self.data.get(self.at + 1).is_some_and(|next| (0xD0..=0xD7).contains(next));
            if *byte == 0xFF && marker {
                self.at += 2;
                return;
            }
            self.at += 1;
        }
    }
}
