//! How wide each character stands on an endless line.

use serde::Serialize;

use crate::text::para::PreparedPara;
use crate::unit::Len;

/// Widths in thousandths of the em.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Advances {
    /// Of the whole text.
    pub total: i64,
    /// Of each character: its box and the blank it keeps. A Han–Latin gap counts with the character
    /// before it; what several characters share is shared out.
    pub chars: Vec<i64>,
}

/// The widths of a paragraph's characters. `edges` trims the marks at both ends as a line's.
pub fn advances(para: &PreparedPara, edges: bool) -> Advances {
    let mut chars = vec![0_i64; para.text.chars().count()];
    let thousandths = |length: Len| i64::from(length.permille_of(para.size));
    let mut first = 0;
    for (idx, item) in para.items.iter().enumerate() {
        let count = para.text[item.bytes.start as usize..item.bytes.end as usize].chars().count().max(1);
        let (gap, last) = (&para.gaps[idx], idx + 1 == para.items.len());
        let width = if last && edges { gap.at_end } else { gap.width };
        let next = if last { Len::ZERO } else { gap.leads };
        let own = width - next;
        let advance = thousandths(item.advance);
        for nth in 0..count as i64 {
            let (from, to) = (advance * nth / count as i64, advance * (nth + 1) / count as i64);
            chars[first + nth as usize] += to - from;
        }
        chars[first + count - 1] += thousandths(own);
        if let Some(following) = chars.get_mut(first + count) {
            *following += thousandths(next);
        }
        first += count;
    }
    if let Some(start) = chars.first_mut() {
        *start += thousandths(if edges { para.start } else { para.lead });
    }
    Advances { total: chars.iter().sum(), chars }
}
