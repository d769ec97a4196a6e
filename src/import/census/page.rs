//! Counts a page's letters in its tree.

use dom_query::{Element, NodeData, NodeRef};
use html5ever::ns;

use super::{Letters, in_text};
use crate::import::html::Page;

/// Elements whose text is not counted as the page's: scripts, fetched content, form fields, the
/// page's description of itself, and the other notation of a formula.
const SILENT: [&str; 22] = [
    "annotation",
    "annotation-xml",
    "audio",
    "button",
    "canvas",
    "datalist",
    "head",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "rp",
    "script",
    "select",
    "style",
    "svg",
    "textarea",
    "title",
    "video",
];
/// Elements and roles of content beside an article.
const BESIDE: [&str; 3] = ["aside", "footer", "nav"];
const ROLES_BESIDE: [&str; 6] = [
    "banner",
    "complementary",
    "contentinfo",
    "menu",
    "navigation",
    "search",
];
/// Attributes that make a template a declarative shadow root; the second is the older form.
const SHADOW: [&str; 2] = ["shadowrootmode", "shadowroot"];

/// The kind of place that letters are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Prose,
    Link,
    Beside,
    Unshown,
}

/// Counts the letters of a page, without the elements that nobody reads.
pub(in crate::import) fn of_page(page: &Page) -> Letters {
    let mut letters = Letters::default();
    let mut roots = vec![(page.document().root(), Place::Prose)];
    while let Some((root, place)) = roots.pop() {
        count(&root, place, &mut letters, &mut roots);
    }
    letters
}

/// Counts below a node, without recursion; shadow roots, which hang beside the tree, go to `roots`.
fn count<'a>(
    root: &NodeRef<'a>,
    place: Place,
    letters: &mut Letters,
    roots: &mut Vec<(NodeRef<'a>, Place)>,
) {
    let mut places = vec![place];
    let mut node = *root;
    loop {
        let around = places.last().copied().unwrap_or(place);
        let inside = enter(&node, around, letters, roots);
        if let (Some(inside), Some(child)) = (inside, node.first_child()) {
            places.push(inside);
            node = child;
            continue;
        }
        while node.id != root.id && node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { return };
            node = parent;
            places.pop();
        }
        match node.next_sibling() {
            Some(next) if node.id != root.id => node = next,
            _ => return,
        }
    }
}

/// Counts a text node. Returns the place of an element's content, or `None` if it is not counted.
fn enter<'a>(
    node: &NodeRef<'a>,
    around: Place,
    letters: &mut Letters,
    roots: &mut Vec<(NodeRef<'a>, Place)>,
) -> Option<Place> {
    let mut fragment = None;
    let inside = node.query_or(None, |data| match &data.data {
        NodeData::Text { contents } => {
            *letters.at(around) += in_text(contents);
            None
        }
        NodeData::Element(element) => {
            let place = place_in(element, around);
            fragment = element.template_contents.filter(|_| place.is_some());
            place
        }
        NodeData::Document | NodeData::Fragment => Some(around),
        _ => None,
    });
    if let Some(fragment) = fragment.and_then(|id| node.tree.get(&id)) {
        roots.extend(inside.map(|inside| (fragment, inside)));
    }
    inside
}

fn place_in(element: &Element, around: Place) -> Option<Place> {
    let name = &*element.name.local;
    if SILENT.contains(&name) || element.name.ns == ns!(svg) {
        return None;
    }
    if element.attrs.is_empty() && !BESIDE.contains(&name) && name != "template" {
        return Some(around);
    }
    let says = |name: &str| {
        let mut attributes = element.attrs.iter();
        let found = attributes.find(|attribute| &*attribute.name.local == name);
        found.map(|attribute| &*attribute.value)
    };
    if name == "template" {
        let is_root = SHADOW.iter().any(|name| says(name).is_some());
        return is_root.then_some(around);
    }
    let role = says("role").unwrap_or_default();
    let style = says("style").unwrap_or_default();
    let is_hidden = says("hidden").is_some()
        || says("aria-hidden") == Some("true")
        || (!style.is_empty() && hides(style));
    Some(match around {
        Place::Unshown => Place::Unshown,
        _ if is_hidden => Place::Unshown,
        Place::Beside => Place::Beside,
        _ if BESIDE.contains(&name) || ROLES_BESIDE.contains(&role) => Place::Beside,
        _ if name == "a" && says("href").is_some() => Place::Link,
        around => around,
    })
}

/// True if a style plainly hides an element.
fn hides(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').any(|declaration| {
        let (property, value) = declaration.split_once(':').unwrap_or_default();
        let value = value.split(['!', ' ']).find(|value| !value.is_empty());
        matches!(
            (property.trim(), value),
            ("display", Some("none")) | ("visibility", Some("hidden" | "collapse"))
        )
    })
}

impl Letters {
    fn at(&mut self, place: Place) -> &mut usize {
        match place {
            Place::Prose => &mut self.prose,
            Place::Link => &mut self.linked,
            Place::Beside => &mut self.beside,
            Place::Unshown => &mut self.unshown,
        }
    }
}
