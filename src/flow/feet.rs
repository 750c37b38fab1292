//! How columns end: 背题, 孤行 and 孤字 send a line over to the next column.

use crate::model::story::Role;
use crate::model::style::Composition;
use crate::room::Rooms;
use crate::text::linebreak::LineCut;
use crate::text::measures::Measures;
use crate::text::para::PreparedPara;
use crate::text::total::first_fit;

/// Where the first of a paragraph's remaining `lines` goes if it leaves its place empty: into the next leg, or,
/// a subhead over a picture that stands across its leg, under that. `paras` are that paragraph and those
/// after it. A leg that is empty keeps the line, and so does the last: there is nowhere to go.
pub(super) fn goes_over(
    paras: &[PreparedPara],
    lines: &[LineCut],
    rooms: &Rooms,
    place: usize,
    rules: &Composition,
) -> Option<usize> {
    let leg = rooms.legs[rooms.rooms[place].leg.0 as usize];
    if place == leg.first as usize {
        return None;
    }
    let opens = lines.first().is_some_and(|line| line.items.start == 0);
    let (goes, to) = match paras[0].role {
        Role::Subhead if opens => {
            (strands_subhead(paras, rooms, place, rules), place + rooms.left_adjoining(place))
        }
        Role::Subhead => return None,
        _ => (breaks_badly(&paras[0], lines, rooms, place, rules), rooms.leg_after(place)),
    };
    (goes && to < rooms.rooms.len()).then_some(to)
}

/// 背题: a subhead, with those that follow it at once, stands over enough lines of its own column,
/// and of what of that lies above a picture across it (CLREQ 2024-03, chapter 4, "handling of headings").
fn strands_subhead(paras: &[PreparedPara], rooms: &Rooms, place: usize, rules: &Composition) -> bool {
    let measures = Measures::all(rooms.rooms[place].measure);
    let left = rooms.left_adjoining(place);
    let heads = paras.iter().take_while(|para| para.role == Role::Subhead).count();
    let high: usize = paras[..heads]
        .iter()
        .map(|head| first_fit(head, 0, &measures, left).len() * usize::from(head.rows))
        .sum();
    let under =
        paras.get(heads).map_or(0, |para| usize::from(rules.lines_after_subhead) * usize::from(para.rows));
    left < high + under
}

/// 孤行 and 孤字 (CLREQ 2024-03, 3.4.4): whether a paragraph, cut at the end of this leg, would leave
/// too few lines at its foot or too few at the head of the next, and this line goes over to mend it.
fn breaks_badly(
    para: &PreparedPara,
    lines: &[LineCut],
    rooms: &Rooms,
    place: usize,
    rules: &Composition,
) -> bool {
    let at_head = usize::from(rules.lines_at_head).max(1);
    let at_foot = match para.role {
        Role::Body => usize::from(rules.lines_at_foot).max(1),
        _ => 1,
    };
    let here = rooms.left_in_leg(place) / usize::from(para.rows);
    // No rule takes more lines than these out of a leg, so nothing above them is looked at.
    if here >= at_foot + at_head.max(2) - 1 || lines.len() <= here {
        return false;
    }
    let over = lines.len() - here;
    let runt = over == 1 && is_runt(para, lines[here].items.start);
    let short = if runt { at_head.saturating_sub(over).max(1) } else { at_head.saturating_sub(over) };
    let stay = here.saturating_sub(short);
    stay < if lines[0].items.start == 0 { at_foot } else { 1 }
}

/// Whether the rest of a paragraph is at most one character and its marks (孤字).
pub fn is_runt(para: &PreparedPara, from: usize) -> bool {
    para.spoken(from, 2) < 2
}
