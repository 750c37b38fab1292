//! Small sheets in the real faces, written and read back.

mod file;
mod inks;
mod levels;
mod setting;

use std::path::Path;
use std::sync::LazyLock;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::*;
use crate::color::{SpotIdx, Tint};
use crate::diag::{FileId, Span};
use crate::files::Blob;
use crate::font::FaceIdx;
use crate::geom::{PageBoxes, Point, Rect, Turn};
use crate::model::edition::{Conversion, SpotInks};
use crate::paint::display::{GlyphRun, Paint, PictureIdx, PlacedGlyph, Segment};
use crate::picture::{Coding, Crop, Peaks, Plates};

const SONG: FaceIdx = FaceIdx(0);
const TEHEI: FaceIdx = FaceIdx(1);
const KAI: FaceIdx = FaceIdx(2);
const TIBETAN: FaceIdx = FaceIdx(3);

/// Song and the heaviest hei are CID-keyed CFF, kai is TrueType.
static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| {
    [
        ("song", "NotoSerifSC-Regular.otf"),
        ("tehei", "NotoSansCJKsc-Black-subset.otf"),
        ("kai", "LXGWWenKai-Regular.ttf"),
        ("tibetan", "NotoSerifTibetan_400Regular.ttf"),
    ]
    .map(|(id, file)| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(file);
        let len = path.metadata().expect("the font is there").len();
        Face::read(id, Blob::Disk { path: path.into(), len }).expect("a font")
    })
    .into()
});

static INTENT: LazyLock<Intent> = LazyLock::new(|| {
    let profile = |name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles").join(name);
        std::fs::read(path).expect("the profile is there").into()
    };
    Intent::new(&Condition {
        identifier: "IFRA26".to_owned(),
        text: "Coldset offset on newsprint, 26 % dot gain (ISO 12647-3)".to_owned(),
        registry: "http://www.color.org".to_owned(),
        profile: profile("ISOnewspaper_v4_26_bas.ICC"),
        typed: Span::file(FileId(0)),
        gray_profile: Some(profile("newsprint-gray-ifra26.icc")),
        ink_limit: 2400,
        ruling: 100,
        spots: SpotInks::Refused,
        picture_ppi: 200,
        conversion: Conversion::default(),
    })
});

fn imprint(level: Level) -> Imprint<'static> {
    Imprint {
        title: "示例日报 <A02> & (要闻)".to_owned(),
        paper: "示例日报".to_owned(),
        date: Date::new(2022, 9, 5).expect("a day"),
        revision: 2,
        level,
        intent: &INTENT,
        spots: &[],
        threads: Vec::new(),
    }
}

/// A broadsheet page with 3 mm of bleed and 10 mm for marks.
fn sheet(items: Vec<Item>) -> Sheet {
    let trim = Rect::new(Len::ZERO, Len::ZERO, Len::mm(390), Len::mm(545));
    let boxes = PageBoxes { trim, bleed: trim.grown(Len::mm(3)), media: trim.grown(Len::mm(10)) };
    Sheet { page: "A02".to_owned(), boxes, items }
}

fn at(x: i64, y: i64) -> Point {
    Point { x: Len::mm(x), y: Len::mm(y) }
}

/// Shapes a text and sets it at its natural width.
fn shaped(face: FaceIdx, size: Len, ink: Ink, origin: Point, text: &str) -> GlyphRun {
    let font = &FACES[usize::from(face.0)];
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let set = rustybuzz::shape(&font.shaper(), &[], buffer);
    let upem = i64::from(font.metrics().units_per_em);
    let starts: Vec<u32> = set.glyph_infos().iter().map(|info| info.cluster).collect();
    let mut pen = Len::ZERO;
    let mut glyphs = Vec::new();
    for (index, (info, place)) in set.glyph_infos().iter().zip(set.glyph_positions()).enumerate() {
        let next = starts[index..].iter().copied().find(|start| *start > info.cluster);
        let heads = index == 0 || starts[index - 1] != info.cluster;
        let end = if heads { next.unwrap_or(text.len() as u32) } else { info.cluster };
        glyphs.push(PlacedGlyph {
            glyph: info.glyph_id as u16,
            offset: Point {
                x: pen + size.scale(i64::from(place.x_offset), upem),
                y: -size.scale(i64::from(place.y_offset), upem),
            },
            text: info.cluster..end,
        });
        pen += size.scale(i64::from(place.x_advance), upem);
    }
    GlyphRun { face, size, ink, turn: Turn::Upright, origin, text: text.to_owned(), glyphs }
}

fn line(face: FaceIdx, x: i64, y: i64, text: &str) -> Item {
    Item::Glyphs(shaped(face, Len::pt(10), Ink::BLACK, at(x, y), text))
}

fn mark(x: Len, y: Len, width: Len, height: Len) -> Item {
    Item::Fill { rect: Rect::new(x, y, width, height), ink: Ink::Registration }
}

fn photograph(plates: Plates) -> Picture {
    let (width, height) = (600_u16, 400_u16);
    let components = match plates {
        Plates::Black => 1,
        Plates::Cmyk => 4,
    };
    let mut samples = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let tone = [(x / 6) as u8, (y / 4) as u8, (x / 12) as u8, ((x + y) / 20) as u8];
            samples.extend(&tone[4 - components..]);
        }
    }
    let mut jpeg = Vec::new();
    let colour = match plates {
        Plates::Black => jpeg_encoder::ColorType::Luma,
        Plates::Cmyk => jpeg_encoder::ColorType::Cmyk,
    };
    jpeg_encoder::Encoder::new(&mut jpeg, 85).encode(&samples, width, height, colour).expect("a picture");
    let inverted = plates == Plates::Cmyk;
    let (width, height) = (width.into(), height.into());
    let shown = Crop { x: 0, y: 0, width, height };
    Picture {
        width,
        height,
        plates,
        coding: Coding::Jpeg,
        data: jpeg.into(),
        inverted,
        shown,
        peak_ink: 1600,
        peaks: Peaks::even(1600),
    }
}

/// A page with one of everything.
fn page() -> (Sheet, Vec<Picture>) {
    let hair = Len::centipoints(25);
    let mut items = vec![
        mark(Len::mm(-9), Len::ZERO, Len::mm(5), hair),
        mark(Len::ZERO, Len::mm(-9), hair, Len::mm(5)),
        mark(Len::mm(394), Len::mm(545), Len::mm(5), hair),
        mark(Len::mm(390), Len::mm(549), hair, Len::mm(5)),
        Item::Fill {
            rect: Rect::new(Len::mm(20), Len::mm(20), Len::mm(350), Len::mm(30)),
            ink: Ink::Cmyk([Tint(0), Tint(1000), Tint(1000), Tint(0)]),
        },
        Item::Glyphs(shaped(TEHEI, Len::pt(48), Ink::PAPER, at(30, 43), "让党旗在抗疫一线高高飘扬")),
        Item::Picture {
            picture: PictureIdx(0),
            rect: Rect::new(Len::mm(20), Len::mm(60), Len::mm(80), Len::mm(53)),
            shape: None,
        },
        Item::Picture {
            picture: PictureIdx(1),
            rect: Rect::new(Len::mm(120), Len::mm(60), Len::mm(80), Len::mm(53)),
            shape: None,
        },
        Item::Fill {
            rect: Rect::new(Len::mm(20), Len::mm(120), Len::mm(350), Len::centipoints(50)),
            ink: Ink::BLACK,
        },
    ];
    items.push(line(SONG, 20, 130, "疫情发生以来，全市2022名党员干部——“下沉”一线，筑牢防线。"));
    items.push(line(SONG, 160, 130, "同一条基线上的另一栏，Office fi 12.5%……"));
    items.push(line(KAI, 20, 140, "图①为志愿者在社区服务——“楷体”，3月5日摄。"));
    items.push(line(TIBETAN, 20, 150, "བོད་སྐད་"));
    items.push(line(SONG, 20, 160, "日本⽇本，日子"));
    (sheet(items), vec![photograph(Plates::Cmyk), photograph(Plates::Black)])
}

/// Writes sheets with the pictures of [`page`].
fn written(sheets: &[&Sheet], level: Level) -> Vec<u8> {
    write(sheets, &FACES, &page().1, &[], &imprint(level)).expect("it is written")
}

/// Writes a page of items and reads it back.
fn read(items: Vec<Item>) -> Document {
    Document::load_mem(&written(&[&sheet(items)], Level::X1a2003)).expect("it can be read")
}

/// The dictionary of a page, counted from 0.
fn page_dict(document: &Document, page: usize) -> &Dictionary {
    let id = document.page_iter().nth(page).expect("the page");
    document.get_dictionary(id).expect("a dictionary")
}

/// One category of a page's resources.
fn resource<'a>(document: &'a Document, page: usize, category: &str) -> &'a Dictionary {
    let resources = page_dict(document, page).get_deref(b"Resources", document).expect("resources");
    resources
        .as_dict()
        .and_then(|all| all.get_deref(category.as_bytes(), document)?.as_dict())
        .expect(category)
}

/// The content operators of a page.
fn operators(document: &Document, page: usize) -> Vec<Operation> {
    let id = document.page_iter().nth(page).expect("the page");
    let content = document.get_page_content(id);
    Content::decode(&content).expect("operators").operations
}

/// Bytes that a stream stands for.
fn stream(document: &Document, object: &Object) -> Vec<u8> {
    let (_, object) = document.dereference(object).expect("an object");
    object.as_stream().expect("a stream").get_plain_content().expect("it inflates")
}
