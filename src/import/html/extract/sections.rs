//! Adds the sections beside those that the extractor found.
//!
//! The extractor looks for the part of a page with the most prose. In a chapter that is often one
//! section of several: the others have less of it, or only a list or a table.

use dom_query::{Element, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use super::super::attributes::{attribute, classes};
use super::super::extent::Extent;
use super::super::facts::generator;
use super::super::hidden::is_left_out;
use super::super::page::Page;
use super::super::words::after;
use super::copy::is_menu;
use super::{Measure, visit, words_at};

/// Minimum share of the letters found that an element must have to be descended into, in percent:
/// the rest are a remark or two elsewhere on the page.
const MOST: usize = 90;
/// Maximum share of letters in links, in percent, for an element beside sections.
const MOST_LINKED: usize = 50;
/// Maximum number of passes over a page to add sections: outer ones cover the inner ones again.
const MOST_PASSES: usize = 4;
/// Programs that write documentation, in lower case. What they mark as the main part of a page is
/// all of its text; on other pages it includes comments and teasers.
const WRITERS: [&str; 3] = ["docutils", "rustdoc", "sphinx"];
/// Elements beside sections that belong to the page and not to the text.
const OF_THE_PAGE: [&str; 5] = ["aside", "footer", "form", "header", "nav"];
/// Parts of the classes and ids of such elements.
const NAMES_OF_THE_PAGE: [&str; 14] = [
    "advert",
    "breadcrumb",
    "comment",
    "footer",
    "header",
    "nav",
    "newsletter",
    "pager",
    "pagination",
    "promo",
    "related",
    "share",
    "social",
    "sponsor",
];

/// Adds the sections beside one that was found, and what stands between them.
pub(super) fn add(page: &Page, part: &mut Extent) {
    let Some(body) = page.document.tree.body() else {
        return;
    };
    if let Some(main) = main_of_documentation(page).filter(|main| part.reaches(main)) {
        let mut all = usize::MAX;
        keep_shown(&main, part, &mut all);
    }
    let letters = Letters::of(&body, part);
    let found = letters.at(&body).read;
    if found == 0 {
        return;
    }
    let has_most = |node: &NodeRef<'_>| letters.at(node).read * 100 >= found * MOST;
    let mut path = Vec::new();
    let mut next = Some(body);
    while let Some(node) = next {
        path.push(node);
        next = node.element_children().into_iter().find(has_most);
    }
    let mut left = MOST_PASSES * letters.0.len();
    let mut inner = Added::default();
    // From the inside out: what an inner element gained counts as read for the outer ones.
    for node in path.iter().rev() {
        if has_sections(node, &letters, &inner) {
            inner.letters = add_all(node, part, &letters, &mut left);
        }
        inner.to = Some(node.id);
    }
}

/// What was added to the last element examined.
#[derive(Default)]
struct Added {
    to: Option<NodeId>,
    letters: usize,
}

/// Number of letters, and how many of them are read.
#[derive(Debug, Default, Clone, Copy)]
struct Share {
    all: usize,
    read: usize,
}

/// The share of each element that is shown, counted in one pass: counting each element by itself
/// would count the words of nested ones over and over.
struct Letters(FxHashMap<NodeId, Share>);

impl Letters {
    fn of(root: &NodeRef<'_>, part: &Extent) -> Self {
        let mut shares = FxHashMap::default();
        let mut open: Vec<(usize, NodeId, Share)> = Vec::new();
        let mut close_below = |open: &mut Vec<(usize, NodeId, Share)>, depth: usize| {
            while let Some((_, id, share)) = open.pop_if(|(at, ..)| *at >= depth) {
                if let Some((_, _, outer)) = open.last_mut() {
                    outer.all += share.all;
                    outer.read += share.read;
                }
                shares.insert(id, share);
            }
        };
        visit(root, |node, place| {
            close_below(&mut open, place.depth);
            let mut share = Share::default();
            if let Some(words) = words_at(node, None) {
                let mut measure = Measure::default();
                words.chars().for_each(|c| measure.count(c));
                share.all = measure.letters;
                if words_at(node, Some(part)).is_some() {
                    share.read = share.all;
                }
            }
            open.push((place.depth, node.id, share));
        });
        close_below(&mut open, 0);
        Self(shares)
    }

    /// Returns an element's share; zero if it is not shown.
    fn at(&self, node: &NodeRef<'_>) -> Share {
        self.0.get(&node.id).copied().unwrap_or_default()
    }
}

/// Returns the main part of a page written by a documentation program.
fn main_of_documentation(page: &Page) -> Option<NodeRef<'_>> {
    let writer = generator(page)?.to_ascii_lowercase();
    if !WRITERS.iter().any(|name| writer.starts_with(name)) {
        return None;
    }
    let is_main = |node: &NodeRef<'_>| {
        let role = || node.attr("role").is_some_and(|role| &*role == "main");
        node.has_name("main") || role()
    };
    page.document.root().descendants_it().find(is_main)
}

/// True if an element is divided into sections of which some were found and others were not.
fn has_sections(node: &NodeRef<'_>, letters: &Letters, inner: &Added) -> bool {
    // What was found inside is one definition; the list has all of them with their terms.
    if node.has_name("dl") {
        return true;
    }
    // Number of sections found, missed, and both at once, of each kind.
    let mut kinds: FxHashMap<Section, (usize, usize, usize)> = FxHashMap::default();
    for child in node.element_children() {
        if let Some(section) = Section::of(&child) {
            let Share { all, mut read } = letters.at(&child);
            if inner.to == Some(child.id) {
                read += inner.letters;
            }
            let (is_found, is_missed) = (read > 0, read * 2 < all);
            let (found, missed, both) = kinds.entry(section).or_default();
            *found += usize::from(is_found);
            *missed += usize::from(is_missed);
            *both += usize::from(is_found && is_missed);
        }
    }
    // A section that is half found does not pair with itself.
    let mut kinds = kinds.values();
    kinds.any(|(found, missed, both)| found * missed > *both)
}

/// What the sections of one text have in common.
#[derive(PartialEq, Eq, Hash)]
struct Section {
    name: String,
    class: String,
    level: u8,
}

impl Section {
    /// Returns the kind of an element marked as a section that begins with a heading, but not with
    /// the page's own: pages lay out rows of things of which only one is the article. References
    /// have a definition list for each function or command in place of sections.
    fn of(node: &NodeRef<'_>) -> Option<Self> {
        let (name, class) = {
            let element = node.element_ref()?;
            let name = &*element.name.local;
            let is_named = match name {
                "dl" | "section" => true,
                "div" => is_named_section(&element),
                _ => false,
            };
            if !is_named || is_left_out(name, &element) {
                return None;
            }
            let class = attribute(&element, "class").unwrap_or_default();
            (name.to_owned(), class.to_owned())
        };
        let level = match name.as_str() {
            "dl" => 0,
            _ => level(node).filter(|level| *level > 1)?,
        };
        Some(Self { name, class, level })
    }
}

/// True if a division is a section by its class, as written by DocBook (`sect1`, `refsect1`,
/// `chapter`), AsciiDoc, Sphinx, Texinfo (`subsection-level-extent`) and Pandoc (`level2`).
fn is_named_section(element: &Element) -> bool {
    classes(element).any(|class| {
        class.contains("sect")
            || ["chapter", "level"]
                .iter()
                .any(|name| class.starts_with(name))
    })
}

/// Returns the level of the heading that an element begins with.
fn level(root: &NodeRef<'_>) -> Option<u8> {
    let mut next = Some(*root);
    while let Some(node) = next {
        let name = node.node_name().unwrap_or_default();
        let digit = name.strip_prefix('h').and_then(|rest| rest.parse().ok());
        if digit.is_some_and(|level| (1..=6).contains(&level)) {
            return digit;
        }
        if node.is_text() && !node.text().trim().is_empty() {
            return None;
        }
        next = node.first_child().or_else(|| after(node, root));
    }
    None
}

/// Adds everything that belongs to a text of sections, visiting at most `left` nodes. Returns the
/// number of letters that were not read before.
fn add_all(node: &NodeRef<'_>, part: &mut Extent, letters: &Letters, left: &mut usize) -> usize {
    part.keep(node);
    let mut added = 0;
    for child in node.children_it(false) {
        if part.reaches(&child) || is_of_text(&child) {
            keep_shown(&child, part, left);
            let Share { all, read } = letters.at(&child);
            added += all - read;
        }
    }
    added
}

/// True if an element beside sections belongs to their text.
fn is_of_text(node: &NodeRef<'_>) -> bool {
    let is_of_page = node.element_ref().is_none_or(|element| {
        let name = &*element.name.local;
        let said = |name| {
            attribute(&element, name)
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let (class, id) = (said("class"), said("id"));
        let is_named = |name: &&str| class.contains(*name) || id.contains(*name);
        OF_THE_PAGE.contains(&name) || NAMES_OF_THE_PAGE.iter().any(is_named)
    });
    if is_of_page {
        return false;
    }
    let measure = Measure::within(node, None);
    measure.linked * 100 <= measure.letters * MOST_LINKED
}

/// Keeps an element and everything shown in it, except menus.
fn keep_shown(root: &NodeRef<'_>, part: &mut Extent, left: &mut usize) {
    let mut next = Some(*root);
    while let Some(node) = next.filter(|_| *left > 0) {
        *left -= 1;
        let is_read = node.element_ref().map(|element| {
            let name = &*element.name.local;
            !is_menu(name, &element) && !is_left_out(name, &element)
        });
        if is_read == Some(true) {
            part.keep(&node);
        }
        let inside = node.first_child().filter(|_| is_read != Some(false));
        next = inside.or_else(|| after(node, root));
    }
}
