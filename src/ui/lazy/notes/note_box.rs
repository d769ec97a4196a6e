//! The box in which a note is written: after `[[` it offers what can be linked to.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::completing::{
    BoxEvents, Completes, Meant, draw_list, meant, option_id, show_current, use_composed,
};
use crate::browser::typing;
use crate::model::annotation::AnnotationId;
use crate::model::links::{FARTHEST, OPEN, Target, typed_at};
use crate::model::session::Writing;
use crate::model::text::utf16_len;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::links::{Linkable, Linkables, read_headings, read_notes};
use crate::ui::{say, strings};

/// Bytes from which a note fills its box at any width: its height need not follow the words, which the
/// browser would measure whole at each key.
const LONG: usize = 4_000;
/// Id of the list.
const LIST: &str = "links-offered";

/// What is offered, and which of it is the current one.
#[derive(Clone, Default)]
struct Offer {
    options: Rc<[Linkable]>,
    at: usize,
}

/// What the box remembers from key to key.
#[derive(Default)]
struct Memory {
    /// What can be linked to, for as long as a link is typed.
    linkables: Option<Rc<Linkables>>,
    /// True while that is collected.
    collects: bool,
    /// Where the link begins for which the list was closed, in UTF-16 units.
    closed: Option<u32>,
    /// What keys have led to: it stays the current option when more is offered.
    current: Option<Target>,
}

/// Completes links in a box.
#[derive(Clone)]
struct Completing {
    app: AppHandle,
    /// The note that is written.
    id: AnnotationId,
    node: NodeRef,
    offer: UseStateHandle<Offer>,
    memory: Rc<std::cell::RefCell<Memory>>,
}

impl Completing {
    /// The box, with the methods of a field: those of a text area are the same.
    fn field(&self) -> Option<HtmlInputElement> {
        let area = self.node.cast::<HtmlTextAreaElement>();
        area.map(JsCast::unchecked_into)
    }

    /// What is typed of a link at the caret, and where that begins, in UTF-16 units.
    fn typed(&self) -> Option<(String, u32)> {
        let before = typing::before_caret(&self.field()?, OPEN, FARTHEST)?;
        let typed = typed_at(&before.words, before.words.len())?;
        let units = utf16_len(&before.words[typed.range]);
        Some((typed.words.to_owned(), before.caret - units))
    }

    /// Offers what fits the link at the caret.
    fn offer_what_fits(&self) {
        let Some((typed, start)) = self.typed() else {
            *self.memory.borrow_mut() = Memory::default();
            return self.close();
        };
        let memory = self.memory.borrow();
        if memory.closed == Some(start) {
            return self.close();
        }
        let Some(linkables) = &memory.linkables else {
            drop(memory);
            return self.collect();
        };
        let options: Rc<[_]> = linkables.offered(&typed).into();
        let is_current = |option: &Linkable| Some(&option.target) == memory.current.as_ref();
        let at = options.iter().position(is_current).unwrap_or_default();
        self.offer.set(Offer { options, at });
    }

    /// Collects what can be linked to: what is known at once, then everything that is stored.
    fn collect(&self) {
        if std::mem::replace(&mut self.memory.borrow_mut().collects, true) {
            return;
        }
        let there = self.clone();
        spawn_local(async move {
            there.collect_known().await;
            if read_notes(&there.app).await {
                there.collect_known().await;
            }
            if read_headings(&there.app).await {
                there.collect_known().await;
            }
        });
    }

    async fn collect_known(&self) {
        let linkables = Linkables::collect(&self.app, &self.id).await;
        // The link may have been taken or given up meanwhile.
        let is_wanted = {
            let mut memory = self.memory.borrow_mut();
            if memory.collects {
                memory.linkables = Some(Rc::new(linkables));
            }
            memory.collects
        };
        if is_wanted {
            self.offer_what_fits();
        }
    }

    /// Puts a link in the place of what was typed.
    fn take(&self, option: &Linkable) {
        if let Some(field) = self.field() {
            let text = field.value();
            let typed = typing::caret(&field).and_then(|caret| typed_at(&text, caret));
            if let Some(typed) = typed {
                let mut range = typed.range;
                // Some keyboards close what they open.
                if text[range.end..].starts_with("]]") {
                    range.end += 2;
                }
                typing::replace(&field, range, &option.target.markdown(&option.words));
            }
        }
        self.close();
    }

    /// Closes the list until another link is typed.
    fn give_up(&self) {
        let start = self.typed().map(|(_, start)| start);
        self.memory.borrow_mut().closed = start;
        self.close();
    }
}

impl Completes for Completing {
    fn look(&self) {
        self.memory.borrow_mut().current = None;
        self.offer_what_fits();
    }

    fn close(&self) {
        self.offer.set(Offer::default());
    }

    fn press(&self, event: &KeyboardEvent) -> bool {
        let Offer { options, at } = &*self.offer;
        match meant(event, Some(*at), options.len()) {
            Some(Meant::Go(at)) => {
                self.memory.borrow_mut().current = Some(options[at].target.clone());
                let options = options.clone();
                self.offer.set(Offer { options, at });
            }
            Some(Meant::Take(at)) => self.take(&options[at]),
            Some(Meant::Close) => self.give_up(),
            None => return false,
        }
        true
    }
}

#[hook]
fn use_completing(app: &AppHandle, node: &NodeRef, id: &AnnotationId) -> Completing {
    let completing = Completing {
        app: app.clone(),
        id: id.clone(),
        node: node.clone(),
        offer: use_state(Offer::default),
        memory: use_mut_ref(Memory::default),
    };
    use_composed(node, &completing);
    completing
}

/// Draws the box in `node` for what is written; its content belongs to the browser so that its
/// undo works. `typed` is called when it changes.
#[hook]
pub fn use_note_box(
    app: &AppHandle,
    node: &NodeRef,
    writing: &Writing,
    typed: &Callback<InputEvent>,
    paste: Callback<Event>,
) -> Html {
    let completing = use_completing(app, node, &writing.base.id);
    let at = completing.offer.at;
    let is_open = !completing.offer.options.is_empty();
    use_effect_with((is_open, at), |_| show_current(LIST));
    let BoxEvents { input, key, leave } = BoxEvents::of(&completing, typed);
    // What the box begins with is not copied at each key.
    let first = use_memo((), |()| AttrValue::from(writing.note.clone()));
    let is_long = writing.note.len() > LONG;
    let words = strings().editor;
    // Not expanded: a text box with several lines has no such state
    // (<https://www.w3.org/TR/wai-aria-1.2/#textbox>).
    html! {
        <div class="completing links">
            <textarea ref={node.clone()} class={is_long.then_some("long")} aria-label={words.note} placeholder={words.note_hint} rows="3" dir="auto"
                aria-autocomplete="list" aria-haspopup="listbox" aria-controls={is_open.then_some(LIST)}
                aria-activedescendant={is_open.then(|| option_id(LIST, at))}
                defaultvalue={(*first).clone()} oninput={input} onkeydown={key} onblur={leave} onpaste={paste} />
            if is_open {
                { list(&completing) }
            }
        </div>
    }
}

fn list(completing: &Completing) -> Html {
    let Offer { options, at } = &*completing.offer;
    let option = |option: &Linkable| {
        let is_heading = matches!(option.target, Target::Heading { .. });
        html! {
            <span class="linkable">
                <span dir="auto">{ option.words.clone() }</span>
                <span class="count">
                    if is_heading {
                        { say!(links.heading) }{ " · " }
                    }
                    <bdi>{ option.title.to_string() }</bdi>
                </span>
            </span>
        }
    };
    let (there, all) = (completing.clone(), options.clone());
    let take = Callback::from(move |place: usize| {
        if let Some(option) = all.get(place) {
            there.take(option);
        }
    });
    let drawn = options.iter().map(option).collect();
    let label = say!(links.offered);
    // To a text box it belongs less closely than to a combobox: as long as it is, keys alone would
    // not scroll it.
    let tab_stop = Some("0");
    draw_list(LIST, label, tab_stop, drawn, Some(*at), &take)
}
