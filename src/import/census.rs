//! The safety net against lost words: compares the article with the page by a count that does not
//! depend on how the page was read.
//!
//! It counts letters and digits in one pass over the page's tree (or the Markdown or text) and one
//! over the article. It does not compare words: a count takes only a few percent of the reading
//! time, and still notices a page whose words are mostly gone.

mod markup;
mod page;

pub(super) use markup::{in_html, in_markdown, in_text};
pub(super) use page::of_page;

use crate::model::article::{Article, Piece, Tag};
use crate::model::notice::Fewer;

/// Minimum share of a page's prose that an article should hold, in percent. Prose is text outside
/// links and outside everything marked as a menu, a footer or content beside the article. Below
/// this share the reader is told and offered the whole page.
///
/// The value trades false alarms for silent losses. Of 1850 real pages (manuals and newspaper
/// pages) 34 are reported; in some 24 of them sections of the article are missing, the others are
/// front pages, teasers and tables of contents. At 50 it would be 9, and chapters in six languages
/// would silently lose half of their sections; at 75 it would be 47, half of the added ones because
/// of author names and the like.
const LEAST_PROSE: usize = 65;
/// Minimum number of letters of prose (about seventy words) that an article must lack before the
/// reader is told: a date, an imprint or a cookie notice is that long and no part of the article.
const LEAST_LACK: usize = 400;
/// Minimum share of all letters in a page that the whole page should show, in percent; also for
/// Markdown and plain text. If it were higher, pages that hide menus, dialogs or section numbers
/// would be reported; if lower, a page that is mostly hidden would go unnoticed.
const LEAST_SHOWN: usize = 50;
/// Minimum number of letters in a page (about fifty words) for a report: on a shorter page the
/// reader sees at a glance what is there.
const LEAST_LETTERS: usize = 250;

/// Number of letters and digits in each part of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Letters that are plainly shown and in no link.
    pub prose: usize,
    /// Letters in links.
    pub linked: usize,
    /// Letters in menus, footers and content beside an article.
    pub beside: usize,
    /// Letters that the page hides, and letters that only another part of the file shows.
    pub unshown: usize,
}

impl Letters {
    /// Returns the sum of all parts.
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

/// The letters that a page holds, and the letters that were read from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Letters of the page.
    pub page: Letters,
    /// Letters of the article, none of them in `beside` or `unshown`.
    pub article: Letters,
    /// Letters of the whole page, if that holds more than the article.
    pub whole: Option<Letters>,
}

impl Census {
    /// Returns what to tell the reader, if anything.
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
        // The percentage is of the whole page, since the reader can have that.
        Some(Fewer::InArticle(percent(article.all(), whole.all())))
    }
}

fn percent(part: usize, all: usize) -> u8 {
    (part.min(all) * 100 / all.max(1)) as u8
}

/// Counts the letters of an article.
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
