//! The landmark `main`: the article, what is known of it, and the toolbar of its selection.

use std::rc::Rc;

use yew::prelude::*;

use super::article_view::ArticleView;
use super::pictures_bar::PicturesBar;
use super::selection_toolbar::SelectionToolbar;
use crate::model::article::{Article, Piece, Source};
use crate::model::session::Session;
use crate::ui::hooks::Desk;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub session: Rc<Session>,
    /// Called when other notes come near the window.
    pub on_move: Callback<()>,
}

#[component]
pub fn Reader(props: &Props) -> Html {
    let Some(article) = &props.session.article else {
        return html! {
            <main class="reader" aria-busy="true" aria-label={words::READING}>
                <div class="skeleton" aria-hidden="true">
                    { for (0..9).map(|_| html! { <span></span> }) }
                </div>
            </main>
        };
    };
    html! {
        <main class="reader">
            <Head article={article.clone()} />
            <PicturesBar desk={props.desk.clone()} article={article.clone()}
                shown={props.session.shown_hosts.clone()} />
            <ArticleView desk={props.desk.clone()} article={article.clone()}
                marks={props.session.marks.clone()} chosen={props.session.chosen.clone()}
                hosts={props.session.shown_hosts.clone()} on_move={props.on_move.clone()} />
            if props.session.selection.is_some() {
                <SelectionToolbar desk={props.desk.clone()} colour={props.session.colour}
                    selection={props.session.selection} />
            }
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    article: Rc<Article>,
}

/// What is known of the article and does not stand in it.
#[component]
fn Head(props: &HeadProps) -> Html {
    let description = props.article.description();
    let about: Vec<&str> = [&description.byline, &description.site, &description.published]
        .into_iter()
        .filter_map(Option::as_deref)
        .collect();
    let address = match &description.source {
        Source::Address(address) => Some(address.clone()),
        Source::File(name) => Some(name.clone()),
        Source::Bundled(_) | Source::Pasted => None,
    };
    let titled = begins_with_title(&props.article);
    if titled && about.is_empty() && address.is_none() {
        return Html::default();
    }
    html! {
        <header class="head" dir="auto">
            if !titled {
                <h1>{ props.article.title() }</h1>
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

/// Whether the article's first heading is its title.
fn begins_with_title(article: &Article) -> bool {
    article.leaves().first().is_some_and(|leaf| {
        let heading = matches!(
            &article.pieces()[leaf.pieces.start],
            Piece::Open { tag, .. } if tag.heading_level() == Some(1)
        );
        heading || leaf.text.slice(article.text()) == Some(article.title())
    })
}
