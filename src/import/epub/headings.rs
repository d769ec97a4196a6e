//! Adds headings to chapters without any, if the table of contents names the chapter.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeData, NodeRef};

use crate::import::html::Page;
use crate::import::links::fragment_name;

use super::chapter::{id_of, id_within};
use super::contents::Entry;

/// The level of a chapter's heading if no chapter has one: below the book's title.
const LEVEL: usize = 2;
/// The lowest heading level.
const LOWEST: usize = 6;
/// Number of nodes after a position that are searched for its first words.
const NODES_TO_WORDS: usize = 40;
/// Number of bytes of the first words that are compared: a title is shorter.
const LONGEST_WORDS: usize = 2_000;
/// Number of ancestors of the first words that may contain nothing else.
const ELEMENTS_AROUND: usize = 4;
/// Number of siblings that are examined: a heading has few.
const NODES_BESIDE: usize = 8;
/// Number of inline elements around a position, in which a heading cannot stand.
const INLINES_AROUND: usize = 8;

/// Adds headings to the chapters of a page that have none. `numbers` maps the paths of the
/// chapters' files to their numbers.
pub(super) fn add(page: &Page, contents: &[Entry], numbers: &HashMap<String, usize>) {
    let nodes: Vec<NodeRef<'_>> = page.document().root().descendants_it().collect();
    let survey = Survey::of(&nodes, numbers.len());
    let highest = contents.iter().filter(|entry| entry.depth == 1);
    let highest = highest.filter_map(|entry| *survey.levels.get(*numbers.get(&entry.path)?)?);
    let highest = highest.min().unwrap_or(LEVEL);
    let mut done = HashSet::new();
    for entry in contents {
        let Some(number) = numbers.get(&entry.path).copied() else {
            continue;
        };
        if survey.levels.get(number).copied().flatten().is_some() {
            continue;
        }
        let id = match &entry.fragment {
            Some(fragment) => id_within(number, &fragment_name(fragment)),
            None => id_of(number),
        };
        if let Some(at) = survey.places.get(&id).copied()
            && done.insert(at)
        {
            let level = (highest + entry.depth - 1).min(LOWEST);
            add_at(page, &nodes[at..], &entry.title, &format!("h{level}"));
        }
    }
}

/// The positions of headings and ids in a page.
struct Survey {
    /// The level of each chapter's first heading, by the chapter's number.
    levels: Vec<Option<usize>>,
    /// The index of each id among the nodes.
    places: HashMap<String, usize>,
}

impl Survey {
    fn of(nodes: &[NodeRef<'_>], chapters: usize) -> Self {
        let parts: HashMap<String, usize> = (1..=chapters)
            .map(|number| (id_of(number), number))
            .collect();
        let (mut levels, mut places) = (vec![None; chapters + 1], HashMap::new());
        let mut chapter = 0;
        for (at, node) in nodes.iter().enumerate() {
            let Some(element) = node.element_ref() else {
                continue;
            };
            let id = element.attrs.iter().find(|a| &*a.name.local == "id");
            if let Some(id) = id {
                chapter = parts.get(&*id.value).copied().unwrap_or(chapter);
                places.entry(id.value.to_string()).or_insert(at);
            }
            if let Some(level) = level_of(&element.name.local) {
                levels[chapter].get_or_insert(level);
            }
        }
        Self { levels, places }
    }
}

fn level_of(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=LOWEST).contains(&level).then_some(level)
}

/// Makes the words at the first node a heading if they are the title, or else inserts one.
fn add_at(page: &Page, nodes: &[NodeRef<'_>], title: &str, name: &str) {
    if let Some(block) = title_at(nodes, title) {
        block.rename(name);
        return;
    }
    let heading = page.document().tree.new_element(name);
    heading.set_text(title);
    let Some(mut place) = nodes.first().copied() else {
        return;
    };
    if place.has_name("section") {
        return place.prepend_child(&heading);
    }
    for _ in 0..INLINES_AROUND {
        let around = place.parent();
        let Some(around) = around.filter(|_| !place.has_name("p") && !place.has_name("div")) else {
            break;
        };
        if around.has_name("section") || around.has_name("div") || around.has_name("body") {
            break;
        }
        place = around;
    }
    place.insert_before(&heading);
}

/// Returns the paragraph that consists of the title alone, if that comes first.
fn title_at<'a>(nodes: &[NodeRef<'a>], title: &str) -> Option<NodeRef<'a>> {
    let mut nodes = nodes.iter().take(NODES_TO_WORDS);
    let mut words = String::new();
    let mut node = *nodes.find(|node| {
        words = text(node).unwrap_or_default();
        !words.trim().is_empty()
    })?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.to_lowercase() != title.to_lowercase() {
        return None;
    }
    for _ in 0..ELEMENTS_AROUND {
        let around = node.parent()?;
        let mut beside = around.children_it(false).take(NODES_BESIDE + 1);
        let is_alone = beside
            .by_ref()
            .all(|other| other.id == node.id || is_blank(&other));
        if !is_alone || around.children_it(false).nth(NODES_BESIDE).is_some() {
            return None;
        }
        if around.has_name("p") || around.has_name("div") {
            return Some(around);
        }
        node = around;
    }
    None
}

/// True if a node shows nothing: white space, or an empty `a` or `span`.
fn is_blank(node: &NodeRef<'_>) -> bool {
    match text(node) {
        Some(words) => words.trim().is_empty(),
        None => node.first_child().is_none() && (node.has_name("a") || node.has_name("span")),
    }
}

/// Returns the words of a text node, shortened if they are long.
fn text(node: &NodeRef<'_>) -> Option<String> {
    node.query(|data| match &data.data {
        NodeData::Text { contents } => {
            let end = contents.floor_char_boundary(LONGEST_WORDS);
            Some(contents[..end].to_owned())
        }
        _ => None,
    })
    .flatten()
}
