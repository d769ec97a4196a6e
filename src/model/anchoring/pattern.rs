//! What is stored of a passage, as tokens: the quote with what stood around it.

use super::tokens::{Tokens, Vocabulary};
use crate::model::annotation::Quote;
use crate::model::text::TextRange;

/// Tokens of a text, from first to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first token.
    pub first: usize,
    /// The last one.
    pub last: usize,
}

impl Place {
    /// Tokens in it.
    pub fn len(self) -> usize {
        self.last + 1 - self.first
    }

    /// Whether both have a token in common.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Where a passage's end cuts its outermost token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the token.
    token: u32,
    /// Bytes of it before the cut.
    offset: u32,
}

impl Cut {
    /// No cut: the end is the token's.
    pub const NONE: Self = Self {
        token: 0,
        offset: 0,
    };

    fn of(start: u32, end: u32, at: u32) -> Self {
        if at <= start || at >= end {
            return Self::NONE;
        }
        Self {
            token: end - start,
            offset: at - start,
        }
    }

    /// The byte of the same cut in a token that became this one; `edge` where there is no cut,
    /// or the token is of another length and it cannot be told.
    pub fn in_token(self, start: u32, end: u32, edge: u32) -> u32 {
        if self != Self::NONE && end - start == self.token {
            start + self.offset
        } else {
            edge
        }
    }
}

/// The tokens of a passage, and how its ends cut them.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// The first token.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// How the passage's start cuts the first.
    pub head: Cut,
    /// How its end cuts the last.
    pub tail: Cut,
}

impl Span {
    /// The tokens that have at least a byte in a range.
    pub fn of(tokens: &Tokens, range: TextRange) -> Self {
        let from = tokens.first_after(range.start());
        let to = tokens.last_before(range.end()).max(from);
        let mut span = Self {
            from,
            to,
            head: Cut::NONE,
            tail: Cut::NONE,
        };
        if to > from {
            span.head = Cut::of(tokens.starts[from], tokens.ends[from], range.start());
            span.tail = Cut::of(tokens.starts[to - 1], tokens.ends[to - 1], range.end());
        }
        span
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.to - self.from
    }
}

/// A quote with its context, as tokens of a text's vocabulary.
#[derive(Debug)]
pub struct Pattern {
    /// The tokens: before, the quote, after.
    pub ids: Vec<u32>,
    /// The quote's among them.
    pub quote: Span,
    /// Letters and digits of the quote.
    pub letters: usize,
    /// Only the ends of the quote are known.
    pub abridged: bool,
}

impl Pattern {
    /// What is stored of a quote.
    pub fn of(quote: &Quote, vocabulary: &Vocabulary) -> Self {
        let tail = quote.rest.as_ref().map_or("", |rest| &rest.tail);
        let joint = if tail.is_empty() { "" } else { "\n" };
        let whole = [&quote.prefix, &quote.exact, joint, tail, &quote.suffix].concat();
        let tokens = vocabulary.read(&whole);
        let range = TextRange::from_usize(quote.prefix.len(), whole.len() - quote.suffix.len());
        Self {
            quote: Span::of(&tokens, range),
            letters: quote.exact.chars().filter(|c| c.is_alphanumeric()).count(),
            abridged: quote.rest.is_some(),
            ids: tokens.ids,
        }
    }

    /// Whether nothing is stored of what stood around the quote.
    pub fn has_no_context(&self) -> bool {
        self.quote.from == 0 && self.quote.to == self.ids.len()
    }

    /// The quote's tokens.
    pub fn quoted(&self) -> &[u32] {
        &self.ids[self.quote.from..self.quote.to]
    }

    /// Whether one of the pattern's tokens is the quote's.
    pub fn is_quoted(&self, at: usize) -> bool {
        (self.quote.from..self.quote.to).contains(&at)
    }

    /// Tokens from one of the context to the quote's nearest.
    pub fn distance(&self, at: usize) -> usize {
        if at < self.quote.from {
            self.quote.from - at
        } else {
            at + 1 - self.quote.to
        }
    }
}
