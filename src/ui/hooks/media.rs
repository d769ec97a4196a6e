//! Whether a media query matches, now and after it changes.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::browser::system::window;

/// Returns whether the query matches.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let list = use_memo((), |()| window().match_media(query).ok().flatten());
    let matches = use_state_eq(|| list.as_ref().as_ref().is_some_and(|list| list.matches()));
    use_effect_with((), {
        let matches = matches.setter();
        move |()| {
            let listener = list.as_ref().clone().map(|list| {
                EventListener::new(&list.clone(), "change", move |_| {
                    matches.set(list.matches())
                })
            });
            move || drop(listener)
        }
    });
    *matches
}
