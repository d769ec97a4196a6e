//! Turns bare web addresses in Markdown into links; the parser leaves them as words.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::super::links::{BareLink, bare_links};

/// Returns the events with bare addresses in running text as links; not in code or within links.
pub(super) fn linked<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    // Number of open links, pictures and code blocks.
    let mut closed_to_links = 0_usize;
    for event in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                closed_to_links += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed_to_links -= 1,
            Event::Text(words) if closed_to_links == 0 => {
                let links = bare_links(words);
                if !links.is_empty() {
                    out.extend(split(words, &links));
                    continue;
                }
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

fn split(words: &str, links: &[BareLink]) -> Vec<Event<'static>> {
    let owned = |words: &str| CowStr::from(words.to_owned());
    let (mut out, mut from) = (Vec::new(), 0);
    for link in links {
        if from < link.range.start {
            out.push(Event::Text(owned(&words[from..link.range.start])));
        }
        out.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: owned(&link.address),
            title: owned(""),
            id: owned(""),
        }));
        out.push(Event::Text(owned(&words[link.range.clone()])));
        out.push(Event::End(TagEnd::Link));
        from = link.range.end;
    }
    if from < words.len() {
        out.push(Event::Text(owned(&words[from..])));
    }
    out
}
