//! What can be wrong with a picture file, and what a desk should do about it.

use std::fmt;

/// Why a picture cannot be printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PictureError {
    /// There are no bytes.
    Empty,
    /// The bytes begin like no format that is read; the name if they are a known other format.
    Unknown(Option<&'static str>),
    /// A known format, but a variant of it that is not read.
    Unsupported(String),
    /// The file ends before the picture does.
    Truncated,
    /// The file contradicts itself; what the decoder said.
    Damaged(String),
    /// More pixels than are decoded.
    TooLarge {
        /// Width in pixels, as the file states it.
        width: u32,
        /// Height in pixels, as the file states it.
        height: u32,
    },
    /// A CMYK JPEG without Adobe's marker: whether 0 is bare paper or solid ink is anyone's guess.
    Polarity,
    /// A profile of the printing condition cannot be converted to.
    Condition(&'static str),
    /// The place on the page has no area.
    NoSpace,
}

impl PictureError {
    /// The file's parts claim more memory than a decoder may take.
    pub(super) fn greedy() -> Self {
        Self::Damaged("its parts claim more memory than 1 GiB".to_owned())
    }

    /// What a desk should do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "save it as JPEG, PNG or TIFF",
            Self::Unsupported(_) => "save it again as an 8-bit RGB or gray JPEG, PNG or TIFF",
            Self::Empty | Self::Truncated => "copy or download it again",
            Self::Damaged(_) => "copy it again, or open and save it anew",
            Self::TooLarge { .. } => "scale it down first",
            Self::Polarity => {
                "write `inverted = true` (255 is paper, as Photoshop has it) or `inverted = false` in its \
                 `[[picture]]`, or save it again as a CMYK TIFF"
            }
            Self::Condition(_) => "name an ICC output profile, CMYK for colour and gray for the black plate",
            Self::NoSpace => "give it a width and a height",
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty"),
            Self::Unknown(None) => write!(f, "this is not a picture that can be read"),
            Self::Unknown(Some(name)) => write!(f, "{name} files are not read"),
            Self::Unsupported(what) => write!(f, "{what}"),
            Self::Truncated => write!(f, "the file ends before the picture does"),
            Self::Damaged(what) => write!(f, "the file is damaged ({what})"),
            Self::TooLarge { width, height } => {
                write!(f, "{width} x {height} pixels are more than are read (200 megapixels, 1 GiB)")
            }
            Self::Polarity => write!(
                f,
                "this CMYK JPEG does not say whether 0 is paper or solid ink (it has no Adobe marker)"
            ),
            Self::Condition(what) => write!(f, "the printing condition cannot be used: {what}"),
            Self::NoSpace => write!(f, "the picture's place has no area"),
        }
    }
}

impl std::error::Error for PictureError {}
