//! Errands: what takes more than one step, or a while, between the browser and the session.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::hooks::Desk;
use super::keeping;
use super::reading;
use super::words;
use crate::browser::records::{self, ArticleRecord};
use crate::browser::worker::{self, ReadError, Reading, Request, Search};
use crate::browser::{bookmarks, chaos, files, shelf, system, tab};
use crate::model::annotation::Packed;
use crate::model::article::{Article, ArticleId, Source};
use crate::model::digest::Digest;
use crate::model::handover::Handed;
use crate::model::notice::Message;
use crate::model::order::sorted_once;
use crate::model::session::Action;

/// The article that ships with the app.
const BUNDLED: &str = "karpathy-anthropic";
/// What the importer makes of `static/articles/karpathy-anthropic.md`: made beforehand, so that a
/// first visit loads neither the Markdown parser nor the worker. A test keeps the two the same.
const BUNDLED_FILE: &str = "./articles/karpathy-anthropic.json";
/// Most bytes of an article.
const LARGEST_ARTICLE: f64 = 60.0 * 1024.0 * 1024.0;
/// Most bytes of a file of notes.
const LARGEST_IMPORT: f64 = 50.0 * 1024.0 * 1024.0;
/// Milliseconds of reading after which the reader is told.
const UNTOLD: u32 = 300;
/// The share of a text that must stand in another one of the same file name for that to count as
/// its new version: less, and notes would be looked for in a text that has nothing to do with them.
const SURVIVAL: f64 = 1.0 / 3.0;

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

/// Opens an article of the list again.
pub fn open_listed(desk: &Desk, id: ArticleId) {
    let desk = desk.clone();
    spawn_local(async move {
        open_kept(&desk, &id).await;
    });
}

/// Opens the article that was opened before the present one, or else the one that ships.
pub fn open_another(desk: &Desk) {
    let opened = |listed: &records::Listed| bookmarks::get(&listed.id).map(|mark| mark.opened);
    let listed = records::list_articles();
    let last = listed
        .iter()
        .filter(|listed| listed.record.digest.is_some());
    let last = last.max_by_key(|listed| opened(listed));
    let last = last.map(|listed| listed.id.clone());
    let desk = desk.clone();
    spawn_local(async move {
        let opened = match last {
            Some(id) => open_kept(&desk, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&desk).await;
        }
    });
}

/// Opens an article whose text is kept; says whether it is.
async fn open_kept(desk: &Desk, id: &ArticleId) -> bool {
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

async fn open_bundled(desk: &Desk) {
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

fn keep_and_show(desk: &Desk, article: Article, texts: Texts, message: Option<Message>) {
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
type Texts = Vec<(Digest, JsValue)>;

fn text_of(article: &Article, json: JsValue) -> Texts {
    vec![(article.digest().clone(), json)]
}

/// An article that was read as the version of a known one that it is: of one that has had this very
/// text, or of one that was read from a file of the same name and has enough of its words.
async fn as_known(article: Article) -> Article {
    if let Some(record) = records::current(&article.id()) {
        return article.as_version_of(&record.iri);
    }
    let Source::File(name) = &article.description().source else {
        return of_the_same_text(article);
    };
    let name = Some(name.clone());
    let article = of_the_same_text(article);
    let mut best: Option<(f64, String)> = None;
    let mut records = records::articles();
    records.retain(|record| record.file == name && article.description().work.is_none());
    for record in records {
        let survival = survival(&article, &record).await;
        if survival >= SURVIVAL && best.as_ref().is_none_or(|(most, _)| survival > *most) {
            best = Some((survival, record.iri));
        }
    }
    match best {
        Some((_, iri)) => article.as_version_of(&iri),
        None => article,
    }
}

fn of_the_same_text(article: Article) -> Article {
    if matches!(
        article.description().source,
        Source::Address(_) | Source::Bundled(_)
    ) {
        return article;
    }
    let mut records = records::articles().into_iter();
    match records.find(|record| record.texts().contains(article.digest())) {
        Some(record) => article.as_version_of(&record.iri),
        None => article,
    }
}

/// The share of a known article's latest text that stands in another text.
async fn survival(article: &Article, record: &ArticleRecord) -> f64 {
    let older = record.digest.clone();
    let search = Search {
        article,
        older: older.as_slice(),
        targets: Vec::new(),
    };
    let places = worker::place(&search).await;
    let survival = places.map(|places| places.survival.first().copied().flatten());
    survival.ok().flatten().unwrap_or_default()
}

/// Makes the open article a version of another one: its notes are placed in this text, and what
/// was noted on it before goes with it.
pub fn open_as_version(desk: &Desk, of: &ArticleId) {
    let open = desk.session().article.clone();
    let (Some(open), Some(work)) = (open, records::article(of)) else {
        return;
    };
    let from = open.id();
    let article = Rc::new((*open).clone().as_version_of(&work.iri));
    if from == *of || article.id() != *of {
        return;
    }
    if desk.session().read_only {
        return desk.tell(Message::ReadOnly);
    }
    records::join_articles(&from, of);
    records::write_article(&article);
    let title = article.title().to_owned();
    show(desk, article, Some(Message::Opened { title }));
    desk.send(Action::MoveNotes { from });
}

/// What a reader gives to be opened.
pub enum Given {
    /// A file.
    File(File),
    /// What was pasted or typed, and what it is if the reader has said so.
    Text {
        text: String,
        kind: Option<&'static str>,
    },
    /// A page that was handed over.
    Handed(Rc<Handed>),
    /// A web address as it was typed.
    Address(String),
}

/// Opens what the reader gives.
pub fn open(desk: &Desk, given: Given) {
    let desk = desk.clone();
    spawn_local(async move {
        // What was being read is given up for it.
        worker::stop_reading();
        let telling = Telling::of(&desk, &given);
        let selected = match &given {
            Given::Handed(page) => page.selection.clone(),
            _ => String::new(),
        };
        let outcome = read(given, telling.watch()).await;
        drop(telling);
        match outcome {
            Ok(reading) => {
                let Reading { article, cut, .. } = reading;
                let mut texts = text_of(&article, reading.json);
                texts.extend(reading.page);
                let article = as_known(article).await;
                reading::want(&article, &selected);
                let title = article.title().to_owned();
                let message = if cut {
                    Message::OpenedCut { title }
                } else {
                    Message::Opened { title }
                };
                keep_and_show(&desk, article, texts, Some(message));
            }
            Err(ReadError::Stopped) => {}
            Err(why) => desk.tell(Message::OpenFailed {
                why: without_stop(&why.to_string()),
            }),
        }
    });
}

/// Stops what is being read; everything stays as it was.
pub fn stop_reading(desk: &Desk) {
    if worker::stop_reading() {
        desk.tell(Message::Stopped);
    }
}

/// Tells how far reading has come, where it takes a while; no more when it is dropped.
struct Telling {
    desk: Desk,
    _timeout: Timeout,
}

impl Telling {
    fn of(desk: &Desk, given: &Given) -> Self {
        let what = match given {
            Given::Address(_) => words::FETCHING,
            _ => words::READING,
        };
        let teller = desk.clone();
        let timeout = Timeout::new(UNTOLD, move || {
            teller.tell(Message::Reading {
                what: what.to_owned(),
                percent: None,
            });
        });
        Self {
            desk: desk.clone(),
            _timeout: timeout,
        }
    }

    fn watch(&self) -> worker::Watch {
        let (desk, last) = (self.desk.clone(), Cell::new(0));
        Rc::new(move |share| {
            let percent = (share * 100.0) as u8;
            if last.replace(percent) != percent {
                let percent = Some(percent);
                desk.send(Action::Progress { percent });
            }
        })
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.desk.send(Action::Progress { percent: None });
    }
}

/// Errors are put into a sentence that has a full stop of its own.
fn without_stop(why: &str) -> String {
    why.trim_end_matches('.').to_owned()
}

async fn read(given: Given, watch: worker::Watch) -> Result<Reading, ReadError> {
    let request = match given {
        Given::Address(typed) => return worker::read_address(&typed, watch).await,
        Given::File(file) => file_request(&file).await?,
        Given::Handed(page) => Request {
            bytes: page.html.clone().into_bytes(),
            kind: Some("html"),
            charset: Some("utf-8".to_owned()),
            source: Source::Address(page.url.clone()),
            name: Some(page.title.clone()),
        },
        Given::Text { text, kind } => Request {
            bytes: text.into_bytes(),
            kind,
            charset: Some("utf-8".to_owned()),
            source: Source::Pasted,
            name: None,
        },
    };
    worker::read(request, watch).await
}

async fn file_request(file: &File) -> Result<Request, ReadError> {
    let bytes = files::first_bytes(file, LARGEST_ARTICLE).await;
    Ok(Request {
        bytes: bytes.map_err(|error| ReadError::Refused(error.to_string()))?,
        kind: None,
        charset: None,
        source: Source::File(file.name()),
        name: Some(file.name()),
    })
}

/// A dropped file: notes where it is JSON, else an article.
pub fn take_file(desk: &Desk, file: File) {
    let name = file.name().to_ascii_lowercase();
    if name.ends_with(".json") || name.ends_with(".jsonld") {
        import_notes(desk, file);
    } else {
        open(desk, Given::File(file));
    }
}

/// Reads notes from a file.
pub fn import_notes(desk: &Desk, file: File) {
    let desk = desk.clone();
    spawn_local(async move {
        desk.tell(Message::Busy {
            what: words::READING_NOTES.to_owned(),
        });
        if let Err(why) = try_import(&desk, &file).await {
            desk.tell(Message::ImportFailed {
                why: without_stop(&why),
            });
        }
    });
}

async fn try_import(desk: &Desk, file: &File) -> Result<(), String> {
    let bytes = files::bytes(file, LARGEST_IMPORT)
        .await
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let mut arrivals = worker::decode(&text)
        .await
        .map_err(|error| error.to_string())?;
    let listed = records::list_articles();
    let shelved = listed
        .into_iter()
        .filter(|listed| listed.record.digest.is_some());
    arrivals.shelved = shelved.map(|listed| listed.id).collect();
    let articles: Vec<ArticleId> = arrivals
        .annotations
        .iter()
        .map(|note| note.article.clone())
        .collect();
    let known = sorted_once(&articles)
        .iter()
        .flat_map(records::notes_of)
        .collect();
    desk.send(Action::Import { arrivals, known });
    Ok(())
}

/// Hands the notes of the open article to the reader as a file.
pub fn export(desk: &Desk) {
    let session = desk.session();
    let Some(article) = &session.article else {
        return;
    };
    if session.marks.is_empty() {
        return desk.tell(Message::NothingToExport);
    }
    let notes: Vec<Packed> = session
        .marks
        .annotations()
        .map(|note| note.pack())
        .collect();
    let (desk, article) = (desk.clone(), article.clone());
    spawn_local(async move {
        let message = match worker::encode(&article, &notes, &system::stamp()).await {
            Ok(file) => hand_over(article.title(), &file, notes.len()),
            Err(error) => Message::Failed {
                what: format!("{}.", without_stop(&error.to_string())),
            },
        };
        desk.tell(message);
    });
}

fn hand_over(title: &str, file: &str, notes: usize) -> Message {
    let name = files::file_name(&format!("notes {title}"), "json");
    match files::download(&name, "application/ld+json", file) {
        Ok(()) => Message::Exported { notes },
        Err(_) => Message::Failed {
            what: words::NOT_TAKEN.to_owned(),
        },
    }
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

/// Shows which passage and which card belong together, for as long as one is pointed at.
pub fn point_at(desk: &Desk, id: Option<crate::model::annotation::AnnotationId>) {
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
