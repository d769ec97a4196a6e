//! Keeping: reads both stores when an article is opened and when the tab comes to the front, hears
//! what other tabs write, and says which store refuses.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::hooks::AppHandle;
use super::{agreeing, maintenance};
use crate::browser::journal::Interruption;
use crate::browser::local::{self, News};
use crate::browser::records::{self, Stored};
use crate::browser::{chaos, system, tab, tabs};
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::history::History;
use crate::model::notice::Message;
use crate::model::session::Action;
use crate::model::sync::agreement::Heard;
use crate::model::sync::record::{Kind, Path, Record};
use crate::model::sync::replica::Origin;
use crate::model::sync::store::Refusal;

/// Milliseconds of reading stored notes at a time.
const SLICE: f64 = 12.0;
/// Milliseconds until a journal that failed is read again.
const AGAIN_AFTER: u32 = 5_000;
/// What is small, and read whole at the start.
const SMALL: [Kind; 2] = [Kind::Article, Kind::Draft];

/// Begins to keep: reads what is small from localStorage, hears other tabs.
pub fn begin(app: &AppHandle) {
    maintenance::begin();
    records::listen({
        let app = app.clone();
        Rc::new(move || app.show_safety())
    });
    for kind in SMALL {
        records::begin_reading(kind.folder()).take_all();
    }
    if local::has_newer() {
        app.send(Action::OnlyRead);
    }
    if let Err(why) = local::check() {
        records::replica().refuses(Origin::Local, why);
    }
    app.show_safety();
    app.send(Action::Remembered {
        history: tab::history(),
        drafts: Vec::new(),
    });
    records::listen_for_news({
        let app = app.clone();
        Rc::new(move |news| show_read(&app, news))
    });
    tabs::join({
        let app = app.clone();
        Rc::new(move |heard: Heard| {
            hear(&app, heard.records);
            agreeing::hear(&app, &heard.said);
        })
    });
    records::journal().listen({
        let app = app.clone();
        Rc::new(move |interruption| interrupted(&app, interruption))
    });
}

/// Reads what is small from the journal too: then everything is known that there is.
pub async fn look_in_journal(app: &AppHandle) {
    let mut damaged = 0;
    for kind in SMALL {
        let mut stored = records::begin_reading(kind.folder());
        stored.take_all();
        match records::read_journal(kind.folder()).await {
            Ok((_, unread)) => damaged += unread,
            Err(Refusal::Newer) => return app.send(Action::OnlyRead),
            Err(why) => {
                records::replica().refuses(Origin::Journal, why);
                break;
            }
        }
        if !app.session().read_only {
            damaged += stored.set_aside();
            records::finish_reading(kind.folder());
        }
    }
    tell_set_aside(app, damaged);
    maintenance::schedule_daily(app);
    app.send(Action::Remembered {
        history: History::default(),
        drafts: records::drafts().await,
    });
}

fn tell_set_aside(app: &AppHandle, records: usize) {
    if records > 0 {
        app.tell(Message::SetAside { records });
    }
}

/// The first notes of an article, and the rest, which is read without holding up the page.
pub fn begin_loading(app: &AppHandle, id: &ArticleId) -> (Vec<Annotation>, Stored) {
    let folder = Path::notes_of(id);
    let mut stored = records::begin_reading(&folder);
    // What an import or a look at everything has brought is known, and not in the notebook yet.
    let mut news = records::replica().folder(&folder);
    let session = app.session();
    news.retain(|record| {
        let note = record.path().note();
        note.is_some_and(|(_, id)| session.notebook.get(&id).is_none())
    });
    news.extend(slice(&mut stored));
    (records::records().live_notes(&news), stored)
}

fn slice(stored: &mut Stored) -> Vec<Rc<Record>> {
    let start = system::milliseconds();
    let mut news = Vec::new();
    while let Some(more) = stored.take_one() {
        news.extend(more);
        if system::milliseconds() - start > SLICE {
            break;
        }
    }
    news
}

/// Reads the rest of an article's notes, from localStorage and then from the journal.
pub fn load_rest(app: &AppHandle, id: ArticleId, stored: Stored) {
    let app = app.clone();
    spawn_local(async move {
        if let Some(damaged) = read_both(&app, &id, stored).await {
            tell_set_aside(&app, damaged);
        }
        app.end_loading(&id);
        chaos::at("notes-read");
    });
}

/// Reads both stores for an open article, and gives each what it lacks; `None` where another
/// article was opened meanwhile.
async fn read_both(app: &AppHandle, id: &ArticleId, mut stored: Stored) -> Option<usize> {
    let mut news = Vec::new();
    loop {
        let more = slice(&mut stored);
        if more.is_empty() && stored.is_done() {
            break;
        }
        news.extend(more);
        system::yield_now().await;
        if !is_open(app, id) {
            return None;
        }
    }
    take_in(app, &news, true);
    app.end_loading(id);
    let folder = Path::notes_of(id);
    let read = records::read_journal(&folder).await;
    if matches!(read, Err(Refusal::Failed)) {
        look_again_later(app);
    }
    let (news, unread) = read.unwrap_or_default();
    take_in(app, &news, false);
    // Whoever else has read meanwhile has taken what would have been news here; and a read that
    // failed may have brought something before it did.
    show_known(app);
    if app.session().read_only {
        return Some(0);
    }
    let damaged = stored.set_aside() + unread;
    records::finish_reading(&folder);
    Some(damaged)
}

fn is_open(app: &AppHandle, id: &ArticleId) -> bool {
    let session = app.session();
    let open = session.article.as_ref();
    open.is_some_and(|article| article.id() == *id)
}

/// Takes what is new into the session; `always`: also where there is nothing.
fn take_in(app: &AppHandle, news: &[Rc<Record>], always: bool) {
    // What was read first may have been edited since.
    let replica = records::replica();
    let now = news.iter().filter_map(|record| replica.get(record.path()));
    let news: &Vec<Rc<Record>> = &now.collect();
    let gone: Vec<_> = records::records()
        .news_of(news)
        .into_iter()
        .filter(|(_, note)| note.is_none())
        .collect();
    if !gone.is_empty() {
        app.send(Action::Received { news: gone });
    }
    let notes = records::records().live_notes(news);
    if always || !notes.is_empty() {
        app.send(Action::Loaded { notes });
    }
}

/// Shows what was read, whatever it was read for: at once, since an edit goes on top of what was
/// read, and what the reader has not seen must not be lost under it. What a tab knows and does not
/// show it would never show: from another tab it is no news any more.
fn show_read(app: &AppHandle, news: &[Rc<Record>]) {
    let session = app.session();
    // What is still being read comes in slices.
    let open = session.article.as_ref().filter(|_| !app.is_loading());
    let open = open.map(|article| article.id());
    let matters = |record: &&Rc<Record>| {
        let note = record.path().note();
        note.is_some_and(|(article, id)| match session.notebook.get(&id) {
            Some(present) => present.article == article,
            None => record.is_live() && Some(article) == open,
        })
    };
    let news: Vec<Rc<Record>> = news.iter().filter(matters).cloned().collect();
    if !news.is_empty() {
        app.send(Action::Received {
            news: records::records().news_of(&news),
        });
    }
}

/// Shows the notes of the open article that are known and not shown, whoever has read them.
fn show_known(app: &AppHandle) {
    let session = app.session();
    let Some(article) = &session.article else {
        return;
    };
    let mut known = records::replica().folder(&Path::notes_of(&article.id()));
    known.retain(|record| {
        let note = record.path().note().filter(|_| record.is_live());
        note.is_some_and(|(_, id)| session.notebook.get(&id).is_none())
    });
    take_in(app, &known, false);
}

/// What another tab wrote.
fn hear(app: &AppHandle, found: Vec<Record>) {
    let count = found.len();
    let news = records::replica().take(Origin::Tab, found);
    if !news.is_empty() {
        agreeing::soon(app);
    }
    let both = news.len() > count;
    let session = app.session();
    let here = session.article.as_ref().map(|article| article.id());
    let matters = |record: &&Rc<Record>| {
        let note = record.path().note();
        note.is_some_and(|(article, id)| {
            let present = session.notebook.get(&id);
            // What is gone there may only have moved to another article.
            let gone = !record.is_live();
            let of_it = present.is_some_and(|present| present.article == article);
            if gone {
                of_it
            } else {
                Some(article) == here || of_it
            }
        })
    };
    let news: Vec<Rc<Record>> = news.iter().filter(matters).cloned().collect();
    let news = records::records().news_of(&news);
    if !news.is_empty() {
        app.send(Action::Received { news });
    }
    if both {
        app.tell(Message::KeptBothHeard);
    }
}

/// What a `storage` event says.
pub fn hear_storage(app: &AppHandle, key: Option<&str>, value: Option<&str>) {
    if maintenance::is_cleared_elsewhere(key, value) {
        return;
    }
    match local::news(key, value) {
        Some(News::Record(record)) => hear(app, vec![record]),
        Some(_) if app.session().read_only => {}
        // Nobody of ours removes a note without a tombstone.
        Some(News::Gone(path)) => records::replica().restore_one(&path),
        Some(News::Cleared) => records::replica().restore(Origin::Local),
        None => {}
    }
}

fn interrupted(app: &AppHandle, interruption: Interruption) {
    if maintenance::is_cleared_elsewhere(None, None) {
        return;
    }
    match interruption {
        Interruption::TakenOver => app.send(Action::OnlyRead),
        Interruption::Gone if app.session().read_only => {}
        // Where localStorage is empty too, somebody meant it.
        Interruption::Gone if local::is_empty() => records::replica().cleared(),
        Interruption::Gone => records::replica().restore(Origin::Journal),
    }
}

/// What the journal did not give now it may give soon.
fn look_again_later(app: &AppHandle) {
    let app = app.clone();
    gloo::timers::callback::Timeout::new(AGAIN_AFTER, move || look_again(&app)).forget();
}

/// The tab comes to the front: what it may have missed is read.
pub fn look_again(app: &AppHandle) {
    let Some(id) = app.session().article.as_ref().map(|article| article.id()) else {
        return;
    };
    if app.is_loading() {
        return;
    }
    let app = app.clone();
    spawn_local(async move {
        let stored = records::begin_reading(&Path::notes_of(&id));
        app.begin_loading(&id);
        if let Some(damaged) = read_both(&app, &id, stored).await {
            tell_set_aside(&app, damaged);
        }
        app.end_loading(&id);
    });
}
