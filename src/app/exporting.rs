//! Writes notes of the open article, or of all, as a file, which is downloaded, or seen and copied
//! first.

use std::rc::Rc;

use super::engine::Export;
use super::ports::{Download, LazyPlatform};
use super::{App, all_notes, backup};
use crate::model::annotation::Annotation;
use crate::model::article::{Article, ArticleId};
use crate::model::exchange::Format;
use crate::model::exchange::joined::joined;
use crate::model::failure::Failure;
use crate::model::notice::Message;

/// Downloads the notes of the open article as a file.
pub fn export(app: &App, platform: Rc<dyn LazyPlatform>, format: Format) {
    let session = app.session();
    if session.article.is_some() && session.placements.is_empty() {
        return app.tell(Message::NothingToExport);
    }
    let notes = session.placements.annotations().cloned();
    export_these(app, platform, format, notes.collect());
}

/// Downloads some notes of the open article as a file.
pub fn export_these(
    app: &App,
    platform: Rc<dyn LazyPlatform>,
    format: Format,
    notes: Vec<Rc<Annotation>>,
) {
    let Some(article) = app.session().article.clone() else {
        return;
    };
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        let count = notes.len();
        let download = download_of(&article, format);
        app.tell(
            match encoded(&app, &*platform, format, article, notes).await {
                Ok(file) if platform.download(&download, &file) => {
                    Message::Exported { notes: count }
                }
                Ok(_) => Message::FileRefused,
                Err(why) => Message::ExportFailed { why },
            },
        );
    });
}

/// Most notes that the preview of a template is filled with: it follows what is typed.
const PREVIEWED: usize = 20;

/// Fills a template of Markdown with the first notes of the open article; nothing if there is none.
///
/// # Errors
/// If the template cannot be used, or the engine cannot be asked.
pub async fn preview(
    app: &App,
    platform: &dyn LazyPlatform,
    template: String,
) -> Result<String, Failure> {
    let session = app.session();
    let Some(article) = session.article.clone() else {
        return Ok(String::new());
    };
    let notes = session.placements.annotations().take(PREVIEWED).cloned();
    let export = Export {
        template: Some(template),
        ..export_of(app, platform, Format::Markdown, article, notes.collect())
    };
    platform.engine().encode(export).await
}

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// These notes of the open article.
    Here(Vec<Rc<Annotation>>),
    /// The notes of all articles.
    Everywhere,
}

/// A file of notes that was written, and not yet given to the reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// What is put on the clipboard instead, so that it can be pasted into a spreadsheet.
    pub table: Option<String>,
    /// What it is downloaded as.
    pub download: Download,
    /// Number of notes in it.
    pub notes: usize,
    /// Number of notes that it lacks, since the texts of their articles are not in this browser.
    pub left_out: usize,
}

impl Written {
    /// Returns what is put on the clipboard.
    pub fn to_copy(&self) -> &str {
        self.table.as_deref().unwrap_or(&self.text)
    }
}

/// Writes notes in a format. Without an open article there is nothing but the notes of all.
///
/// # Errors
/// If the reader's template cannot be used, the engine cannot be asked, or the format cannot hold
/// several articles.
pub async fn write(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
    chosen: Chosen,
) -> Result<Written, Failure> {
    match (app.session().article.clone(), chosen) {
        (Some(article), Chosen::Here(notes)) => here(app, platform, format, article, notes).await,
        _ => everywhere(app, platform, format).await,
    }
}

async fn here(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
    article: Rc<Article>,
    notes: Vec<Rc<Annotation>>,
) -> Result<Written, Failure> {
    let download = download_of(&article, format);
    let count = notes.len();
    let encode = |format: Format| encoded(app, platform, format, article.clone(), notes.clone());
    let table = match format {
        Format::Csv => Some(encode(Format::Table).await?),
        _ => None,
    };
    Ok(Written {
        text: encode(format).await?,
        table,
        download,
        notes: count,
        left_out: 0,
    })
}

fn download_of(article: &Article, format: Format) -> Download {
    Download::NotesOn {
        title: article.title().to_owned(),
        id: article.id(),
        format,
    }
}

async fn everywhere(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
) -> Result<Written, Failure> {
    let date = app.platform().today();
    let download = Download::AllNotes { date, format };
    if format == Format::WebAnnotation {
        let (text, notes) = backup::all_notes(app, platform).await?;
        return Ok(Written {
            text,
            table: None,
            download,
            notes,
            left_out: 0,
        });
    }
    let all = all_notes::gather(app).await;
    let total = all.notes.len();
    let mut articles: Vec<(Rc<Article>, Vec<Rc<Annotation>>)> = Vec::new();
    for (id, _) in &all.articles {
        if let Some(article) = text_of(app, id).await {
            let of_it = all.notes.iter().filter(|note| note.article == *id);
            articles.push((article, of_it.cloned().collect()));
        }
    }
    let notes = articles.iter().map(|(_, notes)| notes.len()).sum();
    let table = match format {
        Format::Csv => Some(written(app, platform, Format::Table, &articles).await?),
        _ => None,
    };
    Ok(Written {
        text: written(app, platform, format, &articles).await?,
        table,
        download,
        notes,
        left_out: total - notes,
    })
}

/// Writes one file for all of these articles, one after the other.
async fn written(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
    articles: &[(Rc<Article>, Vec<Rc<Annotation>>)],
) -> Result<String, Failure> {
    let mut files = Vec::new();
    for (article, notes) in articles {
        files.push(encoded(app, platform, format, article.clone(), notes.clone()).await?);
    }
    joined(format, &files).ok_or(Failure::NotLoaded)
}

/// Writes one file for the notes of an article, which need not be open.
pub(super) async fn encoded(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
    article: Rc<Article>,
    notes: Vec<Rc<Annotation>>,
) -> Result<String, Failure> {
    let export = export_of(app, platform, format, article.clone(), notes);
    let export = match app.shows(&article.id()) {
        true => export,
        false => Export {
            findings: platform
                .findings(article.digest())
                .await
                .unwrap_or_default(),
            ..export
        },
    };
    platform.engine().encode(export).await
}

/// Gathers what the engine needs to write notes of the open article.
fn export_of(
    app: &App,
    platform: &dyn LazyPlatform,
    format: Format,
    article: Rc<Article>,
    notes: Vec<Rc<Annotation>>,
) -> Export {
    let session = app.session();
    Export {
        format,
        article,
        notes,
        colour_names: platform.colour_names(),
        template: platform.template(),
        wording: platform.wording(),
        findings: session.findings.to_numbers(&session.notebook),
        stamp: app.platform().stamp(),
    }
}

/// Returns an article with its text; `None` if that is not in this browser.
pub(super) async fn text_of(app: &App, id: &ArticleId) -> Option<Rc<Article>> {
    if let Some(open) = app
        .session()
        .article
        .clone()
        .filter(|open| open.id() == *id)
    {
        return Some(open);
    }
    let record = app.records().current(id)?;
    let json = app.lazy_stores().text(&record.digest?).await?;
    let article = Article::from_json(&json).ok()?;
    Some(Rc::new(article.as_version_of(&record.iri)))
}
