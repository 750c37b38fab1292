//! The tree of pages → each page with what it inherits.

use std::collections::BTreeSet;

use super::bounds::{DEEPEST, MOST_PAGES, Refusal};
use super::file::Pdf;
use super::findings::Findings;
use super::object::{Dict, Object};

/// What a page may have from the nodes above it (PDF Reference 1.4, 3.6.2).
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// A page: its own dictionary, and what it has from above where it has nothing itself.
#[derive(Clone, Debug)]
pub(super) struct Page<'p> {
    pub(super) dict: &'p Dict,
    above: [Option<&'p Object>; 4],
}

impl<'p> Page<'p> {
    /// The value under a name, from above if it is one that a page may have from there.
    pub(super) fn get(&self, pdf: &'p Pdf<'_>, key: &str) -> Option<&'p Object> {
        let above = INHERITED.iter().position(|name| *name == key).and_then(|at| self.above[at]);
        pdf.get(self.dict, key).or(above)
    }
}

/// Every page in order.
///
/// # Errors
/// If there are too many, or the tree is one no reader can walk.
pub(super) fn pages<'p>(pdf: &'p Pdf<'_>, findings: &mut Findings) -> Result<Vec<Page<'p>>, Refusal> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let root = pdf.catalog().raw("Pages").into_iter().collect();
    let mut open: Vec<(Vec<&Object>, [Option<&Object>; 4])> = vec![(root, [None; 4])];
    while let Some((kids, above)) = open.last_mut() {
        let Some(kid) = kids.pop() else {
            open.pop();
            continue;
        };
        let above = *above;
        if let Object::Ref(id) = kid
            && !seen.insert(*id)
        {
            return Err(Refusal("its tree of pages leads back to itself".to_owned()));
        }
        let Some(dict) = pdf.resolve(kid).dict() else {
            findings.add("FILE-06", "the tree of pages has a branch that is not there");
            continue;
        };
        if let Some(kids) = pdf.array(dict, "Kids") {
            if open.len() >= DEEPEST {
                return Err(Refusal(format!("its tree of pages is more than {DEEPEST} deep")));
            }
            let mut inherited = above;
            for (slot, key) in inherited.iter_mut().zip(INHERITED) {
                *slot = pdf.get(dict, key).or(*slot);
            }
            open.push((kids.iter().rev().collect(), inherited));
        } else {
            pages.push(Page { dict, above });
            if pages.len() > MOST_PAGES {
                return Err(Refusal(format!("it has more than {MOST_PAGES} pages")));
            }
        }
    }
    if pages.is_empty() {
        return Err(Refusal("it has no page".to_owned()));
    }
    Ok(pages)
}
