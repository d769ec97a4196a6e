//! The article with its notes as a page in one file: read without any program, printed, and read
//! back without loss.
//!
//! What is shown is written for people and is never read again. Beside it the page holds the notes
//! as the W3C's model has them and the article as it is stored ([`data`]).

mod body;
pub mod data;
mod marks;
mod markup;
mod notes;

use super::{Arrivals, Export, w3c};
use crate::model::address::is_link;
use crate::model::article::{Article, Piece};
use markup::Markup;

/// What the page may do: nothing but show itself (<https://www.w3.org/TR/CSP3/>). Blocks of data
/// are no scripts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/// How the page looks.
const STYLE: &str = include_str!("web_page/style.css");
/// The id of the element with the article's title.
const TITLE: &str = "title";

/// Writes the page.
pub fn encode(export: &Export) -> String {
    let mut page = Markup::default();
    page.raw("<!doctype html>\n");
    page.open("html", &[("lang", &export.wording.language)]);
    head(&mut page, export);
    page.raw("\n");
    page.open("body", &[]);
    page.open("main", &[]);
    content(&mut page, export);
    page.close();
    page.raw("\n");
    page.element("footer", &[], &export.wording.made_by);
    data::write(&mut page, &w3c::encode(export), &export.article.to_json());
    page.close();
    page.close();
    page.raw("\n");
    page.finish()
}

/// Reads the notes of a page; `None` if Postil has not written it.
pub fn decode(page: &str) -> Option<Arrivals> {
    w3c::decode(data::of(page)?.notes).ok()
}

fn head(page: &mut Markup, export: &Export) {
    page.open("head", &[]);
    page.raw("\n<meta charset=\"utf-8\">\n");
    page.raw(data::GENERATOR);
    page.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let policy = [
        ("http-equiv", "Content-Security-Policy"),
        ("content", POLICY),
    ];
    page.void("meta", &policy);
    page.raw("\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.element("title", &[], export.article.title());
    if let Some(byline) = &export.article.description().byline {
        page.void("meta", &[("name", "author"), ("content", byline)]);
    }
    if let Some(address) = address(export.article) {
        page.void("link", &[("rel", "canonical"), ("href", address)]);
    }
    page.raw("\n<style>\n");
    page.raw(STYLE);
    page.raw("</style>\n");
    page.close();
}

/// Writes the article with its notes, then the notes that are nowhere in it.
fn content(page: &mut Markup, export: &Export) {
    let article = export.article;
    let description = article.description();
    let direction = description.direction.as_deref().unwrap_or("auto");
    let mut attributes = vec![("dir", direction), ("aria-label", article.title())];
    if let Some(language) = &description.language {
        attributes.push(("lang", language));
    }
    let notes = notes::Notes::of(export);
    page.open("article", &attributes);
    header(page, article);
    body::write_article(page, export, &notes);
    page.close();
    notes.write_rest(page);
}

/// Writes the title, unless the article begins with it, and where the article comes from.
fn header(page: &mut Markup, article: &Article) {
    let description = article.description();
    let facts = [
        &description.byline,
        &description.site,
        &description.published,
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    let address = address(article);
    let is_titled = begins_with_title(article);
    if is_titled && facts.is_empty() && address.is_none() {
        return;
    }
    page.open("header", &[]);
    if !is_titled {
        page.element("h1", &[("id", TITLE), ("dir", "auto")], article.title());
    }
    if !facts.is_empty() {
        page.element("p", &[("class", "about")], &facts.join(" · "));
    }
    if let Some(address) = address {
        page.open("p", &[("class", "about")]);
        page.element(
            "a",
            &[("href", address), ("rel", "noopener"), ("dir", "ltr")],
            address,
        );
        page.close();
    }
    page.close();
}

/// The address of the article in the web, if it can be followed.
fn address(article: &Article) -> Option<&str> {
    super::described::address(article).filter(|address| is_link(address))
}

/// True if the article's first heading is its title.
fn begins_with_title(article: &Article) -> bool {
    let Some(first) = article.leaves().first() else {
        return false;
    };
    let is_heading = matches!(&article.pieces()[first.pieces.start],
        Piece::Open { tag, .. } if tag.heading_level().is_some());
    let words = first.text.slice(article.text()).unwrap_or_default();
    is_heading
        && words
            .split_whitespace()
            .eq(article.title().split_whitespace())
}
