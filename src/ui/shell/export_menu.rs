//! The button "Export" and its menu.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::*;

use crate::browser::elements::matching;
use crate::browser::system::{document, focus};
use crate::model::exchange::Format;
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command};
use crate::ui::strings;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
}

#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let (button, menu) = (use_node_ref(), use_node_ref());
    use_effect_with(*open, {
        let (menu, button, open) = (menu.clone(), button.clone(), open.clone());
        move |shown| {
            // A press elsewhere closes the menu.
            let listener = shown.then(|| {
                if let Some(item) = menu
                    .cast::<Element>()
                    .and_then(|menu| menu.first_element_child())
                {
                    focus(&item);
                }
                EventListener::new(&document(), "pointerdown", move |event| {
                    let target: Option<Node> =
                        event.target().and_then(|target| target.dyn_into().ok());
                    let within = |node: &NodeRef| {
                        node.get()
                            .is_some_and(|node| node.contains(target.as_ref()))
                    };
                    if !within(&menu) && !within(&button) {
                        open.set(false);
                    }
                })
            });
            move || drop(listener)
        }
    });
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let leave = {
        let (open, button, menu) = (open.clone(), button.clone(), menu.clone());
        Callback::from(move |event: KeyboardEvent| {
            if !*open {
                return;
            }
            // Keys of the APG's menu button: <https://www.w3.org/WAI/ARIA/apg/patterns/menubar/>.
            if let Some(item) = menu
                .cast::<Element>()
                .and_then(|menu| item_by_key(&menu, &event.key()))
            {
                focus(&item);
                event.prevent_default();
            }
            if matches!(event.key().as_str(), "Escape" | "Tab") {
                open.set(false);
                if event.key() == "Escape" {
                    event.prevent_default();
                    button.cast::<Element>().iter().for_each(focus);
                }
            }
        })
    };
    let export = {
        let (open, button, app) = (open.clone(), button.clone(), props.app.clone());
        Callback::from(move |format: Format| {
            open.set(false);
            button.cast::<Element>().iter().for_each(focus);
            loading::send(&app, Command::Export(format));
        })
    };
    html! {
        <div class="menu-anchor" onkeydown={leave}>
            <button class="tool" ref={button} aria-label={strings().bar.export} aria-haspopup="menu" title={strings().bar.export}
                aria-expanded={open.to_string()} onclick={toggle}>
                <span class="icon" data-icon="export" aria-hidden="true"></span><span class="label">{ strings().bar.export }</span>
            </button>
            if *open {
                <div class="menu" role="menu" aria-label={strings().bar.export} ref={menu}>
                    { for Format::ALL.into_iter().map(|format| html! {
                        <button role="menuitem" onclick={export.reform(move |_: MouseEvent| format)}>
                            { (strings().bar.format)(format) }
                        </button>
                    }) }
                </div>
            }
        </div>
    }
}

/// Returns the item to which a key moves the focus.
fn item_by_key(menu: &Element, key: &str) -> Option<Element> {
    let items = matching(menu, "[role=menuitem]");
    let focused = document().active_element();
    let at = items
        .iter()
        .position(|item| Some(item) == focused.as_ref())?;
    let to = match key {
        "ArrowDown" => (at + 1) % items.len(),
        "ArrowUp" => (at + items.len() - 1) % items.len(),
        "Home" => 0,
        "End" => items.len() - 1,
        _ => return None,
    };
    items.get(to).cloned()
}
