//! Draws an article as markup, for the page as the build writes it.

use std::rc::Rc;

use super::drawing::{Canvas, draw_stretch};
use super::layout::{Labels, Layout};
use crate::model::article::Article;

/// Elements without an end tag: <https://html.spec.whatwg.org/multipage/syntax.html#void-elements>
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// Attribute of the article element with the digest of its text.
pub const DIGEST: &str = "data-digest";
/// Attribute of the article element with the id of the article.
const ID: &str = "data-article";

/// Returns the article element as HTML that a browser's parser reads as what the page draws. It
/// says which article it holds, so that the page can take it over.
pub fn article_as_html(article: Rc<Article>, labels: Labels) -> String {
    let layout = Layout::of(article);
    let description = layout.description();
    let mut markup = Markup::default();
    markup.open("article", false);
    markup.set("id", "article");
    markup.set("tabindex", "0");
    markup.set("aria-label", layout.title());
    if let Some(language) = &description.language {
        markup.set("lang", language);
    }
    let direction = description.direction.as_deref();
    markup.set("dir", direction.unwrap_or("auto"));
    markup.set(ID, layout.id().as_str());
    markup.set(DIGEST, layout.digest().as_str());
    for stretch in 0..layout.stretches().len() {
        draw_stretch(&mut markup, &layout, stretch, labels);
    }
    markup.close();
    markup.html
}

/// Markup that grows.
#[derive(Default)]
struct Markup {
    html: String,
    open: Vec<&'static str>,
    /// True while the start tag of the element opened last lacks its end.
    is_in_tag: bool,
}

impl Markup {
    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_in_tag) {
            self.html.push('>');
        }
    }

    fn escaped(&mut self, words: &str) {
        for character in words.chars() {
            match character {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                other => self.html.push(other),
            }
        }
    }
}

impl Canvas for Markup {
    fn open(&mut self, name: &'static str, _is_mathematical: bool) {
        self.end_tag();
        self.html.extend(["<", name]);
        self.open.push(name);
        self.is_in_tag = true;
    }

    fn set(&mut self, name: &str, value: &str) {
        debug_assert!(self.is_in_tag, "{name} comes after the content");
        self.html.extend([" ", name, "=\""]);
        self.escaped(value);
        self.html.push('"');
    }

    fn text(&mut self, words: &str) {
        // Parsers drop a line feed that comes first in a `pre`.
        let is_first = self.is_in_tag && self.open.last() == Some(&"pre");
        self.end_tag();
        if is_first && words.starts_with('\n') {
            self.html.push('\n');
        }
        self.escaped(words);
    }

    fn close(&mut self) {
        self.end_tag();
        if let Some(name) = self.open.pop().filter(|name| !VOID.contains(name)) {
            self.html.extend(["</", name, ">"]);
        }
    }
}
