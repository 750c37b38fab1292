//! The file as a file: header, version, end, identity (`FILE-01` to `FILE-07`).

use super::findings::Findings;
use super::indirect::{find, find_last};
use super::judging::Judging;
use super::object::Object;

const END: &[u8] = b"%%EOF";

/// What can be seen before anything is read: header, comment, end.
pub(super) fn judge_bytes(bytes: &[u8], findings: &mut Findings) {
    if version_of(bytes).is_none() {
        findings.add("FILE-01", "the file does not begin with %PDF and a version");
    }
    let head = &bytes[..bytes.len().min(64)];
    let second = head.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map(|at| &head[at..]);
    let second = second.map(|rest| rest.trim_ascii_start());
    let is_binary = second.is_some_and(|line| {
        let line = line.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        line.first() == Some(&b'%') && line.iter().take(24).filter(|byte| **byte > 127).count() >= 4
    });
    if !is_binary {
        findings.add("FILE-05", "no comment of bytes above 127 follows the header");
    }
    match find_last(bytes, END) {
        None => findings.add("FILE-06", "there is no %%EOF: the file is cut"),
        Some(at) => {
            let after = &bytes[at + END.len()..];
            if after.len() > 2 || after.iter().any(|byte| !matches!(byte, b'\n' | b'\r')) {
                findings.add("FILE-07", format!("{} bytes follow the last %%EOF", after.len()));
            }
            let earlier = find(&bytes[..at], END).is_some();
            let linearized = find(&bytes[..bytes.len().min(1024)], b"/Linearized").is_some();
            if earlier && !linearized {
                findings.add("FILE-07", "the file was changed by adding to it: it has more than one %%EOF");
            }
        }
    }
}

/// `(1, 4)` of `%PDF-1.4`.
fn version_of(bytes: &[u8]) -> Option<(u8, u8)> {
    let rest = bytes.strip_prefix(b"%PDF-")?;
    let digit = |at: usize| rest.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    (rest.get(1) == Some(&b'.')).then_some((digit(0)?, digit(2)?))
}

/// What needs the trailer and the catalog.
pub(super) fn judge(judging: &mut Judging<'_>) {
    let pdf = judging.pdf;
    let mut version = version_of(pdf.bytes).unwrap_or((1, 0));
    if let Some(newer) = pdf.get(pdf.catalog(), "Version") {
        match newer.name().and_then(|name| version_of(format!("%PDF-{name}").as_bytes())) {
            Some(newer) => version = version.max(newer),
            None => judging.findings.add("FILE-01", "Version in the catalog is malformed"),
        }
    }
    let base = judging.standard.base();
    if version > (1, base) {
        let message = format!("the file is PDF {}.{}, above 1.{base}", version.0, version.1);
        judging.findings.add("FILE-01", message);
    }
    if judging.standard.is_x1a() {
        let is = |object: &Object, kind: &str| {
            object.dict().is_some_and(|dict| dict.raw("Type").and_then(Object::name) == Some(kind))
        };
        let streams = || pdf.objects.values().filter(|object| object.stream().is_some());
        // The stream of a cross-reference need not be among the objects that it lists.
        if pdf.trailer.raw("Type").is_some() || streams().any(|object| is(object, "XRef")) {
            judging.findings.add("FILE-04", "the cross-reference is a stream");
        }
        if streams().any(|object| is(object, "ObjStm")) {
            judging.findings.add("FILE-04", "objects are packed into streams");
        }
    }
    let id = pdf.array(&pdf.trailer, "ID").unwrap_or_default();
    let given = id.iter().filter(|part| pdf.resolve(part).text().is_some_and(|text| !text.is_empty()));
    if id.len() != 2 || given.count() != 2 {
        judging.findings.add("FILE-03", "the trailer has no ID of two strings");
    }
}
