//! "Library": every article that was opened, found by title or notes, with how far it was read.

use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::collection::{self, Collection};
use crate::app::opening;
use crate::browser::dates;
use crate::browser::system::folded;
use crate::model::article::ArticleId;
use crate::model::library::{Entry, Order, found};
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::platform::platform;
use crate::ui::loading::{self, Dialog};
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

/// Maximum number of articles listed at a time; the search finds the others.
const LISTED: usize = 200;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub on_close: Callback<()>,
    /// The notices.
    pub children: Html,
}

/// Surveys the library again.
fn look(app: &AppHandle, collection: &UseStateHandle<Option<Collection>>) {
    let (app, collection) = (app.clone(), collection.clone());
    spawn_local(async move {
        let mut found = collection::survey(&app, &*platform(app.backend())).await;
        // An article without a title is listed under a substitute, and found by that.
        for entry in &mut found.entries {
            entry.title = strings::title(&entry.title).to_owned();
        }
        collection.set(Some(found));
    });
}

#[component]
pub fn Library(props: &Props) -> Html {
    let collection = use_state_eq(|| None::<Collection>);
    let (query, order) = (use_state_eq(String::new), use_state_eq(Order::default));
    // A new notice may mean that an article was removed or put back.
    let told = props.app.session().notices.status().cloned();
    use_effect_with(told.map(|told| told.number), {
        let (app, collection) = (props.app.clone(), collection.clone());
        move |_| look(&app, &collection)
    });
    let search = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            query.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    let sort = {
        let order = order.clone();
        Callback::from(move |event: Event| {
            let select: Option<HtmlSelectElement> = event.target_dyn_into();
            let index = select.map_or(0, |select| select.selected_index());
            let chosen = usize::try_from(index).ok();
            order.set(
                chosen
                    .and_then(|index| Order::ALL.get(index).copied())
                    .unwrap_or_default(),
            );
        })
    };
    let list = match &*collection {
        None => html! { <p role="status">{ say!(your_notes.looking) }</p> },
        Some(collection) => entries(props, collection, &query, *order),
    };
    html! {
        <DialogFrame label={say!(bar.library)} on_close={props.on_close.clone()}>
            <div class="library">
                <div class="row">
                    <input type="search" aria-label={say!(library.search)} placeholder={say!(library.search)}
                        dir="auto" oninput={search} />
                    <label for="library-order">{ say!(library.sort_by) }</label>
                    <select id="library-order" onchange={sort}>
                        { for Order::ALL.iter().map(|one| html! {
                            <option selected={one == &*order}>{ say!(library.order)(*one) }</option>
                        }) }
                    </select>
                    <button type="button" class="quiet" onclick={Callback::from(|_: MouseEvent| loading::enter(Dialog::AllNotes("".into())))}>
                        { say!(all_notes.label) }
                    </button>
                </div>
                { list }
            </div>
            { props.children.clone() }
        </DialogFrame>
    }
}

fn entries(props: &Props, collection: &Collection, query: &str, order: Order) -> Html {
    let all = &collection.entries;
    let found = found(all, query, order, &folded);
    let open = props
        .app
        .session()
        .article
        .as_ref()
        .map(|article| article.id());
    let said = say!(library.count)(found.len(), all.len());
    let usage = collection.usage;
    html! {
        <>
            <p class="count" role="status">
                { said }
                if usage.quota > 0.0 {
                    { " · " }{ say!(library.used)(usage.used) }
                }
            </p>
            <ul role="list" aria-label={say!(library.articles)}>
                { for found.iter().take(LISTED).map(|&index| entry(props, &all[index], open.as_ref())) }
            </ul>
            if !collection.removed.is_empty() {
                <details>
                    <summary>{ say!(library.removed) }</summary>
                    <ul role="list">
                        { for collection.removed.iter().map(|(id, title)| removed(&props.app, id, title)) }
                    </ul>
                </details>
            }
        </>
    }
}

fn entry(props: &Props, entry: &Entry, open: Option<&ArticleId>) -> Html {
    let go = {
        let (app, on_close, id) = (props.app.clone(), props.on_close.clone(), entry.id.clone());
        Callback::from(move |_: MouseEvent| {
            opening::open_listed(&app, id.clone());
            on_close.emit(());
        })
    };
    let remove = {
        let (app, id, title) = (props.app.clone(), entry.id.clone(), entry.title.clone());
        Callback::from(move |_: MouseEvent| collection::remove(&app, &id, &title))
    };
    let is_open = open == Some(&entry.id);
    let opened = Some(&*entry.opened).filter(|moment| !moment.is_empty());
    let opened = opened.map(dates::said);
    let label = say!(library.remove)(&entry.title);
    html! {
        <li key={entry.id.as_str()}>
            <button type="button" class="quiet entry" aria-current={is_open.then_some("true")} onclick={go}>
                <span class="title" dir="auto">{ &entry.title }</span>
                <span class="count" dir="auto">{ say!(library.about)(entry, opened) }</span>
                <progress max="100" value={entry.read.to_string()} aria-hidden="true"></progress>
            </button>
            <button type="button" class="quiet" aria-label={label.clone()} title={label} onclick={remove}>{ "×" }</button>
        </li>
    }
}

fn removed(app: &AppHandle, id: &ArticleId, title: &str) -> Html {
    let put_back = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| collection::put_back_later(&app, id.clone()))
    };
    html! {
        <li>
            <span dir="auto">{ strings::title(title) }</span>
            <button type="button" onclick={put_back}>{ say!(buttons.restore) }</button>
        </li>
    }
}
