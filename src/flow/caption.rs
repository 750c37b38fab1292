//! The words under a picture: lines of about one length, no character alone.

use super::scored;
use crate::model::style::{Align, Composition};
use crate::text::linebreak::{Ending, LineCut};
use crate::text::measures::Measures;
use crate::text::para::PreparedPara;
use crate::text::total::{best, first_fit};
use crate::unit::Len;

/// The lines of a caption: as many as the fit rule takes, broken where they are even and read well
/// if the measure bears it. A caption that is justified is set like text.
pub fn balanced(para: &PreparedPara, measure: Len, rules: &Composition) -> Vec<LineCut> {
    let measures = Measures::all(measure);
    let first = first_fit(para, 0, &measures, usize::MAX);
    if para.align == Align::Justify {
        return best(para, 0, &measures, rules).lines;
    }
    let wide = |from: usize, to: usize| para.seen(from..to) + para.indent_at(from);
    let edges = match first.len() {
        2..=MOST_BALANCED => scored::edges(para, first.len(), Some(measure), wide),
        _ => None,
    };
    let Some(edges) = edges else { return first };
    let end = para.items.len();
    let line = |pair: &[usize]| {
        let (from, to) = (pair[0], pair[1]);
        let ending = if to == end { Ending::Last } else { Ending::Early };
        let measure = measure - para.indent_at(from);
        LineCut { items: from..to, natural: para.natural(from..to), measure, ending }
    };
    edges.windows(2).map(line).collect()
}

/// Longer captions are read as text.
const MOST_BALANCED: usize = 4;
