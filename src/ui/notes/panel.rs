//! The landmark "Notes": its head, and the cards beside the article or in a sheet.

use yew::prelude::*;

use super::head::head;
use super::shown::{PanelProps, ShownNotes, is_searching};
use crate::browser::preferences;
use crate::model::placements::{AnchorStatus, Placed};
use crate::model::session::Session;
use crate::ui::loading::{Part, use_cards};
use crate::ui::say;

#[component]
pub fn NotesPanel(props: &PanelProps) -> Html {
    let session = &props.session;
    let are_wanted = use_state_eq(preferences::hints);
    // A reader who selects words will soon have a note.
    let soon = session.selection.is_some();
    let cards = use_cards(&props.app, !session.placements.is_empty(), soon);
    let shown = match &cards {
        Part::There(draw) if is_searching(session) => (draw.find)(session),
        _ => ShownNotes::all(session),
    };
    let total = shown.placed(session) + shown.unanchored.len();
    let class = classes!(
        "notes",
        props.is_beside().then_some("beside"),
        is_unresolved(session).then_some("unresolved")
    );
    let overview = match &cards {
        Part::There(draw) if props.wide && props.shown && !session.placements.is_empty() => {
            (draw.overview)(props, &shown)
        }
        _ => Html::default(),
    };
    let ends = match &cards {
        Part::There(draw) => (draw.ends)(props),
        _ => Html::default(),
    };
    let tools = match &cards {
        Part::There(draw) => (draw.tools)(props),
        _ => Html::default(),
    };
    html! {
        <>
        { ends }
        { overview }
        <aside {class} tabindex="-1" aria-label={say!(notes.label)} data-covers={(!props.wide).then_some("")} hidden={!props.shown && props.wide}>
            { head(props, total, tools) }
            // A closed sheet still shows its first lines.
            if props.shown || !props.wide {
                if session.placements.is_empty() && !props.unread {
                    { hints(&are_wanted) }
                }
                { match cards {
                    Part::There(draw) => (draw.cards)(props, shown),
                    Part::Coming => Html::default(),
                    Part::Missing { again } => html! {
                        <p class="hint">
                            { say!(notices.part_missing) }{ " " }
                            <button class="quiet" onclick={again}>{ say!(buttons.try_again) }</button>
                        </p>
                    },
                } }
            }
        </aside>
        </>
    }
}

/// Says what can be done here: five hints for a first visit, until the reader skips them.
fn hints(are_wanted: &UseStateHandle<bool>) -> Html {
    let skip = {
        let are_wanted = are_wanted.setter();
        Callback::from(move |_: MouseEvent| {
            preferences::skip_hints();
            are_wanted.set(false);
        })
    };
    html! {
        <>
            <p class="hint">{ say!(notes.none_yet) }</p>
            if **are_wanted {
                <p class="hint lines">{ say!(notes.hints) }</p>
                <button class="quiet" onclick={skip}>{ say!(notes.skip_hints) }</button>
            }
        </>
    }
}

/// True if the chosen note waits for the reader to resolve it: its card needs room.
fn is_unresolved(session: &Session) -> bool {
    let placements = &session.placements;
    let waits = |id| {
        let placed = placements.placed_of(id);
        let is_doubtful = |placed: &Placed| {
            matches!(
                placed.status,
                AnchorStatus::Changed | AnchorStatus::Replaced
            )
        };
        placed.is_some_and(is_doubtful) || placements.unanchored_of(id).is_some()
    };
    session.chosen.as_ref().is_some_and(waits)
}
