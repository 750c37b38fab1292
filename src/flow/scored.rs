//! Where a headline breaks that the desk did not mark: even lines, and no place that reads badly.
//!
//! Nothing is guessed about words: only marks, numbers, names of the lexicon and a few characters
//! that lean on the one before them are known.

use crate::text::class::Class;
use crate::text::kinsoku::RESCUE;
use crate::text::para::PreparedPara;
use crate::unit::Len;

/// A break after nothing that parts clauses: as bad as two lines an em and a half off the even.
const PLAIN: i64 = 4500;
/// A break after a particle that ends a phrase: 写在高原上的|青春答卷.
const AFTER_PARTICLE: i64 = 2000;
/// A line that opens with a character that leans back (composition of heads: 的 never opens a line).
const LEANS_BACK: i64 = 4000;
/// A discouraged break, for each of its points: a name is worse than a number and its unit.
const DISCOURAGED: i64 = 100;
/// Particles, suffixes and conjunctions that are read with what stands before them.
const LEANING: &str = "的了着过们吗呢吧啊和与及或等";
/// Those of them that rather end a line.
const ENDING: &str = "的了着过";
/// A heading or caption of more characters than this is not broken by score.
const LONGEST: usize = 200;
/// A quotation of more characters than this may be broken.
const LONGEST_QUOTATION: usize = 8;

/// Edges of `lines` lines, the first at 0, the last past the last item, none wider than `most`.
/// Nothing if the text cannot be broken so. `seen` says how wide a line of items looks.
pub(super) fn edges(
    para: &PreparedPara,
    lines: usize,
    most: Option<Len>,
    seen: impl Fn(usize, usize) -> Len,
) -> Option<Vec<usize>> {
    let end = para.items.len();
    // Every pair of places is weighed, and what is longer than this is no heading.
    if end > LONGEST {
        return None;
    }
    let even = i64::from(seen(0, end).permille_of(para.size)) / i64::try_from(lines.max(1)).ok()?;
    let quoted = quotations(para);
    let line = |from: usize, to: usize| {
        let wide = seen(from, to);
        let off = i64::from(wide.permille_of(para.size)) - even;
        let alone = para.items[from..to].iter().filter(|item| item.class.is_read()).take(2).count() < 2;
        let fits = most.is_none_or(|most| wide <= most);
        (fits && !alone).then(|| off.saturating_mul(off) / 1000 + if to < end { at(para, to) } else { 0 })
    };
    let may_break = |to: usize| {
        to == end || (para.gaps[to - 1].penalty < RESCUE && !quoted.iter().any(|(a, b)| *a < to && to < *b))
    };
    // Cheapest way to each place in so many lines; of equal ones the one that breaks later.
    let mut ways: Vec<Option<(i64, Vec<usize>)>> = vec![None; end + 1];
    ways[0] = Some((0, vec![0]));
    for _ in 0..lines {
        let mut next = vec![None; end + 1];
        for to in (1..=end).filter(|to| may_break(*to)) {
            for (from, way) in ways[..to].iter().enumerate() {
                let Some((cost, edges)) = way else { continue };
                let Some(more) = line(from, to) else { continue };
                let better = |(known, _): &(i64, Vec<usize>)| cost.saturating_add(more) <= *known;
                if next[to].as_ref().is_none_or(better) {
                    let edges = edges.iter().copied().chain([to]).collect();
                    next[to] = Some((cost.saturating_add(more), edges));
                }
            }
        }
        ways = next;
    }
    ways.pop()?.map(|(_, edges)| edges)
}

/// What a break before item `to` costs.
fn at(para: &PreparedPara, to: usize) -> i64 {
    let (before, after) = (&para.items[to - 1], &para.items[to]);
    let parts = before.class.closes() || matches!(before.class, Class::Space | Class::Dash);
    let leans = para.text[after.bytes.start as usize..].starts_with(|char| LEANING.contains(char));
    let ends = para.text[before.bytes.start as usize..].starts_with(|char| ENDING.contains(char));
    i64::from(para.gaps[to - 1].penalty) * DISCOURAGED
        + match (parts, ends) {
            (true, _) => 0,
            (false, true) => AFTER_PARTICLE,
            (false, false) => PLAIN,
        }
        + if leans { LEANS_BACK } else { 0 }
}

/// Titles in 《》 and short quotations: they stay whole.
fn quotations(para: &PreparedPara) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut found = Vec::new();
    for (idx, item) in para.items.iter().enumerate() {
        let rest = &para.text[item.bytes.start as usize..];
        match item.class {
            Class::Open => open.push((idx, rest.starts_with(['《', '〈']))),
            Class::Close => {
                if let Some((start, title)) = open.pop()
                    && (title || idx - start <= LONGEST_QUOTATION + 1)
                {
                    found.push((start, idx + 1));
                }
            }
            _ => {}
        }
    }
    found
}
