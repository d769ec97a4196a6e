//! Reads a book's table of contents: the navigation document of EPUB 3, or the NCX of EPUB 2.

use super::markup::{Attributes, Token, Tokens, is_named, words};
use super::paths::{Place, place};

/// Maximum number of entries that are read.
const MOST_ENTRIES: usize = 10_000;
/// Longest title that becomes a heading, in characters.
const LONGEST: usize = 300;

/// An entry of the contents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its title; not empty.
    pub(super) title: String,
    /// The path of the file that it points to.
    pub(super) path: String,
    /// The position in the file, percent-encoded as written.
    pub(super) fragment: Option<String>,
    /// Its nesting depth, from 1.
    pub(super) depth: usize,
}

/// Reads the entries of the navigation document at `from`
/// (<https://www.w3.org/TR/epub-33/#sec-nav-toc>).
pub(super) fn of_navigation(from: &str, text: &str) -> Vec<Entry> {
    let has_contents = Tokens::of(text).any(|token| match token {
        Token::Start {
            name, attributes, ..
        } => is_named(name, "nav") && is_contents(&attributes),
        _ => false,
    });
    let mut gathered = Gathered::new(from);
    let mut is_inside = false;
    for token in Tokens::of(text) {
        match token {
            Token::Start {
                name, attributes, ..
            } => {
                if is_named(name, "nav") {
                    is_inside = !has_contents || is_contents(&attributes);
                } else if is_inside && is_named(name, "ol") {
                    gathered.depth += 1;
                } else if is_inside && is_named(name, "a") {
                    gathered.address = attributes.get("href").map(Into::into);
                    gathered.title.clear();
                }
            }
            Token::End(name) if !is_inside || is_named(name, "nav") => {
                if is_inside {
                    break;
                }
            }
            Token::End(name) if is_named(name, "a") => gathered.add(),
            Token::End(name) if is_named(name, "ol") => gathered.leave(),
            Token::Words(more) => gathered.title.push_str(&words(more)),
            Token::Verbatim(more) => gathered.title.push_str(more),
            Token::End(_) => {}
        }
    }
    gathered.entries
}

/// Reads the entries of the NCX at `from` (OPF 2.0.1, §2.4.1,
/// <https://idpf.org/epub/20/spec/OPF_2.0_final_spec.html#Section2.4.1>).
pub(super) fn of_ncx(from: &str, text: &str) -> Vec<Entry> {
    let mut gathered = Gathered::new(from);
    let mut is_label = false;
    for token in Tokens::of(text) {
        match token {
            Token::Start {
                name, attributes, ..
            } => {
                if is_named(name, "navPoint") {
                    gathered.depth += 1;
                    gathered.title.clear();
                } else if is_named(name, "content") && gathered.depth > 0 {
                    gathered.address = attributes.get("src").map(Into::into);
                    gathered.add();
                }
                is_label = is_named(name, "text");
            }
            Token::End(name) => {
                is_label = false;
                if is_named(name, "navPoint") {
                    gathered.leave();
                } else if is_named(name, "navMap") {
                    break;
                }
            }
            Token::Words(more) if is_label => gathered.title.push_str(&words(more)),
            Token::Verbatim(more) if is_label => gathered.title.push_str(more),
            Token::Words(_) | Token::Verbatim(_) => {}
        }
    }
    gathered.entries
}

/// True if a `nav` holds the table of contents.
fn is_contents(navigation: &Attributes<'_>) -> bool {
    let kind = navigation.get("type").unwrap_or_default();
    kind.split_whitespace().any(|word| word == "toc")
}

struct Gathered<'a> {
    from: &'a str,
    entries: Vec<Entry>,
    address: Option<String>,
    title: String,
    depth: usize,
}

impl<'a> Gathered<'a> {
    fn new(from: &'a str) -> Self {
        Self {
            from,
            entries: Vec::new(),
            address: None,
            title: String::new(),
            depth: 0,
        }
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn add(&mut self) {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.title.clear();
        let address = self.address.take().unwrap_or_default();
        let Place::Inside { path, fragment } = place(self.from, &address) else {
            return;
        };
        if title.is_empty() || self.entries.len() >= MOST_ENTRIES {
            return;
        }
        self.entries.push(Entry {
            title: title.replace('\0', "").chars().take(LONGEST).collect(),
            path,
            fragment,
            depth: self.depth.max(1),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(entries: &[Entry]) -> Vec<String> {
        let of = |entry: &Entry| {
            let fragment = entry.fragment.as_deref().unwrap_or_default();
            format!("{} {} {}#{fragment}", entry.depth, entry.title, entry.path)
        };
        entries.iter().map(of).collect()
    }

    #[test]
    fn navigation_is_read() {
        let text = "<nav epub:type='landmarks'><ol><li><a href='x'>X</a></li></ol></nav>\
            <nav epub:type='toc'><h1>Contents</h1><ol><li><a href='a.xhtml'>One &amp; <i>two</i></a>\
            <ol><li><a href='a.xhtml#b'>Three</a></li></ol></li></ol></nav>";
        assert_eq!(
            said(&of_navigation("t/nav.xhtml", text)),
            ["1 One & two t/a.xhtml#", "2 Three t/a.xhtml#b"]
        );
    }

    #[test]
    fn an_ncx_is_read() {
        let text = "<ncx><docTitle><text>Book</text></docTitle><navMap><navPoint><navLabel>\
            <text>One</text></navLabel><content src='a.html'/><navPoint><navLabel><text>Two</text>\
            </navLabel><content src='a.html#b'/></navPoint></navPoint></navMap><pageList>\
            <pageTarget><navLabel><text>1</text></navLabel><content src='a.html'/></pageTarget>";
        assert_eq!(
            said(&of_ncx("toc.ncx", text)),
            ["1 One a.html#", "2 Two a.html#b"]
        );
    }
}
