//! The head of the notes: their number and the search.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::shown::PanelProps;
use crate::model::session::Action;
use crate::ui::hooks::is_composing;
use crate::ui::strings;

/// Draws the head; `look` is the button that leads to the notes that need a look.
pub fn head(props: &PanelProps, found: usize, look: Html) -> Html {
    let (query, all) = (&props.session.query, props.session.placements.len());
    let search = props.app.callback(|event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        Action::Search {
            query: input.map(|input| input.value()).unwrap_or_default(),
        }
    });
    let leave = {
        let app = props.app.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !is_composing(&event) && !app.session().query.is_empty() {
                app.send(Action::Search {
                    query: String::new(),
                });
                event.prevent_default();
            }
        })
    };
    let toggle = props.on_toggle.reform(|_: MouseEvent| ());
    let count = match query.trim().is_empty() {
        true if props.unread => String::new(),
        true => (strings().notes.count)(all),
        false => (strings().notes.shown_of)(found, all),
    };
    html! {
        <div class="notes-head">
            if !props.wide {
                <button class="handle" aria-expanded={props.shown.to_string()} onclick={toggle}>
                    { strings().notes.label }
                    if !count.is_empty() {
                        <span class="count">{ format!(" · {count}") }</span>
                    }
                </button>
            }
            if props.shown || !props.wide {
                <input type="search" aria-label={strings().notes.search} placeholder={strings().notes.search} dir="auto"
                    value={query.to_string()} oninput={search} onkeydown={leave} />
            }
            if props.wide {
                <span class="count" role="presentation">{ count }</span>
            }
            { look }
        </div>
    }
}
