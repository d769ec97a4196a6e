//! Finds the article in a page: which of its elements are no menu, no advertisement, no comment.
//!
//! The extractor (Mozilla's Readability, <https://github.com/mozilla/readability>, by
//! `dom_smoothie`) works on a copy of which every element is marked. Of what it answers only the
//! marks are read, and with them the article is read from the page itself. So nothing that the
//! extractor writes is ever shown, and what it would lose (ids, languages, readings, the classes
//! by which footnotes are known) is still there.

mod additions;
mod copy;
mod sections;
mod stand_ins;

use dom_query::{NodeData, NodeRef};
use dom_smoothie::{Config, Readability};

use super::extent::Extent;
use super::hidden::{is_left_out, swallows_words};
use super::page::Page;
use super::words::after;

/// Least letters of an article: about fifty words. With less a page is as readable whole.
const LEAST_LETTERS: usize = 250;
/// What a character of a script without spaces counts: it says as much as half a word.
const LETTERS_OF_A_SIGN: usize = 3;
/// Where such scripts begin: Hangul letters, then the ideographs and kana.
const SIGNS: [std::ops::RangeInclusive<char>; 2] =
    ['\u{1100}'..='\u{11ff}', '\u{2e80}'..='\u{3fffd}'];
/// Least share of a page's letters, in percent. Hundreds of comments may stand below an article,
/// but less than this is mostly a teaser among others.
const LEAST_SHARE: usize = 5;
/// Most letters of an article that may stand in links, in percent: beyond it is a list of links.
const MOST_LINKED: usize = 50;
/// Most nodes of a page, each counted once for every element around it: the extractor goes from
/// each element through all that is in it, several times. Real pages have some 400,000; with as
/// many as this a worker is busy for about a second.
const MOST_WORK: usize = 5_000_000;
/// Bytes of text that take the extractor as long as a node.
const BYTES_OF_A_NODE: usize = 256;
/// Letters with which the extractor believes that it has found all, in characters; of scripts
/// without spaces a third of it. Below, it tries again with looser rules.
const ENOUGH: usize = 500;

/// The part of a page that is its article.
///
/// `None` where there is none to speak of: the page is a fragment, very short, a list of links,
/// or so large and deep that looking would take too long.
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
            // The extractor saw that it only lays out the page.
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

/// How much there is to read.
#[derive(Debug, Default)]
struct Measure {
    /// Letters and digits; a sign of a script without spaces counts several.
    letters: usize,
    /// Those of them that stand in links.
    linked: usize,
    /// Letters and digits as they are, and how many of them are such signs.
    characters: usize,
    signs: usize,
    /// What the extractor's time grows with.
    work: usize,
}

impl Measure {
    /// Measures what is shown of a page, or of a part of it.
    fn of(page: &Page, part: Option<&Extent>) -> Self {
        Self::within(&page.document.root(), part)
    }

    /// Measures what is shown within an element.
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
        let is_sign = SIGNS.iter().any(|signs| signs.contains(&c));
        self.characters += 1;
        self.signs += usize::from(is_sign);
        self.letters += if is_sign { LETTERS_OF_A_SIGN } else { 1 };
    }
}

/// The letters of some words, as they are weighed, and how many signs of scripts without spaces
/// are among them.
pub(super) fn letters_of(words: &str) -> (usize, usize) {
    let mut measure = Measure::default();
    words.chars().for_each(|c| measure.count(c));
    (measure.letters, measure.signs)
}

/// Where a node stands.
#[derive(Default)]
struct Place {
    depth: usize,
    in_link: bool,
}

/// The words of a text node that are shown, and read if only a part is.
fn words_at(node: &NodeRef<'_>, part: Option<&Extent>) -> Option<String> {
    let words = node.query_or(None, |data| match &data.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })?;
    let parent = node.parent()?;
    let is_read = part.is_none_or(|part| part.keeps(&parent)) && !swallows_words(&parent);
    is_read.then_some(words)
}

/// Goes through all that is shown within a node, in the page's order and without recursion.
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
            // Without an address it is only a place, and may be left open over a whole chapter.
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

/// Notes what is left on the way from a node to the one after it.
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
