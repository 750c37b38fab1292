//! Bytes → values and words: one lexer for the objects of a file and for its content streams.

use std::collections::BTreeMap;

use super::bounds::{DEEPEST, Refusal, Work};
use super::object::{Dict, Object};

/// Why bytes are no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// They are malformed: what is wrong.
    Broken(&'static str),
    /// The file has had its share.
    Refused(Refusal),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What comes next.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Item<'a> {
    Value(Object),
    /// A keyword or an operator.
    Word(&'a [u8]),
    End,
}

/// A place in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
    /// Whether `1 0 R` is a reference, as in files, and not three things, as in content.
    references: bool,
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    /// For the objects of a file, from `at`.
    pub(crate) fn of_file(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, references: true }
    }

    /// For a content stream, a CMap or a PostScript function.
    pub(crate) fn of_content(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, references: false }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes white space and comments.
    pub(crate) fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if !is_space(byte) {
                return;
            } else {
                self.at += 1;
            }
        }
    }

    /// The next value or word.
    pub(crate) fn next(&mut self, work: &mut Work) -> Result<Item<'a>, Fault> {
        self.item(work, 0)
    }

    /// The next value.
    pub(crate) fn value(&mut self, work: &mut Work) -> Result<Object, Fault> {
        match self.item(work, 0)? {
            Item::Value(value) => Ok(value),
            Item::Word(_) => Err(Fault::Broken("a word where a value should be")),
            Item::End => Err(Fault::Broken("it ends where a value should be")),
        }
    }

    /// Passes one word if it is next.
    pub(crate) fn word(&mut self, word: &str) -> bool {
        self.skip();
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let here = rest.starts_with(word.as_bytes()) && !rest.get(word.len()).is_some_and(|b| is_regular(*b));
        if here {
            self.at += word.len();
        }
        here
    }

    fn item(&mut self, work: &mut Work, depth: usize) -> Result<Item<'a>, Fault> {
        self.skip();
        let start = self.at;
        let Some(byte) = self.peek() else { return Ok(Item::End) };
        if depth > DEEPEST {
            return Err(Refusal(format!("values lie more than {DEEPEST} deep in one another")).into());
        }
        work.hold(1)?;
        let value = match byte {
            b'(' => Object::Text(self.literal(work)?),
            b'/' => Object::Name(self.name(work)?),
            b'[' => Object::Array(self.array(work, depth)?),
            b'<' if self.bytes.get(start + 1) == Some(&b'<') => Object::Dict(self.dict(work, depth)?),
            b'<' => Object::Text(self.hexadecimal(work)?),
            b')' | b'>' | b']' | b'{' | b'}' => {
                self.at += if self.bytes[start..].starts_with(b">>") { 2 } else { 1 };
                return Ok(Item::Word(&self.bytes[start..self.at]));
            }
            _ => {
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                let word = &self.bytes[start..self.at];
                work.spend(word.len() as u64 / 16)?;
                match number(word) {
                    Some(number) => self.reference(number),
                    None => match word {
                        b"true" => Object::Bool(true),
                        b"false" => Object::Bool(false),
                        b"null" => Object::Null,
                        _ => return Ok(Item::Word(word)),
                    },
                }
            }
        };
        Ok(Item::Value(value))
    }

    /// The reference that begins with `number`, or the number.
    fn reference(&mut self, number: Object) -> Object {
        let Object::Int(object) = number else { return number };
        let Ok(object) = u32::try_from(object) else { return number };
        if !self.references {
            return number;
        }
        let mut ahead = self.clone();
        let generation = ahead.small_number();
        match generation.and_then(|number| u16::try_from(number).ok()) {
            Some(generation) if ahead.word("R") => {
                self.at = ahead.at;
                Object::Ref((object, generation))
            }
            _ => number,
        }
    }

    /// A whole number without a sign that follows at once, for what is not a value by itself.
    pub(crate) fn small_number(&mut self) -> Option<u64> {
        self.skip();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) && self.at - start < 20 {
            self.at += 1;
        }
        if self.peek().is_some_and(is_regular) {
            return None;
        }
        std::str::from_utf8(&self.bytes[start..self.at]).ok()?.parse().ok()
    }

    fn array(&mut self, work: &mut Work, depth: usize) -> Result<Vec<Object>, Fault> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            match self.item(work, depth + 1)? {
                Item::Value(value) => values.push(value),
                Item::Word(b"]") => return Ok(values),
                Item::Word(_) => return Err(Fault::Broken("a word in an array")),
                Item::End => return Err(Fault::Broken("an array does not end")),
            }
        }
    }

    fn dict(&mut self, work: &mut Work, depth: usize) -> Result<Dict, Fault> {
        self.at += 2;
        let mut values = BTreeMap::new();
        loop {
            match self.item(work, depth + 1)? {
                Item::Value(Object::Name(key)) => {
                    let Item::Value(value) = self.item(work, depth + 1)? else {
                        return Err(Fault::Broken("a dictionary has a name without a value"));
                    };
                    values.insert(key, value);
                }
                Item::Word(b">>") => return Ok(Dict(values)),
                Item::End => return Err(Fault::Broken("a dictionary does not end")),
                _ => return Err(Fault::Broken("a dictionary has a value without a name")),
            }
        }
    }

    fn name(&mut self, work: &mut Work) -> Result<String, Fault> {
        self.at += 1;
        let start = self.at;
        let mut name = String::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            let pair = (byte == b'#').then(|| self.bytes.get(self.at + 1..self.at + 3)).flatten();
            match pair.and_then(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)) {
                Some(code) => {
                    name.push(char::from(code));
                    self.at += 3;
                }
                None => {
                    name.push(char::from(byte));
                    self.at += 1;
                }
            }
        }
        work.hold(self.at - start)?;
        Ok(name)
    }

    fn literal(&mut self, work: &mut Work) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 1_u32;
        loop {
            if text.len() % 4096 == 4095 {
                work.hold(4096)?;
            }
            let byte = self.peek().ok_or(Fault::Broken("a string does not end"))?;
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                b'(' => {
                    depth += 1;
                    text.push(byte);
                }
                b')' if depth == 1 => {
                    work.hold(text.len() % 4096)?;
                    return Ok(text);
                }
                b')' => {
                    depth -= 1;
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut code = u16::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u16::from(next - b'0');
                    self.at += 1;
                }
                text.push((code & 0xFF) as u8);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self, work: &mut Work) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        loop {
            let byte = self.peek().ok_or(Fault::Broken("a string does not end"))?;
            self.at += 1;
            if byte == b'>' {
                text.extend(high.map(|digit: u8| digit << 4));
                work.hold(text.len())?;
                return Ok(text);
            }
            if is_space(byte) {
                continue;
            }
            let value = digit(byte).ok_or(Fault::Broken("a hexadecimal string has another character"))?;
            match high.take() {
                Some(first) => text.push(first << 4 | value),
                None => high = Some(value),
            }
        }
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A number of PDF: a sign, digits and at most one point; no exponent.
fn number(word: &[u8]) -> Option<Object> {
    let digits = word.strip_prefix(b"+").or_else(|| word.strip_prefix(b"-")).unwrap_or(word);
    let points = digits.iter().filter(|byte| **byte == b'.').count();
    let plain = digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    if !plain || points > 1 || digits.len() == points {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    if points == 0
        && let Ok(value) = text.parse()
    {
        return Some(Object::Int(value));
    }
    text.parse().ok().map(Object::Real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut lexer = Lexer::of_file(text.as_bytes(), 0);
        let mut work = Work::default();
        let mut items = Vec::new();
        loop {
            match lexer.next(&mut work) {
                Ok(Item::End) => break,
                Ok(Item::Value(value)) => items.push(format!("{value:?}")),
                Ok(Item::Word(word)) => items.push(String::from_utf8_lossy(word).into_owned()),
                Err(Fault::Broken(why)) => {
                    items.push(why.to_owned());
                    break;
                }
                Err(Fault::Refused(refusal)) => {
                    items.push(refusal.0);
                    break;
                }
            }
        }
        assert_eq!(items, expected, "{text}");
    }

    #[test]
    fn numbers() {
        check("1 -2 +3.5 .25 4. -", &["Int(1)", "Int(-2)", "Real(3.5)", "Real(0.25)", "Real(4.0)", "-"]);
        check("1.2.3 1e5 99999999999999999999", &["1.2.3", "1e5", "Real(1e20)"]);
    }

    #[test]
    fn references() {
        check("12 0 R 12 0 r", &["Ref((12, 0))", "Int(12)", "Int(0)", "r"]);
        check("12 0 Rx 1 99999 R", &["Int(12)", "Int(0)", "Rx", "Int(1)", "Int(99999)", "R"]);
    }

    #[test]
    fn strings() {
        check(
            r"(a\(b\)(c)\101\
d)<4142 5>",
            &["Text([97, 40, 98, 41, 40, 99, 41, 65, 100])", "Text([65, 66, 80])"],
        );
        check("(never ends", &["a string does not end"]);
        check("<4g>", &["a hexadecimal string has another character"]);
    }

    #[test]
    fn nesting() {
        check(
            "[1 [2]] <</A/B/C 1 0 R>>",
            &["Array([Int(1), Array([Int(2)])])", "Dict(Dict({\"A\": Name(\"B\"), \"C\": Ref((1, 0))}))"],
        );
        check(&"[".repeat(1000), &["values lie more than 64 deep in one another"]);
        check("<< 1 2 >>", &["a dictionary has a value without a name"]);
        check("[1 endobj", &["a word in an array"]);
    }
}
