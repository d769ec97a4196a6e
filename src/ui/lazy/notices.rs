//! The notices' words and buttons.

use yew::prelude::*;

use crate::browser::update;
use crate::model::exchange::Format;
use crate::model::notebook::Intent;
use crate::model::notice::{Fewer, Message, Notice};
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command};
use crate::ui::say;

/// Draws a notice.
pub fn draw(app: &AppHandle, notice: &Notice) -> Html {
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
            <p>{ say!(notices.message)(message) }</p>
            if let Message::Reading { percent, .. } | Message::ReadingNotes { percent: percent @ Some(_) } = message {
                <progress max="100" aria-label={say!(notices.progress)} value={percent.map(|percent| percent.to_string())}></progress>
            }
            { offer(app, message) }
            <button class="quiet" aria-label={say!(buttons.dismiss)} title={say!(buttons.dismiss)} onclick={dismiss}>{ "×" }</button>
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

fn offer(app: &AppHandle, message: &Message) -> Html {
    let button = |label: &'static str, run: fn(&AppHandle)| {
        let app = app.clone();
        let run = Callback::from(move |_: MouseEvent| run(&app));
        html! { <button class="quiet" onclick={run}>{ label }</button> }
    };
    match message {
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
                { button(say!(notices.export_notes), |app| loading::send(app, Command::Export(Format::WebAnnotation))) }
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
        Message::UpdateReady => button(say!(notices.update), |_| update::take()),
        Message::NotPlaced { .. } => {
            button(say!(buttons.try_again), |app| app.send(Action::LookAgain))
        }
        _ => Html::default(),
    }
}
