//! A note's Markdown, drawn as an article's pieces are: nothing in it can run or be fetched.

use std::collections::BTreeSet;

use web_sys::Element;
use yew::prelude::*;

use crate::browser::draw::Brush;
use crate::import::markdown;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The Markdown.
    pub text: AttrValue,
}

#[component]
pub fn NoteBody(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with(props.text.clone(), {
        let node = node.clone();
        move |text| {
            let Some(root) = node.cast::<Element>() else { return };
            let note = markdown::read_note(text);
            root.set_text_content(None);
            let brush = Brush {
                text: note.text(),
                hosts: &BTreeSet::new(),
                labels: words::LABELS,
                first_leaf: None,
            };
            brush.draw(&root, note.pieces(), 0, &[]);
        }
    });
    html! { <div class="note-body" dir="auto" ref={node}></div> }
}
