//! A house style: sheet, grid, styles, rules and furniture, all resolved.

use crate::color::{Ink, SpotInk};
use crate::geom::{PageBoxes, Point, Rect};
use crate::model::checks::Checks;
use crate::model::copyfit::Ladder;
use crate::model::furniture::{Nameplate, PanelStyle, Strip, StripItem, StripRule};
pub use crate::model::grid::Grid;
use crate::model::inline::{DropCapStyle, MarkStyle, RubyStyle};
use crate::model::inset::{InsetKind, InsetStyle};
use crate::model::preflight::Preflight;
use crate::model::style::{Align, Composition, FaceIdx, ParaStyle, RuleStyle, TypeStyle};

use crate::unit::{Em, Len};

/// The sheet of paper and what is printed outside its trim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetSpec {
    /// Width after trimming.
    pub width: Len,
    /// Height after trimming.
    pub height: Len,
    /// How far ink runs over the trim (出血).
    pub bleed: Len,
    /// From the trim to the edge of the medium, for marks.
    pub slug: Len,
    /// Crop marks, if they are wanted.
    pub crop_marks: Option<CropMarks>,
    /// Where the sheet is folded between two pages (跨版), from its left edge, ascending. Fold
    /// marks are like crop marks, and dashed.
    pub folds: Vec<Len>,
    /// The other marks.
    pub marks: Marks,
}

impl SheetSpec {
    /// What every mark keeps off the bleed.
    pub const CLEAR: Len = Len::mm(1);
    /// Size of a register target and of a patch.
    pub const MARK: Len = Len::mm(5);

    /// Where marks stand, from the trim outwards: from the bleed, a little off it, to the edge of
    /// the medium.
    pub fn band(&self) -> (Len, Len) {
        (self.bleed + Self::CLEAR, self.slug)
    }
}

/// Marks outside the bleed besides crop marks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Register targets (套准标记) at the middles of the sides.
    pub register: bool,
    /// A solid patch of each ink of the sheet (色块), over each page of it.
    pub patches: bool,
    /// The type of the slug line, if there is one. It is in the ink of every plate, but for the names
    /// of the inks, each of which is in its own.
    pub slug_line: Option<TypeStyle>,
}

/// Crop marks (裁切标记): two strokes at each corner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CropMarks {
    /// From the trim to the near end of a stroke.
    pub offset: Len,
    /// Length of a stroke.
    pub length: Len,
    /// Thickness of a stroke.
    pub weight: Len,
}

/// A line of a heading: its type, and its size where the page file gives none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeadLine {
    /// Faces, ink and usual size.
    pub body: TypeStyle,
    /// Most lines it may take.
    pub lines: u16,
}

/// How summaries (提要题) are set with the headings of a style.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SummaryStyle {
    /// How its points are set, each a paragraph.
    pub text: ParaStyle,
    /// From line to line, in ems of its size.
    pub leading: Em,
    /// Most lines it may take where its block does not give its rows.
    pub lines: u16,
    /// White rows over and under it together, at least, where its block does not give its rows.
    pub white_rows: u16,
}

/// How a story's heading is set (标题).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeadStyle {
    /// Its name in the layout.
    pub name: String,
    /// 主题; its size is the largest it may take.
    pub headline: HeadLine,
    /// 引题.
    pub kicker: HeadLine,
    /// 副题.
    pub deck: HeadLine,
    /// 提要题.
    pub summary: SummaryStyle,
    /// How its lines stand.
    pub align: Align,
    /// From baseline to baseline of a headline of several lines, in ems of its size.
    pub leading: Em,
    /// White between kicker, headline and deck, in ems of the smaller neighbour.
    pub apart: Em,
    /// White rows between the heading and what stands under it, at least.
    pub white_rows: u16,
    /// Width of a U+0020 between Han characters.
    pub han_space: Em,
    /// The ink of the bar behind a reversed heading (反白), if it is one.
    pub bar: Option<Ink>,
    /// White at a marked break that stands inside a line, so that the clauses part.
    pub break_space: Em,
    /// White between the characters of a headline of two or three (疏排).
    pub open_short: Em,
}

/// How the name of a column (栏目名) is set: a bar across the block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnHeadStyle {
    /// Its type.
    pub body: TypeStyle,
    /// Ink of the bar behind it.
    pub bar: Ink,
    /// From the bar's edge to the type, for a flush head.
    pub inset: Em,
    /// How it stands.
    pub align: Align,
}

/// How a story goes on on another page (转版): the line at the break, the line over what follows, and how
/// little may stand on either side. In both lines `{page_no}` is the number of the other page, `{page}` its
/// id, and `{headline}` the story's headline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JumpStyle {
    /// 下转第{page_no}版.
    pub to: String,
    /// 上接第{page_no}版.
    pub from: String,
    /// The type of both.
    pub body: TypeStyle,
    /// How the line at the break stands.
    pub to_align: Align,
    /// How the line over what follows stands.
    pub from_align: Align,
    /// Rows of text before the break, at least.
    pub rows_before: u16,
    /// Rows of text after it, at least.
    pub rows_after: u16,
}

/// How advertisements are marked. The word itself is the law's (广告法 2021, 第十四条: an advertisement in
/// a mass medium is plainly marked 广告), and no layout may leave it out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdMark {
    /// Its type.
    pub body: TypeStyle,
    /// Where it stands.
    pub place: AdMarkPlace,
}

/// Where the mark of an advertisement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AdMarkPlace {
    /// On a row of its own over the advertisement, flush right.
    Above,
    /// In the advertisement's top right corner, on white.
    Inside,
}

/// A house style.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Its name.
    pub name: String,
    /// The sheet.
    pub sheet: SheetSpec,
    /// Its spot inks, by index.
    pub spots: Vec<SpotInk>,
    /// The grid.
    pub grid: Grid,
    /// Baseline shift of each face, upwards, in ems: faces whose ink sits low are lifted.
    pub shifts: Vec<Em>,
    /// Rules of composition.
    pub composition: Composition,
    /// Paragraph styles by name: always `body`, `subhead`, `byline`, `source_line`, `caption`, `credit`.
    pub styles: Vec<(String, ParaStyle)>,
    /// How marked stretches of text are set.
    pub marks: Vec<MarkStyle>,
    /// How ruby is set.
    pub ruby: RubyStyle,
    /// How drop caps are set.
    pub drop_cap: DropCapStyle,
    /// Headline sizes, ascending.
    pub head_sizes: Vec<Len>,
    /// Least and most of its width that a headline may fill, in thousandths.
    pub head_fill: (u16, u16),
    /// Heading styles.
    pub heads: Vec<HeadStyle>,
    /// The column head's style.
    pub column_head: ColumnHeadStyle,
    /// White between a picture and the words under it, taken from the picture's height.
    pub picture_white: Len,
    /// The line round a picture, so that pale skies do not run into the paper: an index into the
    /// layout's rules.
    pub picture_keyline: Option<usize>,
    /// How stories jump; one that does not say has no jumps.
    pub jump: Option<JumpStyle>,
    /// The ladders of copyfitting.
    pub ladders: Vec<Ladder>,
    /// The ladder of stories for which nothing else is said: an index into those.
    pub ladder: Option<usize>,
    /// How quotes are set.
    pub quote: InsetStyle,
    /// How boxes inside a story are set.
    pub inset_box: InsetStyle,
    /// How advertisements are marked.
    pub ad_mark: AdMark,
    /// Rules by name.
    pub rules: Vec<RuleStyle>,
    /// Width of the fold's gutter (中缝) on a spread, from type area to type area, if it is not that of
    /// the margins.
    pub fold_gutter: Option<Len>,
    /// The folio line's matter.
    pub folio: Vec<StripItem>,
    /// The folio line's rules.
    pub folio_rules: Vec<StripRule>,
    /// Nameplates by name.
    pub nameplates: Vec<Nameplate>,
    /// Footers by name.
    pub footers: Vec<Strip>,
    /// How panels are set, by name.
    pub panels: Vec<PanelStyle>,
    /// What the house makes of the rules of the press.
    pub preflight: Preflight,
    /// What the house makes of the rules of make-up and form.
    pub checks: Checks,
}

impl Layout {
    /// The paragraph style of a name.
    pub fn style(&self, name: &str) -> Option<&ParaStyle> {
        self.styles.iter().find(|(own, _)| own == name).map(|(_, style)| style)
    }

    /// How insets of a kind are set.
    pub fn inset(&self, kind: InsetKind) -> &InsetStyle {
        match kind {
            InsetKind::Quote => &self.quote,
            InsetKind::Box => &self.inset_box,
        }
    }

    /// The layout of a spread (跨版): a sheet twice as wide with a fold in its middle, the columns twice,
    /// and between them the fold's gutter: what the inner margins of the two pages are together, or as wide
    /// as the layout says. A centre spread is one sheet, so blocks may lie across its fold.
    #[must_use]
    pub fn spread(&self) -> Self {
        let (one, single) = (&self.sheet, &self.grid);
        let grid = single.doubled(self.fold_gutter.unwrap_or(one.width - single.width()));
        let width = one.width.times(2);
        let beyond = one.folds.iter().map(|fold| one.width + *fold);
        let folds = one.folds.iter().copied().chain([one.width]).chain(beyond).collect();
        let origin = Point { x: (width - grid.width()).half(), ..single.origin };
        Self {
            sheet: SheetSpec { width, folds, ..one.clone() },
            grid: Grid { origin, ..grid },
            ..self.clone()
        }
    }

    /// The page's boxes.
    pub fn boxes(&self) -> PageBoxes {
        let trim = Rect::new(Len::ZERO, Len::ZERO, self.sheet.width, self.sheet.height);
        PageBoxes { trim, bleed: trim.grown(self.sheet.bleed), media: trim.grown(self.sheet.slug) }
    }

    /// How far a face's baseline is lifted at a size.
    pub fn shift(&self, face: FaceIdx, size: Len) -> Len {
        self.shifts.get(usize::from(face.0)).copied().unwrap_or_default().at(size)
    }
}
