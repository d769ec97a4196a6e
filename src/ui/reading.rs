//! The place of reading: kept while one reads, and gone back to; and the two texts of a page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::errands;
use super::hooks::{Desk, use_window_event};
use crate::browser::page::Page;
use crate::browser::{bookmarks, records, shelf, system};
use crate::model::article::{Article, ArticleId, Leaf};
use crate::model::bookmark::Bookmark;
use crate::model::notice::Message;

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
pub fn begin(desk: &Desk, page: &Rc<Page>) {
    let article = page.article();
    let id = article.id();
    let bookmark = match desk.session().read_only {
        true => bookmarks::get(&id),
        false => Some(bookmarks::open(article)),
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
    rest(desk);
}

/// Goes to the first words of a selection in an article that is about to be shown, if they are there.
pub fn want(article: &Article, selected: &str) {
    let first = selected.lines().find(|line| !line.trim().is_empty());
    let place = first.and_then(|line| article.text().find(line.trim()));
    if let Some(place) = place {
        WANTED.replace(Wanted(Some((article.id(), place as u32))));
    }
}

/// Keeps the place of reading while the component lives.
#[hook]
pub fn use_reading(desk: &Desk) {
    let scrolled = desk.clone();
    use_window_event("scroll", Rc::new(move |_| rest(&scrolled)));
    let left = desk.clone();
    use_window_event("pagehide", Rc::new(move |_| keep(&left)));
}

/// Keeps the place once nothing has moved for a moment.
fn rest(desk: &Desk) {
    let desk = desk.clone();
    RESTING.replace(Some(Timeout::new(REST, move || {
        if let Some(done) = RESTING.take() {
            done.forget();
        }
        keep(&desk);
    })));
}

fn keep(desk: &Desk) {
    let Some(page) = desk.page().filter(|_| !desk.session().read_only) else {
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

/// Shows the other text of the open article's page: the whole of it, or the article in it.
pub fn show_other(desk: &Desk) {
    let Some(article) = desk.session().article.clone() else {
        return;
    };
    let Some(other) = article.description().other.clone() else {
        return;
    };
    let place = desk.page().map_or(0, |page| page.place());
    let desk = desk.clone();
    spawn_local(async move {
        let text = shelf::get(other.digest()).await;
        match text.map(|text| Article::from_json(&text)) {
            Some(Ok(other)) => {
                let other = Rc::new(other.as_version_of(&article.iri()));
                let place = same_place(&article, place, &other);
                WANTED.replace(Wanted(Some((other.id(), place))));
                errands::show(&desk, other.clone(), None);
                if !desk.session().read_only {
                    records::write_article(&other);
                }
            }
            _ => desk.tell(Message::TextMissing {
                title: article.title().to_owned(),
            }),
        }
    });
}

/// Where the block at a byte of an article begins in another text of the same page; the beginning
/// where it does not stand there. Of equal blocks it is the one with as many before it.
fn same_place(article: &Article, byte: u32, other: &Article) -> u32 {
    let Some(leaf) = article.leaf_at(byte) else {
        return 0;
    };
    let words =
        |article: &'_ Article, leaf: &Leaf| leaf.text.slice(article.text()).map(str::to_owned);
    let here = words(article, &article.leaves()[leaf]);
    let before = article.leaves()[..leaf].iter();
    let before = before.filter(|leaf| words(article, leaf) == here).count();
    let there = other.leaves().iter();
    let mut there = there.filter(|leaf| words(other, leaf) == here);
    there.nth(before).map_or(0, |leaf| leaf.text.start())
}
