//! Marks the words of a search in the cards and in the text.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range, Text};
use yew::prelude::*;

use super::finding::query_of;
use crate::browser::elements::matching;
use crate::browser::live::{Redraws, mark_hits};
use crate::browser::system::{before_next_frame, document, places_in};
use crate::model::placements::Placed;
use crate::model::session::Session;
use crate::model::text::TextRange;
use crate::ui::hooks::AppHandle;
use crate::ui::notes::{ShownNotes, is_searching};

/// Maximum number of passages in the text in which words are marked.
const MOST_PASSAGES: usize = 200;

/// What is drawn anew while hits are marked, so that they have to be marked anew.
type Watched = Rc<[Redraws]>;

/// Marks the hits of a search among the cards in `list` and in the article, as long as there is one.
#[hook]
pub fn use_hits(app: &AppHandle, found: &ShownNotes, list: &NodeRef) {
    let session = app.session();
    let searched = is_searching(&session).then(|| (session.query.clone(), found.clone()));
    let drawn = (searched, session.placements.clone(), session.chosen.clone());
    use_effect_with(drawn, {
        let (app, list) = (app.clone(), list.clone());
        move |(searched, ..)| {
            let watched: Option<Watched> = searched.as_ref().map(|(_, found)| {
                let mark: Rc<dyn Fn()> = {
                    let (app, list, found) = (app.clone(), list.clone(), found.clone());
                    Rc::new(move || mark(&app, &found, &list))
                };
                let at_once = mark.clone();
                before_next_frame(move || at_once());
                let cards = list.cast::<Element>();
                let article = app.page().map(|page| page.root().clone());
                let roots = cards.into_iter().chain(article);
                let again = |root: Element| {
                    let mark = mark.clone();
                    Redraws::of(&root, move || mark())
                };
                roots.map(again).collect()
            });
            if searched.is_none() {
                mark_hits(&[]);
            }
            move || drop(watched)
        }
    });
}

fn mark(app: &AppHandle, found: &ShownNotes, list: &NodeRef) {
    let session = app.session();
    // The search may have ended since this was to be done.
    if !is_searching(&session) {
        return;
    }
    let query = query_of(&session);
    let words = query.words();
    let mut hits = Vec::new();
    let cards = list.cast::<Element>();
    let shown = cards.map(|cards| matching(&cards, ".quote, .note-body, .tags li"));
    for element in shown.into_iter().flatten() {
        hits.extend(hits_within(&element, &words));
    }
    hits.extend(in_article(app, &session, found, &words));
    mark_hits(&hits);
}

/// Returns where folded words stand in an element.
pub fn hits_within(element: &Element, words: &[&str]) -> Vec<Range> {
    let texts = texts_in(element);
    texts.iter().flat_map(|text| hits_in(text, words)).collect()
}

/// The text nodes in an element, in their order.
fn texts_in(element: &Element) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut waiting: Vec<Node> = vec![element.clone().into()];
    while let Some(node) = waiting.pop() {
        let mut child = node.last_child();
        while let Some(node) = child {
            child = node.previous_sibling();
            waiting.push(node);
        }
        texts.extend(node.dyn_into::<Text>());
    }
    texts
}

fn hits_in(text: &Text, words: &[&str]) -> Vec<Range> {
    let content = text.data();
    let units = |bytes: usize| content[..bytes].encode_utf16().count() as u32;
    let range = |place: std::ops::Range<usize>| {
        let range = document().create_range().ok()?;
        range.set_start(text, units(place.start)).ok()?;
        range.set_end(text, units(place.end)).ok()?;
        Some(range)
    };
    let folded = places_in(&content);
    let places = words.iter().flat_map(|words| folded.of_words(words));
    places.filter_map(range).collect()
}

/// The hits in the passages of the notes that are found and near.
fn in_article(
    app: &AppHandle,
    session: &Session,
    found: &ShownNotes,
    words: &[&str],
) -> Vec<Range> {
    let (Some(page), Some(article), Some(placed)) = (app.page(), &session.article, &found.placed)
    else {
        return Vec::new();
    };
    let near = page.near();
    let is_near = |placed: &&Placed| near.iter().any(|near| placed.touches(*near));
    let all = session.placements.placed();
    let passages = placed.iter().filter_map(|&index| all.get(index));
    let passages = passages.filter(is_near).take(MOST_PASSAGES);
    let hits = passages.flat_map(|placed| {
        let passage = placed.range.slice(article.text()).unwrap_or_default();
        let folded = places_in(passage);
        let from = placed.range.start();
        let range = |place: std::ops::Range<usize>| {
            TextRange::new(from + place.start as u32, from + place.end as u32)
        };
        let places = words.iter().flat_map(|words| folded.of_words(words));
        places.map(range).collect::<Vec<_>>()
    });
    hits.filter_map(|range| page.range_of(range)).collect()
}
