//! Copyfitting: stories that do not fit their blocks, and the ladder of their house, into ones that do,
//! or into the nearest to it, with the steps that were taken.
//!
//! A ladder is climbed step by step. Most steps are a story's own; those of a group's stories that the
//! ladder says are taken alike are taken by all of them, if that makes more of them fit.

mod desk;
mod taken;

use self::desk::{Desk, Tried, settings};
use super::story::{Part, SetStory, compose_story};
use crate::diag::Checked;
use crate::flow::exact::MOST_ROWS;
use crate::model::copyfit::{Fitting, Ladder, Step};
use crate::model::story::Story;
use crate::text::shape::Shapers;

/// How far up a ladder a story may go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// To its end.
    Whole,
    /// Until it would jump.
    BeforeJump,
}

/// A story to be fitted, over its parts.
pub(super) type Member<'a> = (&'a [Part<'a>], &'a Story);

/// The ladder of a story by its parts.
pub(super) fn ladder_of<'a>(parts: &[Part<'a>]) -> Option<&'a Ladder> {
    parts[0].block.ladder.map(|ladder| &parts[0].layout.ladders[ladder])
}

/// Composes a story by itself.
pub(super) fn fit_story(member: Member<'_>, reach: Reach, shapers: &Shapers<'_>) -> Checked<SetStory> {
    fit_stories(&[member], reach, shapers).swap_remove(0)
}

/// Composes stories that have one ladder, those that do not fit as they are by its steps. Two and more
/// are a group. Without a ladder paragraphs are set tighter or wider, and nothing else is done.
pub(super) fn fit_stories(
    members: &[Member<'_>],
    reach: Reach,
    shapers: &Shapers<'_>,
) -> Vec<Checked<SetStory>> {
    let Some(ladder) = members.first().and_then(|(parts, _)| ladder_of(parts)) else {
        let fitting = Fitting { lines: MOST_ROWS, ..Fitting::default() };
        let plain = |(parts, story): &Member<'_>| compose_story(parts, story, &fitting, shapers);
        return members.iter().map(plain).collect();
    };
    let jump = ladder.steps.iter().position(|step| *step == Step::Jump);
    let end = jump.filter(|_| reach == Reach::BeforeJump).unwrap_or(ladder.steps.len());
    let group = Group {
        desks: members.iter().map(|(parts, story)| Desk { parts, story, shapers }).collect(),
        steps: &ladder.steps[..end],
        alike: if members.len() > 1 { &ladder.alike } else { &[] },
    };
    let plain = group.desks.iter().map(|desk| desk.tried(Fitting::default())).collect();
    let best = group.eased(group.climb(plain));
    let done = group.desks.iter().zip(best);
    done.map(|(desk, best)| {
        let steps = desk.taken(&best, group.steps, group.alike);
        let used_up = best.is_open();
        let Tried { mut set, .. } = best;
        set.value.fit.steps = steps;
        if used_up {
            for note in set.notes.iter_mut().filter(|note| matches!(note.code.0, "overset" | "underset")) {
                let used = format!("the copyfit ladder `{}` is used up", ladder.name);
                note.help =
                    Some(note.help.take().map_or_else(|| used.clone(), |help| format!("{help}; {used}")));
            }
        }
        set
    })
    .collect()
}

/// Stories that are fitted together.
struct Group<'a, 's> {
    desks: Vec<Desk<'a, 's>>,
    /// The steps of their ladder.
    steps: &'a [Step],
    /// Those that all of them take alike.
    alike: &'a [Step],
}

impl Group<'_, '_> {
    /// Takes the steps in their order until all fit.
    fn climb(&self, plain: Vec<Tried>) -> Vec<Tried> {
        let mut best = plain;
        for (place, step) in self.steps.iter().enumerate() {
            let milder = &self.steps[..place];
            best = if step.leaves_out() {
                self.shortened(best, *step, milder)
            } else {
                self.stepped(best, *step, milder)
            };
        }
        best
    }

    /// What is left out by a step is left out one by one, and the `milder` steps before it are taken
    /// anew each time: by all, if one of them is taken alike, and otherwise by the story alone.
    fn shortened(&self, from: Vec<Tried>, step: Step, milder: &[Step]) -> Vec<Tried> {
        let alike = milder.iter().any(|step| self.alike.contains(step));
        let mut best = from;
        for (nth, desk) in self.desks.iter().enumerate() {
            let again = if alike { 0..self.desks.len() } else { nth..nth + 1 };
            while best[nth].is_open() && best[nth].over() > 0 {
                let Some(next) = desk.without_more(&best[nth].fitting, step) else { break };
                let mut shorter = best.clone();
                shorter[nth].fitting = next;
                for own in again.clone() {
                    let movable = milder.iter().filter(|step| !step.leaves_out());
                    let fitting = shorter[own].fitting.clone();
                    let undone = movable.fold(fitting, |fitting, step| fitting.without(*step));
                    shorter[own] = self.desks[own].tried(undone);
                }
                for (place, mild) in milder.iter().enumerate() {
                    if alike {
                        shorter = self.stepped(shorter, *mild, &milder[..place]);
                    } else if shorter[nth].is_open() {
                        shorter[nth] = desk.stepped(shorter[nth].clone(), *mild);
                    }
                }
                // What leaves more empty than was over is no help.
                if distance(&shorter) >= distance(&best) {
                    break;
                }
                best = shorter;
            }
        }
        best
    }

    /// The best that a step makes of those that do not fit, at the least of it that does.
    fn stepped(&self, from: Vec<Tried>, step: Step, milder: &[Step]) -> Vec<Tried> {
        if self.alike.contains(&step) {
            return self.stepped_alike(from, step, milder);
        }
        let own = self.desks.iter().zip(from);
        own.map(|(desk, own)| if own.is_open() { desk.stepped(own, step) } else { own }).collect()
    }

    /// The same of a step that all of them take alike. Those that it leaves over or short take their own
    /// milder steps anew.
    fn stepped_alike(&self, from: Vec<Tried>, step: Step, milder: &[Step]) -> Vec<Tried> {
        let open = |over: bool| from.iter().any(|own| own.is_open() && (own.over() > 0) == over);
        let ways: Vec<bool> = [true, false].into_iter().filter(|over| open(*over)).collect();
        let before: Vec<Option<Tried>> =
            self.desks.iter().zip(&from).map(|(desk, own)| desk.before(own, step)).collect();
        let mut best = from;
        for over in ways {
            for nth in 0..settings(&Fitting::default(), step, over).len() {
                if !best.iter().any(Tried::is_open) {
                    return best;
                }
                let moved = self.desks.iter().zip(&best).map(|(desk, own)| {
                    let next = settings(&own.fitting, step, over).into_iter().nth(nth);
                    next.map_or_else(|| own.clone(), |next| desk.tried(next))
                });
                let moved: Vec<Tried> = moved.collect();
                let mut each = moved.iter().zip(&before);
                if each.any(|(own, before)| before.as_ref().is_some_and(|before| own.is_only_white(before))) {
                    continue;
                }
                let moved =
                    self.desks.iter().zip(moved).map(|(desk, moved)| {
                        let own_steps = milder.iter().filter(|step| !self.alike.contains(step));
                        own_steps.fold(moved, |moved, step| {
                            if moved.is_open() { desk.stepped(moved, *step) } else { moved }
                        })
                    });
                let moved: Vec<Tried> = moved.collect();
                if distance(&moved) < distance(&best) {
                    best = moved;
                }
            }
        }
        best
    }

    /// The settings without those of their steps that they fit without, the last first.
    fn eased(&self, best: Vec<Tried>) -> Vec<Tried> {
        let mut best = best;
        for step in self.steps.iter().rev() {
            let eased = self.desks.iter().zip(&best).map(|(desk, own)| {
                let fitting = own.fitting.without(*step);
                let eases = fitting != own.fitting && own.fits();
                eases.then(|| desk.tried(fitting)).filter(Tried::fits)
            });
            let eased: Vec<Option<Tried>> = eased.collect();
            if !self.alike.contains(step) || eased.iter().all(Option::is_some) {
                best = eased.into_iter().zip(best).map(|(eased, own)| eased.unwrap_or(own)).collect();
            }
        }
        best
    }
}

/// How far stories are from printing: how many of them something is wrong with, how many do not fit,
/// and by how many rows in all.
fn distance(stories: &[Tried]) -> (usize, usize, i64) {
    let count = |is: fn(&Tried) -> bool| stories.iter().filter(|own| is(own)).count();
    let rows = stories.iter().map(|own| own.over().abs()).sum();
    (count(|own| !own.is_sound()), count(|own| !own.fits()), rows)
}
