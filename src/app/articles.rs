//! Shows articles (the one named by the address, the last one opened, or the bundled one) and
//! stores their texts.

use std::rc::Rc;

use super::{App, sync};
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::session::Action;

/// Name of the article that ships with the app.
const BUNDLED: &str = "karpathy-anthropic";

/// Shows the article named by the address, else the last one, else the bundled one.
pub fn begin(app: &App) {
    sync::begin(app);
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        let wanted = app
            .platform()
            .article()
            .or_else(|| app.records().last_article());
        let known = |id: &ArticleId| app.records().article(id).is_some();
        // The journal may still have what localStorage has lost.
        let lost = wanted.as_ref().is_some_and(|id| !known(id));
        if lost {
            sync::look_in_journal(&app).await;
        }
        let opened = match wanted {
            Some(id) => open_kept(&app, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&app);
        }
        if !lost {
            sync::look_in_journal(&app).await;
        }
        app.platform().pass("everything-read");
    });
}

/// Opens an article whose text is stored; false if it is not.
pub async fn open_kept(app: &App, id: &ArticleId) -> bool {
    let Some(record) = app.records().current(id) else {
        return false;
    };
    let text = match &record.digest {
        Some(digest) => app.platform().text(digest).await,
        None => None,
    };
    let article = text.as_deref().map(Article::from_json);
    match article.and_then(Result::ok) {
        Some(article) => {
            let bundled = matches!(article.description().source, Source::Bundled(_));
            match text.filter(|_| bundled) {
                Some(text) => show_bundled(app, article, &text),
                // The text store knows only texts; the records know which article each belongs to.
                None => show(app, Rc::new(article.as_version_of(&record.iri)), None),
            }
            true
        }
        None if bundled_id() == *id => {
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

fn bundled_id() -> ArticleId {
    ArticleId::of_iri(&format!("urn:postil:article:{BUNDLED}"))
}

/// Opens the article that ships with the app.
pub fn open_bundled(app: &App) {
    let Some(text) = app.platform().shipped() else {
        app.tell(Message::OpenFailed {
            why: Failure::NotLoaded,
        });
        return;
    };
    match Article::from_json(&text) {
        Ok(article) => {
            let texts = text_of(&article, text.into());
            keep_and_show(app, article, texts, None);
        }
        Err(error) => app.tell(Message::OpenFailed { why: error.into() }),
    }
}

/// Shows the stored text of the bundled article, or the new text if the app ships another one.
fn show_bundled(app: &App, kept: Article, json: &str) {
    let shipped = app.platform().shipped();
    let shipped = shipped.filter(|shipped| shipped != json);
    let new = shipped.and_then(|shipped| Some((Article::from_json(&shipped).ok()?, shipped)));
    match new {
        Some((article, text)) => {
            let texts = text_of(&article, text.into());
            keep_and_show(app, article, texts, None);
        }
        None => show(app, Rc::new(kept), None),
    }
}

/// Shows an article with its stored notes.
pub fn show(app: &App, article: Rc<Article>, message: Option<Message>) {
    let id = article.id();
    let (notes, stored) = sync::begin_loading(app, &id);
    app.begin_loading(&id);
    app.platform().show_article(&id);
    app.shell().show_title(article.title());
    app.send(Action::Open {
        article,
        notes,
        message,
    });
    sync::load_rest(app, id, stored);
}

/// Shows an article that was just read, and stores its texts.
pub fn keep_and_show(app: &App, article: Article, texts: Texts, message: Option<Message>) {
    let article = Rc::new(article);
    show(app, article.clone(), message);
    if !app.session().read_only {
        app.records().write_article(&article);
    }
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        for (digest, json) in texts {
            app.yield_now().await;
            if app.platform().put_text(&digest, json).await.is_err() {
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
