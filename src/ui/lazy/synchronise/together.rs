//! Reading together: the reader's name, and which articles go to the group with the reader's notes.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::sync::circle::{Among, Circle, show_others};
use crate::app::sync::synchroniser::Synchroniser;
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

/// What keeps this device in step; equal to itself.
#[derive(Clone)]
pub struct Shown(pub Rc<Synchroniser>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub synchroniser: Shown,
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
        let (app, synchroniser) = (props.app.clone(), props.synchroniser.0.clone());
        let turn = Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let shares = input.is_some_and(|input| input.checked());
            if let Some(mut circle) = Circle::of(&app) {
                circle.share(&id, shares);
                circle.keep(&app);
            }
            synchroniser.ask_now();
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
    let button = |label: &'static str, run: Callback<MouseEvent>| {
        html! { <button type="button" class="quiet together" onclick={run}>{ label }</button> }
    };
    let share = (!circle.shares(&id)).then(|| {
        let (app, id) = (app.clone(), id.clone());
        let share = Callback::from(move |_: MouseEvent| {
            if let Some(mut circle) = Circle::of(&app) {
                circle.share(&id, true);
                circle.keep(&app);
            }
            begin(&app, app.backend(), Among::Readers).ask_now();
            app.shell().redraw();
        });
        button(words.share_here, share)
    });
    let others = circle.reads(&id).then(|| {
        let (app, hides) = (app.clone(), circle.hides);
        let turn = Callback::from(move |_: MouseEvent| {
            show_others(&app, hides);
            app.shell().redraw();
        });
        button(
            if hides {
                words.show_others
            } else {
                words.hide_others
            },
            turn,
        )
    });
    Some(html! { <>{ for share }{ for others }</> })
}
