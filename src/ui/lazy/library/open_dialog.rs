//! The dialog "Open article": paste, file, address.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::bookmarklet::Bookmarklet;
use super::versions::version_of;
use crate::app::ports::Work;
use crate::browser::files;
use crate::import::Kind;
use crate::ui::hooks::{AppHandle, use_media};
use crate::ui::lazy::given::{self, Given};
use crate::ui::loading::Pasted;
use crate::ui::say;
use crate::ui::shell::DialogFrame;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    /// Content that was pasted onto the page, to start with.
    pub pasted: Pasted,
    pub on_close: Callback<()>,
}

#[component]
pub fn OpenDialog(props: &Props) -> Html {
    let (text, file) = (use_node_ref(), use_node_ref());
    let (address, kind, version) = (use_node_ref(), use_node_ref(), use_node_ref());
    // The HTML that was pasted, for as long as the text is still what was pasted.
    let rich = use_state_eq(|| props.pasted.html.clone());
    let missing = use_state_eq(|| false);
    use_effect_with((), {
        let app = props.app.clone();
        move |()| app.run(Work::Prepare)
    });
    let listed = use_memo((), |()| props.app.records().list_articles());
    let paste = {
        let rich = rich.clone();
        Callback::from(move |event: Event| {
            rich.set(Pasted::of(&event).and_then(|pasted| pasted.html))
        })
    };
    let typed = {
        let rich = rich.clone();
        // A paste fires an input event too; only another edit makes its HTML outdated.
        Callback::from(move |event: InputEvent| {
            if event.input_type() != "insertFromPaste" {
                rich.set(None);
            }
        })
    };
    let plain = {
        let rich = rich.clone();
        Callback::from(move |_: MouseEvent| rich.set(None))
    };
    let refused = use_state_eq(|| "");
    let paste_here = {
        let (rich, text, refused) = (rich.clone(), text.clone(), refused.clone());
        Callback::from(move |_: MouseEvent| {
            let (rich, text, refused) = (rich.clone(), text.clone(), refused.clone());
            spawn_local(async move {
                let pasted = files::pasted().await;
                refused.set(if pasted.is_some() {
                    ""
                } else {
                    say!(open.not_pasted)
                });
                let Some((words, html)) = pasted else { return };
                if let Some(text) = text.cast::<HtmlTextAreaElement>() {
                    text.set_value(&words);
                }
                rich.set(html.map(Rc::from));
            });
        })
    };
    let submit = {
        let (text, file, address, kind) =
            (text.clone(), file.clone(), address.clone(), kind.clone());
        let (rich, missing) = (rich.clone(), missing.clone());
        let (app, on_close) = (props.app.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let given = given(&text, &file, &address, &kind, rich.as_ref());
            missing.set(given.is_none());
            if let Some(given) = given {
                given::open(&app, given);
                on_close.emit(());
            }
        })
    };
    // With a finger, the keyboard would cover the rest of the dialog.
    let autofocus = use_media("(pointer: fine)");
    html! {
        <DialogFrame label={say!(bar.open_article)} on_close={props.on_close.clone()}>
            <form onsubmit={submit} class="open-form">
                <label for="open-text">{ say!(open.paste) }</label>
                <textarea id="open-text" ref={text} rows="6" dir="auto" {autofocus} defaultvalue={props.pasted.text.clone()}
                    onpaste={paste} oninput={typed} />
                if files::can_paste() {
                    <div class="row">
                        <button type="button" onclick={paste_here}>{ say!(open.paste_here) }</button>
                        <span role="status">{ *refused }</span>
                    </div>
                }
                if rich.is_some() {
                    <p class="hint">
                        { say!(open.pasted_rich) }{ " " }
                        <button type="button" class="link" onclick={plain}>{ say!(open.as_plain_text) }</button>
                    </p>
                } else {
                    <div class="row">
                        <label for="open-kind">{ say!(open.read_as) }</label>
                        <select id="open-kind" ref={kind}>
                            { for kinds().zip(say!(open.kinds)).map(|(value, label)| html! {
                                <option {value} selected={value.is_empty()}>{ label }</option>
                            }) }
                        </select>
                    </div>
                }
                <label for="open-file">{ say!(open.choose_file) }</label>
                <input id="open-file" ref={file} type="file"
                    accept=".md,.markdown,.txt,.html,.htm,.xhtml,.mhtml,.mht,.epub,text/plain,text/markdown,text/html" />
                <label for="open-address">{ say!(open.web_address) }</label>
                <input id="open-address" ref={address} type="text" inputmode="url" autocomplete="off"
                    spellcheck="false" placeholder="https://" />
                if *missing {
                    <p class="problem" role="alert">{ say!(open.nothing_given) }</p>
                }
                <div class="row">
                    <button class="primary" type="submit">{ say!(buttons.open) }</button>
                </div>
            </form>
            <Bookmarklet />
            { version_of(&props.app, &listed, &version, &props.on_close) }
        </DialogFrame>
    }
}

/// Returns what the reader has given; a file takes precedence over text, text over an address.
fn given(
    text: &NodeRef,
    file: &NodeRef,
    address: &NodeRef,
    kind: &NodeRef,
    rich: Option<&Rc<str>>,
) -> Option<Given> {
    let chosen: Option<File> = file.cast::<HtmlInputElement>()?.files()?.get(0);
    if let Some(file) = chosen {
        return Some(Given::File(file));
    }
    if let Some(html) = rich {
        return Some(Given::Text {
            text: html.to_string(),
            kind: Some(Kind::Html),
        });
    }
    let text = text.cast::<HtmlTextAreaElement>()?.value();
    if !text.trim().is_empty() {
        let said = kind.cast::<HtmlSelectElement>().map(|kind| kind.value());
        let kind = said.as_deref().and_then(Kind::from_code);
        return Some(Given::Text { text, kind });
    }
    let address = address.cast::<HtmlInputElement>()?.value();
    (!address.trim().is_empty()).then_some(Given::Address(address))
}

/// Returns the codes of the kinds to read the text as, in the order of the names; empty first.
fn kinds() -> impl Iterator<Item = &'static str> {
    std::iter::once("").chain(Kind::PASTED.into_iter().map(Kind::code))
}
