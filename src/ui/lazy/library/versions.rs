//! Makes the open article a new version of another one, which only the reader can know.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::catalogue::Listed;
use crate::app::opening;
use crate::model::article::ArticleId;
use crate::ui::hooks::AppHandle;
use crate::ui::{say, strings};

/// Draws a choice among the other articles, if there are any. The dialog owns `select`.
pub fn version_of(
    app: &AppHandle,
    listed: &[Listed],
    select: &NodeRef,
    on_done: &Callback<()>,
) -> Html {
    let open = app.session().article.clone();
    let open = open.map(|open| (open.id(), open.title().to_owned()));
    let Some((open_id, title)) = open.filter(|(id, _)| listed.iter().any(|other| other.id != *id))
    else {
        return Html::default();
    };
    let join = {
        let (app, on_done, select) = (app.clone(), on_done.clone(), select.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let chosen = select.cast::<HtmlSelectElement>();
            if let Some(of) = chosen.and_then(|chosen| ArticleId::parse(&chosen.value())) {
                opening::open_as_version(&app, &of);
                on_done.emit(());
            }
        })
    };
    html! {
        <form class="version-of" onsubmit={join}>
            <p class="hint" dir="auto">{ strings::title(&title) }</p>
            <div class="row">
                <label for="version-of">{ say!(open.new_version_of) }</label>
                <select id="version-of" ref={select.clone()} required=true>
                    <option value="" selected=true>{ say!(open.choose_article) }</option>
                    { for listed.iter().filter(|other| other.id != open_id).map(|listed| html! {
                        <option value={listed.id.as_str().to_owned()}>{ strings::title(&listed.record.title) }</option>
                    }) }
                </select>
                <button type="submit">{ say!(open.treat_as_version) }</button>
            </div>
        </form>
    }
}
