//! Links to passages and with notes: what they lead to, and what becomes of those that are followed.

use std::rc::Rc;

use super::App;
use super::all_notes::once_drawn;
use super::importing;
use super::opening::{self, Request};
use super::ports::LazyPlatform;
use crate::model::anchoring::places;
use crate::model::article::ArticleId;
use crate::model::exchange::link::Head;
use crate::model::text::TextRange;

/// Most characters of a passage in a link that leads to it: its beginning is enough.
const LONGEST: usize = 200;

/// True if an article can be fetched by its IRI.
pub fn is_web_address(iri: &str) -> bool {
    iri.starts_with("https://") || iri.starts_with("http://")
}

/// Returns the passage that links lead to: the selected one, else that of the chosen note.
pub fn passage(app: &App) -> Option<TextRange> {
    let session = app.session();
    let selected = session.selection.as_ref();
    let selected = selected.map(|selection| selection.first().range());
    let of_chosen = || session.placements.range_of(session.chosen.as_ref()?);
    selected.or_else(of_chosen)
}

/// Returns the words by which a link leads to a passage: those of its first line, at most so many.
pub fn words_of(text: &str, passage: TextRange) -> String {
    let words = passage.slice(text).unwrap_or_default().trim();
    let line = words.lines().next().unwrap_or_default();
    line.chars().take(LONGEST).collect()
}

/// Goes to words of the article at an address, which is fetched if it is not here.
pub fn go_to_passage(app: &App, platform: Rc<dyn LazyPlatform>, address: &str, words: &str) {
    let id = ArticleId::of_iri(address);
    if !is_here(app, &id) {
        let request = Request::Address(address.to_owned());
        return opening::open(app, platform, request, words.to_owned());
    }
    let (there, words) = (app.clone(), words.to_owned());
    let go = move || {
        let session = there.session();
        let article = session.article.as_ref();
        let place = article.and_then(|article| places(article.text(), &words).next());
        if let Some(place) = place {
            there.shell().outline(place);
        }
    };
    once_drawn(app, &id, Box::new(go));
}

/// Imports the notes of a link, which the reader has agreed to, and then opens the article with an IRI
/// if that is asked for.
pub fn take(app: &App, platform: Rc<dyn LazyPlatform>, file: &str, opened: Option<String>) {
    let (app, file) = (app.clone(), file.to_owned());
    app.clone().spawn(async move {
        importing::take_agreed(&app, &platform, file).await;
        if let Some(iri) = opened {
            open(&app, platform, iri);
        }
    });
}

/// Opens an article that is here, or that has a web address.
fn open(app: &App, platform: Rc<dyn LazyPlatform>, iri: String) {
    let id = ArticleId::of_iri(&iri);
    if app.shows(&id) {
        return;
    }
    match is_here(app, &id) {
        true => opening::open_listed(app, id),
        false => opening::open(app, platform, Request::Address(iri), String::new()),
    }
}

/// True if the article of a link can be opened: its text is here, or it has a web address.
pub fn can_open(app: &App, head: &Head) -> bool {
    is_web_address(&head.source) || is_here(app, &ArticleId::of_iri(&head.source))
}

fn is_here(app: &App, id: &ArticleId) -> bool {
    let record = app.records().current(id);
    app.shows(id) || record.is_some_and(|record| record.digest.is_some())
}
