//! Tests of HTML, construct by construct, and of hostile pages.

use super::super::notation::walk;
use super::*;

fn html(markup: &str) -> String {
    walk(&read(markup, Source::Pasted).expect("HTML can be read"))
}

fn html_at(address: &str, markup: &str) -> String {
    let source = Source::Address(address.to_owned());
    walk(&read(markup, source).expect("HTML can be read"))
}

/// Returns the article and the whole page of a file (the same if there is only one).
fn opened(markup: &str) -> (Article, Article) {
    let read = crate::import::read(crate::import::Input {
        bytes: markup.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source: Source::File("page.html".to_owned()),
        title: None,
    });
    let read = read.expect("there are words in it");
    let whole = read.page.unwrap_or_else(|| read.article.clone());
    (read.article, whole)
}

mod constructs;
mod formulas;
mod hiding;
mod hostile;
mod lines;
mod pages;
mod scripted;
mod stand_ins;
