//! Adds what belongs to an article but the extractor leaves out: the title above it, and the
//! footnotes that its words refer to.

use dom_query::NodeRef;
use rustc_hash::FxHashMap;

use crate::model::article::{Role, Source};

use super::super::addresses::Addresses;
use super::super::attributes::attribute;
use super::super::elements::{is_block, tag_of};
use super::super::extent::Extent;
use super::super::facts::facts_of;
use super::super::footnotes;
use super::super::hidden::is_left_out;
use super::super::page::Page;
use super::super::words::words_of;
use super::{visit, words_at};

/// Longest footnote that is added, in bytes: a mark that leads to more leads to a part of the page
/// and not to a note.
const LONGEST_NOTE: usize = 4_000;
/// Maximum number of footnotes that are added: as many as a long book has.
const MOST_NOTES: usize = 5_000;
/// Maximum number of levels between a mark's target and the start of its note.
const STEPS_TO_NOTE: usize = 4;
/// Elements in which a heading names the site or another article.
const NOT_THE_ARTICLE: [&str; 3] = ["aside", "footer", "nav"];

/// Adds the heading above the article, if the article has no first-level heading and the page's
/// title proves that this one is its own.
pub(super) fn add_title(page: &Page, part: &mut Extent) {
    let mut heading: Option<NodeRef<'_>> = None;
    let (mut begun, mut has_title) = (false, false);
    visit(&page.document.root(), |node, _| {
        let words = words_at(node, Some(part));
        begun |= words.is_some_and(|words| !words.trim().is_empty());
        if node.has_name("h1") {
            has_title |= part.keeps(node);
            if !begun && !is_elsewhere(node) {
                heading = Some(*node);
            }
        }
    });
    let Some(heading) = heading.filter(|_| !has_title) else {
        return;
    };
    let facts = facts_of(page, &Source::Pasted);
    let said = folded(&words_of(&heading));
    let title = folded(&facts.title.unwrap_or_default());
    let is_site = facts.site.is_some_and(|site| folded(&site) == said);
    // Less than half of the title is more likely the site's name within it.
    let is_title = (title.contains(&said) && said.len() * 2 >= title.len())
        || (!title.is_empty() && said.contains(&title));
    if !said.is_empty() && !is_site && is_title {
        keep_all(&heading, part);
    }
}

/// Adds the summary of each foldable part: without it readers cannot tell what to unfold.
pub(super) fn add_summaries(page: &Page, part: &mut Extent) {
    for node in page.document.root().descendants_it() {
        if node.has_name("summary") && node.parent().is_some_and(|parent| part.keeps(&parent)) {
            keep_all(&node, part);
        }
    }
}

/// Adds preformatted text between two blocks of the article: the extractor weighs words and takes a
/// few lines of code among paragraphs for unrelated content.
pub(super) fn add_code(page: &Page, part: &mut Extent) {
    for node in page.document.root().descendants_it() {
        let is_between = |part: &Extent| {
            let sides = [node.prev_element_sibling(), node.next_element_sibling()];
            sides
                .iter()
                .all(|side| side.as_ref().is_some_and(|side| part.reaches(side)))
        };
        if node.has_name("pre") && !part.reaches(&node) && is_between(part) {
            keep_all(&node, part);
        }
    }
}

/// Normalises words for comparison.
fn folded(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn is_elsewhere(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(None)
        .any(|above| NOT_THE_ARTICLE.iter().any(|name| above.has_name(name)))
}

/// Adds the footnotes that marks in the article point to.
pub(super) fn add_footnotes(page: &Page, part: &mut Extent) {
    let addresses = Addresses::of(page, None, &Source::Pasted);
    let (mut named, mut wanted) = (FxHashMap::default(), Vec::new());
    visit(&page.document.root(), |node, _| {
        let Some(element) = node.element_ref() else {
            return;
        };
        let is_link = &*element.name.local == "a";
        let anchor = attribute(&element, "name").filter(|_| is_link);
        for id in [attribute(&element, "id"), anchor].into_iter().flatten() {
            named.entry(id.to_owned()).or_insert(*node);
        }
        if is_link && part.keeps(node) {
            let mark = footnotes::reference(node, &element, &addresses);
            let href = mark.and_then(|_| addresses.target(attribute(&element, "href")?));
            wanted.extend(href);
        }
    });
    wanted.truncate(MOST_NOTES);
    for target in wanted {
        let note = named.get(&target).filter(|node| !part.reaches(node));
        if let Some(note) = note.and_then(|node| whole_note(node, part)) {
            keep_all(&note, part);
        }
    }
}

/// Returns the block of a footnote, if it is no longer than a note.
fn whole_note<'a>(target: &NodeRef<'a>, part: &Extent) -> Option<NodeRef<'a>> {
    let mut node = *target;
    for _ in 0..STEPS_TO_NOTE {
        let name = node.node_name().unwrap_or_default();
        let is_kept = tag_of(&name).is_some_and(|tag| tag.role() != Role::Inline);
        if is_block(&name) || is_kept {
            break;
        }
        node = node.parent()?;
    }
    let mut length = 0;
    visit(&node, |node, _| {
        length += words_at(node, None).map_or(0, |words| words.len());
    });
    (length <= LONGEST_NOTE && !part.reaches(&node)).then_some(node)
}

/// Keeps an element and everything shown in it.
fn keep_all(root: &NodeRef<'_>, part: &mut Extent) {
    visit(root, |node, _| {
        let shown = node
            .element_ref()
            .is_some_and(|element| !is_left_out(&element.name.local, &element));
        if shown {
            part.keep(node);
        }
    });
}
