//! What an article shows though it has no words for the extractor: films, drawings, formulas.
//!
//! The extractor weighs words, and drops what has none, with all that is only around it.

use dom_query::NodeRef;

use super::super::drawings::is_outermost;
use super::super::extent::Extent;
use super::super::formulas::is_formula;
use super::super::hidden::is_left_out;
use super::super::media;
use super::super::page::Page;
use super::super::words::words_of;
use super::copy::is_menu;

/// How many elements may stand around such a thing alone, as pages wrap it to give it a shape.
const MOST_WRAPPERS: usize = 5;

/// Adds what stands in the article by where it is.
pub(super) fn add(page: &Page, part: &mut Extent) {
    for node in page.document.root().descendants_it() {
        if is_wordless(&node) && !part.keeps(&node) && is_in_article(&node, part) {
            part.keep(&node);
        }
    }
}

/// Whether an element shows something without words of its own.
fn is_wordless(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    media::is_holder(&element.name.local) || is_formula(&element) || is_outermost(node)
}

/// Whether an element stands in something of the article with nothing around it but wrappers.
fn is_in_article(node: &NodeRef<'_>, part: &Extent) -> bool {
    let mut above = node.parent();
    for _ in 0..=MOST_WRAPPERS {
        let Some(parent) = above else { return false };
        if part.keeps(&parent) {
            return true;
        }
        let is_dropped = parent.element_ref().is_none_or(|element| {
            let name = &*element.name.local;
            is_menu(name, &element) || is_left_out(name, &element)
        });
        if is_dropped || !words_of(&parent).is_empty() {
            return false;
        }
        above = parent.parent();
    }
    false
}
