//! Characters that no table of ours names: their class by their property in UAX 14.

use unicode_linebreak::BreakClass;

use super::Class;

/// From here on, characters are of East Asian text unless their property says otherwise.
const EAST_ASIAN: char = '\u{2e80}';

/// The class of a character by its line-breaking property (UAX 14, revision 51, Table 1; ambiguous
/// ones resolved as in East Asian text, LB1).
pub(super) fn class(char: char, property: BreakClass) -> Class {
    use BreakClass::{
        Ambiguous, CloseParenthesis, ClosePunctuation, Exclamation, InfixSeparator, Inseparable,
        NonBreakingGlue, Numeric, OpenPunctuation, Postfix, Prefix, WordJoiner, ZeroWidthSpace,
    };
    let east_asian = char >= EAST_ASIAN;
    match property {
        WordJoiner | ZeroWidthSpace => Class::Invisible,
        _ if char == '\u{ad}' => Class::Invisible,
        NonBreakingGlue if !char.is_whitespace() => Class::Latin,
        _ if char.is_whitespace() => Class::Space,
        OpenPunctuation if east_asian => Class::Open,
        OpenPunctuation => Class::LatinOpen,
        ClosePunctuation | CloseParenthesis if east_asian => Class::Close,
        ClosePunctuation | CloseParenthesis => Class::LatinClose,
        Exclamation if east_asian => Class::Stop,
        Exclamation | InfixSeparator => Class::LatinClose,
        Inseparable => Class::Ellipsis,
        Prefix => Class::Prefix,
        Postfix => Class::Suffix,
        Numeric => Class::Number,
        _ if east_asian => script(char),
        _ if is_hangul_letter(char) || is_symbol(char, property == Ambiguous) => Class::Han,
        _ => Class::Latin,
    }
}

/// Scripts that are written in words though they stand among the East Asian ones are few.
fn script(char: char) -> Class {
    match char {
        // Latin, Cyrillic and others: Unicode 15, Blocks.txt.
        '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a95f}'
        | '\u{a980}'..='\u{abff}'
        | '\u{fb00}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10000}'..='\u{16fdf}'
        | '\u{1d400}'..='\u{1d7ff}' => Class::Latin,
        _ => Class::Han,
    }
}

fn is_hangul_letter(char: char) -> bool {
    matches!(char, '\u{1100}'..='\u{11ff}')
}

/// ★ ● ■ ▲ → ① ※ and their like stand as Han do; of the ambiguous ones those of Latin-1 (§ ² ¼) and
/// the letter-like (™) stand in Western words.
fn is_symbol(char: char, ambiguous: bool) -> bool {
    match char {
        '\u{2190}'..='\u{2bff}' => true,
        '\u{2010}'..='\u{206f}' => ambiguous && !matches!(char, '†' | '‡'),
        _ => false,
    }
}
