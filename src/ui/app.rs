//! The app: wires the parts together, and nothing else.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{File, StorageEvent};
use yew::prelude::*;

use super::hooks::{
    KeyTargets, use_desk, use_drop, use_keys, use_media, use_selection, use_window_event,
};
use super::library::{Library, OpenDialog, Pasted, arrived};
use super::notes::NotesPanel;
use super::reader::{Contents, reader};
use super::reading::use_reading;
use super::shell::{BarTargets, YourNotes, keys_dialog, notice_board, top_bar, use_passing};
use super::words;
use super::{errands, keeping};
use crate::browser::arrival::{self, Arrival};
use crate::browser::system::{before_next_frame, document, focus};
use crate::browser::tab;
use crate::model::headings::{LEAST, headings};

/// Windows at least this wide have room for the notes beside the article.
const WIDE: &str = "(min-width: 68rem)";

#[component]
pub fn App() -> Html {
    let desk = use_desk();
    let session = desk.session();
    let wide = use_media(WIDE);
    let opening = use_state_eq(|| None::<Pasted>);
    let (keys_shown, storage_shown) = (use_state_eq(|| false), use_state_eq(|| false));
    let (library_shown, contents_shown) = (use_state_eq(|| false), use_state_eq(|| false));
    // Beside the article the notes are shown until they are hidden; the sheet over it is not,
    // until it is asked for or something is written.
    let (beside, sheet) = (use_state_eq(|| true), use_state_eq(|| false));
    let notes = if wide { &beside } else { &sheet };
    let notes_shown = **notes || (!wide && session.writing.is_some());
    let highlights_shown = use_state_eq(|| true);
    // Counts up when other notes come near the window.
    let moved = use_state(|| 0_u32);

    use_effect_with((), {
        let desk = desk.clone();
        move |()| errands::begin(&desk)
    });
    let arrival = use_state_eq(|| None::<Arrival>);
    use_effect_with((), {
        let (desk, arrival) = (desk.clone(), arrival.setter());
        move |()| {
            arrival::look(move |arrived| arrival.set(Some(arrived)));
            arrival::take_files(move |file| errands::take_file(&desk, file));
        }
    });
    let leave_arrival = {
        let (desk, arrival) = (desk.clone(), arrival.clone());
        Callback::from(move |()| {
            let open = desk.session().article.as_ref().map(|article| article.id());
            tab::leave_arrival(open.as_ref());
            arrival.set(None);
        })
    };
    use_passing(&desk, &session.notices);
    use_selection(&desk);
    use_reading(&desk);
    use_keys(
        &desk,
        &KeyTargets {
            show_keys: show(&keys_shown),
            toggle_notes: toggle(notes),
            search: search(notes),
            contents: show(&contents_shown),
            library: show(&library_shown),
            toggle_highlights: toggle(&highlights_shown),
        },
    );
    let dragging = use_drop({
        let desk = desk.clone();
        Callback::from(move |file: File| errands::take_file(&desk, file))
    });
    use_window_event("storage", {
        let desk = desk.clone();
        Rc::new(move |event| {
            let Some(event) = event.dyn_ref::<StorageEvent>() else {
                return;
            };
            let (key, value) = (event.key(), event.new_value());
            keeping::hear_storage(&desk, key.as_deref(), value.as_deref());
        })
    });
    let look_again: Rc<dyn Fn(&web_sys::Event)> = Rc::new({
        let desk = desk.clone();
        move |_| {
            if !document().hidden() {
                keeping::look_again(&desk);
            }
        }
    });
    use_window_event("visibilitychange", look_again.clone());
    use_window_event("focus", look_again);
    use_window_event("paste", {
        let opening = opening.clone();
        Rc::new(move |event| {
            if !super::hooks::is_typing(event)
                && opening.is_none()
                && let Some(pasted) = Pasted::of(event)
            {
                event.prevent_default();
                opening.set(Some(pasted));
            }
        })
    });

    let moves = use_mut_ref(|| 0_u32);
    let on_move = use_callback((), {
        let moved = moved.setter();
        move |(), ()| {
            *moves.borrow_mut() += 1;
            moved.set(*moves.borrow());
        }
    });
    let open = {
        let opening = opening.clone();
        Callback::from(move |()| opening.set(Some(Pasted::default())))
    };
    let close = {
        let opening = opening.clone();
        Callback::from(move |()| opening.set(None))
    };
    let has_contents = use_memo(session.article.clone(), |article| {
        let headings = article.iter().map(|article| headings(article).len());
        headings.sum::<usize>() >= LEAST
    });
    let contents = (*has_contents).then(|| show(&contents_shown));
    let class = classes!(
        "app",
        wide.then_some("wide"),
        (!notes_shown).then_some("notes-hidden"),
        (!*highlights_shown).then_some("highlights-hidden"),
    );
    html! {
        <div {class}>
            <a class="skip" href="#article">{ words::SKIP }</a>
            { top_bar(&desk, &session.history, notes_shown, BarTargets {
                open, library: show(&library_shown), contents, keys: show(&keys_shown), notes: toggle(notes), storage: show(&storage_shown),
            }) }
            <div class="desk">
                { reader(&desk, &session, &on_move) }
                <NotesPanel desk={desk.clone()} session={session.clone()} {wide}
                    shown={notes_shown} on_toggle={toggle(notes)} {on_move} moved={*moved} />
            </div>
            if !*storage_shown && !*library_shown {
                { notice_board(&desk, &session.notices) }
            }
            if let Some(pasted) = (*opening).clone() {
                <OpenDialog desk={desk.clone()} {pasted} on_close={close} />
            }
            if let Some(arrival) = &*arrival {
                { arrived(&desk, arrival, &leave_arrival) }
            }
            if *keys_shown {
                { keys_dialog(hide(&keys_shown)) }
            }
            if *storage_shown {
                <YourNotes desk={desk.clone()} on_close={hide(&storage_shown)}>
                    // What stands outside of a modal dialog can be neither seen nor heard.
                    { notice_board(&desk, &session.notices) }
                </YourNotes>
            }
            if *library_shown {
                <Library desk={desk.clone()} on_close={hide(&library_shown)}>
                    { notice_board(&desk, &session.notices) }
                </Library>
            }
            if let Some(article) = session.article.clone().filter(|_| *contents_shown && *has_contents) {
                <Contents desk={desk.clone()} {article} on_close={hide(&contents_shown)} />
            }
            if dragging {
                <div class="drop-here" aria-hidden="true">{ words::DROP }</div>
            }
        </div>
    }
}

fn show(state: &UseStateHandle<bool>) -> Callback<()> {
    let state = state.clone();
    Callback::from(move |()| state.set(true))
}

fn hide(state: &UseStateHandle<bool>) -> Callback<()> {
    let state = state.clone();
    Callback::from(move |()| state.set(false))
}

fn toggle(state: &UseStateHandle<bool>) -> Callback<()> {
    let state = state.clone();
    Callback::from(move |()| state.set(!*state))
}

/// Shows the notes and puts the focus in their search box.
fn search(notes: &UseStateHandle<bool>) -> Callback<()> {
    let notes = notes.clone();
    Callback::from(move |()| {
        notes.set(true);
        before_next_frame(|| {
            if let Ok(Some(search)) = document().query_selector("input[type=search]") {
                focus(&search);
            }
        });
    })
}
