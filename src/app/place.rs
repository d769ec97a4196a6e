//! The place of reading: kept while one reads, and gone back to.

use std::cell::RefCell;

use super::App;
use super::ports::Timer;
use crate::model::article::{Article, ArticleId};
use crate::model::bookmark::Bookmark;

/// Milliseconds without scrolling after which one is taken to read.
const REST: u32 = 400;

/// What is remembered of the place of reading.
#[derive(Default)]
pub(super) struct ReadingPlace {
    bookmark: RefCell<Option<(ArticleId, Bookmark)>>,
    /// Runs until the reader is taken to read.
    resting: RefCell<Option<Timer>>,
    /// A byte of an article to go to once that is drawn, in place of the bookmark.
    wanted: RefCell<Option<(ArticleId, u32)>>,
}

/// Goes back to where an article was left; called when it is drawn.
pub fn begin(app: &App, article: &Article) {
    let (id, place) = (article.id(), &app.0.place);
    let bookmark = match app.session().read_only {
        true => app.platform().bookmark(&id),
        false => Some(open_bookmark(app, article)),
    };
    let wanted = place.wanted.take().filter(|(of, _)| *of == id);
    let byte = wanted.map(|(_, byte)| byte);
    let byte = byte.or(bookmark.as_ref().map(|bookmark| bookmark.at));
    place
        .bookmark
        .replace(bookmark.map(|bookmark| (id, bookmark)));
    app.shell().show_place(byte.unwrap_or_default());
    rest(app);
}

/// Goes to a byte of an article that is about to be shown.
pub fn want_place(app: &App, id: ArticleId, byte: u32) {
    app.0.place.wanted.replace(Some((id, byte)));
}

/// The bookmark in an article that is opened now.
fn open_bookmark(app: &App, article: &Article) -> Bookmark {
    let (now, length) = (app.platform().now(), article.text().len() as u32);
    let bookmark = match app.platform().bookmark(&article.id()) {
        Some(bookmark) => Bookmark {
            opened: now.0.to_string(),
            ..bookmark.within(length)
        },
        None => Bookmark::new(&now.0, length),
    };
    app.platform().keep(&article.id(), &bookmark);
    bookmark
}

/// How many of the first words of a selection are looked for, where all of a line are not found: after
/// them may stand what is shown on a page and is no part of the text, as the mark of a note.
const FIRST_WORDS: [usize; 4] = [usize::MAX, 12, 6, 3];

/// Goes to the first words of a selection in an article that is about to be shown, if they are there.
pub fn want(app: &App, article: &Article, selected: &str) {
    let mut lines = selected.lines().map(str::split_whitespace);
    let first = lines.find_map(|words| {
        let words: Vec<&str> = words.collect();
        (!words.is_empty()).then_some(words)
    });
    let Some(words) = first else { return };
    let mut firsts = FIRST_WORDS.iter().map(|&count| words.len().min(count));
    let place = firsts.find_map(|count| article.text().find(&words[..count].join(" ")));
    if let Some(place) = place {
        want_place(app, article.id(), place as u32);
    }
}

/// Keeps the place once nothing has moved for a moment.
pub fn rest(app: &App) {
    let there = app.clone();
    let timer = app.after(REST, move || {
        if let Some(over) = there.0.place.resting.take() {
            over.forget();
        }
        keep(&there);
    });
    app.0.place.resting.replace(Some(timer));
}

/// Keeps the place.
pub fn keep(app: &App) {
    let session = app.session();
    let Some(article) = session.article.as_ref().filter(|_| !session.read_only) else {
        return;
    };
    let Some((place, last)) = app.shell().visible(article) else {
        return;
    };
    let mut present = app.0.place.bookmark.borrow_mut();
    let present = present.as_mut();
    if let Some((id, bookmark)) = present.filter(|(id, _)| *id == article.id()) {
        let before = bookmark.clone();
        bookmark.see(place, last);
        if *bookmark != before {
            app.platform().keep(id, bookmark);
        }
    }
}
