//! The articles that were opened in this browser or have notes.

use yew::prelude::*;

use crate::browser::records::Listed;
use crate::ui::hooks::Desk;
use crate::ui::{errands, words};

pub fn listed_articles(desk: &Desk, listed: &[Listed], on_open: &Callback<()>) -> Html {
    if listed.is_empty() {
        return Html::default();
    }
    html! {
        <section class="listed" aria-labelledby="your-articles">
            <h3 id="your-articles">{ words::YOUR_ARTICLES }</h3>
            <ul role="list">
                { for listed.iter().map(|listed| {
                    let (desk, on_open, id) = (desk.clone(), on_open.clone(), listed.id.clone());
                    let open = Callback::from(move |_: MouseEvent| {
                        errands::open_listed(&desk, id.clone());
                        on_open.emit(());
                    });
                    html! {
                        <li>
                            <button class="quiet" onclick={open}>
                                <span dir="auto">{ &listed.record.title }</span>{ " " }
                                <span class="count">{ words::notes(listed.notes) }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
