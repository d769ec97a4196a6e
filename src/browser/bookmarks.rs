//! Bookmarks: how far each article is read, in localStorage. It is no note: what a crash may take of
//! it is the last moment.

use super::local;
use crate::model::article::ArticleId;
use crate::model::bookmark::Bookmark;

/// What their settings' names begin with; then comes the article.
const NAME: &str = "bookmark/";

fn name(id: &ArticleId) -> String {
    [NAME, id.as_str()].concat()
}

/// The bookmark in an article.
pub fn get(id: &ArticleId) -> Option<Bookmark> {
    Bookmark::parse(&local::setting(&name(id))?)
}

/// Keeps a bookmark.
pub fn keep(id: &ArticleId, bookmark: &Bookmark) {
    let _ = local::set_setting(&name(id), &bookmark.to_text());
}

/// Forgets the bookmark in an article.
pub fn forget(id: &ArticleId) {
    local::remove(&local::setting_key(&name(id)));
}
