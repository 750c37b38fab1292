//! Widths of a CFF program's glyphs, CID-keyed ones among them, which the font library leaves out
//! (Adobe Technical Notes 5176 and 5177).

/// Subroutines inside one another (Technical Note 5177, appendix B).
const DEEPEST: u32 = 10;
/// Operators and numbers before a glyph's first operator that are looked at.
const MOST_STEPS: u32 = 4_096;

/// What widths are read from.
#[derive(Debug)]
pub(super) struct Widths<'a> {
    glyphs: Vec<&'a [u8]>,
    global: Vec<&'a [u8]>,
    fonts: Vec<Private<'a>>,
    /// Which of `fonts` each glyph is of; empty where there is but one.
    select: Vec<u8>,
    /// Thousandths of an em for each unit.
    scale: f64,
    /// Whether glyphs are found by CID instead of by name.
    pub(super) is_cid: bool,
}

#[derive(Clone, Debug, Default)]
struct Private<'a> {
    default: f64,
    nominal: f64,
    local: Vec<&'a [u8]>,
}

impl<'a> Widths<'a> {
    /// Reads the tables of a CFF program. Nothing if they are malformed.
    pub(super) fn read(data: &'a [u8]) -> Option<Self> {
        let header = usize::from(*data.get(2)?);
        let (_, at) = index(data, header)?;
        let (tops, at) = index(data, at)?;
        let (_, at) = index(data, at)?;
        let (global, _) = index(data, at)?;
        let top = operators(tops.first()?);
        let offset = |op: u16| operand(&top, op, 0).and_then(whole);
        let (glyphs, _) = index(data, offset(17)?)?;
        let is_cid = top.iter().any(|(op, _)| *op == ROS);
        let mut scale = operand(&top, FONT_MATRIX, 0).map_or(1.0, |step| step * 1000.0);
        // A CID-keyed font may leave the thousandth to its parts.
        if is_cid && scale > 500.0 {
            scale = 1.0;
        }
        let (fonts, select) = if is_cid {
            let (parts, _) = index(data, offset(FD_ARRAY)?)?;
            let fonts = parts.iter().map(|part| private(data, &operators(part))).collect();
            (fonts, select(data, offset(FD_SELECT)?, glyphs.len())?)
        } else {
            (vec![private(data, &top)], Vec::new())
        };
        Some(Self { glyphs, global, fonts, select, scale, is_cid })
    }

    /// A glyph's advance in thousandths of an em.
    pub(super) fn of(&self, glyph: u16) -> Option<f64> {
        let at = usize::from(glyph);
        let font = self.fonts.get(self.select.get(at).copied().map_or(0, usize::from))?;
        let mut run = Run { widths: self, font, stack: Vec::new(), steps: 0, extra: None };
        run.read(self.glyphs.get(at)?, 0)?;
        let width = run.extra.map_or(font.default, |extra| font.nominal + extra);
        Some(width * self.scale)
    }
}

const FONT_MATRIX: u16 = 12 << 8 | 7;
const ROS: u16 = 12 << 8 | 30;
const FD_ARRAY: u16 = 12 << 8 | 36;
const FD_SELECT: u16 = 12 << 8 | 37;

type Operators = Vec<(u16, Vec<f64>)>;

fn operand(operators: &Operators, op: u16, at: usize) -> Option<f64> {
    operators.iter().find(|(found, _)| *found == op)?.1.get(at).copied()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was seen to be in range")]
fn whole(number: f64) -> Option<usize> {
    (0.0..=4e9).contains(&number).then_some(number as usize)
}

/// The parts of an INDEX and where it ends.
fn index(data: &[u8], at: usize) -> Option<(Vec<&[u8]>, usize)> {
    let count = usize::from(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?));
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let wide = usize::from(*data.get(at + 2)?);
    if !(1..=4).contains(&wide) {
        return None;
    }
    let table = data.get(at + 3..at + 3 + wide * (count + 1))?;
    let base = at + 2 + wide * (count + 1);
    let offsets: Vec<usize> = table
        .chunks_exact(wide)
        .map(|bytes| bytes.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
        .collect();
    let parts = offsets.windows(2).map(|pair| data.get(base + pair[0]..base + pair[1]));
    Some((parts.collect::<Option<_>>()?, base + offsets.last()?))
}

/// The operators of a DICT with their operands.
fn operators(data: &[u8]) -> Operators {
    let mut found = Operators::new();
    let mut operands = Vec::new();
    let mut at = 0;
    while let Some(&byte) = data.get(at) {
        at += 1;
        let next = |count: usize| data.get(at..at + count);
        match byte {
            0..=21 => {
                let op = if byte == 12 {
                    let Some(low) = next(1) else { break };
                    at += 1;
                    12 << 8 | u16::from(low[0])
                } else {
                    u16::from(byte)
                };
                found.push((op, std::mem::take(&mut operands)));
            }
            28 => {
                let Some(bytes) = next(2) else { break };
                operands.push(f64::from(i16::from_be_bytes([bytes[0], bytes[1]])));
                at += 2;
            }
            29 => {
                let Some(bytes) = next(4) else { break };
                operands.push(f64::from(i32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])));
                at += 4;
            }
            30 => {
                let (number, end) = real(data, at);
                operands.push(number);
                at = end;
            }
            32..=246 => operands.push(f64::from(byte) - 139.0),
            247..=254 => {
                let Some(low) = next(1) else { break };
                operands.push(short(byte, low[0]));
                at += 1;
            }
            _ => {}
        }
    }
    found
}

/// Numbers of two bytes, in DICTs and in charstrings alike.
fn short(high: u8, low: u8) -> f64 {
    if high < 251 {
        f64::from(high - 247) * 256.0 + f64::from(low) + 108.0
    } else {
        -f64::from(high - 251) * 256.0 - f64::from(low) - 108.0
    }
}

/// A real number of a DICT: nibbles that are the characters of its decimal form.
fn real(data: &[u8], mut at: usize) -> (f64, usize) {
    let mut text = String::new();
    while let Some(&byte) = data.get(at) {
        at += 1;
        for nibble in [byte >> 4, byte & 15] {
            match nibble {
                0..=9 => text.push(char::from(b'0' + nibble)),
                10 => text.push('.'),
                11 => text.push('e'),
                12 => text.push_str("e-"),
                14 => text.push('-'),
                _ => return (text.parse().unwrap_or(0.0), at),
            }
        }
    }
    (text.parse().unwrap_or(0.0), at)
}

fn private<'a>(data: &'a [u8], font: &Operators) -> Private<'a> {
    let read = || {
        let (size, start) = (whole(operand(font, 18, 0)?)?, whole(operand(font, 18, 1)?)?);
        let dict = operators(data.get(start..start.checked_add(size)?)?);
        let local = operand(&dict, 19, 0).and_then(whole).and_then(|at| index(data, start + at));
        Some(Private {
            default: operand(&dict, 20, 0).unwrap_or(0.0),
            nominal: operand(&dict, 21, 0).unwrap_or(0.0),
            local: local.map(|(subroutines, _)| subroutines).unwrap_or_default(),
        })
    };
    read().unwrap_or_default()
}

fn select(data: &[u8], at: usize, glyphs: usize) -> Option<Vec<u8>> {
    match data.get(at)? {
        0 => Some(data.get(at + 1..at + 1 + glyphs)?.to_vec()),
        3 => {
            let two =
                |at: usize| Some(usize::from(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?)));
            let ranges = two(at + 1)?;
            let mut select = vec![0; glyphs];
            for range in 0..ranges {
                let start = at + 3 + range * 3;
                let (from, to) = (two(start)?, two(start + 3)?);
                let font = *data.get(start + 2)?;
                select.get_mut(from..to.min(glyphs))?.fill(font);
            }
            Some(select)
        }
        _ => None,
    }
}

/// A charstring up to the operator that shows whether a width came first.
struct Run<'a, 'w> {
    widths: &'w Widths<'a>,
    font: &'w Private<'a>,
    stack: Vec<f64>,
    steps: u32,
    extra: Option<f64>,
}

impl Run<'_, '_> {
    /// Whether the first operator was met. Nothing if the charstring makes no sense.
    fn read(&mut self, code: &[u8], depth: u32) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let mut at = 0;
        while let Some(&byte) = code.get(at) {
            at += 1;
            self.steps += 1;
            if self.steps > MOST_STEPS || self.stack.len() > 48 {
                return None;
            }
            match byte {
                28 => {
                    let bytes = code.get(at..at + 2)?;
                    self.stack.push(f64::from(i16::from_be_bytes([bytes[0], bytes[1]])));
                    at += 2;
                }
                32..=246 => self.stack.push(f64::from(byte) - 139.0),
                247..=254 => {
                    self.stack.push(short(byte, *code.get(at)?));
                    at += 1;
                }
                255 => {
                    let bytes: [u8; 4] = code.get(at..at + 4)?.try_into().ok()?;
                    self.stack.push(f64::from(i32::from_be_bytes(bytes)) / 65_536.0);
                    at += 4;
                }
                10 | 29 => {
                    let called = if byte == 10 { &self.font.local } else { &self.widths.global };
                    let bias = match called.len() {
                        0..1240 => 107.0,
                        1240..33_900 => 1131.0,
                        _ => 32_768.0,
                    };
                    let routine = *called.get(whole(self.stack.pop()? + bias)?)?;
                    if self.read(routine, depth + 1)? {
                        return Some(true);
                    }
                }
                11 => return Some(false),
                // Stems and hint masks take pairs, moves one or two, the end none or four.
                1 | 3 | 18 | 23 | 19 | 20 => return Some(self.first(self.stack.len() % 2 == 1)),
                21 => return Some(self.first(self.stack.len() > 2)),
                4 | 22 => return Some(self.first(self.stack.len() > 1)),
                14 => return Some(self.first(matches!(self.stack.len(), 1 | 5))),
                _ => return None,
            }
        }
        Some(false)
    }

    fn first(&mut self, has_width: bool) -> bool {
        if has_width {
            self.extra = self.stack.first().copied();
        }
        true
    }
}
