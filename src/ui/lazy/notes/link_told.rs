//! What a link in a note leads to: looked up, and drawn in a few lines.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::linking::{self, Found};
use crate::model::all_notes::plain;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::links::Target;
use crate::model::text::shortened;
use crate::ui::hooks::AppHandle;
use crate::ui::{say, strings};

/// Most code points of a quote or of a note's words that are shown.
const MOST_SHOWN: usize = 240;

/// What a link leads to.
#[derive(Clone, PartialEq)]
pub enum What {
    Looking,
    Note {
        note: Rc<Annotation>,
        /// The title of its article, if that is not open.
        title: Option<String>,
    },
    Removed(Option<Rc<Annotation>>),
    Unknown,
    Heading {
        words: String,
        title: Option<String>,
    },
}

/// Returns what a link leads to, as far as it is known without reading anything.
pub fn look_up(app: &AppHandle, target: &Target) -> What {
    let session = app.session();
    let open = session.article.as_ref().map(|article| article.id());
    let title = |article: &ArticleId| {
        let title = linking::title_of(app, article);
        title.filter(|_| Some(article) != open.as_ref())
    };
    match target {
        Target::Note(id) => match linking::find(app, id) {
            Found::Live(note) => What::Note {
                title: title(&note.article).map(|title| strings().title(&title).to_owned()),
                note,
            },
            Found::Removed(note) => What::Removed(note),
            Found::Unknown => What::Unknown,
        },
        Target::Heading { article, words } => {
            let id = ArticleId::of_iri(article);
            // The one that ships is stored only after a while.
            let here = session.article.as_ref().filter(|open| open.id() == id);
            let here = here.map(|open| open.title().to_owned());
            let title = here.or_else(|| linking::title_of(app, &id));
            What::Heading {
                words: words.clone(),
                title: title.map(|title| strings().title(&title).to_owned()),
            }
        }
    }
}

/// Draws what a link leads to.
pub fn draw(what: &What) -> Html {
    let words = strings().links;
    match what {
        What::Looking => html! { words.looking },
        What::Unknown => html! { words.unknown },
        What::Removed(note) => html! {
            <>
                <p class="state">{ words.removed }</p>
                { for note.as_ref().map(|note| draw_note(note)) }
            </>
        },
        What::Note { note, title } => html! {
            <>
                { draw_note(note) }
                { for title.as_ref().map(|title| html! { <p class="count" dir="auto">{ title.clone() }</p> }) }
            </>
        },
        What::Heading { title: None, .. } => html! { words.article_unknown },
        What::Heading { words, title } => html! {
            <>
                <p dir="auto">{ words.clone() }</p>
                <p class="count" dir="auto">{ title.clone() }</p>
            </>
        },
    }
}

fn draw_note(note: &Annotation) -> Html {
    let quote = note.quoted().unwrap_or(say!(notes.whole_article));
    let words = plain(&note.note, MOST_SHOWN);
    html! {
        <>
            <p class="quote" dir="auto">{ shortened(quote, MOST_SHOWN) }</p>
            if !words.is_empty() {
                <p dir="auto">{ words }</p>
            }
        </>
    }
}
