//! A list of options for what is typed in a box, which keeps the focus: what the lists of tags and of
//! links have in common.

use gloo::events::EventListener;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::browser::system::{before_next_frame, document, scroll_to};
use crate::ui::hooks::is_composing;

/// What a key means to a list.
pub enum Meant {
    /// Another option is the current one.
    Go(usize),
    /// The current option, this one, is taken.
    Take(usize),
    /// The list closes.
    Close,
}

/// True if a key is held with another one, or composes a character.
pub fn is_held(event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    held || is_composing(event)
}

/// Returns what a key means to a list of so many options of which this, or none, is the current one;
/// `None` if it means nothing there.
pub fn meant(event: &KeyboardEvent, at: Option<usize>, count: usize) -> Option<Meant> {
    if count == 0 || is_held(event) {
        return None;
    }
    Some(match (&*event.key(), at) {
        ("ArrowDown", at) => Meant::Go(at.map_or(0, |at| (at + 1) % count)),
        ("ArrowUp", at) => Meant::Go((at.unwrap_or_default() + count - 1) % count),
        ("Enter" | "Tab", Some(at)) => Meant::Take(at),
        ("Escape", _) => Meant::Close,
        _ => return None,
    })
}

/// What completes the words in a box.
pub trait Completes: Clone + 'static {
    /// Offers what there is for what is typed.
    fn look(&self);

    /// Closes the list.
    fn close(&self);

    /// Handles a key; false if it means nothing here.
    fn press(&self, event: &KeyboardEvent) -> bool;
}

/// What a box does with its events.
pub struct BoxEvents {
    pub input: Callback<InputEvent>,
    pub key: Callback<KeyboardEvent>,
    pub leave: Callback<FocusEvent>,
}

impl BoxEvents {
    /// Those of a box that something completes; `typed` is called when its words change.
    pub fn of(completing: &impl Completes, typed: &Callback<InputEvent>) -> Self {
        let (here, typed) = (completing.clone(), typed.clone());
        let input = Callback::from(move |event: InputEvent| {
            let composes = event.is_composing();
            typed.emit(event);
            match composes {
                true => here.close(),
                false => here.look(),
            }
        });
        let here = completing.clone();
        let key = Callback::from(move |event: KeyboardEvent| {
            if here.press(&event) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        let here = completing.clone();
        let leave = Callback::from(move |_: FocusEvent| here.close());
        Self { input, key, leave }
    }
}

/// Looks again when an input method ends: what it composes is typed only then.
#[hook]
pub fn use_composed(node: &NodeRef, completing: &(impl Completes)) {
    // The latest, since the box stays the same.
    let latest = use_mut_ref(|| completing.clone());
    latest.replace(completing.clone());
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            let listener = node.cast::<Element>().map(|node| {
                EventListener::new(&node, "compositionend", move |_| {
                    let latest = latest.clone();
                    before_next_frame(move || latest.borrow().look());
                })
            });
            move || drop(listener)
        }
    });
}

/// Scrolls a list to its current option.
pub fn show_current(list: &str) {
    let list = document().get_element_by_id(list);
    let current = list.and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
    current.iter().for_each(|current| scroll_to(current, false));
}

/// The id of an option of a list.
pub fn option_id(list: &str, place: usize) -> String {
    format!("{list}-{place}")
}

/// Draws a list with its options, of which one may be the current one. A press on one takes it. The
/// list is a `tab_stop` where nothing else says that it belongs to the box.
pub fn draw_list(
    list: &'static str,
    label: &'static str,
    tab_stop: Option<&'static str>,
    options: Vec<Html>,
    at: Option<usize>,
    take: &Callback<usize>,
) -> Html {
    let option = |(place, content): (usize, Html)| {
        let take = take.clone();
        let take = Callback::from(move |event: MouseEvent| {
            // To the card it is no press.
            event.stop_propagation();
            take.emit(place);
        });
        html! {
            <li id={option_id(list, place)} role="option" aria-selected={(Some(place) == at).to_string()} onclick={take}>
                { content }
            </li>
        }
    };
    // The focus stays in the box.
    let keep = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul id={list} role="listbox" aria-label={label} tabindex={tab_stop} onmousedown={keep}>
            { for options.into_iter().enumerate().map(option) }
        </ul>
    }
}
