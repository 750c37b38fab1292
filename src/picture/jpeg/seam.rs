//! Means of blocks in, the mark that a flipped bit leaves out.
//!
//! Each block's mean is written as its difference to the last, so a bit flipped in one of them
//! makes the whole rest of the picture lighter, darker or another colour, and every code is still
//! a code. What shows is a seam: from the middle of a row to the same place in the next, everything
//! is off by one amount from what stands above it, and above and below the seam nothing is.
//! Pictures have edges, but none that runs so.

/// Least jump that counts, in levels of 255: less is hardly seen.
const JUMP: i32 = 8;

/// The means of one component's blocks, in levels, one for each unit of the scan.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail(Vec<i16>);

impl Trail {
    /// Adds the mean of the next unit, as a first coefficient: eight times the level.
    pub(super) fn follow(&mut self, coefficient: i64) {
        let level = (coefficient / 8).clamp(-1024, 1024);
        self.0.push(i16::try_from(level).expect("it was clamped"));
    }

    /// Whether there is a seam; `across` units stand in a row.
    pub(super) fn has_seam(&self, across: usize) -> bool {
        // Fewer than eight could all be off by chance.
        across >= 8 && (across + 1..self.0.len().saturating_sub(across)).any(|at| self.is_seam(at, across))
    }

    fn level(&self, at: usize) -> i32 {
        i32::from(self.0[at])
    }

    /// Whether the unit at `at` and all up to the one below it are off by the same amount.
    fn is_seam(&self, at: usize, across: usize) -> bool {
        let jump = self.level(at) - self.level(at - 1);
        // At the start of a row it may well be an edge of the picture.
        if at.is_multiple_of(across) || jump.abs() < JUMP {
            return false;
        }
        let typical = self.typical_step(at, across);
        if typical.abs() < JUMP || typical.signum() != jump.signum() {
            return false;
        }
        let off = |unit: usize| self.level(unit) - self.level(unit - across);
        let near = |unit: &usize| (off(*unit) - typical).abs() <= (typical.abs() / 3).max(4);
        if (at..at + across).filter(near).count() * 10 < across * 9 {
            return false;
        }
        let calm = |start: usize| self.typical_step(start, across).abs() * 3 < typical.abs();
        let above = at < 2 * across || calm(at - across);
        let below = at + 2 * across > self.0.len() || calm(at + across);
        above && below
    }

    /// The median of a row's steps from the units above them.
    fn typical_step(&self, start: usize, across: usize) -> i32 {
        let mut steps: Vec<i32> =
            (start..start + across).map(|unit| self.level(unit) - self.level(unit - across)).collect();
        let (_, middle, _) = steps.select_nth_unstable(across / 2);
        *middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 20 units by 12, each level by its place.
    fn trail(level: impl Fn(i64, i64) -> i64) -> Trail {
        let mut trail = Trail::default();
        for unit in 0..240 {
            trail.follow(level(unit % 20, unit / 20) * 8);
        }
        trail
    }

    #[test]
    fn a_shift_in_the_middle_of_a_row_is_a_seam() {
        let ground = |x: i64, y: i64| (x * 7 + y * 3) % 11 + y;
        for start in [47, 101, 150, 199] {
            let shifted = trail(|x, y| ground(x, y) + if y * 20 + x >= start { 30 } else { 0 });
            assert!(shifted.has_seam(20), "{start}");
        }
        assert!(!trail(ground).has_seam(20));
    }

    #[test]
    fn edges_of_pictures_are_none() {
        assert!(!trail(|_, y| if y >= 6 { 90 } else { 0 }).has_seam(20), "a horizon");
        assert!(!trail(|x, _| if x >= 9 { 90 } else { 0 }).has_seam(20), "a mast");
        assert!(!trail(|x, y| if x + y >= 14 { 90 } else { 0 }).has_seam(20), "a slope");
        assert!(!trail(|x, y| if y >= 6 && x >= 7 { 90 } else { 0 }).has_seam(20), "a box");
        assert!(!trail(|x, y| (x * 53 + y * 97) % 100).has_seam(20), "leaves");
    }
}
