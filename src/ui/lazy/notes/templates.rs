//! "Template" in the editor: words with which notes begin, put in at the caret, kept and removed.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::browser::preferences;
use crate::browser::system::focus_quietly;
use crate::browser::typing;
use crate::model::templates::{Templates, name_of};
use crate::ui::{say, strings};

/// Returns the button, and what it shows while it is pressed.
#[hook]
pub fn use_templates(note: &NodeRef) -> (Html, Html) {
    let shown = use_state_eq(|| None::<Templates>);
    let say = strings().templates;
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| {
            shown.set(match shown.is_some() {
                true => None,
                false => Some(stored()),
            });
        })
    };
    let button = html! {
        <button class="quiet" aria-expanded={shown.is_some().to_string()} onclick={toggle}>{ say.label }</button>
    };
    let Some(templates) = &*shown else {
        return (button, Html::default());
    };
    let item = |(index, template): (usize, &String)| {
        let name = name_of(template);
        let (put, remove) = (
            put(note, &shown, template),
            change(&shown, {
                let note = note.clone();
                move |all| {
                    all.remove(index);
                    // The button goes, and must not take the focus with it.
                    note.cast::<HtmlTextAreaElement>()
                        .iter()
                        .for_each(|area| focus_quietly(area));
                }
            }),
        );
        html! {
            <li>
                <button dir="auto" onclick={put}>{ &name }</button>
                <button class="quiet" aria-label={(say.remove)(&name)} onclick={remove}>{ "×" }</button>
            </li>
        }
    };
    let area = note.cast::<HtmlTextAreaElement>();
    let keep = change(&shown, move |all| {
        area.iter().for_each(|area| all.keep(&area.value()));
    });
    let panel = html! {
        <div class="templates" role="group" aria-label={say.label}>
            <ul role="list">{ for templates.all().iter().enumerate().map(item) }</ul>
            <button class="quiet" onclick={keep}>{ say.keep }</button>
        </div>
    };
    (button, panel)
}

fn stored() -> Templates {
    Templates::from_text(preferences::templates().as_deref(), say!(templates.usual))
}

/// Puts a template in at the caret, and closes the list.
fn put(
    note: &NodeRef,
    shown: &UseStateHandle<Option<Templates>>,
    template: &str,
) -> Callback<MouseEvent> {
    let (note, shown, template) = (note.clone(), shown.clone(), template.to_owned());
    Callback::from(move |_: MouseEvent| {
        if let Some(area) = note.cast::<HtmlTextAreaElement>() {
            let place = typing::selected(&area, &area.value());
            focus_quietly(&area);
            typing::insert(&area, place, &template);
        }
        shown.set(None);
    })
}

/// Changes the templates, as they are now in all tabs.
fn change(
    shown: &UseStateHandle<Option<Templates>>,
    change: impl Fn(&mut Templates) + 'static,
) -> Callback<MouseEvent> {
    let shown = shown.clone();
    Callback::from(move |_: MouseEvent| {
        let mut templates = stored();
        change(&mut templates);
        preferences::keep_templates(&templates.to_text());
        shown.set(Some(templates));
    })
}
