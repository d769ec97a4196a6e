//! GitHub: files, the README of a repository, and gists, from where they are handed out as they are.

use url::Url;

use super::{Reads, Request};
use crate::import::Kind;

/// Where files are handed out.
const RAW: &str = "https://raw.githubusercontent.com";
/// How people call what they want read first, in the order of how often they do.
const READ_ME: [&str; 3] = ["README.md", "readme.md", "README"];

/// The requests for a page of GitHub; none where it is not one of a text.
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

/// The README is kept under the address of the file: what it links to is relative to that.
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

/// Where a picture beside a file is handed out; `None` for any other address.
pub fn picture(address: &str) -> Option<String> {
    let path = address.strip_prefix("https://github.com/")?;
    let (repository, file) = path.split_once("/blob/")?;
    (repository.split('/').count() == 2).then(|| format!("{RAW}/{repository}/{file}"))
}
