//! Launches wait for a click: an address, shared words and files, a captured page.

use yew::prelude::*;

use crate::browser::launch::{self, Launch, LaunchContent};
use crate::browser::tab;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::given::{self, Given};
use crate::ui::lazy::sharing;
use crate::ui::lazy::synchronise::InvitedDialog;
use crate::ui::say;
use crate::ui::shell::DialogFrame;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub launch: Launch,
    pub on_close: Callback<()>,
}

/// Asks whether the content of a launch may be opened; nothing of it is kept before that.
#[component]
pub fn LaunchDialog(props: &Props) -> Html {
    let content = use_state_eq(|| None::<LaunchContent>);
    use_effect_with((), {
        let (content, launch) = (content.setter(), props.launch.clone());
        move |()| {
            let waiting = launch::look(&launch, move |arrived| content.set(Some(arrived)));
            move || drop(waiting)
        }
    });
    let done = {
        let app = props.app.clone();
        props.on_close.reform(move |()| {
            let open = app.session().article.as_ref().map(|article| article.id());
            tab::leave_launch(open.as_ref());
        })
    };
    match &*content {
        Some(content) => question(&props.app, content, &done),
        None => Html::default(),
    }
}

fn question(app: &AppHandle, content: &LaunchContent, on_done: &Callback<()>) -> Html {
    let linked = match content {
        LaunchContent::Notes(file) => Some(sharing::brought(app, file, on_done)),
        LaunchContent::Passage(address, words) => Some(sharing::led(app, address, words, on_done)),
        LaunchContent::BrokenLink => Some((say!(sharing.broken).to_owned(), Html::default())),
        _ => None,
    };
    if let LaunchContent::Device(invitation) = content {
        let (app, on_done) = (app.clone(), on_done.clone());
        return html! { <InvitedDialog {app} invitation={invitation.clone()} {on_done} /> };
    }
    let cancel = on_done.reform(|_: MouseEvent| ());
    if let Some((question, buttons)) = linked {
        return asked(question, buttons, cancel, on_done);
    }
    let (question, agree, given) = match content {
        LaunchContent::Address(address) => {
            let open = Given::Address(address.clone());
            (
                say!(launch.open_address)(address),
                say!(buttons.open),
                Some(open),
            )
        }
        LaunchContent::Words(text, title) => {
            let open = Given::Text {
                text: text.clone(),
                kind: None,
            };
            (
                say!(launch.open_words)(title, text.len()),
                say!(buttons.open),
                Some(open),
            )
        }
        LaunchContent::File(file, of) => {
            let open = Given::File(file.clone());
            let question = say!(launch.open_file)(&file.name(), file.size() as usize, *of);
            (question, say!(buttons.open), Some(open))
        }
        LaunchContent::NotShared => (say!(launch.not_shared).to_owned(), "", None),
        LaunchContent::TooLarge => (say!(launch.too_large).to_owned(), "", None),
        LaunchContent::Page(page, is_known) => {
            let open = Given::CapturedPage(page.clone());
            let question = say!(launch.import_page)(page, *is_known);
            (question, say!(buttons.import), Some(open))
        }
        LaunchContent::Awaited(origin) => (say!(launch.await_page)(origin), "", None),
        _ => (say!(launch.not_received).to_owned(), "", None),
    };
    let agree = given.map(|given| {
        let (app, on_done) = (app.clone(), on_done.clone());
        let open = Callback::from(move |_: MouseEvent| {
            on_done.emit(());
            given::open(&app, given.clone());
        });
        html! { <button type="button" class="primary" onclick={open}>{ agree }</button> }
    });
    asked(question, html! { { for agree } }, cancel, on_done)
}

/// Draws a question with the buttons that agree.
fn asked(
    question: String,
    agree: Html,
    cancel: Callback<MouseEvent>,
    on_done: &Callback<()>,
) -> Html {
    html! {
        <DialogFrame label={say!(launch.heading)} on_close={on_done.clone()}>
            <p class="arrived" role="status" dir="auto">{ question }</p>
            <div class="row">
                { agree }
                <button type="button" onclick={cancel}>{ say!(buttons.cancel) }</button>
            </div>
        </DialogFrame>
    }
}
