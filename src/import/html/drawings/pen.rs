//! Writes a drawing anew, as an address.

use dom_query::{Element, NodeRef};
use rustc_hash::FxHashSet;

use super::super::attributes::attribute;
use super::super::hidden::is_drawn;
use super::super::words::{after, words_at};
use super::values::{Sheet, Value, fragment, read};
use super::vocabulary::{describes, draws, holds_words, is_gradient, is_see_through, refers};

/// Maximum number of references in a drawing: each draws another element again.
const MOST_REFERENCES: usize = 1_000;
/// Maximum nesting depth of a drawing's elements; deeper ones are left out.
const DEEPEST: usize = 64;
/// Maximum number of nodes of a drawing: more do not fit into the longest address.
const MOST_NODES: usize = 30_000;
/// The beginning of the address.
const BEGINNING: &str = "data:image/svg+xml,";
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Returns the address of a drawing that draws anything, in at most `longest` bytes.
pub(super) fn address_of(svg: &NodeRef<'_>, longest: usize) -> Option<String> {
    if svg.descendants_it().nth(MOST_NODES).is_some() {
        return None;
    }
    let mut pen = Pen {
        sheet: Sheet::default(),
        referred: FxHashSet::default(),
        references: 0,
        longest,
        shapes: 0,
        out: String::new(),
    };
    pen.look_at(svg);
    pen.write(svg)?;
    let address = [BEGINNING, &encoded(&pen.out)].concat();
    (pen.shapes > 0 && address.len() <= longest).then_some(address)
}

struct Pen {
    sheet: Sheet,
    /// The ids that references point to. An element with such an id refers to nothing itself, so
    /// that no drawing consists of copies of copies of copies.
    referred: FxHashSet<String>,
    references: usize,
    /// Number of bytes after which the drawing is given up.
    longest: usize,
    /// Number of elements that draw something by themselves.
    shapes: usize,
    out: String,
}

impl Pen {
    /// Reads the style sheets and collects the ids that references point to.
    fn look_at(&mut self, svg: &NodeRef<'_>) {
        for node in svg.descendants_it() {
            let Some(element) = node.element_ref().filter(|element| is_drawn(element)) else {
                continue;
            };
            let name = &*element.name.local;
            if name == "style" {
                self.sheet.read(&node.immediate_text());
            }
            if refers(name) {
                let href = attribute(&element, "href").and_then(fragment);
                self.referred.extend(href.map(str::to_owned));
            }
        }
        for node in svg.descendants_it() {
            let Some(element) = node.element_ref().filter(|element| is_drawn(element)) else {
                continue;
            };
            for (_, value) in self.said_of(&element) {
                if let Some(Value::Reference(id)) = read(&value) {
                    self.referred.insert(id.to_owned());
                }
            }
        }
    }

    /// Writes an element and its content; `None` if the result gets too long.
    fn write(&mut self, svg: &NodeRef<'_>) -> Option<()> {
        // The open elements, and whether each is referred to or inside one that is.
        let mut open: Vec<(NodeRef<'_>, String, bool)> = Vec::new();
        let mut node = *svg;
        loop {
            let mut inside = None;
            if let Some(element) = node.element_ref().filter(|element| is_drawn(element)) {
                let name = &*element.name.local;
                if draws(name) && open.len() < DEEPEST {
                    let around = open.last().is_some_and(|(_, _, referred)| *referred);
                    let referred = self.open(name, &element, around);
                    open.push((node, name.to_owned(), referred));
                    inside = node.first_child();
                } else if is_see_through(name) {
                    inside = node.first_child();
                }
            } else {
                self.words(&node, open.last().map(|(_, name, _)| name.as_str()));
            }
            if self.out.len() > self.longest {
                return None;
            }
            let next = inside.or_else(|| after(node, svg));
            while let Some((last, name, _)) = open.last() {
                let stays = next.is_some_and(|next| is_within(&next, last));
                if stays {
                    break;
                }
                self.out.push_str(&format!("</{name}>"));
                open.pop();
            }
            match next {
                Some(next) => node = next,
                None => return Some(()),
            }
        }
    }

    /// Opens an element; returns true if its content must not refer to anything.
    fn open(&mut self, name: &str, element: &Element, around: bool) -> bool {
        let id = attribute(element, "id").filter(|id| self.referred.contains(*id));
        let referred = around || id.is_some();
        self.out.push('<');
        self.out.push_str(name);
        if self.out.len() == "<svg".len() {
            self.say("xmlns", NAMESPACE);
        }
        if let Some(id) = id {
            self.say("id", id);
        }
        for (name, value) in self.said_of(element) {
            match read(&value) {
                Some(Value::Plain(plain)) => self.say(&name, plain),
                Some(Value::Reference(id)) if !referred => {
                    self.refer(&name, &format!("url(#{id})"))
                }
                _ => {}
            }
        }
        let href = attribute(element, "href").and_then(fragment);
        if let Some(id) = href.filter(|_| refers(name) && (!referred || is_gradient(name))) {
            self.refer("href", &format!("#{id}"));
        }
        self.out.push('>');
        let holds = matches!(name, "svg" | "g" | "defs" | "switch" | "symbol");
        self.shapes += usize::from(!holds);
        referred
    }

    /// Returns every property of an element once, with its last value.
    fn said_of(&self, element: &Element) -> Vec<(String, String)> {
        let own = element.attrs.iter().filter(|a| a.name.prefix.is_none());
        let own = own.map(|a| (a.name.local.to_string(), a.value.to_string()));
        let mut said: Vec<(String, String)> = own.filter(|(name, _)| describes(name)).collect();
        for (name, value) in self.sheet.said_of(element) {
            said.retain(|(other, _)| *other != name);
            said.push((name, value));
        }
        said
    }

    fn refer(&mut self, name: &str, value: &str) {
        self.references += 1;
        if self.references <= MOST_REFERENCES {
            self.say(name, value);
        }
    }

    fn say(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        self.escaped(value);
        self.out.push('"');
    }

    fn words(&mut self, node: &NodeRef<'_>, parent: Option<&str>) {
        let is_shown = parent.is_some_and(holds_words)
            && node
                .parent()
                .is_some_and(|above| parent.is_some_and(|name| above.has_name(name)));
        if is_shown {
            self.escaped(&words_at(node));
        }
    }

    /// Writes text as XML allows it (<https://www.w3.org/TR/xml/#charsets>): with a single
    /// forbidden character nothing would be drawn.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.out.push(' '),
                c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => self.out.push(c),
            }
        }
    }
}

/// True if a node is inside an open element.
fn is_within(node: &NodeRef<'_>, open: &NodeRef<'_>) -> bool {
    let mut above = node.ancestors_it(None);
    above.any(|above| above.id == open.id)
}

/// Encodes text as the rest of a `data:` address: percent-encoded where necessary.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        let stands = byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;=:@/?".contains(&byte);
        match stands {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
