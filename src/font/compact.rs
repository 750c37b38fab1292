//! Where the charstrings of a `CFF ` table are (Adobe Technical Note 5176).

use super::Extent;
use crate::files::Blob;

/// Largest `CFF ` table that is laid out in memory; what is not read of it takes none.
const LARGEST_TABLE: usize = 128 << 20;
/// Operators of DICTs (Adobe Technical Note 5176, tables 9, 10 and 23); two bytes are one number.
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBRS: u16 = 19;
const FD_ARRAY: u16 = 12 << 8 | 36;
/// How much of a table's head is read to find its charstrings: names and the top DICT.
const HEAD: usize = 4096;

/// Where the charstrings of a `CFF ` table are, in bytes from its start.
pub(super) struct Charstrings {
    /// Where their INDEX starts.
    pub(super) start: usize,
    /// Of each glyph and of the end.
    pub(super) starts: Vec<u32>,
    /// The end of the list of their offsets.
    pub(super) offsets_end: usize,
    /// The end of the last.
    pub(super) end: usize,
}

/// Finds the charstrings of a `CFF ` table (Adobe Technical Note 5176, sections 5 to 9). None if
/// they are not where they should be.
pub(super) fn charstrings(blob: &Blob, place: Extent) -> Option<Charstrings> {
    if place.len > LARGEST_TABLE {
        return None;
    }
    let read = |from: usize, to: usize| {
        let len = to.checked_sub(from).filter(|_| to <= place.len)?;
        blob.read_at(place.offset + from as u64, len).ok()
    };
    let head = read(0, place.len.min(HEAD))?;
    let names = index(&head, usize::from(*head.get(2)?))?;
    let tops = index(&head, names.end)?;
    let top = head.get(*tops.starts.first()?..*tops.starts.get(1)?)?;
    let start = operand(top, CHAR_STRINGS)?;
    let header = read(start, start + 3)?;
    let count = usize::from(u16::from_be_bytes([header[0], header[1]]));
    let offsets_end = start + 3 + (count + 1) * usize::from(header[2]);
    let found = index(&read(start, offsets_end)?, 0)?;
    let starts: Vec<u32> = found.starts.iter().map(|at| (start + at) as u32).collect();
    let end = start + found.end;
    let inside = starts.is_sorted() && starts.first().is_none_or(|first| offsets_end <= *first as usize);
    (inside && end <= place.len).then_some(Charstrings { start, starts, offsets_end, end })
}

/// An INDEX: where each of its objects starts, the end of the last included.
struct Index {
    starts: Vec<usize>,
    end: usize,
}

/// Reads the INDEX at a place; its data need not be there.
fn index(bytes: &[u8], at: usize) -> Option<Index> {
    let count = big_endian(bytes.get(at..at + 2)?)? as usize;
    if count == 0 {
        return Some(Index { starts: Vec::new(), end: at + 2 });
    }
    let size = usize::from(*bytes.get(at + 2)?);
    let offsets = bytes.get(at + 3..at + 3 + (count + 1) * size)?;
    // Offsets count from the byte before the data.
    let base = at + 2 + (count + 1) * size;
    let starts: Option<Vec<usize>> = offsets
        .chunks_exact(size.clamp(1, 4))
        .map(|offset| Some(base + big_endian(offset)? as usize))
        .collect();
    let starts = starts?;
    let end = *starts.last()?;
    Some(Index { starts, end })
}

/// Empties the lists of subroutines of a table in place. None if they are not where they should be; what
/// was emptied by then stays empty.
pub(super) fn forget_subroutines(table: &mut [u8]) -> Option<()> {
    let names = index(table, usize::from(*table.get(2)?))?;
    let tops = index(table, names.end)?;
    let strings = index(table, tops.end)?;
    let top = *tops.starts.first()?..*tops.starts.get(1)?;
    empty(table, strings.end)?;
    let fonts = match operand(table.get(top.clone())?, FD_ARRAY) {
        Some(fonts) => index(table, fonts)?.starts.windows(2).map(|pair| pair[0]..pair[1]).collect(),
        None => vec![top],
    };
    for font in fonts {
        let [len, start] = operands(table.get(font)?, PRIVATE)?;
        let subroutines = operand(table.get(start..start.checked_add(len)?)?, SUBRS);
        if let Some(offset) = subroutines {
            empty(table, start.checked_add(offset)?)?;
        }
    }
    Some(())
}

/// Empties the INDEX at a place: its count is 0.
fn empty(table: &mut [u8], at: usize) -> Option<()> {
    table.get_mut(at..at.checked_add(2)?)?.fill(0);
    Some(())
}

/// The last operand of an operator of a DICT.
fn operand(dict: &[u8], operator: u16) -> Option<usize> {
    operands(dict, operator).map(|[operand]| operand)
}

/// The last operands of an operator of a DICT (Adobe Technical Note 5176, section 4).
fn operands<const N: usize>(dict: &[u8], operator: u16) -> Option<[usize; N]> {
    let mut at = 0;
    let mut operands = Vec::new();
    while let Some(&byte) = dict.get(at) {
        at += 1;
        let next = |offset: usize| dict.get(at + offset).copied().map(i64::from);
        match byte {
            0..=21 => {
                let own = if byte == 12 { 12 << 8 | next(0)? as u16 } else { byte.into() };
                if own == operator {
                    let last = operands.last_chunk::<N>()?;
                    return last
                        .iter()
                        .map(|operand| usize::try_from(*operand).ok())
                        .collect::<Option<Vec<_>>>()?
                        .try_into()
                        .ok();
                }
                at += usize::from(byte == 12);
                operands.clear();
            }
            28 => {
                operands.push(next(0)? << 8 | next(1)?);
                at += 2;
            }
            29 => {
                operands.push(big_endian(dict.get(at..at + 4)?)?.into());
                at += 4;
            }
            30 => {
                while let Some(pair) = dict.get(at) {
                    at += 1;
                    if pair & 0x0F == 0x0F || pair >> 4 == 0x0F {
                        break;
                    }
                }
                operands.push(0);
            }
            32..=246 => operands.push(i64::from(byte) - 139),
            247..=250 => {
                operands.push((i64::from(byte) - 247) * 256 + next(0)? + 108);
                at += 1;
            }
            251..=254 => {
                operands.push(-(i64::from(byte) - 251) * 256 - next(0)? - 108);
                at += 1;
            }
            _ => {}
        }
    }
    None
}

/// A number of up to four bytes.
pub(super) fn big_endian(bytes: &[u8]) -> Option<u32> {
    (bytes.len() <= 4).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}
