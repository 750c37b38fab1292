//! Lengths, ems and hào sizes: the only place where they are rounded, formatted and parsed.
//!
//! A length is a whole number of 1/914 400 inch, so a millimetre, a point and a Q are all whole
//! and "does it fit" is `<=` without a tolerance.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// A length in units of 1/914 400 inch (36 000 to the millimetre, 12 700 to the DTP point).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Len(i64);

/// A share of the type size in thousandths: 1000 is 全身, 500 半身, 250 四分.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Em(pub i32);

const PER_MM: i64 = 36_000;
const PER_POINT: i64 = 12_700;
const PER_INCH: i64 = 914_400;

/// Longest length a file may state: ten metres, so that sums of many stay far from overflow.
const LONGEST: Len = Len(10_000 * PER_MM);

impl Len {
    /// No length.
    pub const ZERO: Self = Self(0);

    /// A whole number of millimetres.
    pub const fn mm(millimetres: i64) -> Self {
        Self(millimetres * PER_MM)
    }

    /// A whole number of DTP points (1/72 inch).
    pub const fn pt(points: i64) -> Self {
        Self(points * PER_POINT)
    }

    /// A number of hundredths of a point, for hairlines and the like.
    pub const fn centipoints(hundredths: i64) -> Self {
        Self(hundredths * (PER_POINT / 100))
    }

    /// The count of 1/914 400 inch.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// A length from its count of 1/914 400 inch.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// This length times `num / den`, rounded half up. `den` is positive.
    pub fn scale(self, num: i64, den: i64) -> Self {
        debug_assert!(den > 0, "a scale has a positive denominator");
        let (num, den) = (i128::from(num), i128::from(den));
        let doubled = i128::from(self.0) * num * 2 + den;
        Self(i64::try_from(doubled.div_euclid(den * 2)).unwrap_or(i64::MAX))
    }

    /// This length `count` times.
    pub const fn times(self, count: i64) -> Self {
        Self(self.0 * count)
    }

    /// Half of this length, rounded half up.
    pub fn half(self) -> Self {
        self.scale(1, 2)
    }

    /// How many whole `step`s this length holds, and how many are needed to cover it.
    pub fn rows(self, step: Self) -> (i64, i64) {
        (self.0.div_euclid(step.0), (self.0 + step.0 - 1).div_euclid(step.0))
    }

    /// This length as a share of `whole` in thousandths, rounded half up; 0 of nothing.
    pub fn permille_of(self, whole: Self) -> i32 {
        if whole.0 == 0 {
            return 0;
        }
        let share = (i128::from(self.0) * 2000 + i128::from(whole.0)).div_euclid(i128::from(whole.0) * 2);
        i32::try_from(share).unwrap_or(i32::MAX)
    }

    /// The larger of two lengths.
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }

    /// The smaller of two lengths.
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    /// Without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Thousandths of a point, rounded half up: what a PDF can say (3 decimals).
    pub fn millipoints(self) -> i64 {
        (self.0 * 2000 + PER_POINT).div_euclid(PER_POINT * 2)
    }

    /// Micrometres, rounded half up: what a page map says.
    pub fn micrometres(self) -> i64 {
        (self.0 * 2 + 36).div_euclid(72)
    }

    /// Pixels this length covers at `ppi` pixels per inch, rounded half up.
    pub fn pixels(self, ppi: u32) -> i64 {
        self.scale(i64::from(ppi), PER_INCH).0
    }

    /// Points with up to three decimals and no trailing zeros, such as `12` or `7.5`.
    pub fn to_points_text(self) -> String {
        decimals(self.millipoints())
    }
}

/// Thousandths written with up to three decimals and no trailing zeros.
fn decimals(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl fmt::Debug for Len {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Len {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", self.to_points_text())
    }
}

impl Add for Len {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Len {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Len {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Len {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Len {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Len {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        Self(lengths.map(|length| length.0).sum())
    }
}

impl Add for Em {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Em {
    /// One em: 全身.
    pub const ONE: Self = Self(1000);
    /// Half an em: 半身.
    pub const HALF: Self = Self(500);

    /// What this share is at a type size, rounded half up.
    pub fn at(self, size: Len) -> Len {
        size.scale(i64::from(self.0), 1000)
    }
}

/// The hào sizes (号) and what they are in hundredths of a point. 六号 is 7.5 pt, as composing
/// systems have it, not the 7.875 pt of the metal type (CLREQ 2024-03, 2.3.5).
const HAO: [(&str, i64); 16] = [
    ("初号", 4200),
    ("小初", 3600),
    ("一号", 2600),
    ("小一", 2400),
    ("二号", 2200),
    ("小二", 1800),
    ("三号", 1600),
    ("小三", 1500),
    ("四号", 1400),
    ("小四", 1200),
    ("五号", 1050),
    ("小五", 900),
    ("六号", 750),
    ("小六", 650),
    ("七号", 550),
    ("八号", 500),
];

/// What a written length turned out to be: absolute, or a share of a type size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// A length with an absolute unit.
    Absolute(Len),
    /// A length in ems of a size that the reader knows.
    Relative(Em),
}

impl Written {
    /// The length, given the type size that an em means here.
    pub fn at(self, size: Len) -> Len {
        match self {
            Self::Absolute(length) => length,
            Self::Relative(em) => em.at(size),
        }
    }
}

/// Reads `"390mm"`, `"1.5cm"`, `"9pt"`, `"24Q"`, `"1.5em"`, `"17字"` or a hào size such as `"小五"`.
///
/// # Errors
/// A sentence that says what is wrong and which units there are.
pub fn parse_length(text: &str) -> Result<Written, String> {
    let text = text.trim();
    if let Some((_, hundredths)) = HAO.iter().find(|(name, _)| *name == text) {
        return Ok(Written::Absolute(Len::centipoints(*hundredths)));
    }
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let thousandths = parse_thousandths(number).ok_or_else(|| {
        format!(
            "`{text}` is not a length: write a number and a unit, such as `9pt`, `3mm`, `1.5em` or `小五`"
        )
    })?;
    let length = |per: i64| Len(per).scale(thousandths, 1000);
    let written = match unit.trim() {
        "mm" => Written::Absolute(length(PER_MM)),
        "cm" => Written::Absolute(length(PER_MM * 10)),
        "pt" => Written::Absolute(length(PER_POINT)),
        "Q" => Written::Absolute(length(9_000)),
        "in" => Written::Absolute(length(PER_INCH)),
        "em" | "字" => Written::Relative(Em(i32::try_from(thousandths).unwrap_or(i32::MAX))),
        "" => return Err(format!("`{text}` has no unit: write `{text}pt`, `{text}mm` or `{text}em`")),
        other => {
            return Err(format!(
                "`{other}` is not a unit of length: use mm, cm, pt, Q, in, em or 字, or a hào size such as 小五"
            ));
        }
    };
    match written {
        Written::Absolute(length) if length.abs() > LONGEST => {
            Err(format!("`{text}` is too long: nothing on a page is over 10 m"))
        }
        Written::Relative(em) if em.0.abs() > 1_000_000 => {
            Err(format!("`{text}` is too long: nothing on a page is over 1000 em"))
        }
        written => Ok(written),
    }
}

/// A decimal number of at most three decimals, in thousandths.
fn parse_thousandths(number: &str) -> Option<i64> {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, number),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty()
        || whole.len() > 9
        || fraction.len() > 3
        || (digits.contains('.') && fraction.is_empty())
    {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<3}").parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    Some(sign * (whole * 1000 + fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_whole() {
        assert_eq!(parse_length("390mm"), Ok(Written::Absolute(Len::mm(390))));
        assert_eq!(parse_length("25.4mm"), Ok(Written::Absolute(Len::pt(72))));
        assert_eq!(parse_length("小五"), Ok(Written::Absolute(Len::pt(9))));
        assert_eq!(parse_length("16.7em"), Ok(Written::Relative(Em(16_700))));
        assert_eq!(Em(16_700).at(Len::pt(9)), Len::centipoints(15_030));
    }

    #[test]
    fn wrong_lengths_say_what_to_write() {
        for (text, part) in [
            ("9", "no unit"),
            ("9px", "not a unit"),
            ("", "not a length"),
            ("1e9mm", "not a unit"),
            ("99999999mm", "too long"),
            ("1.2345pt", "not a length"),
            ("-", "not a length"),
        ] {
            let message = parse_length(text).expect_err(text);
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn rounding_is_half_up_for_both_signs() {
        assert_eq!(Len::from_units(5).half(), Len::from_units(3));
        assert_eq!(Len::from_units(-5).half(), Len::from_units(-2));
        assert_eq!(Len::centipoints(-750).to_points_text(), "-7.5");
    }

    #[test]
    fn a_points_text_reads_back() {
        arbtest::arbtest(|u| {
            let length = Len::from_units(u.int_in_range(0..=20_000_000)?);
            let text = format!("{}pt", length.to_points_text());
            let Ok(Written::Absolute(back)) = parse_length(&text) else { panic!("{text}") };
            assert!((back - length).abs() <= Len::from_units(7), "{text}");
            Ok(())
        });
    }
}
