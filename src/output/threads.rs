//! Reading order in, article threads out: a reader follows a story from column to column and from
//! page to page (PDF Reference 1.7, 8.3.2). For proofs; a print file has nothing to click on.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::WriteError;
use super::frame::{Frame, rectangle};
use super::imprint::text;
use crate::geom::Rect;
use crate::page::reading::Reading;
use crate::paint::display::Sheet;

/// A story as a reader follows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// The story's id.
    pub story: String,
    /// Its headline.
    pub title: String,
    /// The places it stands in, in reading order: the page, counted from 0, and the rectangle.
    pub beads: Vec<(usize, Rect)>,
}

/// The threads of pages in their order. A story that goes on on another page is one thread.
pub fn follow<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for (page, reading) in readings.into_iter().enumerate() {
        for article in &reading.articles {
            let beads = article.blocks.iter().map(|block| (page, block.rect));
            match threads.iter_mut().find(|thread| thread.story == article.id) {
                Some(thread) => thread.beads.extend(beads),
                None => threads.push(Thread {
                    story: article.id.clone(),
                    title: article.title.clone(),
                    beads: beads.collect(),
                }),
            }
        }
    }
    threads.retain(|thread| !thread.beads.is_empty());
    threads
}

/// Writes threads into a document and returns what its catalog lists. The beads of a thread are a
/// ring: the last is followed by the first.
pub(super) fn write(
    document: &mut Document,
    threads: &[Thread],
    pages: &[ObjectId],
    sheets: &[&Sheet],
) -> Result<Vec<Object>, WriteError> {
    let mut listed = Vec::new();
    let mut on_page: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    for thread in threads {
        if thread.beads.iter().any(|(page, _)| *page >= pages.len().min(sheets.len())) {
            return Err(WriteError::Dangling { page: thread.story.clone(), what: "a page" });
        }
        let id = document.new_object_id();
        let beads: Vec<ObjectId> = thread.beads.iter().map(|_| document.new_object_id()).collect();
        for (index, ((page, rect), bead)) in thread.beads.iter().zip(&beads).enumerate() {
            let frame = Frame::new(sheets[*page].boxes.media);
            let mut about = dictionary! {
                "Type" => "Bead",
                "N" => beads[(index + 1) % beads.len()],
                "V" => beads[(index + beads.len() - 1) % beads.len()],
                "P" => pages[*page],
                "R" => rectangle(frame.corners(*rect)),
            };
            if index == 0 {
                about.set("T", id);
            }
            document.set_object(*bead, about);
            on_page[*page].push(Object::Reference(*bead));
        }
        let about = dictionary! { "Title" => text(&thread.title) };
        let own = dictionary! { "Type" => "Thread", "F" => beads[0], "I" => about };
        document.set_object(id, own);
        listed.push(Object::Reference(id));
    }
    for (page, beads) in pages.iter().zip(on_page).filter(|(_, beads)| !beads.is_empty()) {
        let page: &mut Dictionary = document.get_dictionary_mut(*page)?;
        page.set("B", beads);
    }
    Ok(listed)
}
