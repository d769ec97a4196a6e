//! Sites that offer their articles through an API: which requests replace an address as people know
//! it, and how the answers are read.

mod github;
mod mediawiki;
mod wordpress;

use url::Url;

use super::{Input, Kind};
use crate::model::article::Source;

pub use github::picture;

/// A request that replaces an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address that is fetched.
    pub address: String,
    /// The address of the page as people know it.
    page: String,
    reads: Reads,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// As it is, in this format if that is known.
    Raw(Option<Kind>),
    /// As an answer of MediaWiki's Action API.
    MediaWiki,
    /// As an answer of WordPress' REST API.
    WordPress,
}

/// Returns the requests for an address whose host is known to have an API, in the order to try
/// them; none if it is not known.
pub fn known(address: &str) -> Vec<Request> {
    let Ok(url) = Url::parse(address) else {
        return Vec::new();
    };
    let github = github::requests(&url);
    if !github.is_empty() {
        return github;
    }
    if mediawiki::is_known(&url) {
        return mediawiki::requests(&url);
    }
    match wordpress::is_known(&url) {
        true => wordpress::requests(&url, None),
        false => Vec::new(),
    }
}

/// Returns requests that may work if a site does not hand out the page itself: a few, and only to
/// that site.
pub fn guesses(address: &str) -> Vec<Request> {
    let Ok(url) = Url::parse(address) else {
        return Vec::new();
    };
    let wiki = mediawiki::requests(&url);
    match wiki.is_empty() {
        true => wordpress::requests(&url, None),
        false => wiki,
    }
}

/// Returns the requests for a fetched page that names its site's API.
pub fn told_by(page: &str, address: &str) -> Vec<Request> {
    let Ok(url) = Url::parse(address) else {
        return Vec::new();
    };
    match wordpress::told_by(page, &url) {
        Some(root) => wordpress::requests(&url, Some(&root)),
        None => Vec::new(),
    }
}

impl Request {
    /// Turns an answer into something to import; `None` if it contains no article.
    pub fn read(&self, answer: &[u8], charset: Option<String>) -> Option<Input> {
        let found = match self.reads {
            Reads::Raw(kind) => {
                let name = self.page.rsplit('/').next().unwrap_or_default();
                return Some(Input {
                    bytes: answer.to_vec(),
                    kind,
                    charset,
                    source: Source::Address(self.page.clone()),
                    title: (!name.is_empty()).then(|| name.to_owned()),
                });
            }
            Reads::MediaWiki => mediawiki::read(answer, &self.page)?,
            Reads::WordPress => wordpress::read(answer, &self.page)?,
        };
        Some(Input {
            bytes: found.page().into_bytes(),
            kind: Some(Kind::Html),
            charset: Some("utf-8".to_owned()),
            source: Source::Address(found.address),
            title: None,
        })
    }
}

/// An article as an API returns it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    /// The address of its page, as people know it.
    address: String,
    /// Plain text, like all of these.
    title: String,
    site: String,
    author: String,
    date: String,
    language: String,
    direction: String,
    /// HTML, as untrusted as that of any page.
    content: String,
}

impl Found {
    /// Writes it as a page with the usual metadata, so that one reader reads them all.
    fn page(&self) -> String {
        let attribute = |name: &str, value: &str| match value {
            "" => String::new(),
            value => format!(" {name}=\"{}\"", escaped(value)),
        };
        let meta = |name: &str, value: &str| match value {
            "" => String::new(),
            value => format!("<meta name=\"{name}\" content=\"{}\">", escaped(value)),
        };
        format!(
            "<!doctype html><html{}{}><head><meta charset=\"utf-8\"><title>{}</title>{}{}{}</head>\
             <body><article><h1>{}</h1>{}</article></body></html>",
            attribute("lang", &self.language),
            attribute("dir", &self.direction),
            escaped(&self.title),
            meta("og:site_name", &self.site),
            meta("author", &self.author),
            meta("article:published_time", &self.date),
            escaped(&self.title),
            self.content,
        )
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns the words of a piece of HTML, on one line.
fn words_of(html: &str) -> String {
    let text = super::html::parse(html).document().text().to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
