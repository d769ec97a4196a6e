//! The steps of the walk through an article's block tree, and their stored form.
//!
//! A stored walk is a list of short strings and numbers: `"p"` opens a paragraph, `"p*"` one that
//! holds words, `"@href=…"` is an attribute of the element just opened, `12` is twelve bytes of
//! words, `"\n"` and `"\t"` separate leaves, `"br"` breaks a line, `"/"` closes.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Attribute, Attributes, Malformed, Tag};

/// One step of the walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An element begins.
    Open {
        /// The tag of the element.
        tag: Tag,
        /// True if it is a leaf: a block that holds words.
        leaf: bool,
        /// Its attributes.
        attributes: Attributes,
    },
    /// This number of bytes of the text.
    Text(u32),
    /// One byte of the text that separates two leaves: a line feed or a tab.
    Separator(char),
    /// One byte of the text, a line feed, that breaks a line within a leaf.
    Break,
    /// The innermost open element ends.
    Close,
}

impl Piece {
    /// Creates an `Open` without attributes.
    pub fn open(tag: Tag, leaf: bool) -> Self {
        Self::Open {
            tag,
            leaf,
            attributes: Attributes::none(),
        }
    }

    /// Number of bytes of text that this piece covers.
    pub fn length(&self) -> u32 {
        match self {
            Self::Text(length) => *length,
            Self::Separator(_) | Self::Break => 1,
            Self::Open { .. } | Self::Close => 0,
        }
    }

    /// Returns the offset after this piece; `None` if the text at `offset` does not match it.
    pub(super) fn advance(&self, text: &str, offset: u32) -> Option<u32> {
        let rest = text.get(offset as usize..)?;
        match self {
            Self::Text(length) => rest
                .is_char_boundary(*length as usize)
                .then(|| offset + length)
                .filter(|_| *length as usize <= rest.len()),
            Self::Separator(separator) => rest.starts_with(*separator).then_some(offset + 1),
            Self::Break => rest.starts_with('\n').then_some(offset + 1),
            Self::Open { .. } | Self::Close => Some(offset),
        }
    }
}

/// A string or number of a stored walk, checked by itself.
#[derive(Debug)]
pub struct Token(Kind);

#[derive(Debug)]
enum Kind {
    Length(u32),
    Open(Tag, bool),
    Attribute(Attribute, Box<str>),
    Separator(char),
    Break,
    Close,
}

impl Token {
    /// Reads a number of the walk; `None` if it cannot be a length in bytes.
    pub fn of_number(number: u64) -> Option<Self> {
        Some(Self(Kind::Length(u32::try_from(number).ok()?)))
    }

    /// Reads a string of the walk; `None` if this version does not know it.
    pub fn of_text(text: &str) -> Option<Self> {
        let kind = match (text, text.strip_prefix('@'), text.strip_suffix('*')) {
            ("/", ..) => Kind::Close,
            ("br", ..) => Kind::Break,
            ("\n", ..) => Kind::Separator('\n'),
            ("\t", ..) => Kind::Separator('\t'),
            (_, Some(said), _) => {
                let (name, value) = said.split_once('=')?;
                Kind::Attribute(Attribute::from_code(name)?, value.into())
            }
            (_, None, Some(leaf)) => Kind::Open(Tag::from_code(leaf)?, true),
            (block, None, None) => Kind::Open(Tag::from_code(block)?, false),
        };
        Some(Self(kind))
    }
}

pub(super) fn to_tokens(pieces: &[Piece]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pieces.len() * 2);
    let mut push = |kind| tokens.push(Token(kind));
    for piece in pieces {
        match piece {
            Piece::Open {
                tag,
                leaf,
                attributes,
            } => {
                push(Kind::Open(*tag, *leaf));
                for (attribute, value) in attributes.iter() {
                    push(Kind::Attribute(attribute, value.into()));
                }
            }
            Piece::Text(length) => push(Kind::Length(*length)),
            Piece::Separator(separator) => push(Kind::Separator(*separator)),
            Piece::Break => push(Kind::Break),
            Piece::Close => push(Kind::Close),
        }
    }
    tokens
}

pub(super) fn from_tokens(tokens: Vec<Token>) -> Result<Vec<Piece>, Malformed> {
    let mut pieces = Vec::with_capacity(tokens.len());
    for Token(kind) in tokens {
        match kind {
            Kind::Open(tag, leaf) => pieces.push(Piece::open(tag, leaf)),
            Kind::Attribute(attribute, value) => {
                let Some(Piece::Open { attributes, .. }) = pieces.last_mut() else {
                    return Err(Malformed::Nesting);
                };
                if !attributes.set(attribute, &value) {
                    return Err(Malformed::Attribute);
                }
            }
            Kind::Length(length) => pieces.push(Piece::Text(length)),
            Kind::Separator(separator) => pieces.push(Piece::Separator(separator)),
            Kind::Break => pieces.push(Piece::Break),
            Kind::Close => pieces.push(Piece::Close),
        }
    }
    Ok(pieces)
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Length(length) => serializer.serialize_u32(*length),
            Kind::Open(tag, false) => serializer.serialize_str(tag.code()),
            Kind::Open(tag, true) => serializer.collect_str(&format_args!("{}*", tag.code())),
            Kind::Attribute(attribute, value) => {
                serializer.collect_str(&format_args!("@{}={value}", attribute.code()))
            }
            Kind::Separator(separator) => serializer.serialize_char(*separator),
            Kind::Break => serializer.serialize_str("br"),
            Kind::Close => serializer.serialize_str("/"),
        }
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TokenVisitor)
    }
}

struct TokenVisitor;

impl Visitor<'_> for TokenVisitor {
    type Value = Token;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a piece of an article")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Token, E> {
        Token::of_number(value).ok_or_else(|| E::custom("a length over 4 GB"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Token, E> {
        Token::of_text(value).ok_or_else(|| E::custom("a piece this version does not know"))
    }
}
