//! Total-fit against every setting there is.

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

use crate::model::style::Composition;
use crate::text::fixture::{Fixture, any_text, ems, kaiming, quanjiao};
use crate::text::justify::justify;
use crate::text::kinsoku::RESCUE;
use crate::text::linebreak::Ending;
use crate::text::measures::Measures;
use crate::text::para::PreparedPara;
use crate::text::total::{best, by_count, first_fit};
use crate::text::weigh::{Cost, POINT, Patience, Texture, Verdict, weigh};

/// The lines taken so far, as the costs between lines need them.
#[derive(Clone, Copy)]
struct Before {
    item: usize,
    lines: usize,
    cost: Cost,
    texture: Texture,
    repeats: bool,
}

/// The least cost of each number of lines, by trying every sequence of breaks.
fn every_setting(
    para: &PreparedPara,
    measures: &Measures,
    rules: &Composition,
    before: Before,
    found: &mut Vec<Option<Cost>>,
) {
    let mark = |to: usize| {
        let item = &para.items[to - 1];
        item.class.closes().then(|| para.text_of(to - 1..to))
    };
    let end = para.items.len();
    for to in before.item + 1..=end {
        if para.gaps[to - 1].penalty >= RESCUE && to != end {
            continue;
        }
        let measure = measures.at(before.lines) - para.indent_at(before.item);
        let Verdict::Sets(line) = weigh(para, before.item, to, measure, rules, Patience::Strict) else {
            continue;
        };
        let mut cost = before.cost + line.cost;
        let mut repeats = false;
        if before.lines > 0 {
            let clash = [line.texture, before.texture].contains(&Texture::Open)
                && [line.texture, before.texture].contains(&Texture::Tight);
            cost += Cost::from(clash) * Cost::from(rules.weights.texture) * POINT;
            repeats = mark(to).is_some() && mark(to) == mark(before.item);
            cost += Cost::from(repeats && before.repeats) * Cost::from(rules.weights.same_mark) * POINT;
        }
        let lines = before.lines + 1;
        if to < end {
            cost += Cost::from(para.gaps[to - 1].penalty) * POINT;
            let next = Before { item: to, lines, cost, texture: line.texture, repeats };
            every_setting(para, measures, rules, next, found);
            continue;
        }
        if before.item > 0 {
            let short = match para.spoken(before.item, 3) {
                0 | 1 => rules.weights.runt,
                2 => rules.weights.short_last,
                _ => 0,
            };
            cost += Cost::from(short) * POINT;
        }
        found.resize(found.len().max(lines + 1), None);
        found[lines] = Some(found[lines].map_or(cost, |known| known.min(cost)));
    }
}

/// A paragraph short enough to try everything, its measures, and its rules.
fn given(u: &mut Unstructured<'_>) -> Result<(PreparedPara, Measures, &'static Fixture)> {
    let fixture = if u.arbitrary()? { quanjiao() } else { kaiming() };
    let mut para = fixture.para(&any_text(u, 26)?);
    para.indent = ems(u.int_in_range(0..=2)? * 1000);
    let measure = |u: &mut Unstructured<'_>| Ok(ems(u.int_in_range(20..=36)? * 250));
    let each = (0..u.int_in_range(1..=4)?).map(|_| measure(u)).collect::<Result<Vec<_>>>()?;
    Ok((para, Measures::each(each), fixture))
}

#[test]
fn no_setting_is_cheaper_than_the_best() {
    arbtest(|u| {
        let (para, measures, fixture) = given(u)?;
        let rules = &fixture.layout.composition;
        let mut found = Vec::new();
        let start = Before { item: 0, lines: 0, cost: 0, texture: Texture::Even, repeats: false };
        every_setting(&para, &measures, rules, start, &mut found);
        let exact: Vec<(usize, Cost)> =
            found.iter().enumerate().filter_map(|(lines, cost)| Some((lines, (*cost)?))).collect();
        let counted: Vec<(usize, Cost)> =
            by_count(&para, 0, &measures, rules).iter().map(|one| (one.lines.len(), one.cost)).collect();
        assert_eq!(counted, exact, "{}", para.text);
        let first = first_fit(&para, 0, &measures, usize::MAX).len();
        let least = exact.iter().filter(|(lines, _)| *lines <= first).map(|(_, cost)| *cost).min();
        if let Some(least) = least {
            assert_eq!(best(&para, 0, &measures, rules).cost, least, "{}", para.text);
        }
        Ok(())
    });
}

#[test]
fn the_best_lines_hold_every_item_once_and_fill_their_measures() {
    arbtest(|u| {
        let (para, measures, fixture) = given(u)?;
        let total = best(&para, 0, &measures, &fixture.layout.composition);
        let first = first_fit(&para, 0, &measures, usize::MAX);
        assert!(total.lines.len() <= first.len(), "{}", para.text);
        let mut next = 0;
        for (nth, cut) in total.lines.iter().enumerate() {
            assert_eq!(cut.items.start, next);
            next = cut.items.end;
            let set = justify(&para, cut);
            let gaps = para.sums.gaps(cut.items.start, cut.items.end);
            match cut.ending {
                Ending::Forced => {}
                Ending::Last => assert!(set.end <= measures.at(nth), "{}", para.text),
                _ if gaps == 0 => assert!(set.end <= measures.at(nth), "{}", para.text),
                _ => assert_eq!(set.end, measures.at(nth), "{}", para.text),
            }
        }
        assert_eq!(next, para.items.len());
        Ok(())
    });
}
