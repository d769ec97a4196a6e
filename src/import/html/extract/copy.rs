//! The copy of a page that the extractor takes apart, with a mark on every element.

use dom_query::{Document, Element, NodeId, NodeRef};

use super::super::attributes::attribute;
use super::super::hidden::is_left_out;
use super::super::page::Page;
use super::super::pictures;
use super::super::prepare::is_set_aside;

/// The prefix of marks. The number is in the name and not in the value, since the extractor merges
/// elements, and then one value would replace another.
const MARK: &str = "data-postil-mark-";

/// The address of a picture that has none in the copy; it is never requested.
const PICTURE: &str = "picture.png";

/// A copy, and the page's nodes by their marks.
pub(super) struct Marked {
    /// The copy.
    pub(super) document: Document,
    /// The node that each mark stands for.
    pub(super) nodes: Vec<NodeId>,
}

/// Makes the copy, without what is never shown or never part of an article.
pub(super) fn of(page: &Page) -> Marked {
    let document = page.document.clone();
    let root = document.root();
    let mut nodes = Vec::new();
    let all: Vec<NodeRef<'_>> = root.descendants_it().collect();
    for node in all {
        let Some(kind) = kind_of(&node) else {
            continue;
        };
        let mark = format!("{MARK}{}", nodes.len());
        match kind {
            Kind::Dropped => {
                node.remove_from_parent();
                continue;
            }
            Kind::Font => node.rename("span"),
            Kind::Runs => node.remove_attr("href"),
            Kind::Loose => wrap_words(&node, &mark),
            Kind::Body => wrap_all(&node, &mark),
            Kind::Picture => node.set_attr("src", PICTURE),
            Kind::Plain => {}
        }
        node.set_attr(&mark, "");
        nodes.push(node.id);
    }
    Marked { document, nodes }
}

/// How an element is changed before the extractor gets it.
enum Kind {
    Dropped,
    /// It would lose its attributes, and with them the mark.
    Font,
    /// A link that runs a script would become mere words.
    Runs,
    /// It may be lost while its words stay: a cell without a row, a division that becomes a
    /// paragraph.
    Loose,
    /// A picture with its address where the extractor does not look.
    Picture,
    /// The body, which is never in the answer.
    Body,
    Plain,
}

fn kind_of(node: &NodeRef<'_>) -> Option<Kind> {
    let element = node.element_ref()?;
    let name = &*element.name.local;
    let runs = || {
        let href = attribute(&element, "href").unwrap_or_default().trim_start();
        let head = href.get(.."javascript:".len()).unwrap_or_default();
        head.eq_ignore_ascii_case("javascript:")
    };
    Some(match name {
        // The extractor uses columns to tell a data table from a layout table.
        "html" | "col" | "colgroup" => Kind::Plain,
        _ if is_menu(name, &element) || is_left_out(name, &element) => Kind::Dropped,
        "body" => Kind::Body,
        "font" => Kind::Font,
        "td" | "div" => Kind::Loose,
        "a" if runs() => Kind::Runs,
        "img" if is_unseen(&element) => Kind::Picture,
        _ => Kind::Plain,
    })
}

/// True if a picture has an address, but not where browsers look for it.
fn is_unseen(element: &Element) -> bool {
    let own = attribute(element, "src").unwrap_or_default().trim();
    pictures::has_address(element) && (own.is_empty() || pictures::is_blank(own))
}

/// True if an element leads elsewhere or lies over the page, and is never part of an article.
pub(super) fn is_menu(name: &str, element: &Element) -> bool {
    let role = attribute(element, "role").unwrap_or_default();
    name == "nav"
        || matches!(role, "navigation" | "search" | "menu" | "menubar")
        || is_set_aside(element)
}

/// Wraps the words directly in an element in elements with its mark.
fn wrap_words(node: &NodeRef<'_>, mark: &str) {
    for child in node.children() {
        if child.is_text() && !child.text().trim().is_empty() {
            let wrapper = node.tree.new_element("data");
            wrapper.set_attr(mark, "");
            child.insert_before(&wrapper);
            wrapper.append_child(&child);
        }
    }
}

/// Wraps the content of an element in one with its mark, if there are words directly in it.
fn wrap_all(node: &NodeRef<'_>, mark: &str) {
    let children = node.children();
    let is_word = |child: &NodeRef<'_>| child.is_text() && !child.text().trim().is_empty();
    if !children.iter().any(is_word) {
        return;
    }
    let wrapper = node.tree.new_element("div");
    wrapper.set_attr(mark, "");
    for child in &children {
        wrapper.append_child(child);
    }
    node.append_child(&wrapper);
}

/// Returns the marks in the extractor's answer, each with the name of the element that has it
/// there, which may differ from the one in the page.
///
/// The answer is not parsed: it may contain cells without rows, which a parser drops. A page that
/// writes marks itself only names its own elements.
pub(super) fn marks(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content.match_indices(MARK).filter_map(|(at, _)| {
        let (before, rest) = (&content[..at], &content[at + MARK.len()..]);
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let name = before.rsplit('<').next().unwrap_or_default();
        let name = name.split([' ', '>']).next().unwrap_or_default();
        Some((rest[..end].parse().ok()?, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_nothing_else() {
        let content = "<p data-postil-mark-7=\"\" data-postil-mark-12=\"\">data-postil-mark-x</p>";
        assert_eq!(marks(content).collect::<Vec<_>>(), [(7, "p"), (12, "p")]);
        assert_eq!(
            marks("data-postil-mark-99999999999999999999999=").count(),
            0
        );
    }

    #[test]
    fn every_element_of_the_copy_has_a_mark_and_menus_are_gone() {
        let page = super::super::super::parse(
            "<html><body>a<nav>b</nav><font>c</font><a href=' JavaScript:x'>d</a><table><tr><td>e",
        );
        let marked = of(&page);
        let html = marked.document.html().to_string();
        assert!(!html.contains("nav") && !html.contains("avaScript") && !html.contains("font"));
        let mut found: Vec<usize> = marks(&html).map(|(mark, _)| mark).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, (0..marked.nodes.len()).collect::<Vec<_>>());
        assert_eq!(page.document.select("nav").length(), 1);
    }
}
