//! MediaWiki: articles through the Action API
//! (<https://www.mediawiki.org/wiki/API:Parsing_wikitext>).

use serde::Deserialize;
use url::Url;

use super::{Found, Reads, Request, words_of};
use crate::import::html;

/// Projects whose wikis all have the API in the same place.
const PROJECTS: [&str; 12] = [
    "wikipedia.org",
    "wikimedia.org",
    "wiktionary.org",
    "wikibooks.org",
    "wikiquote.org",
    "wikisource.org",
    "wikinews.org",
    "wikiversity.org",
    "wikivoyage.org",
    "wikidata.org",
    "mediawiki.org",
    "fandom.com",
];
/// Paths of the API on most wikis, in this order: Wikimedia's, and beside `index.php`.
const PLACES: [&str; 2] = ["/w/api.php", "/api.php"];
/// The beginning of an article's path on most wikis.
const ARTICLE: &str = "/wiki/";
/// Parts of a wiki that do not belong to the article and would stand amid its words.
const NO_ARTICLE: &str = ".mw-editsection, .navbox, .navbox-styles, .vertical-navbox, .noprint, \
    .mw-empty-elt, .mw-jump-link, #toc, style, script";

/// True if the host belongs to a project that is known to be a wiki.
pub(super) fn is_known(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let belongs = |project: &&str| {
        let rest = host.strip_suffix(*project);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    PROJECTS.iter().any(belongs)
}

/// The article of a wiki that an address names.
struct Named {
    /// The path before `/wiki/` or `index.php`.
    folder: String,
    /// The API's parameter for it, and the value.
    page: (&'static str, String),
    /// True if `index.php` is in the address.
    by_script: bool,
}

fn named(url: &Url) -> Option<Named> {
    let query = |wanted: &str| {
        let mut pairs = url.query_pairs();
        pairs.find_map(|(name, value)| (name == wanted).then(|| value.into_owned()))
    };
    let script = url.path().split_once("/index.php");
    let article = url.path().split_once(ARTICLE);
    let (folder, in_path) = match (script, article) {
        (Some((folder, rest)), _) => (folder, rest.trim_start_matches('/')),
        (None, Some((folder, title))) => (folder, title),
        (None, None) => return None,
    };
    let number = |name: &str| {
        let digits = |value: &String| value.bytes().all(|byte| byte.is_ascii_digit());
        query(name).filter(|value| !value.is_empty() && digits(value))
    };
    let page = if let Some(revision) = number("oldid") {
        ("oldid", revision)
    } else if let Some(id) = number("curid") {
        ("pageid", id)
    } else {
        let title = query("title").filter(|title| !title.is_empty());
        (
            "page",
            title
                .or_else(|| decoded(in_path))
                .filter(|title| !title.is_empty())?,
        )
    };
    Some(Named {
        folder: folder.to_owned(),
        page,
        by_script: script.is_some(),
    })
}

/// Decodes the percent signs of a path; a plus in it is literal.
fn decoded(path: &str) -> Option<String> {
    let query = format!("t={}", path.replace('+', "%2B").replace('&', "%26"));
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.next().map(|(_, value)| value.into_owned())
}

/// Returns the requests for an article of a wiki; none if the address does not look like one.
pub(super) fn requests(url: &Url) -> Vec<Request> {
    let Some(named) = named(url) else {
        return Vec::new();
    };
    let mut url = url.clone();
    // The mobile page is of the same article.
    if is_known(&url)
        && let Some(host) = url.host_str().map(|host| host.replace(".m.", "."))
    {
        let _ = url.set_host(Some(&host));
    }
    let beside = [named.folder.clone() + "/api.php"];
    let usual = PLACES.map(|place| named.folder.clone() + place);
    let places = if named.by_script {
        &beside[..]
    } else {
        &usual[..]
    };
    let request = |place: &String| {
        let mut api = url.clone();
        api.set_path(place);
        api.set_query(None);
        let mut query = api.query_pairs_mut();
        query.extend_pairs([
            ("action", "parse"),
            (named.page.0, named.page.1.as_str()),
            ("prop", "text|displaytitle"),
            ("disableeditsection", "1"),
            ("disabletoc", "1"),
            ("redirects", "1"),
            ("format", "json"),
            ("formatversion", "2"),
            ("origin", "*"),
        ]);
        drop(query);
        Request {
            address: api.into(),
            page: url.to_string(),
            reads: Reads::MediaWiki,
        }
    };
    places.iter().map(request).collect()
}

#[derive(Deserialize)]
struct Answer {
    parse: Parse,
}

#[derive(Deserialize)]
struct Parse {
    title: String,
    text: String,
    #[serde(default)]
    displaytitle: String,
}

/// Returns the article in an answer, for the address of a page.
pub(super) fn read(answer: &[u8], page: &str) -> Option<Found> {
    let Answer { parse } = serde_json::from_slice(answer).ok()?;
    let url = Url::parse(page).ok()?;
    let tree = html::parse(&parse.text);
    let document = tree.document();
    document.select(NO_ARTICLE).remove();
    let root = document.select(".mw-parser-output");
    let said = |name: &str| root.attr(name).unwrap_or_default().to_string();
    let (language, direction) = (said("lang"), said("dir"));
    // Attributes of the whole go onto the page, and need not be repeated at each paragraph.
    root.remove_attr("lang");
    root.remove_attr("dir");
    let content = document.select("body").html();
    let content = content.trim_start_matches("<body>");
    let content = content.trim_end_matches("</body>");
    let shown = words_of(&parse.displaytitle);
    Some(Found {
        address: address_of(&url, &parse.title),
        title: if shown.is_empty() { parse.title } else { shown },
        site: site_of(&url),
        language,
        direction,
        content: content.to_string(),
        ..Found::default()
    })
}

/// Returns the address of the article itself, so that redirects lead to the same one. An address
/// for a certain version or a number is kept.
fn address_of(url: &Url, title: &str) -> String {
    let has = |name: &str| url.query_pairs().any(|(other, _)| other == name);
    let mut url = url.clone();
    let title = title.replace(' ', "_");
    match url.path().split_once(ARTICLE) {
        Some((folder, _)) if !has("oldid") && !has("curid") && !has("title") => {
            let path = format!("{folder}{ARTICLE}{}", title.replace('%', "%25"));
            url.set_path(&path);
            url.set_query(None);
        }
        None if has("title") && !has("oldid") && !has("curid") => {
            url.query_pairs_mut().clear().append_pair("title", &title);
        }
        _ => {}
    }
    url.into()
}

/// Returns "Wikipedia" for its wikis, and the host for any other.
fn site_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let project = host
        .rsplit('.')
        .nth(1)
        .filter(|_| is_known(url) && !host.ends_with("fandom.com"));
    let mut letters = project.unwrap_or_default().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => host.to_owned(),
    }
}
