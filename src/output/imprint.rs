//! What a PDF says about itself: the document information, the same again as XMP, and the output
//! intent.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::names::utf16;
use super::{Imprint, Intent};
use crate::fingerprint;
use crate::model::edition::{Date, Level};

/// The program that made the file.
const PRODUCER: &str = concat!("duikai ", env!("CARGO_PKG_VERSION"));

/// The document information dictionary (PDF Reference 1.4, 9.2.1; ISO 15930-4, identification).
pub(super) fn info(imprint: &Imprint<'_>) -> Dictionary {
    let Date { year, month, day } = imprint.date;
    let date = text(&format!("D:{year:04}{month:02}{day:02}000000+08'00'"));
    let mut info = dictionary! {
        "Title" => text(&one_line(&imprint.title)),
        "Author" => text(&one_line(&imprint.paper)),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        // Nothing is trapped, and PDF/X wants a plain yes or no: a name, not a string.
        "Trapped" => "False",
    };
    for (key, value) in identification(imprint.level) {
        info.set(*key, text(value));
    }
    info
}

/// The keys by which a level is known (ISO 15930-1, -4 and -7, identification). PDF/X-1a:2001 has
/// two: the part of the standard, and what the file conforms to. PDF/X-4 is identified in XMP; its
/// entry here repeats it for older programs.
fn identification(level: Level) -> &'static [(&'static str, &'static str)] {
    const VERSION: &str = "GTS_PDFXVersion";
    match level {
        Level::X1a2001 => &[(VERSION, "PDF/X-1:2001"), ("GTS_PDFXConformance", "PDF/X-1a:2001")],
        Level::X1a2003 => &[(VERSION, "PDF/X-1a:2003")],
        Level::X4 => &[(VERSION, "PDF/X-4")],
        Level::Pdf17 => &[],
    }
}

/// The same in XMP: in the namespace that PDF/X-4 has for it, or in the one where programs keep
/// what else the document information holds.
fn identification_xmp(level: Level) -> String {
    let (prefix, space) = match level {
        Level::X4 => ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
        _ => ("pdfx", "http://ns.adobe.com/pdfx/1.3/"),
    };
    let keys = identification(level).iter();
    keys.map(|(key, value)| format!("<{prefix}:{key} xmlns:{prefix}=\"{space}\">{value}</{prefix}:{key}>\n"))
        .collect()
}

/// A text string: ASCII as it is, anything else in UTF-16 (PDF Reference 1.4, 3.8.1).
pub(super) fn text(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, 0x20..=0x7E)) {
        Object::string_literal(text)
    } else {
        Object::String(utf16(text), lopdf::StringFormat::Hexadecimal)
    }
}

/// The output intent (PDF Reference 1.4, 9.10.4; ISO 15930-4, output intents), given the object that holds the profile.
pub(super) fn output_intent(intent: &Intent, profile: ObjectId) -> Dictionary {
    let condition = &intent.condition;
    let mut about = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text(&condition.identifier),
        "OutputCondition" => text(&condition.text),
        "Info" => text(&condition.text),
        "DestOutputProfile" => profile,
    };
    if !condition.registry.is_empty() {
        about.set("RegistryName", text(&condition.registry));
    }
    about
}

/// The XMP packet. `content` is the digest of everything else in the file.
pub(super) fn xmp(imprint: &Imprint<'_>, content: &[u8; 32]) -> String {
    let title = escaped(&imprint.title);
    let paper = escaped(&imprint.paper);
    let producer = escaped(PRODUCER);
    let date = format!("{}T00:00:00+08:00", imprint.date);
    let id = uuid(content);
    let revision = imprint.revision;
    let identification = identification_xmp(imprint.level);
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{paper}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>{id}</xmpMM:DocumentID>
<xmpMM:VersionID>{revision}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
{identification}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{FEFF}',
    )
}

/// Text as document information and XMP both have it: on one line, without the characters that
/// XML 1.0 does not have.
fn one_line(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => None,
        c => Some(c),
    });
    kept.collect()
}

/// Text as XML character data.
fn escaped(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A UUID of version 8 (RFC 9562, 5.8: the bits are the maker's own) from a digest.
fn uuid(digest: &[u8; 32]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex = fingerprint::hex(&bytes);
    format!("uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
