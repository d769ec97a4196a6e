//! The toolbar of a selection: highlight, note, colours.

use yew::prelude::*;

use crate::browser::preferences;
use crate::browser::system::{find_within, stamp};
use crate::model::annotation::Colour;
use crate::model::colour_names::ColourNames;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::loading;
use crate::ui::say;

/// Draws the toolbar; `highlights` says in which colours the selection is exactly a highlight.
pub fn selection_toolbar(
    app: &AppHandle,
    colour: Colour,
    highlights: impl Fn(Colour) -> bool,
) -> Html {
    let send = |action: fn() -> Action| app.callback(move |_: MouseEvent| action());
    let names = preferences::colour_names();
    let [beside_words, beside_colours] = loading::more_tools(app);
    // A press on the toolbar must not clear the selection.
    let keep = Callback::from(|event: PointerEvent| event.prevent_default());
    let keep_mouse = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="selection" role="toolbar" aria-label={say!(selection.label)}
            onpointerdown={keep} onmousedown={keep_mouse} onkeydown={Callback::from(loading::move_in_toolbar)}>
            <button onclick={send(|| Action::Highlight { colour: None, stamp: stamp() })}>
                <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
                { say!(selection.highlight) }
            </button>
            <button tabindex="-1" onclick={send(|| Action::AddNote { stamp: stamp() })}>
                { say!(selection.add_note) }
            </button>
            { beside_words }
            <span class="colours">
                { for Colour::ALL.into_iter().map(|colour| swatch(app, colour, &names, highlights(colour))) }
                { beside_colours }
            </span>
        </div>
    }
}

/// Draws what the button of a colour shows: the colour, and the reader's name of it.
pub fn colour_face(colour: Colour, name: Option<&str>) -> Html {
    html! {
        <>
            <span class="swatch" data-colour={colour.name()} aria-hidden="true"></span>
            if let Some(name) = name {
                <bdi class="colour-name">{ name.to_owned() }</bdi>
            }
        </>
    }
}

fn swatch(app: &AppHandle, colour: Colour, names: &ColourNames, pressed: bool) -> Html {
    let name = names.of(colour);
    let colours_own = say!(selection.colour)(colour);
    let label = name.unwrap_or(colours_own).to_owned();
    let highlight = app.callback(move |_: MouseEvent| Action::Highlight {
        colour: Some(colour),
        stamp: stamp(),
    });
    html! {
        <button class="swatch-button" tabindex="-1" aria-label={label} title={colours_own}
            aria-pressed={pressed.to_string()} onclick={highlight}>
            { colour_face(colour, name) }
        </button>
    }
}

/// Takes the toolbar out of the way of a reader who has copied the words. It appears again when the
/// selection changes.
pub fn hide() {
    let toolbar = find_within("tools", "[role=toolbar]");
    if let Some(toolbar) = toolbar {
        let _ = toolbar.set_attribute("hidden", "");
    }
}
