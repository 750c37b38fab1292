//! What text showed, against the programs of its fonts, once every page was read.

use std::fmt::Write;

use super::bounds::Refusal;
use super::font::{Font, Kind};
use super::judging::Judging;
use super::lexer::Fault;
use super::object::Object;
use super::program::{Glyph, Program};

/// Flag of fonts whose characters are not those of the Latin alphabet (PDF Reference 1.4, table 5.19).
const SYMBOLIC: i64 = 4;

/// Widths may be this far apart, in thousandths of an em.
const TOLERANCE: f64 = 1.0 + 1e-6;

/// Judges every font that was used.
pub(super) fn judge(judging: &mut Judging<'_>) -> Result<(), Refusal> {
    let fonts = std::mem::take(&mut judging.fonts);
    for font in fonts.iter().filter(|font| !font.used.is_empty() && font.kind != Kind::Type3) {
        one(judging, font)?;
    }
    judging.fonts = fonts;
    Ok(())
}

fn one(judging: &mut Judging<'_>, font: &Font<'_>) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let flags = font.descriptor.and_then(|descriptor| pdf.int(descriptor, "Flags")).unwrap_or(0);
    let symbolic = flags & SYMBOLIC != 0;
    let program = font.program.as_ref().and_then(|(form, data)| Program::open(*form, data).ok());
    judging.work.spend(font.used.len() as u64 * 8)?;
    let (mut missing, mut boxes, mut off) = (Vec::new(), Vec::new(), Vec::new());
    let mut widths = String::new();
    for (&code, &cid) in &font.used {
        let glyph = match &program {
            None => Glyph::Unknown,
            Some(program) if font.kind == Kind::Composite => {
                cid.map_or(Glyph::Unknown, |cid| program.of_cid(cid, font.gid_map.as_deref()))
            }
            Some(program) => u8::try_from(code)
                .map_or(Glyph::Missing, |code| program.of_code(code, &font.encoding, symbolic)),
        };
        match glyph {
            Glyph::Missing => missing.push(code),
            Glyph::NotDefined => boxes.push(code),
            Glyph::There(Some(width)) if (width - font.width(code, cid)).abs() > TOLERANCE => {
                if off.is_empty() {
                    let _ = write!(widths, "{:.1} instead of {width:.1}", font.width(code, cid));
                }
                off.push(code);
            }
            _ => {}
        }
    }
    let findings = &mut judging.findings;
    if !missing.is_empty() {
        findings.add("FONT-03", format!("{} has no glyph for {}", font.name, list(&missing)));
    }
    if !boxes.is_empty() {
        findings.add("FONT-10", format!("{} paints the missing-glyph box for {}", font.name, list(&boxes)));
    }
    if !off.is_empty() {
        let message = format!("widths of {} differ from its program for {}: {widths}", font.name, list(&off));
        findings.add("FONT-04", message);
    }
    unicode(judging, font, symbolic, program.as_ref());
    cid_set(judging, font)?;
    subset_name(judging, font, program.as_ref());
    Ok(())
}

fn unicode(judging: &mut Judging<'_>, font: &Font<'_>, symbolic: bool, program: Option<&Program<'_>>) {
    let findings = &mut judging.findings;
    let Some(map) = &font.to_unicode else {
        // Names of glyphs say it too, where there are names that mean something.
        let named = font.encoding.given || !matches!(program, Some(Program::TrueType(_)));
        if font.kind == Kind::Composite || symbolic || !named {
            findings.add("FONT-09", format!("{} has no ToUnicode", font.name));
        }
        return;
    };
    let is_odd = |c: char| matches!(u32::from(c), 0 | 0xFFFD..=0xFFFE | 0xFEFF | 0xE000..=0xF8FF);
    let (mut without, mut odd) = (Vec::new(), Vec::new());
    for &code in font.used.keys() {
        match map.unicode(code) {
            None => without.push(code),
            Some(text) if text.chars().any(is_odd) => odd.push(code),
            Some(_) => {}
        }
    }
    if !without.is_empty() {
        findings.add("FONT-09", format!("ToUnicode of {} lacks {}", font.name, list(&without)));
    }
    if !odd.is_empty() {
        let message = format!("ToUnicode of {} gives no character proper for {}", font.name, list(&odd));
        findings.add("FONT-09", message);
    }
}

fn cid_set(judging: &mut Judging<'_>, font: &Font<'_>) -> Result<(), Refusal> {
    let pdf = judging.pdf;
    let set = font.descendant.and(font.descriptor).and_then(|descriptor| pdf.get(descriptor, "CIDSet"));
    let Some(Object::Stream(stream)) = set else { return Ok(()) };
    match pdf.bytes_of(stream, &mut judging.work) {
        Ok(bits) => {
            let is_listed = |cid: u32| {
                let byte = bits.get(usize::try_from(cid / 8).unwrap_or(usize::MAX)).copied().unwrap_or(0);
                byte & (0x80 >> (cid % 8)) != 0
            };
            let mut lacking: Vec<u32> =
                font.used.values().flatten().copied().filter(|cid| !is_listed(*cid)).collect();
            lacking.sort_unstable();
            lacking.dedup();
            if !lacking.is_empty() {
                let message = format!("CIDSet of {} lacks {}", font.name, list(&lacking));
                judging.findings.add("FONT-06", message);
            }
            Ok(())
        }
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Broken(why)) => {
            judging.findings.add("FONT-06", format!("CIDSet of {} cannot be read: {why}", font.name));
            Ok(())
        }
    }
}

fn subset_name(judging: &mut Judging<'_>, font: &Font<'_>, program: Option<&Program<'_>>) {
    let tagged = font
        .name
        .split_once('+')
        .is_some_and(|(tag, _)| tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    let Some(program) = program.filter(|_| !tagged) else { return };
    // A program with hardly more glyphs than were shown was cut down to them.
    if program.glyphs() <= font.used.len() * 4 + 16 {
        judging.findings.add("FONT-12", format!("{} is a subset without a tag such as ABCDEF+", font.name));
    }
}

/// The first few of some codes.
fn list(codes: &[u32]) -> String {
    let mut text: Vec<String> = codes.iter().take(6).map(|code| format!("{code:#06x}")).collect();
    if codes.len() > 6 {
        text.push(format!("… {} in all", codes.len()));
    }
    text.join(", ")
}
