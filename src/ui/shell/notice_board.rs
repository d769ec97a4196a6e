//! The notices: news of success disappears by itself, problems stay until they are dismissed.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::browser::update;
use crate::model::exchange::Format;
use crate::model::notice::{Fewer, Message, Notice, Notices};
use crate::model::session::Action;
use crate::ui::hooks::{AppHandle, use_window_event};
use crate::ui::loading::{self, Command};
use crate::ui::strings;

/// Milliseconds for which a notice of success is shown.
const STANDS: u32 = 10_000;

/// Dismisses a notice of success after a while.
#[hook]
pub fn use_passing(app: &AppHandle, notices: &Notices) {
    use_effect_with(notices.status().map(|notice| notice.number), {
        let app = app.clone();
        move |number| {
            let timeout = number
                .map(|notice| Timeout::new(STANDS, move || app.send(Action::Dismiss { notice })));
            move || drop(timeout)
        }
    });
    use_update(app);
}

/// Tells the reader when a new version of the app is ready.
#[hook]
fn use_update(app: &AppHandle) {
    use_window_event(update::EVENT, {
        let app = app.clone();
        Rc::new(move |_| app.tell(Message::UpdateReady))
    });
    use_effect_with((), {
        let app = app.clone();
        move |()| {
            // It may have been ready before this listener was.
            if update::is_ready() {
                app.tell(Message::UpdateReady);
            }
        }
    });
}

pub fn notice_board(app: &AppHandle, notices: &Notices) -> Html {
    // A reader who is writing is not asked to leave the page.
    let is_writing = app.session().writing.is_some();
    let offer = notices.offer().filter(|_| !is_writing);
    // The live regions are always present: one that is inserted with its words is not read out.
    html! {
        <div class="notices">
            <div role="alert">
                { for notices.alerts().iter().map(|alert| notice_line(app, alert)) }
            </div>
            <div role="status">
                { for notices.status().into_iter().chain(notices.fewer()).chain(offer).map(|status| notice_line(app, status)) }
            </div>
        </div>
    }
}

fn notice_line(app: &AppHandle, notice: &Notice) -> Html {
    let number = notice.number;
    let dismiss = app.callback(move |_: MouseEvent| Action::Dismiss { notice: number });
    let message = &notice.message;
    // Messages about what is visible on the page anyway are only for screen readers.
    let class = classes!(
        "notice",
        message.is_alert().then_some("alert"),
        is_seen_anyway(message).then_some("said")
    );
    html! {
        <div key={number} {class}>
            <p>{ (strings().notices.message)(message) }</p>
            if let Message::Reading { percent, .. } | Message::ReadingNotes { percent: percent @ Some(_) } = message {
                <progress max="100" aria-label={strings().notices.progress} value={percent.map(|percent| percent.to_string())}></progress>
            }
            { offer(app, message) }
            <button class="quiet" aria-label={strings().buttons.dismiss} title={strings().buttons.dismiss} onclick={dismiss}>{ "×" }</button>
        </div>
    }
}

fn is_seen_anyway(message: &Message) -> bool {
    matches!(
        message,
        Message::Highlighted { .. }
            | Message::Recoloured { .. }
            | Message::NoteSaved
            | Message::Kept
            | Message::Attached
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

fn offer(app: &AppHandle, message: &Message) -> Html {
    let button = |label: &'static str, run: fn(&AppHandle)| {
        let app = app.clone();
        let run = Callback::from(move |_: MouseEvent| run(&app));
        html! { <button class="quiet" onclick={run}>{ label }</button> }
    };
    match message {
        Message::BackupDue { .. } => button(strings().buttons.download_all, |app| {
            loading::send(app, Command::DownloadAll)
        }),
        Message::Removed
        | Message::Imported(_)
        | Message::Detached
        | Message::Restored { notes: 1.. } => {
            let label = if *message == Message::Removed {
                strings().notices.bring_back
            } else {
                strings().notices.take_back
            };
            button(label, |app| app.send(Action::Undo))
        }
        Message::Storage { .. } => html! {
            <>
                { button(strings().notices.export_notes, |app| loading::send(app, Command::Export(Format::WebAnnotation))) }
                { button(strings().buttons.try_again, |app| app.retry()) }
            </>
        },
        Message::Reading { .. } => button(strings().buttons.stop, |app| {
            loading::send(app, Command::StopReading)
        }),
        Message::ReadingNotes { percent: Some(_) } => {
            button(strings().buttons.stop, |app| app.send(Action::StopImport))
        }
        Message::ArticleRemoved { id, notes, .. } => {
            let (app, id, notes) = (app.clone(), id.clone(), notes.clone());
            let put_back = Callback::from(move |_: MouseEvent| {
                loading::send(&app, Command::PutBack(id.clone(), notes.clone()));
            });
            html! { <button class="quiet" onclick={put_back}>{ strings().notices.bring_back }</button> }
        }
        Message::Fewer(Fewer::InArticle(_)) => button(strings().reader.whole_page, |app| {
            loading::send(app, Command::ShowOther)
        }),
        Message::UpdateReady => button(strings().notices.update, |_| update::take()),
        Message::NotPlaced { .. } => button(strings().buttons.try_again, |app| {
            app.send(Action::LookAgain)
        }),
        _ => Html::default(),
    }
}
