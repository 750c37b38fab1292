//! The sizes of photographs, from their files' first bytes, where a page follows from them: a ladder of
//! copyfitting makes a picture no higher or lower than what is to be kept in view allows.

use rayon::prelude::*;

use crate::files::{Files, Place};
use crate::model::copyfit::Step;
use crate::model::edition::Edition;
use crate::picture;

/// How much of a file is read for its header: what cameras write before it is shorter.
const HEAD: usize = 1 << 20;

/// Notes down the size of each photograph of which something is to be kept in view and whose rows a
/// ladder may change. What cannot be read has no size; it is told of when it is converted.
pub fn measure(files: &dyn Files, edition: &mut Edition) {
    let mut asked: Vec<usize> = Vec::new();
    for block in edition.pages.iter().flat_map(|page| &page.blocks) {
        let ladder = block.ladder.map(|ladder| &edition.layout.ladders[ladder]);
        let moves = |step: &Step| matches!(step, Step::Pictures(_));
        if ladder.is_some_and(|ladder| ladder.steps.iter().any(moves)) {
            asked.push(block.story.0 as usize);
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let kept = asked.iter().flat_map(|story| {
        let pictures = edition.stories[*story].pictures.iter().enumerate();
        let kept = pictures.filter(|(_, picture)| picture.keep.is_some());
        kept.map(|(nth, picture)| (*story, nth, picture.file.clone()))
    });
    let kept: Vec<(usize, usize, String)> = kept.collect();
    let sizes: Vec<Option<(u32, u32)>> = kept.par_iter().map(|(_, _, file)| size(files, file)).collect();
    for ((story, nth, _), size) in kept.iter().zip(sizes) {
        edition.stories[*story].pictures[*nth].pixels = size;
    }
}

/// Width and height of a photograph. Where its header is not at the head, as in some TIFFs, all of the file
/// is read.
fn size(files: &dyn Files, path: &str) -> Option<(u32, u32)> {
    let blob = files.open(Place::Edition, path).ok()?;
    let head = blob.read_at(0, usize::try_from(blob.len()).ok()?.min(HEAD)).ok()?;
    let probe = picture::probe(&head).or_else(|error| {
        let whole = blob.read_all(picture::LARGEST_FILE).map_err(|_| error)?;
        picture::probe(&whole)
    });
    probe.ok().map(|probe| (probe.width, probe.height))
}
