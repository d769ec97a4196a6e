//! WordPress: posts and pages through the REST API
//! (<https://developer.wordpress.org/rest-api/reference/posts/>).

use serde::Deserialize;
use url::Url;

use super::{Found, Reads, Request, words_of};

/// The API for blogs that WordPress itself hosts.
const HOSTED: &str = "https://public-api.wordpress.com/wp/v2/sites";
/// The link relation with which pages name their API.
const LINK: &str = "https://api.w.org/";

/// True if WordPress itself hosts the page.
pub(super) fn is_known(url: &Url) -> bool {
    url.host_str()
        .is_some_and(|host| host.ends_with(".wordpress.com"))
}

/// Returns the requests for a post or a page by the last part of its path; none without a path.
/// `root` is the address of the API, if the page has named it.
pub(super) fn requests(url: &Url, root: Option<&Url>) -> Vec<Request> {
    let mut parts = url.path().rsplit('/').filter(|part| !part.is_empty());
    let Some(slug) = parts.next() else {
        return Vec::new();
    };
    let slug = slug.trim_end_matches(".html");
    let host = url.host_str().unwrap_or_default();
    let roots = match root {
        Some(root) => vec![format!("{}wp/v2", root.as_str())],
        None if is_known(url) => vec![format!("{HOSTED}/{host}")],
        None => {
            let site = url.origin().ascii_serialization();
            let folders = std::iter::once("").chain(folder(url));
            folders
                .map(|folder| format!("{site}{folder}/wp-json/wp/v2"))
                .collect()
        }
    };
    let request = |kind: &str, root: &String| Request {
        address: format!("{root}/{kind}?slug={slug}&_embed=1"),
        page: url.to_string(),
        reads: Reads::WordPress,
    };
    let kinds = ["posts", "pages"].into_iter();
    kinds
        .flat_map(|kind| roots.iter().map(move |root| request(kind, root)))
        .collect()
}

/// Returns the folder of a site that may contain its blog, with a slash before it: the first part
/// of a path of several, unless it is a year.
fn folder(url: &Url) -> Option<&str> {
    let path = url.path().trim_end_matches('/');
    let end = path[1.min(path.len())..].find('/')? + 1;
    let folder = &path[..end];
    let is_number = folder[1..].bytes().all(|byte| byte.is_ascii_digit());
    (!is_number).then_some(folder)
}

#[derive(Deserialize)]
struct Post {
    link: String,
    #[serde(default)]
    date: String,
    title: Rendered,
    content: Rendered,
    #[serde(default, rename = "_embedded")]
    embedded: Embedded,
}

#[derive(Deserialize)]
struct Rendered {
    rendered: String,
    /// True if reading it takes a password.
    #[serde(default)]
    protected: bool,
}

#[derive(Deserialize, Default)]
struct Embedded {
    #[serde(default)]
    author: Vec<Author>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    name: String,
}

/// Returns the post in an answer that is at the address of a page, or the only one.
pub(super) fn read(answer: &[u8], page: &str) -> Option<Found> {
    let mut posts: Vec<Post> = serde_json::from_slice(answer).ok()?;
    let url = Url::parse(page).ok()?;
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    let is_it = |post: &Post| Url::parse(&post.link).is_ok_and(|link| path(&link) == path(&url));
    let place = posts.iter().position(is_it);
    let place = place.or((posts.len() == 1).then_some(0))?;
    let post = posts.swap_remove(place);
    let authors = post
        .embedded
        .author
        .iter()
        .map(|author| author.name.as_str());
    let authors: Vec<&str> = authors.filter(|name| !name.is_empty()).collect();
    // An API must not attribute its words to another site.
    let link = Url::parse(&post.link).ok();
    let link = link.filter(|link| link.origin() == url.origin());
    (!post.content.protected).then(|| Found {
        address: link.unwrap_or(url.clone()).into(),
        title: words_of(&post.title.rendered),
        site: url.host_str().unwrap_or_default().to_owned(),
        author: authors.join(", "),
        date: post.date,
        content: post.content.rendered,
        ..Found::default()
    })
}

/// Returns the API's address that a page names, if it is at the same site.
pub(super) fn told_by(page: &str, url: &Url) -> Option<Url> {
    let at = page.find(LINK)?;
    let start = page[..at].rfind('<')?;
    let tag = &page[start..at + page[at..].find('>')?];
    let (_, rest) = tag.split_once("href=")?;
    let quote = rest
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let root = url.join(rest[1..].split(quote).next()?).ok()?;
    (tag.starts_with("<link") && root.origin() == url.origin()).then_some(root)
}
