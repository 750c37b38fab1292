//! Simple encodings: codes of one byte → names of glyphs, and names → Unicode.

use std::collections::BTreeMap;

use glyph_names::{GLYPH_NAME_PAIRS, glyph_name};

use super::file::Pdf;
use super::object::{Dict, Object};

/// Codes 128 to 255 of `WinAnsiEncoding` up to 159; from 160 on it is Latin-1
/// (PDF Reference 1.4, appendix D).
const WIN_ANSI: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

/// Codes 128 to 255 of `MacRomanEncoding` (the same appendix).
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Codes 161 to 251 of `StandardEncoding`; `·` where there is none (the same appendix).
const STANDARD: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ·–†‡∙·¶•‚„”»…‰·¿·`´ˆ˜¯˘˙¨·˚¸·˝˛ˇ—················Æ·ª····ŁØŒº·····æ···ı··łøœß";

/// What a simple font's codes stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Encoding {
    names: BTreeMap<u8, String>,
    /// Whether the font's own encoding counts where no name is given.
    pub(super) own: bool,
    /// Whether the PDF says anything about codes.
    pub(super) given: bool,
}

impl Encoding {
    /// From a font's `Encoding`.
    pub(super) fn read(pdf: &Pdf<'_>, font: &Dict) -> Self {
        let encoding = pdf.get(font, "Encoding");
        let dict = encoding.and_then(Object::dict);
        let base = encoding.and_then(Object::name).or_else(|| pdf.name(dict?, "BaseEncoding"));
        let mut names = base.map(base_names).unwrap_or_default();
        let own = names.is_empty();
        let differences = dict.and_then(|dict| pdf.array(dict, "Differences"));
        let mut code = 0_i64;
        for item in differences.unwrap_or_default() {
            match pdf.resolve(item) {
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        names.insert(code, name.clone());
                    }
                    code = code.saturating_add(1);
                }
                other => code = other.int().unwrap_or(code),
            }
        }
        Self { names, own, given: base.is_some() || differences.is_some() }
    }

    /// The name of a code's glyph, where the PDF says so.
    pub(super) fn name(&self, code: u8) -> Option<&str> {
        self.names.get(&code).map(String::as_str)
    }
}

/// The names of one of the encodings that PDF has names for; none for another.
pub(super) fn base_names(name: &str) -> BTreeMap<u8, String> {
    let named = |code: u8, character: char| Some((code, glyph_name(character.into())?.into_owned()));
    let ascii = (32..127_u8).filter_map(|code| named(code, char::from(code)));
    match name {
        "WinAnsiEncoding" => {
            let upper = (128..160).zip(WIN_ANSI.chars()).filter_map(|(code, c)| named(code, c));
            let latin = (160..=255_u8).filter_map(|code| named(code, char::from(code)));
            let twice = [(160, "space".to_owned()), (173, "hyphen".to_owned())];
            ascii.chain(upper).chain(latin).chain(twice).collect()
        }
        "MacRomanEncoding" => {
            // The apple of code 240 has no Unicode value; codes after it stand one further.
            let codes = (128..=255_u8).filter(|code| *code != 240);
            ascii.chain(codes.zip(MAC_ROMAN.chars()).filter_map(|(code, c)| named(code, c))).collect()
        }
        "StandardEncoding" => {
            let upper = (161..=251_u8).zip(STANDARD.chars()).filter(|(_, c)| *c != '·');
            let quotes = [(39, "quoteright".to_owned()), (96, "quoteleft".to_owned())];
            let upper = upper.map(|(code, c)| (code, if c == '∙' { '·' } else { c }));
            ascii.chain(upper.filter_map(|(code, c)| named(code, c))).chain(quotes).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// The character that a glyph name stands for (Adobe Glyph List Specification, section 2).
pub(super) fn character(name: &str) -> Option<char> {
    let stem = name.split('.').next().unwrap_or(name);
    let listed = GLYPH_NAME_PAIRS.iter().find(|(_, listed)| *listed == stem).map(|(character, _)| *character);
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    listed
        .or_else(|| stem.strip_prefix("uni").and_then(|digits| hexadecimal(digits.get(..4)?)))
        .or_else(|| stem.strip_prefix('u').and_then(hexadecimal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_encodings() {
        let check = |base: &str, codes: &[(u8, &str)]| {
            let names = base_names(base);
            for (code, name) in codes {
                assert_eq!(names.get(code).map(String::as_str), Some(*name), "{base} {code}");
            }
        };
        check("WinAnsiEncoding", &[(65, "A"), (128, "Euro"), (159, "Ydieresis"), (255, "ydieresis")]);
        check(
            "MacRomanEncoding",
            &[(128, "Adieresis"), (202, "space"), (239, "Ocircumflex"), (241, "Ograve"), (255, "caron")],
        );
        check(
            "StandardEncoding",
            &[
                (39, "quoteright"),
                (161, "exclamdown"),
                (180, "periodcentered"),
                (225, "AE"),
                (251, "germandbls"),
            ],
        );
    }

    #[test]
    fn characters_of_names() {
        assert_eq!(
            ["A", "uni4E2D", "u20000", "A.sc"].map(character),
            [Some('A'), Some('中'), Some('𠀀'), Some('A')]
        );
        assert_eq!(character(".notdef"), None);
    }
}
