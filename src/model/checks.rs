//! The rules of make-up and of form that a page is judged by, and how much a house makes of each.

use crate::diag::Diagnostic;
use crate::model::preflight::{Verdict, settle};
use crate::unit::Len;

/// The rules that a layout may settle, ascending; `docs/messages.md` explains each.
pub const CHECKS: [&str; 14] = [
    "form-ad",
    "form-imprint",
    "form-nameplate",
    "form-page-number",
    "form-score",
    "makeup-above-head",
    "makeup-corridor",
    "makeup-cut",
    "makeup-dominant",
    "makeup-grey",
    "makeup-head-order",
    "makeup-lead",
    "makeup-raw-wrap",
    "makeup-tombstone",
];

/// A house's own verdicts on make-up and form, and where its limits are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checks {
    /// Rules of [`CHECKS`] and what is made of them.
    pub verdicts: Vec<(&'static str, Verdict)>,
    /// The limits.
    pub limits: Limits,
}

impl Checks {
    /// A finding as the house takes it: as it is, milder, graver, or not at all.
    pub fn settle(&self, note: Diagnostic) -> Option<Diagnostic> {
        settle(&self.verdicts, note)
    }
}

/// From where on something is a fault of make-up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// What the larger of two headlines side by side has of the smaller at least, in percent.
    pub head_step: u16,
    /// What the largest picture has of the area of the next at least, in percent.
    pub dominant: u16,
    /// How deep text may run without anything between it ...
    pub grey_depth: Len,
    /// ... where it is as wide as this.
    pub grey_width: Len,
    /// What page 1 says of the paper.
    pub imprint: Vec<ImprintItem>,
}

impl Default for Limits {
    /// A step of 1.3 between heads, a leading picture twice the next (Harrower, *The Newspaper
    /// Designer's Handbook*), and his test with a dollar bill, 156 x 66 mm: laid on the page it
    /// touches a head, a picture, a subhead or a frame.
    fn default() -> Self {
        Self {
            head_step: 130,
            dominant: 200,
            grey_depth: Len::mm(156),
            grey_width: Len::mm(66),
            imprint: ImprintItem::ALL.to_vec(),
        }
    }
}

/// What a newspaper says of itself at fixed places (《报纸期刊质量管理规定》, 国家新闻出版署 2020,
/// 《报纸出版形式差错数计算方法》, 一).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ImprintItem {
    /// 出版日期.
    Date,
    /// 总期号.
    Issue,
    /// 版数.
    Pages,
    /// 国内统一连续出版物号.
    Cn,
    /// 主管单位.
    Authority,
    /// 主办单位.
    Sponsor,
    /// 出版单位.
    Publisher,
    /// 地址及联系方式.
    Address,
    /// 印刷单位.
    Printer,
    /// 发行信息.
    Distribution,
    /// 定价.
    Price,
}

impl ImprintItem {
    /// All of them, in the order of the rule.
    pub const ALL: [Self; 11] = [
        Self::Date,
        Self::Issue,
        Self::Pages,
        Self::Cn,
        Self::Authority,
        Self::Sponsor,
        Self::Publisher,
        Self::Address,
        Self::Printer,
        Self::Distribution,
        Self::Price,
    ];

    /// Its name in a layout.
    pub fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Issue => "issue",
            Self::Pages => "pages",
            Self::Cn => "cn",
            Self::Authority => "authority",
            Self::Sponsor => "sponsor",
            Self::Publisher => "publisher",
            Self::Address => "address",
            Self::Printer => "printer",
            Self::Distribution => "distribution",
            Self::Price => "price",
        }
    }

    /// What the rule calls it.
    pub fn term(self) -> &'static str {
        match self {
            Self::Date => "出版日期",
            Self::Issue => "总期号",
            Self::Pages => "版数",
            Self::Cn => "国内统一连续出版物号 (CN)",
            Self::Authority => "主管单位",
            Self::Sponsor => "主办单位",
            Self::Publisher => "出版单位",
            Self::Address => "地址",
            Self::Printer => "印刷单位",
            Self::Distribution => "发行信息",
            Self::Price => "定价",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;

    #[test]
    fn rules_stand_once_and_in_order() {
        assert!(CHECKS.is_sorted_by(|before, after| before < after));
    }

    #[test]
    fn a_house_settles_what_it_names() {
        let verdicts = vec![("makeup-cut", Verdict::Off), ("makeup-lead", Verdict::Error)];
        let checks = Checks { verdicts, limits: Limits::default() };
        assert_eq!(checks.settle(Diagnostic::warning("makeup-cut", "cut")), None);
        let graver = checks.settle(Diagnostic::warning("makeup-lead", "low")).map(|note| note.severity);
        assert_eq!(graver, Some(Severity::Unfit));
    }
}
