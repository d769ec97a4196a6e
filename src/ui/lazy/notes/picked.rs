//! The notes that are picked from the list, for edits of all of them at once.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};
use yew::Callback;

use super::finding::shown;
use super::pick_tools::{self, Tool};
use crate::app::tagging::progress_of;
use crate::browser::cards;
use crate::browser::system::{NOTES, before_next_frame, find_within, focus};
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::key;
use crate::model::notebook::Notebook;
use crate::model::order::sorted_once;
use crate::model::session::{Action, Session};
use crate::ui::hooks::AppHandle;
use crate::ui::notes::PanelProps;

/// What in a card has a press of its own.
const CONTROLS: &str = "button, a, input, textarea, label";
/// The toolbar of the picked notes.
pub const TOOLBAR: &str = ".picked [role=toolbar]";

thread_local! {
    static PICKED: RefCell<Picked> = RefCell::default();
}

#[derive(Default)]
struct Picked {
    is_on: bool,
    /// True if it goes on without a note, because it was begun by a command.
    stays: bool,
    /// Sorted, each once.
    ids: Vec<AnnotationId>,
    /// The note that was picked last, from which a range goes.
    last: Option<AnnotationId>,
    tool: Option<Tool>,
    /// The notes when it was last looked which of the picked ones are still there.
    notebook: Rc<Notebook>,
    /// Number of them that a search did not show when they were last counted.
    hidden: usize,
    /// Draws the notes anew.
    redraw: Callback<()>,
    /// Shows the notes if they are hidden.
    raise: Option<Callback<()>>,
}

/// True while notes are picked.
pub fn is_on() -> bool {
    PICKED.with_borrow(|picked| picked.is_on)
}

/// Whether a note is picked; `None` while none are.
pub fn state_of(id: &AnnotationId) -> Option<bool> {
    PICKED.with_borrow(|picked| picked.is_on.then(|| picked.ids.binary_search(id).is_ok()))
}

/// The tool whose choices are shown.
pub fn tool() -> Option<Tool> {
    PICKED.with_borrow(|picked| picked.tool)
}

/// Returns the picked notes in the order of their passages.
pub fn notes(session: &Session) -> Vec<Rc<Annotation>> {
    PICKED.with_borrow(|picked| {
        let all = session.placements.annotations();
        let is_picked = |note: &&Rc<Annotation>| picked.ids.binary_search(&note.id).is_ok();
        all.filter(is_picked).cloned().collect()
    })
}

/// Number of picked notes, and of those among them that a search does not show. While an edit goes on
/// in parts, each of which is drawn, they are not counted anew.
pub fn count(session: &Session) -> (usize, usize) {
    let (all, hidden) = PICKED.with_borrow(|picked| (picked.ids.len(), picked.hidden));
    if session.query.trim().is_empty() {
        return (all, 0);
    }
    if progress_of(session).is_some() {
        return (all, hidden.min(all));
    }
    let shown = shown(session);
    let picked = shown.iter().filter(|note| state_of(&note.id) == Some(true));
    let hidden = all - picked.count().min(all);
    PICKED.with_borrow_mut(|picked| picked.hidden = hidden);
    (all, hidden)
}

/// Called when a panel is drawn: forgets notes that are no longer there, and knows how to draw it anew.
pub fn follow(panel: &PanelProps) {
    PICKED.with_borrow_mut(|picked| {
        picked.redraw = panel.on_move.clone();
        picked.raise = (!panel.shown).then(|| panel.on_toggle.clone());
        let session = &panel.session;
        let is_same = Rc::ptr_eq(&picked.notebook, &session.notebook);
        if !picked.is_on || is_same || progress_of(session).is_some() {
            return;
        }
        picked.notebook = session.notebook.clone();
        let before = picked.ids.len();
        let here = session.article.as_ref().map(|article| article.id());
        picked.ids.retain(|id| {
            let note = session.notebook.get(id);
            note.is_some_and(|note| Some(&note.article) == here.as_ref())
        });
        if picked.ids.is_empty() && before > 0 {
            picked.end();
        }
    });
}

impl Picked {
    fn end(&mut self) {
        let (redraw, raise) = (self.redraw.clone(), self.raise.take());
        *self = Self {
            redraw,
            raise,
            ..Self::default()
        };
    }
}

/// Changes what is picked, and draws it. Which note is chosen is no question meanwhile.
fn change(app: &AppHandle, by: impl FnOnce(&mut Picked)) {
    if !is_on() {
        app.send(Action::Leave);
        app.send(Action::Choose { id: None });
    }
    let redraw = PICKED.with_borrow_mut(|picked| {
        picked.is_on = true;
        picked.notebook = app.session().notebook.clone();
        by(picked);
        if picked.ids.is_empty() && !picked.stays {
            picked.end();
        }
        picked.redraw.clone()
    });
    redraw.emit(());
}

/// Shows the notes if they are hidden.
pub fn show_panel() {
    let raise = PICKED.with_borrow_mut(|picked| picked.raise.take());
    raise.iter().for_each(|raise| raise.emit(()));
}

/// Begins to pick notes by presses; the focus goes to the toolbar.
pub fn begin(app: &AppHandle) {
    show_panel();
    change(app, |picked| picked.stays = true);
    before_next_frame(|| focus_toolbar("button"));
}

/// Picks no notes any more. The focus goes to the notes if it was there.
pub fn end(app: &AppHandle) {
    let had_focus = cards::have_focus();
    let redraw = PICKED.with_borrow_mut(|picked| {
        picked.end();
        picked.redraw.clone()
    });
    redraw.emit(());
    if had_focus {
        app.shell().focus_card_or_notes(None);
    }
}

/// Shows the choices of a tool, or of none.
pub fn turn(tool: Option<Tool>) {
    let redraw = PICKED.with_borrow_mut(|picked| {
        picked.tool = tool;
        picked.redraw.clone()
    });
    redraw.emit(());
}

/// Hides the choices of a tool; the focus goes back to its button.
pub fn close_tool() {
    let selector = "button[aria-expanded=true]";
    focus_toolbar(selector);
    turn(None);
}

fn focus_toolbar(button: &str) {
    let button = find_within(NOTES, &format!("{TOOLBAR} {button}"));
    button.iter().for_each(focus);
}

/// Picks a note or lets it go.
pub fn toggle(app: &AppHandle, id: &AnnotationId) {
    change(app, |picked| {
        match picked.ids.binary_search(id) {
            Ok(index) => drop(picked.ids.remove(index)),
            Err(index) => picked.ids.insert(index, id.clone()),
        }
        picked.last = Some(id.clone());
    });
}

/// Picks the notes from the one that was picked last to this one, in the order in which they are
/// shown.
pub fn pick_to(app: &AppHandle, id: &AnnotationId) {
    let shown = shown(&app.session());
    let place = |id: &AnnotationId| shown.iter().position(|note| note.id == *id);
    let last = PICKED.with_borrow(|picked| picked.last.clone());
    let from = last.as_ref().and_then(place);
    let to = place(id);
    let range = match (from, to) {
        (Some(from), Some(to)) => &shown[from.min(to)..=from.max(to)],
        (None, Some(to)) => &shown[to..=to],
        (_, None) => return,
    };
    change(app, |picked| {
        picked.add(range);
        picked.last = last.or_else(|| Some(id.clone()));
    });
}

/// Picks every note that is shown.
pub fn pick_all(app: &AppHandle) {
    let shown = shown(&app.session());
    if !shown.is_empty() {
        change(app, |picked| picked.add(&shown));
    }
}

impl Picked {
    fn add(&mut self, notes: &[Rc<Annotation>]) {
        self.ids.extend(notes.iter().map(|note| note.id.clone()));
        self.ids = sorted_once(&self.ids);
    }
}

/// True if a press on a card is about picking and not about the note.
pub fn is_meant(event: &MouseEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.shift_key();
    (is_on() || held) && !on_control(event)
}

fn on_control(event: &MouseEvent) -> bool {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(CONTROLS).is_ok_and(|found| found.is_some()))
}

/// Picks by a click on a card, which gets the focus.
pub fn click(app: &AppHandle, id: &AnnotationId, event: &MouseEvent) {
    match event.shift_key() {
        true => pick_to(app, id),
        false => toggle(app, id),
    }
    app.shell().focus_card(id);
}

/// Does what a key means for picked notes; false if it means nothing for them now.
pub fn press(app: &AppHandle, event: &KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    if event.alt_key() || event.shift_key() || !(is_on() || cards::have_focus()) {
        return false;
    }
    let pressed = event.key();
    if command {
        let is_all = key::meant(&pressed, &event.code()) == Some('a') && cards::have_focus();
        if is_all {
            pick_all(app);
        }
        return is_all;
    }
    match &*pressed {
        _ if !is_on() => false,
        "Escape" => {
            match tool() {
                Some(_) => close_tool(),
                None => end(app),
            }
            true
        }
        "Delete" if cards::have_focus() => {
            pick_tools::remove(app);
            true
        }
        " " => toggle_focused(app, event),
        _ => false,
    }
}

/// Picks the card that has the focus itself, or lets it go.
fn toggle_focused(app: &AppHandle, event: &KeyboardEvent) -> bool {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let id = target.and_then(|card| card.get_attribute("data-card"));
    let id = id.and_then(|id| AnnotationId::parse(&id).ok());
    id.iter().for_each(|id| toggle(app, id));
    id.is_some()
}
