//! Resolved styles: nothing here says "default"; every length is known but for ems of its own size.

use crate::color::Ink;
use crate::unit::{Em, Len};

pub use crate::geom::Axis;

/// Which face: an index into an edition's faces.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct FaceIdx(pub u16);

/// A group of punctuation that a style treats alike (CLREQ 2024-03, 3.1.6; GB/T 15834-2011 5.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Group {
    /// Opening quotation marks and brackets (前夹注): blank on the left.
    Open,
    /// Closing quotation marks and brackets (后夹注): blank on the right.
    Close,
    /// ，、； (句内点号).
    Comma,
    /// ：.
    Colon,
    /// 。？！ (句末点号).
    Stop,
    /// The interpunct (间隔号) where it takes a whole em: in traditional Chinese and Japanese.
    Mid,
}

/// How many groups there are.
pub const GROUPS: usize = 6;

/// What a line may give up, for the ordered tiers of a punctuation style.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Give {
    /// A space between Western words.
    WordSpace,
    /// The gap between Han and Latin or digits (中西间距).
    Autospace,
    /// The blank half of a group of marks.
    Blank(Group),
}

impl Give {
    /// Its name in a layout file.
    pub fn name(self) -> &'static str {
        match self {
            Self::WordSpace => "word_space",
            Self::Autospace => "autospace",
            Self::Blank(Group::Open) => "open",
            Self::Blank(Group::Close) => "close",
            Self::Blank(Group::Comma) => "comma",
            Self::Blank(Group::Colon) => "colon",
            Self::Blank(Group::Stop) => "stop",
            Self::Blank(Group::Mid) => "mid",
        }
    }
}

impl Tier {
    /// The names of what gives, joined: `open+close`.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.gives.iter().map(|give| give.name()).collect();
        names.join("+")
    }
}

/// One tier of squeeze: all that stands in it gives in equal proportion before the next is touched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tier {
    /// What gives.
    pub gives: Vec<Give>,
    /// How much each of them gives at most, of the type size.
    pub most: Em,
    /// What an em taken here costs, for composers that weigh lines.
    pub weight: u32,
}

/// How wide ASCII is set in Chinese text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ascii {
    /// Half an em each (`hwid`), as the grid of a newspaper column likes it.
    Half,
    /// As the face draws it.
    Proportional,
}

/// Whether adjacent marks give up the blank between them before lines are broken (CLREQ 3.1.6.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Adjacent {
    /// They do: two marks in a row take one and a half em.
    Squeezed,
    /// Each keeps the width its group has.
    Kept,
}

/// A punctuation style (标点风格): 全角, 开明 and their like, as data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Punctuation {
    /// Its name in the layout.
    pub name: String,
    /// The blank each group keeps beside its half-em box inside a line: 0 or 500 thousandths.
    pub blank: [Em; GROUPS],
    /// The blank each group keeps at the end of a line.
    pub line_end: [Em; GROUPS],
    /// The blank an opening mark keeps at the start of a paragraph, after the indent.
    pub paragraph_start: Em,
    /// Adjacent marks.
    pub adjacent: Adjacent,
    /// Squeeze, first tier first; at most [`TIERS`].
    pub tiers: Vec<Tier>,
    /// Gap between Han and Latin or digits.
    pub autospace: Em,
    /// Width of ASCII.
    pub ascii: Ascii,
}

/// Most tiers of squeeze that a punctuation style may have.
pub const TIERS: usize = 6;

/// How strictly marks are kept from line edges (CLREQ 3.1.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Strictness {
    /// Lines break anywhere but inside words and numbers.
    None,
    /// Closing marks and solidi never start a line, opening marks never end one.
    Basic,
    /// And solidi end no line (GB/T 15834-2011 5.1.8).
    Gb,
    /// And dashes and ellipses start no line.
    Strict,
}

/// The language of a text: what its marks, breaks and spaces follow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub enum Language {
    /// Chinese in simplified characters: marks stand at the lower left (CLREQ 3.1.6).
    #[default]
    ZhHans,
    /// Chinese in traditional characters: marks stand in the middle (CLREQ 3.1.6).
    ZhHant,
    /// Japanese (JLREQ).
    Ja,
    /// Tibetan.
    Bo,
    /// English.
    En,
}

/// How the lines of a paragraph stand in their measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// Flush both sides, the last line left.
    Justify,
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

/// Western type in Chinese text, from a face of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Western {
    /// Its faces; what they lack, the text's own faces set.
    pub faces: Vec<FaceIdx>,
    /// Its size, as a share of the text's.
    pub size: Em,
    /// How far it is raised, as a share of the text's size; lowered when negative.
    pub raise: Em,
}

/// A face at a size, printed with an ink.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeStyle {
    /// The face, then those asked in turn for characters it lacks.
    pub faces: Vec<FaceIdx>,
    /// The type size.
    pub size: Len,
    /// The ink.
    pub ink: Ink,
    /// Western type from a face of its own.
    pub western: Option<Western>,
}

/// How a paragraph is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParaStyle {
    /// Its type.
    pub body: TypeStyle,
    /// Faces of a source tag it opens with.
    pub source_tag: Vec<FaceIdx>,
    /// Faces of a run-in head it opens with.
    pub run_in: Vec<FaceIdx>,
    /// How its lines stand.
    pub align: Align,
    /// Indent of its first line.
    pub indent: Em,
    /// Width of a U+0020 that stands between two Han characters, when the style sets one.
    pub han_space: Option<Em>,
    /// Grid rows each of its lines takes (占行).
    pub rows: u16,
    /// More space between characters that no rule of spacing parts (字距); less when negative.
    pub tracking: Em,
}

impl ParaStyle {
    /// Type by itself, a row a line: for furniture and headings.
    pub fn plain(body: TypeStyle, align: Align) -> Self {
        Self {
            source_tag: body.faces.clone(),
            run_in: body.faces.clone(),
            body,
            align,
            indent: Em(0),
            han_space: None,
            rows: 1,
            tracking: Em(0),
        }
    }
}

/// How far a line's gaps open (CLREQ 2024-03, 3.5.4; JLREQ Table 6).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// Width up to which a Western word space is opened before other gaps are.
    pub word_space: Em,
    /// Width up to which a Han–Latin gap is opened before the gaps between Han are.
    pub autospace: Em,
    /// Stretch of one gap from which a line is reported as loose.
    pub loose: Em,
    /// Stretch of one gap that no line may pass.
    pub loosest: Em,
    /// A last line that lacks less than this of its measure is set flush,
    pub flush_last: Em,
    /// if it takes no more than this from each gap.
    pub flush_gap: Em,
}

impl Stretch {
    /// Width up to which gaps of a tier of stretch are opened before all are.
    pub fn most(&self, tier: u8) -> Em {
        match tier {
            1 => self.word_space,
            2 => self.autospace,
            _ => Em(0),
        }
    }
}

/// Which lines a paragraph is broken into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Composer {
    /// The fit rule: line by line, squeezing in before carrying over.
    First,
    /// The lines that are best together, in no more lines than the fit rule takes.
    Total,
}

/// What faults of a line cost the total-fit composer, in points; an em squeezed costs what its
/// tier says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Weights {
    /// A line.
    pub line: u32,
    /// An em that word spaces and Han–Latin gaps are opened by.
    pub open: u32,
    /// An em that one of all gaps is opened by,
    pub stretch: u32,
    /// and the cube of it in quarter ems.
    pub stretch_cubed: u32,
    /// A last line of one character (孤字).
    pub runt: u32,
    /// A last line of two characters.
    pub short_last: u32,
    /// An open line beside a tight one.
    pub texture: u32,
    /// A third line running that ends in the same mark.
    pub same_mark: u32,
}

/// Rules of composition that hold for a whole layout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Composition {
    /// Which lines a paragraph is broken into.
    pub composer: Composer,
    /// What the total-fit composer weighs.
    pub weights: Weights,
    /// How far gaps open.
    pub stretch: Stretch,
    /// The punctuation style in use.
    pub punctuation: Punctuation,
    /// Strictness of line edges.
    pub strictness: Strictness,
    /// Width of the space after a source tag.
    pub source_tag_space: Em,
    /// Body lines that must follow a subhead in its column (背题).
    pub lines_after_subhead: u16,
    /// Lines of a paragraph that must stand together at a column's foot (孤行).
    pub lines_at_foot: u16,
    /// Lines of a paragraph that must stand together at a column's head (孤行).
    pub lines_at_head: u16,
}

/// The look of a rule (线).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleStyle {
    /// Its name: `zheng` 正线, `fan` 反线, `shuang` 双线, `wenwu` 文武线, `dian` 点线.
    pub name: String,
    /// Strokes across its thickness: offset of the stroke's near edge and its weight.
    pub strokes: Vec<(Len, Len)>,
    /// Length and gap of its dots, if it is not solid.
    pub dots: Option<(Len, Len)>,
    /// The ornament that runs along it (花边), if it has one.
    pub ornament: Option<Ornament>,
    /// What it is printed with.
    pub ink: Ink,
}

impl RuleStyle {
    /// From the near edge of its first stroke to the far edge of its last.
    pub fn thickness(&self) -> Len {
        let strokes = self.strokes.iter().map(|(offset, weight)| *offset + *weight);
        let ornament = self.ornament.iter().map(|ornament| ornament.offset + ornament.height);
        strokes.chain(ornament).max().unwrap_or(Len::ZERO)
    }
}

/// A small figure repeated along a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ornament {
    /// The figure.
    pub motif: Motif,
    /// From the rule's near edge to the ornament's.
    pub offset: Len,
    /// From one figure to the next. What a run of whole figures leaves over is shared among them.
    pub length: Len,
    /// How high a figure is, its line's thickness included.
    pub height: Len,
    /// Thickness of the line it is drawn with; filled if none is given.
    pub weight: Option<Len>,
}

/// A figure of an ornament.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Motif {
    /// A wave (曲线): one crest and one trough.
    Wave,
    /// A lozenge (菱形), tip to tip with the next.
    Lozenge,
    /// A square turned in on itself (回纹), every other one the other way.
    Fret,
}
