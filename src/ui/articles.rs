//! Opening articles: the one that the address names, the last one, the bundled one; and keeping their texts.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::hooks::AppHandle;
use super::strings;
use crate::app::sync;
use crate::browser::{chaos, files, system, tab, texts};
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::session::Action;

/// The article that ships with the app.
const BUNDLED: &str = "karpathy-anthropic";
/// What the importer makes of `static/articles/karpathy-anthropic.md`: made beforehand, so that a
/// first visit loads neither the Markdown parser nor the worker. A test keeps the two the same.
const BUNDLED_FILE: &str = "./articles/karpathy-anthropic.json";

/// Shows the article that the address names, else the last one, else the one that ships.
pub fn begin(app: &AppHandle) {
    #[cfg(feature = "chaos")]
    super::automation::install(app);
    sync::begin(app);
    let app = app.clone();
    spawn_local(async move {
        let wanted = tab::article().or_else(|| app.records().last_article());
        let known = |id: &ArticleId| app.records().article(id).is_some();
        // What localStorage has lost, the journal has.
        let lost = wanted.as_ref().is_some_and(|id| !known(id));
        if lost {
            sync::look_in_journal(&app).await;
        }
        let opened = match wanted {
            Some(id) => open_kept(&app, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&app).await;
        }
        if !lost {
            sync::look_in_journal(&app).await;
        }
        chaos::at("everything-read");
    });
}

/// Opens an article whose text is kept; says whether it is.
pub async fn open_kept(app: &AppHandle, id: &ArticleId) -> bool {
    let Some(record) = app.records().current(id) else {
        return false;
    };
    let text = match &record.digest {
        Some(digest) => texts::get(digest).await,
        None => None,
    };
    let article = text.as_deref().map(Article::from_json);
    match article.and_then(Result::ok) {
        Some(article) => {
            let bundled = matches!(article.description().source, Source::Bundled(_));
            match text.filter(|_| bundled) {
                Some(text) => show_bundled(app, article, &text).await,
                // The text store knows texts; which article's they are, the records know.
                None => show(app, Rc::new(article.as_version_of(&record.iri)), None),
            }
            true
        }
        None if bundled_id() == *id => {
            open_bundled(app).await;
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
pub async fn open_bundled(app: &AppHandle) {
    let Some(text) = files::own_file(BUNDLED_FILE).await else {
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

/// Shows the text of the article that ships with the app as it was kept, unless the app ships a
/// new one.
async fn show_bundled(app: &AppHandle, kept: Article, json: &str) {
    let shipped = files::own_file(BUNDLED_FILE).await;
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

/// Shows an article, with the notes that are stored of it.
pub fn show(app: &AppHandle, article: Rc<Article>, message: Option<Message>) {
    let id = article.id();
    let (notes, stored) = sync::begin_loading(app, &id);
    app.begin_loading(&id);
    tab::set_article(&id);
    system::document().set_title(&(strings().window_title)(article.title()));
    app.send(Action::Open {
        article,
        notes,
        message,
    });
    sync::load_rest(app, id, stored);
}

/// Shows an article that was just read, and keeps its texts.
pub fn keep_and_show(app: &AppHandle, article: Article, texts: Texts, message: Option<Message>) {
    let article = Rc::new(article);
    show(app, article.clone(), message);
    if !app.session().read_only {
        app.records().write_article(&article);
    }
    let app = app.clone();
    spawn_local(async move {
        for (digest, json) in &texts {
            system::yield_now().await;
            if texts::put(digest, json).await.is_err() {
                return app.tell(Message::TextNotKept);
            }
        }
    });
}

/// Texts to be kept: their digests, and their articles' JSON.
pub type Texts = Vec<(Digest, JsValue)>;

/// An article's own text.
pub fn text_of(article: &Article, json: JsValue) -> Texts {
    vec![(article.digest().clone(), json)]
}
