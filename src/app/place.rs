//! The reading place: stored while the reader reads, restored when the article is opened.

use std::cell::{Cell, RefCell};

use super::App;
use super::ports::Timer;
use crate::model::article::{Article, ArticleId};
use crate::model::bookmark::Bookmark;

/// Milliseconds without scrolling after which the reader counts as reading. They are counted from
/// one end to the next and not from the last scrolling, which would cost a timer in every frame.
const REST: u32 = 400;

/// State of the reading place.
#[derive(Default)]
pub(super) struct ReadingPlace {
    bookmark: RefCell<Option<(ArticleId, Bookmark)>>,
    /// Runs until the reader counts as reading.
    resting: RefCell<Option<Timer>>,
    /// True if something has scrolled since that was started.
    scrolled: Cell<bool>,
    /// A byte of an article to go to once that is drawn, instead of to the bookmark.
    wanted: RefCell<Option<(ArticleId, u32)>>,
}

/// Goes back to where an article was left; called when it has been drawn.
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

/// Requests that an article about to be shown opens at a byte.
pub fn want_place(app: &App, id: ArticleId, byte: u32) {
    app.0.place.wanted.replace(Some((id, byte)));
}

/// Returns and stores the bookmark of an article that is being opened.
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

/// Numbers of words of a selection's first line to search for, in turn. After the first few there
/// may be something that the page shows but the text lacks, such as a footnote mark.
const FIRST_WORDS: [usize; 4] = [usize::MAX, 12, 6, 3];

/// Opens an article about to be shown at the first words of a selection, if it contains them.
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

/// Stores the place once nothing has scrolled for a moment.
pub fn rest(app: &App) {
    let place = &app.0.place;
    place.scrolled.set(true);
    if place.resting.borrow().is_none() {
        wait(app);
    }
}

/// True if the reader counts as reading.
pub fn rests(app: &App) -> bool {
    app.0.place.resting.borrow().is_none()
}

/// Waits for a moment in which nothing has scrolled.
fn wait(app: &App) {
    let there = app.clone();
    let timer = app.after(REST, move || {
        let place = &there.0.place;
        drop(place.resting.take());
        match place.scrolled.get() {
            true => wait(&there),
            false => keep(&there),
        }
    });
    app.0.place.scrolled.set(false);
    app.0.place.resting.replace(Some(timer));
}

/// Stores the reading place.
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
