//! An article: one flat text, and the pre-order walk of the block tree that structures it.
//!
//! The walk is a list of [`Piece`]s. So depth costs no stack, drawing is one loop, and what no
//! piece can express cannot be shown.

mod attribute;
pub mod builder;
mod pieces;
mod source;
mod tag;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use attribute::{Attribute, Attributes};
pub use pieces::{Piece, Token};
pub use source::{ArticleId, Counterpart, Description, Source};
pub use tag::{Role, Tag};

use super::address;
use super::digest::Digest;
use super::text::{CodePoints, TextRange, shortened};

/// The version of the rule that builds the text from the blocks. A change of the rule changes
/// offsets, so stored texts say which version made them.
pub const TEXT_RULE: u32 = 1;

/// A block that holds words: a paragraph, a heading, a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The indices of its pieces, from its `Open` to its `Close` inclusive.
    pub pieces: Range<usize>,
    /// The range of its words.
    pub text: TextRange,
}

/// An article.
///
/// Invariants: the pieces are well nested; their lengths add up to the text, on character
/// boundaries; every leaf has words and leaves do not nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    description: Description,
    text: String,
    pieces: Vec<Piece>,
    digest: Digest,
    /// That of its IRI: made once, as it is asked for often.
    id: ArticleId,
    leaves: Vec<Leaf>,
    code_points: CodePoints,
    picture_hosts: Vec<String>,
}

/// See [`Article::iri`].
fn iri_of(description: &Description, digest: &Digest) -> String {
    if let Some(work) = &description.work {
        return work.clone();
    }
    match &description.source {
        Source::Bundled(name) => ["urn:postil:article:", name].concat(),
        Source::Address(address) => address.clone(),
        Source::File(_) | Source::Pasted => digest.iri(),
    }
}

/// Why pieces do not make an article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Malformed {
    /// An element is closed that is not open, or is left open.
    #[error("the blocks are not well nested")]
    Nesting,
    /// The pieces do not add up to the text.
    #[error("the blocks do not match the text")]
    Length,
    /// An attribute has a value that is not allowed.
    #[error("an attribute has a value that is not allowed")]
    Attribute,
    /// The article was written by another version of the rule.
    #[error("the article was written by another version of Postil")]
    Version,
    /// The text is not the expected JSON.
    #[error("not an article: {0}")]
    Json(String),
}

impl Article {
    /// Creates an article from its parts and checks every invariant.
    pub fn from_parts(
        description: Description,
        text: String,
        pieces: Vec<Piece>,
    ) -> Result<Self, Malformed> {
        let digest = Digest::of(&text);
        Self::assemble(description, text, pieces, digest)
    }

    /// Creates an article from the parts of its JSON, as any reader of JSON has them, and checks
    /// every invariant.
    pub fn from_tokens(
        description: Description,
        text: String,
        tokens: Vec<Token>,
    ) -> Result<Self, Malformed> {
        Self::from_parts(description, text, pieces::from_tokens(tokens)?)
    }

    fn assemble(
        description: Description,
        text: String,
        pieces: Vec<Piece>,
        digest: Digest,
    ) -> Result<Self, Malformed> {
        let leaves = survey(&text, &pieces)?;
        let code_points = CodePoints::of(&text);
        let picture_hosts = picture_hosts(&pieces);
        let article = Self {
            id: ArticleId::of_iri(&iri_of(&description, &digest)),
            description,
            text,
            pieces,
            digest,
            leaves,
            code_points,
            picture_hosts,
        };
        Ok(article.titled())
    }

    /// The article with a title that is not empty.
    fn titled(mut self) -> Self {
        if self.description.title.trim().is_empty() {
            self.description.title = title_from(&self.text, &self.pieces, &self.leaves);
        }
        self
    }

    /// Creates an article without words.
    pub fn empty() -> Self {
        let (description, digest) = (Description::new(Source::Pasted, ""), Digest::of(""));
        Self {
            id: ArticleId::of_iri(&iri_of(&description, &digest)),
            description,
            text: String::new(),
            pieces: Vec::new(),
            digest,
            leaves: Vec::new(),
            code_points: CodePoints::of(""),
            picture_hosts: Vec::new(),
        }
    }

    /// Creates an article with a text as it is, in one preformatted block. Nothing is collapsed, so
    /// offsets into the text are offsets into the article.
    pub fn verbatim(text: &str) -> Self {
        let words = Piece::Text(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let pieces = vec![Piece::open(Tag::Pre, true), words, Piece::Close];
        let description = Description::new(Source::Pasted, "");
        Self::from_parts(description, text.to_owned(), pieces).unwrap_or_else(|_| Self::empty())
    }

    /// Everything known besides the words.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// True if this is the article in the page whose whole text has this digest. A passage of the
    /// page that is not found here is then outside the article, not lost.
    pub fn is_part_of(&self, page: Option<&Digest>) -> bool {
        match &self.description.other {
            Some(Counterpart::Page(whole)) => page == Some(whole),
            _ => false,
        }
    }

    /// The title; never empty.
    pub fn title(&self) -> &str {
        &self.description.title
    }

    /// The words, with one separator between leaves.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pre-order walk of the block tree.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The digest of the text.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The blocks that hold words, in order.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// Converts between bytes and code points of the text.
    pub fn code_points(&self) -> &CodePoints {
        &self.code_points
    }

    /// True if the address is this article's: the one it came from or the one it states.
    pub fn is_at(&self, address: &str) -> bool {
        let Description {
            source,
            address: said,
            ..
        } = &self.description;
        let came_from = match source {
            Source::Address(address) => Some(address),
            _ => None,
        };
        let mut own = came_from.into_iter().chain(said);
        own.any(|own| address::name_one_page(own, address))
    }

    /// Returns the article with another title; an empty one is made from its words.
    #[must_use]
    pub fn with_title(mut self, title: String) -> Self {
        self.description.title = title;
        self.titled()
    }

    /// Returns the article with the other text of its page.
    #[must_use]
    pub fn beside(mut self, other: Counterpart) -> Self {
        self.description.other = Some(other);
        self
    }

    /// Returns the article as a version of the one with this IRI, whose id and notes it shares.
    #[must_use]
    pub fn as_version_of(mut self, iri: &str) -> Self {
        self.description.work = None;
        if self.iri() != iri {
            self.description.work = Some(iri.to_owned());
        }
        self.id = ArticleId::of_iri(iri);
        self
    }

    /// Returns the IRI of the article: that of the article it is a version of, its address, or one
    /// made from the digest of its text.
    pub fn iri(&self) -> String {
        iri_of(&self.description, &self.digest)
    }

    /// Returns the article's id in storage.
    pub fn id(&self) -> ArticleId {
        self.id.clone()
    }

    /// Returns the index of the leaf that holds a byte of the text, or of the last one before it.
    pub fn leaf_at(&self, byte: u32) -> Option<usize> {
        let after = self
            .leaves
            .partition_point(|leaf| leaf.text.start() <= byte);
        after.checked_sub(1)
    }

    /// The hosts that the article's pictures would be fetched from, sorted, each once.
    pub fn picture_hosts(&self) -> &[String] {
        &self.picture_hosts
    }
}

fn picture_hosts(pieces: &[Piece]) -> Vec<String> {
    let addresses = pieces.iter().filter_map(|piece| match piece {
        Piece::Open { attributes, .. } => attributes.get(Attribute::Src),
        _ => None,
    });
    let hosts = addresses.filter_map(super::address::host);
    let hosts: Vec<String> = hosts.map(str::to_owned).collect();
    super::order::sorted_once(&hosts)
}

#[derive(Serialize, Deserialize)]
struct Stored<T, P> {
    rule: u32,
    about: Description,
    text: T,
    pieces: P,
}

impl Article {
    /// Writes the article as JSON, for storage and for the importer's answer.
    pub fn to_json(&self) -> String {
        let stored = Stored {
            rule: TEXT_RULE,
            about: self.description.clone(),
            text: &self.text,
            pieces: pieces::to_tokens(&self.pieces),
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads the output of [`Article::to_json`] and checks every invariant.
    pub fn from_json(json: &str) -> Result<Self, Malformed> {
        Self::unchecked(json)?.check(None)
    }

    /// Parses the JSON without checking it, so that a long article can be read in two steps.
    pub fn unchecked(json: &str) -> Result<Unchecked, Malformed> {
        let stored: Stored<String, Vec<Token>> =
            serde_json::from_str(json).map_err(|error| Malformed::Json(error.to_string()))?;
        if stored.rule != TEXT_RULE {
            return Err(Malformed::Version);
        }
        Ok(Unchecked {
            description: stored.about,
            text: stored.text,
            pieces: pieces::from_tokens(stored.pieces)?,
        })
    }
}

/// An article parsed from JSON whose invariants have not been checked.
pub struct Unchecked {
    description: Description,
    text: String,
    pieces: Vec<Piece>,
}

impl Unchecked {
    /// Checks the invariants and returns the article. A `digest` given by the code that has just
    /// written the JSON is not recomputed, since that takes as long as everything else.
    pub fn check(self, digest: Option<Digest>) -> Result<Article, Malformed> {
        let digest = digest.unwrap_or_else(|| Digest::of(&self.text));
        Article::assemble(self.description, self.text, self.pieces, digest)
    }
}

/// Longest title made from an article's first words, in code points.
const MADE_UP_TITLE: usize = 80;

/// The first words that say what an article is about; none where it has no words.
fn title_from(text: &str, pieces: &[Piece], leaves: &[Leaf]) -> String {
    let is_heading = |leaf: &&Leaf| matches!(&pieces[leaf.pieces.start], Piece::Open { tag, .. } if tag.heading_level().is_some());
    let words = leaves
        .iter()
        .find(is_heading)
        .or(leaves.first())
        .and_then(|leaf| leaf.text.slice(text))
        .unwrap_or_default()
        .replace('\n', " ");
    let title = shortened(&words, MADE_UP_TITLE);
    // Of blanks alone there is no title.
    match title.trim() {
        "" => String::new(),
        _ => title,
    }
}

/// Checks the invariants and collects the leaves.
fn survey(text: &str, pieces: &[Piece]) -> Result<Vec<Leaf>, Malformed> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let (mut offset, mut depth) = (0_u32, 0_usize);
    let mut leaf: Option<(usize, usize, u32)> = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open { leaf: is_leaf, .. } => {
                if *is_leaf {
                    if leaf.is_some() {
                        return Err(Malformed::Nesting);
                    }
                    leaf = Some((index, depth, offset));
                }
                depth += 1;
            }
            Piece::Close => {
                depth = depth.checked_sub(1).ok_or(Malformed::Nesting)?;
                if let Some((open, _, start)) = leaf.filter(|(_, at, _)| *at == depth) {
                    if start == offset {
                        return Err(Malformed::Length);
                    }
                    leaves.push(Leaf {
                        pieces: open..index + 1,
                        text: TextRange::new(start, offset),
                    });
                    leaf = None;
                }
            }
            words => {
                if leaf.is_some() == matches!(words, Piece::Separator(_)) {
                    return Err(Malformed::Nesting);
                }
                offset = words.advance(text, offset).ok_or(Malformed::Length)?;
            }
        }
    }
    if depth != 0 {
        return Err(Malformed::Nesting);
    }
    if offset as usize != text.len() {
        return Err(Malformed::Length);
    }
    Ok(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> Description {
        Description::new(Source::Pasted, "")
    }

    fn paragraph(length: u32) -> [Piece; 3] {
        [Piece::open(Tag::P, true), Piece::Text(length), Piece::Close]
    }

    #[test]
    fn pieces_must_add_up_to_the_text() {
        let article = |pieces: &[Piece]| {
            Article::from_parts(description(), "abc".to_owned(), pieces.to_vec())
        };
        assert!(article(&paragraph(3)).is_ok());
        assert_eq!(article(&paragraph(2)), Err(Malformed::Length));
        assert_eq!(article(&paragraph(4)), Err(Malformed::Length));
        assert_eq!(article(&paragraph(3)[..2]), Err(Malformed::Nesting));
        assert_eq!(article(&[Piece::Text(3)]), Err(Malformed::Nesting));
    }

    #[test]
    fn a_verbatim_article_has_the_text_as_it_is() {
        for text in ["", " ", "\r\n\t a  b\n\n", "\u{1f600}\u{301}"] {
            let article = Article::verbatim(text);
            assert_eq!(article.text(), text);
            assert_eq!(article.leaves().len(), usize::from(!text.is_empty()));
            assert_eq!(Article::from_json(&article.to_json()), Ok(article));
        }
        assert_eq!(Article::verbatim(""), Article::empty());
    }

    #[test]
    fn a_stored_article_is_read_back() {
        let article = Article::from_parts(description(), "äöü".to_owned(), paragraph(6).to_vec())
            .expect("the parts are well formed");
        assert_eq!(Article::from_json(&article.to_json()), Ok(article));
    }

    #[test]
    fn a_stored_article_is_not_trusted() {
        let forged = r#"{"rule":1,"about":{"source":"pasted","title":"x"},"text":"abc",
            "pieces":["p*",3,"/","img","@src=javascript:alert(1)","/"]}"#;
        assert_eq!(Article::from_json(forged), Err(Malformed::Attribute));
        let forged = r#"{"rule":1,"about":{"source":"pasted","title":"x"},"text":"abc","pieces":["script*",3,"/"]}"#;
        assert!(matches!(
            Article::from_json(forged),
            Err(Malformed::Json(_))
        ));
    }
}
