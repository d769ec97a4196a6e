//! Writes the whole library as an archive, article by article, into a file of the browser's: no
//! more than one article is in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use postil::app::protocol::{Pack, Packed, Unpacked};
use postil::browser::texts;
use postil::import::{library, markdown};
use postil::model::annotation::{Annotation, Stamp};
use postil::model::article::{Article, ArticleId};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::library_file::{LibraryWriter, Settings};
use postil::model::exchange::{Export, w3c};
use postil::model::failure::Failure;
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use postil::model::sync;
use web_sys::{Blob, Url};

/// Bytes that are written and not yet in the browser's file.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Sink {
    /// Moves the bytes to the end of a file, which the browser need not keep in memory.
    fn drain_to(&self, parts: &Array) {
        let bytes = std::mem::take(&mut *self.0.borrow_mut());
        let bytes = Uint8Array::from(&bytes[..]);
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&Array::of1(&bytes)) {
            parts.push(&blob);
        }
    }
}

/// Writes the archive; returns its address.
pub async fn pack(question: Pack) -> Result<Packed, Failure> {
    let names = ColourNames::from_text(question.colour_names);
    let mut by_article: BTreeMap<ArticleId, Vec<Annotation>> = BTreeMap::new();
    for note in sync::salvage(&question.records) {
        by_article
            .entry(note.article.clone())
            .or_default()
            .push(note);
    }
    let (sink, parts) = (Sink::default(), Array::new());
    let settings = Settings::of(question.settings);
    let begun = LibraryWriter::begin(sink.clone(), &settings, &question.readme);
    let mut writer = begun.map_err(|_| Failure::NotLoaded)?;
    for packed in question.articles {
        let json = match packed.json {
            Some(json) => Some(json),
            None => texts::text(&packed.digest).await,
        };
        let article = json.and_then(|json| Article::from_json(&json).ok());
        // Of an article whose text is missing the notes are kept, below.
        let Some(article) = article.map(|article| article.as_version_of(&packed.iri)) else {
            continue;
        };
        let notes = by_article.remove(&article.id()).unwrap_or_default();
        let news = notes
            .into_iter()
            .map(|note| (note.id.clone(), Some(note.into())));
        let (notebook, _) = Notebook::default().received(news);
        let placements = Placements::of(&article, &notebook, &Findings::default());
        let export = Export {
            article: &article,
            placements: &placements,
            colour_names: &names,
            template: None,
            wording: &question.wording,
            read_note: &|note| markdown::read_note(note, true),
            stamp: question.stamp.clone(),
        };
        writer.article(&export).map_err(|_| Failure::NotLoaded)?;
        sink.drain_to(&parts);
    }
    let rest: Vec<Annotation> = by_article.into_values().flatten().collect();
    if !rest.is_empty() {
        let notes = w3c::encode_stored(&rest, &names, &question.stamp);
        writer.notes(&notes).map_err(|_| Failure::NotLoaded)?;
    }
    writer.finish().map_err(|_| Failure::NotLoaded)?;
    sink.drain_to(&parts);
    let address = Blob::new_with_blob_sequence(&parts)
        .and_then(|blob| Url::create_object_url_with_blob(&blob));
    Ok(Packed {
        address: address.map_err(|_| Failure::NotLoaded)?,
    })
}

/// Reads an archive.
pub fn unpack(bytes: &[u8], stamp: &Stamp) -> Result<Unpacked, Failure> {
    let library = library::read(bytes)?;
    let notes = match library.notes.as_slice() {
        [] => String::new(),
        notes => w3c::encode_stored(notes, &library.colour_names, stamp),
    };
    Ok(Unpacked {
        notes,
        articles: library.articles.iter().map(Article::to_json).collect(),
        settings: library.settings,
    })
}
