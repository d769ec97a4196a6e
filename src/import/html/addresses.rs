//! Where the links of a page lead: resolved, and within the page only to what is there.

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

/// The addresses of a page.
pub(super) struct Addresses {
    /// What relative addresses are relative to.
    base: Option<Url>,
    /// The page's own address, without its fragment.
    here: Option<Url>,
    /// The ids in the page.
    ids: HashSet<String>,
    /// Those of them in the part that is read, where that is not the whole.
    read: Option<HashSet<String>>,
    /// The ids that links in the page point to.
    targets: HashSet<String>,
}

impl Addresses {
    /// The addresses of a page that came from a source.
    ///
    /// Of a part of it no link leads to what is not read; but a footnote's mark is one even if
    /// its note is not read, so that a part has the very words that the whole page has there.
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

    /// The id in this page that an address points to, be it there or not.
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

    /// Whether a link in the page points to an id.
    pub(super) fn is_target(&self, id: &str) -> bool {
        self.targets.contains(id)
    }

    /// Whether there is an element of an id in the page.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Where a link leads, if anywhere that it may.
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

    /// Where a picture is, if anywhere that it may be.
    pub(super) fn picture(&self, src: &str) -> Option<String> {
        let src = cleaned(src);
        let resolved = || self.resolved(&src, address::is_picture);
        let found = (!src.is_empty()).then(resolved).flatten();
        found.filter(|found| !self.is_page_itself(found))
    }

    /// Whether an address is the page's own, or what its addresses are relative to: scripts and
    /// empty attributes leave pictures with these.
    fn is_page_itself(&self, address: &str) -> bool {
        let end = address.find('#').unwrap_or(address.len());
        let own = [&self.here, &self.base];
        own.into_iter()
            .flatten()
            .any(|own| without_fragment(own) == &address[..end])
    }

    /// An absolute address stays as it is written.
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

/// An address as browsers read it: trimmed of spaces and controls, without tabs and line ends
/// (<https://url.spec.whatwg.org/#concept-basic-url-parser>, steps 1 and 3).
fn cleaned(address: &str) -> String {
    address
        .trim_matches(|c: char| c <= ' ')
        .replace(['\t', '\n', '\r'], "")
}
