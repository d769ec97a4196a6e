//! Agreeing: while there are other tabs, this one says now and then what it has, and hears what they
//! have; so none stays behind, whatever it has missed. A tab that is alone says nothing.

use std::cell::{Cell, RefCell};

use super::ports::Timer;
use super::{App, maintenance};
use crate::model::sync::agreement::{FolderSums, Pair, Rhythm, answer, ask};
use crate::model::sync::record::{Path, RecordKind};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;

/// What a tab remembers of its talks with others.
#[derive(Default)]
pub(super) struct Agreeing {
    rhythm: Cell<Rhythm>,
    /// Runs until this tab says again what it has.
    timer: RefCell<Option<Timer>>,
    /// That will be soon.
    is_soon: Cell<bool>,
    /// Another tab was heard: it is there, even if the browser cannot tell.
    heard: Cell<bool>,
}

/// Something has changed here: soon the others hear what there is. An edit after another does not
/// put that off.
pub fn soon(app: &App) {
    if !app.0.agreeing.is_soon.replace(true) {
        app.0.agreeing.rhythm.set(Rhythm::default());
        set_timer(app);
    }
}

fn set_timer(app: &App) {
    let mut rhythm = app.0.agreeing.rhythm.get();
    let wait = rhythm.wait();
    app.0.agreeing.rhythm.set(rhythm);
    let there = app.clone();
    let timer = app.after(wait, move || {
        let agreeing = &there.0.agreeing;
        if let Some(over) = agreeing.timer.take() {
            over.forget();
        }
        agreeing.is_soon.set(false);
        there.spawn(say(there.clone()));
    });
    app.0.agreeing.timer.replace(Some(timer));
}

async fn has_others(app: &App) -> bool {
    let others = app.platform().others(app.replica().id());
    !others.await.is_empty()
}

/// Says what this tab has, and will again, unless it is alone.
async fn say(app: App) {
    let in_company = app.0.agreeing.heard.take() || has_others(&app).await;
    if !in_company || !takes_part(&app) {
        return;
    }
    let replica = app.replica();
    let folders = folders(&app).into_iter();
    let sums: Vec<Pair> = folders.map(|folder| ask(replica, &folder)).collect();
    app.platform().tell(&sums);
    begin(&app);
}

/// Sets the clock going, unless it goes.
fn begin(app: &App) {
    if app.0.agreeing.timer.borrow().is_none() {
        set_timer(app);
    }
}

/// What other tabs have. Whoever has heard no sums for long may still be behind, so the clock goes.
pub fn hear(app: &App, said: &[FolderSums]) {
    app.0.agreeing.heard.set(true);
    begin(app);
    let known = folders(app);
    for said in said.iter().filter(|said| known.contains(&said.folder)) {
        if takes_part(app) {
            app.platform().tell(&answer(app.replica(), said));
        }
    }
}

/// The folders that this tab has read as a whole.
fn folders(app: &App) -> Vec<String> {
    let session = app.session();
    let article = session.article.as_ref().filter(|_| !app.is_loading());
    let notes = article.map(|article| Path::notes_of(&article.id()));
    let articles = Some(RecordKind::Article.folder().to_owned());
    notes.into_iter().chain(articles).collect()
}

/// Whether what this tab has is to stay: it may be an old build, or everything was just deleted.
fn takes_part(app: &App) -> bool {
    let cleared = matches!(
        app.replica().safety(),
        Safety::Failed {
            journal: Refusal::Cleared,
            ..
        }
    );
    !app.session().read_only && !cleared && !maintenance::is_cleared_elsewhere(app)
}
