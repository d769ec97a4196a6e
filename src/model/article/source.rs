//! Where an article came from, what it is called by, and what is known of it.

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Shipped with the app, under this name.
    Bundled(String),
    /// Fetched from this address, without its fragment.
    Address(String),
    /// Read from a file of this name.
    File(String),
    /// Pasted as text.
    Pasted,
}

/// The id of an article in storage and in the page's address: 16 characters of base64url.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Returns the id of the article with this IRI.
    pub fn of_iri(iri: &str) -> Self {
        Self(Digest::of(iri).as_str().to_owned())
    }

    /// Reads an id from a storage key or an address.
    pub fn parse(id: &str) -> Option<Self> {
        let valid = id.len() == 16
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        valid.then(|| Self(id.to_owned()))
    }

    /// The characters of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The other text of a page that has two: the article in it and the whole page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counterpart {
    /// This is the whole page; the article in it is the text with this digest.
    Article(Digest),
    /// This is the article in a page; the whole page is the text with this digest.
    Page(Digest),
}

impl Counterpart {
    /// The digest of the other text.
    pub fn digest(&self) -> &Digest {
        match self {
            Self::Article(digest) | Self::Page(digest) => digest,
        }
    }
}

/// Everything known about an article besides its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Where it came from.
    pub source: Source,
    /// Its title; never empty.
    pub title: String,
    /// Its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The site or publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Its publication date, as the article states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its language (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// `ltr` or `rtl`, if the article states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// The address that the article itself states, whatever its source. Anybody can state any
    /// address, so it only tells which notes of other programs may belong to the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The IRI of the article that this is a version of, under which it is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    /// The other text of the page it comes from, if there are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Counterpart>,
}

impl Description {
    /// Creates a description with only a source and a title.
    pub fn new(source: Source, title: &str) -> Self {
        Self {
            source,
            title: title.to_owned(),
            byline: None,
            site: None,
            published: None,
            language: None,
            direction: None,
            address: None,
            work: None,
            other: None,
        }
    }
}
