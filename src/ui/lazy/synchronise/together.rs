//! Reading together: the reader's name, and which articles go to the group with the reader's notes.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::sync::circle::{Among, Circle, show_others};
use crate::app::sync::synchroniser::Status;
use crate::model::article::ArticleId;
use crate::model::session::Session;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::synchronise::begin;
use crate::ui::strings;

/// Longest name that is typed, in UTF-16 units.
const LONGEST: &str = "60";

/// Draws the box for the reader's name.
pub fn maker_box(node: &NodeRef) -> Html {
    let words = strings().together;
    html! {
        <>
            <label>{ words.maker }
                <input ref={node} type="text" autocomplete="nickname" maxlength={LONGEST} />
            </label>
            <p>{ words.maker_why }</p>
        </>
    }
}

/// Has the reader's notes on an article go to the group at once, or no further ones.
fn share(app: &AppHandle, article: &ArticleId, shares: bool) {
    if let Some(mut circle) = Circle::of(app) {
        circle.share(article, shares);
        circle.keep(app);
    }
    begin(app, app.backend(), Among::Readers).ask_now();
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    /// Articles arrive while it changes.
    pub status: Status,
}

/// Draws whether the open article goes to the group.
#[component]
pub fn Shared(props: &Props) -> Html {
    let words = strings().together;
    let anew = use_force_update();
    let Some(circle) = Circle::of(&props.app) else {
        return Html::default();
    };
    let article = props.app.session().article.clone();
    let share = article.map(|article| {
        let id = article.id();
        let shares = circle.shares(&id);
        let app = props.app.clone();
        let turn = Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            share(&app, &id, input.is_some_and(|input| input.checked()));
            anew.force_update();
        });
        html! {
            <>
                <label class="switch"><input type="checkbox" checked={shares} onchange={turn} />{ (words.share)(article.title()) }</label>
                <p>{ words.share_why }</p>
            </>
        }
    });
    html! {
        <>
            <p dir="auto">{ (words.as_reader)(&circle.name) }</p>
            { for share }
        </>
    }
}

/// Draws, beside an article's notes, what can be done there by who reads together with others.
pub fn beside_notes(app: &AppHandle, session: &Session) -> Option<Html> {
    let circle = Circle::of(app)?;
    let id = session.article.as_ref()?.id();
    let words = strings().together;
    let shares = circle.shares(&id);
    let share = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            share(&app, &id, !shares);
            app.shell().redraw();
        })
    };
    let others = circle.reads(&id).then(|| {
        let (app, hides) = (app.clone(), circle.hides);
        let turn = Callback::from(move |_: MouseEvent| {
            show_others(&app, hides);
            app.shell().redraw();
        });
        let label = match hides {
            true => words.show_others,
            false => words.hide_others,
        };
        html! { <button type="button" class="quiet" onclick={turn}>{ label }</button> }
    });
    Some(html! {
        <div class="beside-notes">
            <button type="button" class="quiet" aria-pressed={shares.to_string()} title={words.share_why} onclick={share}>{ words.share_here }</button>
            { for others }
        </div>
    })
}
