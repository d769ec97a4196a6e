//! "Name the colours": what each colour means to the reader.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::wholes;
use crate::app::resolve;
use crate::browser::preferences;
use crate::browser::system::now;
use crate::model::annotation::Colour;
use crate::model::colour_names::ColourNames;
use crate::model::commands;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Dialog};
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
}

#[component]
pub fn Colours(props: &Props) -> Html {
    // Each letter is kept at once, and no field is drawn anew while it is typed in.
    let names = use_memo((), |()| preferences::colour_names());
    // A field that is typed in takes the page's selection away.
    let selected = use_memo((), |()| {
        let selection = props.app.session().selection.clone();
        selection.map(|selection| selection.first().range())
    });
    let close = {
        let (app, close) = (props.app.clone(), props.on_close.clone());
        Callback::from(move |()| {
            close.emit(());
            if let (Some(page), Some(range)) = (app.page(), *selected) {
                page.select(range);
            }
        })
    };
    let words = strings().selection;
    let field = |(index, colour): (usize, Colour)| {
        let rename = Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut names = preferences::colour_names();
                names.set(colour, &input.value());
                preferences::name_colours(&names);
            }
        });
        let id = format!("name-of-{}", colour.name());
        html! {
            <li>
                <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
                <input {id} type="text" dir="auto" autocomplete="off" aria-label={(words.name_of_colour)(colour)}
                    placeholder={(words.colour)(colour)} maxlength={ColourNames::LONGEST.to_string()}
                    value={names.of(colour).unwrap_or_default().to_owned()} oninput={rename.reform(|event: InputEvent| event.into())} onchange={rename} />
                <kbd>{ index + 1 }</kbd>
            </li>
        }
    };
    html! {
        <DialogFrame label={words.name_colours} class="colour-names" on_close={close}>
            <p class="hint">{ words.name_colours_why }</p>
            <ul role="list">{ for Colour::ALL.into_iter().enumerate().map(field) }</ul>
        </DialogFrame>
    }
}

/// Draws what is added to the toolbar of the selection: the buttons that select the whole around it
/// and add its words to the chosen note, and the one that leads to the dialog.
pub fn more_tools(app: &AppHandle) -> [Html; 2] {
    let chosen = app.session().chosen.clone();
    let add = chosen.map(|id| {
        let app = app.clone();
        let add = Callback::from(move |_: MouseEvent| {
            resolve::edit(&app, |session| commands::add_passages(session, &id, now()));
        });
        html! { <button tabindex="-1" onclick={add}>{ say!(selection.add_passage) }</button> }
    });
    let whole = wholes::tool(app);
    [html! { <>{ for whole }{ for add }</> }, name_colours("-1")]
}

/// Draws the button that leads to the dialog.
pub fn name_colours(tab: &'static str) -> Html {
    let label = say!(selection.name_colours);
    let enter = Callback::from(|_: MouseEvent| loading::enter(Dialog::Colours));
    html! {
        <button class="swatch-button" tabindex={tab} aria-label={label} title={label} onclick={enter}>
            <span class="icon" data-icon="pen" aria-hidden="true"></span>
        </button>
    }
}
