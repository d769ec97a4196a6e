//! Takes footnotes out of the running text of Markdown and numbers them in order of reference.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// A footnote.
pub(super) struct Footnote<'a> {
    /// Its number, from 1, in the order of the first references.
    pub number: usize,
    /// Number of references to it.
    pub references: usize,
    /// Its content.
    pub events: Vec<Event<'a>>,
}

/// The footnotes of a text.
pub(super) struct Footnotes<'a> {
    /// Footnotes by number.
    pub in_order: Vec<Footnote<'a>>,
    numbers: HashMap<CowStr<'a>, usize>,
}

impl<'a> Footnotes<'a> {
    /// Takes the definitions out of a text's events.
    ///
    /// Numbers follow the references in the text, then those within footnotes. Footnotes without
    /// references come last, since their words are the author's too.
    pub(super) fn taken_from(events: Vec<Event<'a>>) -> (Vec<Event<'a>>, Self) {
        let (body, mut definitions) = part(events);
        // An empty one is dropped: its mark would lead nowhere.
        definitions.retain(|(_, events)| !events.is_empty());
        let mut footnotes = Self {
            in_order: Vec::new(),
            numbers: HashMap::new(),
        };
        let mut bodies: HashMap<CowStr<'a>, Vec<Event<'a>>> = HashMap::new();
        let mut labels = Vec::new();
        for (label, events) in definitions {
            labels.push(label.clone());
            bodies.entry(label).or_insert(events);
        }
        footnotes.count(&body, &mut bodies);
        let mut counted = 0;
        for label in labels {
            footnotes.number(&label, &mut bodies);
            // Footnotes that were just numbered may refer to others.
            while counted < footnotes.in_order.len() {
                let events = std::mem::take(&mut footnotes.in_order[counted].events);
                footnotes.count(&events, &mut bodies);
                footnotes.in_order[counted].events = events;
                counted += 1;
            }
        }
        (body, footnotes)
    }

    /// Returns the number of the footnote with this label.
    pub(super) fn number_of(&self, label: &str) -> Option<usize> {
        self.numbers.get(label).copied()
    }

    fn count(&mut self, events: &[Event<'a>], bodies: &mut HashMap<CowStr<'a>, Vec<Event<'a>>>) {
        for event in events {
            if let Event::FootnoteReference(label) = event
                && let Some(number) = self.number(label, bodies)
            {
                self.in_order[number - 1].references += 1;
            }
        }
    }

    /// Returns the number of a label, and assigns it if there is none yet.
    fn number(
        &mut self,
        label: &CowStr<'a>,
        bodies: &mut HashMap<CowStr<'a>, Vec<Event<'a>>>,
    ) -> Option<usize> {
        if let Some(events) = bodies.remove(label) {
            let number = self.in_order.len() + 1;
            self.numbers.insert(label.clone(), number);
            self.in_order.push(Footnote {
                number,
                references: 0,
                events,
            });
        }
        self.number_of(label)
    }
}

type Definitions<'a> = Vec<(CowStr<'a>, Vec<Event<'a>>)>;

fn part(events: Vec<Event<'_>>) -> (Vec<Event<'_>>, Definitions<'_>) {
    let (mut body, mut definitions) = (Vec::new(), Vec::new());
    let mut open: Vec<(CowStr<'_>, Vec<Event<'_>>)> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label, Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => definitions.extend(open.pop()),
            event => match open.last_mut() {
                Some((_, footnote)) => footnote.push(event),
                None => body.push(event),
            },
        }
    }
    (body, definitions)
}

/// Returns the id of a footnote.
pub(super) fn footnote_id(number: usize) -> String {
    format!("fn-{number}")
}

/// Returns the id of the first, second … reference to the same footnote.
pub(super) fn reference_id(number: usize, nth: usize) -> String {
    match nth {
        0 | 1 => format!("fnref-{number}"),
        nth => format!("fnref-{number}-{nth}"),
    }
}
