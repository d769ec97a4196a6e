//! Guesses headings in plain text, carefully: a heading taken for a paragraph is read as easily, a
//! sentence taken for a heading is not.

use super::wrapping::columns;

/// Maximum width of a heading, in columns.
const WIDEST: usize = 60;
/// Minimum number of letters of a heading in capitals: fewer are initials or a number.
const LEAST_LETTERS: usize = 4;
/// Characters that underline.
const UNDERLINES: &str = "=-~^*+#";
/// Minimum length of an underline.
const LEAST_UNDERLINE: usize = 3;
/// Maximum difference in length between an underline and its line, in columns.
const UNEVEN: usize = 3;
/// Names of the parts of books, in lower case.
const PARTS: [&str; 15] = [
    "act",
    "book",
    "canto",
    "capitolo",
    "capítulo",
    "chapitre",
    "chapter",
    "hoofdstuk",
    "kapitel",
    "part",
    "scene",
    "section",
    "volume",
    "глава",
    "часть",
];
/// Numbers as words, as far as they name chapters.
const NUMBERS: [&str; 24] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "first",
    "second",
    "third",
    "last",
];
/// Characters that may stand between a chapter's number and its title.
const AFTER_NUMBERS: [char; 5] = ['.', ':', '—', '–', '-'];
/// Names of chapters in Chinese and Japanese, after their number.
const CHAPTERS: &str = "章回節节部卷巻話话";
/// Lines of capitals that end a text and are not headings.
const ENDS: [&str; 5] = ["THE END", "END", "FINIS", "FIN", "ENDE"];

/// True if a line names a chapter: "Chapter 2", "BOOK ONE: The River", "第三章".
pub(super) fn is_chapter(line: &str) -> bool {
    let line = line.trim();
    if columns(line) > WIDEST {
        return false;
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    if PARTS.contains(&word.to_lowercase().as_str()) {
        let rest = rest.trim_start();
        let rest = rest
            .get(..4)
            .filter(|the| the.eq_ignore_ascii_case("the "))
            .map_or(rest, |_| &rest[4..]);
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let after = rest[end..].trim_start();
        return is_number(&rest[..end]) && (after.is_empty() || after.starts_with(AFTER_NUMBERS));
    }
    let numbered = line
        .strip_prefix('第')
        .and_then(|rest| rest.split_once(|c| CHAPTERS.contains(c)));
    numbered.is_some_and(|(number, _)| !number.is_empty() && number.chars().all(is_sign_of_number))
}

/// True if a line is only a Roman number, as some books head their chapters.
pub(super) fn is_roman(line: &str) -> bool {
    let line = line.trim();
    let number = line.strip_suffix('.').unwrap_or(line);
    !number.is_empty() && number.len() <= 7 && number.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// True if a line is in capitals, short, and not a sentence.
pub(super) fn is_capitals(line: &str) -> bool {
    let line = line.trim();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let signs = line.chars().filter(|c| !c.is_whitespace()).count();
    let is_cased = line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    is_cased
        && (LEAST_LETTERS..).contains(&letters)
        && letters * 3 >= signs * 2
        && columns(line) <= WIDEST
        && !line.ends_with([',', ';', ':', '!', '?', '"', '”', '»', ']', ')'])
        && !line.starts_with("BY ")
        && !ENDS.contains(&line.trim_end_matches('.'))
}

/// Returns the words and level of an underlined heading; it may have a line above it, too.
pub(super) fn underlined<'a>(lines: &[&'a str]) -> Option<(&'a str, u8)> {
    let (line, underline) = match lines {
        [line, underline] => (line, underline),
        [above, line, underline] if above.trim() == underline.trim() => (line, underline),
        _ => return None,
    };
    let underline = underline.trim();
    let sign = underline
        .chars()
        .next()
        .filter(|sign| UNDERLINES.contains(*sign))?;
    let length = underline.chars().count();
    let is_line = length >= LEAST_UNDERLINE && underline.chars().all(|c| c == sign);
    let is_even = length.abs_diff(columns(line.trim())) <= UNEVEN;
    (is_line && is_even).then_some((*line, if sign == '=' { 1 } else { 2 }))
}

/// True if a line is only a rule: a character repeated, or asterisks apart.
pub(super) fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(sign) = signs.next() else {
        return false;
    };
    let is_sign = "-=_*~#".contains(sign) || matches!(sign, '\u{2500}'..='\u{257f}');
    is_sign && signs.clone().count() + 1 >= LEAST_UNDERLINE && signs.all(|other| other == sign)
}

fn is_number(word: &str) -> bool {
    let is_arabic = !word.is_empty() && word.chars().all(char::is_numeric);
    let is_word = NUMBERS.contains(&word.to_lowercase().as_str());
    is_arabic || is_word || is_roman(&word.to_uppercase())
}

fn is_sign_of_number(sign: char) -> bool {
    sign.is_numeric() || "〇零一二三四五六七八九十百千两".contains(sign)
}
