//! The two texts of a page: the article in it, and the whole page.

use std::rc::Rc;

use super::{App, articles, place};
use crate::model::article::{Article, Leaf};
use crate::model::notice::Message;

/// Shows the other text of the open article's page: the whole page, or the article in it.
pub fn show_other(app: &App) {
    let Some(article) = app.session().article.clone() else {
        return;
    };
    let Some(other) = article.description().other.clone() else {
        return;
    };
    let place = app.shell().visible(&article).map_or(0, |(place, _)| place);
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        let text = app.lazy_stores().text(other.digest()).await;
        match text.map(|text| Article::from_json(&text)) {
            Some(Ok(other)) => {
                let other = Rc::new(other.as_version_of(&article.iri()));
                let place = same_place(&article, place, &other);
                place::want_place(&app, other.id(), place);
                articles::show(&app, other.clone(), None);
                if !app.session().read_only {
                    app.records().write_article(&other);
                }
            }
            _ => app.tell(Message::TextMissing {
                title: article.title().to_owned(),
            }),
        }
    });
}

/// Finds where the block at a byte of an article begins in another text of the same page; 0 if it
/// is not there. Of equal blocks it picks the one with as many equals before it.
fn same_place(article: &Article, byte: u32, other: &Article) -> u32 {
    let Some(leaf) = article.leaf_at(byte) else {
        return 0;
    };
    let words =
        |article: &'_ Article, leaf: &Leaf| leaf.text.slice(article.text()).map(str::to_owned);
    let here = words(article, &article.leaves()[leaf]);
    let before = article.leaves()[..leaf].iter();
    let before = before.filter(|leaf| words(article, leaf) == here).count();
    let there = other.leaves().iter();
    let mut there = there.filter(|leaf| words(other, leaf) == here);
    there.nth(before).map_or(0, |leaf| leaf.text.start())
}
