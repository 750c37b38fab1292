//! Frames round blocks of several rectangles: which edges they run along, what they cover.

use super::*;

fn grid() -> Grid {
    Grid::of_six(10)
}

fn areas(cells: &[[u16; 4]]) -> Vec<Area> {
    let area = |[col, row, cols, rows]: &[u16; 4]| Area {
        cells: Cells { col: *col, row: *row, cols: *cols, rows: *rows },
        columns: *cols,
    };
    cells.iter().map(area).collect()
}

fn points(length: Len) -> i64 {
    length.units() / Len::pt(1).units()
}

#[test]
fn a_frame_runs_along_the_edges_that_adjoin_nothing() {
    // An L: the foot of the second rectangle's column stands beside the first.
    let l = areas(&[[0, 0, 2, 10], [2, 5, 2, 5]]);
    assert_eq!((open_sides(&l, 0), open_sides(&l, 1)), ((true, true), (false, true)));
    let full = areas(&[[0, 0, 2, 10], [2, 0, 2, 10]]);
    assert_eq!((open_sides(&full, 0), open_sides(&full, 1)), ((true, false), (false, true)));
}

#[test]
fn a_frame_leaves_the_stretch_open_where_a_leg_goes_on() {
    // A T: its leg goes on under the third and fourth columns.
    let t = areas(&[[0, 0, 6, 10], [2, 10, 2, 10]]);
    let open = |own: usize, edge: Edge| -> Vec<(i64, i64)> {
        let stretches = open_stretches(&t, own, edge, &grid());
        stretches.iter().map(|open| (points(open.start), points(open.end))).collect()
    };
    assert_eq!(open(0, Edge::Head), [(0, 650)]);
    assert_eq!(open(0, Edge::Foot), [(0, 220), (430, 650)]);
    assert_eq!((open(1, Edge::Head), open(1, Edge::Foot)), (vec![], vec![(220, 430)]));
}

#[test]
fn a_frame_covers_the_gutters_inside() {
    let l = areas(&[[0, 0, 2, 10], [2, 5, 2, 5]]);
    let corners = |reach: i64| -> Vec<(i64, i64)> {
        let corners = outline(&framed(&l, Len::pt(reach), &grid()));
        corners.iter().map(|at| (points(at.x), points(at.y))).collect()
    };
    assert_eq!(corners(0), [(0, 0), (210, 0), (210, 60), (430, 60), (430, 120), (0, 120)]);
    assert_eq!(corners(6), [(0, -6), (210, -6), (210, 54), (430, 54), (430, 126), (0, 126)]);
}

#[test]
fn one_line_goes_round_all_but_rings() {
    let one = |cells: &[[u16; 4]], reach: i64| has_one_outline(&areas(cells), Len::pt(reach), &grid());
    let c = [[0, 0, 2, 4], [0, 4, 1, 2], [0, 6, 2, 4]];
    assert!(one(&c, 0) && one(&c, 11));
    assert!(!one(&c, 12), "24 pt of gap are closed from both sides");
    let ring = [[0, 0, 3, 4], [0, 4, 1, 4], [2, 4, 1, 4], [0, 8, 3, 4]];
    assert!(!one(&ring, 0));
    // Where two touch at a corner, the gutter is a way out.
    let parted = [[0, 0, 2, 4], [2, 0, 1, 8], [0, 4, 1, 8], [1, 8, 1, 4]];
    assert!(one(&parted, 0));
}
