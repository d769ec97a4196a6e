//! The button that leads to the notes that need a look.

use yew::prelude::*;

use crate::app::resolve;
use crate::ui::notes::PanelProps;
use crate::ui::say;

/// Draws the button, with the number of notes that need a look; nothing if there are none.
pub fn look(props: &PanelProps) -> Html {
    match props.session.placements.placement().look {
        0 => Html::default(),
        look => html! {
            <button class="quiet look" onclick={show_next(props)}>{ say!(notes.need_a_look)(look) }</button>
        },
    }
}

/// Goes from one note that needs a look to the next, opening the sheet if it is closed.
fn show_next(props: &PanelProps) -> Callback<MouseEvent> {
    let (app, shown, open) = (props.app.clone(), props.shown, props.on_toggle.clone());
    Callback::from(move |_: MouseEvent| {
        if !shown {
            open.emit(());
        }
        resolve::show_next_to_look_at(&app);
    })
}
