//! Recognises signs that are hidden from screen readers but are parts of words: the base of a
//! reading, a drop capital, the pieces in which a line is spelt out.

use dom_query::NodeRef;

use super::super::super::attributes::attribute;
use super::super::super::words::words_at;

/// Maximum number of levels from a base to its ruby.
const STEPS_TO_RUBY: usize = 4;
/// Longest words that are compared, in bytes.
const LONGEST: usize = 600;
/// Longest label that is compared with the words of its element, in bytes.
const LONGEST_LABEL: usize = 300;

/// True if an element is a ruby, or a base or a reading in one.
pub(super) fn is_in_ruby(node: &NodeRef<'_>) -> bool {
    let above = node.ancestors_it(Some(STEPS_TO_RUBY));
    let mut around = std::iter::once(*node).chain(above);
    !node.has_name("rp") && around.any(|around| around.has_name("ruby"))
}

/// True if an element is the first letter of the word that continues after it.
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

/// True if the label of an element's parent consists of the very letters in it: then the pieces are
/// what is seen.
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

/// True if a neighbour of an element has the same words: one of them is for screen readers.
pub(super) fn has_double(node: &NodeRef<'_>) -> bool {
    let words = squashed(&words_in(node, LONGEST));
    let beside = [node.prev_element_sibling(), node.next_element_sibling()];
    let mut beside = beside.into_iter().flatten();
    !words.is_empty() && beside.any(|beside| squashed(&words_in(&beside, LONGEST)) == words)
}

fn squashed(words: &str) -> String {
    words.split_whitespace().collect()
}

/// Returns the first words in an element, shown or not, in `length` bytes or a few more.
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
