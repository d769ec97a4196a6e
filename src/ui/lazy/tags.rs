//! "Tags": every tag of every article, renamed, joined and removed in all notes at once.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::notes::show_panel;
use crate::app::tagging;
use crate::browser::elements::matching;
use crate::browser::system::{
    DIALOGS, before_next_frame, composed, find_within, focus, folded, now, tag_keys,
};
use crate::model::annotation::Annotation;
use crate::model::notebook::Intent;
use crate::model::query::{Field, with_values};
use crate::model::session::Action;
use crate::model::tagging::{Counted, counted, remove_tag, rename, typed_alone};
use crate::ui::hooks::{AppHandle, is_composing};
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Maximum number of tags listed at a time; the search finds the others.
const LISTED: usize = 200;
/// The list of tags.
const LIST: &str = ".tag-list ul";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
    /// The notices.
    pub children: Html,
}

/// A tag that is being renamed: its key, and what is typed.
type Renaming = Option<(String, String)>;

/// What the parts of the dialog share.
#[derive(Clone)]
struct Context {
    app: AppHandle,
    on_close: Callback<()>,
    /// `None` until every note is read.
    tags: UseStateHandle<Option<Rc<[Counted]>>>,
    renaming: UseStateHandle<Renaming>,
}

impl Context {
    fn look(&self) {
        let (app, tags) = (self.app.clone(), self.tags.setter());
        spawn_local(async move {
            let notes = tagging::survey(&app).await;
            let article = app.session().article.clone();
            let here = article.map(|article| article.id());
            let is_here = |note: &Annotation| Some(&note.article) == here.as_ref();
            tags.set(Some(counted(&notes, &is_here, &tag_keys()).into()));
        });
    }
}

#[component]
pub fn Tags(props: &Props) -> Html {
    let context = Context {
        app: props.app.clone(),
        on_close: props.on_close.clone(),
        tags: use_state_eq(|| None),
        renaming: use_state_eq(|| None),
    };
    let query = use_state_eq(String::new);
    // A new notice may mean that tags were changed, or that a change was taken back.
    let told = props.app.session().notices.status().cloned();
    use_effect_with(told.map(|told| told.number), {
        let context = context.clone();
        move |_| context.look()
    });
    let search = {
        let query = query.setter();
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            query.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    let words = strings().tags;
    let content = match context.tags.as_deref() {
        None => html! { <p role="status">{ say!(your_notes.looking) }</p> },
        Some([]) => html! { <p class="hint">{ words.none_yet }</p> },
        Some(tags) => html! {
            <>
                <input type="search" aria-label={words.search} placeholder={words.search} dir="auto" oninput={search} />
                { list(&context, tags, &folded(&query)) }
            </>
        },
    };
    html! {
        <DialogFrame label={words.label} class="tag-dialog" on_close={props.on_close.clone()}>
            <div class="tag-list">{ content }</div>
            { props.children.clone() }
        </DialogFrame>
    }
}

fn list(context: &Context, tags: &[Counted], needle: &str) -> Html {
    let words = strings().tags;
    let fits = |tag: &&Counted| folded(&tag.tag).contains(needle);
    let found: Vec<&Counted> = tags.iter().filter(fits).collect();
    html! {
        <>
            <p class="count" role="status">{ (words.count)(found.len(), tags.len()) }</p>
            <ul role="list" tabindex="-1" aria-label={words.list}>
                { for found.iter().take(LISTED).map(|tag| item(context, tags, tag)) }
            </ul>
        </>
    }
}

fn item(context: &Context, tags: &[Counted], tag: &Counted) -> Html {
    let typed = context.renaming.as_ref();
    let typed = typed.filter(|(key, _)| *key == tag.key);
    html! {
        <li key={tag.key.clone()} data-tag={tag.key.clone()}>
            <span class="about">
                <span class="tag-name" dir="auto">{ &tag.tag }</span>{ " " }
                <span class="count">{ say!(tags.about)(tag.here, tag.notes) }</span>
            </span>
            { match typed {
                Some((_, typed)) => form(context, tags, tag, typed),
                None => buttons(context, tag),
            } }
        </li>
    }
}

fn buttons(context: &Context, tag: &Counted) -> Html {
    let words = strings().tags;
    let begin = {
        let (renaming, tag) = (context.renaming.setter(), tag.clone());
        Callback::from(move |_: MouseEvent| {
            renaming.set(Some((tag.key.clone(), tag.tag.clone())));
            before_next_frame(|| {
                if let Some(field) = find_within(DIALOGS, ".tag-list form input") {
                    focus(&field);
                }
            });
        })
    };
    let show = show(context, &tag.tag);
    let remove = {
        let (app, tag) = (context.app.clone(), tag.tag.clone());
        Callback::from(move |_: MouseEvent| {
            focus_list();
            tagging::edit(&app, Intent::RemoveTag, |notes| {
                remove_tag(notes, &tag, &now(), &tag_keys())
            });
        })
    };
    let remove_label = (words.remove_from)(tag.notes);
    let named = |label: &str| (words.named)(label, &tag.tag);
    html! {
        <span class="row">
            <button type="button" aria-label={named(words.rename)} onclick={begin}>{ words.rename }</button>
            if tag.here > 0 {
                <button type="button" aria-label={named(words.show)} onclick={show}>{ words.show }</button>
            }
            <button type="button" aria-label={named(&remove_label)} onclick={remove}>{ remove_label.clone() }</button>
        </span>
    }
}

/// Shows the notes with a tag in this article.
fn show(context: &Context, tag: &str) -> Callback<MouseEvent> {
    let (context, tag) = (context.clone(), tag.to_owned());
    Callback::from(move |_: MouseEvent| {
        let query = with_values("", Field::Tag, &[&tag]);
        context.on_close.emit(());
        context.app.send(Action::Search { query });
        show_panel();
        let app = context.app.clone();
        before_next_frame(move || app.shell().focus_card_or_notes(None));
    })
}

/// What renaming a tag to what is typed would do.
enum Effect<'a> {
    Nothing,
    Renames,
    Joins(&'a Counted),
}

fn effect<'a>(tags: &'a [Counted], tag: &Counted, typed: &str) -> Effect<'a> {
    let Some(name) = typed_alone(typed).filter(|name| *name != tag.tag) else {
        return Effect::Nothing;
    };
    let key = tag_keys()(name);
    let other = tags.iter().find(|other| other.key == key);
    match other.filter(|other| other.key != tag.key) {
        Some(other) => Effect::Joins(other),
        None => Effect::Renames,
    }
}

/// Draws the field for another name, and the button that says what will happen.
fn form(context: &Context, tags: &[Counted], tag: &Counted, typed: &str) -> Html {
    let words = strings().tags;
    let effect = effect(tags, tag, typed);
    let label = match effect {
        Effect::Joins(other) => (words.join)(&other.tag, tag.notes, other.notes),
        _ => (words.rename_in)(tag.notes),
    };
    let input = {
        let (renaming, key) = (context.renaming.setter(), tag.key.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                renaming.set(Some((key.clone(), input.value())));
            }
        })
    };
    // A joined tag keeps the form of the one that is there.
    let to = match effect {
        Effect::Nothing => None,
        Effect::Joins(other) => Some(other.tag.clone()),
        Effect::Renames => typed_alone(typed).map(composed),
    };
    let submit = submit(context, &tag.tag, to.clone());
    let cancel = {
        let (renaming, key) = (context.renaming.setter(), tag.key.clone());
        Callback::from(move |()| {
            renaming.set(None);
            focus_row(key.clone());
        })
    };
    let keys = {
        let cancel = cancel.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !is_composing(&event) {
                // The dialog stays.
                event.prevent_default();
                cancel.emit(());
            }
        })
    };
    html! {
        <form class="row" onsubmit={submit} onkeydown={keys}>
            <input type="text" dir="auto" autocomplete="off" aria-label={(words.new_name)(&tag.tag)}
                value={typed.to_owned()} oninput={input} />
            <button class="primary" aria-disabled={to.is_none().then_some("true")}>{ label }</button>
            <button type="button" class="quiet" onclick={cancel.reform(|_: MouseEvent| ())}>{ say!(buttons.cancel) }</button>
        </form>
    }
}

/// Renames a tag, if there is another name for it.
fn submit(context: &Context, from: &str, to: Option<String>) -> Callback<SubmitEvent> {
    let (context, from) = (context.clone(), from.to_owned());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(to) = &to {
            context.renaming.set(None);
            focus_list();
            tagging::edit(&context.app, Intent::RenameTag, |notes| {
                rename(notes, &from, to, &now(), &tag_keys())
            });
        }
    })
}

/// Keeps the focus in the dialog when what had it goes.
fn focus_list() {
    let list = find_within(DIALOGS, LIST);
    list.iter().for_each(focus);
}

/// Focuses the first button of a tag, once it is drawn.
fn focus_row(key: String) {
    before_next_frame(move || {
        let list = find_within(DIALOGS, LIST);
        let rows = list.map_or_else(Vec::new, |list| matching(&list, "[data-tag]"));
        let is_of_it = |row: &Element| row.get_attribute("data-tag").as_ref() == Some(&key);
        let row = rows.into_iter().find(is_of_it);
        let button = row.and_then(|row| row.query_selector("button").ok().flatten());
        button.iter().for_each(focus);
    });
}
