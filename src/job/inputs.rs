//! What the bytes of a page follow from, as one digest for each page.
//!
//! A page follows from its own file, its stories, photographs and advertisements, from those of the
//! pages it shares stories with, from the layout, the faces and the printing condition, and from
//! what the edition says of itself. What other pages there are, it does not know.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::ad;
use crate::diag::Source;
use crate::files::{Files, Place};
use crate::fingerprint::sha256;
use crate::font::{Face, FaceError};
use crate::model::edition::{Condition, Edition};
use crate::model::furniture::PageFurniture;
use crate::model::plan::PagePlan;
use crate::picture;
use crate::source::variables_used;

/// A digest of all that a page follows from.
pub(super) type InputsKey = [u8; 32];

/// What is known of an edition's inputs besides its text files.
pub(super) struct Inputs {
    /// What all pages follow from.
    shared: [u8; 32],
    /// SHA-256 of each photograph and advertisement, by its path; none for one that cannot be read.
    delivered: BTreeMap<String, Option<[u8; 32]>>,
}

impl Inputs {
    /// Reads the photographs and advertisements of some pages of an edition.
    pub(super) fn read(
        files: &dyn Files,
        edition: &Edition,
        faces: &[Face],
        pages: &BTreeSet<usize>,
        sources: &[Source],
    ) -> Self {
        let named: BTreeSet<(&str, u64)> =
            pages.iter().flat_map(|page| delivered_to(edition, *page)).collect();
        let digest = |(path, most): (&str, u64)| {
            let read = files.open(Place::Edition, path).and_then(|blob| blob.read_all(most));
            (path.to_owned(), read.ok().map(|bytes| sha256(&[&bytes])))
        };
        let delivered = named.into_par_iter().map(digest).collect::<Vec<_>>().into_iter().collect();
        Self { shared: shared(edition, faces, sources), delivered }
    }

    /// SHA-256 of a photograph or an advertisement.
    pub(super) fn digest(&self, path: &str) -> Option<[u8; 32]> {
        self.delivered.get(path).copied().flatten()
    }

    /// What a page follows from.
    pub(super) fn key(&self, edition: &Edition, page: usize, sources: &[Source]) -> InputsKey {
        let plan = &edition.pages[page];
        let mut parts = vec![self.shared.to_vec(), plan.id.clone().into_bytes()];
        for joined in edition.joined(page) {
            for name in texts_of(edition, joined, sources) {
                let source = &sources[name];
                parts.extend([source.name.clone().into_bytes(), source.text.clone().into_bytes()]);
            }
            for (name, value) in variables_used(&edition.pages[joined], edition, sources) {
                parts.extend([name.into_bytes(), value.into_bytes()]);
            }
            if names_pages(&edition.pages[joined], edition) {
                parts.push(format!("{:?}", edition.contents).into_bytes());
            }
            for (path, _) in delivered_to(edition, joined) {
                // What cannot be read is told elsewhere, as an error.
                let digest = self.digest(path).unwrap_or_default();
                parts.extend([path.as_bytes().to_vec(), digest.to_vec()]);
            }
        }
        sha256(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

/// The text files that a page follows from by itself, as indices: its own and its stories'.
pub(super) fn texts_of(edition: &Edition, page: usize, sources: &[Source]) -> BTreeSet<usize> {
    let plan = &edition.pages[page];
    let stories = plan.stories.iter().map(|story| &edition.stories[story.0 as usize].typed);
    let files = stories.chain([&plan.typed]).map(|typed| typed.file.0 as usize);
    files.filter(|file| *file < sources.len()).collect()
}

/// Whether a page may say how many pages there are, or what stands on another.
fn names_pages(plan: &PagePlan, edition: &Edition) -> bool {
    let PageFurniture { nameplate, ears, footer, panels, .. } = &plan.furniture;
    let strips = nameplate.is_some() || footer.is_some() || ears.iter().any(Option::is_some);
    strips || !panels.is_empty() || edition.layout.folio.iter().any(|item| item.text.contains("{pages}"))
}

/// The photographs and advertisements of a page, and how large each may be.
fn delivered_to(edition: &Edition, page: usize) -> BTreeSet<(&str, u64)> {
    let plan = &edition.pages[page];
    let stories = plan.stories.iter().map(|story| &edition.stories[story.0 as usize]);
    let art = plan.furniture.nameplate.and(edition.name_art.as_ref());
    let photographs = stories.flat_map(|story| &story.pictures).chain(art);
    photographs
        .map(|picture| (picture.file.as_str(), picture::LARGEST_FILE))
        .chain(plan.ads.iter().map(|ad| (ad.file.as_str(), ad::LARGEST_FILE)))
        .collect()
}

/// What all pages of an edition follow from.
fn shared(edition: &Edition, faces: &[Face], sources: &[Source]) -> [u8; 32] {
    let Condition {
        identifier,
        text,
        registry,
        profile,
        typed: _,
        gray_profile,
        ink_limit,
        ruling,
        spots,
        picture_ppi,
        conversion,
    } = &edition.condition;
    let condition = format!(
        "{identifier:?} {text:?} {registry:?} {ink_limit} {ruling} {spots:?} {picture_ppi} {conversion:?} {}",
        gray_profile.is_some()
    );
    let layout = format!("layouts/{}.toml", edition.layout.name);
    let layout = sources.iter().find(|source| source.name == layout).map_or("", |source| &source.text);
    let mut parts: Vec<&[u8]> = vec![
        edition.said.as_bytes(),
        edition.level.key().as_bytes(),
        layout.as_bytes(),
        condition.as_bytes(),
        profile,
        gray_profile.as_deref().unwrap_or_default(),
    ];
    // A face that cannot be read any more will be told of when it is cut.
    let faces: Vec<Vec<u8>> = faces
        .iter()
        .map(|face| {
            let identity: Result<Vec<u8>, FaceError> = face.identity();
            [face.id().as_bytes(), &identity.unwrap_or_default()].concat()
        })
        .collect();
    parts.extend(faces.iter().map(Vec::as_slice));
    sha256(&parts)
}
