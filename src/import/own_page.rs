//! Reads back the pages that Postil has written: the article as it was, and its notes.
//!
//! Anybody can write such a page. So what an importer would not have made of any file is not taken
//! from this one either: other nesting, or a description that no page can have.

use crate::model::address;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Attribute, Description, Malformed, Piece, Role, Source, Tag};
use crate::model::exchange::web_page::data;

use super::charset;

/// Most elements that are open at once: a builder's, each of whose blocks opens its inlines again.
const DEEPEST: usize = 300;

/// What a page of Postil holds.
pub(super) struct OwnPage {
    /// The article.
    pub article: Article,
    /// Its notes, as a file of the W3C's form, if there are any.
    pub notes: Option<String>,
}

/// Reads a page; `None` if Postil has not written it, or it was damaged since.
pub(super) fn read(bytes: &[u8]) -> Option<OwnPage> {
    if !data::is_page(bytes) {
        return None;
    }
    let page = charset::decode(bytes, Some("utf-8"));
    let data = data::of(&page)?;
    let stored = Article::from_json(data.article).ok()?;
    Some(OwnPage {
        article: checked(&stored).ok()?,
        notes: data.has_notes().then(|| data.notes.to_owned()),
    })
}

/// The article as it is stored, if its elements are nested as those of any import are; else it is
/// built anew.
///
/// # Errors
/// If it cannot be an article.
fn checked(stored: &Article) -> Result<Article, Malformed> {
    let description = checked_description(stored.description().clone());
    match is_nested_as_built(stored.pieces()) {
        true => Article::from_parts(
            description,
            stored.text().to_owned(),
            stored.pieces().to_vec(),
        ),
        false => rebuilt(stored, description),
    }
}

/// True if no more elements are open at once than a builder opens, blocks are only in what holds
/// blocks, and what holds nothing is empty.
fn is_nested_as_built(pieces: &[Piece]) -> bool {
    let mut open: Vec<(Tag, bool)> = Vec::new();
    pieces.iter().all(|piece| match piece {
        Piece::Open { tag, leaf, .. } => {
            let holds = |(outer, is_leaf): &(Tag, bool)| match outer.role() {
                Role::Container | Role::Item => !is_leaf || !tag.is_block(),
                Role::Leaf | Role::Inline => !tag.is_block(),
                Role::Void => false,
            };
            let may_be_leaf = matches!(tag.role(), Role::Leaf | Role::Item);
            let fits = open.iter().all(holds) && open.len() < DEEPEST;
            open.push((*tag, *leaf));
            fits && (may_be_leaf || !leaf)
        }
        Piece::Close => open.pop().is_some(),
        Piece::Text(_) | Piece::Break | Piece::Separator(_) => {
            open.iter().all(|(tag, _)| tag.role() != Role::Void)
        }
    })
}

fn rebuilt(stored: &Article, description: Description) -> Result<Article, Malformed> {
    let mut builder = ArticleBuilder::new();
    let mut offset = 0_usize;
    // For each open piece whether the builder has it open.
    let mut open = Vec::new();
    for piece in stored.pieces() {
        let end = offset + piece.length() as usize;
        match piece {
            Piece::Open {
                tag, attributes, ..
            } => {
                let is_void = tag.role() == Role::Void;
                match is_void {
                    true => builder.void(*tag, attributes.clone()),
                    false => builder.open(*tag, attributes.clone()),
                }
                open.push(!is_void);
            }
            Piece::Text(_) => builder.text(stored.text().get(offset..end).unwrap_or_default()),
            Piece::Break => builder.line_break(),
            Piece::Separator(_) => builder.part(),
            Piece::Close => {
                if open.pop() == Some(true) {
                    builder.close();
                }
            }
        }
        offset = end;
    }
    builder.finish(description)
}

/// A description without what no importer would have found.
fn checked_description(description: Description) -> Description {
    let is_web = |address: &str| address::is_link(address) && address::is_remote(address);
    Description {
        source: match description.source {
            Source::Address(address) if !is_web(&address) => Source::Pasted,
            source => source,
        },
        address: description.address.filter(|address| is_web(address)),
        language: description
            .language
            .filter(|language| Attribute::Lang.admits(language)),
        direction: description
            .direction
            .filter(|direction| Attribute::Dir.admits(direction)),
        ..description
    }
}
