//! Recognises files of notes, and takes notes in a few at a time.

use super::engine::Search;
use super::ports::LazyPlatform;
use super::{App, Drawings};
use crate::model::annotation::Annotation;
use crate::model::exchange::{Arrivals, file};
use crate::model::session::Action;

/// Extensions of files of notes, in lower case.
const ENDINGS: [&str; 4] = [".json", ".jsonld", ".annotation", ".ann"];

/// True if a file holds notes and no article, judging by its name or first bytes.
pub fn holds_notes(name: &str, head: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let is_named = ENDINGS.iter().any(|ending| name.ends_with(ending));
    is_named
        || file::is_archive_of_notes(head)
        || file::text_of(head).is_ok_and(|text| file::is_of_notes(&text))
}

/// Gets the engine ready for a file that is on its way: starts it, and has it prepare the open
/// article's text, in which the file's notes may have to be looked for.
pub async fn prepare(app: &App, platform: &dyn LazyPlatform) {
    if let Some(article) = app.session().article.clone() {
        let search = Search {
            article,
            older: Vec::new(),
            targets: Vec::new(),
        };
        // What fails now fails again when it is needed, and is told then.
        let _ = platform.engine().place(search).await;
    }
}

/// Number of notes in the first part of an import.
pub const FIRST_PART: usize = 100;
/// Fewest and most notes in a later part.
const PARTS: std::ops::RangeInclusive<usize> = 25..=1_000;
/// Milliseconds that a part should take: longer is done sooner, shorter responds sooner.
const TIME_OF_PART: f64 = 20.0;
/// How many times as many notes as the part before a part has at most: code that runs for the first
/// time is slow, and says little about what follows.
const MOST_GROWTH: usize = 3;

/// Number of notes in the part that follows one of `count` notes, which took so many milliseconds.
pub fn next_part(count: usize, took: f64) -> usize {
    let fits = count as f64 * TIME_OF_PART / took.max(1.0);
    (fits as usize)
        .min(count * MOST_GROWTH)
        .clamp(*PARTS.start(), *PARTS.end())
}

/// Imports settled annotations, a few at a time, until all have arrived or the reader stops it.
/// `known` are the notes that are here on the same articles.
pub(super) async fn import_in_parts(app: &App, mut arrivals: Arrivals, known: Vec<Annotation>) {
    // What is being written would otherwise be of a note as it was.
    app.send(Action::Leave);
    app.send_undrawn(Action::Loaded { notes: known });
    let total = arrivals.annotations.len();
    let mut rest = std::mem::take(&mut arrivals.annotations).into_iter();
    let mut count = FIRST_PART;
    let mut drawings = Drawings::since_now(app);
    loop {
        arrivals.annotations = rest.by_ref().take(count).collect();
        let more = rest.len() > 0;
        let start = app.platform().milliseconds();
        // What was left out is reported once.
        let part = Action::import(std::mem::take(&mut arrivals), &app.session(), more);
        if !more {
            return app.send(part);
        }
        app.send_undrawn(part);
        let took = app.platform().milliseconds() - start;
        if drawings.are_due(app) {
            let percent = (total - rest.len()) * 100 / total.max(1);
            app.send(Action::Progress {
                percent: u8::try_from(percent).ok(),
            });
        }
        app.yield_now().await;
        count = next_part(count, took);
        // The reader may have stopped it meanwhile.
        if app.session().importing.is_none() {
            return;
        }
    }
}
