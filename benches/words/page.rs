//! The words of an HTML page, counted with the importer's parser but nothing else of it.

use dom_query::{Document, Element, NodeData, NodeRef};
use html5ever::ns;

use super::count::{Place, Word, words_of};

/// Elements within which words continue; all others separate words.
const INLINE: [&str; 44] = [
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "nobr",
    "q",
    "rb",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mrow",
    "semantics",
    "math",
];
/// Elements whose text is not words.
const SILENT: [&str; 10] = [
    "script", "style", "head", "title", "iframe", "object", "audio", "video", "canvas", "rp",
];
const CONTROLS: [&str; 8] = [
    "button", "select", "option", "textarea", "datalist", "input", "meter", "progress",
];
const BOILERPLATE: [&str; 3] = ["nav", "footer", "aside"];
const ROLES: [&str; 6] = [
    "navigation",
    "contentinfo",
    "complementary",
    "search",
    "banner",
    "menu",
];

/// The words so far, and the state of the walk.
struct Walk {
    words: Vec<Word>,
    /// The text since the last separation.
    text: String,
    place: Place,
}

impl Walk {
    fn part(&mut self) {
        let (words, place) = (&mut self.words, self.place);
        words_of(&self.text, |word| {
            words.push(Word {
                text: word.to_owned(),
                place,
            });
        });
        self.text.clear();
    }

    fn go(&mut self, place: Place) {
        if place != self.place {
            self.part();
            self.place = place;
        }
    }
}

/// The words of a page in order.
pub fn words(html: &str) -> Vec<Word> {
    let document = Document::from(html);
    let mut walk = Walk {
        words: Vec::new(),
        text: String::new(),
        place: Place::Text,
    };
    through(&document.root(), &mut walk, Place::Text);
    walk.part();
    walk.words
}

fn through(root: &NodeRef<'_>, walk: &mut Walk, place: Place) {
    let mut places = vec![place];
    let mut node = *root;
    loop {
        let inside = enter(&node, walk, *places.last().unwrap_or(&place));
        if let (Some(place), Some(child)) = (inside, node.first_child()) {
            places.push(place);
            node = child;
            continue;
        }
        leave(&node, walk);
        while node.id != root.id && node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { return };
            node = parent;
            places.pop();
            leave(&node, walk);
        }
        match node.next_sibling() {
            Some(next) if node.id != root.id => node = next,
            _ => return,
        }
    }
}

/// Visits a node; returns the place of its content if that is to be walked.
fn enter(node: &NodeRef<'_>, walk: &mut Walk, place: Place) -> Option<Place> {
    let text = node.query_or(None, |data| match &data.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    });
    if let Some(text) = text {
        walk.go(place);
        walk.text.push_str(&text);
        return None;
    }
    let Some(element) = node.element_ref() else {
        return Some(place);
    };
    let name = &*element.name.local;
    if !INLINE.contains(&name) {
        walk.part();
    }
    if SILENT.contains(&name) {
        return None;
    }
    let inside = place_in(name, &element, place);
    if name == "noscript" {
        // The parser treats the content as text, like browsers with scripts.
        let inner = words(&node.text());
        walk.go(inside);
        walk.words.extend(inner.into_iter().map(|word| Word {
            place: inside,
            ..word
        }));
        return None;
    }
    if name == "template" {
        // The content belongs to the element itself or to a fragment of its own.
        let fragment = node.query_or(None, |data| match &data.data {
            NodeData::Element(element) => element.template_contents,
            _ => None,
        });
        let fragment = fragment.and_then(|id| node.tree.get(&id));
        if let Some(fragment) = fragment {
            walk.go(inside);
            through(&fragment, walk, inside);
            walk.part();
            return None;
        }
    }
    Some(inside)
}

fn leave(node: &NodeRef<'_>, walk: &mut Walk) {
    let is_inline = node
        .element_ref()
        .is_none_or(|element| INLINE.contains(&&*element.name.local));
    if !is_inline {
        walk.part();
    }
}

fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let mut attributes = element.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

fn place_in(name: &str, element: &Element, around: Place) -> Place {
    if !matches!(around, Place::Text | Place::Boilerplate | Place::Shadow) {
        return around;
    }
    let role = attribute(element, "role").unwrap_or_default();
    match name {
        "template" => {
            let is_root = ["shadowrootmode", "shadowroot"]
                .iter()
                .any(|name| attribute(element, name).is_some());
            if is_root {
                Place::Shadow
            } else {
                Place::Template
            }
        }
        "noscript" | "noframes" | "noembed" => Place::Noscript,
        "annotation" | "annotation-xml" => Place::Notation,
        name if CONTROLS.contains(&name) => Place::Control,
        _ if is_hidden(name, element) => Place::Hidden,
        "foreignObject" => around,
        _ if element.name.ns == ns!(svg) => Place::Drawing,
        name if BOILERPLATE.contains(&name) || ROLES.contains(&role) => Place::Boilerplate,
        _ => around,
    }
}

/// True if a page hides an element, as far as the element itself tells.
fn is_hidden(name: &str, element: &Element) -> bool {
    let style = attribute(element, "style").unwrap_or_default();
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    let hides = ["display:none", "visibility:hidden", "visibility:collapse"];
    attribute(element, "hidden").is_some()
        || attribute(element, "aria-hidden").is_some_and(|value| value == "true")
        || (name == "dialog" && attribute(element, "open").is_none())
        || hides.iter().any(|hides| style.contains(hides))
}
