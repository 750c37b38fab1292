//! Fits a heading to its width: kicker, headline and deck into sizes, lines and rows.
//!
//! Lines break where the desk marked a break by sense, or, without marks, where they read best;
//! sizes come from the layout's list. A vertical heading (竖题) is the same on the other axis.

use super::scored;
use crate::diag::{Checked, Diagnostic};
use crate::geom::Axis;
use crate::model::layout::{HeadLine, HeadStyle, Layout};
use crate::model::plan::{Aside, HeadPart, HeadPlace, HeadSide, KickerPlace};
use crate::model::story::{Paragraph, Role, Story, Title};
use crate::model::style::{Align, Language, ParaStyle};
use crate::text::class::Class;
use crate::text::linebreak::{Ending, LineCut};
use crate::text::para::PreparedPara;
use crate::text::prepare::prepare;
use crate::text::setting::Setting;
use crate::text::shape::Shapers;
use crate::unit::{Em, Len};

/// Which line of a heading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Part {
    /// 引题.
    Kicker,
    /// 主题.
    Headline,
    /// 副题.
    Deck,
}

/// One line of a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetHeadLine {
    /// Which part it is of.
    pub part: Part,
    /// Its prepared text, of which this line sets a piece.
    pub para: PreparedPara,
    /// That piece.
    pub cut: LineCut,
    /// From the heading's top to this line's baseline; of a vertical heading, from its right edge to
    /// this line's middle.
    pub stands: Len,
    /// Where along the heading's width it starts and how long it may be, if not all of it.
    pub along: Option<(Len, Len)>,
}

/// A heading, set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetHead {
    /// Which way its lines run.
    pub axis: Axis,
    /// Its lines, top to bottom.
    pub lines: Vec<SetHeadLine>,
    /// Size of the headline.
    pub size: Len,
    /// Lines of the headline.
    pub headline_lines: u16,
    /// How much of its width the headline's longest line fills, in thousandths.
    pub fill: u16,
    /// Rows it takes.
    pub rows: u16,
    /// The lines of a part that stands in a strip aside, from its right edge; none without one.
    pub aside: Vec<SetHeadLine>,
}

/// A title prepared at a size and cut into lines.
struct Cut {
    para: PreparedPara,
    lines: Vec<LineCut>,
    widest: Len,
}

/// What a heading is fitted by: its place, style, width and the layout.
#[derive(Clone, Copy)]
pub struct HeadRoom<'a> {
    /// Its place in the page file.
    pub place: &'a HeadPlace,
    /// Its style.
    pub style: &'a HeadStyle,
    /// Which way its lines run.
    pub axis: Axis,
    /// The language of its words.
    pub language: Language,
    /// Length along the line that it may fill.
    pub length: Len,
    /// Depth across the lines that it has, if that is given.
    pub depth: Option<Len>,
    /// From its top to the foot of its block, where a part of it stands aside.
    pub below: Len,
    /// The layout: sizes, rows, rules of composition.
    pub layout: &'a Layout,
}

/// Sets a story's heading: the largest size of the list that fits, unless the page file gives one.
pub fn set_head(story: &Story, room: &HeadRoom<'_>, shapers: &Shapers<'_>) -> Checked<SetHead> {
    let mut notes = Vec::new();
    let (place, style, lexicon) = (room.place, room.style, story.lexicon.as_slice());
    let aside = place.aside.map(|aside| aside.part);
    let beside = place.kicker_at == KickerPlace::Beside && room.axis == Axis::Horizontal;
    // What stands aside or beside is fitted apart from the stack.
    let kicker = if aside == Some(HeadPart::Kicker) {
        None
    } else {
        let own = if beside { HeadRoom { length: room.length.half(), ..*room } } else { *room };
        fixed(&story.kicker, &style.kicker, place.kicker_size, &own, shapers, &mut notes)
    };
    let deck = if aside == Some(HeadPart::Deck) {
        None
    } else {
        fixed(&story.deck, &style.deck, place.deck_size, room, shapers, &mut notes)
    };
    let (kicker, shoulder) = if beside { (None, kicker) } else { (kicker, None) };
    let taken = shoulder.as_ref().map_or(Len::ZERO, |cut| cut.widest + SHOULDER_APART.at(cut.para.size));
    let (whole, room) = (room, &HeadRoom { length: room.length - taken, ..*room });
    let around = height_around(kicker.as_ref(), deck.as_ref(), style);
    let row = room.layout.grid.row;
    // A size that the page file gives may fill all of the width; the fit report says if it is much.
    let most = match place.size {
        Some(_) => room.length,
        None => room.length.scale(i64::from(room.layout.head_fill.1), 1000),
    };
    // A desk that gives both size and rows has decided on the white as well, and so has one that
    // gives the width of a strip.
    let least_white = match (place.size, room.axis) {
        (None, Axis::Horizontal) => row.times(i64::from(style.white_rows)),
        _ => Len::ZERO,
    };
    let room_high = room.depth.map(|depth| depth - least_white);
    let sizes: Vec<Len> = match place.size {
        Some(size) => vec![size],
        None => room
            .layout
            .head_sizes
            .iter()
            .rev()
            .copied()
            .filter(|size| *size <= style.headline.body.size)
            .collect(),
    };
    let allowed = match place.lines {
        Some(lines) => usize::from(lines)..=usize::from(lines),
        None => 1..=usize::from(style.headline.lines),
    };
    let fit = |cut: fn(&Title, &PreparedPara, usize, &HeadRoom<'_>) -> Option<Cut>| {
        sizes.iter().find_map(|size| {
            let para = prepare_title(&story.headline, &style.headline, *size, room, shapers, lexicon);
            let cut = allowed.clone().find_map(|lines| {
                let cut = cut(&story.headline, &para.value, lines, room)?;
                let high = around + depth(&cut, style.leading);
                let fits = cut.widest <= most && room_high.is_none_or(|room_high| high <= room_high);
                fits.then_some(cut)
            })?;
            Some((cut, *size, para.notes))
        })
    };
    // Marks are law. Without any, a head that fits no other way breaks where it reads best.
    let mut chosen = fit(cut_title);
    if chosen.is_none() && story.headline.breaks.is_empty() {
        chosen = fit(cut_by_score);
        notes.extend(chosen.as_ref().map(|(cut, _, _)| scored_note(story, cut)));
    }
    let (cut, size, missing) = chosen.unwrap_or_else(|| {
        notes.push(too_large(story, room));
        let size = sizes.last().copied().unwrap_or(style.headline.body.size);
        let para = prepare_title(&story.headline, &style.headline, size, room, shapers, lexicon);
        let cut = (1..=usize::from(style.headline.lines))
            .rev()
            .find_map(|lines| cut_title(&story.headline, &para.value, lines, room))
            .unwrap_or_else(|| Cut { para: para.value.clone(), lines: Vec::new(), widest: Len::ZERO });
        (cut, size, para.notes)
    });
    notes.extend(missing);
    let wide = cut.widest;
    let mut head = stack(kicker, cut, deck, size, whole);
    if let Some(shoulder) = shoulder {
        stand_beside(&mut head, shoulder, wide, whole);
    }
    if let Some(aside) = place.aside {
        head.aside = stand_aside(story, &head, aside, whole, shapers, &mut notes);
    }
    Checked { value: head, notes }
}

/// White between a kicker and the headline right of it, of the kicker's size.
const SHOULDER_APART: Em = Em(800);

/// Puts a kicker left of the headline (肩题), both together as the style aligns them, the kicker in the
/// middle of the headline's height.
fn stand_beside(head: &mut SetHead, kicker: Cut, wide: Len, room: &HeadRoom<'_>) {
    let (size, leading) = (kicker.para.size, room.style.leading);
    let gap = SHOULDER_APART.at(size);
    let spare = room.length - kicker.widest - gap - wide;
    let start = match room.style.align {
        Align::Justify | Align::Left => Len::ZERO,
        Align::Centre => spare.half(),
        Align::Right => spare,
    };
    let headline = || head.lines.iter().filter(|line| line.part == Part::Headline);
    let (Some(first), Some(last)) = (headline().next(), headline().next_back()) else { return };
    let top = first.stands - Em(880).at(head.size);
    let foot = last.stands + Em(120).at(head.size);
    let above = top + (foot - top - depth(&kicker, leading)).half();
    let right = start + kicker.widest + gap;
    for line in head.lines.iter_mut().filter(|line| line.part == Part::Headline) {
        line.along = Some((right, wide));
        line.cut.measure = wide.max(line.cut.natural);
    }
    let lines = kicker.lines.into_iter().enumerate().map(|(idx, mut cut)| {
        cut.measure = kicker.widest.max(cut.natural);
        let stands = above + leading.at(size).times(idx as i64) + Em(880).at(size);
        let along = Some((start, kicker.widest));
        SetHeadLine { part: Part::Kicker, para: kicker.para.clone(), cut, stands, along }
    });
    let lines: Vec<SetHeadLine> = lines.collect();
    head.lines.splice(0..0, lines);
    let filled = (kicker.widest + gap + wide).permille_of(room.length);
    head.fill = u16::try_from(filled).unwrap_or(u16::MAX);
}

/// Sets the part that stands aside, as vertical lines at the outer edge of their strip.
fn stand_aside(
    story: &Story,
    head: &SetHead,
    aside: Aside,
    room: &HeadRoom<'_>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<SetHeadLine> {
    let (place, style) = (room.place, room.style);
    let (part, title, line, size) = match aside.part {
        HeadPart::Kicker => (Part::Kicker, &story.kicker, &style.kicker, place.kicker_size),
        HeadPart::Deck => (Part::Deck, &story.deck, &style.deck, place.deck_size),
    };
    let length = (room.below - room.layout.grid.row.times(i64::from(head.rows))).max(Len::ZERO);
    let strip = HeadRoom { axis: Axis::Vertical, length, depth: Some(aside.width), ..*room };
    let Some(cut) = fixed(title, line, size, &strip, shapers, notes) else { return Vec::new() };
    let (size, deep) = (cut.para.size, depth(&cut, style.leading));
    let white = Em::HALF.at(size);
    if deep + white > aside.width {
        let mut note = Diagnostic::unfit(
            "head-wide",
            format!(
                "`{}` and its white are {} deep, and its strip is {} wide",
                title.text.text,
                deep + white,
                aside.width
            ),
        )
        .help("give the strip more `width`, or the part a smaller `kicker_size` or `deck_size`");
        note.at = title.text.typed(0..title.text.text.len() as u32);
        notes.push(note);
    }
    // What white there is lies between it and the text.
    let lead = match aside.side {
        HeadSide::Left => aside.width - deep,
        HeadSide::Right => Len::ZERO,
    };
    let lines = cut.lines.into_iter().enumerate().map(|(idx, own)| {
        let stands = lead + style.leading.at(size).times(idx as i64) + size.half();
        SetHeadLine { part, para: cut.para.clone(), cut: own, stands, along: None }
    });
    lines.collect()
}

/// A kicker or deck at its size: on as few lines as its width allows, broken at its marks, else where
/// it reads best.
fn fixed(
    title: &Title,
    line: &HeadLine,
    size: Option<Len>,
    room: &HeadRoom<'_>,
    shapers: &Shapers<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<Cut> {
    if title.text.is_empty() {
        return None;
    }
    let para = prepare_title(title, line, size.unwrap_or(line.body.size), room, shapers, &[]).take(notes);
    let fits = |cut: &Cut| cut.widest <= room.length;
    let marked =
        || (1..=usize::from(line.lines)).find_map(|lines| cut_title(title, &para, lines, room).filter(fits));
    let scored = || {
        (2..=usize::from(line.lines)).find_map(|lines| cut_by_score(title, &para, lines, room).filter(fits))
    };
    let cut = match marked() {
        Some(cut) => cut,
        None => match scored().filter(|_| title.breaks.is_empty()) {
            Some(cut) => cut,
            None => cut_title(title, &para, 1, room)?,
        },
    };
    if cut.widest > room.length {
        let mut note = Diagnostic::unfit(
            "head-wide",
            format!(
                "`{}` is {} wide at {}, and there is {}",
                title.text.text, cut.widest, cut.para.size, room.length
            ),
        )
        .help("give it a smaller `kicker_size` or `deck_size` in the block's `head`, a wider block, or mark breaks with `|`");
        note.at = title.text.typed(0..title.text.text.len() as u32);
        notes.push(note);
    }
    Some(cut)
}

/// Classifies, shapes and spaces a title at a size.
fn prepare_title(
    title: &Title,
    line: &HeadLine,
    size: Len,
    room: &HeadRoom<'_>,
    shapers: &Shapers<'_>,
    lexicon: &[String],
) -> Checked<PreparedPara> {
    let para = Paragraph { role: Role::Body, text: title.text.clone(), source_tag: 0..0, run_in: 0..0 };
    let mut body = line.body.clone();
    body.size = size;
    let style = ParaStyle {
        source_tag: body.faces.clone(),
        run_in: body.faces.clone(),
        body,
        align: room.style.align,
        indent: Em(0),
        han_space: Some(room.style.han_space),
        rows: 1,
        tracking: Em(0),
    };
    let setting =
        Setting { lexicon, axis: room.axis, language: room.language, ..Setting::plain(room.layout) };
    let mut checked = prepare(&para, &style, &setting, shapers);
    // Clauses that stay on one line part at their marked breaks. Where a line does end, the gap's
    // width is lost with it.
    let para = &mut checked.value;
    let places = title.breaks.iter().filter_map(|byte| para.item_at(*byte).checked_sub(1));
    let parted: Vec<usize> = places.filter(|gap| para.items[*gap].class != Class::Space).collect();
    para.widen(&parted, room.style.break_space.at(size));
    // 疏排: two or three characters are opened out (a quarter em to an em is the trade's).
    let gaps: Vec<usize> = (0..para.items.len().saturating_sub(1)).collect();
    if gaps.len() < 3 && para.items.iter().all(|item| item.class == Class::Han) {
        para.widen(&gaps, room.style.open_short.at(size));
    }
    checked
}

/// Cuts a title without marks into exactly `lines` lines where it reads best.
fn cut_by_score(_: &Title, para: &PreparedPara, lines: usize, room: &HeadRoom<'_>) -> Option<Cut> {
    let edges = scored::edges(para, lines, None, |from, to| para.seen(from..to))?;
    let widest = edges.windows(2).map(|pair| para.seen(pair[0]..pair[1])).max()?;
    Some(at_edges(para, &edges, widest, room))
}

/// Tells the desk where a head was broken.
fn scored_note(story: &Story, cut: &Cut) -> Diagnostic {
    let lines: Vec<&str> = cut.lines.iter().map(|line| cut.para.text_of(line.items.clone())).collect();
    let mut note = Diagnostic::warning(
        "head-scored",
        format!("the headline of `{}` was broken without marks: {}", story.id, lines.join("|")),
    )
    .help("if it reads badly so, mark its breaks with `|`");
    note.at = story.headline.text.typed(0..story.headline.text.text.len() as u32);
    note
}

/// Cuts a title into exactly `lines` lines at marked breaks, the longest as short as can be; of
/// cuts that are equal in that, the one whose shortest line is longest, then the first.
fn cut_title(title: &Title, para: &PreparedPara, lines: usize, room: &HeadRoom<'_>) -> Option<Cut> {
    let places: Vec<usize> = title.breaks.iter().map(|byte| para.item_at(*byte)).collect();
    let end = para.items.len();
    let mut best: Option<(Len, Len, Vec<usize>)> = None;
    choose(&places, lines.checked_sub(1)?, &mut Vec::new(), &mut |breaks| {
        let edges: Vec<usize> = std::iter::once(0).chain(breaks.iter().copied()).chain([end]).collect();
        if edges.windows(2).any(|pair| pair[0] >= pair[1]) {
            return;
        }
        let widths = || edges.windows(2).map(|pair| para.seen(pair[0]..pair[1]));
        let widest = widths().max().unwrap_or(Len::ZERO);
        let shortest = widths().min().unwrap_or(Len::ZERO);
        if best.as_ref().is_none_or(|(least, most, _)| (widest, *most) < (*least, shortest)) {
            best = Some((widest, shortest, edges));
        }
    });
    let (widest, _, edges) = best?;
    Some(at_edges(para, &edges, widest, room))
}

/// The lines between edges.
fn at_edges(para: &PreparedPara, edges: &[usize], widest: Len, room: &HeadRoom<'_>) -> Cut {
    let lines = edges
        .windows(2)
        .map(|pair| LineCut {
            items: pair[0]..pair[1],
            natural: para.natural(pair[0]..pair[1]),
            measure: room.length.max(widest),
            ending: Ending::Last,
        })
        .collect();
    Cut { para: para.clone(), lines, widest }
}

/// Every way to choose `count` of the places in order. Headlines have a handful of breaks.
fn choose(places: &[usize], count: usize, chosen: &mut Vec<usize>, found: &mut impl FnMut(&[usize])) {
    if count == 0 {
        return found(chosen);
    }
    for (idx, place) in places.iter().enumerate() {
        chosen.push(*place);
        choose(&places[idx + 1..], count - 1, chosen, found);
        chosen.pop();
    }
}

/// Height of kicker and deck with the white that parts them from the headline.
fn height_around(kicker: Option<&Cut>, deck: Option<&Cut>, style: &HeadStyle) -> Len {
    let high = |cut: &Cut| depth(cut, style.leading) + style.apart.at(cut.para.size);
    [kicker, deck].into_iter().flatten().map(high).sum()
}

/// How deep a part is across its lines, with the ruby over each of them.
fn depth(cut: &Cut, leading: Em) -> Len {
    let lines = cut.lines.len() as i64;
    let size = cut.para.size;
    size + leading.at(size).times((lines - 1).max(0)) + ruby(&cut.para).times(lines)
}

/// What ruby takes over each line of a title.
fn ruby(para: &PreparedPara) -> Len {
    para.rubies.iter().map(|ruby| ruby.run.size).max().unwrap_or(Len::ZERO)
}

/// A heading's width, as a message says it.
fn width(room: &HeadRoom<'_>) -> String {
    format!("{} of width", room.length)
}

/// A headline that no size it may take can set.
fn too_large(story: &Story, room: &HeadRoom<'_>) -> Diagnostic {
    let rows = room.place.rows.map_or_else(String::new, |rows| format!(" and {rows} rows"));
    let mut note = Diagnostic::unfit(
        "head-large",
        match room.place.size {
            Some(size) => {
                format!("the headline of `{}` does not fit {}{rows} at {size}", story.id, width(room))
            }
            None => format!(
                "the headline of `{}` does not fit {}{rows} at any size it may take",
                story.id,
                width(room)
            ),
        },
    )
    .help(if room.style.headline.lines == 1 && room.place.lines.is_none() {
        "give it more columns or rows, a smaller `size`, or more `lines`: its style has one"
    } else {
        "mark more breaks with `|`, give the heading more rows or columns, or a smaller `size`"
    });
    note.at = story.headline.text.typed(0..story.headline.text.text.len() as u32);
    note
}

/// Stacks the parts and centres them in their rows.
fn stack(kicker: Option<Cut>, headline: Cut, deck: Option<Cut>, size: Len, room: &HeadRoom<'_>) -> SetHead {
    let (style, row) = (room.style, room.layout.grid.row);
    let count = headline.lines.len();
    let high = height_around(kicker.as_ref(), deck.as_ref(), style) + depth(&headline, style.leading);
    let needed = (high + row.times(i64::from(style.white_rows))).rows(row).1;
    let rows = room.place.rows.unwrap_or(u16::try_from(needed).unwrap_or(u16::MAX));
    let fill = headline.widest.permille_of(room.length);
    // Raised or lowered, a heading stays inside its rows.
    let depth = room.depth.unwrap_or(row.times(i64::from(rows)));
    let spare = (depth - high).max(Len::ZERO);
    let mut top = (spare.half() - room.place.raise).max(Len::ZERO).min(spare);
    let mut lines = Vec::new();
    // An ideograph's em box stands 0.88 em over its baseline, half of it over a line's middle.
    let over = match room.axis {
        Axis::Horizontal => Em(880),
        Axis::Vertical => Em::HALF,
    };
    let mut push = |part: Part, cut: Cut, leading: Len, top: &mut Len| {
        let size = cut.para.size;
        let count = cut.lines.len();
        let ruby = ruby(&cut.para);
        for (idx, line) in cut.lines.into_iter().enumerate() {
            *top += ruby;
            let stands = *top + over.at(size);
            lines.push(SetHeadLine { part, para: cut.para.clone(), cut: line, stands, along: None });
            *top += if idx + 1 == count { size } else { leading };
        }
    };
    if let Some(cut) = kicker {
        let (apart, leading) = (style.apart.at(cut.para.size), style.leading.at(cut.para.size));
        push(Part::Kicker, cut, leading, &mut top);
        top += apart;
    }
    push(Part::Headline, headline, style.leading.at(size), &mut top);
    if let Some(cut) = deck {
        let leading = style.leading.at(cut.para.size);
        top += style.apart.at(cut.para.size);
        push(Part::Deck, cut, leading, &mut top);
    }
    SetHead {
        axis: room.axis,
        lines,
        size,
        headline_lines: count as u16,
        fill: u16::try_from(fill).unwrap_or(u16::MAX),
        rows,
        aside: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
