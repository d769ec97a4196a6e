//! Plain text to an article: paragraphs by blank lines, and careful about everything else.

use crate::model::article::{Article, Attributes, Description, Malformed, Source, Tag};
use crate::model::builder::ArticleBuilder;

use super::links::add_words;

/// Columns that a line of hard-wrapped prose has at least, or else lines are kept as they are:
/// lower joins verse, higher leaves narrow columns broken.
const NARROWEST: usize = 50;
/// Columns that a line of hard-wrapped prose has at most: longer lines are paragraphs.
const WIDEST: usize = 100;
/// Lines in a hundred that must look wrapped; the rest allows for long words and edits.
const WRAPPED_PERCENT: usize = 80;
/// Marks that begin the items of a list.
const BULLETS: [&str; 4] = ["- ", "* ", "• ", "– "];

/// Reads plain text.
///
/// A blank line or a form feed ends a paragraph; where there is neither, every line is one.
/// Lines of hard-wrapped prose are joined, others (verse, addresses) stay lines. Bare web
/// addresses become links.
pub fn read(text: &str, source: Source) -> Result<Article, Malformed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n");
    let mut builder = ArticleBuilder::new();
    for paragraph in paragraphs(&text) {
        add_paragraph(&mut builder, &paragraph);
    }
    builder.finish(Description::new(source, ""))
}

/// The lines of each paragraph.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    let mut parts = 0;
    for part in text.trim().split(['\u{c}', '\u{2029}']) {
        let mut lines = Vec::new();
        for line in part.lines() {
            if line.trim().is_empty() {
                parts += 1;
                paragraphs.push(std::mem::take(&mut lines));
            } else {
                lines.push(line.trim_end());
            }
        }
        parts += 1;
        paragraphs.push(lines);
    }
    paragraphs.retain(|lines| !lines.is_empty());
    if parts == 1 {
        paragraphs = paragraphs.concat().into_iter().map(|l| vec![l]).collect();
    }
    paragraphs
}

fn add_paragraph(builder: &mut ArticleBuilder, lines: &[&str]) {
    if let Some(items) = bulleted(lines) {
        builder.open(Tag::Ul, Attributes::none());
        for item in items {
            builder.open(Tag::Li, Attributes::none());
            add_words(builder, item);
            builder.close();
        }
        return builder.close();
    }
    let wrapped = is_wrapped(lines);
    builder.open(Tag::P, Attributes::none());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && wrapped && !joins_without_space(lines[index - 1], line) {
            builder.text(" ");
        } else if index > 0 && !wrapped {
            builder.line_break();
        }
        add_words(builder, line);
    }
    builder.close();
}

/// The words of the items, where every line begins with the same bullet.
fn bulleted<'a>(lines: &[&'a str]) -> Option<Vec<&'a str>> {
    let bullet = BULLETS
        .iter()
        .find(|bullet| lines.first().is_some_and(|line| line.starts_with(**bullet)))?;
    let items: Option<Vec<&str>> = lines.iter().map(|line| line.strip_prefix(bullet)).collect();
    items.filter(|items| items.len() > 1)
}

/// Whether lines are one paragraph of hard-wrapped prose: nearly every line is so long that the
/// next line's first word had no place on it.
fn is_wrapped(lines: &[&str]) -> bool {
    let indented = |line: &&str| line.starts_with([' ', '\t']);
    if lines.len() < 2 || lines[1..].iter().any(indented) {
        return false;
    }
    let columns: Vec<usize> = lines.iter().map(|line| columns(line)).collect();
    let widest = columns.iter().copied().max().unwrap_or_default();
    let is_full = |(index, pair): (usize, &[&str])| {
        (NARROWEST..=WIDEST).contains(&columns[index])
            && columns[index] + 1 + first_word(pair[1]) > widest
    };
    let full = lines.windows(2).enumerate().filter(|p| is_full(*p)).count();
    full * 100 >= (lines.len() - 1) * WRAPPED_PERCENT
}

/// Columns of a line, wide characters counted twice.
fn columns(line: &str) -> usize {
    line.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

/// Columns of the first word, or of the first character in scripts without spaces.
fn first_word(line: &str) -> usize {
    let word = line.split_whitespace().next().unwrap_or_default();
    match word.chars().next() {
        Some(first) if is_wide(first) => 2,
        _ => columns(word),
    }
}

/// Lines of Chinese or Japanese are joined as they are.
fn joins_without_space(line: &str, next: &str) -> bool {
    let last = line.chars().next_back();
    last.is_some_and(is_wide) && next.chars().next().is_some_and(is_wide)
}

/// Whether a character is two columns wide: Chinese and Japanese. Korean is too, but has spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::super::notation::walk;
    use super::*;

    fn plain(text: &str) -> String {
        walk(&read(text, Source::Pasted).expect("plain text can be read"))
    }

    #[test]
    fn blank_lines_and_form_feeds_end_paragraphs() {
        assert_eq!(
            plain("one\r\n\r\ntwo\n \t\nthree\u{c}four"),
            "p*[one] p*[two] p*[three] p*[four]"
        );
    }

    #[test]
    fn without_blank_lines_every_line_is_a_paragraph() {
        assert_eq!(plain("\n\none\ntwo\n"), "p*[one] p*[two]");
    }

    #[test]
    fn wrapped_prose_is_joined() {
        let text = "Title\n\nThe harbour was quiet that morning, and the few boats that had\n\
                    come in overnight lay so still that one could have taken them for\n\
                    painted ones.\n";
        assert_eq!(
            plain(text),
            "p*[Title] p*[The harbour was quiet that morning, and the few boats that had \
             come in overnight lay so still that one could have taken them for painted ones.]"
        );
    }

    #[test]
    fn wrapped_chinese_is_joined_without_spaces() {
        let line = "今天早上港口很安静昨夜进港的几条船静静地停在那里几乎像画里的船";
        assert_eq!(
            plain(&format!("甲\n\n{line}\n一样。")),
            format!("p*[甲] p*[{line}一样。]")
        );
    }

    #[test]
    fn verse_and_addresses_keep_their_lines() {
        assert_eq!(
            plain("A\n\nThe rain has left the lane,\nthe lane has left the town.\n\nInn\nRoad 3"),
            "p*[A] p*[The rain has left the lane,⏎the lane has left the town.] p*[Inn⏎Road 3]"
        );
    }

    #[test]
    fn only_certain_lists_are_lists() {
        assert_eq!(plain("A\n\n- one\n- two"), "p*[A] ul[li*[one] li*[two]]");
        assert_eq!(plain("A\n\n- one\ntwo"), "p*[A] p*[- one⏎two]");
    }

    #[test]
    fn bare_addresses_are_links() {
        assert_eq!(
            plain("see www.example.org."),
            "p*[see a(href=http://www.example.org)[www.example.org].]"
        );
    }
}
