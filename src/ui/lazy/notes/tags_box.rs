//! The tags of a note while they are typed: the one at the caret is completed from those that exist.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::completing::{
    BoxEvents, Completes, Meant, draw_list, is_held, meant, option_id, show_current, use_composed,
};
use crate::browser::system::{folded, tag_keys};
use crate::browser::typing;
use crate::model::tagging::{Counted, offered};
use crate::model::tags::{parse_tags, typed_at, write_tag};
use crate::ui::{say, strings};

/// Id of the list.
const LIST: &str = "tags-offered";

/// What is offered: the indices of known tags, and which of them is the current one. None is until a
/// key leads to it: a new tag may begin as a known one does.
type Offer = (Vec<usize>, Option<usize>);

/// Completes the tags in a box.
#[derive(Clone)]
struct Completing {
    node: NodeRef,
    known: Rc<[Counted]>,
    offer: UseStateHandle<Offer>,
}

impl Completing {
    /// Offers what goes on as the tag at the caret does; `even_nothing`: also if nothing is typed.
    fn offer_what_fits(&self, even_nothing: bool) {
        let offered = self.node.cast::<HtmlInputElement>();
        let offered = offered.and_then(|input| self.offered_in(&input, even_nothing));
        self.offer.set((offered.unwrap_or_default(), None));
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
}

impl Completes for Completing {
    fn look(&self) {
        self.offer_what_fits(false);
    }

    fn close(&self) {
        self.offer.set(Offer::default());
    }

    fn press(&self, event: &KeyboardEvent) -> bool {
        let (offered, at) = &*self.offer;
        match meant(event, *at, offered.len()) {
            Some(Meant::Go(to)) => self.offer.set((offered.clone(), Some(to))),
            Some(Meant::Take(at)) => self.take(offered[at]),
            Some(Meant::Close) => self.close(),
            None if offered.is_empty() && event.key() == "ArrowDown" && !is_held(event) => {
                self.offer_what_fits(true);
            }
            None => return false,
        }
        true
    }
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
    use_composed(node, &completing);
    let (offered, at) = &*completing.offer;
    use_effect_with((offered.clone(), *at), |_| show_current(LIST));
    let BoxEvents { input, key, leave } = BoxEvents::of(&completing, typed);
    let words = strings().editor;
    html! {
        <div class="completing">
            <input ref={node.clone()} type="text" role="combobox" aria-label={words.tags} placeholder={words.tags_hint} dir="auto"
                autocomplete="off" aria-autocomplete="list" aria-expanded={(!offered.is_empty()).to_string()} aria-controls={LIST}
                aria-activedescendant={at.map(|at| option_id(LIST, at))}
                oninput={input} onkeydown={key} onblur={leave} />
            if !offered.is_empty() {
                { list(&completing) }
            }
        </div>
    }
}

fn list(completing: &Completing) -> Html {
    let (offered, at) = &*completing.offer;
    let known = offered.iter().map(|&index| completing.known.get(index));
    let option = |known: Option<&Counted>| {
        html! { <span dir="auto">{ known.map(|known| known.tag.clone()) }</span> }
    };
    let (there, indices) = (completing.clone(), offered.clone());
    let take = Callback::from(move |place: usize| there.take(indices[place]));
    let label = say!(editor.tags_offered);
    draw_list(LIST, label, None, known.map(option).collect(), *at, &take)
}
