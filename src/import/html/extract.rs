//! Finds the article in a page: the elements that are not menus, advertisements or comments.
//!
//! The extractor (Mozilla's Readability, <https://github.com/mozilla/readability>, by
//! `dom_smoothie`) works on a copy in which every element is marked. Only the marks of its answer
//! are read, and with them the article is read from the page itself. So nothing that the extractor
//! writes is ever shown, and what it would lose (ids, languages, readings, the classes by which
//! footnotes are recognised) is still there.

mod additions;
mod copy;
mod sections;
mod stand_ins;

use dom_query::{NodeData, NodeRef};
use dom_smoothie::{Config, Readability};

use super::extent::Extent;
use super::hidden::{is_left_out, swallows_words};
use super::letters::{LETTERS_OF_A_SIGN, weight_of};
use super::page::Page;
use super::words::after;

/// Minimum number of letters of an article: about fifty words. A shorter page is as readable whole.
const LEAST_LETTERS: usize = 250;
/// Minimum share of a page's letters, in percent. Hundreds of comments may follow an article, but
/// less than this is mostly a teaser among others.
const LEAST_SHARE: usize = 5;
/// Maximum share of an article's letters in links, in percent: beyond it is a list of links.
const MOST_LINKED: usize = 50;
/// Maximum number of nodes of a page, each counted once for every element around it: the extractor
/// walks everything in each element, several times. Real pages have some 400,000; this many keep a
/// worker busy for about a second.
const MOST_WORK: usize = 5_000_000;
/// Number of bytes of text that take the extractor as long as a node.
const BYTES_OF_A_NODE: usize = 256;
/// Number of characters with which the extractor is satisfied; a third of that for scripts without
/// spaces. With fewer it tries again with looser rules.
const ENOUGH: usize = 500;

/// Returns the part of a page that is its article.
///
/// `None` if there is none to speak of: the page is a fragment, very short, a list of links, or so
/// large and deep that the search would take too long.
pub fn article_of(page: &Page) -> Option<Extent> {
    if !page.is_whole() {
        return None;
    }
    let whole = Measure::of(page, None);
    if whole.letters < LEAST_LETTERS || whole.work > MOST_WORK {
        return None;
    }
    let marked = copy::of(page);
    let config = Config {
        disable_json_ld: true,
        keep_classes: true,
        char_threshold: if whole.signs * 2 > whole.characters {
            ENOUGH / LETTERS_OF_A_SIGN
        } else {
            ENOUGH
        },
        ..Config::default()
    };
    let found = Readability::with_document(marked.document, None, Some(config));
    let content = found.ok()?.parse().ok()?.content;
    let mut part = Extent::default();
    for (mark, name) in copy::marks(&content) {
        let id = marked.nodes.get(mark);
        match id.and_then(|id| page.document.tree.get(id)) {
            // The extractor recognised a table that only lays out the page.
            Some(node) if node.has_name("table") && name != "table" => part.go_through(&node),
            Some(node) => part.keep(&node),
            None => {}
        }
    }
    sections::add(page, &mut part);
    additions::add_title(page, &mut part);
    additions::add_summaries(page, &mut part);
    additions::add_code(page, &mut part);
    additions::add_footnotes(page, &mut part);
    stand_ins::add(page, &mut part);
    let article = Measure::of(page, Some(&part));
    let is_article = article.letters >= LEAST_LETTERS
        && article.letters * 100 >= whole.letters * LEAST_SHARE
        && article.linked * 100 <= article.letters * MOST_LINKED;
    is_article.then_some(part)
}

/// The amount of text to read.
#[derive(Debug, Default)]
struct Measure {
    /// Number of letters and digits; a character of a script without spaces counts several times.
    letters: usize,
    /// Number of those in links.
    linked: usize,
    /// Number of letters and digits, and how many of them belong to scripts without spaces.
    characters: usize,
    signs: usize,
    /// An estimate of the extractor's work.
    work: usize,
}

impl Measure {
    /// Measures what a page, or a part of it, shows.
    fn of(page: &Page, part: Option<&Extent>) -> Self {
        Self::within(&page.document.root(), part)
    }

    /// Measures what an element shows.
    fn within(root: &NodeRef<'_>, part: Option<&Extent>) -> Self {
        let mut measure = Self::default();
        visit(root, |node, place| {
            measure.work += place.depth;
            let Some(words) = words_at(node, part) else {
                return;
            };
            measure.work += place.depth * words.len() / BYTES_OF_A_NODE;
            let before = measure.letters;
            words.chars().for_each(|c| measure.count(c));
            if place.in_link {
                measure.linked += measure.letters - before;
            }
        });
        measure
    }

    fn count(&mut self, c: char) {
        if !c.is_alphanumeric() {
            return;
        }
        let weight = weight_of(c);
        self.characters += 1;
        self.signs += usize::from(weight > 1);
        self.letters += weight;
    }
}

/// The position of a node.
#[derive(Default)]
struct Place {
    depth: usize,
    in_link: bool,
}

/// Returns the words of a text node if they are shown and, where only a part is read, in the part.
fn words_at(node: &NodeRef<'_>, part: Option<&Extent>) -> Option<String> {
    let words = node.query_or(None, |data| match &data.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })?;
    let parent = node.parent()?;
    let is_read = part.is_none_or(|part| part.keeps(&parent)) && !swallows_words(&parent);
    is_read.then_some(words)
}

/// Visits everything shown within a node, in document order and without recursion.
fn visit<'a>(root: &NodeRef<'a>, mut seen: impl FnMut(&NodeRef<'a>, &Place)) {
    let mut place = Place::default();
    let mut links: Vec<dom_query::NodeId> = Vec::new();
    let mut node = *root;
    loop {
        let shown = node
            .element_ref()
            .is_none_or(|element| !is_left_out(&element.name.local, &element));
        if shown {
            place.in_link = !links.is_empty();
            seen(&node, &place);
        }
        if let Some(child) = node.first_child().filter(|_| shown) {
            // Without an address it is only an anchor, and may be left open over a whole chapter.
            if node.has_name("a") && node.has_attr("href") {
                links.push(node.id);
            }
            place.depth += 1;
            node = child;
            continue;
        }
        let Some(next) = after(node, root) else {
            return;
        };
        leave(node, &next, &mut place, &mut links);
        node = next;
    }
}

/// Updates the position on the way from a node to the one after it.
fn leave(
    node: NodeRef<'_>,
    next: &NodeRef<'_>,
    place: &mut Place,
    links: &mut Vec<dom_query::NodeId>,
) {
    let to = next.parent().map(|parent| parent.id);
    let mut above = node.parent();
    while let Some(parent) = above.filter(|parent| Some(parent.id) != to) {
        place.depth -= 1;
        if links.last() == Some(&parent.id) {
            links.pop();
        }
        above = parent.parent();
    }
}
