//! `edition.toml`: the paper, its day, and what it is made of.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::block::Known;
use super::furniture::{Given, check_art, check_references, name_art};
use super::parts::check_parts;
use super::zone::{self, ZoneToml};
use super::{Reader, condition, layout, page, span_of, story};
use crate::diag::{Diagnostic, FileId, Span, any_error};
use crate::files::Place;
use crate::model::edition::{Date, Edition, Level, SpotInks};
use crate::model::entry::PageEntry;
use crate::model::plan::PagePlan;
use crate::model::story::StoryIdx;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionToml {
    paper: String,
    #[serde(default)]
    edition: String,
    date: Spanned<Datetime>,
    #[serde(default)]
    revision: u32,
    #[serde(default)]
    level: LevelToml,
    layout: Spanned<String>,
    punctuation: Option<Spanned<String>>,
    condition: Spanned<String>,
    pages: Spanned<Vec<Spanned<String>>>,
    issue: Option<u32>,
    total_issue: Option<u32>,
    name_art: Option<Spanned<String>>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    #[serde(default, rename = "zone")]
    zones: Vec<ZoneToml>,
}

#[derive(Deserialize, Clone, Copy, Default)]
enum LevelToml {
    #[serde(rename = "x1a-2001")]
    X1a2001,
    #[default]
    #[serde(rename = "x1a-2003")]
    X1a2003,
    #[serde(rename = "x4")]
    X4,
    #[serde(rename = "pdf-1.7")]
    Pdf17,
}

impl From<LevelToml> for Level {
    fn from(toml: LevelToml) -> Self {
        match toml {
            LevelToml::X1a2001 => Self::X1a2001,
            LevelToml::X1a2003 => Self::X1a2003,
            LevelToml::X4 => Self::X4,
            LevelToml::Pdf17 => Self::Pdf17,
        }
    }
}

/// Reads the edition and everything it names.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Edition> {
    let (file, toml) = reader.parse::<EditionToml>(Place::Edition, "edition.toml", None)?;
    let date = date(reader, file, &toml.date);
    let wanted = toml.punctuation.as_ref().map(|name| (name, span_of(file, name)));
    let condition = condition::read(reader, &toml.condition, &span_of(file, &toml.condition));
    // A condition that cannot be read has been told about; it refuses nothing.
    let press = condition.as_ref().map_or(SpotInks::Allowed, |condition| condition.spots);
    let layout = layout::read(reader, &toml.layout, &span_of(file, &toml.layout), press, wanted);
    if toml.pages.get_ref().is_empty() {
        reader.note(
            Diagnostic::error("pages-none", "the edition has no pages")
                .at(span_of(file, &toml.pages))
                .help("list them, such as `pages = [\"A02\"]` for `pages/A02.toml`"),
        );
    }
    let (layout, faces) = layout?;
    let mut stories: BTreeMap<String, Option<Known>> = BTreeMap::new();
    let mut list = Vec::new();
    let mut lost = false;
    let mut read_page = |reader: &mut Reader<'_>, id: &Spanned<String>| {
        let mut named = Vec::new();
        let read_story = |reader: &mut Reader<'_>, name: &str, asked: &Span| {
            let known = stories.entry(name.to_owned()).or_insert_with(|| {
                let (story, ladder) = story::read(reader, name, asked, &layout)?;
                let pictures = story.pictures.iter().map(|picture| picture.id.clone()).collect();
                let insets = story.insets.iter().map(|inset| inset.id.clone()).collect();
                list.push(story);
                Some(Known { story: StoryIdx(list.len() as u32 - 1), ladder, pictures, insets })
            });
            named.extend(known.iter().map(|known| known.story));
            known.clone()
        };
        let plan = page::read(reader, id.get_ref(), &span_of(file, id), &layout, read_story);
        lost |= plan.is_none();
        Some(PagePlan { stories: named, ..plan? })
    };
    let mut pages: Vec<PagePlan> = Vec::new();
    for id in toml.pages.get_ref() {
        if pages.iter().any(|page| page.id == *id.get_ref()) {
            reader.note(
                Diagnostic::error("page-twice", format!("the page `{}` is listed twice", id.get_ref()))
                    .at(span_of(file, id))
                    .help("list each page once"),
            );
            continue;
        }
        pages.extend(read_page(reader, id));
    }
    let contents: Vec<PageEntry> = pages.iter().flat_map(PagePlan::entries).collect();
    let given = if toml.name_art.is_some() { Given::Yes } else { Given::No };
    let variables: Vec<(String, String)> = toml.variables.into_iter().collect();
    let listed: Vec<&str> = toml.pages.get_ref().iter().map(|id| id.get_ref().as_str()).collect();
    let zones = zone::read(reader, file, toml.zones, (&pages, &listed, &variables), &mut read_page);
    check_right_pages(reader, &pages, &pages.iter().collect::<Vec<_>>());
    for zone in &zones {
        let issued = pages.iter().map(|page| zone.pages.iter().find(|own| own.id == page.id).unwrap_or(page));
        check_right_pages(reader, &zone.pages, &issued.collect::<Vec<_>>());
    }
    for pages in zones.iter().map(|zone| &zone.pages).chain([&pages]) {
        // A page that cannot be read has been told about; what ids it has is not known.
        if !lost {
            check_references(reader, pages, &contents);
        }
        check_art(reader, pages, &layout, given);
    }
    let mut edition = Edition {
        paper: toml.paper,
        edition: toml.edition,
        date: date?,
        revision: toml.revision,
        level: toml.level.into(),
        issue: toml.issue,
        total_issue: toml.total_issue,
        name_art: toml.name_art.as_ref().map(|art| name_art(file, art)),
        contents,
        variables,
        said: said(&reader.sources[file.0 as usize].text),
        spread: (pages.iter().chain(zones.iter().flat_map(|zone| &zone.pages)))
            .any(|page| page.right.is_some())
            .then(|| layout.spread()),
        layout,
        faces,
        condition: condition?,
        stories: list,
        pages,
        zones: Vec::new(),
    };
    let torn = any_error(&reader.notes);
    check_parts(reader, &edition.layout, &edition.pages, &edition.stories, torn);
    for zone in &zones {
        check_parts(reader, &edition.layout, &zone.pages, &edition.stories, torn);
        zone::check(reader, zone, &edition);
    }
    edition.zones = zones;
    Some(edition)
}

/// The right page of a spread is a page like others: none of all the pages it is issued with has its id.
fn check_right_pages(reader: &mut Reader<'_>, own: &[PagePlan], all: &[&PagePlan]) {
    for spread in own {
        let Some(right) = spread.entries().into_iter().nth(1) else { continue };
        let others = all.iter().filter(|page| page.id != spread.id).flat_map(|page| page.entries());
        if spread.id == right.id || others.into_iter().any(|other| other.id == right.id) {
            reader.note(
                Diagnostic::error(
                    "page-twice",
                    format!("the right page of the spread `{}` is `{}`, and so is another page", spread.id, right.id),
                )
                .at(spread.typed.clone())
                .help("take the other out of `pages`, or give the right page an `id` of its own under `[right]`"),
            );
        }
    }
}

/// The text of an edition's file in one form, without its pages, zones and variables.
fn said(text: &str) -> String {
    let Ok(mut table) = toml::from_str::<toml::Table>(text) else { return String::new() };
    for own in ["pages", "variables", "zone"] {
        table.remove(own);
    }
    table.to_string()
}

fn date(reader: &mut Reader<'_>, file: FileId, toml: &Spanned<Datetime>) -> Option<Date> {
    let date = toml.get_ref().date.and_then(|date| Date::new(date.year, date.month, date.day));
    if date.is_none() {
        reader.note(
            Diagnostic::error("date", "an edition's date is a day between 1900 and 2999")
                .at(span_of(file, toml))
                .help("write it as `date = 2022-09-05`"),
        );
    }
    date
}
