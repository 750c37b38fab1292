//! Rust source → the paths that it names, from the crate's root. Of names brought in by `use` it follows
//! none: the `use` is a path itself.

use super::source::is_word;

/// Paths that start at `crate`, `duikai`, `super` or `self`, in code without strings and comments, each name
/// of a group by itself. `module` is the path of the file.
pub(super) fn paths(bare: &str, module: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (start, word) in words(bare) {
        let from_start = !bare[..start].trim_end().ends_with("::");
        let Some(tail) = after_colons(&bare[start + word.len()..]).filter(|_| from_start) else { continue };
        let (tail, up) = match word {
            "crate" | "duikai" => (tail, module.len()),
            "super" => above(tail),
            "self" => (tail, 0),
            _ => continue,
        };
        if let Some(left) = module.len().checked_sub(up) {
            let base: Vec<String> = module[..left].iter().map(|part| (*part).to_owned()).collect();
            spell(tail, &base, &mut found);
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].bytes().position(is_word)?;
        at = start + word_length(&text[start..]);
        Some((start, &text[start..at]))
    })
}

fn word_length(text: &str) -> usize {
    text.bytes().position(|byte| !is_word(byte)).unwrap_or(text.len())
}

fn after_colons(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix("::").map(str::trim_start)
}

/// What follows a run of `super::`, its first already read, and how many it has.
fn above(mut tail: &str) -> (&str, usize) {
    let mut climbed = 1;
    while let Some(next) = tail.strip_prefix("super").and_then(after_colons) {
        (tail, climbed) = (next, climbed + 1);
    }
    (tail, climbed)
}

/// Notes down `a::b` or `{a, b::{c, d}}` after a path, and says what follows it.
fn spell<'a>(tail: &'a str, before: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let Some(mut group) = tail.strip_prefix('{') else {
        let (name, rest) = tail.split_at(word_length(tail));
        let own = Some(name).filter(|name| !name.is_empty() && *name != "self").map(str::to_owned);
        let path: Vec<String> = before.iter().cloned().chain(own).collect();
        if let Some(tail) = after_colons(rest).filter(|_| !name.is_empty()) {
            return spell(tail, &path, found);
        }
        found.push(path);
        return rest;
    };
    loop {
        group = group.trim_start();
        if let Some(rest) = group.strip_prefix('}') {
            return rest;
        }
        let rest = spell(group, before, found);
        match rest.find([',', '}']) {
            None => return "",
            Some(at) if rest[at..].starts_with(',') => group = &rest[at + 1..],
            Some(at) => return &rest[at + 1..],
        }
    }
}

#[test]
fn paths_are_spelled_out() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<String> = paths(text, &["text", "shape"]).iter().map(|path| path.join("/")).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("use crate::flow::thread::pour;", &["flow/thread/pour"]);
    check("fn f() { crate :: flow::pour() }", &["flow/pour"]);
    check("use crate::{unit::Len, flow::{self, rooms as halls}};\nx", &["unit/Len", "flow", "flow/rooms"]);
    check("use super::{\n    class::*,\n    geom,\n};", &["text/class", "text/geom"]);
    check(
        "super::super::flow::rooms, super::Class::<u8>::of, self::x",
        &["flow/rooms", "text/Class", "text/shape/x"],
    );
    check("a::crate::b, super, x::y, super::super::super::x", &[]);
}
