//! The only door to files: what a job may read, from where, and how much of it.
//!
//! The command line gives directories, tests give a map. No path leaves its place: no absolute
//! path, no `..`, no symbolic link that ends outside.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Where a path starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// The house (root): `fonts/`, `layouts/`, `profiles/`.
    House,
    /// The edition's folder: pages, stories, photographs.
    Edition,
}

/// Bytes that can be read in part: a font is never read whole to shape with it.
#[derive(Clone, Debug)]
pub enum Blob {
    /// Held in memory.
    Memory(Arc<[u8]>),
    /// On disk, opened anew for each read.
    Disk {
        /// The resolved path.
        path: Arc<Path>,
        /// Its length when it was opened.
        len: u64,
    },
}

impl Blob {
    /// How many bytes there are.
    pub fn len(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Disk { len, .. } => *len,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `len` bytes from `offset` on.
    ///
    /// # Errors
    /// `UnexpectedEof` if they are not all there, or what the disk says.
    pub fn read_at(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        if offset.checked_add(len as u64).is_none_or(|end| end > self.len()) {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file is shorter than it says"));
        }
        match self {
            Self::Memory(bytes) => {
                let start = usize::try_from(offset).map_err(io::Error::other)?;
                Ok(bytes[start..start + len].to_vec())
            }
            Self::Disk { path, .. } => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(offset))?;
                let mut bytes = vec![0; len];
                file.read_exact(&mut bytes)?;
                Ok(bytes)
            }
        }
    }

    /// Copies stretches of it to the same places of an image of it, opening the file once.
    ///
    /// # Errors
    /// `UnexpectedEof` for a stretch that the file or the image does not have, or what the disk says.
    pub fn fill(&self, image: &mut [u8], stretches: &[Range<usize>]) -> io::Result<()> {
        let short = || io::Error::new(io::ErrorKind::UnexpectedEof, "the file is shorter than it says");
        match self {
            Self::Memory(bytes) => {
                for stretch in stretches {
                    let room = image.get_mut(stretch.clone()).ok_or_else(short)?;
                    room.copy_from_slice(bytes.get(stretch.clone()).ok_or_else(short)?);
                }
            }
            Self::Disk { path, .. } => {
                let mut file = File::open(path)?;
                for stretch in stretches {
                    let room = image.get_mut(stretch.clone()).ok_or_else(short)?;
                    file.seek(SeekFrom::Start(stretch.start as u64))?;
                    file.read_exact(room)?;
                }
            }
        }
        Ok(())
    }

    /// All of it, if it is at most `limit` bytes long.
    ///
    /// # Errors
    /// `FileTooLarge` beyond the limit, or what the disk says.
    pub fn read_all(&self, limit: u64) -> io::Result<Vec<u8>> {
        if self.len() > limit {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("{} bytes, and at most {limit} are read", self.len()),
            ));
        }
        self.read_at(0, usize::try_from(self.len()).map_err(io::Error::other)?)
    }
}

/// Everything a job may read.
pub trait Files: Sync {
    /// Opens a file by its path within a place, written with `/`.
    ///
    /// # Errors
    /// `InvalidInput` for a path that would leave its place, `NotFound`, or what the disk says.
    fn open(&self, place: Place, path: &str) -> io::Result<Blob>;
}

/// Refuses a path that could leave its place by what it says.
fn within(path: &str) -> io::Result<&Path> {
    if path.contains('\\') {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "write `/` between folders, not `\\`"));
    }
    let relative = Path::new(path);
    let plain = !path.is_empty() && relative.components().all(|part| matches!(part, Component::Normal(_)));
    if plain {
        Ok(relative)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leaves the project folder"))
    }
}

/// Files on disk, kept inside two directories.
#[derive(Debug)]
pub struct Disk {
    house: PathBuf,
    edition: PathBuf,
}

impl Disk {
    /// The two directories, resolved.
    ///
    /// # Errors
    /// What the disk says if one of them is not there.
    pub fn new(house: &Path, edition: &Path) -> io::Result<Self> {
        Ok(Self { house: house.canonicalize()?, edition: edition.canonicalize()? })
    }
}

impl Files for Disk {
    fn open(&self, place: Place, path: &str) -> io::Result<Blob> {
        let base = match place {
            Place::House => &self.house,
            Place::Edition => &self.edition,
        };
        let resolved = base.join(within(path)?).canonicalize()?;
        if !resolved.starts_with(base) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a symbolic link leads out of the project folder",
            ));
        }
        let about = resolved.metadata()?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is not a file"));
        }
        Ok(Blob::Disk { path: resolved.into(), len: about.len() })
    }
}

/// Files in memory, for tests and embedders.
#[derive(Debug, Default, Clone)]
pub struct Memory {
    files: BTreeMap<(Place, String), Arc<[u8]>>,
}

impl Memory {
    /// Adds or replaces a file.
    pub fn put(&mut self, place: Place, path: &str, bytes: &[u8]) {
        self.files.insert((place, path.to_owned()), bytes.into());
    }
}

impl Files for Memory {
    fn open(&self, place: Place, path: &str) -> io::Result<Blob> {
        within(path)?;
        self.files
            .get(&(place, path.to_owned()))
            .map(|bytes| Blob::Memory(Arc::clone(bytes)))
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_its_place() {
        let outside = tempfile::tempdir().expect("a directory");
        let inside = tempfile::tempdir().expect("a directory");
        std::fs::write(outside.path().join("secret"), "x").expect("a file");
        std::fs::write(inside.path().join("story.toml"), "y").expect("a file");
        let disk = Disk::new(inside.path(), inside.path()).expect("both are there");
        assert_eq!(disk.open(Place::Edition, "story.toml").expect("inside").len(), 1);
        let absolute = outside.path().join("secret");
        for path in
            ["../secret", "a/../../secret", "", "./story.toml", absolute.to_str().expect("UTF-8"), "a\\b"]
        {
            assert!(disk.open(Place::Edition, path).is_err(), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, inside.path().join("link")).expect("a link");
            let refused = disk.open(Place::Edition, "link").expect_err("it leads outside");
            assert!(refused.to_string().contains("symbolic link"));
        }
    }

    #[test]
    fn reads_are_bounded() {
        let blob = Blob::Memory(Arc::from(&b"abcdef"[..]));
        assert_eq!(blob.read_at(2, 3).expect("there"), b"cde");
        assert!(blob.read_at(4, 3).is_err());
        assert!(blob.read_at(u64::MAX, 1).is_err());
        assert!(blob.read_all(5).is_err());
        let mut image = [0; 6];
        blob.fill(&mut image, &[4..6, 0..2]).expect("there");
        assert_eq!(&image, b"ab\0\0ef");
        for (room, beyond) in [(6, 5..7), (8, 5..7), (8, 7..9)] {
            assert!(blob.fill(&mut vec![0; room], &[beyond, 0..1]).is_err());
        }
    }
}
