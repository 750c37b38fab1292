//! Random editions of two pages: stories in several scripts over one to three blocks of any shape.

use duikai::diag::{FileId, Span};
use duikai::geom::Axis;
use duikai::model::copyfit::{Spare, Step};
use duikai::model::edition::Edition;
use duikai::model::furniture::PageFurniture;
use duikai::model::inline::MarkIdx;
use duikai::model::inset::{InsetKind, InsetPlace};
use duikai::model::layout::{Grid, Layout};
use duikai::model::plan::{
    Area, Aside, Balance, Block, Boxed, Cells, Columns, HeadPart, HeadPlace, HeadSide, Jump, KickerPlace,
    Offer, PagePlan, PicturePlace, SummaryPlace, headed,
};
use duikai::model::story::{Inset, Mark, Paragraph, Role, Ruby, Story, StoryIdx, StoryPicture, Text, Title};
use duikai::model::style::Language;
use duikai::model::wrap::{Around, Wrap};
use duikai::unit::{Em, Len};

use super::dice::Dice;

/// How long stories are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    /// Up to a page.
    Usual,
    /// 50 000 characters.
    Book,
}

/// Pieces of text by script. Every face of a style has all of its script's characters.
const HAN: [&str; 8] = ["小城", "新", "路口的老树", "一九四九年", "日", "上海", "孩子们上学", "了"];
const HANT: [&str; 6] = ["香港", "書", "一路上", "日", "山", "人"];
const KANA: [&str; 6] = ["かみ", "漉き", "コーヒー", "っ", "日本", "の"];
const TIBETAN: [&str; 6] = ["བོད་", "ཡིག་", "ལྷ་ས་", "བསྒྲུབས་", "ཀ", "། "];
const LATIN: [&str; 8] =
    ["news", "COVID-19", " e-mail ", "https://example.cn/a?b=1", "GB/T", "x", "internationalization", " of "];
const DIGITS: [&str; 7] = ["2022", "3.14", "100%", "7", "12:30", "1,000", "-5"];
const MARKS: [&str; 15] =
    ["，", "。", "、", "：", "；", "？！", "“", "”", "（", "）", "《", "》", "……", "——", "·"];
const BLANKS: [&str; 3] = [" ", "　", "  "];

/// An edition like `like` with other stories on two pages.
pub(super) fn random_edition(dice: &mut Dice, like: &Edition, size: Size) -> Edition {
    let mut pages: Vec<PagePlan> = (0..2).map(|nth| bare_page(nth, &like.pages[0])).collect();
    let count = if size == Size::Book { 1 } else { dice.between(1, 3) };
    let mut layout = like.layout.clone();
    for ladder in &mut layout.ladders {
        let deck = ladder.steps.iter().position(|step| *step == Step::Deck).expect("it leaves decks out");
        ladder.steps.insert(deck, Step::Summary);
        ladder.alike = ladder.steps.iter().copied().filter(|step| step.is_of_looks()).collect();
    }
    let stories =
        (0..count).map(|nth| random_story(dice, StoryIdx(nth.into()), &layout, &mut pages, size)).collect();
    Edition {
        paper: like.paper.clone(),
        edition: like.edition.clone(),
        layout,
        faces: like.faces.clone(),
        condition: like.condition.clone(),
        variables: like.variables.clone(),
        name_art: None,
        spread: None,
        contents: Vec::new(),
        said: like.said.clone(),
        zones: Vec::new(),
        stories,
        pages,
        ..*like
    }
}

fn nowhere() -> Span {
    Span::file(FileId(0))
}

fn bare_page(nth: u16, like: &PagePlan) -> PagePlan {
    PagePlan {
        id: format!("A0{}", nth + 2),
        number: nth + 2,
        blocks: Vec::new(),
        offers: Vec::new(),
        ads: Vec::new(),
        rules: Vec::new(),
        stories: Vec::new(),
        furniture: PageFurniture::default(),
        ..like.clone()
    }
}

/// A story, and its blocks on the pages.
fn random_story(
    dice: &mut Dice,
    story: StoryIdx,
    layout: &Layout,
    pages: &mut [PagePlan],
    size: Size,
) -> Story {
    let language = *dice.pick(&[
        Language::ZhHans,
        Language::ZhHans,
        Language::ZhHant,
        Language::Ja,
        Language::Bo,
        Language::En,
    ]);
    let axis = match language {
        Language::Bo | Language::En => Axis::Horizontal,
        _ if dice.one_in(4) => Axis::Vertical,
        _ => Axis::Horizontal,
    };
    let mut own = random_text(dice, story, language, size);
    let parts = dice.between(1, 3);
    let mut page = usize::from(dice.between(0, 1));
    let silent = dice.one_in(2);
    for part in 1..=parts {
        let mut block = random_block(dice, (story, part), (axis, language), layout);
        block.jump = if silent { Jump::Silent } else { Jump::Told };
        if let Some(first) = pages.iter().flat_map(|page| &page.blocks).find(|block| block.story == story) {
            block.ladder = first.ladder;
        }
        if part > 1 && dice.one_in(2) {
            block.head = None;
        }
        if part > 1 && page == 0 {
            page = usize::from(dice.between(0, 1));
        }
        pages[page].blocks.push(block);
        pages[page].stories.push(story);
    }
    place_matter(dice, &mut own, story, layout, pages);
    let mut blocks: Vec<&mut Block> =
        pages.iter_mut().flat_map(|page| &mut page.blocks).filter(|block| block.story == story).collect();
    blocks.sort_by_key(|block| block.part);
    let heads = blocks[1..].iter().filter(|block| block.head.is_some()).count();
    if heads == 1 && dice.one_in(2) {
        own.jump_head = title(dice, language, 8);
    }
    if parts == 1 && dice.one_in(2) {
        blocks[0].jump = Jump::Auto;
        let mut offered = random_block(dice, (story, 1), (axis, language), layout);
        if dice.one_in(3) {
            offered.head = None;
        }
        if dice.one_in(2) {
            own.jump_head = title(dice, language, 8);
        }
        let from = pages.iter().position(|page| page.blocks.iter().any(|block| block.story == story));
        pages[1 - from.expect("it was placed")].offers.push(Offer { stories: vec![story], block: offered });
    }
    own
}

fn pieces(language: Language) -> &'static [&'static str] {
    match language {
        Language::ZhHans => &HAN,
        Language::ZhHant => &HANT,
        Language::Ja => &KANA,
        Language::Bo => &TIBETAN,
        Language::En => &LATIN,
    }
}

/// Words of about so many characters.
fn words(dice: &mut Dice, language: Language, chars: u16) -> String {
    let mut text = String::new();
    let mut left = i32::from(chars);
    while left > 0 {
        let piece = match dice.between(0, 15) {
            0..=9 => *dice.pick(pieces(language)),
            10 | 11 if language != Language::Bo => *dice.pick(&LATIN),
            12 => *dice.pick(&DIGITS),
            13 | 14 if !matches!(language, Language::Bo | Language::En) => *dice.pick(&MARKS),
            _ => *dice.pick(&BLANKS),
        };
        left -= piece.chars().count() as i32;
        text.push_str(piece);
    }
    text
}

fn boundary(dice: &mut Dice, text: &str) -> u32 {
    let last = u16::try_from(text.len()).unwrap_or(u16::MAX);
    text.floor_char_boundary(dice.between(0, last).into()) as u32
}

fn title(dice: &mut Dice, language: Language, most: u16) -> Title {
    let chars = dice.between(1, most);
    let words =
        format!("{}{}", dice.pick(pieces(language)).trim(), words(dice, language, chars)).trim().to_owned();
    let mut breaks: Vec<u32> = (0..dice.between(0, 2)).map(|_| boundary(dice, &words)).collect();
    breaks.retain(|at| *at > 0 && (*at as usize) < words.len());
    breaks.sort_unstable();
    breaks.dedup();
    Title { text: Text::plain(words), breaks }
}

fn para(dice: &mut Dice, role: Role, language: Language, most: u16) -> Paragraph {
    let chars = if dice.one_in(8) { dice.between(0, 1) } else { dice.between(1, most) };
    let mut text = Text::plain(words(dice, language, chars));
    let tag = if role == Role::Body && dice.one_in(4) { boundary(dice, &text.text).min(12) } else { 0 };
    let tag = text.text.floor_char_boundary(tag as usize) as u32;
    if role == Role::Body && dice.one_in(4) {
        let [from, to] = [boundary(dice, &text.text), boundary(dice, &text.text)];
        let ruby = dice.maybe(2, |_| Ruby { text: "pin".to_owned(), typed: nowhere() });
        let style = Some(MarkIdx(dice.between(0, 4)));
        let to = if ruby.is_some() { to.min(from + 9) } else { to };
        let to = text.text.floor_char_boundary(to as usize) as u32;
        if from < to && !text.text[from as usize..to as usize].trim().is_empty() {
            text.marks.push(Mark { bytes: from..to, style: style.filter(|_| ruby.is_none()), ruby });
        }
    }
    Paragraph { role, text, source_tag: 0..tag, run_in: 0..0 }
}

fn random_text(dice: &mut Dice, story: StoryIdx, language: Language, size: Size) -> Story {
    let mut paras: Vec<Paragraph> = Vec::new();
    let count = dice.between(0, 7);
    for _ in 0..count {
        if dice.one_in(5) {
            paras.push(para(dice, Role::Subhead, language, 14));
        }
        let most = *dice.pick(&[3, 40, 120, 300]);
        paras.push(para(dice, Role::Body, language, most));
    }
    if size == Size::Book {
        paras = (0..50)
            .map(|_| Paragraph {
                text: Text::plain(words(dice, language, 1_000)),
                ..para(dice, Role::Body, language, 1)
            })
            .map(|para| Paragraph { source_tag: 0..0, ..para })
            .collect();
    }
    if dice.one_in(4) {
        paras.push(para(dice, Role::SourceLine, language, 10));
    }
    let body = |nth: &usize| paras[*nth].role == Role::Body;
    let spare = (0..paras.len()).filter(body).filter(|_| dice.one_in(3)).collect::<Vec<_>>();
    let spare = spare.into_iter().map(|para| Spare { para, cut: dice.between(0, 3) }).collect();
    let bare = |dice: &mut Dice, count: u64, most: u16| dice.maybe(count, |dice| title(dice, language, most));
    Story {
        id: format!("story-{}", story.0),
        typed: nowhere(),
        genre: "article".to_owned(),
        column_head: Title::default(),
        kicker: bare(dice, 3, 20).unwrap_or_default(),
        headline: title(dice, language, 24),
        deck: bare(dice, 3, 24).unwrap_or_default(),
        summary: summary(dice, language),
        jump_head: Title::default(),
        byline: dice.maybe(4, |dice| para(dice, Role::Byline, language, 12)),
        paras,
        spare,
        pictures: Vec::new(),
        insets: Vec::new(),
        lexicon: vec!["小城新".to_owned(), "老树".to_owned()],
        language,
    }
}

/// None, or up to four points, one of which may be as good as empty.
fn summary(dice: &mut Dice, language: Language) -> Vec<Paragraph> {
    let count = if dice.one_in(3) { dice.between(1, 4) } else { 0 };
    let most = *dice.pick(&[12, 40, 90]);
    (0..count).map(|_| para(dice, Role::Summary, language, most)).collect()
}

/// Under the heading or beside it, where nothing of the heading stands apart.
fn summary_place(dice: &mut Dice, grid: &Grid, apart: bool) -> SummaryPlace {
    let side = dice.maybe(3, |dice| *dice.pick(&[HeadSide::Left, HeadSide::Right])).filter(|_| !apart);
    let narrow = side.is_some() || dice.one_in(3);
    SummaryPlace {
        rows: dice.maybe(3, |dice| dice.between(1, 9)),
        width: narrow.then(|| grid.em.half().times(dice.between(8, 60).into())),
        side,
    }
}

/// Rectangles of cells in reading order: one, or two or three that make an L, a T or stairs.
fn random_cells(dice: &mut Dice, grid: &Grid) -> Vec<Cells> {
    let rows = grid.body_rows();
    let first = {
        let (col, row) = (dice.between(0, grid.columns - 1), dice.between(0, rows - 12));
        Cells { col, row, cols: dice.between(1, grid.columns - col), rows: dice.between(8, rows - row) }
    };
    let mut all = vec![first];
    for _ in 0..dice.between(0, 3).saturating_sub(1) {
        let last = all[all.len() - 1];
        let (right, foot) = (last.col + last.cols, last.row + last.rows);
        let next = if dice.one_in(2) && right < grid.columns {
            let row = if dice.one_in(2) { last.row } else { dice.between(last.row, foot - 1) };
            Cells {
                col: right,
                row,
                cols: dice.between(1, grid.columns - right),
                rows: dice.between(1, rows - row),
            }
        } else if foot < rows {
            let col = dice.between(last.col, right - 1);
            Cells {
                col,
                row: foot,
                cols: dice.between(1, grid.columns - col),
                rows: dice.between(1, rows - foot),
            }
        } else {
            break;
        };
        if !all.iter().any(|other| other.overlaps(next)) {
            all.push(next);
        }
    }
    all
}

fn random_block(
    dice: &mut Dice,
    (story, part): (StoryIdx, u16),
    (axis, language): (Axis, Language),
    layout: &Layout,
) -> Block {
    let grid = &layout.grid;
    let cells = random_cells(dice, grid);
    let boxed = dice.maybe(4, |dice| Boxed {
        rule: usize::from(dice.between(0, 3)),
        inset: Em(500).at(grid.em),
        rows: dice.between(0, 2),
        reach: Len::ZERO,
        tint: 0,
    });
    let boxed = boxed.filter(|_| cells.len() == 1);
    let white = boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset).times(2);
    let first = grid.span(cells[0].cols) - white;
    let strip = grid.em.times(dice.between(2, 4).into());
    let side = *dice.pick(&[HeadSide::Left, HeadSide::Right]);
    let part_aside = *dice.pick(&[HeadPart::Kicker, HeadPart::Deck]);
    let vertical_head = dice.one_in(6);
    let aside = dice.maybe(8, |_| Aside { part: part_aside, side, width: strip });
    let aside = aside.filter(|_| !vertical_head && part == 1);
    let taken = if vertical_head || aside.is_some() { strip } else { Len::ZERO };
    let along = |idx: usize, cells: Cells| match axis {
        Axis::Horizontal => grid.span(cells.cols) - white - if idx == 0 { taken } else { Len::ZERO },
        Axis::Vertical => grid.row.times(i64::from(cells.rows)),
    };
    let narrowest = (0..).zip(&cells).map(|(idx, cells)| along(idx, *cells)).min().unwrap_or(first);
    // Measures from five ems, in halves of one; of a narrower room all of it.
    let half = grid.em.half();
    let most = narrowest.rows(half).0.clamp(10, 80) as u16;
    let measure = half.times(i64::from(dice.between(10, most))).min(narrowest);
    let areas: Vec<Area> = (0..)
        .zip(&cells)
        .map(|(idx, cells)| {
            let most = (along(idx, *cells) + grid.gutter).rows(measure + grid.gutter).0.clamp(1, 4);
            Area { cells: *cells, columns: dice.between(1, most as u16) }
        })
        .collect();
    let count = areas.iter().map(|area| area.columns).sum();
    let rows = |dice: &mut Dice| -> Vec<u16> {
        if dice.one_in(3) { (0..count).map(|_| dice.between(0, 4)).collect() } else { Vec::new() }
    };
    let over: u16 = headed(&areas).iter().map(|area| area.columns).sum();
    let from = if dice.one_in(4) { dice.between(0, over - 1) } else { 0 };
    let apart = vertical_head || aside.is_some();
    let head = HeadPlace {
        style: usize::from(dice.between(0, layout.heads.len() as u16 - 1)),
        side: vertical_head.then_some(side),
        width: if vertical_head { strip } else { Len::ZERO },
        rows: dice.maybe(3, |dice| dice.between(1, 10)),
        from: if axis == Axis::Horizontal { from } else { 0 },
        over: dice.maybe(4, |dice| dice.between(1, over - from)),
        kicker_at: KickerPlace::Above,
        aside,
        lines: dice.maybe(4, |dice| dice.between(1, 3)),
        size: None,
        kicker_size: None,
        deck_size: None,
        summary: summary_place(dice, grid, apart),
        raise: Len::ZERO,
    };
    let style = match language {
        Language::ZhHans => "body",
        Language::ZhHant => "body-tc",
        Language::Ja => "body-ja",
        Language::Bo => "body-bo",
        Language::En => "body-en",
    };
    Block {
        story,
        part,
        typed: nowhere(),
        cells: cells.iter().copied().reduce(Cells::joined).unwrap_or(cells[0]),
        jump: Jump::Told,
        axis,
        columns: Columns {
            measures: vec![measure; usize::from(count)],
            start_lower: rows(dice),
            end_higher: rows(dice),
            row: dice.maybe(8, |dice| dice.between(0, 12)),
            rows: dice.maybe(8, |dice| dice.between(1, 40)),
            balance: if dice.one_in(3) { Balance::Level } else { Balance::AtFoot },
            rule: dice.maybe(3, |_| 0),
        },
        areas,
        ladder: dice.maybe(2, |_| 0).filter(|_| !layout.ladders.is_empty()),
        group: dice.maybe(2, |_| 0),
        offered: false,
        style: layout.styles.iter().position(|(own, _)| own == style).expect("the layout has it"),
        head: Some(head),
        drop_cap: dice.maybe(5, |dice| dice.between(2, 4)),
        column_head_rows: 0,
        byline_rows: dice.between(0, 2),
        boxed,
        pictures: Vec::new(),
        insets: Vec::new(),
    }
}

fn around(dice: &mut Dice, grid: &Grid) -> Around {
    Around {
        wrap: *dice.pick(&[Wrap::None, Wrap::Beside, Wrap::Both]),
        along: Em(*dice.pick(&[0, 500, 1000, 1300])).at(grid.em),
        across: Em(*dice.pick(&[0, 0, 400])).at(grid.em),
    }
}

/// Pictures and insets of a story, and where they stand: apart from one another.
fn place_matter(dice: &mut Dice, own: &mut Story, story: StoryIdx, layout: &Layout, pages: &mut [PagePlan]) {
    let grid = &layout.grid;
    let language = own.language;
    for block in pages.iter_mut().flat_map(|page| &mut page.blocks).filter(|block| block.story == story) {
        let inner = grid.span(block.cells.cols)
            - block.boxed.as_ref().map_or(Len::ZERO, |boxed| boxed.inset).times(2);
        let mut row = 0;
        while dice.one_in(3) {
            row += dice.between(0, 14);
            let (rows, caption_rows) = (dice.between(1, 12), dice.between(0, 3));
            let half = grid.em.half();
            let width = half.times(i64::from(dice.between(4, 60))).min(inner);
            let left = half.times(i64::from(dice.between(0, (inner - width).rows(half).0 as u16)));
            if row + rows + caption_rows > block.cells.rows {
                break;
            }
            let around = around(dice, grid);
            if dice.one_in(2) {
                let shape = if dice.one_in(3) { vec![(500, 0), (1000, 1000), (0, 700)] } else { Vec::new() };
                let picture = own.pictures.len();
                own.pictures.push(picture_of(dice, picture, language, caption_rows));
                block.pictures.push(PicturePlace {
                    picture,
                    left,
                    width,
                    row,
                    rows,
                    caption_rows,
                    around,
                    shape,
                });
            } else {
                let inset = own.insets.len();
                own.insets.push(Inset {
                    id: format!("inset-{inset}"),
                    typed: nowhere(),
                    kind: *dice.pick(&[InsetKind::Quote, InsetKind::Box]),
                    title: dice.maybe(2, |dice| para(dice, Role::Inset, language, 6)),
                    paras: vec![para(dice, Role::Inset, language, 20)],
                });
                let rows = rows + caption_rows;
                block.insets.push(InsetPlace { inset, left, width, row, rows, axis: block.axis, around });
            }
            row += rows + caption_rows;
        }
    }
}

fn picture_of(dice: &mut Dice, nth: usize, language: Language, caption_rows: u16) -> StoryPicture {
    let mut line = |role, most| {
        let words = Paragraph { source_tag: 0..0, ..para(dice, role, language, most) };
        (caption_rows > 0).then_some(words)
    };
    StoryPicture {
        id: format!("picture-{nth}"),
        file: "picture.jpg".to_owned(),
        typed: nowhere(),
        caption: line(Role::Caption, 30),
        credit: line(Role::Credit, 8),
        gray: false,
        focus: (500, 500),
        keep: None,
        pixels: None,
        as_is: false,
        ink_saving: false,
        inverted: None,
    }
}
