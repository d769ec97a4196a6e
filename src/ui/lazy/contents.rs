//! "Contents": the headings of the article, with the one being read.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser::system::{before_next_frame, document};
use crate::model::article::Article;
use crate::model::headings::{LEAST, heading_at, headings};
use crate::ui::hooks::AppHandle;
use crate::ui::say;
use crate::ui::shell::DialogFrame;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub app: AppHandle,
    pub article: std::rc::Rc<Article>,
    pub on_close: Callback<()>,
}

#[component]
pub fn Contents(props: &Props) -> Html {
    let headings = use_memo((), |()| headings(&props.article));
    // The heading being read when the dialog opens.
    let here = use_memo((), |()| {
        let place = props.app.page().map_or(0, |page| page.place());
        heading_at(&headings, place)
    });
    use_effect_with((), |()| {
        before_next_frame(|| {
            let here = document().query_selector("[aria-current=location]");
            if let Some(here) = here.ok().flatten()
                && let Some(here) = here.dyn_ref::<HtmlElement>()
            {
                let _ = here.focus();
            }
        });
    });
    let line = |(index, heading): (usize, &crate::model::headings::Heading)| {
        let (app, on_close) = (props.app.clone(), props.on_close.clone());
        let start = heading.text.start();
        let go = Callback::from(move |_: MouseEvent| {
            on_close.emit(());
            let app = app.clone();
            // The dialog returns the focus first.
            before_next_frame(move || {
                if let Some(page) = app.page() {
                    page.go_to(start);
                }
            });
        });
        let current = (*here == Some(index)).then_some("location");
        let words = heading.text.slice(props.article.text());
        html! {
            <li data-depth={heading.depth.to_string()}>
                <button type="button" class="quiet" dir="auto" aria-current={current} onclick={go}>{ words }</button>
            </li>
        }
    };
    html! {
        <DialogFrame label={say!(bar.contents)} on_close={props.on_close.clone()}>
            if headings.len() < LEAST {
                <p class="hint">{ say!(bar.no_contents) }</p>
            } else {
                <nav class="contents" aria-label={say!(bar.contents)}>
                    <ol role="list">{ for headings.iter().enumerate().map(line) }</ol>
                </nav>
            }
        </DialogFrame>
    }
}
