//! Removes line ends within Chinese and Japanese, which do not make a space.

use pulldown_cmark::{Event, TagEnd};

use super::flanking::{is_east_asian, is_shared_mark};

/// Returns the events without line ends between two characters of Chinese or Japanese
/// (<https://www.w3.org/TR/css-text-3/#line-break-transform>; quotation marks and dashes count as
/// what they stand beside).
pub(super) fn joined(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut keeps: Vec<bool> = vec![true; events.len()];
    // Whether the words before are of that kind, and the line end after them.
    let (mut before, mut line_end) = (false, None);
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::SoftBreak => line_end = Some(index),
            Event::Text(words) => {
                if let Some(at) = line_end.take_if(|_| !words.is_empty()) {
                    keeps[at] = !(before && is_side(words.chars(), false));
                }
                before = is_side(words.chars().rev(), before);
            }
            Event::FootnoteReference(_) | Event::InlineHtml(_) => {}
            Event::Start(tag) if is_around_words(tag.to_end()) => {}
            Event::End(tag) if is_around_words(*tag) => {}
            _ => (before, line_end) = (false, None),
        }
    }
    let mut keeps = keeps.into_iter();
    events.retain(|_| keeps.next().unwrap_or(true));
    events
}

/// True if words end (or begin, as they are given) with a character of Chinese or Japanese.
fn is_side(mut words: impl Iterator<Item = char>, otherwise: bool) -> bool {
    let first = words.find(|c| !is_shared_mark(*c));
    first.map_or(otherwise, is_east_asian)
}

fn is_around_words(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}
