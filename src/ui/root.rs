//! The root component: wires the parts together, and nothing else.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;
use yew::prelude::*;

use super::frame::Frame;
use super::hooks::{
    KeyTargets, use_app, use_drop, use_keys, use_media, use_selection, use_window_event,
};
use super::loading::{
    self, Command, Dialog, Menu, MenuTargets, Pasted, use_dialog, use_menu, use_notices,
};
use super::notes::NotesPanel;
use super::printing::use_printing;
use super::reader::reader;
use super::say;
use super::shell::{BarTargets, notice_board, top_bar, use_update};
use crate::app::ports::Work;
use crate::app::{place, start};
use crate::browser::system::{before_next_frame, document, focus};
use crate::browser::{launch, local};
use crate::model::notice::Notices;

/// Media query for windows wide enough for the notes beside the article.
const WIDE: &str = "(min-width: 68rem)";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub frame: Frame,
}

#[component]
pub fn Root(Props { frame }: &Props) -> Html {
    let app = use_app(loading::run);
    let session = app.session();
    let wide = use_media(WIDE);
    let dialog = use_state_eq(|| None::<Dialog>);
    // Beside the article the notes are shown until they are hidden; the sheet over it is hidden
    // until the reader opens it. What is being written is shown in any case.
    let (beside, sheet) = (use_state_eq(|| true), use_state_eq(|| false));
    let notes = if wide { &beside } else { &sheet };
    let notes_shown = **notes || session.writing.is_some();
    let highlights_shown = use_state_eq(|| true);
    // Counts up when different notes come near the window.
    let moved = use_state(|| 0_u32);

    // Before the article that is shown first takes its place in the address.
    use_effect_with((), {
        let (app, dialog) = (app.clone(), dialog.setter());
        move |()| {
            dialog.set(launch::current().map(Dialog::Launch));
            launch::take_launched(move |launch| {
                loading::send(&app, Command::TakeLaunched(launch));
            });
        }
    });
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            #[cfg(feature = "chaos")]
            super::automation::install(&app);
            start::begin(&app);
        }
    });
    let enter = |target: Dialog| {
        let dialog = dialog.setter();
        Callback::from(move |()| dialog.set(Some(target.clone())))
    };
    let leave = {
        let dialog = dialog.setter();
        Callback::from(move |()| dialog.set(None))
    };
    use_update(&app);
    use_selection(&app);
    use_window_event("scroll", {
        let app = app.clone();
        Rc::new(move |_| place::rest(&app))
    });
    use_window_event("resize", {
        let app = app.clone();
        Rc::new(move |_| app.hold_line())
    });
    use_window_event("pagehide", {
        let app = app.clone();
        Rc::new(move |_| place::keep(&app))
    });
    use_printing(&app);
    let enter_any = {
        let dialog = dialog.setter();
        Callback::from(move |target| dialog.set(Some(target)))
    };
    loading::enter_by(enter_any.clone());
    use_keys(
        &app,
        &KeyTargets {
            enter: enter_any.clone(),
            toggle_notes: toggle(notes),
            search: search(notes),
            toggle_highlights: toggle(&highlights_shown),
        },
    );
    let dragging = use_drop({
        let app = app.clone();
        Callback::from(move |files: Array| loading::send(&app, Command::TakeFiles(files)))
    });
    use_effect_with(dragging, {
        let app = app.clone();
        move |dragging| {
            if *dragging {
                app.run(Work::Prepare);
            }
        }
    });
    use_window_event("storage", {
        let app = app.clone();
        Rc::new(move |event| {
            let Some(event) = event.dyn_ref::<StorageEvent>() else {
                return;
            };
            let (key, value) = (event.key(), event.new_value());
            start::hear_local(&app, local::news(key.as_deref(), value.as_deref()));
        })
    });
    let look_again: Rc<dyn Fn(&web_sys::Event)> = Rc::new({
        let app = app.clone();
        move |_| {
            if !document().hidden() {
                start::look_again(&app);
            }
        }
    });
    use_window_event("visibilitychange", look_again.clone());
    use_window_event("focus", look_again);
    use_window_event("paste", {
        let dialog = dialog.clone();
        Rc::new(move |event| {
            if !super::hooks::is_typing(event)
                && dialog.is_none()
                && let Some(pasted) = Pasted::of(event)
            {
                event.prevent_default();
                dialog.set(Some(Dialog::Open(pasted)));
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
    let lines = use_notices(&app, session.notices != Notices::default());
    let board = || notice_board(&app, &session.notices, &lines);
    let has_board = matches!(
        &*dialog,
        Some(Dialog::Library | Dialog::YourNotes | Dialog::Tags)
    );
    let over = use_dialog(
        &app,
        dialog.as_ref(),
        &leave,
        has_board.then(board).unwrap_or_default(),
    );
    let class = classes!(
        "app",
        wide.then_some("wide"),
        (!notes_shown).then_some("notes-hidden"),
        (!*highlights_shown).then_some("highlights-hidden"),
    );
    // Before anything in it is measured.
    frame.app.set_class_name(&class.to_string());
    let menu = use_state_eq(|| None::<Menu>);
    let targets = MenuTargets {
        enter: enter_any,
        turn: {
            let menu = menu.setter();
            Callback::from(move |target| menu.set(target))
        },
    };
    let list = use_menu(&app, *menu, &targets);
    let title = session
        .article
        .as_ref()
        .map_or("", |article| article.title());
    let bar = top_bar(
        &app,
        &session.history,
        title,
        notes_shown,
        BarTargets {
            enter: &enter,
            menu: &menu,
            list,
            search: search(notes),
            notes: toggle(notes),
        },
    );
    let notes = html! {
        <NotesPanel app={app.clone()} session={session.clone()} unread={app.is_unread()} {wide}
            shown={notes_shown} on_toggle={toggle(notes)} on_move={on_move.clone()} moved={*moved} />
    };
    html! {
        <>
            { create_portal(bar, frame.bar.clone()) }
            { reader(&app, frame, &session, &on_move) }
            { create_portal(notes, frame.beside.clone()) }
            if !has_board {
                { board() }
            }
            { over }
            if dragging {
                <div class="drop-here" aria-hidden="true">{ say!(reader.drop) }</div>
            }
        </>
    }
}

fn toggle(state: &UseStateHandle<bool>) -> Callback<()> {
    let state = state.clone();
    Callback::from(move |()| state.set(!*state))
}

/// Shows the notes and focuses their search box.
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
