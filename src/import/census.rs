//! The safety net against lost words: compares what was read with what the page says, by a count
//! that knows nothing of how it was read.
//!
//! What is counted are letters and digits, in one pass over the page's tree (or the Markdown or
//! text) and one over what was read of it. A count and no comparison of words: it costs a few
//! percent of the reading, and a page whose words are mostly gone is seen by it as well.

mod markup;
mod page;

pub(super) use markup::{in_html, in_markdown, in_text};
pub(super) use page::of_page;

use crate::model::article::{Article, Piece, Tag};
use crate::model::notice::Fewer;

/// Least share of a page's prose that an article is to hold, in percent: prose is what stands in
/// no link and in nothing that says that it is a menu, a footer or something beside the article.
/// Below it the reader is told and offered the whole page.
///
/// It trades false alarms for silent losses. Of 1850 real pages (manuals, and pages of newspapers)
/// 34 are told of, in some 24 of which sections of the article are missing; the others are front
/// pages, teasers and tables of contents. With 50 it would be 9, and chapters in six languages
/// would lose half of their sections in silence; with 75 it would be 47, half of the new ones for
/// the names of authors and the like.
const LEAST_PROSE: usize = 65;
/// Letters of prose, about seventy words, that an article lacks at least where something is told:
/// a date, an imprint or a line on cookies are as many, and are no part of it.
const LEAST_LACK: usize = 400;
/// Least share of all that stands in a page that the whole page is to show, in percent, of
/// Markdown and plain text also. Higher, and pages that hide menus, dialogs or numbers of
/// sections tell of them; lower, and a page that is mostly hidden goes unseen.
const LEAST_SHOWN: usize = 50;
/// Letters of a page with which there is something to tell, about fifty words: of less a reader
/// sees at a glance what is there.
const LEAST_LETTERS: usize = 250;

/// How many letters and digits stand where on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// In what is plainly shown and in no link.
    pub prose: usize,
    /// In links.
    pub linked: usize,
    /// In menus, footers, and what stands beside an article.
    pub beside: usize,
    /// In what the page hides, and in what only another part of the file shows.
    pub unshown: usize,
}

impl Letters {
    /// All of them.
    pub fn all(&self) -> usize {
        let Self {
            prose,
            linked,
            beside,
            unshown,
        } = *self;
        prose + linked + beside + unshown
    }
}

/// What there was to read, and what was read of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// What the page holds.
    pub page: Letters,
    /// What the article holds of it: nothing of it stands beside or is not shown.
    pub article: Letters,
    /// What the whole page holds, where that is more than the article.
    pub whole: Option<Letters>,
}

impl Census {
    /// What the reader is to be told, if anything.
    pub fn fewer(&self) -> Option<Fewer> {
        let Self {
            page,
            article,
            whole,
        } = self;
        let shown = whole.as_ref().unwrap_or(article);
        if page.all() < LEAST_LETTERS {
            return None;
        }
        if shown.all() * 100 < page.all() * LEAST_SHOWN {
            return Some(Fewer::InAll(percent(shown.all(), page.all())));
        }
        let lacks = page.prose.saturating_sub(article.prose) >= LEAST_LACK;
        let is_less = article.prose * 100 < page.prose * LEAST_PROSE;
        let whole = whole.filter(|whole| is_less && lacks && whole.all() > article.all())?;
        // What is told is of what the reader can have.
        Some(Fewer::InArticle(percent(article.all(), whole.all())))
    }
}

fn percent(part: usize, all: usize) -> u8 {
    (part.min(all) * 100 / all.max(1)) as u8
}

/// The letters of what was read.
pub(super) fn of_article(article: &Article) -> Letters {
    let mut letters = Letters::default();
    let (mut links, mut at) = (0usize, 0);
    let mut depths = Vec::new();
    for piece in article.pieces() {
        match piece {
            Piece::Open { tag, .. } => {
                let is_link = *tag == Tag::A;
                links += usize::from(is_link);
                depths.push(is_link);
            }
            Piece::Close => links -= usize::from(depths.pop() == Some(true)),
            Piece::Text(bytes) => {
                let end = at + *bytes as usize;
                let count = in_text(article.text().get(at..end).unwrap_or_default());
                at = end;
                match links {
                    0 => letters.prose += count,
                    _ => letters.linked += count,
                }
            }
            Piece::Separator(_) | Piece::Break => at += 1,
        }
    }
    letters
}

#[cfg(test)]
mod tests;
