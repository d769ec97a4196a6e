//! What a page says of itself: title, author, site, date, language and direction.

use dom_query::NodeRef;

use crate::import::markdown::is_language;
use crate::model::article::{Description, Source};

use super::attributes::attribute;
use super::page::Page;

/// Longest of these that is kept, in characters.
const LONGEST: usize = 500;
/// Elements of a head that are looked at.
const MOST_ELEMENTS: usize = 2_000;

/// The description of a page that came from a source. The title may be empty.
pub(super) fn of(page: &Page, source: Source) -> Description {
    let tree = &page.document.tree;
    let html = page.document.html_root();
    let head: Vec<NodeRef<'_>> = tree
        .head()
        .into_iter()
        .flat_map(|head| head.children_it(false))
        .take(MOST_ELEMENTS)
        .collect();
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(&head, name));
    let title = head.iter().find(|node| node.has_name("title"));
    let title = || title.and_then(|title| cleaned(&title.text()));
    let said = |name: &str| {
        let of = |node: NodeRef<'_>| attribute(&*node.element_ref()?, name).and_then(cleaned);
        of(html).or_else(|| of(tree.body()?))
    };
    let language = said("lang").or_else(|| said("xml:lang"));
    let direction = said("dir").map(|direction| direction.to_ascii_lowercase());
    Description {
        source,
        title: meta(&["og:title"]).or_else(title).unwrap_or_default(),
        byline: meta(&["author", "article:author"]).filter(|name| !name.starts_with("http")),
        site: meta(&["og:site_name"]),
        published: meta(&["article:published_time", "date"]),
        language: language.filter(|language| is_language(language)),
        direction: direction.filter(|d| matches!(d.as_str(), "ltr" | "rtl")),
        work: None,
    }
}

/// The content of the first `meta` of a name or property.
fn meta(head: &[NodeRef<'_>], wanted: &str) -> Option<String> {
    head.iter().find_map(|node| {
        let element = node.element_ref()?;
        let name = attribute(&element, "property").or(attribute(&element, "name"))?;
        let matches = &*element.name.local == "meta" && name.eq_ignore_ascii_case(wanted);
        matches
            .then(|| cleaned(attribute(&element, "content")?))
            .flatten()
    })
}

/// Words on one line, if there are any.
fn cleaned(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.replace('\0', "").chars().take(LONGEST).collect();
    (!words.is_empty()).then_some(words)
}
