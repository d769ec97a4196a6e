//! Moves captions into tables: paragraphs beside them marked as captions
//! (<https://pandoc.org/MANUAL.html#extension-table_captions>).

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::mended::CAPTION;

/// The beginning of a caption; it is one of its words.
const WORD: &str = "Table:";
/// The beginning that a caption may have after a table; it is not one of its words.
const SIGN: &str = ": ";

/// Returns the events with captions within their tables.
pub(super) fn moved(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if !events
        .iter()
        .any(|event| matches!(event, Event::Start(Tag::Table(_))))
    {
        return events;
    }
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let (mut paragraph, mut table) = (None, None);
    // The start and end of the previous table, if nothing has followed it yet.
    let mut after = None;
    for event in events {
        match &event {
            Event::Start(Tag::Paragraph) => paragraph = Some(out.len()),
            Event::Start(Tag::Table(_)) => {
                let begun = paragraph.filter(|at| is_caption(&out[*at..]));
                let caption = begun.map(|at| out.split_off(at));
                table = Some(out.len());
                out.push(event);
                out.extend(caption.into_iter().flat_map(in_caption));
                continue;
            }
            Event::End(TagEnd::Table) => {
                out.push(event);
                after = table.take().map(|start| (start, out.len()));
                continue;
            }
            Event::End(TagEnd::Paragraph) => {
                out.push(event);
                let Some((start, end)) = after.take().filter(|(_, end)| Some(*end) == paragraph)
                else {
                    continue;
                };
                if let Some(Event::Text(words)) = out.get_mut(end + 1)
                    && (words.starts_with(WORD) || words.starts_with(SIGN))
                {
                    if let Some(rest) = words.strip_prefix(SIGN) {
                        *words = CowStr::from(rest.to_owned());
                    }
                    let caption = out.split_off(end);
                    let table = out.split_off(start + 1);
                    out.extend(in_caption(caption));
                    out.extend(table);
                    paragraph = None;
                }
                continue;
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

/// True if events are a single paragraph and it is a caption.
fn is_caption(events: &[Event<'_>]) -> bool {
    let is_whole = events.last() == Some(&Event::End(TagEnd::Paragraph));
    is_whole && matches!(events.get(1), Some(Event::Text(words)) if words.starts_with(WORD))
}

fn in_caption(mut paragraph: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if let Some(first) = paragraph.first_mut() {
        *first = Event::Start(Tag::MetadataBlock(CAPTION));
    }
    if let Some(last) = paragraph.last_mut() {
        *last = Event::End(TagEnd::MetadataBlock(CAPTION));
    }
    paragraph
}
