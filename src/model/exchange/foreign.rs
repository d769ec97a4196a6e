//! Notes of other programs that keep little more than words: what they all are turned into.

use super::{EntryFault, LONGEST_NOTE};
use crate::model::anchoring::quote_of;
use crate::model::annotation::{Annotation, AnnotationId, Colour, Extra, Target, Timestamp};
use crate::model::article::ArticleId;

/// What begins the IRI of a work that has a title and no address.
const TITLED: &str = "urn:postil:title:";
/// Most characters of a title in an IRI.
const LONGEST_TITLE: usize = 200;

/// A note of another program.
#[derive(Default)]
pub(super) struct Foreign<'a> {
    /// The program, in the ids of its notes.
    pub(super) program: &'static str,
    /// The address of what the note is on; may be empty.
    pub(super) address: &'a str,
    /// Its title; may be empty.
    pub(super) title: &'a str,
    /// The words of the passages; none for a note on the whole.
    pub(super) passages: Vec<&'a str>,
    /// The words of the note.
    pub(super) note: String,
    /// Its tags.
    pub(super) tags: Vec<String>,
    /// Its colour.
    pub(super) colour: Option<Colour>,
    /// When it was made, as the file says it.
    pub(super) made: &'a str,
    /// The same, if it is understood.
    pub(super) created: Option<Timestamp>,
    /// What else is kept of it.
    pub(super) extra: Extra,
}

impl Foreign<'_> {
    /// Returns the note. Its id follows from its content, so that the same file adds nothing twice.
    ///
    /// # Errors
    /// If it says nothing, or too much.
    pub(super) fn into_annotation(self) -> Result<Annotation, EntryFault> {
        if self.note.len() > LONGEST_NOTE {
            return Err(EntryFault::NoteTooLong);
        }
        let source = match self.address {
            "" => iri_of_title(self.title),
            address => address.to_owned(),
        };
        let mut targets = self.passages.iter().filter(|words| !words.is_empty());
        let mut targets = targets.by_ref().map(|words| Target {
            source: source.clone(),
            quote: Some(quote_of(words)),
            ..Target::default()
        });
        let original = targets.next();
        if original.is_none() && self.note.is_empty() && self.tags.is_empty() {
            return Err(EntryFault::NoWords);
        }
        let more = targets.collect();
        Ok(Annotation {
            id: self.id(),
            article: ArticleId::of_iri(without_fragment(&source)),
            target: original.unwrap_or_else(|| Target {
                source,
                ..Target::default()
            }),
            more,
            attached: None,
            note: self.note,
            tags: self.tags,
            colour: self.colour.unwrap_or_default(),
            created: self.created,
            modified: None,
            extra: self.extra,
        })
    }

    fn id(&self) -> AnnotationId {
        let parts = [
            self.program,
            self.address,
            self.title,
            &self.passages.join("\n"),
            &self.note,
            &self.tags.join("\n"),
            self.colour.map_or("", Colour::name),
            self.made,
        ];
        AnnotationId::of_content(&parts.join("\u{1f}"))
    }
}

/// The address of a page without what leads to a place in it.
pub(super) fn without_fragment(iri: &str) -> &str {
    iri.split('#').next().unwrap_or(iri)
}

/// Returns an IRI for a work of which only the title is known, so that the notes on two of them are
/// not mixed up; empty if there is no title either.
fn iri_of_title(title: &str) -> String {
    let title: String = title.trim().chars().take(LONGEST_TITLE).collect();
    if title.is_empty() {
        return title;
    }
    let mut iri = TITLED.to_owned();
    for byte in title.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                iri.push(char::from(byte));
            }
            _ => iri.push_str(&format!("%{byte:02X}")),
        }
    }
    iri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_without_an_address_is_named_by_its_title() {
        assert_eq!(
            iri_of_title(" Ebb & flow "),
            "urn:postil:title:Ebb%20%26%20flow"
        );
        assert_eq!(iri_of_title("海"), "urn:postil:title:%E6%B5%B7");
        assert_eq!(iri_of_title(" "), "");
    }

    #[test]
    fn what_says_nothing_is_no_note() {
        let nothing = Foreign {
            passages: vec![""],
            ..Foreign::default()
        };
        assert_eq!(nothing.into_annotation(), Err(EntryFault::NoWords));
        let endless = Foreign {
            note: "x".repeat(LONGEST_NOTE + 1),
            ..Foreign::default()
        };
        assert_eq!(endless.into_annotation(), Err(EntryFault::NoteTooLong));
    }

    #[test]
    fn a_quote_without_end_is_kept_by_its_ends() {
        let words = "endless ".repeat(200_000);
        let note = Foreign {
            passages: vec![&words],
            ..Foreign::default()
        };
        let quote = note
            .into_annotation()
            .ok()
            .and_then(|note| note.target.quote);
        let quote = quote.expect("it has a passage");
        assert!(quote.exact.len() < 10_000 && quote.is_of(&words));
    }
}
