//! A choice between bodies that say the same, in several languages or formats (§3.2.7,
//! <https://www.w3.org/TR/annotation-model/#choice-of-bodies-and-targets>).
//!
//! The first one is preferred. If it is words, they are the note, and go back into their place when
//! the note is written; the others are kept beside it, and go when the note has no words any more.

use serde_json::{Map, Value};

use super::decode::{drop_if, is_of_type, purpose_of, text_of};
use super::extra::ExtraFields;
use super::part;

const CHOICE: &str = "Choice";
const ITEMS: &str = "items";
/// Purposes of words that are no comment.
const OTHER_PURPOSES: [&str; 5] = [
    "tagging",
    "linking",
    "identifying",
    "highlighting",
    "classifying",
];

/// A choice of which the preferred item is words.
pub(super) struct Choice<'a> {
    /// The words.
    pub(super) words: &'a str,
    /// What else their item says.
    pub(super) further: Map<String, Value>,
    /// The choice without that item.
    pub(super) rest: Map<String, Value>,
}

pub(super) fn is_choice(body: &Value) -> bool {
    body.as_object()
        .is_some_and(|fields| is_of_type(fields, CHOICE))
}

/// Reads a body that is a choice; `None` if its first item is elsewhere, or no comment.
pub(super) fn of_words(body: &Value) -> Option<Choice<'_>> {
    let first = body.get(ITEMS).filter(|_| is_choice(body))?.get(0)?;
    let is_comment =
        purpose_of(first, None).is_none_or(|purpose| !OTHER_PURPOSES.contains(&&*purpose));
    let (words, mut further) =
        text_of(first).filter(|(words, _)| is_comment && !words.is_empty())?;
    drop_if(&mut further, "purpose", "commenting");
    drop_if(&mut further, "format", "text/markdown");
    let mut rest = body.as_object()?.clone();
    rest.get_mut(ITEMS)?.as_array_mut()?.remove(0);
    Some(Choice {
        words,
        further,
        rest,
    })
}

/// Puts the note's words back into the choice that they came from, if they did.
pub(super) fn rejoined(kept: &ExtraFields, comment: Value) -> Value {
    let Some(mut choice) = kept.parts.get(part::CHOICE).cloned() else {
        return comment;
    };
    if let Some(Value::Array(items)) = choice.get_mut(ITEMS) {
        items.insert(0, comment);
    }
    Value::Object(choice)
}
