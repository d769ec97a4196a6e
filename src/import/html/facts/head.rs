//! The `meta` and `link` elements of a page's head.

use dom_query::NodeRef;

use super::super::attributes::attribute;
use super::super::page::Page;
use super::cleaned;

/// Maximum number of elements of a head that are read.
const MOST_ELEMENTS: usize = 2_000;
/// Maximum number of authors.
const MOST_NAMES: usize = 20;

/// The elements of a head.
pub(super) struct Head<'a>(Vec<NodeRef<'a>>);

impl<'a> Head<'a> {
    /// Returns the elements of a page's head.
    pub(super) fn of(page: &'a Page) -> Self {
        let head = page.document.tree.head();
        let children = head.into_iter().flat_map(|head| head.children_it(false));
        Self(children.take(MOST_ELEMENTS).collect())
    }

    /// Returns the first element with this name.
    pub(super) fn element(&self, name: &str) -> Option<NodeRef<'a>> {
        self.0.iter().find(|node| node.has_name(name)).copied()
    }

    /// Returns the contents of every `meta` with this name or property.
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

    /// Returns the first content of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.contents(name).next())
    }

    /// Joins the distinct contents of a name that are not addresses into one line.
    pub(super) fn all(&self, name: &str) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.contents(name).take(MOST_NAMES) {
            if !name.starts_with("http") && !names.contains(&name) {
                names.push(name);
            }
        }
        cleaned(&names.join(", "))
    }

    /// Returns the addresses of the `link`s with this relation.
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
