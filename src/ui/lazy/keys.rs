//! The list of keys: those of the reader's own, the switch for all of them, and the others.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::browser::preferences;
use crate::browser::system::window;
use crate::model::key::meant;
use crate::model::own_keys::{OwnKeys, all, may_be};
use crate::ui::hooks::is_composing;
use crate::ui::shell::DialogFrame;
use crate::ui::{say, strings};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub on_close: Callback<()>,
}

/// A key that is being changed, by its usual character.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    /// The new one is still to be pressed.
    Asked(char),
    /// What was pressed is the key of something else.
    Taken {
        usual: char,
        pressed: char,
        by: char,
    },
}

impl Change {
    fn usual(self) -> char {
        match self {
            Self::Asked(usual) | Self::Taken { usual, .. } => usual,
        }
    }
}

/// Returns the key to show for a usual one; `None` if it is switched off or there is none.
pub fn shown(usual: &str) -> Option<String> {
    let mut characters = usual.chars();
    match (characters.next(), characters.next()) {
        (None, _) => None,
        (Some(usual), None) if all().any(|known| known == usual) => {
            let keys = OwnKeys::from_text(&preferences::own_keys());
            let key = keys.key_of(usual).filter(|_| preferences::letter_keys());
            key.map(String::from)
        }
        _ => Some(say!(keys.named)(usual)),
    }
}

#[component]
pub fn Keys(props: &Props) -> Html {
    let keys = use_state_eq(|| OwnKeys::from_text(&preferences::own_keys()));
    let change = use_state_eq(|| None::<Change>);
    let set = {
        let (keys, change) = (keys.clone(), change.clone());
        Callback::from(move |(usual, own): (char, Option<char>)| {
            let mut new = (*keys).clone();
            new.set(usual, own);
            preferences::set_own_keys(&new.to_text());
            keys.set(new);
            change.set(None);
        })
    };
    // On the window: not every browser gives the focus to a button that is pressed.
    use_effect_with((*change, keys.clone()), {
        let (change, set) = (change.setter(), set.clone());
        move |(now, keys): &(Option<Change>, UseStateHandle<OwnKeys>)| {
            let keys = (**keys).clone();
            let listener = now.map(|now| {
                let options = EventListenerOptions {
                    passive: false,
                    ..EventListenerOptions::run_in_capture_phase()
                };
                EventListener::new_with_options(&window(), "keydown", options, move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                        return;
                    };
                    hear(event, now, &keys, &set, &change);
                })
            });
            move || drop(listener)
        }
    });
    let words = strings().keys;
    let switch = Callback::from(|event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            preferences::set_letter_keys(input.checked());
        }
    });
    let reset = {
        let (keys, change) = (keys.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            preferences::set_own_keys("");
            keys.set(OwnKeys::default());
            change.set(None);
        })
    };
    let said = match *change {
        Some(Change::Asked(usual)) => (words.press)(&(words.effect)(usual)),
        Some(Change::Taken { pressed, by, .. }) => (words.taken)(pressed, &(words.effect)(by)),
        None => String::new(),
    };
    html! {
        <DialogFrame label={say!(bar.keys)} class="keys-dialog" on_close={props.on_close.clone()}>
            <label class="switch">
                <input type="checkbox" checked={preferences::letter_keys()} onchange={switch} />
                { words.single_letters }
            </label>
            <p class="said" role="status">{ said }</p>
            <table class="own-keys">
                <tbody>{ for all().map(|usual| row(usual, &keys, &change, &set)) }</tbody>
            </table>
            <button type="button" class="quiet" onclick={reset}>{ words.reset }</button>
            <dl class="keys">
                { for words.list.iter().map(|(key, effect)| html! {
                    <div><dt><kbd>{ *key }</kbd></dt><dd>{ *effect }</dd></div>
                }) }
            </dl>
        </DialogFrame>
    }
}

fn row(
    usual: char,
    keys: &OwnKeys,
    change: &UseStateHandle<Option<Change>>,
    set: &Callback<(char, Option<char>)>,
) -> Html {
    let words = strings().keys;
    let effect = (words.effect)(usual);
    let key = keys.key_of(usual);
    let ask = {
        let change = change.setter();
        Callback::from(move |_: MouseEvent| change.set(Some(Change::Asked(usual))))
    };
    let off = set.reform(move |_: MouseEvent| (usual, None));
    let now = (**change).filter(|change| change.usual() == usual);
    html! {
        <tr key={usual.to_string()} class={classes!(now.map(|_| "changing"))}>
            <th scope="row">
                { &effect }
                { match now {
                    Some(Change::Asked(_)) => html! { <p class="hint">{ (words.press)(&effect) }</p> },
                    Some(Change::Taken { pressed, by, .. }) => taken(usual, pressed, by, change, set),
                    None => Html::default(),
                } }
            </th>
            <td>
                if let Some(key) = key {
                    <kbd>{ key.to_string() }</kbd>
                } else {
                    <span class="hint">{ words.off }</span>
                }
            </td>
            <td>
                <button type="button" class="quiet" aria-label={(words.change_of)(&effect)} onclick={ask}>{ words.change }</button>
                <button type="button" class="quiet" aria-label={(words.switch_off_of)(&effect)} disabled={key.is_none()} onclick={off}>
                    { words.switch_off }
                </button>
            </td>
        </tr>
    }
}

/// Says that a key is taken, and offers to swap the two.
fn taken(
    usual: char,
    pressed: char,
    by: char,
    change: &UseStateHandle<Option<Change>>,
    set: &Callback<(char, Option<char>)>,
) -> Html {
    let words = strings().keys;
    let swap = set.reform(move |_: MouseEvent| (usual, Some(pressed)));
    let keep = {
        let change = change.setter();
        Callback::from(move |_: MouseEvent| change.set(None))
    };
    html! {
        <>
            <p class="hint">{ (words.taken)(pressed, &(words.effect)(by)) }</p>
            <button type="button" class="quiet" onclick={swap}>{ words.swap }</button>
            <button type="button" class="quiet" onclick={keep}>{ words.keep }</button>
        </>
    }
}

/// Hears the key that is to be the new one.
fn hear(
    event: &KeyboardEvent,
    now: Change,
    keys: &OwnKeys,
    set: &Callback<(char, Option<char>)>,
    change: &UseStateSetter<Option<Change>>,
) {
    let pressed = event.key();
    let is_left = pressed == "Escape";
    if let Change::Taken { .. } = now {
        // The two buttons are operated as usual.
        if is_left {
            event.prevent_default();
            change.set(None);
        }
        return;
    }
    if is_composing(event) || event.ctrl_key() || event.meta_key() {
        return;
    }
    if pressed == "Tab" {
        return change.set(None);
    }
    event.prevent_default();
    event.stop_propagation();
    if is_left {
        return change.set(None);
    }
    let Some(pressed) = meant(&pressed, &event.code()).filter(|&pressed| may_be(pressed)) else {
        return;
    };
    let usual = now.usual();
    match keys.taken_by(pressed).filter(|by| *by != usual) {
        Some(by) => change.set(Some(Change::Taken { usual, pressed, by })),
        None => set.emit((usual, Some(pressed))),
    }
}
