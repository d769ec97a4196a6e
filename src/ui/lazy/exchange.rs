//! Notes out into files and in from them.

use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::opening::{self, Given};
use crate::browser::{files, system, worker};
use crate::model::annotation::Packed;
use crate::model::article::{Article, ArticleId};
use crate::model::exchange::file;
use crate::model::exchange::format::Format;
use crate::model::failure::Failure;
use crate::model::file_name::file_name;
use crate::model::notice::Message;
use crate::model::order::sorted_once;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Most bytes of a file of notes.
const LARGEST_IMPORT: f64 = 50.0 * 1024.0 * 1024.0;

/// Bytes of a dropped file that tell what it is.
const TELLING: f64 = 4_096.0;
/// How the names of files of notes end.
const ENDINGS: [&str; 3] = [".json", ".jsonld", ".annotation"];

/// A dropped file: notes where its name or its words say so, else an article.
pub fn take_file(app: &AppHandle, file: File) {
    let app = app.clone();
    spawn_local(async move {
        let name = file.name().to_ascii_lowercase();
        let named = ENDINGS.iter().any(|ending| name.ends_with(ending));
        if named || speaks_of_notes(&file).await {
            import_notes(&app, file);
        } else {
            opening::open(&app, Given::File(file));
        }
    });
}

async fn speaks_of_notes(file: &File) -> bool {
    let head = files::head(file, TELLING).await;
    let text = head.and_then(|head| file::text_of(&head).ok());
    text.is_some_and(|text| file::is_of_notes(&text))
}

/// Reads notes from a file.
pub fn import_notes(app: &AppHandle, file: File) {
    let app = app.clone();
    spawn_local(async move {
        app.tell(Message::ReadingNotes);
        if let Err(why) = try_import(&app, &file).await {
            app.tell(Message::ImportFailed { why });
        }
    });
}

async fn try_import(app: &AppHandle, given: &File) -> Result<(), Failure> {
    let bytes = files::bytes(given, LARGEST_IMPORT).await?;
    let text = file::text_of(&bytes)?;
    let mut arrivals = worker::decode(&text).await?;
    let listed = app.records().list_articles();
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
        .flat_map(|article| app.notes_of(article))
        .collect();
    app.send(Action::Import { arrivals, known });
    Ok(())
}

/// Hands the notes of the open article to the reader as a file.
pub fn export(app: &AppHandle, format: Format) {
    let session = app.session();
    let Some(article) = &session.article else {
        return;
    };
    if session.placements.is_empty() {
        return app.tell(Message::NothingToExport);
    }
    let notes: Vec<Packed> = session
        .placements
        .annotations()
        .map(|note| note.pack())
        .collect();
    let (app, article) = (app.clone(), article.clone());
    spawn_local(async move {
        let message = match worker::encode(format, &article, &notes, &system::stamp()).await {
            Ok(file) => hand_over(format, &article, &file, notes.len()),
            Err(error) => Message::ExportFailed { why: error.into() },
        };
        app.tell(message);
    });
}

fn hand_over(format: Format, article: &Article, file: &str, notes: usize) -> Message {
    let name = file_name(
        &(strings().files.notes_on)(article.title()),
        article.id().as_str(),
        format.ending(),
    );
    match files::download(&name, format.media_type(), file) {
        Ok(()) => Message::Exported { notes },
        Err(_) => Message::FileRefused,
    }
}
