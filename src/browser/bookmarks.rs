//! Bookmarks: how far each article is read, in localStorage. It is no note: what a crash may take of
//! it is the last moment.

use super::{local, system};
use crate::model::article::{Article, ArticleId};
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

/// The bookmark in an article that is opened now.
pub fn open(article: &Article) -> Bookmark {
    let (now, length) = (system::now(), article.text().len() as u32);
    let bookmark = match get(&article.id()) {
        Some(bookmark) => Bookmark {
            opened: now.0.to_string(),
            ..bookmark.within(length)
        },
        None => Bookmark::new(&now.0, length),
    };
    keep(&article.id(), &bookmark);
    bookmark
}

/// Keeps a bookmark.
pub fn keep(id: &ArticleId, bookmark: &Bookmark) {
    let _ = local::set_setting(&name(id), &bookmark.to_text());
}

/// Forgets the bookmark in an article.
pub fn forget(id: &ArticleId) {
    local::remove(&local::setting_key(&name(id)));
}
