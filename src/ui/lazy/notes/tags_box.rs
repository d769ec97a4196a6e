//! The tags of a note while they are typed: the one at the caret is completed from those that exist.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::browser::system::{before_next_frame, document, folded, scroll_to, tag_keys};
use crate::browser::typing;
use crate::model::tagging::{Counted, offered};
use crate::model::tags::{parse_tags, typed_at, write_tag};
use crate::ui::hooks::is_composing;
use crate::ui::{say, strings};

/// Id of the list.
const LIST: &str = "tags-offered";

/// What is offered: the indices of known tags, and which of them is the current one.
type Offer = (Vec<usize>, usize);

/// Completes the tags in a box.
#[derive(Clone)]
struct Completing {
    node: NodeRef,
    known: Rc<[Counted]>,
    offer: UseStateHandle<Offer>,
}

impl Completing {
    /// Offers what goes on as the tag at the caret does; `even_nothing`: also if nothing is typed.
    fn look(&self, even_nothing: bool) {
        let offered = self.node.cast::<HtmlInputElement>();
        let offered = offered.and_then(|input| self.offered_in(&input, even_nothing));
        self.offer.set((offered.unwrap_or_default(), 0));
    }

    fn offered_in(&self, input: &HtmlInputElement, even_nothing: bool) -> Option<Vec<usize>> {
        let text = input.value();
        let typed = typed_at(&text, typing::caret(input)?)?;
        if typed.words.is_empty() && !even_nothing {
            return None;
        }
        let (before, after) = (&text[..typed.range.start], &text[typed.range.end..]);
        let present = parse_tags(&[before, after].concat());
        let keys = tag_keys();
        Some(offered(&self.known, typed.words, &present, &keys, &folded))
    }

    /// Puts a known tag in the place of the one at the caret.
    fn take(&self, index: usize) {
        let input = self.node.cast::<HtmlInputElement>();
        if let Some((input, known)) = input.zip(self.known.get(index)) {
            let text = input.value();
            let typed = typing::caret(&input).and_then(|caret| typed_at(&text, caret));
            if let Some(typed) = typed {
                typing::replace(&input, typed.range, &write_tag(&known.tag));
            }
        }
        self.close();
    }

    fn close(&self) {
        self.offer.set(Offer::default());
    }

    /// Handles a key; false if it means nothing here.
    fn press(&self, event: &KeyboardEvent) -> bool {
        let (offered, at) = &*self.offer;
        let held = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        if held || is_composing(event) {
            return false;
        }
        let count = offered.len();
        let go = |to: usize| self.offer.set((offered.clone(), to % count));
        match &*event.key() {
            "ArrowDown" if count == 0 => self.look(true),
            _ if count == 0 => return false,
            "ArrowDown" => go(at + 1),
            "ArrowUp" => go(at + count - 1),
            "Enter" | "Tab" => self.take(offered[*at]),
            "Escape" => self.close(),
            _ => return false,
        }
        true
    }
}

/// Looks again when an input method ends: what it composes is typed only then.
#[hook]
fn use_composed(completing: &Completing) {
    use_effect_with(completing.known.clone(), {
        let completing = completing.clone();
        move |_| {
            let input = completing.node.cast::<HtmlInputElement>();
            let listener = input.map(|input| {
                EventListener::new(&input, "compositionend", move |_| {
                    let completing = completing.clone();
                    before_next_frame(move || completing.look(false));
                })
            });
            move || drop(listener)
        }
    });
}

/// Scrolls the list to its current option.
fn show_current() {
    let option = document().get_element_by_id(&option_id(0));
    let list = option.and_then(|option| option.closest("ul").ok().flatten());
    let current = list.and_then(|list: Element| {
        let current = list.query_selector("[aria-selected=true]");
        current.ok().flatten()
    });
    current.iter().for_each(|current| scroll_to(current, false));
}

/// Draws the box in `node`, whose content belongs to the browser so that its undo works; `typed` is
/// called when it changes.
#[hook]
pub fn use_tags_box(node: &NodeRef, known: &Rc<[Counted]>, typed: &Callback<InputEvent>) -> Html {
    let completing = Completing {
        node: node.clone(),
        known: known.clone(),
        offer: use_state_eq(Offer::default),
    };
    use_composed(&completing);
    let (offered, at) = &*completing.offer;
    use_effect_with((offered.clone(), *at), |_| show_current());
    let input = {
        let (completing, typed) = (completing.clone(), typed.clone());
        Callback::from(move |event: InputEvent| {
            let composes = event.is_composing();
            typed.emit(event);
            match composes {
                true => completing.close(),
                false => completing.look(false),
            }
        })
    };
    let keys = {
        let completing = completing.clone();
        Callback::from(move |event: KeyboardEvent| {
            if completing.press(&event) {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let leave = {
        let completing = completing.clone();
        Callback::from(move |_: FocusEvent| completing.close())
    };
    let words = strings().editor;
    html! {
        <div class="completing">
            <input ref={node.clone()} type="text" role="combobox" aria-label={words.tags} placeholder={words.tags_hint} dir="auto"
                autocomplete="off" aria-autocomplete="list" aria-expanded={(!offered.is_empty()).to_string()} aria-controls={LIST}
                aria-activedescendant={(!offered.is_empty()).then(|| option_id(*at))}
                oninput={input} onkeydown={keys} onblur={leave} />
            if !offered.is_empty() {
                { list(&completing) }
            }
        </div>
    }
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

fn list(completing: &Completing) -> Html {
    let (offered, at) = &*completing.offer;
    let option = |(place, &index): (usize, &usize)| {
        let known = completing.known.get(index)?;
        let there = completing.clone();
        let take = Callback::from(move |event: MouseEvent| {
            // To the card it is no press.
            event.stop_propagation();
            there.take(index);
        });
        Some(html! {
            <li id={option_id(place)} role="option" aria-selected={(place == *at).to_string()} onclick={take}>
                <span dir="auto">{ &known.tag }</span>
            </li>
        })
    };
    // The focus stays in the box.
    let keep = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul id={LIST} role="listbox" aria-label={say!(editor.tags_offered)} onmousedown={keep}>
            { for offered.iter().enumerate().filter_map(option) }
        </ul>
    }
}
