//! XML → elements, for XMP: strict about form, and without document types, entities of its own and
//! everything else that makes XML dangerous to read.

use std::collections::BTreeMap;

use super::bounds::{DEEPEST, Refusal, Work};
use super::lexer::Fault;

/// A name with the namespace that its prefix stands for.
pub(super) type Name = (String, String);

/// An element with what stands in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) children: Vec<Element>,
    /// Its own text, all pieces joined.
    pub(super) text: String,
}

impl Element {
    /// It and everything in it, in the order of the document.
    pub(super) fn walk(&self) -> Vec<&Element> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.walk());
        }
        all
    }
}

/// Reads a document.
///
/// # Errors
/// [`Fault::Broken`] if it is not well formed.
pub(super) fn read(text: &str, work: &mut Work) -> Result<Element, Fault> {
    let mut reading = Reading { rest: text, open: Vec::new(), root: None };
    while !reading.rest.is_empty() {
        work.hold(32)?;
        reading.step(work)?;
    }
    if !reading.open.is_empty() {
        return Err(Fault::Broken("an element does not end"));
    }
    reading.root.ok_or(Fault::Broken("there is no element"))
}

struct Open {
    tag: String,
    element: Element,
    spaces: BTreeMap<String, String>,
}

struct Reading<'t> {
    rest: &'t str,
    open: Vec<Open>,
    root: Option<Element>,
}

impl<'t> Reading<'t> {
    fn step(&mut self, work: &mut Work) -> Result<(), Fault> {
        if let Some(rest) = self.rest.strip_prefix("<!--") {
            self.rest = after(rest, "-->")?.1;
        } else if let Some(rest) = self.rest.strip_prefix("<?") {
            self.rest = after(rest, "?>")?.1;
        } else if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
            let (text, rest) = after(rest, "]]>")?;
            self.rest = rest;
            self.say(text)?;
        } else if self.rest.starts_with("<!") {
            return Err(Fault::Broken("a document type is not read"));
        } else if let Some(rest) = self.rest.strip_prefix("</") {
            let (tag, rest) = after(rest, ">")?;
            self.rest = rest;
            self.close(tag.trim_end())?;
        } else if let Some(rest) = self.rest.strip_prefix('<') {
            self.rest = rest;
            self.open(work)?;
        } else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            let text = plain(text)?;
            self.say(&text)?;
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(open) => open.element.text.push_str(text),
            None if text.trim().trim_matches('\u{feff}').is_empty() => {}
            None => return Err(Fault::Broken("text stands outside every element")),
        }
        Ok(())
    }

    fn close(&mut self, tag: &str) -> Result<(), Fault> {
        let open = self.open.pop().filter(|open| open.tag == tag);
        let element = open.ok_or(Fault::Broken("elements end in another order than they began"))?.element;
        match self.open.last_mut() {
            Some(outer) => outer.element.children.push(element),
            None if self.root.is_none() => self.root = Some(element),
            None => return Err(Fault::Broken("there are two outermost elements")),
        }
        Ok(())
    }

    fn open(&mut self, work: &mut Work) -> Result<(), Fault> {
        let tag = self.word()?.to_owned();
        let mut spaces = self.open.last().map(|open| open.spaces.clone()).unwrap_or_default();
        work.hold(spaces.len() * 64)?;
        let mut typed = Vec::new();
        let empty = loop {
            let before = self.rest.len();
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix("/>") {
                self.rest = rest;
                break true;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                break false;
            }
            if before == self.rest.len() {
                return Err(Fault::Broken("attributes are not parted by spaces"));
            }
            let (key, value) = self.attribute()?;
            work.hold(value.len())?;
            match key.strip_prefix("xmlns") {
                Some("") => drop(spaces.insert(String::new(), value)),
                Some(prefix) if prefix.starts_with(':') => drop(spaces.insert(prefix[1..].to_owned(), value)),
                _ if typed.iter().any(|(other, _)| *other == key) => {
                    return Err(Fault::Broken("an attribute stands twice in an element"));
                }
                _ => typed.push((key, value)),
            }
        };
        let name = resolved(&tag, &spaces, true)?;
        let attributes = typed.into_iter().map(|(key, value)| Ok((resolved(&key, &spaces, false)?, value)));
        let attributes = attributes.collect::<Result<Vec<_>, Fault>>()?;
        let element = Element { name, attributes, ..Element::default() };
        if self.open.len() >= DEEPEST {
            return Err(Refusal(format!("XMP lies more than {DEEPEST} deep")).into());
        }
        self.open.push(Open { tag: tag.clone(), element, spaces });
        if empty { self.close(&tag) } else { Ok(()) }
    }

    fn word(&mut self) -> Result<&'t str, Fault> {
        let end =
            self.rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\''));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let starts = word.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'));
        if starts { Ok(word) } else { Err(Fault::Broken("a name is missing")) }
    }

    fn attribute(&mut self) -> Result<(String, String), Fault> {
        let key = self.word()?.to_owned();
        let rest = self.rest.trim_start().strip_prefix('=').map(str::trim_start);
        let rest = rest.ok_or(Fault::Broken("an attribute has no value"))?;
        let quote = if rest.starts_with('"') { "\"" } else { "'" };
        let rest = rest.strip_prefix(quote).ok_or(Fault::Broken("a value is not in quotation marks"))?;
        let (value, rest) = after(rest, quote)?;
        if value.contains('<') {
            return Err(Fault::Broken("a value has `<` in it"));
        }
        self.rest = rest;
        Ok((key, plain(value)?))
    }
}

fn after<'t>(text: &'t str, mark: &str) -> Result<(&'t str, &'t str), Fault> {
    text.split_once(mark).ok_or(Fault::Broken("it ends in the middle"))
}

fn resolved(name: &str, spaces: &BTreeMap<String, String>, element: bool) -> Result<Name, Fault> {
    match name.split_once(':') {
        Some(("xml", local)) => Ok(("xml".to_owned(), local.to_owned())),
        Some((prefix, local)) => {
            let space = spaces.get(prefix).ok_or(Fault::Broken("a prefix stands for nothing"))?;
            Ok((space.clone(), local.to_owned()))
        }
        // A default namespace is that of elements only.
        None if element => Ok((spaces.get("").cloned().unwrap_or_default(), name.to_owned())),
        None => Ok((String::new(), name.to_owned())),
    }
}

/// Text with its references to characters put in.
fn plain(text: &str) -> Result<String, Fault> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, tail) = reference.split_once(';').ok_or(Fault::Broken("`&` stands alone"))?;
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#');
                let code = number.and_then(|digits| match digits.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => digits.parse().ok(),
                });
                code.and_then(char::from_u32)
            }
        };
        plain.push(character.ok_or(Fault::Broken("a reference names no character"))?);
        rest = tail;
    }
    plain.push_str(rest);
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_their_namespaces() {
        let text = "<?x y?><a:b xmlns:a='u' c=\"1 &amp; &#x4E2D;\"><!-- - --><d>e<![CDATA[<f>]]></d></a:b>\n";
        let root = read(text, &mut Work::default()).expect("it is in order");
        assert_eq!(root.name, ("u".to_owned(), "b".to_owned()));
        assert_eq!(root.attributes[0].1, "1 & 中");
        assert_eq!(root.children[0].text, "e<f>");
    }

    #[test]
    fn malformed_ones() {
        for text in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "text",
            "<a b=c/>",
            "<a b='1' b='2'/>",
            "<x:a/>",
            "<a>&b;</a>",
            "<!DOCTYPE a><a/>",
            "<a b='<'/>",
            "<a b='1'c='2'/>",
            "<a",
            "<",
            "</a>",
            "<a>&</a>",
        ] {
            assert!(read(text, &mut Work::default()).is_err(), "{text}");
        }
    }
}
