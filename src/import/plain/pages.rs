//! Removes the page breaks of standards (RFC 2223,
//! <https://www.rfc-editor.org/rfc/rfc2223#section-3>): each page ends with a line with its number
//! and a form feed, and the next begins with a running head. Neither is part of the text.

use std::borrow::Cow;

/// What the last line of a page contains, and how it ends.
const FOOT: (&str, &str) = ("[Page ", "]");
/// The gap between the words of a running head.
const GAP: &str = "   ";

/// Removes the feet and heads of a text's pages. Paragraphs continued on the next page are joined.
pub(super) fn without_pages(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{c}') {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut after_foot = false;
    for (index, page) in text.split('\u{c}').enumerate() {
        let page = if after_foot { without_head(page) } else { page };
        let footless = without_foot(page);
        let words = footless.unwrap_or(page);
        if index > 0 {
            joined.push_str(match after_foot {
                true if goes_on(&joined, words) => "\n",
                true => "\n\n",
                false => "\u{c}",
            });
        }
        joined.push_str(words);
        after_foot = footless.is_some();
    }
    Cow::Owned(joined)
}

/// Removes the last line of a page; `None` if that does not number the page.
fn without_foot(page: &str) -> Option<&str> {
    let page = page.trim_end();
    let start = page.rfind('\n').map_or(0, |feed| feed + 1);
    let last = &page[start..];
    let (number, end) = FOOT;
    (last.contains(number) && last.ends_with(end)).then(|| page[..start].trim_end())
}

/// Removes a page's running head and the blank lines after it.
fn without_head(page: &str) -> &str {
    let page = page.trim_start_matches('\n');
    let (head, rest) = page.split_once('\n').unwrap_or((page, ""));
    if !head.trim().contains(GAP) {
        return page;
    }
    let blank = rest.len() - rest.trim_start().len();
    let start = rest[..blank].rfind('\n').map_or(0, |feed| feed + 1);
    &rest[start..]
}

/// True if a paragraph continues from one page to the next.
fn goes_on(before: &str, page: &str) -> bool {
    let is_open = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    is_open && page.trim_start().starts_with(char::is_lowercase)
}
