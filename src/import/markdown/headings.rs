//! Gives headings ids, so that links within an article can point to them.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// Gives every heading without an id one made of its words, as GitHub does: lower case, hyphens for
/// spaces, no punctuation, and a number if it was given before.
pub(super) fn name(events: &mut [Event<'_>]) {
    let mut given = Names::default();
    let mut heading: Option<(usize, String)> = None;
    let mut headings: Vec<(usize, String)> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                let own = id
                    .as_deref()
                    .is_some_and(|id| given.given.insert(id.to_owned()));
                heading = (!own).then(|| (index, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => {
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, heading)) = &mut heading {
                    heading.push(' ');
                }
            }
            _ => {}
        }
    }
    // By now all headings with an id of their own have it, wherever they stand.
    for (index, words) in headings {
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[index] {
            let wanted = id.as_deref().map_or_else(|| slug(&words), str::to_owned);
            *id = Some(CowStr::from(given.give(wanted)));
        }
    }
}

/// Returns the id made of a heading's words.
pub(super) fn slug(words: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() || is_part_of_a_word(c) => Some(c),
        _ => None,
    };
    let slug: String = words.trim().chars().filter_map(kept).collect();
    match slug.to_lowercase() {
        empty if empty.is_empty() => "section".to_owned(),
        slug => slug,
    }
}

/// Combining marks belong to their letters: without them Hindi or Thai has no words. So beyond
/// ASCII everything is kept except spaces and the two blocks of general punctuation.
fn is_part_of_a_word(c: char) -> bool {
    let punctuation = matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}');
    !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !punctuation
}

/// Ids given so far, and how often each slug was requested.
#[derive(Default)]
struct Names {
    given: HashSet<String>,
    asked: HashMap<String, u32>,
}

impl Names {
    fn give(&mut self, slug: String) -> String {
        let asked = self.asked.entry(slug.clone()).or_default();
        loop {
            let name = match *asked {
                0 => slug.clone(),
                number => format!("{slug}-{number}"),
            };
            *asked += 1;
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        for (words, expected) in [
            ("What *is* new?", "what-is-new"),
            ("Größe & Maß", "größe--maß"),
            ("हिन्दी लेख", "हिन्दी-लेख"),
            ("…", "section"),
        ] {
            assert_eq!(slug(words), expected);
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut given = Names::default();
        let mut next = |slug: &str| given.give(slug.to_owned());
        let names = [next("a"), next("a"), next("a-1"), next("a"), next("a-1")];
        assert_eq!(names, ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }
}
