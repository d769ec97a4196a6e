//! The start: shows the bundled article at once if it is the one wanted, listens to other tabs, and
//! has what is stored read. On a first visit nothing is, and what reads is not loaded.

use std::rc::Rc;

use super::ports::{Interruption, LocalNews, ToRead, Work};
use super::{App, maintenance};
use crate::model::annotation::Annotation;
use crate::model::article::{Article, ArticleId};
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::record::{Path, RecordKind};
use crate::model::sync::replica::Origin;
use crate::model::sync::store::Refusal;

/// Name of the article that ships with the app.
const BUNDLED: &str = "karpathy-anthropic";

/// The id of the article that ships with the app.
pub fn bundled_id() -> ArticleId {
    ArticleId::of_iri(&format!("urn:postil:article:{BUNDLED}"))
}

/// The article named by the address, or else the one opened last.
pub fn wanted(app: &App) -> Option<ArticleId> {
    let named = app.platform().article();
    named.or_else(|| app.records().last_article())
}

/// Starts: shows the bundled article unless another one is wanted, and has the stores read unless
/// there is nothing in them.
pub fn begin(app: &App) {
    listen(app);
    let is_wanted = wanted(app).is_none_or(|id| id == bundled_id());
    let shipped = is_wanted.then(|| app.platform().shipped()).flatten();
    app.0.is_unread.set(!app.platform().is_unused());
    app.records().await_articles();
    if let Some(shipped) = &shipped {
        draw(app, shipped.article.clone(), Vec::new(), None);
    }
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        match shipped {
            // The article is kept once there is something to be kept with it.
            Some(shipped) if is_first_visit(&app).await && !app.can_read() => {
                app.records().articles_are_read();
                let session = app.session();
                let notes = session.notebook.iter();
                notes.for_each(|note| app.records().mention_article(note));
                app.end_loading(&shipped.article.id());
            }
            _ => app.run(Work::Read(ToRead::Everything)),
        }
    });
}

/// Listens to other tabs, and tells of stores that cannot be used.
pub fn listen(app: &App) {
    maintenance::begin(app);
    if app.platform().has_newer() {
        app.send(Action::OnlyRead);
    }
    if let Err(why) = app.platform().check_local() {
        app.replica().refuses(Origin::Local, why);
    }
    app.show_safety();
    let there = app.clone();
    app.platform().join(
        app.replica().id(),
        Rc::new(move |sent| there.run(Work::Read(ToRead::Sent(sent)))),
    );
    let there = app.clone();
    app.platform().watch_journal(Rc::new(move |interruption| {
        interrupted(&there, interruption);
    }));
}

/// True if nothing is stored here, or nothing can be.
async fn is_first_visit(app: &App) -> bool {
    if !app.platform().is_unused() {
        return false;
    }
    match app.platform().is_journal_empty().await {
        Ok(is_empty) => is_empty,
        Err(Refusal::Newer) => {
            app.send(Action::OnlyRead);
            true
        }
        Err(why) => {
            app.replica().refuses(Origin::Journal, why);
            true
        }
    }
}

/// Shows an article with the notes on it that are known; others are being read from now on.
pub fn draw(app: &App, article: Rc<Article>, notes: Vec<Annotation>, message: Option<Message>) {
    let id = article.id();
    app.begin_loading(&id);
    app.platform().show_article(&id);
    app.shell().show_title(article.title());
    app.send(Action::Open {
        article,
        notes,
        message,
    });
}

/// Handles what another tab did to localStorage.
pub fn hear_local(app: &App, news: Option<LocalNews>) {
    if news == Some(LocalNews::Deleted) {
        return app.platform().restart();
    }
    if maintenance::is_cleared_elsewhere(app) {
        return;
    }
    let Some(news) = news else { return };
    match news {
        LocalNews::Written { key, text } => app.run(Work::Read(ToRead::Written { key, text })),
        _ if app.session().read_only => {}
        // No tab of ours removes a note without a tombstone.
        LocalNews::Gone(path) => app.replica().restore_one(&path),
        LocalNews::Cleared => app.replica().restore(Origin::Local),
        LocalNews::Deleted => {}
    }
}

fn interrupted(app: &App, interruption: Interruption) {
    if maintenance::is_cleared_elsewhere(app) {
        return;
    }
    match interruption {
        Interruption::TakenOver => app.send(Action::OnlyRead),
        Interruption::Gone if app.session().read_only => {}
        // If localStorage is empty too, the data was deleted on purpose.
        Interruption::Gone if app.platform().is_local_empty() => app.replica().cleared(),
        Interruption::Gone => app.replica().restore(Origin::Journal),
    }
}

/// Has read what the tab may have missed; called when it comes to the front.
pub fn look_again(app: &App) {
    if app.can_read() {
        return app.run(Work::Read(ToRead::Missed));
    }
    let stored = app.platform().live_paths(RecordKind::Note.folder());
    let is_known = |path: &Path| app.replica().get(path).is_some();
    if !stored.iter().all(is_known) {
        app.run(Work::Read(ToRead::Everything));
    }
}
