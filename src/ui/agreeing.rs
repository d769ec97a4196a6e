//! Agreeing: while there are other tabs, this one says now and then what it has, and hears what they
//! have; so none stays behind, whatever it has missed. A tab that is alone says nothing.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::hooks::AppHandle;
use super::maintenance;
use crate::browser::{records, tabs};
use crate::model::sync::agreement::{Pair, Rhythm, Said, answer, ask};
use crate::model::sync::record::{Kind, Path};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;

thread_local! {
    static RHYTHM: Cell<Rhythm> = Cell::new(Rhythm::default());
    /// Until this tab says again what it has.
    static TIMER: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    /// That will be soon.
    static IS_SOON: Cell<bool> = const { Cell::new(false) };
    /// Another tab was heard: it is there, even where the browser cannot tell.
    static HEARD: Cell<bool> = const { Cell::new(false) };
}

/// Something has changed here: soon the others hear what there is. An edit after another does not
/// put that off.
pub fn soon(app: &AppHandle) {
    if !IS_SOON.replace(true) {
        RHYTHM.set(Rhythm::default());
        set_timer(app);
    }
}

fn set_timer(app: &AppHandle) {
    let mut rhythm = RHYTHM.get();
    let wait = rhythm.wait();
    RHYTHM.set(rhythm);
    let app = app.clone();
    let timer = Timeout::new(wait, move || {
        TIMER.take();
        IS_SOON.set(false);
        spawn_local(say(app));
    });
    TIMER.replace(Some(timer));
}

/// Says what this tab has, and will again, unless it is alone.
async fn say(app: AppHandle) {
    let in_company = HEARD.take() || !tabs::others().await.is_empty();
    if !in_company || !takes_part(&app) {
        return;
    }
    let replica = records::replica();
    let folders = folders(&app).into_iter();
    let sums: Vec<Pair> = folders.map(|folder| ask(&replica, &folder)).collect();
    tabs::tell(&sums);
    begin(&app);
}

/// Sets the clock going, unless it goes.
fn begin(app: &AppHandle) {
    if TIMER.with_borrow(Option::is_none) {
        set_timer(app);
    }
}

/// What other tabs have. Whoever has heard no sums for long may still be behind, so the clock goes.
pub fn hear(app: &AppHandle, said: &[Said]) {
    HEARD.set(true);
    begin(app);
    let known = folders(app);
    for said in said.iter().filter(|said| known.contains(&said.folder)) {
        if takes_part(app) {
            tabs::tell(&answer(&records::replica(), said));
        }
    }
}

/// The folders that this tab has read as a whole.
fn folders(app: &AppHandle) -> Vec<String> {
    let session = app.session();
    let article = session.article.as_ref().filter(|_| !app.is_loading());
    let notes = article.map(|article| Path::notes_of(&article.id()));
    let articles = Some(Kind::Article.folder().to_owned());
    notes.into_iter().chain(articles).collect()
}

/// Whether what this tab has is to stay: it may be an old build, or everything was just deleted.
fn takes_part(app: &AppHandle) -> bool {
    let cleared = matches!(
        records::replica().safety(),
        Safety::Failed {
            journal: Refusal::Cleared,
            ..
        }
    );
    !app.session().read_only && !cleared && !maintenance::is_cleared_elsewhere(None, None)
}
