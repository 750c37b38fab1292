//! Furniture of a page besides the folio line: nameplate, ears, footer, panels. What the layout says
//! of their looks, and what a page file puts into them.

use super::grid::Cells;
use super::story::Text;
use super::style::TypeStyle;
use crate::color::Ink;
use crate::diag::Span;
use crate::geom::Rect;
use crate::model::style::Align;
use crate::unit::{Em, Len};

/// A strip of rows across the type area: a nameplate or a footer. Places in it are from its top left
/// corner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Strip {
    /// Its name in the layout.
    pub name: String,
    /// Rows of the type area that it takes.
    pub rows: u16,
    /// What it says.
    pub items: Vec<StripItem>,
    /// Its rules.
    pub rules: Vec<StripRule>,
    /// Its boxes.
    pub boxes: Vec<StripBox>,
}

/// Something said in a strip: the folio line (报眉), a nameplate, a footer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StripItem {
    /// What it says, with variables such as `{paper}`.
    pub text: String,
    /// Its type.
    pub body: TypeStyle,
    /// Which side of its room: see [`StripPlace`].
    pub place: StripPlace,
    /// From that side inwards.
    pub inset: Len,
    /// From the strip's top to its baseline.
    pub baseline: Len,
    /// Left edge and width of its room, from the strip's left edge; the whole strip if not given.
    pub room: Option<(Len, Len)>,
    /// White between its characters, of its size.
    pub apart: Em,
}

/// Where in its room something stands. Outer and inner follow the page number's parity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StripPlace {
    /// The side away from the fold.
    Outer,
    /// The middle.
    Centre,
    /// The side of the fold.
    Inner,
    /// The left side.
    Left,
    /// The right side.
    Right,
}

/// A rule in a strip.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StripRule {
    /// Its look: an index into the layout's rules.
    pub rule: usize,
    /// From the strip's left edge.
    pub left: Len,
    /// From the strip's top.
    pub top: Len,
    /// Which way it runs, and how far.
    pub run: StripRun,
}

/// Which way a rule runs in a strip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StripRun {
    /// Across, as far as the type area does.
    ToTheRight,
    /// Across, so far.
    Across(Len),
    /// Down, so far.
    Down(Len),
}

/// A box in a strip: a frame, a ground, or both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StripBox {
    /// Where, from the strip's corner.
    pub rect: Rect,
    /// Its frame: an index into the layout's rules.
    pub frame: Option<usize>,
    /// The ink behind it.
    pub ground: Option<Ink>,
}

/// A nameplate (报头): a strip at the head of the type area, in place of the folio line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nameplate {
    /// What it says; its rows count from the top of the type area.
    pub strip: Strip,
    /// Its ears (报眼): left, right.
    pub ears: [Option<Ear>; 2],
    /// Where the paper's name stands as a picture, if it does.
    pub art: Option<Rect>,
}

/// A box beside the paper's name, which each issue fills anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ear {
    /// Where, from the strip's corner.
    pub rect: Rect,
    /// How its matter is set: an index into the layout's panels.
    pub panel: usize,
}

/// How a panel is set: a box with a title, text, and lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelStyle {
    /// Its name in the layout.
    pub name: String,
    /// Its frame: an index into the layout's rules.
    pub frame: Option<usize>,
    /// The ink behind it.
    pub ground: Option<Ink>,
    /// White left and right of its matter, from the panel's edge.
    pub inset: Len,
    /// Rows of white at head and foot.
    pub rows: u16,
    /// Its title.
    pub title: PanelTitle,
    /// The paragraph style of its text and its list: an index into the layout's styles.
    pub style: usize,
    /// The type of what stands flush right in its list.
    pub value: TypeStyle,
    /// From line to line.
    pub leading: Len,
    /// How its matter stands in its height.
    pub stand: Stand,
    /// What a list is led across with to what stands flush right; nothing if empty.
    pub leader: String,
    /// How another page is named, with `{page_no}`, `{page_no_zh}`, `{page_id}` and `{section}`.
    pub page: String,
}

/// How the title of a panel is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelTitle {
    /// Its type.
    pub body: TypeStyle,
    /// The ink of the bar it stands on, if it does.
    pub bar: Option<Ink>,
    /// How it stands.
    pub align: Align,
    /// Rows it takes.
    pub rows: u16,
}

/// How lines stand in a height that they do not fill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    /// At the head.
    Top,
    /// In the middle.
    Middle,
    /// From head to foot, the spare white between paragraphs and entries.
    Spread,
}

/// What a panel or an ear says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelMatter {
    /// Where it was typed.
    pub typed: Span,
    /// Its title; empty for none.
    pub title: Text,
    /// Its paragraphs, before its list.
    pub text: Vec<Text>,
    /// Its list.
    pub items: Vec<PanelItem>,
}

/// An entry of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelItem {
    /// What it says.
    pub text: Text,
    /// What stands flush right.
    pub value: PanelValue,
}

/// What stands flush right of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PanelValue {
    /// Nothing.
    None,
    /// The number of a page, which is known by its id.
    Page(String),
    /// Words: a temperature, a price.
    Text(Text),
}

/// A panel's place on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelPlace {
    /// Its cells.
    pub cells: Cells,
    /// Its style: an index into the layout's panels.
    pub style: usize,
    /// What it says.
    pub matter: PanelMatter,
}

/// The furniture that a page file asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageFurniture {
    /// Its nameplate, instead of the folio line: an index into the layout's nameplates.
    pub nameplate: Option<usize>,
    /// What its ears say: left, right.
    pub ears: [Option<PanelMatter>; 2],
    /// Its footer: an index into the layout's footers.
    pub footer: Option<usize>,
    /// Its panels.
    pub panels: Vec<PanelPlace>,
    /// Body cells that all of it takes.
    pub taken: Vec<Cells>,
}
