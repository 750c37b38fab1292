//! What page 1 says of the paper: which of the items that the rule asks for are among its furniture.

use super::Printed;
use crate::diag::Diagnostic;
use crate::model::checks::ImprintItem;
use crate::model::edition::Edition;

/// The edition's day as its furniture writes it.
pub(super) fn date(edition: &Edition) -> String {
    let date = edition.date;
    format!("{}年{}月{}日", date.year, date.month, date.day)
}

/// The wanted items that no line of furniture says.
pub(super) fn missing(furniture: &[Printed], edition: &Edition, wanted: &[ImprintItem]) -> Vec<ImprintItem> {
    let dates = [date(edition), edition.date.in_characters(), edition.date.to_string()];
    let said = |item: ImprintItem| furniture.iter().any(|line| says(&line.text, item, &dates));
    wanted.iter().copied().filter(|item| !said(*item)).collect()
}

/// The finding about items that are missing.
pub(super) fn note(missing: &[ImprintItem]) -> Option<Diagnostic> {
    let terms: Vec<&str> = missing.iter().map(|item| item.term()).collect();
    let errors = match terms.len() {
        0 => return None,
        1 => "a form error".to_owned(),
        many => format!("{many} form errors"),
    };
    let message = format!("page 1 does not say its {}: {errors}", terms.join("、"));
    let remedy =
        "add them to the page's furniture; what stands on another page, leave out of `imprint` of `[makeup]`";
    Some(Diagnostic::warning("form-imprint", message).help(remedy))
}

/// Whether a line, its white space taken out, says an item in the words that papers use.
fn says(text: &str, item: ImprintItem, dates: &[String]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match item {
        ImprintItem::Date => dates.iter().any(|date| text.contains(date)),
        ImprintItem::Issue => any(&["总第", "总期号"]) || counted(text, "期", None),
        ImprintItem::Pages => counted(text, "版", Some('第')),
        ImprintItem::Cn => text.split("CN").skip(1).any(is_cn),
        ImprintItem::Authority => any(&["主管"]),
        ImprintItem::Sponsor => any(&["主办"]),
        ImprintItem::Publisher => any(&["出版单位", "编辑出版", "报社出版", "出版："]),
        ImprintItem::Address => any(&["地址", "社址"]),
        ImprintItem::Printer => any(&["印刷", "承印"]),
        ImprintItem::Distribution => any(&["发行", "邮发代号"]),
        ImprintItem::Price => any(&["定价", "零售", "售价", "每份", "免费赠阅"]),
    }
}

/// Whether a number stands before a word, as in 今日8版; not after the sign that makes it an ordinal.
fn counted(text: &str, word: &str, ordinal: Option<char>) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let number = |char: char| char.is_ascii_digit() || "一二三四五六七八九十百".contains(char);
        let before = text[..at].trim_end_matches(number);
        before.len() < at && (ordinal.is_none() || before.chars().next_back() != ordinal)
    })
}

/// What follows CN: two digits of a region, a hyphen, four of a paper (GB/T 9999.1-2018).
fn is_cn(after: &str) -> bool {
    let number: Vec<char> = after.trim_start_matches([':', '：', '-']).chars().take(7).collect();
    let digits = |range: &[char]| range.iter().all(char::is_ascii_digit);
    number.len() == 7 && digits(&number[..2]) && "-—–".contains(number[2]) && digits(&number[3..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of the items that a line says.
    fn said(text: &str) -> Vec<&'static str> {
        let dates = ["2022年9月5日", "二〇二二年九月五日"].map(str::to_owned);
        let says = |item: &ImprintItem| says(text, *item, &dates);
        ImprintItem::ALL.iter().filter(|item| says(item)).map(|item| item.key()).collect()
    }

    #[test]
    fn items_are_known_by_the_words_of_papers() {
        assert_eq!(said("2022年9月5日星期一"), ["date"]);
        assert_eq!(said("二〇二二年九月五日"), ["date"]);
        assert_eq!(said("总第12345期"), ["issue"]);
        assert_eq!(said("第12345期今日8版"), ["issue", "pages"]);
        assert_eq!(said("今日四版"), ["pages"]);
        assert_eq!(said("国内统一连续出版物号：CN54-0001"), ["cn"]);
        assert_eq!(
            said("主管主办：示例市委宣传部编辑出版：示例日报社"),
            ["authority", "sponsor", "publisher"]
        );
        assert_eq!(said("社址：示例路1号邮发代号：67-1零售每份1元"), ["address", "distribution", "price"]);
        assert_eq!(said("示例印务有限公司承印"), ["printer"]);
    }

    #[test]
    fn what_only_looks_like_an_item_is_none() {
        assert_eq!(said("第2版要闻"), Vec::<&str>::new());
        assert_eq!(said("2022年9月4日"), Vec::<&str>::new());
        assert_eq!(said("CN54-001"), Vec::<&str>::new());
        assert_eq!(said("出版日期"), Vec::<&str>::new());
    }
}
