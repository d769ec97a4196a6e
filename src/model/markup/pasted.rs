//! What is pasted into a note: an address on words becomes a link, and a place is kept while what is
//! pasted is read.

use std::ops::Range;

use super::Edit;

/// Most bytes of HTML that are read: of more, only the text is pasted.
pub const MOST_HTML: usize = 2_000_000;

/// Elements that say more than their text.
const ELEMENTS: [&str; 22] = [
    "a",
    "b",
    "blockquote",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "kbd",
    "li",
    "ol",
    "pre",
    "s",
    "strong",
    "table",
    "ul",
];

/// Makes the selected words a link to a pasted address; `None` if no words are selected, or what is
/// pasted is no address.
pub fn linked(text: &str, selection: Range<usize>, pasted: &str) -> Option<Edit> {
    let address = pasted.trim();
    let scheme = ["https://", "http://"];
    let rest = scheme
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))?;
    let is_address =
        !rest.is_empty() && !address.contains(|c: char| c.is_whitespace() || "<>".contains(c));
    let selected = &text[selection.clone()];
    let words = selected.trim();
    // An address that is pasted on an address replaces it.
    let is_own = scheme.iter().any(|scheme| words.starts_with(scheme));
    if !is_address || is_own || words.is_empty() || words.contains(['\n', '[', ']']) {
        return None;
    }
    let start = selection.start + (selected.len() - selected.trim_start().len());
    let words = match address.contains(['(', ')']) {
        true => ["[", words, "](<", address, ">)"].concat(),
        false => ["[", words, "](", address, ")"].concat(),
    };
    let end = start + words.len();
    Some(Edit {
        range: start..start + selected.trim().len(),
        words,
        selection: end..end,
    })
}

/// True if HTML may say more than its text, so that it is worth reading.
pub fn may_have_markup(html: &str) -> bool {
    let mut parts = html.split('<').skip(1);
    html.len() <= MOST_HTML
        && parts.any(|part| {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric());
            let name = &part[..end.unwrap_or(part.len())];
            ELEMENTS
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
        })
}

/// Returns where a range of a text is after something else in it was edited; what was edited within
/// it belongs to it.
pub fn kept(before: &str, after: &str, range: Range<usize>) -> Range<usize> {
    let same = |(one, other): &(char, char)| one == other;
    let letters = before.chars().zip(after.chars());
    let head: usize = letters.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (end, other_end) = (&before[head..], &after[head..]);
    let letters = end.chars().rev().zip(other_end.chars().rev());
    let tail: usize = letters.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let place = |at: usize| match at {
        at if at <= head => at,
        at if at >= before.len() - tail => at + after.len() - before.len(),
        _ => after.len() - tail,
    };
    let start = place(range.start);
    start..place(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_on_words_makes_a_link() {
        let link = |text: &str, range: Range<usize>, pasted: &str| {
            linked(text, range, pasted).map(|edit| {
                let mut text = text.to_owned();
                text.replace_range(edit.range, &edit.words);
                assert_eq!(&text[..edit.selection.end].chars().last(), &Some(')'));
                text
            })
        };
        let there = |text: &str| Some(text.to_owned());
        assert_eq!(
            link("a word b", 2..6, " https://x.org/a\n"),
            there("a [word](https://x.org/a) b")
        );
        assert_eq!(
            link("a word b", 1..7, "http://x"),
            there("a [word](http://x) b")
        );
        assert_eq!(
            link("ö", 0..2, "https://x/(y)"),
            there("[ö](<https://x/(y)>)")
        );
        for pasted in [
            "ftp://x",
            "https://",
            "https://a b",
            "words",
            "https://a\nhttps://b",
        ] {
            assert_eq!(link("word", 0..4, pasted), None, "{pasted}");
        }
        assert_eq!(link("word", 2..2, "https://x"), None);
        assert_eq!(link("https://a", 0..9, "https://x"), None);
    }

    #[test]
    fn html_of_bare_words_is_not_read() {
        for html in [
            "<p>one</p>",
            "<span style='color: red'>a</span>",
            "<meta charset=utf-8>x",
            "a < b",
        ] {
            assert!(!may_have_markup(html), "{html}");
        }
        for html in ["<p>so <B>bold</B>", "<a href=x>a</a>", "<ul>", "</i>x <i>y"] {
            assert!(may_have_markup(html), "{html}");
        }
    }

    #[test]
    fn a_place_is_kept_while_others_are_edited() {
        assert_eq!(kept("one two", "one two", 4..7), 4..7);
        assert_eq!(kept("one two", "zero one two", 4..7), 9..12);
        assert_eq!(kept("one two", "one two three", 4..7), 4..7);
        assert_eq!(kept("öne two", "öne", 5..8), 4..4);
        assert_eq!(kept("one", "", 1..2), 0..0);
    }
}
