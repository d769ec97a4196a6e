//! Resolves the links of a page; links within the page lead only to what is there.

use std::collections::HashSet;

use dom_query::NodeRef;
use url::Url;

use crate::import::links::fragment_name;
use crate::model::address;
use crate::model::article::Source;

use super::attributes::attribute;
use super::extent::Extent;
use super::page::Page;

/// Longest address of a link that is kept, in bytes.
const LONGEST_LINK: usize = 8_000;

/// The addresses and ids of a page.
pub(super) struct Addresses {
    /// The base of relative addresses.
    base: Option<Url>,
    /// The page's own address, without its fragment.
    here: Option<Url>,
    /// The ids in the page.
    ids: HashSet<String>,
    /// The ids in the part that is read, if that is not the whole page.
    read: Option<HashSet<String>>,
    /// The ids that links in the page point to.
    targets: HashSet<String>,
}

impl Addresses {
    /// Gathers the addresses of a page from a source.
    ///
    /// If only a part is read, no link leads out of it. But a footnote's mark counts as one even if
    /// its note is not read, so that the part has the same words as the whole page.
    pub(super) fn of(page: &Page, part: Option<&Extent>, source: &Source) -> Self {
        let here = match source {
            Source::Address(address) => Url::parse(address).ok(),
            Source::Bundled(_) | Source::File(_) | Source::Pasted => None,
        };
        let base = page.document.tree.base_uri();
        let base = base.and_then(|base| match &here {
            Some(here) => here.join(&base).ok(),
            None => Url::parse(&base).ok(),
        });
        let mut addresses = Self {
            base: base.or_else(|| here.clone()),
            here,
            ids: HashSet::new(),
            read: part.map(|_| HashSet::new()),
            targets: HashSet::new(),
        };
        for node in page.document.root().descendants_it() {
            let is_read = part.is_none_or(|part| part.reaches(&node));
            addresses.note(&node, is_read);
        }
        addresses
    }

    fn note(&mut self, node: &NodeRef<'_>, is_read: bool) {
        let Some(element) = node.element_ref() else {
            return;
        };
        let is_link = &*element.name.local == "a";
        let anchor = attribute(&element, "name").filter(|_| is_link);
        for id in [attribute(&element, "id"), anchor].into_iter().flatten() {
            self.ids.insert(id.to_owned());
            if let Some(read) = self.read.as_mut().filter(|_| is_read) {
                read.insert(id.to_owned());
            }
        }
        if is_link
            && is_read
            && let Some(href) = attribute(&element, "href")
            && let Some(target) = self.target(href)
        {
            self.targets.insert(target);
        }
    }

    /// Returns the id in this page that an address points to, whether or not it exists.
    pub(super) fn target(&self, href: &str) -> Option<String> {
        if href.len() > LONGEST_LINK {
            return None;
        }
        let (before, fragment) = href.trim().split_once('#')?;
        let is_here = before.is_empty()
            || self.here.as_ref().is_some_and(|here| {
                let there = self.base.as_ref().unwrap_or(here).join(before);
                there.is_ok_and(|there| without_fragment(&there) == without_fragment(here))
            });
        (is_here && !fragment.is_empty()).then(|| fragment_name(fragment))
    }

    /// True if a link in the page points to this id.
    pub(super) fn is_target(&self, id: &str) -> bool {
        self.targets.contains(id)
    }

    /// True if the page has an element with this id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Returns the target of a link, if it is allowed.
    pub(super) fn link(&self, href: &str) -> Option<String> {
        let href = cleaned(href);
        if href.is_empty() || href.len() > LONGEST_LINK {
            return None;
        }
        if let Some(target) = self.target(&href) {
            let there = self.read.as_ref().unwrap_or(&self.ids);
            if there.contains(&target) {
                return Some(format!("#{target}"));
            }
        }
        if href.starts_with('#') {
            return None;
        }
        self.resolved(&href, address::is_link)
    }

    /// Returns the address of a picture, if it is allowed.
    pub(super) fn picture(&self, src: &str) -> Option<String> {
        let src = cleaned(src);
        let resolved = || self.resolved(&src, address::is_picture);
        let found = (!src.is_empty()).then(resolved).flatten();
        found.filter(|found| !self.is_page_itself(found))
    }

    /// True if an address is the page's own or its base: scripts and empty attributes leave
    /// pictures with these.
    fn is_page_itself(&self, address: &str) -> bool {
        let end = address.find('#').unwrap_or(address.len());
        let own = [&self.here, &self.base];
        own.into_iter()
            .flatten()
            .any(|own| without_fragment(own) == &address[..end])
    }

    /// Resolves an address that `admits` allows. An absolute one stays as written.
    fn resolved(&self, address: &str, admits: fn(&str) -> bool) -> Option<String> {
        if admits(address) {
            return Some(address.to_owned());
        }
        let url = match &self.base {
            Some(base) => base.join(address),
            None => Url::parse(address),
        };
        url.ok().map(String::from).filter(|url| admits(url))
    }
}

fn without_fragment(url: &Url) -> &str {
    let end = url.as_str().find('#').unwrap_or(url.as_str().len());
    &url.as_str()[..end]
}

/// Cleans an address as browsers do: trims spaces and controls, and removes tabs and line ends
/// (<https://url.spec.whatwg.org/#concept-basic-url-parser>, steps 1 and 3).
fn cleaned(address: &str) -> String {
    address
        .trim_matches(|c: char| c <= ' ')
        .replace(['\t', '\n', '\r'], "")
}
