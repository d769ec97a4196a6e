//! Errands: what takes more than one step, or a while, between the browser and the session.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::hooks::Desk;
use super::keeping;
use super::words;
use crate::browser::worker::ReadError;
use crate::browser::{chaos, files, records, shelf, system, tab};
use crate::model::annotation::AnnotationId;
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::notice::Message;
use crate::model::session::Action;

/// The article that ships with the app.
const BUNDLED: &str = "karpathy-anthropic";
/// What the importer makes of `static/articles/karpathy-anthropic.md`: made beforehand, so that a
/// first visit loads neither the Markdown parser nor the worker. A test keeps the two the same.
const BUNDLED_FILE: &str = "./articles/karpathy-anthropic.json";

/// Shows the article that the address names, else the last one, else the one that ships.
pub fn begin(desk: &Desk) {
    #[cfg(feature = "chaos")]
    super::robot::install(desk);
    keeping::begin(desk);
    let desk = desk.clone();
    spawn_local(async move {
        let wanted = tab::article().or_else(records::last_article);
        let known = |id: &ArticleId| records::article(id).is_some();
        // What localStorage has lost, the journal has.
        let lost = wanted.as_ref().is_some_and(|id| !known(id));
        if lost {
            keeping::look_in_journal(&desk).await;
        }
        let opened = match wanted {
            Some(id) => open_kept(&desk, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&desk).await;
        }
        if !lost {
            keeping::look_in_journal(&desk).await;
        }
        chaos::at("everything-read");
    });
}

/// Opens an article whose text is kept; says whether it is.
pub async fn open_kept(desk: &Desk, id: &ArticleId) -> bool {
    let Some(record) = records::current(id) else {
        return false;
    };
    let text = match &record.digest {
        Some(digest) => shelf::get(digest).await,
        None => None,
    };
    let article = text.as_deref().map(Article::from_json);
    match article.and_then(Result::ok) {
        Some(article) => {
            let bundled = matches!(article.description().source, Source::Bundled(_));
            match text.filter(|_| bundled) {
                Some(text) => show_bundled(desk, article, &text).await,
                // The shelf knows texts; which article's they are, the records know.
                None => show(desk, Rc::new(article.as_version_of(&record.iri)), None),
            }
            true
        }
        None if bundled_id() == *id => {
            open_bundled(desk).await;
            true
        }
        None => {
            desk.tell(Message::TextMissing {
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
pub async fn open_bundled(desk: &Desk) {
    let Some(text) = files::own_file(BUNDLED_FILE).await else {
        desk.tell(Message::OpenFailed {
            why: ReadError::NotLoaded.to_string(),
        });
        return;
    };
    match Article::from_json(&text) {
        Ok(article) => {
            let texts = text_of(&article, text.into());
            keep_and_show(desk, article, texts, None);
        }
        Err(error) => desk.tell(Message::OpenFailed {
            why: error.to_string(),
        }),
    }
}

/// Shows the text of the article that ships with the app as it was kept, unless the app ships a
/// new one.
async fn show_bundled(desk: &Desk, kept: Article, json: &str) {
    let shipped = files::own_file(BUNDLED_FILE).await;
    let shipped = shipped.filter(|shipped| shipped != json);
    let new = shipped.and_then(|shipped| Some((Article::from_json(&shipped).ok()?, shipped)));
    match new {
        Some((article, text)) => {
            let texts = text_of(&article, text.into());
            keep_and_show(desk, article, texts, None);
        }
        None => show(desk, Rc::new(kept), None),
    }
}

/// Shows an article, with the notes that are stored of it.
pub fn show(desk: &Desk, article: Rc<Article>, message: Option<Message>) {
    let id = article.id();
    let (notes, stored) = keeping::begin_loading(desk, &id);
    desk.begin_loading(&id);
    tab::set_article(&id);
    system::document().set_title(&words::page_title(article.title()));
    desk.send(Action::Open {
        article,
        notes,
        message,
    });
    keeping::load_rest(desk, id, stored);
}

/// Shows an article that was just read, and keeps its texts.
pub fn keep_and_show(desk: &Desk, article: Article, texts: Texts, message: Option<Message>) {
    let article = Rc::new(article);
    show(desk, article.clone(), message);
    if !desk.session().read_only {
        records::write_article(&article);
    }
    let desk = desk.clone();
    spawn_local(async move {
        for (digest, json) in &texts {
            system::a_moment().await;
            if shelf::put(digest, json).await.is_err() {
                return desk.tell(Message::Failed {
                    what: words::TEXT_NOT_KEPT.to_owned(),
                });
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

/// Chooses the next or the previous note, and shows it.
pub fn step(desk: &Desk, forward: bool) {
    let from = desk.page().map_or(0, |page| page.first_visible());
    desk.send(Action::Step { forward, from });
    show_chosen(desk, true);
}

/// Brings the chosen note's passage into view, and the focus to its card.
pub fn show_chosen(desk: &Desk, focus_card: bool) {
    let session = desk.session();
    let Some(id) = session.chosen.clone() else {
        return;
    };
    if let (Some(page), Some(range)) = (desk.page(), session.marks.range_of(&id)) {
        page.scroll_to(range);
    }
    if focus_card {
        // The card may be drawn only now that its passage is near.
        system::before_next_frame(move || {
            show_chosen_card();
            focus_on_card(id.as_str());
        });
    }
}

/// Brings the chosen card into view where it stands in a list.
pub fn show_chosen_card() {
    let card = system::document().query_selector(".notes:not(.beside) .card.chosen");
    if let Ok(Some(card)) = card {
        system::scroll_to(&card, false);
    }
}

/// Puts the focus on the card of a note, where it is shown.
pub fn focus_on_card(id: &str) {
    if let Some(card) = card_of(id) {
        system::focus_quietly(&card);
    }
}

/// The same; without a card the focus goes to the notes, so that it is never lost to the page.
pub fn focus_on_card_or_notes(id: Option<&AnnotationId>) {
    let card = id.and_then(|id| card_of(id.as_str()));
    let notes = || system::document().query_selector(".notes").ok().flatten();
    if let Some(element) = card.or_else(notes) {
        system::focus_quietly(&element);
    }
}

/// Removes a note. Where the focus was among the notes it goes to the next card in the list as it is
/// shown, else to the one before, else to the notes themselves.
pub fn remove(desk: &Desk, id: &AnnotationId) {
    let in_notes = system::has_focus(".notes");
    let card = card_of(id.as_str());
    let neighbour = card.and_then(|card| {
        let beside = card.next_element_sibling();
        let beside = beside.or_else(|| card.previous_element_sibling())?;
        AnnotationId::parse(&beside.get_attribute("data-card")?).ok()
    });
    desk.send(Action::Remove { id: id.clone() });
    let session = desk.session();
    if session.notebook.get(id).is_some() {
        return;
    }
    if neighbour.is_some() || !session.query.trim().is_empty() {
        desk.send(Action::Choose { id: neighbour });
    }
    if in_notes {
        let chosen = desk.session().chosen.clone();
        system::before_next_frame(move || focus_on_card_or_notes(chosen.as_ref()));
    }
}

/// Shows which passage and which card belong together, for as long as one is pointed at.
pub fn point_at(desk: &Desk, id: Option<AnnotationId>) {
    let Some(root) = system::root() else { return };
    for card in crate::browser::page::elements(&root, "[data-card][data-active]") {
        let _ = card.remove_attribute("data-active");
    }
    if let Some(id) = &id
        && let Some(card) = card_of(id.as_str())
    {
        let _ = card.set_attribute("data-active", "");
    }
    if let Some(page) = desk.page() {
        let chosen = desk.session().chosen.clone();
        page.set_active(id.into_iter().chain(chosen).collect());
    }
}

fn card_of(id: &str) -> Option<web_sys::Element> {
    let cards = crate::browser::page::elements(&system::root()?, "[data-card]");
    cards
        .into_iter()
        .find(|card| card.get_attribute("data-card").as_deref() == Some(id))
}
