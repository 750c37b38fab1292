//! Delivered advertisements: a page of somebody else's PDF, as parts that a page of ours can hold.
//!
//! Nothing of it is redrawn: its content, fonts and colours stay as they are. What is folded into a
//! matrix is how its page lies (boxes, rotation), and its objects are numbered anew in the order
//! in which they are needed, so that the same file gives the same bytes. Whether it may be printed
//! at all is for the judge to say; here it is only refused what cannot be read within bounds or
//! would look otherwise inside another page.

mod error;
mod leaf;
mod parts;
pub mod place;
#[cfg(test)]
mod tests;

pub use error::AdError;

use crate::pdf::bounds::Work;
use crate::pdf::lexer::Fault;
use crate::pdf::object::Dict;
use crate::pdf::reader;
use crate::unit::Len;

use leaf::Leaf;
pub(crate) use parts::Part;

/// Largest file that is read: a full broadsheet page in photographs has some 20 MB.
pub const LARGEST_FILE: u64 = 128 << 20;

/// An advertisement of a job.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct AdIdx(pub u32);

/// A page of a PDF, ready to be placed.
#[derive(Clone, PartialEq, Debug)]
pub struct Ad {
    /// Width of its trimmed page as it is seen.
    pub width: Len,
    /// Height of its trimmed page as it is seen.
    pub height: Len,
    /// The condition that it says it is made for, by its registered name.
    pub condition: Option<String>,
    /// How many notes, links and form fields lie on it, which are left out.
    pub annotations: usize,
    /// Spot inks in its resources, by the names of their plates, sorted.
    pub spots: Vec<String>,
    /// Its trimmed page in its own coordinates, in thousandths of a point: left, bottom, right, top.
    pub(crate) trim: [i64; 4],
    /// The same with its bleed: its bleed box as far as the page shows it.
    pub(crate) bleed: [i64; 4],
    /// From its own coordinates to an upright page that starts at 0 0: four of -1, 0 and 1, then
    /// two in thousandths of a point (PDF Reference 1.4, 4.2.3).
    pub(crate) matrix: [i64; 6],
    /// Its content, unfolded.
    pub(crate) content: Vec<u8>,
    /// Its resources; what they refer to is among its parts.
    pub(crate) resources: Dict,
    /// Its transparency group, if it has one.
    pub(crate) group: Option<Dict>,
    /// Its objects: a reference to object `n` means `parts[n - 1]`.
    pub(crate) parts: Vec<Part>,
}

/// A page of a PDF, counted from 1.
///
/// # Errors
/// The file cannot be read within [`crate::pdf::bounds`], has no such page, or the page cannot
/// stand on another one as it is.
pub fn read(bytes: &[u8], page: u16) -> Result<Ad, AdError> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(AdError::Large);
    }
    let mut work = Work::default();
    let mut lost = Vec::new();
    let pdf = reader::read(bytes, &mut lost, &mut work).map_err(|refusal| AdError::Unreadable(refusal.0))?;
    if pdf.trailer.has("Encrypt") {
        return Err(AdError::Encrypted);
    }
    // Nothing is mended: an object that cannot be read may be the one that holds the price.
    if let Some(first) = lost.into_iter().next() {
        return Err(AdError::Unreadable(first));
    }
    let leaf = Leaf::find(&pdf, page)?;
    let (trim, matrix) = leaf.upright()?;
    let bleed = leaf.bleed(trim);
    let content = leaf.content(&mut work)?;
    let mut collector = parts::Collector::new(&pdf);
    let resources = collector.dict(leaf.resources())?;
    let group = leaf.group().map(|group| collector.dict(group)).transpose()?;
    let (parts, spots) = collector.parts()?;
    let [_, _, width, height] = upright(trim, matrix);
    Ok(Ad {
        width: thousandths(width),
        height: thousandths(height),
        condition: leaf.condition(),
        annotations: leaf.annotations(),
        spots,
        trim,
        bleed,
        matrix,
        content,
        resources,
        group,
        parts,
    })
}

impl Ad {
    /// How much of its bleed there is on each side of the page as it is seen: left, bottom, right,
    /// top, in thousandths of a point.
    pub(crate) fn bleeds(&self) -> [i64; 4] {
        let [_, _, width, height] = upright(self.trim, self.matrix);
        let [left, bottom, right, top] = upright(self.bleed, self.matrix);
        [-left, -bottom, right - width, top - height]
    }

    /// The same advertisement as a larger page, with as much of its bleed on each side as
    /// [`Self::bleeds`] counts it.
    #[must_use]
    pub(crate) fn opened(&self, [left, bottom, right, top]: [i64; 4]) -> Self {
        let [_, _, width, height] = upright(self.trim, self.matrix);
        let [a, b, c, d, e, f] = self.matrix;
        // The way back: a matrix that only turns is undone by its columns for rows.
        let own = |x: i64, y: i64| ((x - e) * a + (y - f) * b, (x - e) * c + (y - f) * d);
        let (one, other) = (own(-left, -bottom), own(width + right, height + top));
        Self {
            width: thousandths(width + left + right),
            height: thousandths(height + bottom + top),
            trim: [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)],
            matrix: [a, b, c, d, e + left, f + bottom],
            ..self.clone()
        }
    }
}

/// A box in own coordinates, as the matrix puts it upright.
fn upright(corners: [i64; 4], [a, b, c, d, e, f]: [i64; 6]) -> [i64; 4] {
    let point = |x: i64, y: i64| (a * x + c * y + e, b * x + d * y + f);
    let (one, other) = (point(corners[0], corners[1]), point(corners[2], corners[3]));
    [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
}

/// So many thousandths of a point.
fn thousandths(count: i64) -> Len {
    Len::pt(1).scale(count, 1000)
}

/// Why something cannot be read.
fn unreadable(what: &str, fault: Fault) -> AdError {
    let why = match fault {
        Fault::Broken(why) => why.to_owned(),
        Fault::Refused(refusal) => refusal.0,
    };
    AdError::Unreadable(format!("{what}: {why}"))
}
