//! "From any page": the bookmarklet, to be dragged to the bookmarks or copied.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser::{files, launch};
use crate::ui::words;

#[component]
pub fn Bookmarklet() -> Html {
    let link = use_node_ref();
    let address = use_state_eq(|| None::<String>);
    let said = use_state_eq(|| "");
    use_effect_with((), {
        let address = address.clone();
        move |()| spawn_local(async move { address.set(launch::bookmarklet().await) })
    });
    use_effect_with((*address).clone(), {
        let link = link.clone();
        // Not by the views: there, as in articles, no address can be a program.
        move |address| {
            if let Some((link, address)) = link.cast::<HtmlElement>().zip(address.as_ref()) {
                let _ = link.set_attribute("href", address);
            }
        }
    });
    // It is of use on other pages only.
    let explain = {
        let said = said.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            said.set(words::DRAG_IT);
        })
    };
    let copy = {
        let (address, said) = (address.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (address, said) = ((*address).clone().unwrap_or_default(), said.clone());
            spawn_local(async move {
                let copied = files::copy(&address).await;
                said.set(if copied {
                    words::COPIED
                } else {
                    words::NOT_COPIED
                });
            });
        })
    };
    if address.is_none() {
        return Html::default();
    }
    html! {
        <section class="bookmarklet" aria-label={words::FROM_ANY_PAGE}>
            <h3>{ words::FROM_ANY_PAGE }</h3>
            <p class="hint">{ words::DRAG_IT }</p>
            <div class="row">
                <a class="button" ref={link} draggable="true" onclick={explain}>{ words::BOOKMARKLET }</a>
                <button type="button" onclick={copy}>{ words::COPY }</button>
                <span role="status">{ *said }</span>
            </div>
        </section>
    }
}
