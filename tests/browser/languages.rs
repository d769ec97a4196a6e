//! Articles in many languages in the page: it shows their text, and selections round-trip.

use std::rc::Rc;

use crate::page::no_pictures;
use postil::browser::page::Page;
use postil::browser::system::document;
use postil::import::{Input, read};
use postil::model::article::{Article, Source};
use postil::model::text::{TextRange, snap_to_graphemes, trim};
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::LABELS;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../fixtures/languages/", $name, ".html")))),*]
    };
}

const FILES: [(&str, &str); 10] = files![
    "ar", "de", "fa", "he", "hi", "ja", "ko", "mixed", "th", "zh"
];

/// Number of passages selected in each article.
const PASSAGES: u32 = 100;

fn article(name: &str, html: &str) -> Rc<Article> {
    postil::browser::graphemes::install();
    let imported = read(Input {
        bytes: html.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source: Source::File(format!("{name}.html")),
        title: None,
    });
    Rc::new(imported.expect("an article").article)
}

/// Pseudorandom numbers, so that a failure can be reproduced.
fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 8
}

#[wasm_bindgen_test]
fn what_stands_in_the_page_is_the_text_and_passages_go_there_and_back() {
    for (name, html) in FILES {
        let article = article(name, html);
        let root = document().create_element("article").expect("an element");
        let body = document().body().expect("a body");
        body.append_child(&root)
            .expect("the article is in the page");
        let page = Page::open(root.clone(), article.clone(), LABELS, no_pictures(), || {});
        let text = article.text();
        // A distant part of the article is drawn only on demand.
        page.place_caret(text.len() as u32);
        assert_eq!(root.text_content().as_deref(), Some(text), "{name}");
        let mut seed = 7;
        for number in 0..PASSAGES {
            let (one, other) = (next(&mut seed), next(&mut seed));
            let length = text.len() as u32 + 1;
            let (one, other) = (one % length, other % length);
            let range = TextRange::new(one.min(other), one.max(other));
            let range = trim(text, snap_to_graphemes(text, range));
            if range.is_empty() {
                continue;
            }
            page.select(range);
            let selected = page.selected();
            assert_eq!(
                selected,
                [range],
                "{name}, passage {number}: {:?}",
                range.slice(text)
            );
        }
        root.remove();
    }
}
