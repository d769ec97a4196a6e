//! The `meta` and `link` elements of a page's head.

use dom_query::NodeRef;

use super::super::attributes::attribute;
use super::super::page::Page;
use super::cleaned;

/// Elements of a head that are looked at.
const MOST_ELEMENTS: usize = 2_000;
/// Authors that are named.
const MOST_NAMES: usize = 20;

/// The head's elements that say something.
pub(super) struct Head<'a>(Vec<NodeRef<'a>>);

impl<'a> Head<'a> {
    /// The elements of a page's head.
    pub(super) fn of(page: &'a Page) -> Self {
        let head = page.document.tree.head();
        let children = head.into_iter().flat_map(|head| head.children_it(false));
        Self(children.take(MOST_ELEMENTS).collect())
    }

    /// The first element of a name.
    pub(super) fn element(&self, name: &str) -> Option<NodeRef<'a>> {
        self.0.iter().find(|node| node.has_name(name)).copied()
    }

    /// The contents of every `meta` of a name or property.
    pub(super) fn contents(&self, wanted: &str) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(move |node| {
            let element = node.element_ref()?;
            let is = |name: &str| {
                let said = attribute(&element, name).unwrap_or_default();
                said.trim().eq_ignore_ascii_case(wanted)
            };
            let matches = &*element.name.local == "meta"
                && (is("property") || is("name") || is("http-equiv") || is("itemprop"));
            matches
                .then(|| cleaned(attribute(&element, "content")?))
                .flatten()
        })
    }

    /// The first content of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.contents(name).next())
    }

    /// All contents of a name that are not addresses, as one line.
    pub(super) fn all(&self, name: &str) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.contents(name).take(MOST_NAMES) {
            if !name.starts_with("http") && !names.contains(&name) {
                names.push(name);
            }
        }
        cleaned(&names.join(", "))
    }

    /// The addresses of `link`s of a relation.
    pub(super) fn links(&self, wanted: &str) -> Vec<String> {
        let link = |node: &NodeRef<'_>| {
            let element = node.element_ref()?;
            let relation = attribute(&element, "rel").unwrap_or_default();
            let matches = &*element.name.local == "link"
                && relation
                    .split_ascii_whitespace()
                    .any(|word| word.eq_ignore_ascii_case(wanted));
            matches
                .then(|| attribute(&element, "href").map(str::to_owned))
                .flatten()
        };
        self.0.iter().filter_map(link).collect()
    }
}
