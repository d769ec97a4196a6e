//! Bookmarks: how far each article is read, in localStorage. Unlike a note, a bookmark may lose its
//! last moment in a crash.

use super::local;
use crate::model::article::ArticleId;
use crate::model::bookmark::Bookmark;

/// Prefix of the bookmarks' setting names; the article's id follows.
const NAME: &str = "bookmark/";

fn name(id: &ArticleId) -> String {
    [NAME, id.as_str()].concat()
}

/// Returns the bookmark in an article.
pub fn get(id: &ArticleId) -> Option<Bookmark> {
    Bookmark::parse(&local::setting(&name(id))?)
}

/// Stores a bookmark.
pub fn keep(id: &ArticleId, bookmark: &Bookmark) {
    let _ = local::set_setting(&name(id), &bookmark.to_text());
}

/// Removes the bookmark in an article.
pub fn forget(id: &ArticleId) {
    local::remove(&local::setting_key(&name(id)));
}
