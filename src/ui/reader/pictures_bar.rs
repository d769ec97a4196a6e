//! Asks whether the article's pictures may be fetched, for each host.

use yew::prelude::*;

use crate::model::article::Article;
use crate::model::session::Action;
use crate::ui::hooks::AppHandle;
use crate::ui::say;

pub fn pictures_bar(app: &AppHandle, article: &Article, shown: &[String]) -> Html {
    let mut hidden = article
        .picture_hosts()
        .iter()
        .filter(|host| !shown.contains(host))
        .peekable();
    if hidden.peek().is_none() {
        return Html::default();
    }
    html! {
        <div class="pictures">
            { for hidden.map(|host| {
                let asked = host.clone();
                let show = app.callback(move |_: MouseEvent| Action::ShowPictures { host: asked.clone() });
                html! { <button class="quiet" onclick={show}>{ say!(reader.show_pictures)(host) }</button> }
            }) }
        </div>
    }
}
