//! Room for lines, as data: where each line of a thread may stand and how wide it is.

use std::cmp::Ordering;

use crate::geom::{Axis, Rect};
use crate::unit::Len;

/// Which column of a thread: an index into its legs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct LegIdx(pub u32);

/// Room for one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineRoom {
    /// The column it is in.
    pub leg: LegIdx,
    /// Its row in the grid its leg stands on; rooms of a leg ascend.
    pub row: i32,
    /// Where it starts along the line, from the trim's edge.
    pub inline: Len,
    /// Where it starts across the lines: the near side of its row, from the trim's edge as
    /// [`Axis::place`] counts.
    pub block: Len,
    /// Its width (行长).
    pub measure: Len,
}

impl LineRoom {
    /// This room, starting so much later along the line.
    #[must_use]
    pub fn inset(self, by: Len) -> Self {
        Self { inline: self.inline + by, measure: self.measure - by, ..self }
    }

    /// Whether another room is a part of this one's row.
    pub fn holds(&self, other: &Self) -> bool {
        (self.leg, self.row) == (other.leg, other.row)
            && self.inline <= other.inline
            && other.inline + other.measure <= self.inline + self.measure
    }

    /// The room of a line this deep that starts here.
    pub fn rect(&self, axis: Axis, depth: Len) -> Rect {
        axis.place(self.inline, self.block, self.measure, depth)
    }
}

/// One column of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leg {
    /// First of its rooms.
    pub first: u32,
    /// How many rooms it has.
    pub count: u32,
    /// Rooms at its foot that its block declared short: leaving them empty is no fault.
    pub spare: u32,
}

/// All the room a story has, in the order it is filled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rooms {
    /// Every room, leg after leg.
    pub rooms: Vec<LineRoom>,
    /// The first room from which on all have the same measure, and those of a leg start alike.
    alike_from: usize,
    /// The legs.
    pub legs: Vec<Leg>,
}

impl Rooms {
    /// Adds a leg of `count` rooms on consecutive rows, `pitch` apart. `first` is the first of them,
    /// whatever leg it names; `spare` counts rows that the block declares short.
    pub fn push_leg(&mut self, first: LineRoom, count: u32, spare: u32, pitch: Len) {
        let leg = LegIdx(self.legs.len() as u32);
        self.legs.push(Leg { first: self.rooms.len() as u32, count, spare });
        self.rooms.extend((0..count).map(|idx| LineRoom {
            leg,
            row: first.row + idx as i32,
            block: first.block + pitch.times(i64::from(idx)),
            ..first
        }));
        self.compare();
    }

    /// The first room from which on all have the same measure, and those of a leg start alike.
    pub fn alike_from(&self) -> usize {
        self.alike_from
    }

    /// The first room after the leg of room `place`.
    pub fn leg_after(&self, place: usize) -> usize {
        place + self.left_in_leg(place)
    }

    /// Looks for the last change of measure or start.
    fn compare(&mut self) {
        let change = self.rooms.windows(2).rposition(|pair| {
            let moved = pair[0].leg == pair[1].leg && pair[0].inline != pair[1].inline;
            moved || pair[0].measure != pair[1].measure
        });
        self.alike_from = change.map_or(0, |before| before + 1);
    }

    /// Puts what is left of it in the place of each room of the leg that was added last: rooms of the
    /// same row, in reading order.
    pub fn cut_rooms_of_last_leg(&mut self, mut left: impl FnMut(&LineRoom) -> Vec<LineRoom>) {
        let Some(leg) = self.legs.last_mut() else { return };
        let first = leg.first as usize;
        let kept: Vec<LineRoom> = self.rooms.drain(first..).flat_map(|room| left(&room)).collect();
        leg.count = kept.len() as u32;
        self.rooms.extend(kept);
        self.compare();
    }

    /// Adds the legs of other rooms after these.
    pub fn append(&mut self, other: Self) {
        let (rooms, legs) = (self.rooms.len() as u32, self.legs.len() as u32);
        self.legs.extend(other.legs.iter().map(|leg| Leg { first: leg.first + rooms, ..*leg }));
        let moved = |room: &LineRoom| LineRoom { leg: LegIdx(room.leg.0 + legs), ..*room };
        self.rooms.extend(other.rooms.iter().map(moved));
        self.compare();
    }

    /// Takes the first room away, for a line that is not of the thread.
    pub fn take_first(&mut self) -> Option<LineRoom> {
        (!self.rooms.is_empty()).then(|| self.take(0))
    }

    /// Takes the last room away, for a line that is not of the thread.
    pub fn take_last(&mut self) -> Option<LineRoom> {
        self.rooms.len().checked_sub(1).map(|last| self.take(last))
    }

    /// Ends a leg a row higher, as if its block declared it so. Nothing if it has one row or none.
    pub fn shorten(&mut self, leg: usize) -> Option<LineRoom> {
        let Leg { first, count, .. } = *self.legs.get(leg)?;
        let last = (count > 1).then(|| (first + count - 1) as usize)?;
        self.legs[leg].spare += 1;
        Some(self.take(last))
    }

    /// Takes away rooms that would hold a stray line each: those beside `taken`, which were taken from the
    /// head of the first leg for lines that are not of the thread, where nothing follows on these rows in
    /// that leg nor in theirs, but what stands across them.
    pub fn drop_strays(&mut self, taken: &[LineRoom]) {
        let (Some(first), Some(last)) = (taken.first(), taken.last()) else { return };
        let (head, foot) = (first.row, last.row);
        let of_leg = |rooms: &Self, leg: &Leg| {
            rooms.rooms[leg.first as usize..(leg.first + leg.count) as usize].to_vec()
        };
        let goes_on = |own: &[LineRoom]| own.iter().any(|room| room.row == foot + 1);
        let Some(own) = self.legs.first().map(|leg| of_leg(self, leg)) else { return };
        if own.is_empty() || own.iter().any(|room| room.row <= foot) || goes_on(&own) {
            return;
        }
        for leg in 1..self.legs.len() {
            let own = of_leg(self, &self.legs[leg]);
            let strays = own.iter().take_while(|room| (head..=foot).contains(&room.row)).count();
            if strays == own.len() || goes_on(&own) {
                continue;
            }
            let first = self.legs[leg].first as usize;
            (0..strays).for_each(|_| {
                self.take(first);
            });
        }
    }

    fn take(&mut self, place: usize) -> LineRoom {
        let room = self.rooms.remove(place);
        for (idx, leg) in self.legs.iter_mut().enumerate() {
            match idx.cmp(&(room.leg.0 as usize)) {
                Ordering::Less => {}
                Ordering::Equal => leg.count -= 1,
                Ordering::Greater => leg.first -= 1,
            }
        }
        self.compare();
        room
    }

    /// The first place from `from` on with `rows` adjoining rows in one leg that a line can take
    /// together.
    pub fn find(&self, from: usize, rows: u16) -> Option<usize> {
        (from..self.rooms.len()).find(|&start| self.together(start, rows).is_some())
    }

    /// The same, with rooms that all start alike and hold `least` together, as a drop cap and the lines
    /// beside it need them.
    pub fn find_flush(&self, from: usize, rows: u16, least: Len) -> Option<usize> {
        (from..self.rooms.len()).find(|&start| {
            let flush = |room: &LineRoom| room.inline == self.rooms[start].inline;
            self.together(start, rows).is_some_and(|room| room.measure >= least)
                && self.rooms[start..start + usize::from(rows)].iter().all(flush)
        })
    }

    /// The room that a line of `rows` rows has from a place on: what the rooms have in common,
    /// where they adjoin and that is at least half of the widest. Beside a slanting edge it is narrower
    /// than any of them; the two sides of an obstacle have nothing in common.
    pub fn together(&self, start: usize, rows: u16) -> Option<LineRoom> {
        let rooms = self.rooms.get(start..start.checked_add(usize::from(rows))?)?;
        let first = *rooms.first()?;
        let adjoin = (0..).zip(rooms).all(|(idx, room)| (room.leg, room.row - first.row) == (first.leg, idx));
        if !adjoin {
            return None;
        }
        let inline = rooms.iter().map(|room| room.inline).max()?;
        let end = rooms.iter().map(|room| room.inline + room.measure).min()?;
        let widest = rooms.iter().map(|room| room.measure).max()?;
        let measure = end - inline;
        (measure > Len::ZERO && measure.times(2) >= widest).then_some(LineRoom { inline, measure, ..first })
    }

    /// How many rooms there are from room `at` on, that room included, before its leg ends or something
    /// stands across it.
    pub fn left_adjoining(&self, at: usize) -> usize {
        let left = &self.rooms[at..at + self.left_in_leg(at)];
        let apart = left.windows(2).position(|pair| pair[1].row - pair[0].row > 1);
        apart.map_or(left.len(), |last| last + 1)
    }

    /// How many rooms are left in the leg of room `at`, that room included.
    pub fn left_in_leg(&self, at: usize) -> usize {
        let leg = self.legs[self.rooms[at].leg.0 as usize];
        (leg.first + leg.count) as usize - at
    }
}
