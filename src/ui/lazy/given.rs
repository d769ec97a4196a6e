//! What a reader gives to be opened or imported, in the browser's types.

use std::rc::Rc;

use web_sys::File;

use super::platform::platform;
use crate::app::importing::{self, GivenFile};
use crate::app::opening::{self, Request};
use crate::app::{exchange, library_file};
use crate::browser::files;
use crate::import::{Input, Kind};
use crate::model::article::Source;
use crate::model::exchange::file::{self, FileError};
use crate::model::exchange::library_file::is_library;
use crate::model::failure::Failure;
use crate::model::page_import::CapturedPage;
use crate::ui::hooks::AppHandle;

/// Maximum size of an article in bytes.
const LARGEST_ARTICLE: f64 = 60.0 * 1024.0 * 1024.0;
/// Maximum size of an archive of a library, or of notes, in bytes.
const LARGEST_LIBRARY: f64 = 1024.0 * 1024.0 * 1024.0;
/// Maximum size of a file of notes in bytes.
const LARGEST_IMPORT: f64 = 50.0 * 1024.0 * 1024.0;
/// Number of bytes at the start of a file that show what it is.
const TELLING: f64 = 4_096.0;
/// The charset of every text that comes from the browser.
const CHARSET: &str = "utf-8";

/// What a reader gives to be opened.
#[derive(Clone)]
pub enum Given {
    /// A file.
    File(File),
    /// Pasted or typed text, and its kind if the reader has stated it.
    Text {
        /// The text.
        text: String,
        /// Its kind.
        kind: Option<Kind>,
    },
    /// A captured page.
    CapturedPage(Rc<CapturedPage>),
    /// A web address as it was typed.
    Address(String),
}

/// Opens the first of some files, or imports the notes in those that hold notes if it does.
pub fn take_files(app: &AppHandle, files: Vec<File>) {
    let there = app.clone();
    app.spawn(async move {
        let mut of_notes = Vec::new();
        for file in files {
            let head = files::head(&file, TELLING).await.unwrap_or_default();
            if is_library(&head) {
                return take_library(&there, file);
            }
            match exchange::holds_notes(&file.name(), &head) {
                true => of_notes.push(file),
                false if of_notes.is_empty() => return open(&there, Given::File(file)),
                false => {}
            }
        }
        import_notes(&there, of_notes);
    });
}

/// Takes in an archive of a library.
fn take_library(app: &AppHandle, file: File) {
    let bytes = Box::pin(async move { Ok(files::bytes(&file, LARGEST_LIBRARY).await?) });
    library_file::import(app, platform(app.backend()), bytes);
}

/// Imports the notes in some files, once the reader has seen what is in them, or takes in the library
/// that one of them is.
pub fn import_notes(app: &AppHandle, files: Vec<File>) {
    let there = app.clone();
    app.spawn(async move {
        for file in &files {
            let head = files::head(file, TELLING).await.unwrap_or_default();
            if is_library(&head) {
                return take_library(&there, file.clone());
            }
        }
        import_files(&there, files);
    });
}

fn import_files(app: &AppHandle, files: Vec<File>) {
    let given = |file: File| GivenFile {
        name: file.name(),
        bytes: Box::pin(bytes_of_notes(file)),
    };
    let files = files.into_iter().map(given).collect();
    importing::read(app, platform(app.backend()), files);
}

/// Reads a file of notes, or an archive, which may hold much else beside the notes.
async fn bytes_of_notes(file: File) -> Result<Vec<u8>, Failure> {
    let head = files::head(&file, TELLING).await.unwrap_or_default();
    let largest = match file::text_of(&head) {
        Ok(_) => LARGEST_IMPORT,
        Err(FileError::Archive) => LARGEST_LIBRARY,
    };
    Ok(files::bytes(&file, largest).await?)
}

/// Opens what a reader gives, or takes in the library that it is.
pub fn open(app: &AppHandle, given: Given) {
    let Given::File(file) = given else {
        return open_as_article(app, given);
    };
    let there = app.clone();
    app.spawn(async move {
        let head = files::head(&file, TELLING).await.unwrap_or_default();
        match is_library(&head) {
            true => take_library(&there, file),
            false => open_as_article(&there, Given::File(file)),
        }
    });
}

fn open_as_article(app: &AppHandle, given: Given) {
    let selected = match &given {
        Given::CapturedPage(page) => page.selection.clone(),
        _ => String::new(),
    };
    let request = match given {
        Given::Address(typed) => Request::Address(typed),
        given => Request::Input(Box::pin(input_of(given))),
    };
    opening::open(app, platform(app.backend()), request, selected);
}

async fn input_of(given: Given) -> Result<Input, Failure> {
    Ok(match given {
        Given::File(file) => Input {
            bytes: files::first_bytes(&file, LARGEST_ARTICLE).await?,
            kind: None,
            charset: None,
            source: Source::File(file.name()),
            title: Some(file.name()),
        },
        Given::CapturedPage(page) => Input {
            bytes: page.html.clone().into_bytes(),
            kind: Some(Kind::Html),
            charset: Some(CHARSET.to_owned()),
            source: Source::Address(page.url.clone()),
            title: Some(page.title.clone()),
        },
        Given::Text { text, kind } => pasted(text, kind),
        // `open` handles addresses; here an address is only words.
        Given::Address(typed) => pasted(typed, None),
    })
}

fn pasted(text: String, kind: Option<Kind>) -> Input {
    Input {
        bytes: text.into_bytes(),
        kind,
        charset: Some(CHARSET.to_owned()),
        source: Source::Pasted,
        title: None,
    }
}
