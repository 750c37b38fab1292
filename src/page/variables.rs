//! What `{name}` stands for in furniture: the edition's and the page's own words, the day, the page.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::model::edition::{Date, Edition, PageEntry};
use crate::model::plan::PagePlan;

/// Days of the week, Sunday first.
const WEEKDAYS: [&str; 7] = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Every variable of a page and its value; `number` is the page's, or that of one page of a spread.
pub(super) fn of_page(edition: &Edition, plan: &PagePlan, number: u16) -> BTreeMap<String, String> {
    let date = edition.date;
    let mut variables = BTreeMap::new();
    for (name, value) in edition.variables.iter().chain(&plan.variables) {
        variables.insert(name.clone(), value.clone());
    }
    let counted = |name: &str, count: Option<u32>| count.map(|count| (name.to_owned(), count.to_string()));
    variables.extend(counted("issue", edition.issue));
    variables.extend(counted("total_issue", edition.total_issue));
    for (name, value) in [
        ("paper", edition.paper.clone()),
        ("edition", edition.edition.clone()),
        ("revision", edition.revision.to_string()),
        ("date", format!("{}年{}月{}日", date.year, date.month, date.day)),
        ("date_zh", in_characters(date)),
        ("date_iso", date.to_string()),
        ("year", date.year.to_string()),
        ("month", date.month.to_string()),
        ("day", date.day.to_string()),
        ("weekday", WEEKDAYS[date.weekday()].to_owned()),
        ("page_no", number.to_string()),
        ("page_no_zh", numeral(number)),
        ("pages", edition.contents.len().to_string()),
        ("section", plan.section.clone()),
    ] {
        variables.insert(name.to_owned(), value);
    }
    variables
}

/// How another page is referred to.
pub(super) fn of_reference(page: &PageEntry) -> BTreeMap<String, String> {
    [
        ("page_id", page.id.clone()),
        ("page_no", page.number.to_string()),
        ("page_no_zh", numeral(page.number)),
        ("section", page.section.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// A day in characters, its year digit by digit: 二〇二二年九月五日 (GB/T 15835-2011, 5.2).
fn in_characters(date: Date) -> String {
    let year: String = date.year.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect();
    format!("{year}年{}月{}日", numeral(date.month.into()), numeral(date.day.into()))
}

/// A number up to 9999 as it is read: 十二, 一百〇五.
fn numeral(number: u16) -> String {
    if number == 0 {
        return "〇".to_owned();
    }
    let mut read = String::new();
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::from(number / unit % 10);
        if digit == 0 {
            skipped = !read.is_empty();
            continue;
        }
        if skipped {
            read.push('〇');
            skipped = false;
        }
        // Ten to nineteen are read without their one.
        if !(read.is_empty() && digit == 1 && unit == 10) {
            read.push_str(DIGITS[digit]);
        }
        read.push_str(name);
    }
    read
}

/// Puts values in the place of `{name}`. `whose` says what asks for them.
pub(super) fn fill_in(
    text: &str,
    whose: &str,
    variables: &BTreeMap<String, String>,
) -> Result<String, Diagnostic> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or_else(|| missing(after, whose, variables))?;
        filled.push_str(before);
        filled.push_str(variables.get(name).ok_or_else(|| missing(name, whose, variables))?);
        rest = tail;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn missing(name: &str, whose: &str, variables: &BTreeMap<String, String>) -> Diagnostic {
    let known: Vec<&str> = variables.keys().map(String::as_str).collect();
    let remedy = match name {
        "issue" | "total_issue" => format!("add `{name} = 1` to `edition.toml`"),
        _ => format!("known: {}; add it under `[variables]` of the edition or the page", known.join(", ")),
    };
    Diagnostic::error("variable-unknown", format!("{whose} asks for `{{{name}}}`, which has no value"))
        .help(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        let read = |number| numeral(number);
        assert_eq!([1, 10, 12, 20, 25].map(read), ["一", "十", "十二", "二十", "二十五"]);
        assert_eq!(
            [100, 105, 110, 1008, 2020].map(read),
            ["一百", "一百〇五", "一百一十", "一千〇八", "二千〇二十"]
        );
    }

    #[test]
    fn a_day_in_characters() {
        let day = |year, month, day| in_characters(Date::new(year, month, day).expect("a day"));
        assert_eq!(day(2022, 9, 5), "二〇二二年九月五日");
        assert_eq!(day(2030, 12, 31), "二〇三〇年十二月三十一日");
    }

    #[test]
    fn what_has_no_value_is_told() {
        let known = BTreeMap::from([("paper".to_owned(), "示例日报".to_owned())]);
        assert_eq!(fill_in("{paper}！", "the footer", &known), Ok("示例日报！".to_owned()));
        let told = fill_in("{papier}", "the footer", &known).expect_err("no such name");
        assert_eq!(told.message, "the footer asks for `{papier}`, which has no value");
        assert!(fill_in("{paper", "the footer", &known).is_err(), "a brace left open");
    }
}
