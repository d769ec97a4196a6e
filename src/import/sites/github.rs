//! GitHub: files, the README of a repository, and gists, fetched in their raw form.

use url::Url;

use super::{Reads, Request};
use crate::import::Kind;

/// The site with the raw files.
const RAW: &str = "https://raw.githubusercontent.com";
/// Names of the file to read first, the most common one first.
const READ_ME: [&str; 3] = ["README.md", "readme.md", "README"];

/// Returns the requests for a page of GitHub; none if it does not show a text.
pub(super) fn requests(url: &Url) -> Vec<Request> {
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    match (url.host_str(), &parts[..]) {
        (Some("github.com" | "www.github.com"), [owner, name, "blob", rest @ ..])
            if rest.len() >= 2 =>
        {
            vec![raw(owner, name, &rest.join("/"))]
        }
        (Some("github.com" | "www.github.com"), [owner, name]) => read_me(owner, name, "HEAD"),
        (Some("github.com" | "www.github.com"), [owner, name, "tree", branch]) => {
            read_me(owner, name, branch)
        }
        (Some("gist.github.com"), [owner, id]) => vec![Request {
            address: format!("https://gist.githubusercontent.com/{owner}/{id}/raw"),
            page: url.to_string(),
            reads: Reads::Raw(None),
        }],
        _ => Vec::new(),
    }
}

/// The README is kept under the address of the file, to which its links are relative.
fn read_me(owner: &str, name: &str, branch: &str) -> Vec<Request> {
    let of = |file| raw(owner, name, &format!("{branch}/{file}"));
    READ_ME.map(of).into()
}

fn raw(owner: &str, name: &str, path: &str) -> Request {
    Request {
        address: format!("{RAW}/{owner}/{name}/{path}"),
        page: format!("https://github.com/{owner}/{name}/blob/{path}"),
        reads: Reads::Raw(kind_of(path)),
    }
}

fn kind_of(path: &str) -> Option<Kind> {
    let ending = path.rsplit('.').next()?.to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" => Some(Kind::Markdown),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        _ => None,
    }
}

/// Returns the raw address of a picture beside a file; `None` for any other address.
pub fn picture(address: &str) -> Option<String> {
    let path = address.strip_prefix("https://github.com/")?;
    let (repository, file) = path.split_once("/blob/")?;
    (repository.split('/').count() == 2).then(|| format!("{RAW}/{repository}/{file}"))
}
