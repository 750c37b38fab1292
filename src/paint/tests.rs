//! Small pages, painted: what overprints what, and where marks stand.

use super::build::{Makeready, Purpose, build, plates};
use super::display::{Item, Paint, Segment, Sheet};
use super::marks::{Margin, around, slug_rooms};
use crate::color::{Ink, Overlay, Plate, SpotIdx, Tint};
use crate::font::FaceIdx;
use crate::geom::polygon::Polygon;
use crate::geom::{PageBoxes, Point, Rect, Turn};
use crate::model::layout::{CropMarks, Layout, Marks, SheetSpec};
use crate::model::story::StoryIdx;
use crate::model::style::TIERS;
use crate::page::set::{
    ComposedBlock, ComposedPage, Drawn, LineRole, Rule, SetPicture, Stroke, TextLine, Tightness,
};
use crate::picture::{Coding, Crop, Peaks, Picture, Plates};
use crate::text::linebreak::Ending;
use crate::text::run::{GlyphRun, PlacedGlyph};
use crate::unit::Len;

const NEWSPRINT: u16 = 2400;
const BLUE: Ink = Ink::Cmyk([Tint(1000), Tint(600), Tint(0), Tint(0)]);
const RED: Ink = Ink::Spot(SpotIdx(0), Tint::SOLID);

fn mm(x: i64, y: i64, width: i64, height: i64) -> Rect {
    Rect::new(Len::mm(x), Len::mm(y), Len::mm(width), Len::mm(height))
}

/// The house's layout, for its sheet.
fn layout() -> Layout {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = crate::files::Disk::new(root, root).expect("the house is there");
    crate::source::load_layout(&files, "duikai-6x17", "quanjiao").value.layout.expect("it is sound").0
}

fn line(rect: Rect, ink: Ink) -> TextLine {
    let (face, size, text) = (FaceIdx(0), Len::pt(9), "字".to_owned());
    let origin = Point { x: rect.x, y: rect.bottom() };
    TextLine {
        role: LineRole::Text,
        rect,
        baseline: rect.bottom(),
        runs: vec![GlyphRun { face, size, ink, origin, turn: Turn::Upright, text, glyphs: Vec::new() }],
        beside: Vec::new(),
        text: "字".to_owned(),
        stretched: 0,
        tightness: Tightness { natural: 0, measure: 0, squeezed: [0; TIERS], ending: Ending::Last },
    }
}

/// A page of one block.
fn page(grounds: Vec<Stroke>, pictures: Vec<Rect>, heads: Vec<TextLine>, rules: Vec<Rule>) -> ComposedPage {
    let all = mm(0, 0, 390, 545);
    let picture = |rect| SetPicture { picture: 0, rect, shape: None, lines: Vec::new() };
    let block = ComposedBlock {
        story: StoryIdx(0),
        part: 1,
        rect: all,
        areas: vec![all],
        bounds: vec![all],
        grounds,
        rules,
        heads,
        columns: Vec::new(),
        pictures: pictures.into_iter().map(picture).collect(),
        jumps: Vec::new(),
        insets: Vec::new(),
        overset: Vec::new(),
    };
    let boxes = PageBoxes { trim: all, bleed: all.grown(Len::mm(3)), media: all.grown(Len::mm(10)) };
    ComposedPage {
        id: "A01".to_owned(),
        boxes,
        blocks: vec![block],
        ads: Vec::new(),
        grounds: Vec::new(),
        rules: Vec::new(),
        furniture: Vec::new(),
        art: None,
    }
}

fn photograph(plates: Plates, peaks: Peaks) -> Picture {
    Picture {
        width: 1,
        height: 1,
        plates,
        coding: Coding::Jpeg,
        data: Vec::new().into(),
        inverted: false,
        shown: Crop { x: 0, y: 0, width: 1, height: 1 },
        peak_ink: 2300,
        peaks,
    }
}

fn painted(page: &ComposedPage, pictures: &[Picture]) -> Sheet {
    let mut layout = layout();
    (layout.sheet.crop_marks, layout.sheet.marks) = (None, Marks::default());
    let makeready = Makeready {
        layout: &layout,
        pictures,
        first_picture: 0,
        ink_limit: NEWSPRINT,
        margin: &Margin::default(),
        purpose: Purpose::Print,
    };
    build(page, &makeready)
}

fn inks(sheet: &Sheet) -> Vec<Ink> {
    let ink = |item: &Item| match item {
        Item::Glyphs(run) => Some(run.ink),
        Item::Fill { ink, .. } => Some(*ink),
        _ => None,
    };
    sheet.items.iter().filter_map(ink).collect()
}

#[test]
fn what_is_cut_off_a_picture_is_not_under_type() {
    let dark = photograph(Plates::Cmyk, Peaks::even(2200));
    let corner = line(mm(90, 12, 15, 4), Ink::BLACK);
    let mut page = page(Vec::new(), vec![mm(10, 10, 100, 50)], vec![corner], Vec::new());
    assert_eq!(inks(&painted(&page, std::slice::from_ref(&dark))), [Ink::CLEARED_BLACK]);
    let corners = [(10, 10), (110, 60), (10, 60)].map(|(x, y)| Point { x: Len::mm(x), y: Len::mm(y) });
    let shape = Polygon::new(corners.to_vec()).expect("a triangle");
    page.blocks[0].pictures[0].shape = Some(shape);
    assert_eq!(inks(&painted(&page, std::slice::from_ref(&dark))), [Ink::BLACK]);
}

#[test]
fn black_on_too_much_ink_clears_the_other_plates() {
    let check = |ground: Option<Ink>, picture: Option<Picture>, expected: Overlay| {
        let grounds = ground.map(|ink| Stroke { rect: mm(10, 10, 100, 50), ink }).into_iter().collect();
        let places = picture.iter().map(|_| mm(10, 10, 100, 50)).collect();
        let rules = vec![Rule::Solid(Stroke { rect: mm(12, 20, 50, 1), ink: Ink::BLACK })];
        let on = line(mm(20, 20, 40, 4), Ink::BLACK);
        let beside = line(mm(20, 60, 40, 4), Ink::BLACK);
        let page = page(grounds, places, vec![on, beside], rules);
        let all = inks(&painted(&page, picture.as_slice()));
        let [rule, on, beside] = all[all.len() - 3..] else { panic!("three things in black") };
        assert_eq!((rule.overlay(), on.overlay()), (expected, expected), "{ground:?} {picture:?}");
        assert_eq!(beside, Ink::BLACK, "what only touches is not under it");
        assert!(rule.total() == 1000 && on.total() == 1000);
    };
    check(None, None, Overlay::Overprint);
    // 140 % of colour and black are just the 240 % of newsprint.
    check(Some(Ink::Cmyk([Tint(800), Tint(600), Tint(0), Tint(0)])), None, Overlay::Overprint);
    check(Some(Ink::Cmyk([Tint(800), Tint(610), Tint(0), Tint(0)])), None, Overlay::Knockout);
    check(Some(BLUE), None, Overlay::Knockout);
    check(Some(Ink::Black(Tint(400))), None, Overlay::Overprint);
    check(Some(RED), None, Overlay::Overprint);
    check(None, Some(photograph(Plates::Cmyk, Peaks::even(1400))), Overlay::Overprint);
    check(None, Some(photograph(Plates::Cmyk, Peaks::even(1410))), Overlay::Knockout);
    check(None, Some(photograph(Plates::Black, Peaks::default())), Overlay::Overprint);
}

/// A line with a run of two characters for each pen: where its first stands, in millimetres.
fn line_with(rect: Rect, pens: &[i64]) -> TextLine {
    let whole = line(rect, Ink::BLACK);
    let glyph = |along: Len| PlacedGlyph { glyph: 1, offset: Point { x: along, y: Len::ZERO }, text: 0..3 };
    let run = |pen: &i64| GlyphRun {
        origin: Point { x: Len::mm(*pen), y: rect.bottom() },
        glyphs: vec![glyph(Len::ZERO), glyph(Len::pt(9))],
        ..whole.runs[0].clone()
    };
    TextLine { runs: pens.iter().map(run).collect(), ..whole }
}

#[test]
fn black_on_a_picture_is_settled_by_what_is_under_it() {
    // Light at its left, dark at its right: 90 % and 230 %.
    let row: Vec<u16> = [[900; 10], [2300; 10]].concat();
    let half_dark = photograph(Plates::Cmyk, Peaks::from_cells(20, row.repeat(5)).expect("five rows"));
    let place = mm(100, 100, 200, 100);
    let inks_of = |lines: Vec<TextLine>, rules: Vec<Stroke>| {
        let rules = rules.into_iter().map(Rule::Solid).collect();
        inks(&painted(&page(vec![], vec![place], lines, rules), std::slice::from_ref(&half_dark)))
    };
    let over = mm(110, 120, 180, 4);
    assert_eq!(inks_of(vec![line_with(over, &[120])], vec![]), [Ink::BLACK]);
    assert_eq!(inks_of(vec![line_with(over, &[250])], vec![]), [Ink::CLEARED_BLACK]);
    assert_eq!(inks_of(vec![line_with(over, &[120, 250])], vec![]), [Ink::BLACK, Ink::CLEARED_BLACK]);
    assert_eq!(inks_of(vec![line_with(over, &[175])], vec![]), [Ink::BLACK], "a cell off");
    assert_eq!(inks_of(vec![line_with(over, &[185])], vec![]), [Ink::CLEARED_BLACK], "on the next cell");
    // Under the picture, as a caption stands.
    assert_eq!(inks_of(vec![line_with(mm(100, 200, 200, 4), &[250])], vec![]), [Ink::BLACK]);
    let rule = |rect: Rect| inks_of(vec![], vec![Stroke { rect, ink: Ink::BLACK }])[0];
    assert_eq!(rule(mm(110, 150, 60, 1)), Ink::BLACK);
    assert_eq!(rule(mm(110, 150, 100, 1)), Ink::CLEARED_BLACK);
    // Along its edges: their edges share the dots of the plate.
    assert_eq!(rule(mm(300, 90, 1, 120)), Ink::CLEARED_BLACK);
    assert_eq!((rule(mm(99, 90, 1, 120)), rule(mm(301, 90, 1, 120))), (Ink::BLACK, Ink::BLACK));
}

#[test]
fn black_and_what_is_under_it_never_pass_the_limit() {
    let columns = 16_i64;
    arbtest::arbtest(|u| {
        let cells: Vec<u16> = (0..columns * 8).map(|_| u.int_in_range(0..=2300)).collect::<Result<_, _>>()?;
        let picture = photograph(Plates::Cmyk, Peaks::from_cells(16, cells.clone()).expect("eight rows"));
        // A cell is ten millimetres each way.
        let (x, y) = (u.int_in_range(0..=150)?, u.int_in_range(0..=70)?);
        let rect = mm(x, y, u.int_in_range(1..=40)?, u.int_in_range(1..=20)?);
        let page = page(
            vec![],
            vec![mm(0, 0, 160, 80)],
            vec![],
            vec![Rule::Solid(Stroke { rect, ink: Ink::BLACK })],
        );
        let ink = inks(&painted(&page, &[picture]))[0];
        let under =
            (0..columns * 8).filter(|at| mm(at % columns * 10, at / columns * 10, 10, 10).overlaps(rect));
        let heaviest = under.map(|at| cells[usize::try_from(at).expect("not negative")]).max().unwrap_or(0);
        assert!(ink == Ink::CLEARED_BLACK || heaviest + Tint::SOLID.0 <= NEWSPRINT, "{rect:?} {heaviest}");
        Ok(())
    })
    .budget_ms(300);
}

#[test]
fn white_and_colour_are_what_they_are() {
    let grounds = vec![Stroke { rect: mm(10, 10, 100, 50), ink: BLUE }];
    let heads = vec![line(mm(20, 20, 40, 4), Ink::PAPER), line(mm(20, 30, 40, 4), RED)];
    assert_eq!(inks(&painted(&page(grounds, vec![], heads, vec![]), &[])), [BLUE, Ink::PAPER, RED]);
}

#[test]
fn a_page_needs_the_plates_it_has_ink_on() {
    let black = vec![line(mm(20, 20, 40, 4), Ink::BLACK), line(mm(20, 30, 40, 4), Ink::PAPER)];
    let gray = photograph(Plates::Black, Peaks::default());
    let page = |grounds| page(grounds, vec![mm(0, 0, 10, 10)], black.clone(), vec![]);
    assert_eq!(plates(&page(vec![]), std::slice::from_ref(&gray)), [Plate::Black]);
    let grounds = [RED, BLUE].map(|ink| Stroke { rect: mm(10, 10, 100, 50), ink });
    let wanted = [Plate::Cyan, Plate::Magenta, Plate::Black, Plate::Spot(SpotIdx(0))];
    assert_eq!(plates(&page(grounds.to_vec()), &[gray]), wanted);
    assert_eq!(plates(&page(vec![]), &[photograph(Plates::Cmyk, Peaks::even(2000))]), Plate::PROCESS);
}

/// A sheet with every mark there is.
fn marked(width: i64, bleed: i64, folds: &[i64]) -> (SheetSpec, PageBoxes) {
    let crop = CropMarks { offset: Len::mm(bleed + 1), length: Len::mm(5), weight: Len::centipoints(25) };
    let slug = Len::mm(bleed + 7);
    let spec = SheetSpec {
        width: Len::mm(width),
        height: Len::mm(545),
        bleed: Len::mm(bleed),
        slug,
        crop_marks: Some(crop),
        folds: folds.iter().map(|fold| Len::mm(*fold)).collect(),
        marks: Marks { register: true, patches: true, slug_line: None },
    };
    let trim = mm(0, 0, width, 545);
    (spec, PageBoxes { trim, bleed: trim.grown(Len::mm(bleed)), media: trim.grown(slug) })
}

fn extent(item: &Item) -> Rect {
    match item {
        Item::Fill { rect, .. } => *rect,
        Item::Ring { middle, radius, weight, .. } => {
            Rect::new(middle.x, middle.y, Len::ZERO, Len::ZERO).grown(*radius + weight.half())
        }
        other => panic!("{other:?} is no mark"),
    }
}

#[test]
fn marks_stand_between_bleed_and_edge_and_not_on_one_another() {
    let plates: Vec<Plate> =
        Plate::PROCESS.into_iter().chain((0..4).map(|spot| Plate::Spot(SpotIdx(spot)))).collect();
    for (width, bleed, folds) in
        [(390, 3, &[][..]), (390, 0, &[]), (780, 3, &[390]), (120, 0, &[]), (250, 5, &[125])]
    {
        let (spec, boxes) = marked(width, bleed, folds);
        let margin = Margin { plates: plates.clone(), slug: Vec::new() };
        let items = around(&spec, &boxes, &margin);
        let rects: Vec<Rect> = items.iter().map(extent).collect();
        for (rect, item) in rects.iter().zip(&items) {
            assert!(!rect.overlaps(boxes.bleed), "{item:?} in the bleed");
            assert!(boxes.media.holds(*rect), "{item:?} off the medium");
        }
        // Three things make one target.
        let targets = items.iter().filter(|item| matches!(item, Item::Ring { .. })).count();
        assert_eq!(targets, 2 + 2 * (folds.len() + 1));
        let of_target = |at: usize| (at..at + 3).any(|at| matches!(items.get(at), Some(Item::Ring { .. })));
        let apart: Vec<&Rect> =
            (0..items.len()).filter(|at| !of_target(at.saturating_sub(2))).map(|at| &rects[at]).collect();
        for (idx, one) in apart.iter().enumerate() {
            assert!(apart[idx + 1..].iter().all(|other| !one.overlaps(**other)), "{one:?} on another mark");
            let rings = items.iter().filter(|item| matches!(item, Item::Ring { .. })).map(extent);
            assert!(rings.into_iter().all(|ring| !ring.overlaps(**one)), "{one:?} on a target");
        }
        let lines = slug_rooms(&spec, &boxes);
        assert_eq!(lines.len(), folds.len() + 1, "one under each page");
        for line in lines {
            assert!(boxes.media.holds(line) && !line.overlaps(boxes.bleed));
            assert!(rects.iter().all(|rect| !rect.overlaps(line)), "the slug line has its room to itself");
            assert!(line.width >= Len::mm(30), "{:?}", line.width);
        }
    }
}

#[test]
fn each_mark_can_be_left_out() {
    let count = |change: &dyn Fn(&mut SheetSpec)| {
        let (mut spec, boxes) = marked(780, 3, &[390]);
        change(&mut spec);
        around(&spec, &boxes, &Margin { plates: vec![Plate::Black], slug: Vec::new() }).len()
    };
    let all = count(&|_| {});
    // Eight strokes at corners and six dashes at the fold; six targets of three; a patch over each page.
    assert_eq!(all, 8 + 6 + 18 + 2);
    assert_eq!(count(&|spec| spec.crop_marks = None), all - 14);
    assert_eq!(
        count(&|spec| spec.folds.clear()),
        all - 6 - 6 - 1,
        "and a target over and under, and a patch"
    );
    assert_eq!(count(&|spec| spec.marks.register = false), all - 18);
    assert_eq!(count(&|spec| spec.marks.patches = false), all - 2);
}

#[test]
fn a_draft_has_no_slug_line() {
    let mut layout = layout();
    layout.sheet.marks = Marks::default();
    let slug = vec![line(mm(10, 547, 60, 4), Ink::Registration)];
    let margin = Margin { plates: vec![Plate::Black], slug };
    let page = page(vec![], vec![], vec![], vec![]);
    let lines = |purpose| {
        let makeready = Makeready {
            layout: &layout,
            pictures: &[],
            first_picture: 0,
            ink_limit: NEWSPRINT,
            margin: &margin,
            purpose,
        };
        build(&page, &makeready).items.iter().filter(|item| matches!(item, Item::Glyphs(_))).count()
    };
    assert_eq!((lines(Purpose::Print), lines(Purpose::Draft)), (1, 0));
}

/// The patches of a sheet on these plates: where they begin and their inks.
fn patches(width: i64, folds: &[i64], plates: &[Plate]) -> Vec<(Len, Ink)> {
    let (spec, boxes) = marked(width, 3, folds);
    let items = around(&spec, &boxes, &Margin { plates: plates.to_vec(), slug: Vec::new() });
    let patches = items
        .iter()
        .filter(|item| extent(item).width == Len::mm(5) && extent(item).height == Len::mm(5))
        .filter_map(|item| if let Item::Fill { rect, ink } = item { Some((rect.x, *ink)) } else { None });
    patches.collect()
}

#[test]
fn a_patch_is_its_ink_alone() {
    let patches = patches(390, &[], &[Plate::Cyan, Plate::Black, Plate::Spot(SpotIdx(0))]);
    let inks: Vec<Ink> = patches.into_iter().map(|(_, ink)| ink).collect();
    assert_eq!(inks, [Plate::Cyan.solid(), Ink::BLACK, RED]);
}

#[test]
fn each_page_of_a_sheet_has_its_patches() {
    let wanted = [10, 15, 400, 405].map(Len::mm).into_iter().zip([Plate::Cyan.solid(), Ink::BLACK].repeat(2));
    assert_eq!(patches(780, &[390], &[Plate::Cyan, Plate::Black]), wanted.collect::<Vec<_>>());
}

#[test]
fn an_ornament_over_a_dark_ground_clears_it_whole() {
    let drawn = |areas: Vec<Rect>| {
        Rule::Drawn(Drawn {
            segments: vec![Segment::Move(Point::default())],
            paint: Paint::Stroke(Len::pt(1)),
            ink: Ink::BLACK,
            areas,
            finest: Len::pt(1),
        })
    };
    let ground = Stroke { rect: mm(10, 10, 100, 50), ink: BLUE };
    let ink = |areas: Vec<Rect>| {
        let sheet = painted(&page(vec![ground], Vec::new(), Vec::new(), vec![drawn(areas)]), &[]);
        let path = |item: &Item| if let Item::Path { ink, .. } = item { Some(*ink) } else { None };
        sheet.items.iter().find_map(path).expect("a path")
    };
    // A frame round the ground: what counts is where it runs, not what it goes round.
    let around = [mm(5, 5, 110, 4), mm(5, 62, 110, 4), mm(5, 5, 4, 60), mm(111, 5, 4, 60)];
    assert_eq!(ink(around.to_vec()), Ink::BLACK);
    assert_eq!(ink(vec![around[0], mm(5, 40, 110, 4)]), Ink::CLEARED_BLACK);
}
