//! The reading cursor in the page: moves it, shows where it is, and says what is there.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::browser::live::{Redraws, Region, Shown, language_of, runs_left};
use crate::browser::page::Page;
use crate::browser::segmenter::{ends, segmenter};
use crate::model::annotation::Colour;
use crate::model::cursor::{Cursor, Step, Stop, Unit, heading_level, sentences, step, stop_at};
use crate::model::placements::AnchorStatus;
use crate::model::session::Action;
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;
use crate::ui::say;

/// The cursor in an article that is shown.
struct State {
    /// Kept alive, an article that is shown no more would go on drawing itself.
    page: Weak<Page>,
    cursor: Cursor,
    /// The sentences of the leaf that was divided last, and its number.
    divided: Option<(usize, Rc<[TextRange]>)>,
    shown: Option<Shown>,
    _redraws: Redraws,
}

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
    static REGION: RefCell<Option<Region>> = const { RefCell::new(None) };
    /// Where the reader has clicked, and in which article.
    static CLICKED: Cell<Option<(Weak<Page>, u32)>> = const { Cell::new(None) };
}

/// True if there is a cursor in the article that is shown.
pub fn is_active(app: &AppHandle) -> bool {
    range(app).is_some()
}

/// The passage at the cursor.
pub fn range(app: &AppHandle) -> Option<TextRange> {
    with(app, |state, _| state.cursor.range())
}

/// The words at the cursor, and their language; empty if that is not known.
pub fn words(app: &AppHandle) -> Option<(String, String)> {
    with(app, |state, page| {
        let Stop { leaf, range } = state.cursor.at;
        let words = range.slice(page.article().text()).unwrap_or_default();
        let element = page.element_of(leaf);
        let language = element.as_ref().map(language_of).unwrap_or_default();
        (words.to_owned(), language)
    })
}

/// Moves the cursor, or places it at the first sentence in the window; then says what is there,
/// unless what is there is read `aloud`. False if nothing lies that way.
pub fn go(app: &AppHandle, step: Step, aloud: bool) -> bool {
    let Some(page) = app.page() else { return false };
    let ranges = page.selected();
    if let Some(first) = ranges.first() {
        page.unselect();
        app.send(Action::Select { range: None });
        begin_at(app, &page, stop_of(&page, first.start()));
    } else if !is_active(app) || (!aloud && !step.extends && !is_seen(app)) {
        begin_at(app, &page, first_stop(&page));
        let is_there = with(app, |state, page| {
            heading_level(page.article(), state.cursor.at.leaf).is_some()
        });
        if step.unit == Unit::Heading && is_there == Some(false) {
            move_by(app, step);
        }
    } else if !move_by(app, step) {
        if !aloud {
            say(say!(cursor.no_more)(step.unit, step.forward));
        }
        return false;
    }
    if app.session().chosen.is_some() {
        app.send(Action::Choose { id: None });
    }
    arrive(app, aloud);
    true
}

/// Takes the cursor to where the reader has clicked: it is not shown, and the next step begins there.
pub fn point(app: &AppHandle, byte: Option<u32>) {
    STATE.take();
    hush();
    let page = app.page().map(|page| Rc::downgrade(&page));
    CLICKED.set(page.zip(byte));
}

/// The sentence that was clicked, if it is still in the window, else the first one there.
fn first_stop(page: &Rc<Page>) -> Option<Stop> {
    let clicked = CLICKED.take();
    let clicked = clicked.filter(|(of, _)| of.ptr_eq(&Rc::downgrade(page)));
    let (from, to) = page.legible();
    let is_seen = |byte: &u32| {
        page.top_of(*byte)
            .is_some_and(|top| top > from - 1.0 && top < to)
    };
    let clicked = clicked.map(|(_, byte)| byte).filter(is_seen);
    let stop = clicked.and_then(|byte| stop_of(page, byte));
    stop.or_else(|| first_legible(page))
}

/// Places the cursor at the first sentence in the window if there is none; false if it cannot be.
pub fn begin(app: &AppHandle) -> bool {
    if !is_active(app)
        && let Some(page) = app.page()
    {
        begin_at(app, &page, first_legible(&page));
        arrive(app, true);
    }
    is_active(app)
}

/// Takes the cursor away; the selection by keys goes on from where it was.
pub fn leave(app: &AppHandle) {
    let place = range(app);
    STATE.take();
    hush();
    if let (Some(page), Some(place)) = (app.page(), place) {
        page.place_caret(place.start());
    }
}

/// True if the words at hand run from right to left.
pub fn is_reversed(app: &AppHandle) -> bool {
    let at = with(app, |state, page| page.element_of(state.cursor.at.leaf));
    let element = at.flatten().or_else(|| Some(app.page()?.root().clone()));
    element.is_some_and(|element| runs_left(&element))
}

/// Says something in the live region.
pub fn say(words: &str) {
    with_region(|region| region.say(words));
}

/// Takes back what was said or was to be said.
pub fn hush() {
    with_region(Region::hush);
}

fn with_region(run: impl FnOnce(&Region)) {
    REGION.with_borrow_mut(|region| {
        if region.is_none() {
            *region = Region::add();
        }
        region.iter().next().map(run);
    });
}

/// Does something with the cursor, if it is in the article that is shown.
fn with<T>(app: &AppHandle, run: impl FnOnce(&mut State, &Page) -> T) -> Option<T> {
    let page = app.page()?;
    STATE.with_borrow_mut(|state| {
        let state = state.as_mut()?;
        let is_shown = state.page.ptr_eq(&Rc::downgrade(&page));
        is_shown.then(|| run(state, &page))
    })
}

fn begin_at(app: &AppHandle, page: &Rc<Page>, stop: Option<Stop>) {
    let Some(stop) = stop else { return };
    STATE.take();
    let redraws = {
        let app = app.clone();
        Redraws::of(page.root(), move || {
            if with(&app, show).is_none() {
                // Another article is shown. What is running now must not be dropped.
                app.spawn(async { drop(STATE.take()) });
            }
        })
    };
    STATE.set(Some(State {
        page: Rc::downgrade(page),
        cursor: Cursor::at(stop),
        divided: None,
        shown: None,
        _redraws: redraws,
    }));
}

fn move_by(app: &AppHandle, by: Step) -> bool {
    let moved = with(app, |state, page| {
        let divided = &mut state.divided;
        let next = step(page.article(), &state.cursor, by, &mut |leaf| {
            divide(page, divided, leaf)
        });
        next.map(|next| state.cursor = next)
    });
    moved.flatten().is_some()
}

/// Divides a leaf into sentences, or remembers how it was divided.
fn divide(
    page: &Page,
    divided: &mut Option<(usize, Rc<[TextRange]>)>,
    leaf: usize,
) -> Rc<[TextRange]> {
    if let Some((known, sentences)) = divided
        && *known == leaf
    {
        return sentences.clone();
    }
    let article = page.article();
    let range = article.leaves().get(leaf).map(|leaf| leaf.text);
    let range = range.unwrap_or_else(|| TextRange::new(0, 0));
    let element = page.element_of(leaf);
    let language = element.as_ref().map(language_of).unwrap_or_default();
    let found = sentences(article.text(), range, |words| {
        match segmenter("sentence", &language) {
            Some(segmenter) => ends(&segmenter, words),
            None => vec![words.len()],
        }
    });
    let found: Rc<[TextRange]> = found.into();
    *divided = Some((leaf, found.clone()));
    found
}

fn stop_of(page: &Page, byte: u32) -> Option<Stop> {
    let leaf = page.article().leaf_at(byte)?;
    stop_at(leaf, byte, &mut |leaf| divide(page, &mut None, leaf))
}

/// The first sentence that begins in the window, or the one that fills it.
fn first_legible(page: &Page) -> Option<Stop> {
    let leaf = page.article().leaf_at(page.first_legible())?;
    let (from, to) = page.legible();
    let of = divide(page, &mut None, leaf);
    let is_above =
        |sentence: &TextRange| page.top_of(sentence.start()).is_none_or(|top| top < from);
    let above = of.partition_point(is_above);
    let begins_below = |leaf: usize| {
        let next = page.article().leaves().get(leaf)?;
        page.element_of(leaf)?;
        let top = page.top_of(next.text.start())?;
        (top < to).then_some(next.text.start())
    };
    if let Some(&range) = of.get(above)
        && page.top_of(range.start()).is_some_and(|top| top < to)
    {
        return Some(Stop { leaf, range });
    }
    if above == of.len()
        && let Some(next) = begins_below(leaf + 1)
    {
        return stop_of(page, next);
    }
    let range = *of.get(above.saturating_sub(1))?;
    Some(Stop { leaf, range })
}

/// True if something of the place is in the window.
fn is_seen(app: &AppHandle) -> bool {
    let seen = with(app, |state, page| {
        let (from, to) = page.legible();
        let range = page.range_of(state.cursor.at.range)?;
        let place = range.get_bounding_client_rect();
        Some(place.bottom() > from && place.top() < to)
    });
    seen.flatten().unwrap_or(false)
}

/// Shows where the cursor is; again after each redraw, as a range does not survive that.
fn show(state: &mut State, page: &Page) {
    // First of all the old one is taken away.
    state.shown = None;
    let element = page.element_of(state.cursor.at.leaf);
    let range = page.range_of(state.cursor.range());
    state.shown = Some(Shown::at(range, element));
}

fn arrive(app: &AppHandle, aloud: bool) {
    with(app, |state, page| {
        page.scroll_to(state.cursor.at.range);
        show(state, page);
    });
    match description(app) {
        Some(words) if !aloud => say(&words),
        _ => hush(),
    }
}

/// What is said of the place: its words, and what kind of place it is.
fn description(app: &AppHandle) -> Option<String> {
    let session = app.session();
    with(app, |state, page| {
        let range = state.cursor.range();
        let article = page.article();
        let mut colours: Vec<Colour> = Vec::new();
        let mut has_note = false;
        for placed in session.placements.within(range) {
            if placed.status != AnchorStatus::Replaced {
                if !colours.contains(&placed.annotation.colour) {
                    colours.push(placed.annotation.colour);
                }
                has_note |= !placed.annotation.is_bare();
            }
        }
        let level = heading_level(article, state.cursor.at.leaf);
        let words = range.slice(article.text()).unwrap_or_default();
        say!(cursor.place)(words, level, &colours, has_note)
    })
}
