//! Opens what a reader provides, and reopens earlier articles.

use std::cell::Cell;
use std::rc::Rc;

use super::articles::{keep_and_show, open_bundled, open_kept, show, text_of};
use super::catalogue::{ArticleRecord, Listed};
use super::engine::{Reading, Search, Watch};
use super::place;
use super::ports::{BoxFuture, LazyPlatform, Timer};
use super::{App, importing};
use crate::import::Input;
use crate::model::article::{Article, ArticleId, Source};
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::session::Action;

/// Milliseconds of reading after which the reader is told about it.
const UNTOLD: u32 = 300;
/// The share of a text that another text of the same file name must contain to count as its new
/// version. With less, notes would be looked for in an unrelated text.
const SURVIVAL: f64 = 1.0 / 3.0;

/// Opens an article from the list again.
pub fn open_listed(app: &App, id: ArticleId) {
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        open_kept(&app, &id).await;
    });
}

/// Opens the article opened before the current one, or else the bundled one.
pub fn open_another(app: &App) {
    let opened = |listed: &Listed| app.platform().bookmark(&listed.id).map(|mark| mark.opened);
    let listed = app.records().list_articles();
    let last = listed
        .iter()
        .filter(|listed| listed.record.digest.is_some());
    let last = last.max_by_key(|listed| opened(listed));
    let last = last.map(|listed| listed.id.clone());
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        let opened = match last {
            Some(id) => open_kept(&app, &id).await,
            None => false,
        };
        if !opened {
            open_bundled(&app);
        }
    });
}

/// Returns the article as a version of a known one, if it is one: of an article that has had this
/// very text, or one read from a file of the same name and sharing enough of its words.
async fn as_known(app: &App, platform: &dyn LazyPlatform, article: Article) -> Article {
    if let Some(record) = app.records().current(&article.id()) {
        return article.as_version_of(&record.iri);
    }
    let Source::File(name) = &article.description().source else {
        return of_the_same_text(app, article);
    };
    let name = Some(name.clone());
    let article = of_the_same_text(app, article);
    let article = Rc::new(article);
    let mut best: Option<(f64, String)> = None;
    let mut records = app.records().articles();
    records.retain(|record| record.file == name && article.description().work.is_none());
    for record in records {
        let survival = survival(platform, &article, &record).await;
        if survival >= SURVIVAL && best.as_ref().is_none_or(|(most, _)| survival > *most) {
            best = Some((survival, record.iri));
        }
    }
    let article = Rc::unwrap_or_clone(article);
    match best {
        Some((_, iri)) => article.as_version_of(&iri),
        None => article,
    }
}

fn of_the_same_text(app: &App, article: Article) -> Article {
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

/// The share of a known article's latest text that another text contains.
async fn survival(
    platform: &dyn LazyPlatform,
    article: &Rc<Article>,
    record: &ArticleRecord,
) -> f64 {
    let search = Search {
        article: article.clone(),
        older: record.digest.iter().cloned().collect(),
        targets: Vec::new(),
    };
    let places = platform.engine().place(search).await;
    let survival = places.map(|places| places.survival.first().copied().flatten());
    survival.ok().flatten().unwrap_or_default()
}

/// Makes the open article a version of another one, whose notes are then placed in this text. Notes
/// made on the open article before move along.
pub fn open_as_version(app: &App, of: &ArticleId) {
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

/// What to open.
pub enum Request {
    /// An input, once it is available.
    Input(BoxFuture<Result<Input, Failure>>),
    /// A web address as it was typed.
    Address(String),
}

/// Opens what a reader provides.
///
/// `selected` is the text selected on the originating page; the article opens there.
pub fn open(app: &App, platform: Rc<dyn LazyPlatform>, request: Request, selected: String) {
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        // A read in progress is abandoned for this one.
        platform.engine().stop_reading();
        let telling = Telling::of(&app, &request);
        let outcome = read(&*platform, request, telling.watch()).await;
        drop(telling);
        match outcome {
            Ok(reading) => {
                let Reading {
                    article,
                    cut,
                    fewer,
                    notes,
                    ..
                } = reading;
                let mut texts = text_of(&article, reading.json);
                texts.extend(reading.page);
                let article = as_known(&app, &*platform, article).await;
                place::want(&app, &article, &selected);
                let title = article.title().to_owned();
                let fewer = fewer.map(Message::Fewer);
                let (message, more) = match (cut, fewer) {
                    (true, fewer) => (Message::OpenedCut { title }, fewer),
                    // The reader sees that it is open: one message is enough.
                    (false, Some(fewer)) => (fewer, None),
                    (false, None) => (Message::Opened { title }, None),
                };
                keep_and_show(&app, article, texts, Some(message));
                if let Some(more) = more {
                    app.tell(more);
                }
                if !notes.is_empty() {
                    importing::take_agreed(&app, &platform, notes).await;
                }
            }
            Err(Failure::Stopped) => {}
            Err(why) => app.tell(Message::OpenFailed { why }),
        }
    });
}

/// Stops the read in progress; everything stays as it was.
pub fn stop_reading(app: &App, platform: &dyn LazyPlatform) {
    if platform.engine().stop_reading() {
        app.tell(Message::Stopped);
    }
}

/// Reports reading progress if it takes a while, until it is dropped.
struct Telling {
    app: App,
    _timer: Timer,
}

impl Telling {
    fn of(app: &App, request: &Request) -> Self {
        let fetched = matches!(request, Request::Address(_));
        let teller = app.clone();
        let timer = app.after(UNTOLD, move || {
            teller.tell(Message::Reading {
                fetched,
                percent: None,
            });
        });
        Self {
            app: app.clone(),
            _timer: timer,
        }
    }

    fn watch(&self) -> Watch {
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

async fn read(
    platform: &dyn LazyPlatform,
    request: Request,
    watch: Watch,
) -> Result<Reading, Failure> {
    match request {
        Request::Address(typed) => platform.engine().read_address(&typed, watch).await,
        Request::Input(input) => platform.engine().read(input.await?, watch).await,
    }
}
