//! The notes in print: a list after the article, since there is no room beside it and notes over it
//! would cover its words.

use web_sys::Element;

use super::elements::{matching, set};
use super::system::document;
use crate::model::annotation::Annotation;
use crate::model::text::shortened;

/// Maximum number of code points of a quoted passage; the article printed before has all of it.
const QUOTE: usize = 300;
/// Class of the printed lists after the article, outside of what Yew draws (`static/style.css`
/// shows them only on paper).
const PRINTED: &str = "printed";

/// A list of notes under a heading.
pub struct List<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The notes.
    pub notes: Vec<&'a Annotation>,
}

/// Adds lists of notes at the end of the page, replacing earlier ones. `whole` is printed for a
/// note that has no passage.
pub fn put(lists: &[List], whole: &str) {
    take_away();
    let lists = lists.iter().filter(|list| !list.notes.is_empty());
    let sections: Vec<Element> = lists.filter_map(|list| section(list, whole)).collect();
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

fn element(name: &str, words: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    if !words.is_empty() {
        set(&element, "dir", "auto");
        element.set_text_content(Some(words));
    }
    Some(element)
}

fn section(list: &List, whole: &str) -> Option<Element> {
    let section = element("section", "")?;
    let _ = section.append_child(&*element("h2", list.heading)?);
    let items = element("ol", "")?;
    for note in &list.notes {
        let item = element("li", "")?;
        let quote = note.quoted().map(|quote| shortened(quote, QUOTE));
        let _ = item.append_child(&*element("blockquote", quote.as_deref().unwrap_or(whole))?);
        for words in [note.note.clone(), note.tags.join(", ")] {
            if !words.is_empty() {
                let _ = item.append_child(&*element("p", &words)?);
            }
        }
        let _ = items.append_child(&item);
    }
    let _ = section.append_child(&items);
    Some(section)
}
