//! "From any page": the bookmarklet, to drag to the bookmarks or copy.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser::{files, launch};
use crate::ui::lazy::language;
use crate::ui::say;

#[component]
pub fn Bookmarklet() -> Html {
    let link = use_node_ref();
    let address = use_state_eq(|| None::<String>);
    let said = use_state_eq(|| "");
    use_effect_with((), {
        let address = address.clone();
        move |()| {
            spawn_local(
                async move { address.set(launch::bookmarklet(language::of_bookmarklet).await) },
            )
        }
    });
    use_effect_with((*address).clone(), {
        let link = link.clone();
        // Not set in the view: there, as in articles, an address cannot be a program.
        move |address| {
            if let Some((link, address)) = link.cast::<HtmlElement>().zip(address.as_ref()) {
                let _ = link.set_attribute("href", address);
            }
        }
    });
    // A click here does nothing useful: the bookmarklet is for other pages.
    let explain = {
        let said = said.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            said.set(say!(bookmarklet.hint));
        })
    };
    let copy = {
        let (address, said) = (address.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (address, said) = ((*address).clone().unwrap_or_default(), said.clone());
            spawn_local(async move {
                let copied = files::copy(&address).await;
                said.set(if copied {
                    say!(bookmarklet.copied)
                } else {
                    say!(bookmarklet.not_copied)
                });
            });
        })
    };
    if address.is_none() {
        return Html::default();
    }
    html! {
        <section class="bookmarklet" aria-label={say!(bookmarklet.heading)}>
            <h3>{ say!(bookmarklet.heading) }</h3>
            <p class="hint">{ say!(bookmarklet.hint) }</p>
            <div class="row">
                <a class="button" ref={link} draggable="true" onclick={explain}>{ say!(bookmarklet.name) }</a>
                <button type="button" onclick={copy}>{ say!(bookmarklet.copy) }</button>
                <span role="status">{ *said }</span>
            </div>
        </section>
    }
}
