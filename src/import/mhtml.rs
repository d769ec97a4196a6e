//! Reads a page that a browser saved with all its parts in one file: MHTML (RFC 2557,
//! <https://www.rfc-editor.org/rfc/rfc2557>).
//!
//! The page itself is read, and the pictures that it shows; frames are not. An article that came as
//! a file is kept under the page's own address, so that it is the same article however it comes.

mod parts;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use dom_query::NodeRef;
use url::Url;

use crate::model::article::Source;

use super::embedded::Pictures;
use super::html::{self, Page};
use super::types::ImportError;
use super::{address, census, charset};

use parts::{Headers, Message, Part};

/// Maximum number of bytes of a file that are read: the page's own maximum, and twice as much for
/// its pictures.
const MOST_BYTES: usize = 3 * html::MOST_BYTES;
/// Number of bytes at the beginning in which the headers of a message end.
const SAMPLE: usize = 16 * 1024;
/// Maximum number of tags among which the end of a head is searched for.
const TAGS_TO_HEAD: usize = 5_000;
/// Attributes that a picture keeps besides the saved address: none that may hold another address.
const KEPT: [&str; 12] = [
    "alt",
    "aria-hidden",
    "class",
    "dir",
    "height",
    "hidden",
    "id",
    "lang",
    "src",
    "style",
    "title",
    "width",
];

/// A page that was read.
pub(super) struct Saved {
    /// The page with its pictures.
    pub(super) page: Page,
    /// Its source: its own address, if it came as a file and names one.
    pub(super) source: Source,
    /// True if something exceeded a limit or was missing.
    pub(super) cut: bool,
    /// Number of letters in the file's other pages, which were in frames.
    pub(super) others: usize,
}

/// True if bytes are a message with a page in it: headers from the first line on, with a suitable
/// type.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let first = sample
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let name = first.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_header = name.len() < first.len()
        && !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if !is_header {
        return false;
    }
    let (headers, _) = Headers::of(sample);
    match headers.kind().as_str() {
        "multipart/related" | "multipart/alternative" | "multipart/mixed" => true,
        "text/html" | "application/xhtml+xml" => headers.get("mime-version").is_some(),
        _ => false,
    }
}

/// Reads a page.
///
/// # Errors
/// [`ImportError::Damaged`] if no part is a page.
pub(super) fn read(bytes: &[u8], source: Source) -> Result<Saved, ImportError> {
    let whole = bytes.len() <= MOST_BYTES;
    let message = Message::of(&bytes[..bytes.len().min(MOST_BYTES)]);
    let root = root(&message).ok_or(ImportError::Damaged("MHTML"))?;
    let text = root.bytes();
    let is_all = text.len() <= html::MOST_BYTES;
    let said = root.headers.parameter("charset");
    let text = charset::decode(&text[..text.len().min(html::MOST_BYTES)], said.as_deref());
    let location = location(&message, root);
    let address = location
        .as_ref()
        .and_then(|url| address::normalise(url.as_str()).ok());
    let own = address.map(Source::Address);
    let source = match (source, &own) {
        (Source::File(_), Some(own)) => own.clone(),
        (source, _) => source,
    };
    let page = html::parse(&match &location {
        // If it is kept under another address, its links are still relative to its own.
        Some(location) if own.as_ref() != Some(&source) => with_base(&text, location),
        _ => text,
    });
    let mut pictures = Pictures::new();
    show(&page, &message, location.as_ref(), &mut pictures);
    Ok(Saved {
        cut: !whole || !is_all || message.cut || pictures.is_cut() || page.is_cut(),
        page,
        source,
        others: letters_beside(&message, root),
    })
}

/// Counts the letters in all pages of a message except the one that is read.
fn letters_beside(message: &Message<'_>, root: &Part<'_>) -> usize {
    let others = message.parts.iter();
    let others = others.filter(|part| is_page(part) && !std::ptr::eq(*part, root));
    let letters = others.map(|part| {
        let text = part.bytes();
        let text = &text[..text.len().min(html::MOST_BYTES)];
        let said = part.headers.parameter("charset");
        census::in_html(&charset::decode(text, said.as_deref()))
    });
    letters.sum()
}

fn is_page(part: &Part<'_>) -> bool {
    let kind = part.headers.kind();
    matches!(kind.as_str(), "text/html" | "application/xhtml+xml")
}

/// Returns the part that is the page: the one declared to be, or else the first possible one.
fn root<'m, 'a>(message: &'m Message<'a>) -> Option<&'m Part<'a>> {
    let start = message.headers.parameter("start");
    let started = start.and_then(|start| {
        let mut pages = message.parts.iter().filter(|part| is_page(part));
        pages.find(|part| {
            let id = part.headers.get("content-id");
            id.is_some_and(|id| bare(id) == bare(&start))
        })
    });
    // A message whose only part has no known type is still a page, if its text is one.
    let alone = || {
        let part = message.parts.first().filter(|_| message.parts.len() == 1)?;
        let kind = part.headers.kind();
        (kind.is_empty() || kind.starts_with("multipart/")).then_some(part)
    };
    let first = || message.parts.iter().find(|part| is_page(part));
    started
        .or_else(first)
        .or_else(alone)
        .filter(|part| part.length() > 0)
}

/// Returns the id of a part without its brackets.
fn bare(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// Returns the address that the page was saved from.
fn location(message: &Message<'_>, root: &Part<'_>) -> Option<Url> {
    let said = [
        message.headers.address("snapshot-content-location"),
        root.headers.address("content-location"),
        message.headers.address("content-location"),
    ];
    let mut urls = said
        .into_iter()
        .flatten()
        .filter_map(|said| Url::parse(&said).ok());
    urls.find(|url| matches!(url.scheme(), "http" | "https"))
}

/// Adds a base for relative addresses to the page, after its own if it has one.
fn with_base(text: &str, location: &Url) -> String {
    let base = format!(
        "<base href=\"{}\">",
        location.as_str().replace('&', "&amp;")
    );
    let head = text
        .char_indices()
        .filter(|(_, c)| *c == '<')
        .map(|(at, _)| at);
    let end = head.take(TAGS_TO_HEAD).find(|at| {
        let tag = text.get(*at..*at + "</head".len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case("</head"))
    });
    let (before, after) = text.split_at(end.unwrap_or_default());
    format!("{before}{base}{after}")
}

/// Points the pictures of a page to the parts that were saved with it.
fn show(page: &Page, message: &Message<'_>, location: Option<&Url>, pictures: &mut Pictures) {
    let mut named: HashMap<String, &Part<'_>> = HashMap::new();
    for part in &message.parts {
        if let Some(id) = part.headers.get("content-id") {
            named.entry(format!("cid:{}", bare(id))).or_insert(part);
        }
        if let Some(said) = part.headers.address("content-location") {
            let full = resolved(location, &said);
            named.entry(full.unwrap_or(said)).or_insert(part);
        }
    }
    let base = page.document().tree.base_uri();
    let base = base.and_then(|base| match location {
        Some(location) => location.join(&base).ok(),
        None => Url::parse(&base).ok(),
    });
    let base = base.as_ref().or(location);
    let images: Vec<NodeRef<'_>> = page.document().root().descendants_it().collect();
    for image in images.iter().filter(|node| node.has_name("img")) {
        let source = image.attr("src").unwrap_or_default();
        let source = source.trim();
        let full = resolved(base, source).unwrap_or_else(|| source.to_owned());
        let Some(part) = named.get(&full) else {
            continue;
        };
        let made = pictures.address(&full, || Some((part.headers.kind(), part.bytes())));
        if let Some(made) = made {
            image.set_attr("src", &made);
            // A small picture would be taken for a placeholder if there were another address.
            image.retain_attrs(&KEPT);
        }
    }
}

/// Returns a full address without its fragment; escapes in that of a part by its id are resolved
/// (RFC 2392, §2, <https://www.rfc-editor.org/rfc/rfc2392#section-2>).
fn resolved(base: Option<&Url>, said: &str) -> Option<String> {
    if let Some(id) = said.strip_prefix("cid:") {
        return Some(format!("cid:{}", super::links::fragment_name(id)));
    }
    let url = match base {
        Some(base) => base.join(said),
        None => Url::parse(said),
    };
    let mut url = url.ok()?;
    url.set_fragment(None);
    Some(url.into())
}
