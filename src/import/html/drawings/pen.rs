//! Writes a drawing anew, and as an address.

use dom_query::{Element, NodeRef};
use rustc_hash::FxHashSet;

use super::super::attributes::attribute;
use super::super::hidden::is_drawn;
use super::super::words::{after, words_at};
use super::values::{Sheet, Value, fragment, read};
use super::vocabulary::{describes, draws, holds_words, is_gradient, is_see_through, refers};

/// Elements of a drawing that point to another: each draws it again.
const MOST_REFERENCES: usize = 1_000;
/// How deep the elements of a drawing may stand in each other; what is deeper is left out.
const DEEPEST: usize = 64;
/// Nodes of a drawing that is looked at: more do not go into the longest address.
const MOST_NODES: usize = 30_000;
/// How the address begins.
const BEGINNING: &str = "data:image/svg+xml,";
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The address of a drawing, if it draws anything and the address is no longer than `longest`.
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
    /// The ids of what is pointed to. What is pointed to points to nothing itself, so that no
    /// drawing is made of copies of copies of copies.
    referred: FxHashSet<String>,
    references: usize,
    /// Bytes after which it is given up.
    longest: usize,
    /// Elements that draw something by themselves.
    shapes: usize,
    out: String,
}

impl Pen {
    /// Reads the style sheets, and notes what is pointed to.
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

    /// Writes an element and all that is in it; `None` where it gets too long.
    fn write(&mut self, svg: &NodeRef<'_>) -> Option<()> {
        // The elements that are open, and whether each is pointed to or in something that is.
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

    /// Opens an element; says whether what is in it may point to nothing.
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

    /// Every property of an element once, as it is said last.
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

    /// Text as XML has it (<https://www.w3.org/TR/xml/#charsets>): one character that it may not
    /// have, and nothing is drawn.
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

/// Whether a node is in an element that is open.
fn is_within(node: &NodeRef<'_>, open: &NodeRef<'_>) -> bool {
    let mut above = node.ancestors_it(None);
    above.any(|above| above.id == open.id)
}

/// A text as the rest of a `data:` address: percent-encoded where it must be.
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
