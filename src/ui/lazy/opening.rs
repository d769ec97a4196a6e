//! Opening what a reader gives, and what was opened before.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::app::catalogue::{self, ArticleRecord};
use crate::app::place;
use crate::browser::worker::{self, Reading, Request, Search};
use crate::browser::{bookmarks, files};
use crate::model::article::{Article, ArticleId, Source};
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::page_import::CapturedPage;
use crate::model::session::Action;
use crate::ui::articles::{keep_and_show, open_bundled, open_kept, show, text_of};
use crate::ui::hooks::AppHandle;

/// Most bytes of an article.
const LARGEST_ARTICLE: f64 = 60.0 * 1024.0 * 1024.0;
/// Milliseconds of reading after which the reader is told.
const UNTOLD: u32 = 300;
/// The share of a text that must stand in another one of the same file name for that to count as
/// its new version: less, and notes would be looked for in a text that has nothing to do with them.
const SURVIVAL: f64 = 1.0 / 3.0;

/// Opens an article of the list again.
pub fn open_listed(app: &AppHandle, id: ArticleId) {
    let app = app.clone();
    spawn_local(async move {
        open_kept(&app, &id).await;
    });
}

/// Opens the article that was opened before the present one, or else the one that ships.
pub fn open_another(app: &AppHandle) {
    let opened = |listed: &catalogue::Listed| bookmarks::get(&listed.id).map(|mark| mark.opened);
    let listed = app.records().list_articles();
    let last = listed
        .iter()
        .filter(|listed| listed.record.digest.is_some());
    let last = last.max_by_key(|listed| opened(listed));
    let last = last.map(|listed| listed.id.clone());
    let app = app.clone();
    spawn_local(async move {
        let opened = match last {
            Some(id) => open_kept(&app, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&app).await;
        }
    });
}

/// An article that was read as the version of a known one that it is: of one that has had this very
/// text, or of one that was read from a file of the same name and has enough of its words.
async fn as_known(app: &AppHandle, article: Article) -> Article {
    if let Some(record) = app.records().current(&article.id()) {
        return article.as_version_of(&record.iri);
    }
    let Source::File(name) = &article.description().source else {
        return of_the_same_text(app, article);
    };
    let name = Some(name.clone());
    let article = of_the_same_text(app, article);
    let mut best: Option<(f64, String)> = None;
    let mut records = app.records().articles();
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

fn of_the_same_text(app: &AppHandle, article: Article) -> Article {
    if matches!(
        article.description().source,
        Source::Address(_) | Source::Bundled(_)
    ) {
        return article;
    }
    let mut records = app.records().articles().into_iter();
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
pub fn open_as_version(app: &AppHandle, of: &ArticleId) {
    let open = app.session().article.clone();
    let (Some(open), Some(work)) = (open, app.records().article(of)) else {
        return;
    };
    let from = open.id();
    let article = Rc::new((*open).clone().as_version_of(&work.iri));
    if from == *of || article.id() != *of {
        return;
    }
    if app.session().read_only {
        return app.tell(Message::ReadOnly);
    }
    app.records().join_articles(&from, of);
    app.records().write_article(&article);
    let title = article.title().to_owned();
    show(app, article, Some(Message::Opened { title }));
    app.send(Action::MoveNotes { from });
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
    CapturedPage(Rc<CapturedPage>),
    /// A web address as it was typed.
    Address(String),
}

/// Opens what the reader gives.
pub fn open(app: &AppHandle, given: Given) {
    let app = app.clone();
    spawn_local(async move {
        // What was being read is given up for it.
        worker::stop_reading();
        let telling = Telling::of(&app, &given);
        let selected = match &given {
            Given::CapturedPage(page) => page.selection.clone(),
            _ => String::new(),
        };
        let outcome = read(given, telling.watch()).await;
        drop(telling);
        match outcome {
            Ok(reading) => {
                let Reading {
                    article,
                    cut,
                    fewer,
                    ..
                } = reading;
                let mut texts = text_of(&article, reading.json);
                texts.extend(reading.page);
                let article = as_known(&app, article).await;
                place::want(&app, &article, &selected);
                let title = article.title().to_owned();
                let fewer = fewer.map(Message::Fewer);
                let (message, more) = match (cut, fewer) {
                    (true, fewer) => (Message::OpenedCut { title }, fewer),
                    // That it is open is seen: one line is enough.
                    (false, Some(fewer)) => (fewer, None),
                    (false, None) => (Message::Opened { title }, None),
                };
                keep_and_show(&app, article, texts, Some(message));
                if let Some(more) = more {
                    app.tell(more);
                }
            }
            Err(Failure::Stopped) => {}
            Err(why) => app.tell(Message::OpenFailed { why }),
        }
    });
}

/// Stops what is being read; everything stays as it was.
pub fn stop_reading(app: &AppHandle) {
    if worker::stop_reading() {
        app.tell(Message::Stopped);
    }
}

/// Tells how far reading has come, where it takes a while; no more when it is dropped.
struct Telling {
    app: AppHandle,
    _timeout: Timeout,
}

impl Telling {
    fn of(app: &AppHandle, given: &Given) -> Self {
        let fetched = matches!(given, Given::Address(_));
        let teller = app.clone();
        let timeout = Timeout::new(UNTOLD, move || {
            teller.tell(Message::Reading {
                fetched,
                percent: None,
            });
        });
        Self {
            app: app.clone(),
            _timeout: timeout,
        }
    }

    fn watch(&self) -> worker::Watch {
        let (app, last) = (self.app.clone(), Cell::new(0));
        Rc::new(move |share| {
            let percent = (share * 100.0) as u8;
            if last.replace(percent) != percent {
                let percent = Some(percent);
                app.send(Action::Progress { percent });
            }
        })
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.app.send(Action::Progress { percent: None });
    }
}

async fn read(given: Given, watch: worker::Watch) -> Result<Reading, Failure> {
    let request = match given {
        Given::Address(typed) => return Ok(worker::read_address(&typed, watch).await?),
        Given::File(file) => file_request(&file).await?,
        Given::CapturedPage(page) => Request {
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
    Ok(worker::read(request, watch).await?)
}

async fn file_request(file: &File) -> Result<Request, Failure> {
    let bytes = files::first_bytes(file, LARGEST_ARTICLE).await;
    Ok(Request {
        bytes: bytes?,
        kind: None,
        charset: None,
        source: Source::File(file.name()),
        name: Some(file.name()),
    })
}
