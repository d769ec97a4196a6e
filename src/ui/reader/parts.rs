//! The switch between the article found in a page and the whole page.

use yew::prelude::*;

use crate::model::article::{Article, Counterpart};
use crate::ui::hooks::AppHandle;
use crate::ui::loading::{self, Command};
use crate::ui::say;

pub fn parts(app: &AppHandle, article: &Article) -> Html {
    let Some(other) = &article.description().other else {
        return Html::default();
    };
    let is_whole = matches!(other, Counterpart::Article(_));
    let button = |label: &'static str, pressed: bool| {
        let app = app.clone();
        let show = Callback::from(move |_: MouseEvent| {
            if !pressed {
                loading::send(&app, Command::ShowOther);
            }
        });
        html! {
            <button type="button" class="quiet" aria-pressed={pressed.to_string()} onclick={show}>{ label }</button>
        }
    };
    html! {
        <div class="parts" role="group" aria-label={say!(reader.shown_part)}>
            { button(say!(reader.article), !is_whole) }
            { button(say!(reader.whole_page), is_whole) }
        </div>
    }
}
