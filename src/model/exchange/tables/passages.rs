//! The passages of a note, and what the reader has resolved about them, as cells of a table.

use serde::{Deserialize, Serialize};

use crate::model::anchoring::quote_of;
use crate::model::annotation::{Attachment, Quote, Rest, Target, Timestamp};
use crate::model::digest::Digest;
use crate::model::exchange::EntryFault;
use crate::model::text::CodePointRange;

/// A passage in a cell, or in the cells of a row.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Passage {
    /// Its source, if it is another one than that of the row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) article: String,
    pub(super) quote: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<u32>,
    /// The IRI of the text that the numbers refer to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    #[serde(rename = "text date", skip_serializing_if = "String::is_empty")]
    pub(super) text_date: String,
    #[serde(rename = "rest of quote", skip_serializing_if = "Option::is_none")]
    pub(super) rest: Option<LongQuote>,
}

/// What is kept of a very long quote besides its beginning.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LongQuote {
    tail: String,
    /// Number of code points of the whole.
    length: u32,
    /// The IRI of the whole.
    words: String,
}

/// What the reader has resolved, in a cell.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Attached {
    #[serde(rename = "at")]
    At(Passage),
    /// The IRI of a text in which the passage is not.
    #[serde(rename = "not in")]
    NotIn(String),
}

impl Passage {
    pub(super) fn of(target: &Target, source: &str) -> Self {
        // The standing is no part of any file.
        let Target {
            source: own,
            quote,
            position,
            digest,
            version,
            standing: _,
        } = target;
        let quote = quote.clone().unwrap_or_default();
        let article = Some(own).filter(|own| *own != source);
        Self {
            article: article.cloned().unwrap_or_default(),
            quote: quote.exact,
            prefix: quote.prefix,
            suffix: quote.suffix,
            start: position.map(CodePointRange::start),
            end: position.map(CodePointRange::end),
            text: digest.as_ref().map(Digest::iri).unwrap_or_default(),
            text_date: version
                .as_ref()
                .map_or_else(String::new, |at| at.0.to_string()),
            rest: quote.rest.map(|rest| LongQuote {
                tail: rest.tail,
                length: rest.length,
                words: rest.digest.iri(),
            }),
        }
    }

    pub(super) fn into_target(self, source: &str) -> Result<Target, EntryFault> {
        let rest = match self.rest {
            Some(rest) => Some(Rest {
                tail: rest.tail,
                length: rest.length,
                digest: Digest::from_iri(&rest.words).ok_or(EntryFault::Garbled)?,
            }),
            None => None,
        };
        let quote = match rest {
            Some(_) => Quote {
                exact: self.quote,
                rest,
                ..Quote::default()
            },
            None => quote_of(&self.quote),
        };
        let position = match (self.start, self.end) {
            (Some(start), Some(end)) if start <= end => Some(CodePointRange::new(start, end)),
            (None, None) => None,
            _ => return Err(EntryFault::Garbled),
        };
        let digest = match &*self.text {
            "" => None,
            iri => Some(Digest::from_iri(iri).ok_or(EntryFault::Garbled)?),
        };
        Ok(Target {
            source: if self.article.is_empty() {
                source.to_owned()
            } else {
                self.article
            },
            quote: (!quote.exact.is_empty()).then_some(Quote {
                prefix: self.prefix,
                suffix: self.suffix,
                ..quote
            }),
            position,
            digest,
            version: timestamp(&self.text_date),
            standing: None,
        })
    }
}

impl Attached {
    pub(super) fn of(attachment: &Attachment, source: &str) -> Self {
        match attachment {
            Attachment::At(target) => Self::At(Passage::of(target, source)),
            Attachment::Nowhere(digest) => Self::NotIn(digest.iri()),
        }
    }

    pub(super) fn into_attachment(self, source: &str) -> Result<Attachment, EntryFault> {
        match self {
            Self::At(passage) => Ok(Attachment::At(passage.into_target(source)?)),
            Self::NotIn(iri) => {
                let digest = Digest::from_iri(&iri).ok_or(EntryFault::Garbled)?;
                Ok(Attachment::Nowhere(digest))
            }
        }
    }
}

/// Reads a cell with a date, as it came.
pub(super) fn timestamp(cell: &str) -> Option<Timestamp> {
    (!cell.is_empty()).then(|| Timestamp(cell.into()))
}
