//! Signs that are hidden from hearing and yet parts of words: the base of a reading, the large
//! letter that a paragraph begins with, the pieces that a line is spelt out in.

use dom_query::NodeRef;

use super::super::super::attributes::attribute;
use super::super::super::words::words_at;

/// How many elements may stand between a base and its ruby.
const STEPS_TO_RUBY: usize = 4;
/// Longest words that are compared, in bytes.
const LONGEST: usize = 600;
/// Longest label that is compared with the words under it, in bytes.
const LONGEST_LABEL: usize = 300;

/// Whether an element is a ruby, or a base or a reading in one.
pub(super) fn is_in_ruby(node: &NodeRef<'_>) -> bool {
    let above = node.ancestors_it(Some(STEPS_TO_RUBY));
    let mut around = std::iter::once(*node).chain(above);
    !node.has_name("rp") && around.any(|around| around.has_name("ruby"))
}

/// Whether an element is the first letter of the word that goes on behind it.
pub(super) fn is_initial(node: &NodeRef<'_>) -> bool {
    let words = words_in(node, 8);
    let mut letters = words.trim().chars();
    let is_letter = letters.next_back().is_some_and(char::is_alphabetic) && letters.count() <= 1;
    let goes_on = node
        .next_sibling()
        .is_some_and(|next| words_at(&next).starts_with(char::is_alphabetic));
    let is_first = node
        .prev_sibling()
        .is_none_or(|before| before.is_text() && words_at(&before).trim().is_empty());
    is_letter && goes_on && is_first
}

/// Whether what is around an element is called by the very letters that stand in it: then the
/// pieces are what is seen.
pub(super) fn is_spelt_out(node: &NodeRef<'_>) -> bool {
    let Some(parent) = node.parent() else {
        return false;
    };
    let label = parent.element_ref().and_then(|element| {
        let is_control = matches!(&*element.name.local, "a" | "button" | "label");
        let label = attribute(&element, "aria-label").filter(|_| !is_control)?;
        (label.len() <= LONGEST_LABEL).then(|| squashed(label))
    });
    label.is_some_and(|label| !label.is_empty() && squashed(&words_in(&parent, LONGEST)) == label)
}

/// Whether an element beside another has the same words: one of them is for the ears.
pub(super) fn has_double(node: &NodeRef<'_>) -> bool {
    let words = squashed(&words_in(node, LONGEST));
    let beside = [node.prev_element_sibling(), node.next_element_sibling()];
    let mut beside = beside.into_iter().flatten();
    !words.is_empty() && beside.any(|beside| squashed(&words_in(&beside, LONGEST)) == words)
}

fn squashed(words: &str) -> String {
    words.split_whitespace().collect()
}

/// The first words in an element, shown or not; of so many bytes and a little more.
fn words_in(node: &NodeRef<'_>, length: usize) -> String {
    let mut words = String::new();
    for inside in node.descendants_it().take(2 * length) {
        words.push_str(&words_at(&inside));
        if words.len() > length {
            break;
        }
    }
    words
}
