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

/// A string or number of a stored walk.
#[derive(Debug)]
pub(super) enum Token {
    Length(u32),
    Open(Tag, bool),
    Attribute(Attribute, Box<str>),
    Separator(char),
    Break,
    Close,
}

pub(super) fn to_tokens(pieces: &[Piece]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pieces.len() * 2);
    for piece in pieces {
        match piece {
            Piece::Open {
                tag,
                leaf,
                attributes,
            } => {
                tokens.push(Token::Open(*tag, *leaf));
                tokens.extend(
                    attributes
                        .iter()
                        .map(|(a, value)| Token::Attribute(a, value.into())),
                );
            }
            Piece::Text(length) => tokens.push(Token::Length(*length)),
            Piece::Separator(separator) => tokens.push(Token::Separator(*separator)),
            Piece::Break => tokens.push(Token::Break),
            Piece::Close => tokens.push(Token::Close),
        }
    }
    tokens
}

pub(super) fn from_tokens(tokens: Vec<Token>) -> Result<Vec<Piece>, Malformed> {
    let mut pieces = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Open(tag, leaf) => pieces.push(Piece::open(tag, leaf)),
            Token::Attribute(attribute, value) => {
                let Some(Piece::Open { attributes, .. }) = pieces.last_mut() else {
                    return Err(Malformed::Nesting);
                };
                if !attributes.set(attribute, &value) {
                    return Err(Malformed::Attribute);
                }
            }
            Token::Length(length) => pieces.push(Piece::Text(length)),
            Token::Separator(separator) => pieces.push(Piece::Separator(separator)),
            Token::Break => pieces.push(Piece::Break),
            Token::Close => pieces.push(Piece::Close),
        }
    }
    Ok(pieces)
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Length(length) => serializer.serialize_u32(*length),
            Self::Open(tag, false) => serializer.serialize_str(tag.code()),
            Self::Open(tag, true) => serializer.collect_str(&format_args!("{}*", tag.code())),
            Self::Attribute(attribute, value) => {
                serializer.collect_str(&format_args!("@{}={value}", attribute.code()))
            }
            Self::Separator(separator) => serializer.serialize_char(*separator),
            Self::Break => serializer.serialize_str("br"),
            Self::Close => serializer.serialize_str("/"),
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
        u32::try_from(value)
            .map(Token::Length)
            .map_err(|_| E::custom("a length over 4 GB"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Token, E> {
        match value {
            "/" => return Ok(Token::Close),
            "br" => return Ok(Token::Break),
            "\n" => return Ok(Token::Separator('\n')),
            "\t" => return Ok(Token::Separator('\t')),
            _ => {}
        }
        let read = match value.strip_prefix('@') {
            Some(said) => said.split_once('=').and_then(|(name, value)| {
                Some(Token::Attribute(Attribute::from_code(name)?, value.into()))
            }),
            None => {
                let code = value.strip_suffix('*');
                Tag::from_code(code.unwrap_or(value)).map(|tag| Token::Open(tag, code.is_some()))
            }
        };
        read.ok_or_else(|| E::custom("a piece this version does not know"))
    }
}
