//! Converted photographs, the deflated profile and records of pages kept between builds, by content:
//! what was worked out once is not worked out again.
//!
//! An entry's name is a digest of all that its content follows from, so an entry is right or not
//! there; and it begins with a digest of itself, so a damaged one is not there either. A page has
//! the same bytes with the cache, without it, and with one that someone has tampered with.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;

use crate::fingerprint::{hex, sha256};
use crate::model::edition::Condition;
use crate::output::Intent;
use crate::picture::{self, Converted, Wanted};

/// Beyond this, entries that a build did not use are dropped.
const LARGEST: u64 = 256 << 20;
/// Largest entry that is read: a picture of 65 535 pixels a side could be larger, but is rare.
const LARGEST_ENTRY: u64 = 128 << 20;
/// How the names of entries end.
const SUFFIX: &str = ".kept";

/// Where converted photographs, the deflated profile and records of pages are kept. The default is
/// nowhere.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    reads_only: bool,
}

/// What an entry's content follows from.
pub(super) type Key = [u8; 32];

impl Cache {
    /// In a folder, which is made when there is something to keep.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder), reads_only: false }
    }

    /// The same, but nothing is added or dropped.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { reads_only: true, ..self }
    }

    /// The key of a photograph: its file's digest, how it is wanted, and a digest of the condition.
    pub(super) fn key(file: &[u8; 32], wanted: &Wanted, condition: &[u8; 32]) -> Key {
        let Wanted { width, height, focus, keep, gray, as_is, ink_saving, inverted } = *wanted;
        let keep = keep.map_or(Vec::new(), |keep| keep.map(u16::to_le_bytes).concat());
        let inverted = inverted.map_or(2, u8::from);
        sha256(&[
            &picture::VERSION.to_le_bytes(),
            file,
            condition,
            &width.units().to_le_bytes(),
            &height.units().to_le_bytes(),
            &[focus.0.to_le_bytes(), focus.1.to_le_bytes()].concat(),
            &keep,
            &[u8::from(gray), u8::from(as_is), u8::from(ink_saving), inverted],
        ])
    }

    /// The photograph that was kept under a key, if it is there and whole.
    pub(super) fn get(&self, key: &Key) -> Option<Converted> {
        picture::read(&self.load(key)?)
    }

    /// Keeps a photograph.
    pub(super) fn put(&self, key: &Key, converted: &Converted) {
        self.keep(key, &picture::write(converted));
    }

    /// A condition's output intent, with the profile that was kept or else is kept now, and its key.
    pub(super) fn intent(&self, condition: &Condition) -> (Intent, Key) {
        let key = sha256(&[b"profile", &Intent::VERSION.to_le_bytes(), &condition.profile]);
        if let Some(deflated) = self.load(&key) {
            return (Intent::with_deflated(condition, deflated), key);
        }
        let intent = Intent::new(condition);
        self.keep(&key, intent.deflated());
        (intent, key)
    }

    /// The content of an entry, if it is there and whole.
    pub(super) fn load(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.folder.as_ref()?.join(name(key));
        let mut file = File::open(path).ok()?;
        let (mut digest, mut content) = ([0; 32], Vec::new());
        file.read_exact(&mut digest).ok()?;
        file.take(LARGEST_ENTRY + 1).read_to_end(&mut content).ok()?;
        let whole = content.len() as u64 <= LARGEST_ENTRY && sha256(&[&content]) == digest;
        whole.then_some(content)
    }

    /// Keeps an entry. That the disk refuses costs time in the next build and nothing else.
    pub(super) fn keep(&self, key: &Key, content: &[u8]) {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.reads_only) else { return };
        let path = folder.join(name(key));
        let beside = folder.join(format!("{}.part", hex(key)));
        let write = || -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = File::create(&beside)?;
            file.write_all(&sha256(&[content]))?;
            file.write_all(content)?;
            drop(file);
            fs::rename(&beside, &path)
        };
        if write().is_err() {
            let _ = fs::remove_file(&beside);
        }
    }

    /// Drops entries that are not `used`, by name, until the rest is within bounds.
    pub(super) fn tidy(&self, used: &[Key]) {
        self.tidy_to(LARGEST, used);
    }

    fn tidy_to(&self, largest: u64, used: &[Key]) {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.reads_only) else { return };
        let Ok(listing) = fs::read_dir(folder) else { return };
        let used: BTreeSet<String> = used.iter().map(name).collect();
        let mut entries: Vec<(String, u64)> = listing
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().into_string().ok()?;
                let ours = name.ends_with(SUFFIX) && name.len() == 64 + SUFFIX.len();
                ours.then_some((name, entry.metadata().ok()?.len()))
            })
            .collect();
        entries.sort();
        let mut sum: u64 = entries.iter().map(|(_, size)| size).sum();
        for (name, size) in entries.into_iter().filter(|(name, _)| !used.contains(name)) {
            if sum <= largest {
                break;
            }
            if fs::remove_file(folder.join(name)).is_ok() {
                sum -= size;
            }
        }
    }
}

fn name(key: &Key) -> String {
    format!("{}{SUFFIX}", hex(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Coding, Crop, Peaks, Picture, Plates};
    use crate::unit::Len;

    fn converted(size: usize) -> Converted {
        let crop = Crop { x: 0, y: 0, width: 2, height: 3 };
        let picture = Picture {
            width: 2,
            height: 3,
            plates: Plates::Black,
            coding: Coding::Jpeg,
            data: vec![9; size].into(),
            inverted: false,
            shown: crop,
            peak_ink: 900,
            peaks: Peaks::default(),
        };
        Converted { picture, crop, needs: None, ppi: 200, notes: Vec::new() }
    }

    fn entries(cache: &Cache) -> usize {
        fs::read_dir(cache.folder.as_ref().expect("it has one")).map_or(0, Iterator::count)
    }

    #[test]
    fn what_was_kept_is_there_unless_it_was_damaged() {
        let folder = tempfile::tempdir().expect("a directory");
        let cache = Cache::at(folder.path().join("made/when/needed"));
        let key = [7; 32];
        assert_eq!(cache.get(&key), None);
        cache.clone().read_only().put(&key, &converted(50));
        assert_eq!(cache.get(&key), None, "it may not be written");
        cache.put(&key, &converted(50));
        assert_eq!(cache.get(&key), Some(converted(50)));
        assert_eq!((cache.get(&[8; 32]), Cache::default().get(&key), entries(&cache)), (None, None, 1));
        let path = cache.folder.as_ref().expect("it has one").join(name(&key));
        let good = fs::read(&path).expect("the entry");
        for at in [0, 31, 32, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&path, &bad).expect("a file");
            assert_eq!(cache.get(&key), None, "{at}");
        }
        for length in [0, 10, 32, good.len() - 1] {
            fs::write(&path, &good[..length]).expect("a file");
            assert_eq!(cache.get(&key), None, "{length}");
        }
    }

    #[test]
    fn only_what_is_over_the_bound_and_unused_is_dropped() {
        let folder = tempfile::tempdir().expect("a directory");
        let cache = Cache::at(folder.path().to_owned());
        for key in 0..10 {
            cache.put(&[key; 32], &converted(1000));
        }
        fs::write(folder.path().join("a letter"), [0; 5000]).expect("a file");
        cache.tidy_to(100_000, &[]);
        assert_eq!(entries(&cache), 11);
        cache.tidy_to(6000, &[[1; 32], [8; 32]]);
        assert!(cache.get(&[1; 32]).is_some() && cache.get(&[8; 32]).is_some());
        assert!(cache.get(&[0; 32]).is_none() && cache.get(&[9; 32]).is_some());
        cache.tidy_to(0, &[[1; 32], [8; 32]]);
        assert_eq!(entries(&cache), 3);
    }

    #[test]
    fn everything_that_decides_the_picture_decides_the_key() {
        let base = Wanted::new(Len::mm(50), Len::mm(40));
        let others = [
            base,
            Wanted { width: Len::mm(51), ..base },
            Wanted { height: Len::mm(41), ..base },
            Wanted { focus: (500, 501), ..base },
            Wanted { keep: Some([0, 0, 10, 10]), ..base },
            Wanted { gray: true, ..base },
            Wanted { as_is: true, ..base },
            Wanted { ink_saving: true, ..base },
            Wanted { inverted: Some(true), ..base },
            Wanted { inverted: Some(false), ..base },
        ];
        let mut keys: Vec<Key> = others.iter().map(|wanted| Cache::key(&[1; 32], wanted, &[2; 32])).collect();
        keys.push(Cache::key(&[3; 32], &base, &[2; 32]));
        keys.push(Cache::key(&[1; 32], &base, &[3; 32]));
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }
}
