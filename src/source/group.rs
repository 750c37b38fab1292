//! `copyfit` and `[[group]]` of a page: the ladder of each story that begins on it, and which of them
//! are fitted together.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::block::BlockToml;
use super::copyfit::{Asked, ladder_asked};
use super::{Reader, span_of};
use crate::diag::{Diagnostic, FileId};
use crate::model::layout::Layout;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupToml {
    stories: Spanned<Vec<Spanned<String>>>,
    copyfit: Option<Spanned<String>>,
}

/// What a page says of ladders.
pub(super) struct PageLadders {
    /// What it says for all its stories.
    page: Asked,
    /// Its groups: their stories, by name, and what they say.
    groups: Vec<(Vec<String>, Asked)>,
}

/// Reads what a page says of ladders. `blocks` are those of its file.
pub(super) fn page_ladders(
    reader: &mut Reader<'_>,
    file: FileId,
    (copyfit, groups): (Option<&Spanned<String>>, &[GroupToml]),
    blocks: &[BlockToml],
    layout: &Layout,
) -> PageLadders {
    let page = ladder_asked(reader, file, copyfit, &layout.ladders);
    let wide = page.or(layout.ladder.map_or(Asked::Off, Asked::Ladder));
    let begins = |name: &str| {
        let first = |block: &&BlockToml| block.part.as_ref().is_none_or(|part| part.0 == 1);
        let named = |block: &BlockToml| block.story.as_ref().is_some_and(|story| story.get_ref() == name);
        blocks.iter().filter(first).any(named)
    };
    let mut known = BTreeSet::new();
    let mut read = Vec::new();
    for toml in groups {
        let stories = toml.stories.get_ref();
        if stories.len() < 2 {
            reader.note(
                Diagnostic::error("group-story", "a group has two stories at least")
                    .at(span_of(file, &toml.stories))
                    .help("list the stories that are fitted together, or give the one story's block the `copyfit`"),
            );
        }
        for name in stories {
            let (story, at) = (name.get_ref(), span_of(file, name));
            let begins = begins(story);
            if begins && known.insert(story.clone()) {
                continue;
            }
            let (message, remedy) = if begins {
                (format!("`{story}` is in a group already"), "list it in one group, once")
            } else {
                (
                    format!("`{story}` does not begin on this page"),
                    "a group is of stories whose first blocks stand on its page",
                )
            };
            reader.note(Diagnostic::error("group-story", message).at(at).help(remedy));
        }
        let own = ladder_asked(reader, file, toml.copyfit.as_ref(), &layout.ladders);
        if own.or(wide).ladder().is_none() {
            reader.note(
                Diagnostic::error("group-ladder", "the group has no ladder of copyfitting")
                    .at(span_of(file, &toml.stories))
                    .help("say which: `copyfit = \"…\"` in the group, the page, or as `[copyfit] default` of the layout"),
            );
        }
        read.push((stories.iter().map(|name| name.get_ref().clone()).collect(), own));
    }
    PageLadders { page: wide, groups: read }
}

impl PageLadders {
    /// The ladder of the story that a block begins, and the group that it is fitted with: what the block
    /// says, else the story, else its group, else the page, else the layout. A story for which a ladder
    /// is named by itself is fitted by that, alone.
    pub(super) fn of(
        &self,
        reader: &mut Reader<'_>,
        file: FileId,
        raw: &BlockToml,
        story: Asked,
        layout: &Layout,
    ) -> (Option<usize>, Option<usize>) {
        let (part, name) = (raw.part.as_ref().map_or(1, |part| part.0), raw.story.as_ref());
        let Some(name) = name.filter(|_| part == 1) else {
            if let Some(copyfit) = &raw.copyfit {
                reader.note(
                    Diagnostic::error("copyfit-part", "a ladder of copyfitting is of a whole story")
                        .at(span_of(file, copyfit))
                        .help("name it in the block where the story begins"),
                );
            }
            return (None, None);
        };
        let own = ladder_asked(reader, file, raw.copyfit.as_ref(), &layout.ladders).or(story);
        let of_group = |(stories, _): &(Vec<String>, Asked)| stories.contains(name.get_ref());
        let group = self.groups.iter().position(of_group);
        let said = group.map_or(Asked::Nothing, |group| self.groups[group].1);
        let group = group.filter(|_| matches!(own, Asked::Nothing));
        (own.or(said).or(self.page).ladder(), group)
    }
}
