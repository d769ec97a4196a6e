//! The place of reading: kept while one reads, and gone back to.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::hooks::{AppHandle, use_window_event};
use crate::browser::page::Page;
use crate::browser::{bookmarks, system};
use crate::model::article::{Article, ArticleId};
use crate::model::bookmark::Bookmark;

/// Milliseconds without scrolling after which one is taken to read.
const REST: u32 = 400;

/// A place in an article to go to once it is drawn, in place of the bookmark.
#[derive(Default)]
struct Wanted(Option<(ArticleId, u32)>);

thread_local! {
    static BOOKMARK: RefCell<Option<(ArticleId, Bookmark)>> = const { RefCell::new(None) };
    static RESTING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static WANTED: RefCell<Wanted> = const { RefCell::new(Wanted(None)) };
}

/// Goes back to where an article was left; called when it is drawn.
pub fn begin(app: &AppHandle, page: &Rc<Page>) {
    let article = page.article();
    let id = article.id();
    let bookmark = match app.session().read_only {
        true => bookmarks::get(&id),
        false => Some(open_bookmark(article)),
    };
    let wanted = WANTED.take().0.filter(|(of, _)| *of == id);
    let place = wanted.map(|(_, place)| place);
    let place = place.or(bookmark.as_ref().map(|bookmark| bookmark.at));
    BOOKMARK.replace(bookmark.map(|bookmark| (id, bookmark)));
    system::restore_no_scrolling();
    match place {
        Some(place) if place > 0 => page.scroll_to_top(place),
        _ => system::window().scroll_to_with_x_and_y(0.0, 0.0),
    }
    rest(app);
}

/// The bookmark in an article that is opened now.
fn open_bookmark(article: &Article) -> Bookmark {
    let (now, length) = (system::now(), article.text().len() as u32);
    let bookmark = match bookmarks::get(&article.id()) {
        Some(bookmark) => Bookmark {
            opened: now.0.to_string(),
            ..bookmark.within(length)
        },
        None => Bookmark::new(&now.0, length),
    };
    bookmarks::keep(&article.id(), &bookmark);
    bookmark
}

/// Goes to a byte of an article that is about to be shown.
pub fn want_place(id: ArticleId, place: u32) {
    WANTED.replace(Wanted(Some((id, place))));
}

/// How many of the first words of a selection are looked for, where all of a line are not found: after
/// them may stand what is shown on a page and is no part of the text, as the mark of a note.
const FIRST_WORDS: [usize; 4] = [usize::MAX, 12, 6, 3];

/// Goes to the first words of a selection in an article that is about to be shown, if they are there.
pub fn want(article: &Article, selected: &str) {
    let mut lines = selected.lines().map(str::split_whitespace);
    let first = lines.find_map(|words| {
        let words: Vec<&str> = words.collect();
        (!words.is_empty()).then_some(words)
    });
    let Some(words) = first else { return };
    let mut firsts = FIRST_WORDS.iter().map(|&count| words.len().min(count));
    let place = firsts.find_map(|count| article.text().find(&words[..count].join(" ")));
    if let Some(place) = place {
        want_place(article.id(), place as u32);
    }
}

/// Keeps the place of reading while the component lives.
#[hook]
pub fn use_reading(app: &AppHandle) {
    let scrolled = app.clone();
    use_window_event("scroll", Rc::new(move |_| rest(&scrolled)));
    let left = app.clone();
    use_window_event("pagehide", Rc::new(move |_| keep(&left)));
}

/// Keeps the place once nothing has moved for a moment.
fn rest(app: &AppHandle) {
    let app = app.clone();
    RESTING.replace(Some(Timeout::new(REST, move || {
        if let Some(done) = RESTING.take() {
            done.forget();
        }
        keep(&app);
    })));
}

fn keep(app: &AppHandle) {
    let Some(page) = app.page().filter(|_| !app.session().read_only) else {
        return;
    };
    BOOKMARK.with_borrow_mut(|present| {
        let present = present.as_mut();
        if let Some((id, bookmark)) = present.filter(|(id, _)| *id == page.article().id()) {
            let before = bookmark.clone();
            bookmark.see(page.place(), page.last_visible());
            if *bookmark != before {
                bookmarks::keep(id, bookmark);
            }
        }
    });
}
