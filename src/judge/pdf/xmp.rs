//! XMP → the properties that a PDF/X is identified by.

use std::collections::BTreeMap;

use super::bounds::Work;
use super::file::Pdf;
use super::lexer::Fault;
use super::object::Stream;
use super::xml;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Namespaces by the prefixes that they usually go under (XMP specification, part 1; pdfxid: ISO 15930-7).
const PREFIXES: [(&str, &str); 6] = [
    ("http://ns.adobe.com/xap/1.0/", "xmp"),
    ("http://ns.adobe.com/pdf/1.3/", "pdf"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
    ("http://www.npes.org/pdfx/ns/id/", "pdfxid"),
    ("http://ns.adobe.com/pdfx/1.3/", "pdfx"),
];

/// Properties such as `xmp:CreateDate`; of a list the first item.
pub(super) type Properties = BTreeMap<String, String>;

/// Reads a metadata stream.
///
/// # Errors
/// [`Fault::Broken`] if it is no well-formed XML.
pub(super) fn read(pdf: &Pdf<'_>, stream: &Stream, work: &mut Work) -> Result<Properties, Fault> {
    let bytes = pdf.bytes_of(stream, work)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Fault::Broken("it is not UTF-8"))?;
    let root = xml::read(text, work)?;
    let mut found = Properties::new();
    let is_rdf = |element: &xml::Element, local: &str| element.name.0 == RDF && element.name.1 == local;
    for description in root.walk().into_iter().filter(|element| is_rdf(element, "Description")) {
        for (name, value) in &description.attributes {
            found.insert(prefixed(name), value.trim().to_owned());
        }
        for property in &description.children {
            let all = property.walk();
            let item = all.iter().find(|element| is_rdf(element, "li"));
            let text = item.map_or(&property.text, |item| &item.text);
            found.insert(prefixed(&property.name), text.trim().to_owned());
        }
    }
    Ok(found)
}

fn prefixed((space, local): &xml::Name) -> String {
    let prefix = PREFIXES.iter().find(|(uri, _)| uri == space).map_or(space.as_str(), |(_, prefix)| prefix);
    format!("{prefix}:{local}")
}
