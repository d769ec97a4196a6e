//! Agreeing: tabs regularly exchange sums of the records that they have, so that none stays behind
//! whatever it has missed. A tab that is alone sends nothing.

use std::cell::{Cell, RefCell};

use super::ports::{Timer, Work};
use super::{App, maintenance};
use crate::model::sync::agreement::{FolderSums, Pair, Rhythm, answer, ask};
use crate::model::sync::record::{Path, RecordKind};
use crate::model::sync::replica::Safety;
use crate::model::sync::store::Refusal;

/// State of this tab's exchange with the others.
#[derive(Default)]
pub(super) struct Agreeing {
    rhythm: Cell<Rhythm>,
    /// Runs until this tab sends its sums again.
    timer: RefCell<Option<Timer>>,
    /// True while the timer is set for a recent change.
    is_soon: Cell<bool>,
    /// True if another tab was heard and so exists, even if the browser cannot tell.
    heard: Cell<bool>,
}

/// Schedules sending this tab's sums soon, because something changed here. Further edits do not
/// delay it.
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
        drop(agreeing.timer.take());
        agreeing.is_soon.set(false);
        there.run(Work::Agree);
    });
    app.0.agreeing.timer.replace(Some(timer));
}

async fn has_others(app: &App) -> bool {
    let others = app.lazy_stores().others(app.replica().id());
    !others.await.is_empty()
}

/// Sends this tab's sums and schedules the next time, unless the tab is alone.
pub async fn say(app: &App) {
    let in_company = app.0.agreeing.heard.take() || has_others(app).await;
    if !in_company || !takes_part(app) {
        return;
    }
    let replica = app.replica();
    let folders = folders(app).into_iter();
    let sums: Vec<Pair> = folders.map(|folder| ask(replica, &folder)).collect();
    app.platform().tell(&sums);
    begin(app);
}

/// Starts the timer unless it is running.
fn begin(app: &App) {
    if app.0.agreeing.timer.borrow().is_none() {
        set_timer(app);
    }
}

/// Handles the sums of other tabs. Starts the timer, since a tab long without sums may be behind.
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

/// The folders that this tab has read completely.
fn folders(app: &App) -> Vec<String> {
    let session = app.session();
    let article = session.article.as_ref().filter(|_| !app.is_loading());
    let notes = article.map(|article| Path::notes_of(&article.id()));
    let articles = Some(RecordKind::Article.folder().to_owned());
    notes.into_iter().chain(articles).collect()
}

/// False if this tab must not spread its records: it is an old build, or all was just deleted.
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
