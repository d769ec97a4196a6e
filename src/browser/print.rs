//! The notes in print: numbered in the text, beside their lines where the paper is wide enough, else
//! at the foot of their section; those without a place are in lists after the article.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::elements::{matching, set};
use super::page::notes_of;
use super::preferences;
use super::system::{document, root};
use crate::model::annotation::Annotation;
use crate::model::note_lines::{flowing, may_be_markup};
use crate::model::text::shortened;

/// Maximum number of code points of a quoted passage; the article printed before has all of it.
const QUOTE: usize = 300;
/// Maximum number of code points of a note in the margin; longer ones are in the list.
const BESIDE: usize = 600;
/// Class of the printed lists, outside of what Yew draws (`static/lazy.css` shows them only on paper).
const PRINTED: &str = "printed";
/// Class of the lists at the foot of a section.
const FOOT: &str = "printed foot";
/// The headings that begin a section.
const HEADINGS: &str = "h1, h2, h3, h4, h5, h6";
/// Blocks beside which there is no margin that a note could stand in.
const NO_MARGIN: &str = "table, pre";

/// What of it all is printed: the article and the notes.
pub const ALL: &str = "all";

/// A note in print.
pub struct PrintedNote<'a> {
    /// The note.
    pub note: &'a Annotation,
    /// Its number in the text, if it has words and a place there.
    pub number: Option<usize>,
}

/// A list of notes under a heading.
pub struct List<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The notes.
    pub notes: Vec<PrintedNote<'a>>,
}

/// Adds lists of notes at the end of the page, replacing earlier ones, and numbers the marks in the
/// text. `whole` is printed for a note that has no passage; `parts` is what of it all is printed.
pub fn put(lists: &[List], whole: &str, parts: &str) {
    take_away();
    if let Some(root) = root() {
        set(&root, "data-print", parts);
    }
    let bodies = bodies();
    let beside = number(lists, &bodies);
    // Without the article, sections have no foot.
    let at_feet = match parts {
        ALL => put_at_feet(lists, whole, &beside, &bodies),
        _ => Vec::new(),
    };
    let sections = lists.iter().filter_map(|list| {
        let is_left = |printed: &&PrintedNote| {
            printed
                .number
                .is_none_or(|number| at_feet.binary_search(&number).is_err())
        };
        let left: Vec<&PrintedNote> = list.notes.iter().filter(is_left).collect();
        if left.is_empty() {
            return None;
        }
        let section = element("section", "")?;
        let _ = section.append_child(&*element("h2", list.heading)?);
        let _ = section.append_child(&*items(left.into_iter(), whole, &beside, &bodies)?);
        Some(section)
    });
    let sections: Vec<Element> = sections.collect();
    let (Some(body), Some(printed)) = (document().body(), element("section", "")) else {
        return;
    };
    set(&printed, "class", PRINTED);
    for section in sections {
        let _ = printed.append_child(&section);
    }
    let _ = body.append_child(&printed);
}

/// Removes the lists.
pub fn take_away() {
    if let Some(root) = document().document_element() {
        matching(&root, &format!("section.{PRINTED}"))
            .iter()
            .for_each(Element::remove);
    }
}

/// Adds the notes with numbers at the feet of their sections; returns the numbers of those that are
/// there, in order.
fn put_at_feet(lists: &[List], whole: &str, beside: &[usize], bodies: &Bodies) -> Vec<usize> {
    let Some(article) = root().and_then(|root| root.query_selector("article").ok()?) else {
        return Vec::new();
    };
    let mut numbered: Vec<(&str, &PrintedNote)> = Vec::new();
    for printed in lists.iter().flat_map(|list| &list.notes) {
        if printed.number.is_some() {
            numbered.push((printed.note.id.as_str(), printed));
        }
    }
    numbered.sort_by_key(|(id, _)| *id);
    let mut placed = Vec::new();
    let mut section: Vec<&PrintedNote> = Vec::new();
    let put = |section: &mut Vec<&PrintedNote>, next: Option<&Element>| {
        section.sort_by_key(|printed| printed.number);
        let notes = std::mem::take(section).into_iter();
        let foot = (notes.len() > 0).then(|| element("section", "")).flatten();
        if let (Some(foot), Some(items)) = (foot, items(notes, whole, beside, bodies)) {
            set(&foot, "class", FOOT);
            let _ = foot.append_child(&items);
            let _ = match next.and_then(|next| Some((next.parent_node()?, next))) {
                Some((around, next)) => around.insert_before(&foot, Some(next)),
                None => article.append_child(&foot),
            };
        }
    };
    let selector = format!("mark[data-number], .chunk > :is({HEADINGS})");
    for found in matching(&article, &selector) {
        let Some(numbers) = found.get_attribute("data-number") else {
            put(&mut section, Some(&found));
            continue;
        };
        let ids = notes_of(&found);
        for id in ids.split(' ') {
            let Ok(at) = numbered.binary_search_by_key(&id, |(id, _)| id) else {
                continue;
            };
            let printed = numbered[at].1;
            // Of its marks, the one with its number.
            let number = printed.number.unwrap_or_default();
            if numbers.split(',').any(|one| one == number.to_string()) {
                section.push(printed);
                placed.push(number);
            }
        }
    }
    put(&mut section, None);
    placed.sort_unstable();
    placed
}

/// Numbers the last mark of each note and puts its words beside the first one; returns the numbers
/// of those that have a place there.
fn number(lists: &[List], bodies: &Bodies) -> Vec<usize> {
    let Some(root) = root() else {
        return Vec::new();
    };
    let marks = matching(&root, "article mark[data-note]");
    for mark in &marks {
        for name in ["data-number", "data-beside"] {
            let _ = mark.remove_attribute(name);
        }
    }
    let mut marked: Vec<(String, usize)> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let ids = notes_of(mark);
        marked.extend(ids.split(' ').map(|id| (id.to_owned(), at)));
    }
    marked.sort();
    let of_note = |id: &str| {
        let from = marked.partition_point(|(other, _)| other.as_str() < id);
        let to = marked.partition_point(|(other, _)| other.as_str() <= id);
        let marked = &marked[from..to];
        Some((marked.first()?.1, marked.last()?.1))
    };
    let numbered = lists.iter().flat_map(|list| &list.notes);
    let numbered = numbered.filter_map(|printed| Some((printed.number?, printed.note)));
    let mut beside = Vec::new();
    for (number, note) in numbered {
        let Some((first, last)) = of_note(note.id.as_str()) else {
            continue;
        };
        add(&marks[last], "data-number", &number.to_string(), ",");
        let mut words = words_of(note);
        if let (Some(first), Some(body)) = (words.first_mut(), bodies.get(note.id.as_str())) {
            // As it is read, without its markup.
            *first = body.inner_text();
        }
        let words = words.join("\n");
        let has_margin = matches!(marks[first].closest(NO_MARGIN), Ok(None));
        if has_margin && words.chars().count() <= BESIDE {
            add(
                &marks[first],
                "data-beside",
                &format!("{number} {words}"),
                "\n",
            );
            beside.push(number);
        }
    }
    beside
}

/// Adds to what an attribute says.
fn add(mark: &Element, name: &str, words: &str, between: &str) {
    let words = match mark.get_attribute(name) {
        Some(before) => [&before, between, words].concat(),
        None => words.to_owned(),
    };
    set(mark, name, &words);
}

/// The words of a note, and its tags.
fn words_of(note: &Annotation) -> Vec<String> {
    let keeps_lines = preferences::line_ends() || may_be_markup(&note.note);
    let body = match keeps_lines {
        true => note.note.clone(),
        false => flowing(&note.note),
    };
    let mut words = vec![body, note.tags.join(", ")];
    words.retain(|words| !words.is_empty());
    words
}

fn element(name: &str, words: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    if !words.is_empty() {
        set(&element, "dir", "auto");
        element.set_text_content(Some(words));
    }
    Some(element)
}

/// The words of notes as their cards show them, where they are drawn, by the notes' ids.
type Bodies = BTreeMap<String, HtmlElement>;

fn bodies() -> Bodies {
    let root = document().document_element();
    let found = root.map(|root| matching(&root, "[data-card] > .note-body"));
    let of_card = |body: Element| {
        let id = body.parent_element()?.get_attribute("data-card")?;
        Some((id, body.dyn_into().ok()?))
    };
    let found = found.into_iter().flatten();
    found.filter_map(of_card).collect()
}

/// A list of notes; those with a number in `beside` are hidden where the paper has a margin.
fn items<'a>(
    notes: impl Iterator<Item = &'a PrintedNote<'a>>,
    whole: &str,
    beside: &[usize],
    bodies: &Bodies,
) -> Option<Element> {
    let items = element("ol", "")?;
    for PrintedNote { note, number } in notes {
        let item = element("li", "")?;
        match number {
            Some(number) => {
                set(&item, "value", &number.to_string());
                if beside.binary_search(number).is_ok() {
                    set(&item, "class", "beside");
                }
            }
            None if note.is_bare() => set(&item, "class", "bare"),
            None => {}
        }
        let quote = note.quoted().map(|quote| shortened(quote, QUOTE));
        let _ = item.append_child(&*element("blockquote", quote.as_deref().unwrap_or(whole))?);
        let body = bodies.get(note.id.as_str());
        let body = body.and_then(|body| body.clone_node_with_deep(true).ok());
        let skipped = usize::from(body.is_some());
        if let Some(body) = body {
            let _ = item.append_child(&body);
        }
        for words in words_of(note).into_iter().skip(skipped) {
            let _ = item.append_child(&*element("p", &words)?);
        }
        let _ = items.append_child(&item);
    }
    Some(items)
}
