//! The article element: passes the session's article and placements to the page that draws them.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};
use yew::prelude::*;

use super::selection_toolbar::{hide, selection_toolbar};
use crate::app::place as place_of_reading;
use crate::browser::page::Page;
use crate::browser::system::document;
use crate::model::annotation::{AnnotationId, Colour};
use crate::model::article::Article;
use crate::model::passages::Passages;
use crate::model::placements::Placements;
use crate::model::text::TextRange;
use crate::ui::frame::Frame;
use crate::ui::hooks::{AppHandle, follow_earlier};
use crate::ui::loading::{self, Command};
use crate::ui::say;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub frame: Frame,
    pub article: Rc<Article>,
    pub placements: Rc<Placements>,
    pub chosen: Option<AnnotationId>,
    /// A place where the chosen note may belong.
    pub place: Option<TextRange>,
    pub hosts: Rc<Vec<String>>,
    pub selection: Option<Passages>,
    pub colour: Colour,
    pub on_move: Callback<()>,
}

#[component]
pub fn ArticleView(props: &Props) -> Html {
    use_effect_with(props.article.clone(), {
        let (app, frame) = (props.app.clone(), props.frame.clone());
        let (on_move, opened) = (props.on_move.clone(), props.on_move.clone());
        move |article| {
            frame.describe_article(article);
            let page = Page::open(
                frame.article,
                article.clone(),
                say!(article.labels),
                loading::fetch_pictures(&app),
                move || on_move.emit(()),
            );
            let page = Rc::new(page);
            app.set_page(Some(page.clone()));
            place_of_reading::begin(&app, page.article());
            follow_earlier(&app);
            opened.emit(());
            move || app.set_page(None)
        }
    });
    use_effect_with((), {
        let (app, article) = (props.app.clone(), props.frame.article.clone());
        move |()| {
            let listeners = listen(&app, &article);
            let copied = EventListener::new(&document(), "copy", |_| hide());
            move || drop((listeners, copied))
        }
    });
    // Must come after the effect that opens the page: it paints what that effect has drawn.
    let shown = (
        props.article.clone(),
        props.placements.clone(),
        props.chosen.clone(),
        props.place,
        props.hosts.clone(),
    );
    use_effect_with(shown, {
        let (app, on_move) = (props.app.clone(), props.on_move.clone());
        move |(_, placements, chosen, place, hosts)| {
            if let Some(page) = app.page() {
                let range = chosen.as_ref().and_then(|id| placements.range_of(id));
                page.show_pictures(hosts);
                let is_other = page.paint(placements, range);
                page.outline(*place);
                page.set_active(chosen.iter().cloned().collect());
                if is_other {
                    on_move.emit(());
                }
            }
        }
    });
    use_effect_with(props.selection.clone(), {
        let app = props.app.clone();
        move |selection| selection.iter().for_each(|_| loading::place(&app))
    });
    let shown = match &props.selection {
        Some(passages) => {
            let highlights = |colour| {
                let known = props.placements.highlights_on(passages, Some(colour));
                known.is_some()
            };
            selection_toolbar(&props.app, props.colour, highlights)
        }
        None => Html::default(),
    };
    create_portal(shown, props.frame.tools.clone())
}

/// Listens to the article, which Yew does not draw.
fn listen(app: &AppHandle, article: &Element) -> [EventListener; 3] {
    let listen = |kind: &'static str, run: fn(&AppHandle, &Event)| {
        let (app, options) = (app.clone(), EventListenerOptions::enable_prevent_default());
        EventListener::new_with_options(article, kind, options, move |event| run(&app, event))
    };
    [
        listen("click", click),
        listen("mouseover", |app, event| loading::hover(app, event, true)),
        listen("mouseout", |app, event| loading::hover(app, event, false)),
    ]
}

fn around(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// What a click means, links, notes or a figure, the lazy part knows.
fn click(app: &AppHandle, event: &Event) {
    let link = around(event, "a[href]").filter(|_| around(event, "[data-gap]").is_none());
    let Some(link) = link else {
        return loading::click(app, event);
    };
    let href = link.get_attribute("href").unwrap_or_default();
    // The page's own address names the article, so the browser must not follow it.
    if href.starts_with('#') {
        event.prevent_default();
        loading::send(app, Command::Follow(link));
    }
}
