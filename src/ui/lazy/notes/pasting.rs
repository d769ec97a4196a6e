//! Pasting into a note: an address on words makes a link, and what has a form keeps it as Markdown.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::app::protocol::HtmlAsMarkdown;
use crate::browser::typing;
use crate::browser::worker::client::Client;
use crate::model::markup::pasted::{kept, linked, may_have_markup};
use crate::ui::loading::Pasted;

/// Pastes what an event brings, unless the browser does just that itself.
pub fn paste(event: &Event, worker: &Client) {
    let area = event.target_dyn_into::<HtmlTextAreaElement>();
    let Some((area, pasted)) = area.zip(Pasted::of(event)) else {
        return;
    };
    let text = area.value();
    let selection = typing::selected(&area, &text);
    if let Some(link) = linked(&text, selection.clone(), &pasted.text) {
        event.prevent_default();
        typing::apply(&area, &text, &link);
        return;
    }
    let Some(html) = pasted.html.filter(|html| may_have_markup(html)) else {
        return;
    };
    event.prevent_default();
    let (worker, words) = (worker.clone(), pasted.text);
    spawn_local(async move {
        let html = html.to_string();
        let read = worker.ask(HtmlAsMarkdown { html }).await;
        let written = read.ok().and_then(|read| read.markdown);
        // The reader may have typed meanwhile, or left.
        if area.is_connected() {
            let place = kept(&text, &area.value(), selection);
            typing::insert(&area, place, written.as_deref().unwrap_or(&words));
        }
    });
}
