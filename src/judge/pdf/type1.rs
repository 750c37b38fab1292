//! A Type 1 program → the names of its glyphs and how wide they are (Adobe Type 1 Font Format, 1.1).
//!
//! Its second part is enciphered, and so is each glyph in it. Nothing is run: the outlines begin
//! with their width, and the program around them is of a form that readers have always relied on.

use std::collections::BTreeMap;

use super::encoding::base_names;

/// Glyphs that are looked at; a large program has some thousand.
const MOST_GLYPHS: usize = 20_000;

/// Keys of the two ciphers (chapter 7).
const PROGRAM: u16 = 55_665;
const GLYPH: u16 = 4_330;

/// Numbers before the width of a glyph: a handful, and operators to divide them.
const MOST_NUMBERS: usize = 24;

/// What is known of a program.
#[derive(Debug)]
pub(super) struct Type1 {
    /// The advance of each glyph in thousandths of an em, if it could be read.
    pub(super) widths: BTreeMap<String, Option<f64>>,
    /// The names of its own encoding.
    pub(super) encoding: BTreeMap<u8, String>,
}

impl Type1 {
    /// Reads a program: as it stands in a PDF, or with its second part in hexadecimal digits.
    ///
    /// # Errors
    /// What is missing in it.
    pub(super) fn read(data: &[u8]) -> Result<Self, &'static str> {
        let at = find(data, b"eexec").ok_or("it has no enciphered part")?;
        let (clear, hidden) = (&data[..at], &data[at + 5..]);
        let start = hidden.iter().position(|byte| !byte.is_ascii_whitespace());
        let private = deciphered(&binary(&hidden[start.unwrap_or(hidden.len())..]), PROGRAM, 4);
        let scale = find(clear, b"/FontMatrix")
            .and_then(|at| number(word(clear, &mut (at + 11))?))
            .map_or(1.0, |step| step * 1000.0);
        let salt =
            find(&private, b"/lenIV").and_then(|at| whole(word(&private, &mut (at + 6))?)).unwrap_or(4);
        let at = find(&private, b"/CharStrings").ok_or("its glyphs are not found")?;
        let glyphs = glyphs(&private, at + 12);
        if glyphs.is_empty() {
            return Err("its glyphs are not found");
        }
        let width = |code: &[u8]| width(&deciphered(code, GLYPH, salt)).map(|width| width * scale);
        let widths = glyphs.into_iter().map(|(name, code)| (name, width(code))).collect();
        Ok(Self { widths, encoding: encoding(clear) })
    }
}

fn find(data: &[u8], what: &[u8]) -> Option<usize> {
    data.windows(what.len()).position(|window| window == what)
}

/// The second part as bytes: it is in digits if its first four characters are (7.2).
fn binary(hidden: &[u8]) -> Vec<u8> {
    if !hidden.get(..4).is_some_and(|first| first.iter().all(u8::is_ascii_hexdigit)) {
        return hidden.to_vec();
    }
    let digits = hidden.iter().filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| u8::try_from(digit).expect("below 16")).collect();
    digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

/// Undoes the cipher and takes off the bytes that were put in front (7.1).
fn deciphered(data: &[u8], key: u16, salt: usize) -> Vec<u8> {
    let mut key = key;
    let plain = data.iter().map(|byte| {
        let plain = byte ^ key.to_be_bytes()[0];
        key = u16::from(*byte).wrapping_add(key).wrapping_mul(52_845).wrapping_add(22_719);
        plain
    });
    plain.skip(salt).collect()
}

/// The next word from `at` on, without brackets: `/name` with its stroke.
fn word<'a>(data: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | b'[' | b']' | b'{' | b'}');
    let start = *at + data.get(*at..)?.iter().position(|byte| !between(byte))?;
    let rest = &data[start + 1..];
    let length = rest.iter().position(|byte| between(byte) || *byte == b'/').unwrap_or(rest.len());
    *at = start + 1 + length;
    Some(&data[start..*at])
}

fn number(word: &[u8]) -> Option<f64> {
    str::from_utf8(word).ok()?.parse().ok().filter(|number: &f64| number.is_finite())
}

fn whole(word: &[u8]) -> Option<usize> {
    str::from_utf8(word).ok()?.parse().ok()
}

fn name(word: &[u8]) -> Option<String> {
    Some(word.strip_prefix(b"/")?.iter().map(|byte| char::from(*byte)).collect())
}

/// `/name length RD bytes ND` for each glyph, up to `end` (2.4): a space and so many bytes follow the
/// third word, whatever it is called.
fn glyphs(private: &[u8], from: usize) -> Vec<(String, &[u8])> {
    let mut glyphs = Vec::new();
    let mut at = from;
    while let Some(word_) = word(private, &mut at).filter(|_| glyphs.len() < MOST_GLYPHS) {
        if word_ == b"end" && !glyphs.is_empty() {
            break;
        }
        let Some(name) = name(word_) else { continue };
        let Some(length) = word(private, &mut at).and_then(whole) else { break };
        let code = word(private, &mut at).and_then(|_| private.get(at + 1..)?.get(..length));
        let Some(code) = code else { break };
        at += 1 + length;
        glyphs.push((name, code));
    }
    glyphs
}

/// The width that a glyph begins with: `hsbw`, or `sbw` (6.4).
fn width(code: &[u8]) -> Option<f64> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut bytes = code.iter().copied();
    while numbers.len() < MOST_NUMBERS {
        let byte = bytes.next()?;
        let mut next = || bytes.next().map(i32::from);
        let value = match byte {
            13 => return numbers.get(1).copied(),
            12 => match (next()?, &numbers[..]) {
                (7, [_, _, width, ..]) => return Some(*width),
                (12, [.., number, by]) if *by != 0.0 => {
                    let quotient = number / by;
                    numbers.truncate(numbers.len() - 2);
                    numbers.push(quotient);
                    continue;
                }
                _ => return None,
            },
            32..=246 => i32::from(byte) - 139,
            247..=250 => (i32::from(byte) - 247) * 256 + next()? + 108,
            251..=254 => -(i32::from(byte) - 251) * 256 - next()? - 108,
            255 => (0..4).try_fold(0_i32, |value, _| Some(value << 8 | next()?))?,
            _ => return None,
        };
        numbers.push(value.into());
    }
    None
}

/// The program's own encoding: the standard one by its name, or `dup code /name put` (2.3).
fn encoding(clear: &[u8]) -> BTreeMap<u8, String> {
    let mut names = BTreeMap::new();
    let Some(found) = find(clear, b"/Encoding") else { return names };
    let mut at = found + 9;
    if word(clear, &mut at) == Some(b"StandardEncoding") {
        return base_names("StandardEncoding");
    }
    while let Some(found) = word(clear, &mut at).filter(|word| !matches!(*word, b"def" | b"readonly")) {
        if found == b"dup"
            && let Some(code) = word(clear, &mut at).and_then(whole).and_then(|code| u8::try_from(code).ok())
            && let Some(name) = word(clear, &mut at).and_then(name)
        {
            names.insert(code, name);
        }
    }
    names
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The cipher as a font editor applies it, with `salt` bytes in front.
    fn enciphered(plain: &[u8], key: u16, salt: usize) -> Vec<u8> {
        let mut key = key;
        let salted = [&vec![b'x'; salt][..], plain].concat();
        let cipher = salted.into_iter().map(|plain| {
            let byte = plain ^ key.to_be_bytes()[0];
            key = u16::from(byte).wrapping_add(key).wrapping_mul(52_845).wrapping_add(22_719);
            byte
        });
        cipher.collect()
    }

    /// A program with an `A` that is 500 wide, a `B` of 1001 / 2, and `.notdef` of 250.
    pub(in crate::judge::pdf) fn program(hexadecimal: &str) -> Vec<u8> {
        // Numbers: 0 is 139; 500 is 248 136; 1001 is 255 0 0 3 233; 2 is 141; 250 is 247 142.
        let glyphs: [(&str, &[u8]); 3] = [
            (".notdef", &[139, 247, 142, 13, 14]),
            ("A", &[139, 248, 136, 13, 14]),
            ("B", &[139, 255, 0, 0, 3, 233, 141, 12, 12, 13, 14]),
        ];
        let mut private = b"dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} def\n\
            /lenIV 4 def /Subrs 1 array dup 0 3 RD abc NP ND 2 index /CharStrings 3 dict dup begin\n"
            .to_vec();
        for (name, code) in glyphs {
            let code = enciphered(code, GLYPH, 4);
            private.extend(format!("/{name} {} RD ", code.len()).bytes());
            private.extend(code);
            private.extend(b" ND\n");
        }
        private.extend(b"end end readonly put mark currentfile closefile\n");
        let hidden = enciphered(&private, PROGRAM, 4);
        let mut whole = b"%!PS-AdobeFont-1.0: Test\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n\
            /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\ndup 33 /A put dup 34/B put\nreadonly def\n\
            currentdict end currentfile eexec\r\n"
            .to_vec();
        match hexadecimal {
            "hexadecimal" => {
                for line in hidden.chunks(32) {
                    let digits: String = line.iter().map(|byte| format!("{byte:02x}")).collect();
                    whole.extend(digits.bytes().chain(*b"\n"));
                }
            }
            _ => whole.extend(hidden),
        }
        whole
    }

    #[test]
    fn names_and_widths_are_read() {
        for form in ["binary", "hexadecimal"] {
            let font = Type1::read(&program(form)).expect("it is read");
            let expected = [(".notdef", 250.0), ("A", 500.0), ("B", 500.5)];
            let expected = expected.map(|(name, width)| (name.to_owned(), Some(width)));
            assert_eq!(font.widths, BTreeMap::from(expected), "{form}");
            let codes = [(33, "A".to_owned()), (34, "B".to_owned())];
            assert_eq!(font.encoding, BTreeMap::from(codes), "{form}");
        }
    }

    #[test]
    fn the_first_numbers_of_a_glyph() {
        // The example of the book, 6.2: -107, 108, 1131, -108, -1131 end the ranges of short numbers.
        for (code, expected) in [
            (&[139, 32, 13][..], Some(-107.0)),
            (&[139, 247, 0, 13], Some(108.0)),
            (&[139, 250, 255, 13], Some(1131.0)),
            (&[139, 251, 0, 13], Some(-108.0)),
            (&[139, 254, 255, 13], Some(-1131.0)),
            (&[139, 255, 255, 255, 255, 255, 13], Some(-1.0)),
            (&[139, 140, 141, 142, 12, 7], Some(2.0)),
            (&[139, 140, 139, 12, 12, 13], None),
            (&[139, 13], None),
            (&[139, 139, 21], None),
            (&[], None),
        ] {
            assert_eq!(width(code), expected, "{code:?}");
        }
    }

    #[test]
    fn damage_is_no_panic() {
        let whole = program("binary");
        for length in 0..whole.len() {
            let _ = Type1::read(&whole[..length]);
        }
        arbtest::arbtest(|u| {
            let mut bytes = whole.clone();
            for _ in 0..u.int_in_range(1..=6)? {
                let at = u.choose_index(bytes.len())?;
                bytes[at] = u.arbitrary()?;
            }
            let _ = Type1::read(&bytes);
            let private: Vec<u8> = u.arbitrary()?;
            let _ = (glyphs(&private, 0).len(), encoding(&private), width(&private));
            Ok(())
        })
        .budget_ms(500);
        assert_eq!(Type1::read(b"%!PS").expect_err("it is cut"), "it has no enciphered part");
        assert_eq!(Type1::read(b"eexec abcd").expect_err("it is empty"), "its glyphs are not found");
    }
}
