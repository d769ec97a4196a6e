//! Asks whether the article's pictures may be fetched, host by host.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::model::article::Article;
use crate::model::session::Action;
use crate::ui::hooks::Desk;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub article: Rc<Article>,
    pub shown: Rc<BTreeSet<String>>,
}

#[component]
pub fn PicturesBar(props: &Props) -> Html {
    let hosts = use_memo(props.article.id(), |_| props.article.picture_hosts());
    let hidden: Vec<&String> = hosts.iter().filter(|host| !props.shown.contains(*host)).collect();
    if hidden.is_empty() {
        return Html::default();
    }
    html! {
        <div class="pictures">
            { for hidden.into_iter().map(|host| {
                let show = props.desk.callback({
                    let host = host.clone();
                    move |_: MouseEvent| Action::ShowPictures { host: host.clone() }
                });
                html! {
                    <button class="quiet" onclick={show}>{ words::show_pictures(host) }</button>
                }
            }) }
        </div>
    }
}
