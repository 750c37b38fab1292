//! The pages of a plan as others refer to them: one, or the two of a spread (跨版).

use super::plan::PagePlan;

/// A page as others refer to it. Each page of a spread has its own id, number and section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageEntry {
    /// Its id, such as `A02`.
    pub id: String,
    /// Its page number (版次).
    pub number: u16,
    /// Its section.
    pub section: String,
}

impl PagePlan {
    /// Its pages, from left to right.
    pub fn entries(&self) -> Vec<PageEntry> {
        let left = PageEntry { id: self.id.clone(), number: self.number, section: self.section.clone() };
        let right = self.right.as_ref().map(|right| PageEntry {
            id: right.id.clone().unwrap_or_else(|| next_id(&self.id, self.number + 1)),
            number: self.number + 1,
            section: right.section.clone().unwrap_or_else(|| self.section.clone()),
        });
        [left].into_iter().chain(right).collect()
    }

    /// The id of its page of a number.
    pub fn id_of(&self, number: u16) -> String {
        let own = self.entries().into_iter().find(|entry| entry.number == number);
        own.map_or_else(|| self.id.clone(), |entry| entry.id)
    }

    /// What it is called on the plate and in its PDF: the ids of its pages, `A02` or `A08–A09`.
    pub fn name(&self) -> String {
        let ids: Vec<String> = self.entries().into_iter().map(|entry| entry.id).collect();
        ids.join("–")
    }

    /// The values that its page of a number has by itself, the later of two before the earlier.
    pub fn variables_of(&self, number: u16) -> impl Iterator<Item = &(String, String)> {
        let right = self.right.as_ref().filter(|_| number != self.number);
        self.variables.iter().chain(right.into_iter().flat_map(|right| &right.variables))
    }
}

/// The id that follows one: the next of its last digits, `A09` after `A08`; of one without digits
/// at its end, the page's number with it, `sport-9`.
fn next_id(id: &str, number: u16) -> String {
    let stem = id.trim_end_matches(|char: char| char.is_ascii_digit());
    let digits = &id[stem.len()..];
    match digits.parse::<u32>().ok().and_then(|count| count.checked_add(1)) {
        Some(next) => format!("{stem}{next:0width$}", width = digits.len()),
        None => format!("{id}-{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::next_id;

    #[test]
    fn an_id_is_followed_by_the_next() {
        for (id, next) in [
            ("A08", "A09"),
            ("A8", "A9"),
            ("B02", "B03"),
            ("09", "10"),
            ("T-098", "T-099"),
            ("sport", "sport-9"),
            ("A4294967295", "A4294967295-9"),
        ] {
            assert_eq!(next_id(id, 9), next);
        }
    }
}
