//! `[[zone]]` in `edition.toml`: an edition for some of the readers, some of whose pages are others.
//!
//! A page that zones share is built once. So it may ask for nothing that a zone has otherwise: no
//! variable of a zone, and no story that runs over one of a zone's pages.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId, Source};
use crate::model::edition::{Edition, Zone};
use crate::model::plan::PagePlan;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneToml {
    id: Spanned<String>,
    /// Its pages, by the ids of those they stand for.
    replace: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

/// Reads the zones of an edition that has these pages, lists these ids (one of a page that cannot be read
/// among them has been told about) and has these variables; `read_page` reads a page file.
pub(super) fn read(
    reader: &mut Reader<'_>,
    file: FileId,
    typed: Vec<ZoneToml>,
    (pages, listed, variables): (&[PagePlan], &[&str], &[(String, String)]),
    read_page: &mut impl FnMut(&mut Reader<'_>, &Spanned<String>) -> Option<PagePlan>,
) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for raw in typed {
        let id = raw.id.get_ref();
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain || zones.iter().any(|zone| zone.id.eq_ignore_ascii_case(id)) {
            reader.note(
                Diagnostic::error("zone-id", format!("`{id}` cannot be a zone's id"))
                    .at(span_of(file, &raw.id))
                    .help("use letters, digits and hyphens, such as `north`, and each id once: it names a folder"),
            );
            continue;
        }
        for replaced in raw.replace.keys() {
            if !listed.contains(&replaced.get_ref().as_str()) {
                reader.note(
                    Diagnostic::error(
                        "zone-page",
                        format!("the edition has no page `{}`", replaced.get_ref()),
                    )
                    .at(span_of(file, replaced))
                    .help(format!("its pages: {}", listed.join(", "))),
                );
            }
        }
        let own = pages.iter().filter_map(|page| {
            let (_, own) = raw.replace.iter().find(|(replaced, _)| *replaced.get_ref() == page.id)?;
            let plan = read_page(reader, own)?;
            Some(PagePlan { id: page.id.clone(), ..plan })
        });
        let own = own.collect();
        let mut values: BTreeMap<String, String> = variables.iter().cloned().collect();
        values.extend(raw.variables);
        zones.push(Zone { id: id.clone(), variables: values.into_iter().collect(), pages: own });
    }
    zones
}

/// Whether the pages that a zone shares with the edition can be built once for both.
pub(super) fn check(reader: &mut Reader<'_>, zone: &Zone, edition: &Edition) {
    let (replaced, shared): (Vec<&PagePlan>, Vec<&PagePlan>) =
        edition.pages.iter().partition(|page| zone.pages.iter().any(|own| own.id == page.id));
    let mut notes = Vec::new();
    for page in shared {
        for (name, _) in variables_used(page, edition, &reader.sources) {
            let find = |values: &[(String, String)]| values.iter().find(|(own, _)| *own == name).cloned();
            if find(&zone.variables) != find(&edition.variables) {
                notes.push(
                    Diagnostic::error(
                        "zone-variable",
                        format!("the page `{}` asks for `{{{name}}}`, which zone `{}` has otherwise", page.id, zone.id),
                    )
                    .at(page.typed.clone())
                    .help("a shared page is built once: give it a value of its own under `[variables]`, or the zone a page of its own"),
                );
            }
        }
        let others = zone.pages.iter().chain(replaced.iter().copied());
        let split = others.flat_map(|other| &other.stories).find(|story| page.stories.contains(story));
        if let Some(story) = split {
            let name = &edition.stories[story.0 as usize].id;
            notes.push(
                Diagnostic::error(
                    "zone-story",
                    format!("the story `{name}` stands on the page `{}`, which zone `{}` shares, and on one it does not", page.id, zone.id),
                )
                .at(page.typed.clone())
                .help("a shared page is built once: keep the story to shared pages or to the zone's, or give the zone both pages"),
            );
        }
    }
    notes.dedup();
    for note in notes {
        reader.note(note);
    }
}

/// The edition's variables that a page can ask for: those that the layout, the edition or the page
/// itself names as `{name}` and for which the page has no value of its own. One too many costs time,
/// one too few would leave a page as it was when it should change.
pub fn variables_used(plan: &PagePlan, edition: &Edition, sources: &[Source]) -> Vec<(String, String)> {
    let layout = format!("layouts/{}.toml", edition.layout.name);
    let texts: Vec<&str> = sources
        .iter()
        .enumerate()
        .filter(|(idx, source)| *idx == plan.typed.file.0 as usize || source.name == layout)
        .map(|(_, source)| source.text.as_str())
        .chain([edition.said.as_str()])
        .collect();
    let asked = |name: &str| {
        let asked = format!("{{{name}}}");
        texts.iter().any(|text| text.contains(&asked))
    };
    let own = |name: &str| plan.variables.iter().any(|(own, _)| own == name);
    edition.variables.iter().filter(|(name, _)| !own(name) && asked(name)).cloned().collect()
}
