//! Words as the browser finds them.

use super::segmenter::{ends, segmenter};
use crate::model::article::Article;
use crate::model::text::TextRange;
use crate::model::words;

/// Returns a function that divides texts into words as the language of an article does: it takes a
/// text and returns the offsets in bytes at which its words end.
pub fn divider(article: &Article) -> impl Fn(&str) -> Vec<usize> + use<> {
    let language = article.description().language.as_deref();
    let segmenter = segmenter("word", language.unwrap_or_default());
    move |text| match &segmenter {
        Some(segmenter) => ends(segmenter, text),
        None => Vec::new(),
    }
}

/// Grows a range of an article's text to whole words of its language.
pub fn whole(article: &Article, range: TextRange) -> TextRange {
    words::whole(article.text(), range, &divider(article))
}
