//! CMaps: bytes of a string → character codes, codes → CIDs, codes → Unicode.

use std::collections::BTreeMap;

use super::bounds::{Refusal, Work};
use super::lexer::{Fault, Item, Lexer};
use super::object::Object;

/// Ranges of codes that are looked at: real CMaps have a handful.
const MOST_SPACES: usize = 256;

/// Values for stretches of codes of one length in bytes.
#[derive(Clone, Debug)]
pub(super) struct Stretches<T>(BTreeMap<(usize, u32), (u32, T)>);

impl<T> Default for Stretches<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Stretches<T> {
    pub(super) fn put(&mut self, wide: usize, from: u32, to: u32, value: T) {
        self.0.insert((wide, from), (to, value));
    }

    /// Where in its stretch a code is, and the stretch's value.
    pub(super) fn get(&self, wide: usize, code: u32) -> Option<(u32, &T)> {
        let ((width, from), (to, value)) = self.0.range(..=(wide, code)).next_back()?;
        (*width == wide && code <= *to).then(|| (code - from, value))
    }
}

/// A CMap that has been read, or one of the two that need no reading.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// Which byte strings are codes: lowest and highest value of each byte.
    spaces: Vec<(Vec<u8>, Vec<u8>)>,
    cids: Stretches<u32>,
    /// UTF-16 of the first code of each stretch.
    unicode: Stretches<Vec<u8>>,
    pub(super) ordering: Option<String>,
    identity: bool,
}

/// A character code as it stands in a string.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Code {
    pub(super) value: u32,
    /// Bytes.
    pub(super) wide: usize,
    /// The character, if the CMap says which.
    pub(super) cid: Option<u32>,
}

impl CMap {
    /// `Identity-H` and `Identity-V`.
    pub(super) fn identity() -> Self {
        Self { identity: true, ..Self::default() }
    }

    pub(super) fn is_identity(&self) -> bool {
        self.identity
    }

    /// Reads the text of a CMap; what is not understood is passed over.
    ///
    /// # Errors
    /// If it is not even made of PostScript values.
    pub(super) fn read(text: &[u8], work: &mut Work) -> Result<Self, Fault> {
        let mut cmap = Self::default();
        let mut lexer = Lexer::of_content(text);
        let mut operands: Vec<Object> = Vec::new();
        loop {
            match lexer.next(work)? {
                Item::End => return Ok(cmap),
                Item::Value(value) => operands.push(value),
                Item::Word(word) => {
                    cmap.take(word, &operands);
                    operands.clear();
                }
            }
            if let [.., Object::Name(key), Object::Text(text)] = &operands[..]
                && key == "Ordering"
            {
                cmap.ordering = Some(super::object::text_of(text));
            }
        }
    }

    fn take(&mut self, word: &[u8], operands: &[Object]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(low), Some(high)) = (pair[0].text(), pair[1].text())
                        && low.len() == high.len()
                        && (1..=4).contains(&low.len())
                        && self.spaces.len() < MOST_SPACES
                    {
                        self.spaces.push((low.to_vec(), high.to_vec()));
                    }
                }
            }
            b"endcidrange" => {
                for group in operands.chunks_exact(3) {
                    if let (Some((wide, from)), Some((_, to)), Some(cid)) =
                        (code(&group[0]), code(&group[1]), whole(&group[2]))
                    {
                        self.cids.put(wide, from, to, cid);
                    }
                }
            }
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some((wide, from)), Some(cid)) = (code(&pair[0]), whole(&pair[1])) {
                        self.cids.put(wide, from, from, cid);
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some((_, from)), Some(to)) = (code(&pair[0]), pair[1].text()) {
                        self.unicode.put(0, from, from, to.to_vec());
                    }
                }
            }
            b"endbfrange" => {
                for group in operands.chunks_exact(3) {
                    let (Some((_, from)), Some((_, to))) = (code(&group[0]), code(&group[1])) else {
                        continue;
                    };
                    match &group[2] {
                        Object::Text(first) => self.unicode.put(0, from, to, first.clone()),
                        Object::Array(each) => {
                            for (at, text) in (from..=to).zip(each) {
                                self.unicode.put(0, at, at, text.text().unwrap_or_default().to_vec());
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// The codes of a string.
    ///
    /// # Errors
    /// When the file has had its share of work.
    pub(super) fn codes(&self, text: &[u8], work: &mut Work) -> Result<Vec<Code>, Refusal> {
        work.spend(1 + text.len() as u64)?;
        let mut codes = Vec::with_capacity(text.len() / 2);
        let mut rest = text;
        while !rest.is_empty() {
            let fits = |(low, high): &&(Vec<u8>, Vec<u8>)| {
                rest.len() >= low.len()
                    && rest
                        .iter()
                        .zip(low.iter().zip(high))
                        .all(|(byte, (low, high))| low <= byte && byte <= high)
            };
            let matched = self.spaces.iter().filter(fits).map(|(low, _)| low.len()).min();
            let shortest = self.spaces.iter().map(|(low, _)| low.len()).min().unwrap_or(2);
            let wide = matched.unwrap_or(shortest).min(rest.len());
            let (code, tail) = rest.split_at(wide);
            rest = tail;
            work.spend(self.spaces.len() as u64 / 4)?;
            let value = number(code);
            let cid = if self.identity {
                Some(value)
            } else {
                Some(self.cids.get(wide, value).map_or(0, |(at, first)| first.saturating_add(at)))
            };
            codes.push(Code { value, wide, cid });
        }
        Ok(codes)
    }

    /// The characters that a code stands for.
    pub(super) fn unicode(&self, code: u32) -> Option<String> {
        let (at, first) = self.unicode.get(0, code)?;
        let mut units: Vec<u16> =
            first.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add(at as u16);
        }
        Some(String::from_utf16_lossy(&units)).filter(|text| !text.is_empty())
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte))
}

fn code(object: &Object) -> Option<(usize, u32)> {
    let bytes = object.text().filter(|bytes| (1..=4).contains(&bytes.len()))?;
    Some((bytes.len(), number(bytes)))
}

fn whole(object: &Object) -> Option<u32> {
    u32::try_from(object.int()?).ok()
}

/// Character collections of the CMaps that every PDF reader knows (PDF Reference 1.4, table 5.14).
const KNOWN: [(&str, &str); 5] = [
    ("Identity", "Identity-H Identity-V"),
    (
        "GB1",
        "GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V \
         UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V",
    ),
    (
        "CNS1",
        "B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V \
         UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V",
    ),
    (
        "Japan1",
        "83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V \
         EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V \
         UniJIS-UTF16-H UniJIS-UTF16-V",
    ),
    (
        "Korea1",
        "KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H \
         UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V",
    ),
];

/// The character collection of a CMap that every reader knows; nothing for another name.
pub(super) fn known_ordering(name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(ordering, _)| *ordering)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cmap_is_read() {
        let text = b"/Ordering (GB1) def 1 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
            1 begincidrange <00> <80> 1 endcidrange 1 begincidchar <8140> 500 endcidchar
            2 beginbfchar <0001> <4E2D> <0002> <D840DC00> endbfchar
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <0062>] endbfrange";
        let mut work = Work::default();
        let cmap = CMap::read(text, &mut work).expect("a character map");
        assert_eq!(cmap.ordering.as_deref(), Some("GB1"));
        let codes = cmap.codes(b"\x05\x81\x40\xFF", &mut work).expect("within the bounds");
        let cids: Vec<_> = codes.iter().map(|code| (code.value, code.wide, code.cid)).collect();
        assert_eq!(cids, [(5, 1, Some(6)), (0x8140, 2, Some(500)), (0xFF, 1, Some(0))]);
        let unicode = |code| cmap.unicode(code).unwrap_or_default();
        assert_eq!([1, 2, 0x12, 0x21, 3].map(unicode), ["中", "𠀀", "C", "b", ""]);
    }
}
