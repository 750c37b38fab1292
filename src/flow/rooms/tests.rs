//! Rooms of a block: columns of lines across, tiers of vertical lines, what a heading and pictures
//! take of them.

use super::*;
use crate::diag::{FileId, Span};
use crate::model::plan::{Area, Balance, Cells, Columns, HeadPlace, Jump, KickerPlace, SummaryPlace};
use crate::model::story::StoryIdx;
use crate::model::wrap::Around;

fn grid() -> Grid {
    Grid::of_six(10)
}

/// Two columns and ten rows of the grid's corner.
fn block(axis: Axis, count: u16, measure: Len) -> Block {
    Block {
        story: StoryIdx(0),
        typed: Span::file(FileId(0)),
        part: 1,
        cells: Cells { col: 0, row: 0, cols: 2, rows: 10 },
        areas: vec![Area { cells: Cells { col: 0, row: 0, cols: 2, rows: 10 }, columns: count }],
        jump: Jump::Told,
        axis,
        columns: Columns {
            measures: vec![measure; usize::from(count)],
            start_lower: Vec::new(),
            end_higher: Vec::new(),
            row: None,
            rows: None,
            balance: Balance::AtFoot,
            rule: None,
        },
        ladder: None,
        group: None,
        offered: false,
        style: 0,
        head: None,
        drop_cap: None,
        column_head_rows: 0,
        byline_rows: 0,
        boxed: None,
        pictures: Vec::new(),
        insets: Vec::new(),
    }
}

fn side_head(side: HeadSide) -> HeadPlace {
    HeadPlace {
        style: 0,
        side: Some(side),
        width: Len::pt(30),
        rows: None,
        from: 0,
        over: None,
        kicker_at: KickerPlace::Above,
        aside: None,
        lines: None,
        size: None,
        kicker_size: None,
        deck_size: None,
        summary: SummaryPlace::default(),
        raise: Len::ZERO,
    }
}

/// The rooms' rectangles, in points.
fn rects(block: &Block, head_rows: u16) -> Vec<Vec<[i64; 4]>> {
    let grid = grid();
    let rooms = block_rooms(block, &grid, head_rows).rooms;
    let points = |length: Len| length.units() / Len::pt(1).units();
    let leg = |leg: &crate::room::Leg| {
        let rooms = &rooms.rooms[leg.first as usize..(leg.first + leg.count) as usize];
        let rect = |room: &LineRoom| room.rect(block.axis, grid.row);
        rooms.iter().map(rect).map(|r| [r.x, r.y, r.width, r.height].map(points)).collect()
    };
    rooms.legs.iter().map(leg).collect()
}

#[test]
fn lines_across_go_down_and_columns_to_the_right() {
    let legs = rects(&block(Axis::Horizontal, 2, Len::pt(100)), 3);
    assert_eq!(legs.len(), 2);
    assert_eq!((legs[0].len(), legs[0][0], legs[0][1]), (7, [0, 36, 100, 12], [0, 48, 100, 12]));
    assert_eq!(legs[1][0], [110, 36, 100, 12]);
}

#[test]
fn unlike_columns_keep_the_gutter_between_them() {
    let mut block = block(Axis::Horizontal, 2, Len::pt(90));
    block.columns.measures[1] = Len::pt(110);
    let legs = rects(&block, 0);
    assert_eq!((legs[0][0], legs[1][0]), ([0, 0, 90, 12], [100, 0, 110, 12]));
    let mut over = |columns: u16| {
        block.head = Some(HeadPlace { over: Some(columns), ..side_head(HeadSide::Left) });
        block.head.as_mut().expect("it was put there").side = None;
        head_span(&block, &grid()).1
    };
    assert_eq!((over(1), over(2)), (Len::pt(90), Len::pt(210)));
}

#[test]
fn vertical_lines_go_left_and_tiers_down() {
    // 210 pt hold 17 lines; two tiers of 5 em share 120 pt, with white between them.
    let legs = rects(&block(Axis::Vertical, 2, Len::pt(50)), 0);
    assert_eq!((legs.len(), legs[0].len()), (2, 17));
    assert_eq!((legs[0][0], legs[0][1]), ([198, 0, 12, 50], [186, 0, 12, 50]));
    assert_eq!(legs[1][0], [198, 70, 12, 50]);
    // Under a heading there is less: the tiers are as deep as there is room, a gutter between them.
    let legs = rects(&block(Axis::Vertical, 2, Len::pt(60)), 2);
    assert_eq!((legs[0][0], legs[1][0]), ([198, 24, 12, 42], [198, 77, 12, 42]));
}

#[test]
fn a_vertical_heading_takes_a_strip_at_its_side() {
    let mut right = block(Axis::Vertical, 1, Len::pt(120));
    right.head = Some(side_head(HeadSide::Right));
    assert_eq!(
        head_strip(&right, &grid()),
        Some(Rect::new(Len::pt(180), Len::ZERO, Len::pt(30), Len::pt(120)))
    );
    assert_eq!((rects(&right, 0)[0][0], rects(&right, 0)[0].len()), ([168, 0, 12, 120], 15));
    let mut left = block(Axis::Horizontal, 1, Len::pt(180));
    left.head = Some(side_head(HeadSide::Left));
    assert_eq!(rects(&left, 0)[0][0], [30, 0, 180, 12]);
}

#[test]
fn no_line_stands_on_a_picture() {
    for axis in [Axis::Horizontal, Axis::Vertical] {
        let mut block = block(axis, 1, Len::pt(100));
        block.pictures.push(PicturePlace {
            picture: 0,
            left: Len::pt(150),
            width: Len::pt(60),
            row: 2,
            rows: 3,
            caption_rows: 1,
            around: Around::default(),
            shape: Vec::new(),
        });
        let picture = picture_room(&block.pictures[0], &block, &grid());
        let rooms = block_rooms(&block, &grid(), 0).rooms.rooms;
        assert!(!rooms.is_empty());
        assert!(rooms.iter().all(|room| !room.rect(axis, Len::pt(12)).overlaps(picture)), "{axis:?}");
    }
}

#[test]
fn no_line_stands_over_a_picture_beside_the_byline() {
    let picture = |width: i64| PicturePlace {
        picture: 0,
        left: Len::ZERO,
        width: Len::pt(width),
        row: 1,
        rows: 3,
        caption_rows: 0,
        around: Around::default(),
        shape: Vec::new(),
    };
    let heads = |width: i64, byline: u16| {
        let mut block = block(Axis::Horizontal, 2, Len::pt(100));
        block.byline_rows = byline;
        block.pictures.push(picture(width));
        rects(&block, 0).iter().map(|leg| leg[0][1]).collect::<Vec<_>>()
    };
    // Over the full width both columns begin under it; where one goes on beside it, it goes on.
    assert_eq!(heads(210, 1), [48, 48]);
    assert_eq!(heads(100, 1), [48, 0]);
    // Without a byline each column has a line over it, as it was planned.
    assert_eq!(heads(210, 0), [0, 0]);
}
