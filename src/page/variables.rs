//! What `{name}` stands for in furniture: the edition's and the page's own words, the day, the page.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::model::edition::Edition;
use crate::model::entry::PageEntry;
use crate::model::numeral::numeral;
use crate::model::plan::PagePlan;

/// Days of the week, Sunday first.
const WEEKDAYS: [&str; 7] = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];

/// Every variable of a page of a plan and its value.
pub(super) fn of_page(edition: &Edition, plan: &PagePlan, page: &PageEntry) -> BTreeMap<String, String> {
    let date = edition.date;
    let mut variables = BTreeMap::new();
    for (name, value) in edition.variables.iter().chain(plan.variables_of(page.number)) {
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
        ("date_zh", date.in_characters()),
        ("date_iso", date.to_string()),
        ("year", date.year.to_string()),
        ("month", date.month.to_string()),
        ("day", date.day.to_string()),
        ("weekday", WEEKDAYS[date.weekday()].to_owned()),
        ("page_no", page.number.to_string()),
        ("page_no_zh", numeral(page.number)),
        ("pages", edition.contents.len().to_string()),
        ("section", page.section.clone()),
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
    fn what_has_no_value_is_told() {
        let known = BTreeMap::from([("paper".to_owned(), "示例日报".to_owned())]);
        assert_eq!(fill_in("{paper}！", "the footer", &known), Ok("示例日报！".to_owned()));
        let told = fill_in("{papier}", "the footer", &known).expect_err("no such name");
        assert_eq!(told.message, "the footer asks for `{papier}`, which has no value");
        assert!(fill_in("{paper", "the footer", &known).is_err(), "a brace left open");
    }
}
