//! Keeps what is searched for with each article, so that its filter is there again.

use yew::prelude::*;

use crate::model::article::ArticleId;
use crate::model::session::{Action, Session};
use crate::ui::hooks::AppHandle;

#[derive(Properties, PartialEq)]
pub struct Props {
    app: AppHandle,
    article: Option<ArticleId>,
    query: AttrValue,
}

/// Keeps the search of a session.
pub fn kept_search(app: &AppHandle, session: &Session) -> Html {
    let article = session.article.as_ref().map(|article| article.id());
    let query = AttrValue::from(session.query.clone());
    html! { <KeptSearch app={app.clone()} {article} {query} /> }
}

/// Draws nothing.
#[component]
fn KeptSearch(props: &Props) -> Html {
    let last = use_mut_ref(|| None::<ArticleId>);
    use_effect_with((props.article.clone(), props.query.clone()), {
        let app = props.app.clone();
        move |(article, query)| {
            let Some(article) = article else { return };
            let name = ["search/", article.as_str()].concat();
            let platform = app.platform();
            let kept = platform.setting(&name).unwrap_or_default();
            let before = last.replace(Some(article.clone()));
            if before.as_ref() == Some(article) {
                if query.is_empty() {
                    platform.remove_setting(&name);
                } else if kept != **query {
                    // Without room for it, it is not there again.
                    let _ = platform.set_setting(&name, query);
                }
                return;
            }
            // What was typed while this was on its way is meant.
            let is_typed = before.is_none() && !query.is_empty();
            if !is_typed && kept != **query {
                app.send(Action::Search { query: kept });
            }
        }
    });
    Html::default()
}
