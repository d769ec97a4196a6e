//! Recognises embedded media, which an article never embeds, and where readers find them.

use dom_query::{Element, NodeRef};
use url::Url;

use crate::model::address;

use super::addresses::Addresses;
use super::attributes::declared;
use super::attributes::{attribute, title};
use super::hidden::is_hidden;

/// Elements that embed a medium. (`frame` is missing: a frameset is a page without words.)
const HOLDERS: [&str; 5] = ["audio", "embed", "iframe", "object", "video"];
/// Attributes with the address of a medium, those for later loading first: until then the other
/// ones hold a placeholder.
const SOURCES: [&str; 9] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-iframe-src",
    "data-litespeed-src",
    "data-src-cmplz",
    "data-cookieblock-src",
    "src",
    "data",
];
/// Names of an `object`'s parameters with its address, as old pages embed films.
const PARAMETERS: [&str; 3] = ["movie", "src", "url"];
/// Maximum number of children of a medium that are searched for its address.
const MOST_SOURCES: usize = 32;
/// Largest side, in pixels, of frames that count visits and show nothing.
const SMALLEST_SIDE: f32 = 1.0;
/// Sites whose frames are films, and sites whose frames are sounds.
const FILMS: [&str; 8] = [
    "youtube.com",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "bilibili.com",
    "twitch.tv",
    "wistia.net",
    "ted.com",
];
const SOUNDS: [&str; 4] = [
    "soundcloud.com",
    "spotify.com",
    "bandcamp.com",
    "podcasts.apple.com",
];
/// Sites whose frames count visits, advertise or check who is there, and are not for reading.
const UNREAD: [&str; 14] = [
    "doubleclick.net",
    "googlesyndication.com",
    "googletagmanager.com",
    "googleadservices.com",
    "google-analytics.com",
    "amazon-adsystem.com",
    "adnxs.com",
    "criteo.com",
    "criteo.net",
    "taboola.com",
    "outbrain.com",
    "pubmatic.com",
    "rubiconproject.com",
    "recaptcha.net",
];

/// The kind of a medium that an article can show itself.
pub(super) const PICTURE: &str = "picture";
/// File name endings of pictures.
const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"];

/// A card that represents a medium.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Card {
    /// Its kind: a value of [`Attribute::Kind`](crate::model::article::Attribute::Kind), or
    /// [`PICTURE`].
    pub(super) kind: &'static str,
    /// Its address.
    pub(super) address: String,
    /// Its own title.
    pub(super) title: Option<String>,
}

impl Card {
    /// Returns the kind and the host. These words become a part of the text, so they must stay the
    /// same whatever the reader's language.
    pub(super) fn label(&self) -> String {
        let name = match self.kind {
            "video" => "Video",
            "audio" => "Audio",
            "page" => "Embedded page",
            _ => "Embedded file",
        };
        let host = address::host(&self.address).unwrap_or_default();
        [name, ": ", host].concat()
    }
}

/// Returns the card of an element that embeds something; `None` if there is nothing to report.
pub(super) fn card(node: &NodeRef<'_>, element: &Element, addresses: &Addresses) -> Option<Card> {
    let name = &*element.name.local;
    if !HOLDERS.contains(&name) || is_hidden(name, element) || is_tiny(element) {
        return None;
    }
    let address = address(node, element, addresses)?;
    if is_of(&address, &UNREAD) {
        return None;
    }
    let title = title(element).map(str::to_owned);
    Some(Card {
        kind: kind_of(name, element, &address),
        address: page_of(&address).unwrap_or(address),
        title,
    })
}

/// True if an element embeds something.
pub(super) fn is_holder(name: &str) -> bool {
    HOLDERS.contains(&name)
}

fn is_tiny(element: &Element) -> bool {
    ["width", "height"].into_iter().any(|side| {
        let written = attribute(element, side).map(str::to_owned);
        let said = written.or_else(|| declared(element, side));
        let pixels = said.and_then(|said| {
            let number = said.trim().trim_end_matches("px");
            number.parse::<f32>().ok()
        });
        pixels.is_some_and(|pixels| pixels <= SMALLEST_SIDE)
    })
}

/// Returns the first web address of a medium: its own, or that of a child.
fn address(node: &NodeRef<'_>, element: &Element, addresses: &Addresses) -> Option<String> {
    let of = |element: &Element| {
        let said = SOURCES.iter().filter_map(|name| attribute(element, name));
        said.map(str::to_owned)
            .find_map(|said| web(&said, addresses))
    };
    let within = |child: &NodeRef<'_>| {
        let element = child.element_ref()?;
        match &*element.name.local {
            "source" | "embed" => of(&element),
            "param" => {
                let name = attribute(&element, "name")?.to_ascii_lowercase();
                let is_address = PARAMETERS.contains(&name.as_str());
                web(
                    attribute(&element, "value").filter(|_| is_address)?,
                    addresses,
                )
            }
            _ => None,
        }
    };
    of(element).or_else(|| {
        let children = node.children_it(false).take(MOST_SOURCES);
        children.into_iter().find_map(|child| within(&child))
    })
}

/// Resolves a web address. Without a scheme it has the page's, or `https` if that is not known.
fn web(said: &str, addresses: &Addresses) -> Option<String> {
    let found = addresses.link(said);
    let found = found.or_else(|| {
        let said = said.trim();
        said.starts_with("//")
            .then(|| addresses.link(&["https:", said].concat()))?
    });
    found.filter(|address| address::is_remote(address))
}

fn kind_of(name: &str, element: &Element, address: &str) -> &'static str {
    let kind = attribute(element, "type").unwrap_or_default();
    match name {
        "video" => "video",
        "audio" => "audio",
        _ if is_of(address, &FILMS) || kind.starts_with("video/") => "video",
        _ if is_of(address, &SOUNDS) || kind.starts_with("audio/") => "audio",
        "iframe" => "page",
        _ if kind.starts_with("image/") || is_picture(address) => PICTURE,
        _ => "file",
    }
}

fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    PICTURES.iter().any(|ending| path.ends_with(ending))
}

/// True if an address belongs to one of these sites.
fn is_of(address: &str, sites: &[&str]) -> bool {
    let host = address::host(address).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let is = |site: &&str| {
        let before = host.strip_suffix(*site);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    sites.iter().any(is)
}

/// Returns the page for watching a film, from its player's address. A player alone shows less, and
/// some refuse to be opened as a page.
fn page_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name);
    let is_plain = |id: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !id.is_empty() && id.chars().all(plain)
    };
    let mut path = url.path_segments()?;
    let (first, id) = (path.next()?, path.next().filter(|id| is_plain(id))?);
    if is_of(address, &["youtube.com", "youtube-nocookie.com"]) && first == "embed" {
        let list = value("list").filter(|(_, list)| is_plain(list));
        return match (id, list) {
            ("videoseries", Some((_, list))) => {
                Some(format!("https://www.youtube.com/playlist?list={list}"))
            }
            ("videoseries" | "live_stream", _) => None,
            (id, _) => Some(format!("https://www.youtube.com/watch?v={id}")),
        };
    }
    let is_film = is_of(address, &["player.vimeo.com"]) && first == "video";
    // An unlisted film is found only with its key.
    let key = value("h").filter(|(_, key)| is_plain(key));
    let key = key.map_or(String::new(), |(_, key)| format!("/{key}"));
    is_film.then(|| format!("https://vimeo.com/{id}{key}"))
}
