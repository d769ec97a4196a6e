//! Recognises footnotes of a page: which links are marks that point to one, and which lead back.
//!
//! A mark is not part of the text, so it must be certain; otherwise it stays a link.

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes};

use super::addresses::Addresses;
use super::attributes::{attribute, classes};
use super::words::words_of;

/// Longest mark of a footnote, in characters.
const LONGEST_MARK: usize = 12;
/// Classes with which tools mark references (pulldown-cmark, pandoc, kramdown and others), and
/// Wikipedia's, which is certain only on raised words: others have it on every link.
const REFERENCE_CLASSES: [&str; 5] = [
    "footnote-reference",
    "footnote-ref",
    "footnoteRef",
    "footnote",
    "noteref",
];
const RAISED_CLASSES: [&str; 2] = ["footnote-reference", "reference"];
/// Classes with which tools mark backlinks.
const RETURN_CLASSES: [&str; 5] = [
    "footnote-backref",
    "footnote-back",
    "footnote-return",
    "reversefootnote",
    "data-footnote-backref",
];
/// Signs that by themselves mark a backlink.
const ARROWS: [&str; 6] = ["↩", "↑", "↵", "⏎", "⤴", "^"];
/// Signs that link a heading to itself.
const PERMALINKS: [&str; 4] = ["#", "¶", "§", "🔗"];

/// Returns the attributes of the reference that a link is, if it is one.
pub(super) fn reference(
    link: &NodeRef<'_>,
    element: &Element,
    addresses: &Addresses,
) -> Option<Attributes> {
    let target = target(element, addresses)?;
    let words = words_of(link);
    let mark = words.trim_matches(|c: char| c.is_whitespace() || "[]()".contains(c));
    let short = !mark.is_empty() && mark.chars().count() <= LONGEST_MARK;
    let above = link.parent().filter(|parent| parent.has_name("sup"));
    let above_is = above.and_then(|sup| Some(is_marked(&*sup.element_ref()?, &RAISED_CLASSES)));
    let inside = link.first_element_child();
    let raised = above.is_some() || inside.is_some_and(|inside| inside.has_name("sup"));
    let certain = has_role(element, "noteref")
        || above_is == Some(true)
        || (is_mark(mark) && (raised || is_marked(element, &REFERENCE_CLASSES)));
    if !short || !certain {
        return None;
    }
    let own = attribute(element, "id").map(str::to_owned);
    let id = own.or_else(|| above?.attr("id").map(|id| id.to_string()));
    let said = Attributes::none().with(Attribute::Href, &format!("#{target}"));
    let said = id.map_or(said.clone(), |id| said.with(Attribute::Id, &id));
    Some(said.with(Attribute::Label, mark))
}

/// Returns the only content of a raised element if it is a link, so that the link stands for both.
pub(super) fn lone_link<'a>(sup: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let link = sup.first_element_child()?;
    let alone = link.has_name("a")
        && link.next_element_sibling().is_none()
        && sup
            .immediate_text()
            .trim_matches(['[', ']', ' ', '\n'])
            .is_empty();
    alone.then_some(link)
}

/// Returns the attributes of the backlink that a link is, if it is one.
pub(super) fn way_back(
    link: &NodeRef<'_>,
    element: &Element,
    addresses: &Addresses,
) -> Option<Attributes> {
    let target = target(element, addresses)?;
    let words = words_of(link);
    // Without the selectors that choose between an arrow as text and as a picture.
    let mark = words.trim_matches(|c: char| c.is_whitespace() || "\u{fe0e}\u{fe0f}[]".contains(c));
    let marked = has_role(element, "backlink")
        || is_marked(element, &RETURN_CLASSES)
        || attribute(element, "data-footnote-backref").is_some();
    let short = !mark.is_empty() && mark.chars().count() <= LONGEST_MARK;
    ((marked && short) || ARROWS.contains(&mark)).then(|| {
        Attributes::none()
            .with(Attribute::Href, &format!("#{target}"))
            .with(Attribute::Label, mark)
    })
}

/// True if a link only points to the place where it stands.
pub(super) fn is_permalink(link: &NodeRef<'_>, element: &Element, addresses: &Addresses) -> bool {
    let href = attribute(element, "href");
    href.is_some_and(|href| addresses.target(href).is_some())
        && PERMALINKS.contains(&words_of(link).as_str())
}

/// True if an element contains the footnotes of an article.
pub(super) fn are_footnotes(element: &Element) -> bool {
    has_role(element, "endnotes") || classes(element).any(|class| class == "footnotes")
}

/// True if an element is a single footnote, as pulldown-cmark writes it.
pub(super) fn is_footnote(element: &Element) -> bool {
    classes(element).any(|class| class == "footnote-definition")
}

/// True if an element is the label at the beginning of a single footnote.
pub(super) fn is_footnote_label(element: &Element) -> bool {
    classes(element).any(|class| class == "footnote-definition-label")
}

/// Returns the label of a footnote from the element that contains it.
pub(super) fn label_of(footnote: &NodeRef<'_>) -> Option<String> {
    let first = footnote.first_element_child()?;
    let is_label = is_footnote_label(&*first.element_ref()?);
    is_label.then(|| words_of(&first))
}

/// Returns the id in the page that a link points to, if it exists.
fn target(link: &Element, addresses: &Addresses) -> Option<String> {
    let target = addresses.target(attribute(link, "href")?)?;
    addresses.has_id(&target).then_some(target)
}

/// True if an element has a role of digital publishing (<https://www.w3.org/TR/dpub-aria-1.1/>), or
/// its EPUB equivalent.
fn has_role(element: &Element, role: &str) -> bool {
    let of = |name: &str| attribute(element, name).unwrap_or_default();
    let named = |word: &str| word.strip_prefix("doc-").unwrap_or(word) == role;
    of("role")
        .split_ascii_whitespace()
        .any(|word| word == format!("doc-{role}"))
        || of("epub:type").split_ascii_whitespace().any(named)
}

fn is_marked(element: &Element, names: &[&str]) -> bool {
    classes(element).any(|class| names.contains(&class))
}

/// True if words are a footnote's mark: a number, a letter, or printers' signs.
fn is_mark(words: &str) -> bool {
    let count = words.chars().count();
    let all = |is: fn(char) -> bool| words.chars().all(is);
    (count <= 4 && all(char::is_numeric))
        || (count == 1 && all(char::is_alphabetic))
        || (count <= 3 && all(|c| "*†‡§¶‖#※".contains(c)))
}
