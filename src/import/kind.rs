//! Tells plain text, Markdown, HTML, saved pages and books apart: first by content, then by file
//! name.

use super::types::Kind;
use super::{epub, markdown, mhtml, plain};

/// Number of bytes of a text to examine: marks come early, and long texts take long to search.
const SAMPLE: usize = 64 * 1024;
/// Minimum weight of a text's marks for it to count as Markdown.
const ENOUGH: u32 = 2;
/// The same for a file whose name declares plain text.
const ENOUGH_OF_PLAIN: u32 = 6;
/// Minimum weight of the marks per hundred non-blank lines: a long text has some by chance. Of 500
/// Markdown files of real programs all but ten had 11 or more.
const ENOUGH_OF_HUNDRED: u32 = 5;
/// Minimum number of certain marks per hundred non-blank lines, for a file whose name declares
/// plain text; real Markdown has 14.
const CERTAIN_OF_HUNDRED: u32 = 8;
/// Maximum percentage of lines indented deeper than a Markdown paragraph can be, in a file whose
/// name declares plain text: in Markdown they would be code.
const MOST_INDENTED: u32 = 20;
/// How a page begins.
const PAGES: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
/// Closing tags of blocks: one of them proves that there is a structure.
const ENDS_OF_BLOCKS: [&str; 14] = [
    "</p>",
    "</div>",
    "</li>",
    "</ul>",
    "</ol>",
    "</table>",
    "</tr>",
    "</h1>",
    "</h2>",
    "</h3>",
    "</blockquote>",
    "</pre>",
    "</article>",
    "</section>",
];

/// Returns the kind of container that the bytes are, if any.
pub(super) fn container_of(bytes: &[u8]) -> Option<Kind> {
    if epub::is_epub(bytes) {
        return Some(Kind::Epub);
    }
    mhtml::is_mhtml(bytes).then_some(Kind::Mhtml)
}

/// Returns the format of a text. `file_name` is the name of its file, if it came from one.
pub fn kind_of(text: &str, file_name: Option<&str>) -> Kind {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let named = file_name.and_then(kind_of_name);
    if is_page(sample) {
        return Kind::Html;
    }
    let is_markup = || {
        let lower = sample.to_ascii_lowercase();
        // Text declared as plain may quote some markup.
        let begins = named.is_none() || lower.trim_start().starts_with('<');
        begins && ENDS_OF_BLOCKS.iter().any(|end| lower.contains(end))
    };
    // Front matter must not be read as part of the text.
    if named.is_none() && markdown::has_front_matter(text) {
        return Kind::Markdown;
    }
    let enough = match named {
        Some(Kind::Plain) => ENOUGH_OF_PLAIN,
        Some(kind) => return kind,
        None => ENOUGH,
    };
    // A book's emphasis and lists look like marks.
    if plain::is_book(sample) {
        return Kind::Plain;
    }
    let (certain, possible) = marks(sample);
    match 2 * certain + possible {
        // The angle brackets of a message look like marks too.
        _ if certain == 0 && plain::is_flowed(sample) => Kind::Plain,
        weight if weight >= enough && is_dense(sample, named, certain, weight) => Kind::Markdown,
        _ if is_markup() => Kind::Html,
        _ if named.is_none() && markdown::has_raw_html(sample) => Kind::Markdown,
        _ => Kind::Plain,
    }
}

fn kind_of_name(name: &str) -> Option<Kind> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" | "xht" => Some(Kind::Html),
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" => Some(Kind::Markdown),
        "txt" | "text" => Some(Kind::Plain),
        _ => None,
    }
}

/// True if a text begins like a page, or is a clipboard's fragment of one.
fn is_page(sample: &str) -> bool {
    let mut rest = sample.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--StartFragment") => return true,
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => ">",
            _ => break,
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    // A longer name with this prefix (`<headline>`) is a different tag.
    let goes_on = |c: char| c.is_alphanumeric() || c == '-';
    let begins = |page: &str| {
        let parts = rest.split_at_checked(page.len());
        parts.is_some_and(|(head, rest)| {
            head.eq_ignore_ascii_case(page) && !rest.starts_with(goes_on)
        })
    };
    PAGES.iter().any(|page| begins(page)) || sample.contains("<!--StartFragment-->")
}

/// True if a text has marks as dense as in Markdown, and not those of related formats, which would
/// lose their lines if read as Markdown: reStructuredText
/// (<https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>) and AsciiDoc.
fn is_dense(sample: &str, named: Option<Kind>, certain: u32, weight: u32) -> bool {
    let (mut all, mut indented, mut foreign) = (0, 0, 0);
    let mut is_fenced = false;
    for line in sample.lines().filter(|line| !line.trim().is_empty()) {
        is_fenced ^= line.trim_start().starts_with("```");
        all += 1;
        indented += u32::from(!is_fenced && (line.starts_with("    ") || line.starts_with('\t')));
        foreign += u32::from(!is_fenced && is_foreign(line));
    }
    let is_of_another = foreign >= 2 && foreign * 100 >= all;
    let is_dense = match named {
        Some(Kind::Plain) => {
            certain * 100 >= all * CERTAIN_OF_HUNDRED && indented * 100 <= all * MOST_INDENTED
        }
        _ => weight * 100 >= all * ENOUGH_OF_HUNDRED || has_title(sample),
    };
    is_dense && !is_of_another
}

/// True if a text begins with a title followed by a blank line.
fn has_title(sample: &str) -> bool {
    let mut lines = sample.trim_start().lines();
    let is_title = lines.next().is_some_and(|line| line.starts_with("# "));
    is_title && lines.next().is_some_and(|line| line.trim().is_empty())
}

/// True if a line is a directive, a field, or introduces an indented block (`::`).
fn is_foreign(line: &str) -> bool {
    let line = line.trim_end();
    let field = || {
        let (name, _) = line.strip_prefix(':')?.split_once(": ")?;
        Some(!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-'))
    };
    line.trim_start().starts_with(".. ") || line.ends_with("::") || field() == Some(true)
}

/// Counts the Markdown marks in a text: those that are rare in other texts, and those that are not,
/// which weigh half as much.
fn marks(sample: &str) -> (u32, u32) {
    let lines: Vec<&str> = sample.lines().collect();
    let (mut certain, mut possible) = (0, 0);
    let mut before = "";
    for line in &lines {
        let line = line.trim_start();
        certain += u32::from(
            is_heading(line)
                || is_underline(before, line)
                || line.starts_with("```")
                || line.starts_with("> [!")
                || is_table_rule(line)
                || is_task(line)
                || has_link(line)
                || has_pair(line, "**")
                || has_pair(line, "__")
                || has_pair(line, "`"),
        );
        possible += u32::from(
            is_item(line) || line.starts_with("> ") || has_pair(line, "*") || has_pair(line, "_"),
        );
        before = line;
    }
    (certain, possible)
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ') && !rest.trim().is_empty()
}

fn is_underline(before: &str, line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && !before.trim().is_empty() && line.bytes().all(|byte| byte == b'=')
}

fn is_table_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.contains('|') && line.contains("--") && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < line.len() && number.starts_with(". ");
    is_numbered || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

fn is_task(line: &str) -> bool {
    let rest = line.get(1..).unwrap_or_default();
    is_item(line)
        && [" [ ] ", " [x] ", " [X] "]
            .iter()
            .any(|box_| rest.starts_with(box_))
}

fn has_link(line: &str) -> bool {
    let targets = ["](http", "](#", "](/", "](.", "](mailto:", "](<", "]: http"];
    targets.iter().any(|target| line.contains(target)) || line.contains("![")
}

/// True if words are enclosed by a pair of the same marks, as in `*words*`.
fn has_pair(line: &str, mark: &str) -> bool {
    let mut from = 0;
    while let Some(found) = line[from..].find(mark) {
        let (start, before) = (from + found + mark.len(), &line[..from + found]);
        let opens = !before.ends_with(|c: char| c.is_alphanumeric() || mark.contains(c))
            && line[start..].starts_with(|c: char| !c.is_whitespace() && !mark.contains(c));
        if opens && let Some(length) = line[start..].find(mark) {
            let (words, after) = (
                &line[start..start + length],
                &line[start + length + mark.len()..],
            );
            let closes = !words.ends_with(char::is_whitespace)
                && !after.starts_with(|c: char| c.is_alphanumeric() || mark.contains(c));
            if closes {
                return true;
            }
        }
        from = start;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_text_tells_first() {
        for (text, kind) in [
            ("<!DOCTYPE html><p>x", Kind::Html),
            ("<?xml version=\"1.0\"?>\n<!-- x -->\n<html>", Kind::Html),
            ("<p>One</p>\n<p>Two</p>", Kind::Html),
            (
                "x<!--StartFragment--><b>x</b><!--EndFragment-->",
                Kind::Html,
            ),
            ("# Title\n\nWords.", Kind::Markdown),
            ("Title\n=====\n", Kind::Markdown),
            ("See [this](https://example.org).", Kind::Markdown),
            ("Some **bold** words", Kind::Markdown),
            ("- one\n- two", Kind::Markdown),
            ("| a | b |\n|---|---|\n| c | d |", Kind::Markdown),
            (
                "<h1 align=center>Tool</h1>\n\nSee `that` and **this**.",
                Kind::Markdown,
            ),
            ("Words with <b>bold</b> in them", Kind::Markdown),
            (
                "Just words.\n\nAnd 2 * 3 * 4 = 24, snake_case_name.",
                Kind::Plain,
            ),
            ("#hashtag and 5 < 6 > 4", Kind::Plain),
            (
                "*** START OF THE PROJECT GUTENBERG EBOOK ***\n\n_a_\n\n- b\n- c\n- d",
                Kind::Plain,
            ),
            ("<headline> is what you choose", Kind::Plain),
            ("It returns a Queue<Boat> for each <pier>", Kind::Plain),
            ("+++\ntitle = \"T\"\n+++\n\nJust words.", Kind::Markdown),
            ("{\n\"title\": \"T\"\n}\n\nJust words.", Kind::Markdown),
            ("---\ntitle: T\n---\n\nJust words.", Kind::Markdown),
            ("+++ Just words +++", Kind::Plain),
            ("", Kind::Plain),
        ] {
            assert_eq!(kind_of(text, None), kind, "{text}");
        }
    }

    #[test]
    fn long_texts_have_some_marks_by_chance() {
        let prose = "The harbour was quiet that morning, and so were the boats.\n";
        let chance = "Ask for **more** rope.\nIt is `here`.\n- one\n- two\n";
        let text = format!("{}{chance}{}", prose.repeat(400), chance);
        assert_eq!(kind_of(&text, None), Kind::Plain);
        assert_eq!(kind_of(&text, Some("a.txt")), Kind::Plain);
        assert_eq!(kind_of(&text, Some("a.md")), Kind::Markdown);
        let items = "    * one\n      and more of it\n".repeat(20);
        assert_eq!(kind_of(&items, Some("a.txt")), Kind::Plain);
        let about = "How to write a list:\n\n    <ul>\n      <li>one</li>\n    </ul>\n";
        assert_eq!(kind_of(about, Some("a.txt")), Kind::Plain);
        // A title at the start is not there by chance.
        let titled = format!("# The harbour\n\n{}", prose.repeat(400));
        assert_eq!(kind_of(&titled, None), Kind::Markdown);
        assert_eq!(kind_of(&titled, Some("a.txt")), Kind::Plain);
        let settings = format!("# Settings\n# of it\n\n{}", "key = value\n".repeat(400));
        assert_eq!(kind_of(&settings, None), Kind::Plain);
        let markdown = "# Title\n\nA [link](http://a.b) and `code`.\n\n".repeat(9);
        assert_eq!(kind_of(&markdown, Some("a.txt")), Kind::Markdown);
    }

    #[test]
    fn relatives_of_markdown_keep_their_lines() {
        let rest =
            "=====\nTitle\n=====\n\n:Author: A\n\n.. note:: **Read** this.\n\nLike so::\n\n  $ a\n";
        let ascii = "Title\n=====\n\n`--all`::\n\tEverything.\n\n`-n`::\n\tNothing.\n";
        for text in [rest, ascii] {
            assert_eq!(kind_of(text, None), Kind::Plain, "{text}");
            assert_eq!(kind_of(text, Some("a.txt")), Kind::Plain, "{text}");
        }
    }

    #[test]
    fn what_holds_a_text_is_told_by_its_bytes() {
        let message = b"From: <Saved>\r\nContent-Type: multipart/related; boundary=x\r\n\r\n";
        assert_eq!(container_of(message), Some(Kind::Mhtml));
        let alone = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>x";
        assert_eq!(container_of(alone), Some(Kind::Mhtml));
        let book = b"PK\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0mimetypeapplication/epub+zip";
        assert_eq!(container_of(book), Some(Kind::Epub));
        for text in [
            &b"Note: words\n\nContent-Type: multipart/related"[..],
            b"See this\nContent-Type: multipart/related\n",
            b"Content-Type: text/html\n\n<p>x",
            b"PK\x03\x04",
            b"",
        ] {
            assert_eq!(container_of(text), None);
        }
    }

    #[test]
    fn then_the_name_of_the_file_tells() {
        assert_eq!(kind_of("words", Some("a.MD")), Kind::Markdown);
        assert_eq!(kind_of("words", Some("a.b.htm")), Kind::Html);
        assert_eq!(kind_of("- one\n- two", Some("a.txt")), Kind::Plain);
        assert_eq!(kind_of("<html>words", Some("a.txt")), Kind::Html);
    }
}
