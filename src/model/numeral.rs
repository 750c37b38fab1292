//! Numbers in Chinese characters, as a newspaper writes its dates and page numbers.

use super::edition::Date;

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl Date {
    /// The day in characters, its year digit by digit: 二〇二二年九月五日 (GB/T 15835-2011, 5.2).
    pub fn in_characters(self) -> String {
        let digit = |digit: u8| DIGITS[usize::from(digit - b'0')];
        let year: String = self.year.to_string().bytes().map(digit).collect();
        format!("{year}年{}月{}日", numeral(self.month.into()), numeral(self.day.into()))
    }
}

/// A number up to 9999 as it is read: 十二, 一百〇五.
pub fn numeral(number: u16) -> String {
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
        let day = |year, month, day| Date::new(year, month, day).expect("a day").in_characters();
        assert_eq!(day(2022, 9, 5), "二〇二二年九月五日");
        assert_eq!(day(2030, 12, 31), "二〇三〇年十二月三十一日");
    }
}
