//! The notices' words and buttons, and how long those of success stand.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::{export, folder};
use crate::browser::update;
use crate::model::exchange::Format;
use crate::model::notebook::Intent;
use crate::model::notice::{Fewer, Message, Notice};
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command, Dialog};
use crate::ui::say;

/// Milliseconds for which a notice of success stands over the text.
const STANDS: u32 = 6_000;
/// Milliseconds for which it does where there is a button to reach, or more is to come.
const STANDS_LONGER: u32 = 10_000;

/// Draws a notice.
pub fn draw(app: &AppHandle, notice: &Notice) -> Html {
    // What tells of one progress stays one line.
    let number = match notice.message {
        Message::Changing { .. } => 0,
        _ => notice.number,
    };
    html! { <Line key={number} app={app.clone()} notice={notice.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct Props {
    app: AppHandle,
    notice: Notice,
}

#[component]
fn Line(props: &Props) -> Html {
    let Props { app, notice } = props;
    let number = notice.number;
    let dismiss = app.callback(move |_: MouseEvent| Action::Dismiss { notice: number });
    let message = &notice.message;
    let offered = offer(app, message);
    let (pointed, focused) = (use_state_eq(|| false), use_state_eq(|| false));
    let stands = match offered.is_some() || is_going_on(message) {
        true => STANDS_LONGER,
        false => STANDS,
    };
    // Who points at it or is in it has not done with it.
    use_passing(app, number, (!*pointed && !*focused).then_some(stands));
    // Messages about what is visible on the page anyway are only for screen readers.
    let class = classes!(
        "notice",
        message.is_alert().then_some("alert"),
        is_seen_anyway(message).then_some("said")
    );
    html! {
        <div {class} onmouseenter={turn(&pointed, true)} onmouseleave={turn(&pointed, false)}
            onfocusin={turn(&focused, true)} onfocusout={turn(&focused, false)}>
            <p>{ say!(notices.message)(message) }</p>
            if let Message::Changing { percent } = message {
                <progress max="100" aria-label={say!(notices.progress)} value={percent.to_string()}></progress>
            } else if let Message::Reading { percent, .. } | Message::ReadingNotes { percent: percent @ Some(_) } = message {
                <progress max="100" aria-label={say!(notices.progress)} value={percent.map(|percent| percent.to_string())}></progress>
            }
            { for offered }
            <button class="quiet" aria-label={say!(buttons.dismiss)} title={say!(buttons.dismiss)} onclick={dismiss}>{ "×" }</button>
        </div>
    }
}

/// Dismisses a notice after so many milliseconds, if it is the one of success.
#[hook]
fn use_passing(app: &AppHandle, number: u32, stands: Option<u32>) {
    let status = app.session().notices.status().map(|status| status.number);
    let stands = stands.filter(|_| status == Some(number));
    use_effect_with(stands, {
        let app = app.clone();
        move |stands| {
            let dismiss = move || app.send(Action::Dismiss { notice: number });
            let timeout = stands.map(|stands| Timeout::new(stands, dismiss));
            move || drop(timeout)
        }
    });
}

fn turn<E: 'static>(state: &UseStateHandle<bool>, on: bool) -> Callback<E> {
    let state = state.setter();
    Callback::from(move |_: E| state.set(on))
}

/// True if it tells of something that is being done.
fn is_going_on(message: &Message) -> bool {
    matches!(
        message,
        Message::Loading
            | Message::Reading { .. }
            | Message::ReadingNotes { .. }
            | Message::Changing { .. }
            | Message::Finding { .. }
    )
}

fn is_seen_anyway(message: &Message) -> bool {
    matches!(
        message,
        Message::Highlighted { .. }
            | Message::Recoloured { .. }
            | Message::NoteSaved
            | Message::Kept
            | Message::Attached
            | Message::PassageAdded
            | Message::PassageRemoved
            | Message::Looking { .. }
            | Message::Undone {
                elsewhere: false,
                ..
            }
            | Message::Redone {
                elsewhere: false,
                ..
            }
    )
}

/// Draws what can be done about a message.
fn offer(app: &AppHandle, message: &Message) -> Option<Html> {
    let button = |label: &'static str, run: fn(&AppHandle)| {
        let app = app.clone();
        let run = Callback::from(move |_: MouseEvent| run(&app));
        html! { <button class="quiet" onclick={run}>{ label }</button> }
    };
    let offered = match message {
        Message::BackupDue { .. } => button(say!(buttons.download_all), |app| {
            loading::send(app, Command::DownloadAll)
        }),
        Message::Removed
        | Message::Changed { .. }
        | Message::Imported(_)
        | Message::Detached
        | Message::Restored { notes: 1.. } => {
            let removed = matches!(
                message,
                Message::Removed
                    | Message::Changed {
                        intent: Intent::Remove,
                        ..
                    }
            );
            let label = match removed {
                true => say!(notices.bring_back),
                false => say!(notices.take_back),
            };
            button(label, |app| app.send(Action::Undo))
        }
        Message::Storage { .. } => html! {
            <>
                { button(say!(notices.export_notes), |app| export::at_once(app, Format::WebAnnotation)) }
                { button(say!(buttons.try_again), |app| app.retry()) }
            </>
        },
        Message::Reading { .. } => button(say!(buttons.stop), |app| {
            loading::send(app, Command::StopReading)
        }),
        Message::ReadingNotes { percent: Some(_) } => {
            button(say!(buttons.stop), |app| app.send(Action::StopImport))
        }
        Message::ArticleRemoved { id, notes, .. } => {
            let (app, id, notes) = (app.clone(), id.clone(), notes.clone());
            let put_back = Callback::from(move |_: MouseEvent| {
                loading::send(&app, Command::PutBack(id.clone(), notes.clone()));
            });
            html! { <button class="quiet" onclick={put_back}>{ say!(notices.bring_back) }</button> }
        }
        Message::Fewer(Fewer::InArticle(_)) => button(say!(reader.whole_page), |app| {
            loading::send(app, Command::ShowOther)
        }),
        Message::FolderFailed => button(say!(folder.allow), folder::allow_again),
        Message::OutOfStep { .. } => {
            button(say!(bar.your_notes), |_| loading::enter(Dialog::YourNotes))
        }
        Message::UpdateReady => button(say!(notices.update), |_| update::take()),
        Message::NotPlaced { .. } => {
            button(say!(buttons.try_again), |app| app.send(Action::LookAgain))
        }
        _ => return None,
    };
    Some(offered)
}
