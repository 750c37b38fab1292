//! The second proof that no character was lost: the text of a PDF, read back from its bytes, against what
//! was set on its pages. The first, on the model, is `judge::conservation`.

use crate::diag::Diagnostic;
use crate::judge::pdf::read_back;
use crate::page::reading::{BlockKind, Reading};
use crate::page::set::{ComposedPage, TextLine};
use crate::paint::marks::Margin;

/// Characters that a message shows of a text.
const SHOWN: usize = 12;

/// A page that is in a PDF: its id, and its text without white space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Leaf {
    pub(super) page: String,
    pub(super) text: String,
}

/// What a page's PDF has to say, in the order in which it is painted: what is in no story, which is the slug
/// line, the furniture, the marks of advertisements and the lines that lead to other pages; then the lines of
/// the page map.
pub(super) fn leaf(page: &ComposedPage, margin: &Margin, reading: &Reading) -> Leaf {
    let jumps = page.blocks.iter().flat_map(|block| &block.jumps);
    let marks = page.ads.iter().map(|ad| &ad.mark);
    let front = margin.slug.iter().chain(&page.furniture).chain(marks).chain(jumps);
    let stories = reading.articles.iter().flat_map(|article| &article.blocks);
    let lines = stories.filter(|block| block.kind != BlockKind::Ad).flat_map(|block| &block.lines);
    let front = front.flat_map(words_of);
    let text = front.chain(lines.flat_map(|line| [line.text.as_str(), line.ruby.as_str()]));
    Leaf { page: page.id.clone(), text: solid(text) }
}

/// A line's characters, then those beside it.
fn words_of(line: &TextLine) -> impl Iterator<Item = &str> {
    std::iter::once(line.text.as_str()).chain(line.beside.iter().map(|run| run.text.as_str()))
}

/// Reads a PDF back and compares it with its pages.
///
/// # Errors
/// `text-unread`, with the page and the first characters that differ.
pub(super) fn prove(pdf: &[u8], leaves: &[Leaf]) -> Result<(), Diagnostic> {
    let ids = || leaves.iter().map(|leaf| leaf.page.as_str()).collect::<Vec<_>>().join(", ");
    let read =
        read_back(pdf).map_err(|why| unread(format!("the PDF of page {} cannot be read: {why}", ids())))?;
    if read.len() != leaves.len() {
        return Err(unread(format!("the PDF of page {} has {} pages", ids(), read.len())));
    }
    for (leaf, read) in leaves.iter().zip(&read) {
        let read = solid([read.as_str()]);
        if read != leaf.text {
            return Err(unread(parted(leaf, &read)));
        }
    }
    Ok(())
}

fn parted(leaf: &Leaf, read: &str) -> String {
    let same = read.chars().zip(leaf.text.chars()).take_while(|(read, set)| read == set).count();
    let rest = |text: &str| text.chars().skip(same).take(SHOWN).collect::<String>();
    format!(
        "page {}: its PDF does not say what was set: after {same} characters `{}` was set and `{}` is read",
        leaf.page,
        rest(&leaf.text),
        rest(read)
    )
}

fn unread(message: String) -> Diagnostic {
    Diagnostic::error("text-unread", message)
        .help("this is a fault of the program: please report it with the edition")
}

/// A text without its white space, which a PDF shows by places.
fn solid<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    parts.into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Document, Object, Stream, dictionary};

    use super::*;

    /// A PDF of one page that shows glyphs 1, 2 and 3; the last with a text of its own, if one is given.
    fn pdf(to_unicode: &str, actual: &str) -> Vec<u8> {
        let mut document = Document::with_version("1.4");
        let map = document.add_object(Stream::new(Dictionary::new(), to_unicode.as_bytes().to_vec()));
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => map,
        });
        let content = format!("BT /F1 9 Tf [<0001> 20 <0002>] TJ /Span <<{actual}>> BDC <0003> Tj EMC ET");
        let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Contents" => content,
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        let pages =
            document.add_object(dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", Object::Reference(catalog));
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("it can be written");
        bytes
    }

    fn message(to_unicode: &str, actual: &str) -> Option<String> {
        let leaves = [Leaf { page: "A02".to_owned(), text: "小城桥".to_owned() }];
        prove(&pdf(to_unicode, actual), &leaves).err().map(|note| note.message)
    }

    #[test]
    fn a_pdf_that_says_what_was_set_passes() {
        let all = "3 beginbfchar <0001> <5C0F> <0002> <57CE> <0003> <6865> endbfchar";
        assert_eq!(message(all, ""), None);
        let two = "2 beginbfchar <0001> <5C0F> <0002> <57CE> endbfchar";
        assert_eq!(message(two, "/ActualText <FEFF6865>"), None);
    }

    #[test]
    fn a_spoiled_pdf_is_found() {
        let other = "3 beginbfchar <0001> <5C0F> <0002> <57CF> <0003> <6865> endbfchar";
        assert_eq!(
            message(other, "").as_deref(),
            Some(
                "page A02: its PDF does not say what was set: after 1 characters `城桥` was set and `埏桥` is read"
            )
        );
        let short = "2 beginbfchar <0001> <5C0F> <0002> <57CE> endbfchar";
        assert!(
            message(short, "").is_some_and(|message| message.contains("`桥` was set and `\u{FFFD}` is read"))
        );
        assert!(
            message(short, "/ActualText <FEFF>").is_some_and(|message| message.contains("and `` is read"))
        );
        assert!(message("garbage >>", "").is_some());
    }
}
