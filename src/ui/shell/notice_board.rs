//! The notices: news of success disappears by itself (`lazy/notices.rs`), problems stay until they are
//! dismissed.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::update;
use crate::model::notice::{Message, Notice, Notices};
use crate::model::session::Action;
use crate::ui::hooks::{AppHandle, use_window_event};
use crate::ui::loading::{DrawNotice, Part};
use crate::ui::say;

/// Tells the reader when a new version of the app is ready.
#[hook]
pub fn use_update(app: &AppHandle) {
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

/// Draws the notices; their words and buttons come with the lazy part.
pub fn notice_board(app: &AppHandle, notices: &Notices, lines: &Part<DrawNotice>) -> Html {
    // A reader who is writing is not asked to leave the page.
    let is_writing = app.session().writing.is_some();
    let offer = notices.offer().filter(|_| !is_writing);
    // The live regions are always present: one that is inserted with its words is not read out.
    html! {
        <div class="notices">
            <div role="alert">
                { match lines {
                    Part::There(draw) => notices.alerts().iter().map(|alert| draw(app, alert)).collect(),
                    Part::Missing { again } if !notices.alerts().is_empty() => missing(app, notices, again),
                    Part::Missing { .. } | Part::Coming => Html::default(),
                } }
            </div>
            <div role="status">
                { match lines {
                    Part::There(draw) => {
                        let lines = notices.status().into_iter().chain(notices.fewer()).chain(offer);
                        lines.map(|status| draw(app, status)).collect()
                    }
                    Part::Coming => notices.status().map_or_else(Html::default, |status| coming(status)),
                    Part::Missing { .. } => Html::default(),
                } }
            </div>
        </div>
    }
}

/// Draws the only notice about the part itself that has the words of the others.
fn coming(status: &Notice) -> Html {
    match status.message {
        Message::Loading => {
            html! { <div class="notice"><p>{ say!(notices.loading) }</p></div> }
        }
        _ => Html::default(),
    }
}

/// Stands for all alerts while the part that has their words cannot be loaded.
fn missing(app: &AppHandle, notices: &Notices, again: &Callback<MouseEvent>) -> Html {
    let alerts = notices.alerts();
    let is_unsaved = alerts
        .iter()
        .any(|alert| matches!(alert.message, Message::Storage { .. }));
    let numbers: Vec<u32> = alerts.iter().map(|alert| alert.number).collect();
    let app = app.clone();
    let dismiss = Callback::from(move |_: MouseEvent| {
        for notice in numbers.clone() {
            app.send(Action::Dismiss { notice });
        }
    });
    let label = say!(buttons.dismiss);
    html! {
        <div class="notice alert">
            <p>
                if is_unsaved {
                    { say!(notices.unsaved) }{ " " }
                }
                { say!(notices.part_missing) }
            </p>
            <button class="quiet" onclick={again}>{ say!(buttons.try_again) }</button>
            <button class="quiet" aria-label={label} title={label} onclick={dismiss}>{ "×" }</button>
        </div>
    }
}
