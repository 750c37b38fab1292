//! Data of streams unfolded: Flate and LZW with predictors, run lengths, ASCII. What only a picture may
//! be folded with is left as it is.

use std::borrow::Cow;

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use super::bounds::{Refusal, Work};
use super::file::Pdf;
use super::lexer::{Fault, is_space};
use super::object::{Dict, Object, Stream};

/// Filters of one stream that are followed: more is a game.
const MOST_FILTERS: usize = 8;

/// Data, and the filter that they are still folded with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Unfolded<'a> {
    pub(crate) data: Cow<'a, [u8]>,
    /// `DCTDecode` and the like.
    pub(crate) rest: Option<String>,
}

impl<'a> Pdf<'a> {
    /// What a stream holds, unfolded as far as filters other than those of pictures go.
    ///
    /// # Errors
    /// [`Fault::Broken`] if its data are no data of its filters.
    pub(crate) fn unfold(&self, stream: &Stream, work: &mut Work) -> Result<Unfolded<'a>, Fault> {
        unfold(self, stream, work)
    }

    /// What a stream holds, if nothing of a picture's filters is in the way.
    ///
    /// # Errors
    /// As [`Self::unfold`].
    pub(crate) fn bytes_of(&self, stream: &Stream, work: &mut Work) -> Result<Cow<'a, [u8]>, Fault> {
        let unfolded = self.unfold(stream, work)?;
        match unfolded.rest {
            None => Ok(unfolded.data),
            Some(_) => Err(Fault::Broken("it is folded in a way that is not read")),
        }
    }
}

/// The names of a stream's filters in order, whatever they are.
pub(crate) fn names(pdf: &Pdf<'_>, dict: &Dict) -> Vec<String> {
    match pdf.get(dict, "Filter") {
        Some(Object::Name(name)) => vec![name.clone()],
        Some(Object::Array(values)) => {
            values.iter().filter_map(|value| pdf.resolve(value).name()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Unfolds the data of a stream of the file.
///
/// # Errors
/// If they are malformed, or too much.
pub(crate) fn unfold<'a>(pdf: &Pdf<'a>, stream: &Stream, work: &mut Work) -> Result<Unfolded<'a>, Fault> {
    let names = names(pdf, &stream.dict);
    let parameters: Vec<Dict> = match pdf.get(&stream.dict, "DecodeParms") {
        Some(Object::Array(values)) => {
            values.iter().map(|value| pdf.resolve(value).dict().cloned().unwrap_or_default()).collect()
        }
        Some(value) => value.dict().cloned().into_iter().collect(),
        None => Vec::new(),
    };
    steps(pdf.bytes.get(stream.data.clone()).unwrap_or_default(), &names, &parameters, work)
}

/// Unfolds data whose dictionary refers to nothing, as that of a cross-reference stream must not.
pub(crate) fn unfold_alone<'a>(data: &'a [u8], dict: &Dict, work: &mut Work) -> Result<Cow<'a, [u8]>, Fault> {
    let names = match dict.raw("Filter") {
        None => Vec::new(),
        Some(Object::Name(name)) => vec![name.clone()],
        Some(Object::Array(values)) => values.iter().filter_map(Object::name).map(str::to_owned).collect(),
        Some(_) => return Err(Fault::Broken("its filter is no name")),
    };
    let parameters: Vec<Dict> = match dict.raw("DecodeParms") {
        Some(Object::Array(values)) => {
            values.iter().map(|value| value.dict().cloned().unwrap_or_default()).collect()
        }
        Some(value) => value.dict().cloned().into_iter().collect(),
        None => Vec::new(),
    };
    let unfolded = steps(data, &names, &parameters, work)?;
    match unfolded.rest {
        None => Ok(unfolded.data),
        Some(_) => Err(Fault::Broken("its filter is not one for data")),
    }
}

fn steps<'a>(
    data: &'a [u8],
    names: &[String],
    parameters: &[Dict],
    work: &mut Work,
) -> Result<Unfolded<'a>, Fault> {
    if names.len() > MOST_FILTERS {
        return Err(Refusal(format!("a stream is folded more than {MOST_FILTERS} times")).into());
    }
    let mut data = Cow::Borrowed(data);
    for (index, name) in names.iter().enumerate() {
        let next = match name.as_str() {
            "FlateDecode" | "Fl" => {
                let plain = inflate(&data, work)?;
                unpredict(plain, parameters.get(index))?
            }
            "LZWDecode" | "LZW" => {
                let early = parameters.get(index).and_then(|dict| dict.raw("EarlyChange")?.int());
                let early = if early == Some(0) { 0 } else { 1 };
                unpredict(lempel_ziv_welch(&data, early, work)?, parameters.get(index))?
            }
            "RunLengthDecode" | "RL" => run_lengths(&data, work)?,
            "ASCIIHexDecode" | "AHx" => hexadecimal(&data)?,
            "ASCII85Decode" | "A85" => base_85(&data, work)?,
            _ => return Ok(Unfolded { data, rest: Some(name.clone()) }),
        };
        work.spend(next.len() as u64 / 16)?;
        work.unfold(next.len());
        data = Cow::Owned(next);
    }
    Ok(Unfolded { data, rest: None })
}

fn inflate(data: &[u8], work: &Work) -> Result<Vec<u8>, Fault> {
    decompress_to_vec_zlib_with_limit(data, work.room()).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => too_much(),
        _ => Fault::Broken("its Flate data are damaged"),
    })
}

/// Codes of LZW that stand for no bytes: to begin anew, and the end; words are numbered from the next.
const CLEAR: usize = 256;
const END: usize = 257;
const FIRST_WORD: usize = 258;
/// Words of up to 12 bits.
const MOST_WORDS: usize = 4096 - FIRST_WORD;

/// LZW (ISO 32000-1, 7.4.4.2): codes of 9 to 12 bits, highest first. `early` is 1 if codes become
/// longer one word before they must.
fn lempel_ziv_welch(data: &[u8], early: usize, work: &Work) -> Result<Vec<u8>, Fault> {
    let damaged = || Fault::Broken("its LZW data are damaged");
    let mut plain: Vec<u8> = Vec::new();
    // Where each word stands in what was unfolded, and its length.
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let mut bytes = data.iter();
    let (mut held, mut count) = (0_u32, 0_u32);
    loop {
        let wide = match FIRST_WORD + words.len() + early {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        while count < wide {
            let byte = bytes.next().ok_or(Fault::Broken("its LZW data are cut"))?;
            (held, count) = (held << 8 | u32::from(*byte), count + 8);
        }
        count -= wide;
        let code = (held >> count) as usize;
        held &= (1 << count) - 1;
        match code {
            CLEAR => {
                words.clear();
                last = None;
                continue;
            }
            END => return Ok(plain),
            _ => {}
        }
        // The word before and the first byte of this one, which stands behind it.
        if let Some((start, length)) = last.filter(|_| words.len() < MOST_WORDS) {
            words.push((start, length + 1));
        }
        let start = plain.len();
        let length = if let Ok(byte) = u8::try_from(code) {
            plain.push(byte);
            1
        } else {
            let (from, length) = *words.get(code - FIRST_WORD).ok_or_else(damaged)?;
            // A word may end in the byte that it begins with and that stands only now.
            for at in from..from + length {
                let byte = *plain.get(at).ok_or_else(damaged)?;
                plain.push(byte);
            }
            length
        };
        last = Some((start, length));
        if plain.len() > work.room() {
            return Err(too_much());
        }
    }
}

fn too_much() -> Fault {
    Refusal("a stream unfolds to more than any page holds".to_owned()).into()
}

/// Undoes a predictor (PDF Reference 1.4, 3.3.3; PNG, clause 9).
fn unpredict(data: Vec<u8>, parameters: Option<&Dict>) -> Result<Vec<u8>, Fault> {
    let number = |key: &str, otherwise: usize| match parameters.and_then(|dict| dict.raw(key)) {
        None => Some(otherwise),
        Some(value) => {
            value.int().and_then(|value| usize::try_from(value).ok()).filter(|value| *value <= 1 << 20)
        }
    };
    let fault = || Fault::Broken("the parameters of its filter make no sense");
    let predictor = number("Predictor", 1).ok_or_else(fault)?;
    if predictor <= 1 {
        return Ok(data);
    }
    let colours = number("Colors", 1).filter(|count| (1..=32).contains(count)).ok_or_else(fault)?;
    let bits =
        number("BitsPerComponent", 8).filter(|bits| matches!(bits, 1 | 2 | 4 | 8 | 16)).ok_or_else(fault)?;
    let columns = number("Columns", 1).filter(|count| *count > 0).ok_or_else(fault)?;
    let pixel = (colours * bits).div_ceil(8);
    let row = (colours * bits * columns).div_ceil(8);
    if predictor == 2 {
        return if bits == 8 { Ok(tiff_rows(data, pixel, row)) } else { Err(fault()) };
    }
    png_rows(&data, pixel, row)
}

fn tiff_rows(mut data: Vec<u8>, pixel: usize, row: usize) -> Vec<u8> {
    for line in data.chunks_mut(row) {
        for at in pixel..line.len() {
            line[at] = line[at].wrapping_add(line[at - pixel]);
        }
    }
    data
}

fn png_rows(data: &[u8], pixel: usize, row: usize) -> Result<Vec<u8>, Fault> {
    let mut plain = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; row];
    for line in data.chunks(row + 1) {
        let (kind, coded) = (line[0], &line[1..]);
        let mut current = coded.to_vec();
        for at in 0..current.len() {
            let left = if at >= pixel { current[at - pixel] } else { 0 };
            let corner = if at >= pixel { above[at - pixel] } else { 0 };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => left.midpoint(above[at]),
                4 => paeth(left, above[at], corner),
                _ => return Err(Fault::Broken("its predictor is none of PNG")),
            };
            current[at] = current[at].wrapping_add(guess);
        }
        plain.extend_from_slice(&current);
        current.resize(row, 0);
        above = current;
    }
    Ok(plain)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i32::from);
    let guess = a + b - c;
    let (by_left, by_above, by_corner) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if by_left <= by_above && by_left <= by_corner {
        left
    } else if by_above <= by_corner {
        above
    } else {
        corner
    }
}

fn run_lengths(data: &[u8], work: &Work) -> Result<Vec<u8>, Fault> {
    let mut plain = Vec::new();
    let mut at = 0;
    while let Some(&length) = data.get(at) {
        at += 1;
        match length {
            128 => break,
            0..128 => {
                let end = at + usize::from(length) + 1;
                plain.extend_from_slice(data.get(at..end).ok_or(Fault::Broken("its run lengths are cut"))?);
                at = end;
            }
            _ => {
                let byte = *data.get(at).ok_or(Fault::Broken("its run lengths are cut"))?;
                plain.resize(plain.len() + 257 - usize::from(length), byte);
                at += 1;
            }
        }
        if plain.len() > work.room() {
            return Err(too_much());
        }
    }
    Ok(plain)
}

fn hexadecimal(data: &[u8]) -> Result<Vec<u8>, Fault> {
    let fault = Fault::Broken("its hexadecimal data have another character");
    let digits: Option<Vec<u8>> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter(|byte| !is_space(**byte))
        .map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.ok_or(fault)?;
    Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
}

fn base_85(data: &[u8], work: &Work) -> Result<Vec<u8>, Fault> {
    let fault = || Fault::Broken("its ASCII 85 data are damaged");
    let mut plain = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in data.iter().copied().filter(|byte| !is_space(*byte)) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => plain.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => return Err(fault()),
        }
        if group.len() == 5 {
            plain.extend_from_slice(&four_bytes(&group).ok_or_else(fault)?);
            group.clear();
        }
        if plain.len() > work.room() {
            return Err(too_much());
        }
    }
    if group.len() == 1 {
        return Err(fault());
    }
    if !group.is_empty() {
        let kept = group.len() - 1;
        group.resize(5, 84);
        plain.extend_from_slice(&four_bytes(&group).ok_or_else(fault)?[..kept]);
    }
    Ok(plain)
}

fn four_bytes(digits: &[u32]) -> Option<[u8; 4]> {
    let value = digits.iter().try_fold(0_u32, |value, digit| value.checked_mul(85)?.checked_add(*digit))?;
    Some(value.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(filter: &str, data: &[u8], expected: Result<&[u8], &'static str>) {
        let unfolded = steps(data, &[filter.to_owned()], &[], &mut Work::default());
        let expected = expected.map(|data| Unfolded { data: Cow::Borrowed(data), rest: None });
        assert_eq!(unfolded, expected.map_err(Fault::Broken), "{filter}");
    }

    #[test]
    fn each_filter() {
        check("ASCIIHexDecode", b"41 4 2 5>", Ok(b"ABP"));
        check("ASCII85Decode", b"87cURD]i,\"Ebo80~>", Ok(b"Hello World!"));
        check("ASCII85Decode", b"z5sb~>", Ok(b"\0\0\0\0AB"));
        check("ASCII85Decode", b"vvvvv~>", Err("its ASCII 85 data are damaged"));
        check("RunLengthDecode", b"\x01ab\xFEc\x80junk", Ok(b"abccc"));
        check("RunLengthDecode", b"\x05ab", Err("its run lengths are cut"));
        check("FlateDecode", b"junk", Err("its Flate data are damaged"));
    }

    #[test]
    fn predictors() {
        assert_eq!(png_rows(&[1, 1, 1, 1, 2, 1, 1, 1], 1, 3), Ok(vec![1, 2, 3, 2, 3, 4]));
        assert_eq!(tiff_rows(vec![1, 1, 1, 5, 1, 1], 1, 3), [1, 2, 3, 5, 6, 7]);
    }

    #[test]
    fn lzw_is_unfolded() {
        // The example of ISO 32000-1, 7.4.4.2.
        let example = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        check("LZWDecode", &example, Ok(b"-----A---B"));
        check("LZW", &example[..6], Err("its LZW data are cut"));
        // After the clear code a word that is not there yet.
        check("LZWDecode", &[0x80, 0x7F, 0xC0, 0, 0], Err("its LZW data are damaged"));
        // Words of every length, over and over, as TIFF and as GIF change it.
        let mut long: Vec<u8> = (0..60_000_u32).map(|at| (at * at / 7 % 251) as u8).collect();
        long.extend([7; 9_000]);
        let order = weezl::BitOrder::Msb;
        let unfold = |data: &[u8], parameters: &[(&str, i64)]| {
            let parameters = parameters.iter().map(|(key, value)| ((*key).to_owned(), Object::Int(*value)));
            let names = ["LZWDecode".to_owned()];
            let unfolded = steps(data, &names, &[Dict(parameters.collect())], &mut Work::default());
            unfolded.map(|unfolded| unfolded.data.into_owned())
        };
        let encode = |mut encoder: weezl::encode::Encoder, data: &[u8]| encoder.encode(data).expect("memory");
        let tiff = || weezl::encode::Encoder::with_tiff_size_switch(order, 8);
        let early = encode(tiff(), &long);
        let late = encode(weezl::encode::Encoder::new(order, 8), &long);
        assert!(unfold(&early, &[]).is_ok_and(|plain| plain == long));
        assert!(unfold(&early, &[("EarlyChange", 1)]).is_ok_and(|plain| plain == long));
        assert!(unfold(&late, &[("EarlyChange", 0)]).is_ok_and(|plain| plain == long));
        assert!(unfold(&late, &[]) != Ok(long));
        // A predictor is undone as that of Flate is.
        let rows = encode(tiff(), &[5, 1, 1, 9, 1, 1]);
        assert_eq!(unfold(&rows, &[("Predictor", 2), ("Columns", 3)]), Ok(vec![5, 6, 7, 9, 10, 11]));
        arbtest::arbtest(|u| {
            let _ = unfold(&u.arbitrary::<Vec<u8>>()?, &[]);
            Ok(())
        })
        .budget_ms(300);
    }

    #[test]
    fn a_bomb_is_refused() {
        let zeros = vec![0_u8; 4 << 20];
        let folded = miniz_oxide::deflate::compress_to_vec_zlib(&zeros, 9);
        let twice = miniz_oxide::deflate::compress_to_vec_zlib(&folded, 9);
        let names = vec!["FlateDecode".to_owned(); 2];
        let mut work = Work::default();
        work.unfold(super::super::bounds::MOST_UNFOLDED - (1 << 20));
        let unfolded = steps(&twice, &names, &[], &mut work);
        assert!(matches!(unfolded, Err(Fault::Refused(_))), "{} bytes were enough", twice.len());
    }
}
