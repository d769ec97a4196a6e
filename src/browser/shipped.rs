//! The article that ships with the app, read from the page by the browser's own reader of JSON: that
//! of stored articles comes with the lazy part.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use super::js::get;
use super::system::document;
use crate::app::ports::Shipped;
use crate::model::article::{Article, Description, Source, TEXT_RULE, Token};

/// Id of the data block of the page that holds the article.
const ID: &str = "shipped";

/// Returns the article; `None` if the page does not have it.
pub fn shipped() -> Option<Shipped> {
    let json = document().get_element_by_id(ID)?.text_content()?;
    Some(Shipped {
        article: read(&json)?.into(),
        json: json.into(),
    })
}

/// Reads an article that ships with the app from its JSON.
pub fn read(json: &str) -> Option<Article> {
    let stored = JSON::parse(json).ok()?;
    if get(&stored, "rule").as_f64() != Some(f64::from(TEXT_RULE)) {
        return None;
    }
    let tokens: Array = get(&stored, "pieces").dyn_into().ok()?;
    Article::from_tokens(
        description_of(&get(&stored, "about"))?,
        get(&stored, "text").as_string()?,
        tokens.iter().map(token_of).collect::<Option<Vec<_>>>()?,
    )
    .ok()
}

fn token_of(value: JsValue) -> Option<Token> {
    match value.as_f64() {
        Some(number) => Token::of_number(number as u64),
        None => Token::of_text(&value.as_string()?),
    }
}

fn description_of(about: &JsValue) -> Option<Description> {
    let field = |name| get(about, name).as_string();
    let name = get(&get(about, "source"), "bundled").as_string()?;
    Some(Description {
        byline: field("byline"),
        site: field("site"),
        published: field("published"),
        language: field("language"),
        direction: field("direction"),
        address: field("address"),
        ..Description::new(Source::Bundled(name), &field("title")?)
    })
}
