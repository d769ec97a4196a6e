//! Imports notes from files: reads them, says what they hold, and takes them in once the reader
//! agrees.

use std::rc::Rc;

use super::App;
use super::exchange::{import_in_parts, prepare};
use super::ports::{BoxFuture, FileOfNotes, LazyPlatform};
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::exchange::file::FileError;
use crate::model::exchange::{Arrivals, Differing, Survey, file, survey};
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::order::{sorted, sorted_once};
use crate::model::session::Action;

/// A file that the reader gives.
pub struct GivenFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: BoxFuture<Result<Vec<u8>, Failure>>,
}

/// Reads notes from files, and has the reader asked what to do with them; nothing is changed before. A
/// single file that cannot be read is told at once, and one that leaves nothing to decide is imported
/// at once.
pub fn read(app: &App, platform: Rc<dyn LazyPlatform>, files: Vec<GivenFile>) {
    let there = app.clone();
    app.spawn(async move {
        let Some(files) = read_all(&there, &platform, files).await else {
            return;
        };
        match leaves_nothing_to_decide(&there, &files) {
            true => import(&there, &*platform, files.into(), Differing::default()),
            false => platform.ask_to_import(files),
        }
    });
}

/// Imports a file of notes that the reader has agreed to; asks which notes to keep where those that are
/// here say something else.
pub async fn take_agreed(app: &App, platform: &Rc<dyn LazyPlatform>, file: String) {
    let file = GivenFile {
        name: String::new(),
        bytes: Box::pin(async move { Ok(file.into_bytes()) }),
    };
    let Some(files) = read_all(app, platform, vec![file]).await else {
        return;
    };
    if look(app, &files, Differing::default()).differing() > 0 {
        return platform.ask_to_import(files);
    }
    adopt_colour_names(&**platform, &files);
    take_in(app, &files, Differing::default()).await;
}

/// Reads notes from files; `None` if there is nothing to read, which is told.
async fn read_all(
    app: &App,
    platform: &Rc<dyn LazyPlatform>,
    files: Vec<GivenFile>,
) -> Option<Vec<Rc<FileOfNotes>>> {
    app.tell(Message::ReadingNotes { percent: None });
    let mut all = Vec::new();
    for GivenFile { name, bytes } in files {
        let read = read_one(app, platform, bytes).await;
        all.push(Rc::new(FileOfNotes { name, read }));
    }
    withdraw_reading(app);
    // The engine has nothing else to do until the notes arrive.
    let (there, idle) = (app.clone(), platform.clone());
    app.spawn(async move { prepare(&there, &*idle).await });
    if let [only] = &all[..]
        && let Err(why) = &only.read
    {
        app.tell(Message::ImportFailed { why: why.clone() });
        return None;
    }
    Some(all).filter(|all| !all.is_empty())
}

/// True if all that is in files comes from Postil, and is new, and on the open article.
fn leaves_nothing_to_decide(app: &App, files: &[Rc<FileOfNotes>]) -> bool {
    let is_whole = |file: &Rc<FileOfNotes>| {
        let read = file.read.as_ref();
        read.is_ok_and(|notes| notes.own && notes.not_understood.is_empty())
    };
    if !files.iter().all(is_whole) {
        return false;
    }
    let Survey {
        new,
        already,
        newer_here,
        newer_there,
        as_old,
        added: _,
        updated: _,
        elsewhere,
        articles: _,
        twice,
    } = look(app, files, Differing::default());
    let others = [already, newer_here, newer_there, as_old, elsewhere, twice];
    new > 0 && others.iter().all(|count| *count == 0)
}

/// Removes the message that notes are being read.
fn withdraw_reading(app: &App) {
    let session = app.session();
    let status = session.notices.status();
    let is_reading = |message: &Message| matches!(message, Message::ReadingNotes { .. });
    if let Some(status) = status.filter(|status| is_reading(&status.message)) {
        let notice = status.number;
        app.send(Action::Dismiss { notice });
    }
}

async fn read_one(
    app: &App,
    platform: &Rc<dyn LazyPlatform>,
    bytes: BoxFuture<Result<Vec<u8>, Failure>>,
) -> Result<Arrivals, Failure> {
    let bytes = bytes.await?;
    let mut arrivals = match file::text_of(&bytes) {
        Ok(text) => platform.engine().decode(text).await?,
        Err(FileError::Archive) => platform.engine().decode_archive(bytes).await?,
    };
    let listed = app.records().list_articles();
    let shelved = listed
        .into_iter()
        .filter(|listed| listed.record.digest.is_some());
    arrivals.shelved = shelved.map(|listed| listed.id).collect();
    arrivals.settle(app.session().article.as_deref());
    Ok(arrivals)
}

/// Says what importing files would do.
pub fn look(app: &App, files: &[Rc<FileOfNotes>], differing: Differing) -> Survey {
    decide(app, files, differing).survey
}

/// Imports files.
pub fn import(
    app: &App,
    platform: &dyn LazyPlatform,
    files: Rc<[Rc<FileOfNotes>]>,
    differing: Differing,
) {
    adopt_colour_names(platform, &files);
    let there = app.clone();
    app.spawn(async move { take_in(&there, &files, differing).await });
}

/// Takes over what the colours meant to those who wrote the files, where the reader has no name.
fn adopt_colour_names(platform: &dyn LazyPlatform, files: &[Rc<FileOfNotes>]) {
    let mut colour_names = platform.colour_names();
    let mut is_named = false;
    for arrivals in files.iter().filter_map(|file| file.read.as_ref().ok()) {
        is_named |= colour_names.adopt(&arrivals.colour_names);
    }
    if is_named {
        platform.name_colours(&colour_names);
    }
}

/// Imports the notes of files, until all are there or the reader stops it.
async fn take_in(app: &App, files: &[Rc<FileOfNotes>], differing: Differing) {
    app.tell(Message::ReadingNotes { percent: None });
    // The dialog goes first.
    app.yield_now().await;
    let Decided {
        arrivals, known, ..
    } = decide(app, files, differing);
    app.yield_now().await;
    import_in_parts(app, arrivals, known).await;
}

/// What is to be imported.
struct Decided {
    arrivals: Arrivals,
    survey: Survey,
    /// The notes that are here on the same articles.
    known: Vec<Annotation>,
}

/// Decides what becomes of the notes in files, as things are now.
fn decide(app: &App, files: &[Rc<FileOfNotes>], differing: Differing) -> Decided {
    let files = files.iter().filter_map(|file| file.read.as_ref().ok());
    let files: Vec<Arrivals> = files.cloned().collect();
    let notes = files.iter().flat_map(|file| &file.annotations);
    let articles: Vec<&ArticleId> = notes.map(|note| &note.article).collect();
    let articles = sorted_once(&articles);
    let known = articles.iter().flat_map(|article| app.notes_of(article));
    let known: Vec<Annotation> = known.collect();
    let session = app.session();
    let open = session.article.as_ref().map(|article| article.id());
    // A note of the session comes before the same one as it is stored.
    let here = session.notebook.iter().map(|note| &**note).chain(&known);
    let here: Vec<&Annotation> = here.collect();
    let mut order = sorted(here.len(), &|one, other| here[one].id.cmp(&here[other].id));
    order.dedup_by(|later, first| here[*later].id == here[*first].id);
    let here: Vec<&Annotation> = order.into_iter().map(|index| here[index]).collect();
    let (arrivals, survey) = survey(files, &here, open.as_ref(), differing);
    Decided {
        arrivals,
        survey,
        known,
    }
}
