//! What keys and commands do with the reading cursor and with what it is at.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{aloud, cursor, ends, notes};
use crate::app::navigation;
use crate::browser::preferences;
use crate::browser::system::stamp;
use crate::model::annotation::{AnnotationId, Colour};
use crate::model::cursor::{Step, Unit};
use crate::model::key;
use crate::model::placements::AnchorStatus;
use crate::model::session::Action;
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;

/// Outside of the article, what uses arrow keys itself or may be pressed by Enter.
const CONTROLS: &str = "a, button, input, summary, nav, [role=slider], [role=menuitem], [role=toolbar], [role=separator]";

/// Handles a key of the chosen passage's ends or of the cursor; false if it is none now.
pub fn key(app: &AppHandle, event: &KeyboardEvent) -> bool {
    if notes::press_picked(app, event) || ends::key(app, event) {
        return true;
    }
    if let Some(step) = step_of(app, event) {
        go(app, step);
        return true;
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let (session, shift) = (app.session(), event.shift_key());
    match &*event.key() {
        "Escape" | "Enter" if shift => false,
        "Escape" if aloud::stop() => true,
        _ if !cursor::is_active(app) || !selects_nothing(app) => false,
        "Escape" if session.chosen.is_none() => {
            cursor::leave(app);
            true
        }
        "Enter" if session.chosen.is_none() && !is_in(event, CONTROLS) => {
            take(app);
            true
        }
        pressed => {
            // Digits and symbols need Shift on some keyboards; letters mean nothing with it.
            let pressed = key::meant(pressed, &event.code())
                .filter(|pressed| !shift || !pressed.is_ascii_alphabetic());
            let letter = pressed.and_then(|pressed| key::own(&preferences::own_keys(), pressed));
            let letter = letter.filter(|_| preferences::letter_keys() && session.writing.is_none());
            letter.is_some_and(|letter| by_letter(app, letter))
        }
    }
}

/// Moves the cursor; a reading aloud follows.
pub fn go(app: &AppHandle, step: Step) {
    let aloud = aloud::is_speaking();
    if cursor::go(app, step, aloud) {
        aloud::follow(app);
    }
}

/// Highlights what the cursor is at.
pub fn highlight(app: &AppHandle, colour: Option<Colour>) {
    if let Some(range) = cursor::range(app) {
        app.send(Action::Select { range: Some(range) });
        app.send(Action::Highlight {
            colour,
            stamp: stamp(),
        });
    }
}

/// Writes on what the cursor is at: on the note that is there, or on a new one.
pub fn write(app: &AppHandle) {
    let Some(range) = cursor::range(app) else {
        return;
    };
    // Nobody writes and listens.
    aloud::rest();
    match note_on(app, |placed| placed == range) {
        Some(id) => app.send(Action::Write { id }),
        None => {
            app.send(Action::Select { range: Some(range) });
            app.send(Action::AddNote { stamp: stamp() });
        }
    }
}

fn step_of(app: &AppHandle, event: &KeyboardEvent) -> Option<Step> {
    let pressed = event.key();
    let (unit, forward) = match &*pressed {
        "ArrowRight" => (Unit::Sentence, true),
        "ArrowLeft" => (Unit::Sentence, false),
        "ArrowDown" => (Unit::Paragraph, true),
        "ArrowUp" => (Unit::Paragraph, false),
        _ => return None,
    };
    let in_article = is_in(event, "article");
    if event.alt_key() || event.meta_key() || (!in_article && is_in(event, CONTROLS)) {
        return None;
    }
    let is_active = cursor::is_active(app);
    // On a chosen note these keys move the ends of its passage.
    let is_free = app.session().chosen.is_none() && selects_nothing(app);
    let is_vertical = unit == Unit::Paragraph;
    let (unit, extends) = match (event.ctrl_key(), event.shift_key()) {
        (false, false) if !is_vertical || is_active || in_article => (unit, false),
        (false, true) if is_active && is_free => (unit, true),
        (true, false) if is_vertical && is_free => (Unit::Heading, false),
        _ => return None,
    };
    let reverse = !is_vertical && cursor::is_reversed(app);
    Some(Step {
        unit,
        forward: forward != reverse,
        extends,
    })
}

fn by_letter(app: &AppHandle, letter: char) -> bool {
    match letter {
        'h' => highlight(app, None),
        // A chosen note is written on, or gets another colour.
        'a' | 'n' if app.session().chosen.is_none() => write(app),
        '1'..='8' if app.session().chosen.is_none() => {
            let number = letter as usize - '1' as usize;
            highlight(app, Colour::ALL.get(number).copied());
        }
        _ => return false,
    }
    true
}

/// Chooses the note that the cursor is at; where there is none, selects the words.
fn take(app: &AppHandle) {
    let Some(range) = cursor::range(app) else {
        return;
    };
    let at = note_on(app, |placed| placed.intersection(range).is_some());
    if let Some(id) = at {
        app.send(Action::Choose { id: Some(id) });
        navigation::show_chosen(app, false);
    } else if let Some(page) = app.page() {
        page.select(range);
    }
}

/// The first note at the cursor whose passage is like this.
fn note_on(app: &AppHandle, is_it: impl Fn(TextRange) -> bool) -> Option<AnnotationId> {
    let session = app.session();
    let mut near = session.placements.within(cursor::range(app)?);
    let found =
        near.find(|placed| placed.status != AnchorStatus::Replaced && is_it(placed.range))?;
    Some(found.annotation.id.clone())
}

fn selects_nothing(app: &AppHandle) -> bool {
    app.page().is_some_and(|page| page.selected().is_empty())
}

fn is_in(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}
