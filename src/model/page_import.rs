//! Importing a page from the bookmarklet: what the page's address announces, and which message
//! matches the announcement. Messages that do not match are ignored.

use serde::Deserialize;

use super::address;

/// Most bytes of HTML, the same as for a file.
const MOST_HTML: usize = 20 * 1024 * 1024;
/// Most bytes of a title, a selection or an address.
const MOST_WORDS: usize = 100_000;
/// The version of the protocol.
const VERSION: f64 = 1.0;
/// The type of the message that contains a page.
const PAGE: &str = "page";
/// Number of hexadecimal digits in a nonce: 128 bits.
const NONCE_DIGITS: usize = 32;

/// The announcement in this page's address: `#/import/<nonce>/<origin>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The nonce that the message will repeat.
    pub nonce: String,
    /// The origin of the message.
    pub origin: String,
}

impl Offer {
    /// Reads the part of an address after `#/import/`; the origin is already decoded.
    pub fn of(nonce: &str, origin: &str) -> Option<Self> {
        let is_nonce = nonce.len() == NONCE_DIGITS
            && nonce
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (is_nonce && is_origin(origin)).then(|| Self {
            nonce: nonce.to_owned(),
            origin: origin.to_owned(),
        })
    }
}

/// True if it is the origin of a web page: a scheme and a host, with nothing after them.
fn is_origin(origin: &str) -> bool {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && !host.starts_with(':')
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte))
    })
}

/// The content of a message. A field that has the wrong type is `None`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Announcement {
    /// The version.
    pub v: Option<f64>,
    /// The type.
    pub t: Option<String>,
    /// The nonce.
    pub n: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its HTML.
    pub html: Option<String>,
    /// The words selected in it.
    pub selection: Option<String>,
}

/// A page that was sent to Postil and that the reader has not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturedPage {
    /// Its address, without its fragment.
    pub url: String,
    /// Its title, or its address if it has none.
    pub title: String,
    /// Its HTML.
    pub html: String,
    /// The words that were selected in it.
    pub selection: String,
}

impl CapturedPage {
    /// The host that the page claims to come from.
    pub fn host(&self) -> &str {
        address::host(&self.url).unwrap_or(&self.url)
    }
}

/// Returns the page in a message if it is the announced one: sent by the window that opened this
/// one, from the announced origin, with the announced nonce, of the agreed shape, and with an
/// address of that origin.
pub fn accept(
    offer: &Offer,
    is_opener: bool,
    origin: &str,
    said: Announcement,
) -> Option<CapturedPage> {
    let fits = is_opener && origin == offer.origin && said.n.as_ref() == Some(&offer.nonce);
    let handed = page_of(said).filter(|_| fits)?;
    let rest = handed.url.strip_prefix(&offer.origin)?;
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(handed)
}

/// Returns the page in data that came with this page's own address. Anyone can have made such data,
/// so its claim of origin is unverified.
pub fn of_data(json: &str) -> Option<CapturedPage> {
    page_of(serde_json::from_str(json).ok()?)
}

fn page_of(said: Announcement) -> Option<CapturedPage> {
    let is_page = said.v == Some(VERSION) && said.t.as_deref() == Some(PAGE);
    let words = |words: Option<String>| words.filter(|words| words.len() <= MOST_WORDS);
    let url = words(said.url).filter(|_| is_page)?;
    let (url, _) = url.split_once('#').unwrap_or((&url, ""));
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if !is_web || !address::is_link(url) {
        return None;
    }
    let title = words(said.title)?;
    let html = said.html?;
    if html.trim().is_empty() || html.len() > MOST_HTML {
        return None;
    }
    Some(CapturedPage {
        title: match title.trim() {
            "" => url.to_owned(),
            title => title.to_owned(),
        },
        url: url.to_owned(),
        html,
        selection: words(said.selection)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: &str = "0123456789abcdef0123456789abcdef";
    const ORIGIN: &str = "https://example.org";

    fn offer() -> Offer {
        Offer::of(NONCE, ORIGIN).expect("it is one")
    }

    fn said() -> Announcement {
        let some = |words: &str| Some(words.to_owned());
        Announcement {
            v: Some(1.0),
            t: some("page"),
            n: some(NONCE),
            url: some("https://example.org/a?b#c"),
            title: some(" A title "),
            html: some("<p>words"),
            selection: some(""),
        }
    }

    #[test]
    fn the_announced_message_is_accepted() {
        let handed = accept(&offer(), true, ORIGIN, said()).expect("it is the one");
        assert_eq!(handed.url, "https://example.org/a?b");
        assert_eq!((&*handed.title, handed.host()), ("A title", "example.org"));
        let untitled = Announcement {
            title: Some(String::new()),
            url: Some(ORIGIN.to_owned()),
            ..said()
        };
        let handed = accept(&offer(), true, ORIGIN, untitled).expect("it is the one");
        assert_eq!(handed.title, ORIGIN);
    }

    /// Falsifies one field of a valid message.
    type Forgery = fn(&mut Announcement);

    #[test]
    fn forged_messages_are_nothing() {
        let forgeries: [Forgery; 26] = [
            |said| *said = Announcement::default(),
            |said| said.v = None,
            |said| said.v = Some(0.0),
            |said| said.v = Some(2.0),
            |said| said.v = Some(f64::NAN),
            |said| said.t = None,
            |said| said.t = Some("ready".to_owned()),
            |said| said.t = Some("Page".to_owned()),
            |said| said.t = Some(String::new()),
            |said| said.n = None,
            |said| said.n = Some(String::new()),
            |said| said.n = Some(NONCE.to_uppercase()),
            |said| said.n = Some(format!("{NONCE} ")),
            |said| said.n = Some(NONCE[1..].to_owned()),
            |said| said.url = None,
            |said| said.url = Some("javascript:alert(1)".to_owned()),
            |said| said.url = Some("data:text/html,x".to_owned()),
            |said| said.url = Some("https://example.org.attacker.example/".to_owned()),
            |said| said.url = Some("https://example.org@attacker.example/".to_owned()),
            |said| said.url = Some("https://example.com/".to_owned()),
            |said| said.url = Some("http://example.org/".to_owned()),
            |said| said.url = Some(format!("https://example.org/{}", "x".repeat(MOST_WORDS))),
            |said| said.title = None,
            |said| said.title = Some("x".repeat(MOST_WORDS + 1)),
            |said| said.html = Some(" \n".to_owned()),
            |said| said.selection = None,
        ];
        for (number, forge) in forgeries.iter().enumerate() {
            let mut forged = said();
            forge(&mut forged);
            assert_eq!(accept(&offer(), true, ORIGIN, forged), None, "{number}");
        }
        assert_eq!(accept(&offer(), false, ORIGIN, said()), None);
        for origin in [
            "null",
            "",
            "https://example.org:444",
            "http://example.org",
            "https://example.org/",
        ] {
            assert_eq!(accept(&offer(), true, origin, said()), None, "{origin}");
        }
        let huge = Announcement {
            html: Some("x".repeat(MOST_HTML + 1)),
            ..said()
        };
        assert_eq!(accept(&offer(), true, ORIGIN, huge), None);
    }

    #[test]
    fn what_announces_nothing_is_no_offer() {
        for nonce in ["", "0123", &NONCE.to_uppercase(), &NONCE.replace('0', "g")] {
            assert_eq!(Offer::of(nonce, ORIGIN), None, "{nonce}");
        }
        for origin in [
            "",
            "null",
            "*",
            "example.org",
            "https://",
            "https://:1",
            "file://",
            "https://a/b",
            "https://a b",
            "javascript:1",
        ] {
            assert_eq!(Offer::of(NONCE, origin), None, "{origin}");
        }
        assert!(Offer::of(NONCE, "http://127.0.0.1:8080").is_some());
        assert!(Offer::of(NONCE, "http://[::1]:8080").is_some());
    }

    #[test]
    fn data_says_the_same_or_nothing() {
        let json = r#"{"v":1,"t":"page","n":"x","url":"https://example.org/","title":"T","html":"<p>x","selection":"","more":[1]}"#;
        assert_eq!(of_data(json).expect("a page").title, "T");
        for bad in [
            "",
            "[]",
            "{}",
            "null",
            r#"{"v":"1"}"#,
            &json.replace("https", "ftp"),
            &json.replace("\"v\":1", "\"v\":3"),
        ] {
            assert_eq!(of_data(bad), None, "{bad}");
        }
    }
}
