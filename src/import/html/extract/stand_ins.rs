//! Adds visible content without words for the extractor: films, drawings, formulas.
//!
//! The extractor weighs words, and drops elements without any, along with their wrappers.

use dom_query::NodeRef;

use super::super::drawings::is_outermost;
use super::super::extent::Extent;
use super::super::formulas::is_formula;
use super::super::hidden::is_left_out;
use super::super::media;
use super::super::page::Page;
use super::super::words::words_of;
use super::copy::is_menu;

/// Maximum number of elements that wrap such an element alone, as pages do to shape it.
const MOST_WRAPPERS: usize = 5;

/// Adds the elements whose position shows that they belong to the article.
pub(super) fn add(page: &Page, part: &mut Extent) {
    for node in page.document.root().descendants_it() {
        if is_wordless(&node) && !part.keeps(&node) && is_in_article(&node, part) {
            part.keep(&node);
        }
    }
}

/// True if an element shows something without words of its own.
fn is_wordless(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    media::is_holder(&element.name.local) || is_formula(&element) || is_outermost(node)
}

/// True if only wrappers separate an element from an element of the article.
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
