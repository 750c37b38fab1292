//! Inline matter: stretches of a text that are set otherwise than the rest, and how.

use crate::color::Ink;
use crate::model::style::FaceIdx;
use crate::unit::{Em, Len};

/// Which mark of a layout: an index into its list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct MarkIdx(pub u16);

/// How a marked stretch of text is set. What is not said stays as the paragraph has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkStyle {
    /// Its name in the layout.
    pub name: String,
    /// Other faces: bold type is a face of its own and never made from another.
    pub faces: Option<Vec<FaceIdx>>,
    /// Its size, as a share of the paragraph's.
    pub size: Em,
    /// How far it is raised, as a share of the paragraph's size; lowered when negative.
    pub raise: Em,
    /// Another ink.
    pub ink: Option<Ink>,
    /// Emphasis dots (着重号, GB/T 15834-2011 4.16).
    pub dots: bool,
    /// The width it is spread evenly over (均排), so that names of two and three characters align.
    pub even: Option<Em>,
}

/// How small type beside the line is set: pinyin, furigana (注音).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RubyStyle {
    /// Its faces.
    pub faces: Vec<FaceIdx>,
    /// Its size, as a share of the text's.
    pub size: Em,
    /// The smallest it is set, whatever the text's size.
    pub least: Len,
}

/// How a drop cap (首字下沉) is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DropCapStyle {
    /// Its faces.
    pub faces: Vec<FaceIdx>,
    /// Its ink.
    pub ink: Ink,
    /// White between it and the text beside it, at least, in ems of the text.
    pub apart: Em,
}
