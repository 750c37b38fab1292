//! Rust source with what the laws must not read blanked out, byte for byte: comments, what a
//! string says, tests. Not a parser: it knows where these begin and end, and nothing else.

/// One file in two readings, each as long as the file, so that an offset means the same in all.
pub(super) struct Reading {
    /// Code alone: strings and characters are blank as well.
    pub(super) bare: String,
    /// Code and what its strings say.
    pub(super) spoken: String,
}

/// Blanks comments and tests.
pub(super) fn read(text: &str) -> Reading {
    let bytes = text.as_bytes();
    let (mut bare, mut spoken) = (bytes.to_vec(), bytes.to_vec());
    let mut at = 0;
    while at < bytes.len() {
        let (end, is_comment) = match opaque(text, at) {
            Some(found) => found,
            None => {
                at += 1;
                continue;
            }
        };
        blank(&mut bare[at..end]);
        if is_comment {
            blank(&mut spoken[at..end]);
        }
        at = end;
    }
    while let Some((start, end)) = test_item(&bare) {
        blank(&mut bare[start..end]);
        blank(&mut spoken[start..end]);
    }
    let utf8 = |bytes| String::from_utf8(bytes).expect("whole characters were blanked");
    Reading { bare: utf8(bare), spoken: utf8(spoken) }
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// If a comment, string or character starts at `at`: where it ends, and whether it is a comment.
fn opaque(text: &str, at: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    match rest[0] {
        b'/' if rest.starts_with(b"//") => Some((at + until(rest, b"\n"), true)),
        b'/' if rest.starts_with(b"/*") => Some((at + block_comment(rest), true)),
        b'"' => Some((at + string(rest), false)),
        b'r' if at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'b' => {
            let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
            let opens = rest.get(1 + hashes) == Some(&b'"');
            let close = ["\"", &"#".repeat(hashes)].concat();
            opens.then(|| {
                let body = 2 + hashes;
                let end = body + until(&rest[body..], close.as_bytes()) + close.len();
                (at + end.min(rest.len()), false)
            })
        }
        b'\'' if rest.get(1) == Some(&b'\\') => {
            Some((at + (3 + until(&rest[3.min(rest.len())..], b"'") + 1).min(rest.len()), false))
        }
        b'\'' => {
            // A character is closed at once; a lifetime is not.
            let character = text[at + 1..].chars().next()?;
            let close = 1 + character.len_utf8();
            (rest.get(close) == Some(&b'\'')).then_some((at + close + 1, false))
        }
        _ => None,
    }
}

fn until(bytes: &[u8], mark: &[u8]) -> usize {
    bytes.windows(mark.len()).position(|window| window == mark).unwrap_or(bytes.len())
}

fn block_comment(bytes: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if bytes[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The first item that is compiled for tests only, its attribute included.
fn test_item(bare: &[u8]) -> Option<(usize, usize)> {
    let start = [&b"#[cfg(test)]"[..], b"#[cfg(all(test"]
        .into_iter()
        .map(|mark| until(bare, mark))
        .filter(|at| *at < bare.len())
        .min()?;
    let opens = start + bare[start..].iter().position(|byte| matches!(byte, b'{' | b';'))?;
    if bare[opens] == b';' {
        return Some((start, opens + 1));
    }
    let mut depth = 0_usize;
    for (offset, byte) in bare[opens..].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((start, opens + offset + 1));
        }
    }
    Some((start, bare.len()))
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[test]
fn what_is_not_code_is_blank() {
    let check = |text: &str, bare: &str, spoken: &str| {
        let reading = read(text);
        assert_eq!((reading.bare.as_str(), reading.spoken.as_str()), (bare, spoken), "{text}");
    };
    check("a // b\nc", "a     \nc", "a     \nc");
    check("a /* b /* c */ d */ e", "a                   e", "a                   e");
    check("f(\"// \\\" 字\", g)", "f(           , g)", "f(\"// \\\" 字\", g)");
    check("r#\"a\"b\"# c", "         c", "r#\"a\"b\"# c");
    check("'\"' 'a '\\'' b", "    'a      b", "'\"' 'a '\\'' b");
    check(
        "a\n#[cfg(test)]\nmod t { x {} }\nb",
        "a\n            \n              \nb",
        "a\n            \n              \nb",
    );
    check("#[cfg(test)]\nmod t;\nb", "            \n      \nb", "            \n      \nb");
}
