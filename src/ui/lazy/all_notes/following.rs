//! What the room "All notes" knows: first what the tab knows already, then everything that is stored,
//! and from then on whatever is written here or in another tab.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::everything::{Everything, day_of_note};
use crate::app::all_notes::{self, Survey};
use crate::browser::system::{after, yield_now};
use crate::browser::tabs::Overhearing;
use crate::model::notebook::Notebook;
use crate::ui::hooks::{AppHandle, use_window_event};

/// Milliseconds after which what another tab has said is taken in: the program hears it first.
const SOON: u32 = 100;

/// What is known.
#[derive(Clone, PartialEq)]
pub struct Known {
    /// The notes; `None` until there are any, or all are read.
    pub everything: Option<Rc<Everything>>,
    /// True if a search finds their words.
    pub is_folded: bool,
    /// True while others may still be read.
    pub is_reading: bool,
}

/// The notes of the session; other ones unless it is the same notebook.
#[derive(Clone)]
struct Seen(Rc<Notebook>);

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Follows the notes for as long as the room is open.
struct Follower {
    app: AppHandle,
    show: UseStateSetter<Known>,
    survey: RefCell<Survey>,
    everything: RefCell<Option<Rc<Everything>>>,
    is_reading: Cell<bool>,
    is_open: Cell<bool>,
    /// True while notes are taken in, and if they are to be looked at again after that.
    is_busy: Cell<bool>,
    again: Cell<bool>,
    /// True while the notes are to be looked at soon, and if soon again.
    is_waiting: Cell<bool>,
    soon_again: Cell<bool>,
}

/// Returns what is known of the notes of all articles, and redraws when that is more.
#[hook]
pub fn use_everything(app: &AppHandle) -> Known {
    let known = use_state_eq(|| Known {
        everything: None,
        is_folded: false,
        is_reading: true,
    });
    let follower = use_memo((), |()| Rc::new(Follower::new(app, known.setter())));
    use_effect_with((), {
        let follower = (*follower).clone();
        move |()| {
            follower.begin();
            let there = follower.clone();
            let overhearing = Overhearing::begin(move || there.look_soon());
            move || {
                drop(overhearing);
                follower.is_open.set(false);
            }
        }
    });
    use_effect_with(Seen(app.session().notebook.clone()), {
        let follower = (*follower).clone();
        move |_| follower.look()
    });
    use_window_event("storage", {
        let follower = (*follower).clone();
        Rc::new(move |_| follower.look_soon())
    });
    (*known).clone()
}

impl Follower {
    fn new(app: &AppHandle, show: UseStateSetter<Known>) -> Self {
        Self {
            app: app.clone(),
            show,
            survey: RefCell::default(),
            everything: RefCell::default(),
            is_reading: Cell::new(true),
            is_open: Cell::new(true),
            is_busy: Cell::default(),
            again: Cell::default(),
            is_waiting: Cell::default(),
            soon_again: Cell::default(),
        }
    }

    /// Shows what is known, and then what is stored.
    fn begin(self: &Rc<Self>) {
        self.is_busy.set(true);
        let there = self.clone();
        spawn_local(async move {
            there.take_in().await;
            there.is_busy.set(false);
            there.look();
            all_notes::read(&there.app).await;
            there.is_reading.set(false);
            there.look();
        });
    }

    /// Takes in what is known by now.
    fn look(self: &Rc<Self>) {
        self.again.set(true);
        if self.is_busy.replace(true) {
            return;
        }
        let there = self.clone();
        spawn_local(async move {
            while there.again.take() && there.is_open.get() {
                there.take_in().await;
            }
            there.is_busy.set(false);
        });
    }

    /// Takes in what another tab has said, as soon as the program has.
    fn look_soon(self: &Rc<Self>) {
        if self.is_waiting.replace(true) {
            return self.soon_again.set(true);
        }
        let there = self.clone();
        after(SOON, move || {
            there.is_waiting.set(false);
            if there.is_open.get() {
                there.look();
            }
            if there.soon_again.take() {
                there.look_soon();
            }
        });
    }

    async fn take_in(&self) {
        let mut survey = self.survey.take();
        let is_new = survey.follow(&self.app, &day_of_note).await;
        let is_first = self.everything.borrow().is_none();
        if is_new || is_first {
            yield_now().await;
            let everything = Rc::new(Everything::of(&self.app, &survey));
            // To find and to draw them is a task of its own, and so is to fold their words.
            yield_now().await;
            if is_first {
                self.everything.replace(Some(everything.clone()));
                self.show(false);
                yield_now().await;
            }
            everything.fold().await;
            self.everything.replace(Some(everything));
        }
        self.survey.replace(survey);
        self.show(true);
    }

    fn show(&self, is_folded: bool) {
        let is_reading = self.is_reading.get();
        let everything = self.everything.borrow().clone();
        // Nobody is told that there are no notes before that is known.
        let is_known = |it: &Rc<Everything>| !(is_reading && it.all.entries().is_empty());
        if self.is_open.get() {
            self.show.set(Known {
                everything: everything.filter(is_known),
                is_folded,
                is_reading,
            });
        }
    }
}
