//! The stored description of a passage as tokens: the quote with its context.

use super::tokens::{Tokens, Vocabulary};
use crate::model::annotation::Quote;
use crate::model::text::TextRange;

/// A range of a text's tokens, from first to last inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first token.
    pub first: usize,
    /// The last one.
    pub last: usize,
}

impl Place {
    /// Number of tokens in it.
    pub fn len(self) -> usize {
        self.last + 1 - self.first
    }

    /// True if both share a token.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Where the end of a passage cuts its outermost token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Length of the token, in bytes.
    token: u32,
    /// Number of its bytes before the cut.
    offset: u32,
}

impl Cut {
    /// No cut: the passage ends with the token.
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

    /// Returns the byte of the same cut in a token that this one became; `edge` if there is no cut
    /// or if it cannot be told because the token's length differs.
    pub fn in_token(self, start: u32, end: u32, edge: u32) -> u32 {
        if self != Self::NONE && end - start == self.token {
            start + self.offset
        } else {
            edge
        }
    }
}

/// The tokens of a passage, and where its ends cut them.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// The first token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// Where the passage's start cuts the first token.
    pub head: Cut,
    /// Where the passage's end cuts the last token.
    pub tail: Cut,
}

impl Span {
    /// Returns the tokens that share at least a byte with a range.
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

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.to - self.from
    }
}

/// A quote with its context, as tokens of a text's vocabulary.
#[derive(Debug)]
pub struct Pattern {
    /// The tokens of the prefix, the quote and the suffix.
    pub ids: Vec<u32>,
    /// The quote's tokens among them.
    pub quote: Span,
    /// Number of letters and digits in the quote.
    pub letters: usize,
    /// True if only the ends of the quote are known.
    pub abridged: bool,
}

impl Pattern {
    /// Creates the pattern of a stored quote.
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

    /// True if nothing is stored of the quote's context.
    pub fn has_no_context(&self) -> bool {
        self.quote.from == 0 && self.quote.to == self.ids.len()
    }

    /// The quote's tokens.
    pub fn quoted(&self) -> &[u32] {
        &self.ids[self.quote.from..self.quote.to]
    }

    /// True if a token of the pattern belongs to the quote.
    pub fn is_quoted(&self, at: usize) -> bool {
        (self.quote.from..self.quote.to).contains(&at)
    }

    /// Number of tokens from a token of the context to the nearest one of the quote.
    pub fn distance(&self, at: usize) -> usize {
        if at < self.quote.from {
            self.quote.from - at
        } else {
            at + 1 - self.quote.to
        }
    }
}
