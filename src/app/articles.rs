//! Shows articles, and stores their texts.

use std::rc::Rc;

use super::ports::{LazyStores, ToRead};
use super::sync::Past;
use super::{App, start, sync};
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::Action;

/// Reads what may have to be read.
pub fn read(app: &App, to_read: ToRead) {
    match to_read {
        // That began when the lazy part came.
        ToRead::Everything => {}
        ToRead::Missed => sync::look_again(app),
        ToRead::Sent(pairs) => sync::hear_sent(app, &pairs),
        ToRead::Written { key, text } => sync::hear_written(app, &key, &text),
    }
}

/// Reads everything that is stored, once: called when the lazy part has come. What is small is read
/// when this returns: notes that other tabs send refer to articles.
pub fn begin(app: &App, stores: Rc<dyn LazyStores>) {
    if app.can_read() {
        return;
    }
    app.enable_reading(stores);
    let done_before = app.session().history.clone();
    if done_before != History::default() {
        let stores = app.lazy_stores();
        stores.keep_history(&History::default(), &done_before);
    }
    sync::read_small(app);
    let there = app.clone();
    app.spawn(async move { read_rest(&there).await });
}

/// Shows the article that is wanted, unless it is shown already, and reads the rest.
async fn read_rest(app: &App) {
    let wanted = start::wanted(app);
    let known = |id: &ArticleId| app.records().article(id).is_some();
    // The journal may still have what localStorage has lost.
    let lost = wanted.as_ref().is_some_and(|id| !known(id));
    if lost {
        sync::look_in_journal(app).await;
    }
    app.0.is_unread.set(false);
    let shown = app.session().article.clone();
    let here = shown
        .as_ref()
        .map(|article| article.id())
        .or(wanted.clone());
    let past = Past::remembered(app, here.as_ref());
    match &shown {
        Some(article) => show_notes(app, article),
        None => show_wanted(app, wanted).await,
    }
    if let Some(past) = past {
        past.remember(app).await;
    }
    if !lost {
        sync::look_in_journal(app).await;
    }
    app.records().articles_are_read();
    if shown.is_some_and(|article| article.id() == start::bundled_id()) {
        keep_shipped(app).await;
    }
    app.platform().pass("everything-read");
}

async fn show_wanted(app: &App, wanted: Option<ArticleId>) {
    let opened = match wanted {
        Some(id) => open_kept(app, &id).await,
        None => false,
    };
    if !opened {
        open_bundled(app);
    }
}

/// Shows the stored notes of the article that is shown.
fn show_notes(app: &App, article: &Article) {
    let id = article.id();
    let (notes, stored) = sync::begin_loading(app, &id);
    app.begin_loading(&id);
    app.send(Action::Loaded { notes });
    sync::load_rest(app, id, stored);
}

/// Stores the bundled article unless it is stored as it is now.
async fn keep_shipped(app: &App) {
    let Some(shipped) = app.platform().shipped() else {
        return;
    };
    let kept = app.lazy_stores().text(shipped.article.digest()).await;
    let is_known = app.records().article(&start::bundled_id()).is_some();
    if !is_known || kept.as_deref() != Some(&*shipped.json) {
        keep(
            app,
            &shipped.article,
            text_of(&shipped.article, shipped.json),
        );
    }
}

/// Opens an article whose text is stored; false if it is not.
pub async fn open_kept(app: &App, id: &ArticleId) -> bool {
    let Some(record) = app.records().current(id) else {
        return false;
    };
    let text = match &record.digest {
        Some(digest) => match app.lazy_stores().text(digest).await {
            Some(text) => Some(text),
            None => app.lazy_stores().text_from_afar(digest).await,
        },
        None => None,
    };
    let article = text.as_deref().map(Article::from_json);
    match article.and_then(Result::ok) {
        Some(article) if matches!(article.description().source, Source::Bundled(_)) => {
            show_bundled(app, article);
            true
        }
        // The text store knows only texts; the records know which article each belongs to.
        Some(article) => {
            show(app, Rc::new(article.as_version_of(&record.iri)), None);
            true
        }
        None if start::bundled_id() == *id => {
            open_bundled(app);
            true
        }
        None => {
            app.tell(Message::TextMissing {
                title: record.title,
            });
            false
        }
    }
}

/// Opens the article that ships with the app.
pub fn open_bundled(app: &App) {
    match app.platform().shipped() {
        Some(shipped) => {
            show(app, shipped.article.clone(), None);
            keep(
                app,
                &shipped.article,
                text_of(&shipped.article, shipped.json),
            );
        }
        None => app.tell(Message::OpenFailed {
            why: Failure::NotLoaded,
        }),
    }
}

/// Shows the bundled article as it is stored, or the new text if the app ships another one.
fn show_bundled(app: &App, kept: Article) {
    let shipped = app.platform().shipped();
    match shipped.filter(|shipped| *shipped.article != kept) {
        Some(_) => open_bundled(app),
        None => show(app, Rc::new(kept), None),
    }
}

/// Shows an article with its stored notes.
pub fn show(app: &App, article: Rc<Article>, message: Option<Message>) {
    let id = article.id();
    let (notes, stored) = sync::begin_loading(app, &id);
    start::draw(app, article, notes, message);
    sync::load_rest(app, id, stored);
}

/// Shows an article that was just read, and stores its texts.
pub fn keep_and_show(app: &App, article: Article, texts: Texts, message: Option<Message>) {
    let article = Rc::new(article);
    show(app, article.clone(), message);
    keep(app, &article, texts);
}

/// Stores the record and the texts of an article.
pub fn keep(app: &App, article: &Article, texts: Texts) {
    if app.session().read_only {
        return;
    }
    app.records().write_article(article);
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        for (digest, json) in texts {
            app.yield_now().await;
            if app.lazy_stores().put_text(&digest, json).await.is_err() {
                return app.tell(Message::TextNotKept);
            }
        }
    });
}

/// Texts to store: their digests and their articles' JSON.
pub type Texts = Vec<(Digest, Rc<str>)>;

/// The article's own text.
pub fn text_of(article: &Article, json: Rc<str>) -> Texts {
    vec![(article.digest().clone(), json)]
}
