//! Marks of Chinese, Japanese and Tibetan whose class needs no neighbours.

use super::Class;

/// The class of a mark (CLREQ 2024-03, 3.1; GB/T 15834-2011 4 and 5.1; JLREQ 2020, Appendix A), its
/// vertical, small and half-width forms included (Unicode, CJK Compatibility Forms and after).
pub(super) fn class(char: char) -> Option<Class> {
    Some(match char {
        '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〖' | '〔' | '［' | '｛' | '｟' | '〝'
        | '〘' | '〚' | '︵' | '︷' | '︹' | '︻' | '︽' | '︿' | '﹁' | '﹃' | '﹇' | '︗' | '﹙' | '﹛'
        | '﹝' | '｢' => Class::Open,
        '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〗' | '〕' | '］' | '｝' | '｠' | '〟'
        | '〞' | '〙' | '〛' | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂' | '﹄' | '﹈' | '︘' | '﹚'
        | '﹜' | '﹞' | '｣' => Class::Close,
        '，' | '、' | '；' | '﹐' | '﹑' | '﹔' | '､' | '︐' | '︑' | '︔' => Class::Comma,
        '：' | '﹕' | '︓' => Class::Colon,
        '。' | '．' | '？' | '！' | '‼' | '⁇' | '⁈' | '⁉' | '﹒' | '﹖' | '﹗' | '｡' | '︒' | '︕' | '︖' => {
            Class::Stop
        }
        '·' | '・' | '‧' | '•' | '･' => Class::Mid,
        '／' => Class::Solidus,
        '⸺' | '⸻' | '︱' => Class::Dash,
        '…' | '⋯' | '‥' | '︙' | '︰' => Class::Ellipsis,
        '–' | '～' | '〜' | '－' | '゠' => Class::Connector,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'Ⅰ'..='ↈ' => Class::Wide,
        // Those after which a line may begin: Requirements for Tibetan Text Layout (W3C 2024-03, line
        // breaking), and what UAX 14 has as BA and EX beside them; not the delimiter U+0F0C.
        '\u{0f0b}'
        | '\u{0f0d}'..='\u{0f11}'
        | '\u{0f14}'
        | '\u{0f34}'
        | '\u{0f7f}'
        | '\u{0fbe}'
        | '\u{0fd2}' => Class::Tsheg,
        // Brackets open and close as Western ones do.
        '\u{0f3a}' | '\u{0f3c}' => Class::LatinOpen,
        '\u{0f3b}' | '\u{0f3d}' => Class::LatinClose,
        '\u{0f00}'..='\u{0fff}' => Class::Tibetan,
        _ => return None,
    })
}
