//! Where the links between notes lead: finds their targets in everything stored, goes to headings,
//! brings removed notes back, and reads what can be linked to.

use std::rc::Rc;

use super::App;
use super::all_notes::once_drawn;
use super::catalogue::Listed;
use super::ports::BoxFuture;
use super::records::KnownIris;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::{Article, ArticleId};
use crate::model::headings::{heading_named, headings};
use crate::model::session::Action;
use crate::model::sync::record::{Path, RecordKind};
use crate::model::text::TextRange;

/// What is known of the target of a link.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The note.
    Live(Rc<Annotation>),
    /// The note was removed; it is given if it is in the trash.
    Removed(Option<Rc<Annotation>>),
    /// No such note was read.
    Unknown,
}

/// Returns what is known of a note. Nothing is read for that.
pub fn find(app: &App, id: &AnnotationId) -> Found {
    if let Some(note) = app.session().notebook.get(id) {
        return Found::Live(note.clone());
    }
    let mut found = Found::Unknown;
    let mut known = KnownIris::new(app.records());
    for record in app.replica().folder(RecordKind::Note.folder()) {
        // Cheap, as there may be thousands.
        let may_be = record.path().as_str().ends_with(id.as_str());
        let is_it = may_be && record.path().note().is_some_and(|(_, other)| other == *id);
        match is_it.then(|| known.note_of(&record).map(Rc::new)) {
            Some(Some(note)) if record.is_live() => return Found::Live(note),
            // A note that was moved to another article left a record without words.
            Some(note @ Some(_)) => found = Found::Removed(note),
            Some(None) if found == Found::Unknown => found = Found::Removed(None),
            _ => {}
        }
    }
    found
}

/// Brings back a note from the trash; this can be undone.
pub fn bring_back(app: &App, note: &Annotation) {
    let notes = vec![note.clone()];
    let known = app.records().present(&notes);
    app.send(Action::Restore { notes, known });
}

/// True if a note is still stored as it was seen.
pub fn is_stored(app: &App, note: &Annotation) -> bool {
    let path = Path::of_note(&note.article, &note.id);
    app.replica()
        .get(&path)
        .is_some_and(|record| record.is_live())
}

/// The title of an article that is known here; it may be empty.
pub fn title_of(app: &App, article: &ArticleId) -> Option<String> {
    Some(app.records().article(article)?.title)
}

/// Opens an article if it is not open, and then hands over the place of the heading with these words,
/// or of the one that is most like it; `None` if there is none.
pub fn go_to_heading(
    app: &App,
    article: &ArticleId,
    words: &str,
    go: Box<dyn FnOnce(Option<TextRange>)>,
) {
    let (there, words) = (app.clone(), words.to_owned());
    once_drawn(
        app,
        article,
        Box::new(move || {
            let session = there.session();
            go(session
                .article
                .as_ref()
                .and_then(|open| place_of(open, &words)));
        }),
    );
}

fn place_of(article: &Article, words: &str) -> Option<TextRange> {
    let places = headings(article);
    let there = words_of(article);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    Some(places[heading_named(&there, words)?].text)
}

/// The words of an article's headings, in order.
pub fn words_of(article: &Article) -> Vec<String> {
    let all = headings(article).into_iter();
    all.map(|heading| {
        heading
            .text
            .slice(article.text())
            .unwrap_or_default()
            .to_owned()
    })
    .collect()
}

/// The articles of the library.
pub fn articles(app: &App) -> Vec<Listed> {
    app.records().list_articles()
}

/// Reads the words of an article's headings; none if its text is not here.
pub fn read_headings(app: &App, listed: &Listed) -> BoxFuture<Vec<String>> {
    let (app, digest) = (app.clone(), listed.record.digest.clone());
    Box::pin(async move {
        let Some(digest) = digest else {
            return Vec::new();
        };
        let text = app.lazy_stores().text(&digest).await;
        let article = text.as_deref().map(Article::from_json);
        let article = article.and_then(Result::ok);
        article.as_ref().map(words_of).unwrap_or_default()
    })
}
