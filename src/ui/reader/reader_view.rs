//! The landmark `main`: the article, its description, and the toolbar of its selection.

use yew::prelude::*;

use super::article_view::ArticleView;
use super::parts::parts;
use super::pictures_bar::pictures_bar;
use crate::browser::chaos;
use crate::model::article::{Article, Piece, Source};
use crate::model::session::Session;
use crate::ui::frame::Frame;
use crate::ui::hooks::AppHandle;
use crate::ui::strings;

/// Fills the landmark. `on_move` is called when different notes come near the window.
pub fn reader(app: &AppHandle, frame: &Frame, session: &Session, on_move: &Callback<()>) -> Html {
    chaos::at("draw");
    frame.show_reading(session.article.is_none());
    let Some(article) = &session.article else {
        return Html::default();
    };
    let above = html! {
        <>
            { head(article) }
            { parts(app, article) }
            { pictures_bar(app, article, &session.shown_hosts) }
        </>
    };
    html! {
        <>
            { create_portal(above, frame.above.clone()) }
            <ArticleView app={app.clone()} frame={frame.clone()} article={article.clone()}
                placements={session.placements.clone()} chosen={session.chosen.clone()}
                place={session.offered()} hosts={session.shown_hosts.clone()}
                selection={session.selection.clone()} colour={session.colour} on_move={on_move.clone()} />
        </>
    }
}

/// Draws what is known of the article but is not part of its text.
fn head(article: &Article) -> Html {
    let description = article.description();
    let about: Vec<&str> = [
        &description.byline,
        &description.site,
        &description.published,
    ]
    .into_iter()
    .filter_map(Option::as_deref)
    .collect();
    let address = match &description.source {
        Source::Address(address) => Some(address.clone()),
        Source::File(name) => Some(name.clone()),
        Source::Bundled(_) | Source::Pasted => None,
    };
    let titled = begins_with_title(article);
    if titled && about.is_empty() && address.is_none() {
        return Html::default();
    }
    html! {
        <header class="head" dir="auto">
            if !titled {
                <h1>{ strings::title(article.title()) }</h1>
            }
            if !about.is_empty() {
                <p>{ about.join(" · ") }</p>
            }
            if let Some(address) = address {
                <p class="source">{ address }</p>
            }
        </header>
    }
}

/// True if the article's first heading is its title.
fn begins_with_title(article: &Article) -> bool {
    article.leaves().first().is_some_and(|leaf| {
        let heading = matches!(
            &article.pieces()[leaf.pieces.start],
            Piece::Open { tag, .. } if tag.heading_level() == Some(1)
        );
        heading || leaf.text.slice(article.text()) == Some(article.title())
    })
}
