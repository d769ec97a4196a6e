//! A modal dialog: the browser's own element, so that the browser handles focus and Esc.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::ui::say;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub label: AttrValue,
    #[prop_or_default]
    pub class: Option<AttrValue>,
    pub on_close: Callback<()>,
    pub children: Html,
}

#[component]
pub fn DialogFrame(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        }
    });
    let close = props.on_close.reform(|_: Event| ());
    let button = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    // A click on the backdrop has the dialog itself as its target.
    let backdrop = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) =
                dialog.filter(|dialog| event.target().as_ref() == Some(dialog.as_ref()))
            {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={node} class={props.class.clone()} aria-label={props.label.clone()} onclose={close} onmousedown={backdrop}>
            <div class="dialog">
                <div class="row">
                    <h2>{ props.label.clone() }</h2>
                    <button type="button" class="quiet push" onclick={button}>{ say!(buttons.close) }</button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
