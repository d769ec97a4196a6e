//! Stand-ins for what the parser must not see, and their restoration in its events.
//!
//! A text is parsed with stand-ins in it: characters that the text itself does not contain. So it
//! need not be known beforehand where code is: a stand-in that turns up in code, in an address or
//! in HTML becomes again what was written.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag};

use super::mended::Mended;

/// Characters that can stand for punctuation, since the parser treats them as such: Braille
/// patterns and hexagrams.
const MARKS: [RangeInclusive<char>; 2] = ['\u{2800}'..='\u{28ff}', '\u{4dc0}'..='\u{4dff}'];
/// Characters that can stand for letters: those for private use.
const LETTERS: RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';

/// What a number between two quotes of [`Masks`] stands for.
#[derive(Debug)]
pub(super) enum Hidden {
    /// A formula.
    Formula {
        /// TeX without its delimiters.
        tex: String,
        /// True if it has lines of its own.
        is_block: bool,
    },
    /// Attributes of a heading.
    Attributes {
        /// The id, if it is among them.
        id: Option<String>,
    },
    /// The head of a callout.
    Callout {
        /// The kind that is shown.
        kind: BlockQuoteKind,
        /// Its name, if that is not the kind's.
        label: Option<String>,
    },
    /// The beginning or the end of highlighted words.
    Highlight {
        /// True for the beginning.
        begins: bool,
    },
    /// The brackets around the words of a link within a vault of notes.
    Bracket,
}

/// Stand-ins for one text.
#[derive(Debug)]
pub(super) struct Masks {
    /// For a `<` that begins no tag.
    pub less: char,
    /// For a `~` that crosses nothing out.
    pub tilde: char,
    /// For nothing: a letter beside stars that emphasise words of an East Asian text.
    pub joiner: char,
    /// Around a number.
    pub quote: char,
    hidden: Vec<(Hidden, String)>,
}

impl Masks {
    /// Returns stand-ins that a text does not contain; `None` if it contains every candidate.
    pub(super) fn for_text(text: &str) -> Option<Self> {
        let is_one = |c: &char| LETTERS.contains(c) || MARKS.iter().any(|marks| marks.contains(c));
        let taken: HashSet<char> = text.chars().filter(is_one).collect();
        let mut marks = MARKS.into_iter().flatten().filter(|c| !taken.contains(c));
        let mut letters = LETTERS.filter(|c| !taken.contains(c));
        Some(Self {
            less: marks.next()?,
            tilde: marks.next()?,
            joiner: letters.next()?,
            quote: letters.next()?,
            hidden: Vec::new(),
        })
    }

    /// Returns the stand-in for something; it becomes `source` again where it cannot apply.
    pub(super) fn hide(&mut self, hidden: Hidden, source: &str) -> String {
        let source = self.unmasked(source);
        self.hidden.push((hidden, source));
        format!("{0}{1}{0}", self.quote, self.hidden.len() - 1)
    }

    /// Returns a name for a footnote without one.
    pub(super) fn name(&self, number: usize) -> String {
        format!("{}{number}", self.quote)
    }

    /// Returns words as they were written.
    pub(super) fn unmasked(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        for part in self.parts(words) {
            match part {
                Part::Words(words) => self.plain(words, &mut out),
                Part::Hidden(_, source) => out.push_str(source),
            }
        }
        out
    }

    fn plain(&self, words: &str, out: &mut String) {
        for c in words.chars() {
            match c {
                c if c == self.less => out.push('<'),
                c if c == self.tilde => out.push('~'),
                c if c == self.joiner => {}
                c => out.push(c),
            }
        }
    }

    fn are_in(&self, words: &str) -> bool {
        let is_one = |c| c == self.less || c == self.tilde || c == self.joiner || c == self.quote;
        !words.is_ascii() && words.contains(is_one)
    }

    /// Splits words at the stand-ins among them.
    fn parts<'a>(&'a self, words: &'a str) -> Vec<Part<'a>> {
        let (mut parts, mut rest) = (Vec::new(), words);
        while let Some((before, after)) = rest.split_once(self.quote) {
            let found = after.split_once(self.quote).and_then(|(number, after)| {
                let hidden = self.hidden.get(number.parse::<usize>().ok()?)?;
                Some((hidden, after))
            });
            parts.push(Part::Words(before));
            match found {
                Some(((hidden, source), after)) => {
                    parts.push(Part::Hidden(hidden, source));
                    rest = after;
                }
                None => rest = after,
            }
        }
        parts.push(Part::Words(rest));
        parts
    }

    /// Turns the parser's events into those of the text as written.
    pub(super) fn removed_from<'a>(
        &self,
        events: impl Iterator<Item = Event<'a>>,
    ) -> Vec<Event<'a>> {
        let mut out = Mended::default();
        for event in events {
            match event {
                Event::Text(words) if self.are_in(&words) && !out.in_code => {
                    self.words(&words, &mut out);
                }
                event => out.push(self.unmasked_event(event)),
            }
        }
        out.events
    }

    fn words(&self, words: &str, out: &mut Mended<'_>) {
        for part in self.parts(words) {
            let (hidden, source) = match part {
                Part::Words(words) => {
                    let mut plain = String::new();
                    self.plain(words, &mut plain);
                    if !plain.is_empty() {
                        out.events.push(Event::Text(CowStr::from(plain)));
                    }
                    continue;
                }
                Part::Hidden(hidden, source) => (hidden, source),
            };
            let is_said = match hidden {
                Hidden::Formula { tex, is_block } => {
                    let tex = CowStr::from(tex.clone());
                    out.events.push(match is_block {
                        true => Event::DisplayMath(tex),
                        false => Event::InlineMath(tex),
                    });
                    true
                }
                Hidden::Attributes { id } => out.name(id.as_deref()),
                Hidden::Callout { kind, label } => out.box_in(*kind, label.as_deref()),
                Hidden::Highlight { begins } => out.highlight(*begins),
                Hidden::Bracket => true,
            };
            if !is_said {
                out.events
                    .push(Event::Text(CowStr::from(source.to_owned())));
            }
        }
    }

    fn unmasked_event<'a>(&self, event: Event<'a>) -> Event<'a> {
        let mend = |words: CowStr<'a>| match self.are_in(&words) {
            true => CowStr::from(self.unmasked(&words)),
            false => words,
        };
        match event {
            Event::Text(words) => Event::Text(mend(words)),
            Event::Code(words) => Event::Code(mend(words)),
            Event::Html(words) => Event::Html(self.markup(words)),
            Event::InlineHtml(words) => Event::InlineHtml(self.markup(words)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(mend(info))))
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Link {
                link_type,
                dest_url: mend(dest_url),
                title: mend(title),
                id,
            }),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => Event::Start(Tag::Image {
                link_type,
                dest_url: mend(dest_url),
                title: mend(title),
                id,
            }),
            event => event,
        }
    }

    /// Restores HTML; a `<` that begins no tag has to be escaped there.
    fn markup<'a>(&self, words: CowStr<'a>) -> CowStr<'a> {
        if !self.are_in(&words) {
            return words;
        }
        CowStr::from(self.unmasked(&words.replace(self.less, "&lt;")))
    }
}

enum Part<'a> {
    Words(&'a str),
    Hidden(&'a Hidden, &'a str),
}
