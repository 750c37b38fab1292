//! The arithmetic of the page in numbers: long columns, re-divided columns, the four ways to divide.

use super::*;
use crate::unit::Em;

/// A 对开 page of 9 pt: so many columns of so many tenths of an em, with a gutter likewise.
fn page(columns: u16, measure: i32, gutter: i32) -> Grid {
    let em = Len::pt(9);
    Grid {
        em,
        columns,
        measure: Em(measure * 100).at(em),
        gutter: Em(gutter * 100).at(em),
        column_step: em,
        row: Len::pt(12),
        rows: 115,
        folio_rows: 5,
        origin: Point::default(),
        baseline: Len::pt(9),
        fold: None,
    }
}

/// The national 对开 grid: 8 columns of 13 characters, one character apart.
fn national() -> Grid {
    page(8, 130, 10)
}

/// A length in thousandths of an em of the page.
fn ems(length: Len) -> i32 {
    length.permille_of(Len::pt(9))
}

/// Measures of columns in a width of so many basic columns, in thousandths of an em, and what each
/// gutter has of the rest.
fn divided(grid: &Grid, basic: u16, count: u16, how: Division) -> (Vec<i32>, i32) {
    let width = grid.span(basic);
    let measures = grid.divide(width, count, how).expect("they are wide enough");
    let rest = width - measures.iter().copied().sum();
    (measures.into_iter().map(ems).collect(), ems(rest.scale(1, i64::from(count) - 1)))
}

#[test]
fn long_columns_are_basic_ones_and_their_gutters() {
    let widths = |columns: u16| ems(national().span(columns));
    assert_eq!([1, 2, 3, 4, 5, 8].map(widths), [13_000, 27_000, 41_000, 55_000, 69_000, 111_000]);
}

#[test]
fn the_grids_of_broadsheets_are_as_wide_as_each_other() {
    // 999 pt, which are 352.4 mm.
    assert_eq!(national().width(), Len::pt(999));
    assert_eq!(page(6, 170, 18).width(), Len::pt(999));
    assert_eq!(national().width().micrometres(), 352_425);
}

#[test]
fn broken_columns_are_whole_ems_and_the_gutters_take_the_rest() {
    let of = |basic, count| divided(&national(), basic, count, Division::Absolute);
    assert_eq!(of(3, 2), (vec![20_000; 2], 1000), "三破二");
    assert_eq!(of(5, 3), (vec![22_000; 3], 1500), "五破三: an em is left for two gutters");
    assert_eq!(of(4, 3), (vec![17_000; 3], 2000), "四破三: two ems are left for two gutters");
}

#[test]
fn twenty_characters_are_divided_in_each_way_as_founder_does() {
    let twenty = page(1, 200, 10);
    let of = |how| divided(&twenty, 1, 2, how);
    assert_eq!(of(Division::Absolute), (vec![9000, 9000], 2000));
    assert_eq!(of(Division::Relative), (vec![9000, 10_000], 1000));
    assert_eq!(of(Division::Free), (vec![9500, 9500], 1000));
}

#[test]
fn a_house_may_round_to_half_an_em() {
    let halves = Grid { column_step: Em::HALF.at(Len::pt(9)), ..national() };
    assert_eq!(divided(&halves, 4, 3, Division::Absolute), (vec![17_500; 3], 1250));
    assert_eq!(divided(&halves, 3, 2, Division::Absolute), (vec![20_000; 2], 1000));
}

#[test]
fn no_way_divides_into_less_than_two_characters() {
    let grid = national();
    for how in [Division::Absolute, Division::Relative, Division::Free] {
        assert_eq!(grid.divide(grid.span(1), 5, how), None, "{how:?}");
        assert_eq!(grid.divide(grid.span(1), 100, how), None, "{how:?}");
        assert!(grid.divide(grid.span(1), 4, how).is_some(), "{how:?}");
    }
}
