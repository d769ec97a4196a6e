//! Reads back an archive of the whole library: its articles, its notes and its settings.

use super::epub::archive::{Archive, Limits};
use super::own_page;
use super::types::ImportError;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::colour_names::ColourNames;
use crate::model::exchange::library_file::{ARTICLES, NOTES, SETTINGS, Settings};
use crate::model::exchange::reading;

/// A library has more than a book: pictures of every article.
const LIMITS: Limits = Limits {
    all: 1024 * 1024 * 1024,
    entry: 100 * 1024 * 1024,
};

/// What an archive holds.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The articles.
    pub articles: Vec<Article>,
    /// The notes on these and on other articles.
    pub notes: Vec<Annotation>,
    /// What the colours meant to whoever wrote it.
    pub colour_names: ColourNames,
    /// Names and values.
    pub settings: Vec<(String, String)>,
    /// Number of articles that could not be read.
    pub damaged: usize,
}

/// Reads an archive. A damaged file in it is left out.
///
/// # Errors
/// If it is no archive of a library.
pub fn read(bytes: &[u8]) -> Result<Library, ImportError> {
    let archive = Archive::open_within(bytes, LIMITS);
    let settings = archive.read(SETTINGS).unwrap_or_default();
    let settings: Settings =
        serde_json::from_slice(&settings).map_err(|_| ImportError::Binary("ZIP"))?;
    let mut library = Library {
        settings: settings.settings,
        ..Library::default()
    };
    for name in archive.names() {
        let is_notes = name == NOTES;
        if !is_notes && !name.starts_with(ARTICLES) {
            continue;
        }
        let Some(content) = archive.read(name) else {
            library.damaged += 1;
            continue;
        };
        if is_notes {
            library.add_notes(&String::from_utf8_lossy(&content));
        } else if let Some(page) = own_page::read(&content) {
            library.articles.push(page.article);
            library.add_notes(&page.notes.unwrap_or_default());
        } else {
            library.damaged += 1;
        }
    }
    Ok(library)
}

impl Library {
    fn add_notes(&mut self, file: &str) {
        if let Ok(arrivals) = reading::decode(file) {
            self.notes.extend(arrivals.annotations);
            self.colour_names.adopt(&arrivals.colour_names);
        }
    }
}
