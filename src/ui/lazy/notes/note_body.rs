//! A note's Markdown, drawn like an article's pieces: nothing in it can run or be fetched.
//!
//! The Markdown parser is in the worker. Words without markup do not need it, and everything else
//! is shown as it was written until the parser has answered.

use std::cell::RefCell;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::links_in_body::use_links;
use crate::app::drawing::{Brush, Dressing};
use crate::app::protocol::ReadNote;
use crate::browser::draw::Elements;
use crate::browser::worker::client::Client;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Attributes, Description, Source, Tag};
use crate::model::links::without_addresses;
use crate::ui::hooks::AppHandle;
use crate::ui::say;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Markdown.
    pub text: AttrValue,
    pub app: AppHandle,
    /// Id in the page for what is shown of its links.
    pub id: AttrValue,
    /// Called when the note has its final size.
    pub on_drawn: Callback<()>,
}

#[component]
pub fn NoteBody(props: &Props) -> Html {
    let node = use_node_ref();
    let wanted = use_mut_ref(|| AttrValue::from(""));
    *wanted.borrow_mut() = props.text.clone();
    let asking = use_mut_ref(|| false);
    use_effect_with(props.text.clone(), {
        let (node, on_drawn) = (node.clone(), props.on_drawn.clone());
        let worker = props.app.backend().worker.clone();
        move |text| {
            let Some(root) = node.cast::<Element>() else {
                return;
            };
            // While one types, what was drawn last stays until the new words are read.
            let is_read = may_be_markup(text);
            if !is_read || root.first_child().is_none() {
                // Addresses say nothing to who reads.
                draw(&root, &as_written(&without_addresses(text)));
            }
            // One question at a time: while a long note is read, only its last state matters.
            if !is_read || asking.replace(true) {
                return;
            }
            spawn_local(async move {
                read_until_last(&root, &wanted, &worker, &on_drawn).await;
                asking.replace(false);
            });
        }
    });
    let links = use_links(&props.app, &props.id);
    html! {
        <>
            <div class="note-body" dir="auto" ref={node} onclick={links.click} onkeydown={links.key}
                onfocusin={links.focus_in} onfocusout={links.focus_out} onmouseover={links.over} onmouseleave={links.leave}></div>
            { links.after }
        </>
    }
}

/// Has the wanted text read and draws it, until it has not changed meanwhile.
async fn read_until_last(
    root: &Element,
    wanted: &RefCell<AttrValue>,
    worker: &Client,
    on_drawn: &Callback<()>,
) {
    loop {
        let text = wanted.borrow().clone();
        let markdown = text.to_string();
        let read = worker.ask(ReadNote { markdown }).await;
        match read.map(|note| Article::from_json(&note.json)) {
            Ok(Ok(note)) => draw(root, &note),
            _ => draw(root, &as_written(&without_addresses(&text))),
        }
        on_drawn.emit(());
        let is_last = *wanted.borrow() == text;
        if is_last {
            return;
        }
    }
}

/// True if Markdown could read the text as anything but plain words.
fn may_be_markup(text: &str) -> bool {
    let anywhere = |c: char| "*_`[]<&\\~|\t".contains(c);
    let at_start =
        |line: &str| line.starts_with(|c: char| "#>-+= ".contains(c) || c.is_ascii_digit());
    text.contains(anywhere)
        || ["  \n", "www.", "://"]
            .iter()
            .any(|marks| text.contains(marks))
        || text.lines().any(at_start)
}

/// Returns the words in paragraphs and lines, as they were typed.
fn as_written(text: &str) -> Article {
    let mut builder = ArticleBuilder::new();
    for paragraph in text.split("\n\n") {
        builder.open(Tag::P, Attributes::none());
        for (number, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if number > 0 {
                builder.line_break();
            }
            builder.text(line);
        }
        builder.close();
    }
    let description = Description::new(Source::Pasted, "");
    builder
        .finish(description)
        .unwrap_or_else(|_| Article::empty())
}

fn draw(root: &Element, note: &Article) {
    root.set_text_content(None);
    let brush = Brush {
        text: note.text(),
        labels: say!(article.labels),
        first_leaf: None,
    };
    let mut canvas = Elements::within(root, None);
    brush.draw(&mut canvas, note.pieces(), 0, Dressing::default());
}
