//! Total-fit: the lines of a paragraph that are best together (CLREQ 2024-03, 3.5; the method of
//! Knuth and Plass 1981 over squeezed lines).
//!
//! A walk over the permitted breaks keeps, for each, the cheapest ways to reach it. Ways differ in
//! what later lines can feel: the line they are on where measures change or lines are counted, the
//! look of their last line, and whether it repeats a mark at its end. So the result is exact.

use super::kinsoku::RESCUE;
use super::linebreak::{Ending, LineCut, next_line};
use super::measures::Measures;
use super::para::PreparedPara;
use super::weigh::{Cost, POINT, Patience, Texture, Verdict, weigh};
use crate::model::style::Composition;

/// A paragraph set in lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The lines.
    pub lines: Vec<LineCut>,
    /// What they cost together, in thousandths of a point.
    pub cost: Cost,
}

/// One way to reach a break.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// The item that the next line starts with.
    item: u32,
    /// How many lines there are before it.
    lines: u32,
    cost: Cost,
    /// The way it goes on from.
    from: u32,
    texture: Texture,
    /// Whether the last two lines end in the same mark.
    repeats: bool,
}

/// How many lines more or fewer than the cheapest way has a counting search follows.
const DRIFT: u32 = 6;

/// How exactly a search tells lines apart, and what it may do.
#[derive(Clone, Copy)]
struct Search {
    /// Lines from this one on are alike.
    alike_from: u32,
    /// No way may have more lines.
    most_lines: u32,
    patience: Patience,
}

/// What is to be set: a paragraph from an item on, its rooms and rules.
#[derive(Clone, Copy)]
struct Task<'a> {
    para: &'a PreparedPara,
    from: usize,
    measures: &'a Measures,
    rules: &'a Composition,
}

/// The fit rule's lines of a paragraph from an item on, `most` at most, none of them weighed.
pub fn first_fit(para: &PreparedPara, from: usize, measures: &Measures, most: usize) -> Vec<LineCut> {
    let (mut lines, mut item) = (Vec::new(), from);
    while item < para.items.len() && lines.len() < most {
        let cut = next_line(para, item, measures.at(lines.len()));
        item = cut.items.end;
        lines.push(cut);
    }
    lines
}

/// The fit rule's lines of a paragraph from an item on, and what they cost.
pub fn first(para: &PreparedPara, from: usize, measures: &Measures, rules: &Composition) -> Solution {
    let task = Task { para, from, measures, rules };
    weighed(first_fit(para, from, measures, usize::MAX), &task)
}

/// The best lines of a paragraph from an item on: never more of them than the fit rule takes.
///
/// Where no setting keeps every rule, gaps open beyond their limit, then three marks in a row part;
/// where nothing helps, the fit rule's lines stand, the last of its endings [`Ending::Forced`].
pub fn best(para: &PreparedPara, from: usize, measures: &Measures, rules: &Composition) -> Solution {
    let first = first_fit(para, from, measures, usize::MAX);
    let task = Task { para, from, measures, rules };
    let bound = first.len() as u32;
    [Patience::Strict, Patience::Desperate]
        .into_iter()
        .find_map(|patience| {
            let alike_from = measures.alike_from() as u32;
            let free = Search { alike_from, most_lines: u32::MAX, patience };
            let mut ways = walk(&task, free);
            let mut end = cheapest(&ways, para)?;
            if ways[end].lines > bound {
                ways = walk(&task, Search { alike_from: u32::MAX, most_lines: bound, ..free });
                end = cheapest(&ways, para)?;
            }
            Some(solution(&task, &ways, end))
        })
        .unwrap_or_else(|| weighed(first, &task))
}

/// The best lines for each number of lines that a paragraph can be set in, fewest first; no gap of
/// theirs opens beyond its limit.
pub fn by_count(para: &PreparedPara, from: usize, measures: &Measures, rules: &Composition) -> Vec<Solution> {
    let task = Task { para, from, measures, rules };
    let search = Search { alike_from: u32::MAX, most_lines: u32::MAX, patience: Patience::Strict };
    let ways = walk(&task, search);
    let mut ends = ends(&ways, para);
    ends.sort_by_key(|way| (ways[*way].lines, ways[*way].cost));
    ends.dedup_by_key(|way| ways[*way].lines);
    ends.into_iter().map(|end| solution(&task, &ways, end)).collect()
}

/// All ways that a search finds; the first is the paragraph's start.
fn walk(task: &Task<'_>, search: Search) -> Vec<Way> {
    let para = task.para;
    let weights = &task.rules.weights;
    let start = Way {
        item: task.from as u32,
        lines: 0,
        cost: 0,
        from: u32::MAX,
        texture: Texture::Even,
        repeats: false,
    };
    let mut ways = vec![start];
    let mut active: Vec<u32> = vec![0];
    let mut reached: Vec<Way> = Vec::new();
    // A way that is dearer than another by more than later lines could ever pay back is dropped.
    let payback = Cost::from(weights.texture + weights.same_mark) * POINT;
    let end = para.items.len();
    for to in task.from + 1..=end {
        let penalty = para.gaps[to - 1].penalty;
        let rescues = penalty == RESCUE && search.patience == Patience::Desperate;
        if penalty >= RESCUE && !rescues && to != end {
            continue;
        }
        let breaks = if to == end { 0 } else { Cost::from(penalty) * POINT };
        reached.clear();
        active.retain(|idx| {
            let way = ways[*idx as usize];
            let from = way.item as usize;
            let measure = task.measures.at(way.lines as usize) - para.indent_at(from);
            match weigh(para, from, to, measure, task.rules, search.patience) {
                Verdict::TooWide => return false,
                Verdict::Wide | Verdict::TooShort => {}
                Verdict::Sets(_) if way.lines >= search.most_lines => {}
                Verdict::Sets(line) => {
                    let mut next = Way {
                        item: to as u32,
                        lines: way.lines + 1,
                        cost: way.cost + line.cost + breaks,
                        from: *idx,
                        texture: line.texture,
                        repeats: false,
                    };
                    if from > task.from {
                        next.cost += clash(way.texture, line.texture) * Cost::from(weights.texture) * POINT;
                        next.repeats = ends_alike(para, from, to);
                        if next.repeats && way.repeats {
                            next.cost += Cost::from(weights.same_mark) * POINT;
                        }
                    }
                    if to == end {
                        next.cost += runt(task, from);
                    }
                    keep(&mut reached, next, search.alike_from);
                }
            }
            true
        });
        // A search that counts lines keeps near what is cheapest: a paragraph of a book would else
        // have hundreds of ways to each of its breaks.
        let usual = reached.iter().min_by_key(|way| way.cost).map_or(0, |way| way.lines);
        if search.alike_from == u32::MAX {
            reached.retain(|way| way.lines.abs_diff(usual) <= DRIFT);
        }
        let class = |way: &Way| way.lines.min(search.alike_from);
        for way in &reached {
            let least =
                reached.iter().filter(|other| class(other) == class(way)).map(|other| other.cost).min();
            if least.is_none_or(|least| way.cost <= least + payback) {
                active.push(ways.len() as u32);
                ways.push(*way);
            }
        }
    }
    ways
}

/// Keeps the better of two ways that later lines cannot tell apart: lower cost, then fewer lines,
/// then the later break.
fn keep(reached: &mut Vec<Way>, next: Way, alike_from: u32) {
    let key = |way: &Way| (way.lines.min(alike_from), way.texture, way.repeats);
    match reached.iter_mut().find(|way| key(way) == key(&next)) {
        // Ways are looked at from the earliest break on, so the newer of two equals breaks later.
        Some(way) if (next.cost, next.lines) <= (way.cost, way.lines) => *way = next,
        Some(_) => {}
        None => reached.push(next),
    }
}

/// Ways that reach the paragraph's end.
fn ends(ways: &[Way], para: &PreparedPara) -> Vec<usize> {
    (1..ways.len()).filter(|way| ways[*way].item as usize == para.items.len()).collect()
}

fn cheapest(ways: &[Way], para: &PreparedPara) -> Option<usize> {
    ends(ways, para).into_iter().min_by_key(|way| (ways[*way].cost, ways[*way].lines))
}

/// The lines of a way.
fn solution(task: &Task<'_>, ways: &[Way], end: usize) -> Solution {
    let mut edges = Vec::new();
    let mut way = end;
    while way != 0 {
        edges.push(ways[way].item as usize);
        way = ways[way].from as usize;
    }
    edges.push(task.from);
    edges.reverse();
    let lines = edges.windows(2).enumerate().map(|(line, pair)| cut(task, line, pair[0], pair[1])).collect();
    Solution { lines, cost: ways[end].cost }
}

/// A line of a solution, and why it ends where it does.
fn cut(task: &Task<'_>, line: usize, from: usize, to: usize) -> LineCut {
    let para = task.para;
    let measure = task.measures.at(line) - para.indent_at(from);
    let natural = para.natural(from..to);
    let end = para.items.len();
    let fits = |longer: usize| para.natural(from..longer) <= measure;
    let ending = if to == end {
        Ending::Last
    } else if natural > measure {
        Ending::PushedIn
    } else {
        let more: Vec<usize> = (to + 1..=end).take_while(|longer| fits(*longer)).collect();
        let could = more.iter().any(|longer| para.gaps[*longer - 1].penalty < RESCUE || *longer == end);
        match (more.is_empty(), could) {
            (true, _) => Ending::Full,
            (false, true) => Ending::Early,
            (false, false) => Ending::PushedOut,
        }
    };
    LineCut { items: from..to, natural, measure, ending }
}

/// Lines that nothing weighed, with what they would have cost as far as they can be set.
fn weighed(lines: Vec<LineCut>, task: &Task<'_>) -> Solution {
    let cost = lines
        .iter()
        .map(|line| {
            let (from, to) = (line.items.start, line.items.end);
            match weigh(task.para, from, to, line.measure, task.rules, Patience::Desperate) {
                Verdict::Sets(weighed) => weighed.cost,
                Verdict::TooWide | Verdict::Wide | Verdict::TooShort => super::weigh::LOOSER,
            }
        })
        .fold(0, Cost::saturating_add);
    Solution { lines, cost }
}

/// 孤字: what a last line that starts at `from` costs for being short (CLREQ 2024-03, 3.4.4). A
/// paragraph of one line has none.
fn runt(task: &Task<'_>, from: usize) -> Cost {
    if from == 0 {
        return 0;
    }
    let weights = &task.rules.weights;
    match task.para.spoken(from, 3) {
        0 | 1 => Cost::from(weights.runt) * POINT,
        2 => Cost::from(weights.short_last) * POINT,
        _ => 0,
    }
}

/// 1 for an open line beside a tight one.
fn clash(one: Texture, other: Texture) -> Cost {
    Cost::from(matches!((one, other), (Texture::Tight, Texture::Open) | (Texture::Open, Texture::Tight)))
}

/// Whether the lines before `from` and before `to` end in the same mark.
fn ends_alike(para: &PreparedPara, from: usize, to: usize) -> bool {
    let mark = |end: usize| {
        let item = &para.items[end - 1];
        if para.gaps[end - 1].hyphen.is_some() {
            return Some("-");
        }
        item.class.closes().then(|| &para.text[item.bytes.start as usize..item.bytes.end as usize])
    };
    mark(from).is_some() && mark(from) == mark(to)
}
