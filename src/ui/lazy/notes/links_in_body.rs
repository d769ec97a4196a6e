//! The links in a note's words that lead to other notes and to headings: what each leads to is shown
//! while it has the focus or the pointer, and a press goes there.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};
use yew::prelude::*;

use super::actions::quiet;
use super::link_told::{What, draw, look_up};
use crate::app::{all_notes, linking};
use crate::browser::system::{before_next_frame, document};
use crate::model::article::ArticleId;
use crate::model::links::{OWN_FRAGMENT, Target};
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::links::read_notes;
use crate::ui::strings;

/// What the browser puts before the fragments of drawn links.
const FRAGMENT: &str = "#a-";

/// What is shown of a link.
#[derive(Clone, PartialEq)]
struct Told {
    /// Where the link ends in the card, in pixels.
    top: i32,
    what: What,
}

/// The links of one note's words.
#[derive(Clone)]
struct Links {
    app: AppHandle,
    /// Id of what is shown of a link.
    id: AttrValue,
    told: UseStateHandle<Option<Told>>,
    /// What a press on a link could not go to.
    missing: UseStateHandle<Option<What>>,
    /// The element in which it is shown.
    shown: NodeRef,
    /// The link with the focus or the pointer.
    wanted: Rc<std::cell::RefCell<Option<Element>>>,
}

/// What handles the links in the element with the words, and what is drawn after it.
pub struct Handlers {
    pub click: Callback<MouseEvent>,
    pub focus_in: Callback<FocusEvent>,
    pub focus_out: Callback<FocusEvent>,
    pub over: Callback<MouseEvent>,
    pub leave: Callback<MouseEvent>,
    pub key: Callback<KeyboardEvent>,
    pub after: Html,
}

/// Handles the links in a note's words; `id` is an id in the page for what is shown of them.
#[hook]
pub fn use_links(app: &AppHandle, id: &AttrValue) -> Handlers {
    let links = use_state_of_links(app, id);
    let on = |run: fn(&Links, &Event)| {
        let links = links.clone();
        move |event: &Event| run(&links, event)
    };
    let (click, show, hide, leave) = (
        on(Links::click),
        on(Links::show_of),
        on(|links, _| links.hide()),
        on(Links::leave),
    );
    let over = show.clone();
    let key = {
        let links = links.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && links.told.is_some() {
                links.hide();
                event.stop_propagation();
            }
        })
    };
    Handlers {
        click: Callback::from(move |event: MouseEvent| click(&event)),
        focus_in: Callback::from(move |event: FocusEvent| show(&event)),
        focus_out: Callback::from(move |event: FocusEvent| hide(&event)),
        over: Callback::from(move |event: MouseEvent| over(&event)),
        leave: Callback::from(move |event: MouseEvent| leave(&event)),
        key,
        after: links.after(),
    }
}

#[hook]
fn use_state_of_links(app: &AppHandle, id: &AttrValue) -> Links {
    let links = Links {
        app: app.clone(),
        id: id.clone(),
        told: use_state_eq(|| None),
        missing: use_state_eq(|| None),
        shown: use_node_ref(),
        wanted: use_mut_ref(|| None),
    };
    let top = links.told.as_ref().map(|told| told.top);
    use_effect_with(top, {
        let shown = links.shown.clone();
        move |top| {
            if let Some((shown, top)) = shown.cast::<HtmlElement>().zip(*top) {
                let _ = shown.style().set_property("top", &format!("{top}px"));
            }
        }
    });
    links
}

/// Returns the link that something happened to, with what it leads to.
fn link_of(event: &Event) -> Option<(Element, Target)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let link = element.closest("a[href]").ok()??;
    let address = link.get_attribute("href")?;
    let own = address.strip_prefix(FRAGMENT);
    let own = own.and_then(|fragment| fragment.strip_prefix(OWN_FRAGMENT));
    let target = Target::parse(own.unwrap_or(&address))?;
    Some((link, target))
}

impl Links {
    /// Shows what the link leads to that has got the focus or the pointer, or nothing.
    fn show_of(&self, event: &Event) {
        let Some((link, target)) = link_of(event) else {
            return self.hide_unless_focused();
        };
        if self.wanted.borrow().as_ref() == Some(&link) && self.told.is_some() {
            return;
        }
        self.hide();
        *self.wanted.borrow_mut() = Some(link.clone());
        let what = look_up(&self.app, &target);
        // Other articles may have it.
        let looks = what == What::Unknown;
        self.tell(&link, if looks { What::Looking } else { what });
        if looks {
            let there = self.clone();
            spawn_local(async move {
                read_notes(&there.app).await;
                if there.wanted.borrow().as_ref() == Some(&link) {
                    let what = look_up(&there.app, &target);
                    there.tell(&link, what);
                }
            });
        }
    }

    fn tell(&self, link: &Element, what: What) {
        let end = |link: &HtmlElement| link.offset_top() + link.offset_height();
        let top = link.dyn_ref().map(end).unwrap_or_default();
        let _ = link.set_attribute("aria-describedby", &self.id);
        self.told.set(Some(Told { top, what }));
    }

    fn hide(&self) {
        if let Some(link) = self.wanted.borrow_mut().take() {
            let _ = link.remove_attribute("aria-describedby");
        }
        self.told.set(None);
    }

    /// Hides what is shown, unless the pointer has gone to it: it can be pointed at, too.
    fn leave(&self, event: &Event) {
        let event: Option<&MouseEvent> = event.dyn_ref();
        let to = event.and_then(|event| event.related_target()?.dyn_into::<Element>().ok());
        let told = to.and_then(|to| to.closest("[role=tooltip]").ok().flatten());
        if told.is_none() {
            self.hide_unless_focused();
        }
    }

    /// The pointer goes its way while the focus is on a link.
    fn hide_unless_focused(&self) {
        let focused = document().active_element();
        if focused.is_none() || *self.wanted.borrow() != focused {
            self.hide();
        }
    }

    /// Goes to what a link leads to.
    fn click(&self, event: &Event) {
        let Some((link, target)) = link_of(event) else {
            return;
        };
        let what = look_up(&self.app, &target);
        if matches!(what, What::Heading { title: None, .. }) && !target.is_own() {
            // A page that was never opened here: the browser knows how to.
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        self.missing.set(None);
        if what != What::Unknown {
            return self.go(&target, what);
        }
        let there = self.clone();
        spawn_local(async move {
            read_notes(&there.app).await;
            let what = look_up(&there.app, &target);
            // Whoever has gone elsewhere meanwhile stays there.
            if link.is_connected() {
                there.go(&target, what);
            }
        });
    }

    fn go(&self, target: &Target, what: What) {
        match (target, what) {
            (_, What::Note { note, .. }) => {
                self.hide();
                all_notes::go_to(&self.app, &note.article, &note.id);
            }
            (Target::Heading { article, words }, What::Heading { title: Some(_), .. }) => {
                self.hide();
                let (app, missing) = (self.app.clone(), self.missing.clone());
                let go = move |place: Option<TextRange>| match place.zip(app.page()) {
                    Some((place, page)) => before_next_frame(move || page.go_to(place.start())),
                    None => missing.set(Some(What::Heading {
                        words: String::new(),
                        title: Some(String::new()),
                    })),
                };
                let id = ArticleId::of_iri(article);
                linking::go_to_heading(&self.app, &id, words, Box::new(go));
            }
            (_, what) => self.missing.set(Some(what)),
        }
    }

    /// Draws what is shown of a link, and what a press could not go to.
    fn after(&self) -> Html {
        // What could not be gone to says the same, and has a button.
        let told = self.told.as_ref().filter(|_| self.missing.is_none());
        let told = told.map(|told| {
            let leave = {
                let links = self.clone();
                Callback::from(move |event: MouseEvent| links.leave(&event))
            };
            html! {
                <div role="tooltip" class="link-told" id={self.id.clone()} ref={self.shown.clone()} onmouseleave={leave}>{ draw(&told.what) }</div>
            }
        });
        html! {
            <>
                { for told }
                { for self.missing.as_ref().map(|what| self.draw_missing(what)) }
            </>
        }
    }

    fn draw_missing(&self, what: &What) -> Html {
        let words = strings().links;
        let said = match what {
            What::Removed(_) => words.removed,
            What::Heading { title: Some(_), .. } => words.heading_gone,
            What::Heading { .. } => words.article_unknown,
            _ => words.unknown,
        };
        let bring_back = match what {
            What::Removed(Some(note)) => Some({
                let (links, note) = (self.clone(), note.clone());
                Callback::from(move |_: MouseEvent| {
                    links.missing.set(None);
                    linking::bring_back(&links.app, &note);
                })
            }),
            _ => None,
        };
        html! {
            <div class="row link-missing">
                <p class="state" role="status">{ said }</p>
                { for bring_back.map(|run| quiet(words.bring_back, run)) }
            </div>
        }
    }
}
