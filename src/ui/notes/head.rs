//! The head of the notes: their number and the search.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::shown::PanelProps;
use crate::model::session::Action;
use crate::ui::hooks::is_composing;
use crate::ui::loading::{self, Command};
use crate::ui::say;

/// Draws the head; `tools` are the filters and what leads to the notes that need a look.
pub fn head(props: &PanelProps, found: usize, tools: Html) -> Html {
    let (query, all) = (&props.session.query, props.session.placements.len());
    let search = {
        let (app, is_low) = (props.app.clone(), !props.shown);
        let open = props.on_toggle.clone();
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            app.send(Action::Search {
                query: input.map(|input| input.value()).unwrap_or_default(),
            });
            // What is found is seen.
            if is_low {
                open.emit(());
            }
        })
    };
    let keys = {
        let app = props.app.clone();
        Callback::from(move |event: KeyboardEvent| {
            if is_composing(&event) {
                return;
            }
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            match event.key().as_str() {
                // In an empty box the keys go back to the article.
                "Escape" if app.session().query.is_empty() => {
                    input.map(|input| input.blur());
                }
                "Escape" => app.send(Action::Search {
                    query: String::new(),
                }),
                "Enter" if !app.session().query.is_empty() => {
                    loading::send(&app, Command::Step(!event.shift_key()))
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let toggle = props.on_toggle.reform(|_: MouseEvent| ());
    let count = match query.trim().is_empty() {
        true if props.unread => String::new(),
        true => say!(notes.count)(all),
        false => say!(notes.shown_of)(found, all),
    };
    let label = say!(notes.search);
    html! {
        <div class="notes-head">
            if !props.wide {
                <button class="handle" aria-expanded={props.shown.to_string()} onclick={toggle}>
                    { say!(notes.label) }
                    if !count.is_empty() {
                        <span class="count">{ format!(" · {count}") }</span>
                    }
                </button>
            }
            if props.shown || !props.wide {
                <input type="search" aria-label={label} placeholder={say!(bar.search)} dir="auto"
                    value={query.to_string()} oninput={search} onkeydown={keys} />
            }
            if props.wide {
                <span class="count" role="presentation">{ count }</span>
            }
            { tools }
        </div>
    }
}
