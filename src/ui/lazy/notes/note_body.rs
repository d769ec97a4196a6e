//! A note's Markdown, drawn like an article's pieces: nothing in it can run or be fetched.
//!
//! The Markdown parser is in the worker. Words without markup do not need it, and everything else
//! is shown as it was written until the parser has answered.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::links_in_body::use_links;
use crate::app::drawing::{Brush, Dressing};
use crate::app::protocol::ReadNote;
use crate::browser::draw::Elements;
use crate::browser::preferences;
use crate::browser::worker::client::Client;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Attributes, Description, Source, Tag};
use crate::model::links::without_addresses;
use crate::model::note_lines::{flowing, may_be_markup};
use crate::ui::hooks::{AppHandle, use_window_event};
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
    let note = Note {
        text: props.text.clone(),
        keeps_lines: use_line_ends(),
    };
    let wanted = use_mut_ref(|| note.clone());
    let before = wanted.replace(note.clone());
    let asking = use_mut_ref(|| false);
    use_effect_with(note, {
        let (node, on_drawn) = (node.clone(), props.on_drawn.clone());
        let worker = props.app.backend().worker.clone();
        move |note| {
            let Some(root) = node.cast::<Element>() else {
                return;
            };
            // While one types, what was drawn last stays until the new words are read.
            let is_read = note.is_read();
            if !is_read || root.first_child().is_none() {
                draw(&root, &note.as_written());
            }
            if !is_read && before.keeps_lines != note.keeps_lines {
                on_drawn.emit(());
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

/// Returns whether a single line end is drawn as one; the setting may change meanwhile, also in another
/// tab.
#[hook]
fn use_line_ends() -> bool {
    let line_ends = use_state_eq(preferences::line_ends);
    use_window_event("storage", {
        let line_ends = line_ends.setter();
        Rc::new(move |_| line_ends.set(preferences::line_ends()))
    });
    *line_ends
}

/// What is drawn.
#[derive(Clone, PartialEq)]
struct Note {
    text: AttrValue,
    /// Whether single line ends are kept.
    keeps_lines: bool,
}

impl Note {
    /// True if the worker reads it: it also knows where joined lines have no space between them.
    fn is_read(&self) -> bool {
        may_be_markup(&self.text) || (!self.keeps_lines && flowing(&self.text) != *self.text)
    }

    /// Returns the words in paragraphs and lines.
    fn as_written(&self) -> Article {
        // Addresses say nothing to who reads.
        let text = without_addresses(&self.text);
        as_written(&match self.keeps_lines || may_be_markup(&text) {
            true => text,
            false => flowing(&text),
        })
    }
}

/// Has the wanted text read and draws it, until it has not changed meanwhile.
async fn read_until_last(
    root: &Element,
    wanted: &RefCell<Note>,
    worker: &Client,
    on_drawn: &Callback<()>,
) {
    loop {
        let note = wanted.borrow().clone();
        let question = ReadNote {
            markdown: note.text.to_string(),
            keeps_lines: note.keeps_lines,
        };
        let read = worker.ask(question).await;
        match read.map(|note| Article::from_json(&note.json)) {
            Ok(Ok(read)) => draw(root, &read),
            _ => draw(root, &note.as_written()),
        }
        on_drawn.emit(());
        let is_last = *wanted.borrow() == note;
        if is_last {
            return;
        }
    }
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
