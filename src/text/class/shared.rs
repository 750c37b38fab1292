//! Marks that scripts share, and signs inside numbers: settled by their neighbours.

use super::Class;

/// The class of a shared mark in Chinese, Japanese or Tibetan text.
pub(super) fn by_neighbours(text: &[char], idx: usize) -> Option<Class> {
    let (before, after) = neighbours(text, idx);
    let connects = !is_latin(before) && !is_latin(after);
    Some(match text[idx] {
        '“' | '‘' | '”' | '’'
            if is_western(before_space(text, idx)) && is_western(after_space(text, idx)) =>
        {
            Class::Latin
        }
        '/' if is_digit(before) && is_digit(after) => Class::Number,
        // km/h is one Western word (CLREQ 3.2.4), 和/或 is not.
        '/' if is_latin(before) && is_latin(after) => Class::Latin,
        '/' => Class::Solidus,
        dash @ ('—' | '―') if before == Some(dash) || after == Some(dash) => Class::Dash,
        '—' | '―' => Class::Connector,
        '×' | '÷' | '∶' if is_digit(before) && is_digit(after) => Class::Number,
        '×' | '÷' => Class::Han,
        '-' | '~' | '‐' if connects => Class::Connector,
        _ => return in_numbers(text, idx),
    })
}

/// The class of a shared mark in English: there they are Western, and break by UAX 14.
pub(super) fn in_english(text: &[char], idx: usize) -> Option<Class> {
    match text[idx] {
        '“' | '‘' | '”' | '’' | '—' | '―' | '–' | '‐' | '…' | '·' | '•' | '×' | '÷' => {
            Some(Class::Latin)
        }
        '/' => in_numbers(text, idx).or(Some(Class::Latin)),
        '\u{0f00}'..='\u{0fff}' | '\u{2e3a}'.. => super::marks::class(text[idx]),
        _ => in_numbers(text, idx),
    }
}

/// The class of an ASCII sign, which may be of a number (CLREQ 3.1.4, digits and their prefix and
/// suffix).
fn in_numbers(text: &[char], idx: usize) -> Option<Class> {
    let (before, after) = neighbours(text, idx);
    Some(match text[idx] {
        '/' | '.' | ',' | ':' | '-' | '+' if is_digit(before) && is_digit(after) => Class::Number,
        '-' | '+' if is_digit(after) && !is_latin(before) => Class::Prefix,
        '$' => Class::Prefix,
        '%' => Class::Suffix,
        '(' | '[' | '{' => Class::LatinOpen,
        ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' => Class::LatinClose,
        char if char.is_ascii_digit() => Class::Number,
        char if char.is_ascii_graphic() => Class::Latin,
        _ => return None,
    })
}

fn neighbours(text: &[char], idx: usize) -> (Option<char>, Option<char>) {
    (idx.checked_sub(1).map(|before| text[before]), text.get(idx + 1).copied())
}

/// The nearest character before `idx` that is no space.
fn before_space(text: &[char], idx: usize) -> Option<char> {
    text[..idx].iter().rev().copied().find(|char| *char != ' ')
}

/// The nearest character after `idx` that is no space.
fn after_space(text: &[char], idx: usize) -> Option<char> {
    text[idx + 1..].iter().copied().find(|char| *char != ' ')
}

fn is_digit(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_digit())
}

/// A letter or digit of a Western word.
fn is_latin(char: Option<char>) -> bool {
    char.is_some_and(|char| match char {
        '\0'..='\u{7f}' => char.is_ascii_alphanumeric(),
        '\u{80}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => char.is_alphanumeric(),
        _ => false,
    })
}

/// What is Western beside a quotation mark: the mark of a Western sentence too.
fn is_western(char: Option<char>) -> bool {
    is_latin(char) || char.is_some_and(|char| char.is_ascii_punctuation())
}
