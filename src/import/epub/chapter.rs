//! Writes one file of a book as a part of one page: every element is closed within it, its ids are
//! unique in the page, and links lead to the parts made from the other files.
//!
//! A chapter is XML, where `<a id="x"/>` is complete; an HTML parser takes it as open, and the rest
//! of the book would be one link. So a chapter is written anew, token by token.

use std::collections::HashMap;

use crate::model::address;

use super::markup::{Attributes, Token, Tokens, is_named, local, words};
use super::paths::{Place, place};

/// Maximum number of end tags added after a chapter for unclosed elements of one name: the parser
/// never has more of them open than its limit for all.
const MOST_ENDS: usize = 512;
/// Elements that contain no part of the text and whose content is not markup.
const RAW: [&str; 9] = [
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
];
/// Elements without an end tag (<https://html.spec.whatwg.org/#void-elements>).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// What a chapter needs to know about the book.
pub(super) struct Surroundings<'a> {
    /// The number of each file that is read, by its path.
    pub(super) numbers: &'a HashMap<String, usize>,
    /// The book's language and direction; an element with the same values need not repeat them.
    pub(super) language: Option<&'a str>,
    pub(super) direction: Option<&'a str>,
}

/// Returns the id of a chapter's part of the page.
pub(super) fn id_of(number: usize) -> String {
    format!("c{number}")
}

/// Returns the page's id for an id within a chapter. All are distinct: a chapter's own id has no
/// hyphen, and the number ends at the first one.
pub(super) fn id_within(number: usize, id: &str) -> String {
    format!("c{number}-{id}")
}

/// Appends the chapter at `path` to `out`. `picture` returns the address of the picture at a path
/// while there is room.
pub(super) fn write(
    out: &mut String,
    chapter: &str,
    path: &str,
    surroundings: &Surroundings<'_>,
    picture: &mut dyn FnMut(&str) -> Option<std::rc::Rc<str>>,
) {
    let number = surroundings.numbers.get(path).copied().unwrap_or_default();
    out.push_str(&format!("<section id=\"{}\">", id_of(number)));
    let mut writer = Writer {
        out,
        path,
        number,
        surroundings,
        picture,
        open: Vec::new(),
        counts: HashMap::new(),
        drawings: 0,
    };
    let mut tokens = Tokens::of(chapter);
    while let Some(token) = tokens.next() {
        if let Some(raw) = writer.token(token) {
            tokens.skip_raw(raw);
        }
    }
    writer.close();
    out.push_str("</section>\n");
}

struct Writer<'a, 'b> {
    out: &'b mut String,
    path: &'b str,
    number: usize,
    surroundings: &'b Surroundings<'b>,
    picture: &'b mut dyn FnMut(&str) -> Option<std::rc::Rc<str>>,
    /// Names of the elements opened so far, each once, in the order of first appearance.
    open: Vec<&'a str>,
    /// Number of open elements of each name.
    counts: HashMap<&'a str, usize>,
    /// Number of drawings around the current position.
    drawings: usize,
}

impl<'a> Writer<'a, '_> {
    /// Writes a token. Returns the name of an element whose content is to be skipped.
    fn token(&mut self, token: Token<'a>) -> Option<&'a str> {
        match token {
            Token::Start {
                name,
                attributes,
                empty,
            } => return self.start(local(name), &attributes, empty),
            Token::End(name) => self.end(local(name)),
            Token::Words(_) | Token::Verbatim(_) if self.drawings > 0 => {}
            Token::Words(words) => self.out.push_str(&words.replace('<', "&lt;")),
            Token::Verbatim(words) => {
                let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
                self.out.push_str(&escaped);
            }
        }
        None
    }

    fn start(
        &mut self,
        name: &'a str,
        attributes: &Attributes<'a>,
        empty: bool,
    ) -> Option<&'a str> {
        let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
        if is(&RAW) {
            return (!empty).then_some(name);
        }
        if is(&["svg"]) {
            self.drawings += usize::from(!empty);
        } else if self.drawings > 0 {
            // A page that is a single picture often wraps it in a drawing.
            if is(&["image"]) {
                self.out.push_str("<img");
                self.picture_of(&attributes.get("href").unwrap_or_default());
                self.out.push('>');
            }
        } else if is(&["html", "body"]) {
            self.open("div", attributes);
        } else if is(&["head", "frameset", "frame"]) || !is_plain(name) {
        } else if is(&VOID) {
            self.tag(name, attributes);
        } else {
            self.open(name, attributes);
            if empty {
                self.end(name);
            }
        }
        None
    }

    fn open(&mut self, name: &'a str, attributes: &Attributes<'a>) {
        self.tag(name, attributes);
        let count = self.counts.entry(name).or_insert_with(|| {
            self.open.push(name);
            0
        });
        *count += 1;
    }

    fn end(&mut self, name: &'a str) {
        if self.drawings > 0 {
            self.drawings -= usize::from(name.eq_ignore_ascii_case("svg"));
            return;
        }
        let name = match name {
            "html" | "body" => "div",
            name => name,
        };
        // An unmatched end tag would close what is around the chapter.
        if let Some(count) = self.counts.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.out.push_str(&format!("</{name}>"));
        }
    }

    /// Closes what is still open.
    fn close(&mut self) {
        for name in self.open.iter().rev() {
            let open = self.counts.get(name).copied().unwrap_or_default();
            // A paragraph is closed implicitly, and an unmatched end tag creates one.
            let most = if is_named(name, "p") { 1 } else { MOST_ENDS };
            self.out
                .push_str(&format!("</{name}>").repeat(open.min(most)));
        }
    }

    fn tag(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        let is_picture = name.eq_ignore_ascii_case("img");
        for (attribute, value) in attributes.iter() {
            let named = |other: &str| attribute.eq_ignore_ascii_case(other);
            if named("id") || (named("name") && name.eq_ignore_ascii_case("a")) {
                self.attribute(attribute, &id_within(self.number, value));
            } else if named("href") {
                self.link(value);
            } else if is_picture && named("src") {
                self.picture_of(&words(value));
            } else if is_plain(attribute)
                && !(is_picture && is_other_address(attribute))
                && !self.is_said(attribute, value)
            {
                self.attribute(attribute, value);
            }
        }
        self.out.push('>');
    }

    /// True if an attribute repeats what the book declares.
    fn is_said(&self, attribute: &str, value: &str) -> bool {
        let said = match attribute {
            "lang" | "xml:lang" => self.surroundings.language,
            "dir" => Some(self.surroundings.direction.unwrap_or("ltr")),
            _ => attribute.starts_with("xmlns").then_some(value),
        };
        said.is_some_and(|said| said.eq_ignore_ascii_case(value.trim()))
    }

    /// Writes a link, unless it leads to a file that is not read.
    fn link(&mut self, written: &str) {
        let link = match place(self.path, &words(written)) {
            Place::Outside => words(written).into_owned(),
            Place::Nowhere => return,
            Place::Inside { path, fragment } => {
                let Some(number) = self.surroundings.numbers.get(&path) else {
                    return;
                };
                match fragment {
                    Some(fragment) => format!("#{}", id_within(*number, &fragment)),
                    None => format!("#{}", id_of(*number)),
                }
            }
        };
        self.attribute("href", &link.replace('&', "&amp;"));
    }

    fn picture_of(&mut self, written: &str) {
        let made = match place(self.path, written) {
            Place::Outside if address::is_picture(written) => Some(written.into()),
            Place::Inside { path, .. } => (self.picture)(&path),
            Place::Outside | Place::Nowhere => None,
        };
        if let Some(made) = made {
            self.attribute("src", &made.replace('&', "&amp;"));
        }
    }

    /// Writes an attribute; references in its value are kept.
    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(&value.replace('"', "&quot;"));
        self.out.push('"');
    }
}

/// True if a name can be written as it is.
fn is_plain(name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte);
    !name.is_empty() && name.bytes().all(is_of_name)
}

/// True if a picture's attribute may hold an address other than the one in the book.
fn is_other_address(attribute: &str) -> bool {
    let attribute = attribute.to_ascii_lowercase();
    attribute.starts_with("data-") || attribute.ends_with("srcset")
}
