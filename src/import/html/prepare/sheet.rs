//! Applies what a page's own style sheets plainly declare for its elements: whether they are shown,
//! and whether white space counts. It is written into inline styles, where all other code looks.
//!
//! A rule that is only partly understood, or applies only at times, may show but not hide: too many
//! words are better than lost ones.

mod media;
mod rules;
mod selectors;

use dom_query::{Document, Element, NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::attributes::declared;
use super::super::attributes::{attribute, classes};
use rules::{Property, Rule};
use selectors::Key;

/// Maximum number of bytes of style sheets that are read: pages with all of theirs inline have some
/// hundred thousand.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Maximum number of elements examined for matches, about half a second's worth. The rest of a
/// larger page is taken as it stands.
const MOST_STEPS: usize = 10_000_000;
/// Maximum number of classes of one element by which rules are looked up.
const MOST_CLASSES: usize = 100;

/// Writes the declarations of the style sheets into the elements.
pub(super) fn apply(document: &Document) {
    let rules = rules_of(document);
    if rules.is_empty() {
        return;
    }
    let mut sheet = Sheet::of(&rules);
    let mut invisible: FxHashSet<NodeId> = FxHashSet::default();
    let mut said: Vec<(NodeId, Property, String)> = Vec::new();
    for node in document.root().descendants_it() {
        let Some(element) = node.element_ref() else {
            continue;
        };
        if matches!(&*element.name.local, "html" | "body") {
            continue;
        }
        for property in Property::ALL {
            let Some(rule) = sheet.rule_for(&node, &element, property) else {
                continue;
            };
            let inline = declared(&element, property.name());
            if inline.is_some() && !rule.is_important {
                continue;
            }
            match (property, rule.value.as_str()) {
                (Property::Visibility, "hidden" | "collapse") => {
                    invisible.insert(node.id);
                }
                (Property::Visibility, "visible") => show_again(&node, &mut invisible),
                (Property::Visibility, _) | (_, "") => {}
                (_, value) => said.push((node.id, property, value.to_owned())),
            }
        }
    }
    for (id, property, value) in said {
        declare(document, &id, property.name(), &value);
    }
    for id in invisible {
        declare(document, &id, "display", "none");
    }
}

/// Unmarks the ancestors of something visible: they do not hide it.
fn show_again(node: &NodeRef<'_>, invisible: &mut FxHashSet<NodeId>) {
    if invisible.is_empty() {
        return;
    }
    for above in node.ancestors_it(None) {
        invisible.remove(&above.id);
    }
}

fn declare(document: &Document, id: &NodeId, name: &str, value: &str) {
    if let Some(node) = document.tree.get(id) {
        let style = node.attr("style").unwrap_or_default();
        node.set_attr("style", &format!("{style};{name}:{value}"));
    }
}

/// Returns the rules of all style sheets in a page.
fn rules_of(document: &Document) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut left = MOST_BYTES;
    for node in document.root().descendants_it() {
        if !node.has_name("style") {
            continue;
        }
        let kind = node.attr("type").unwrap_or_default();
        let is_css = kind.is_empty() || kind.trim().eq_ignore_ascii_case("text/css");
        let words = node.text();
        if is_css && words.len() <= left {
            left -= words.len();
            let holds = media::media(&node.attr("media").unwrap_or_default());
            if holds != media::Holds::No {
                rules::add(&words, holds, &mut rules);
            }
        }
    }
    // A rule for all elements, or all of one name, does not single any out: it hides a page until a
    // script shows it, rather than a part of it for good.
    rules.retain(|rule| matches!(rule.selector.key(), Key::Id(_) | Key::Class(_)));
    rules
}

/// Rules by the keys that they are looked up by.
struct Sheet<'r> {
    rules: &'r [Rule],
    by_key: FxHashMap<Key, Vec<usize>>,
    steps: usize,
}

impl<'r> Sheet<'r> {
    fn of(rules: &'r [Rule]) -> Self {
        let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (at, rule) in rules.iter().enumerate() {
            by_key.entry(rule.selector.key()).or_default().push(at);
        }
        Self {
            rules,
            by_key,
            steps: 0,
        }
    }

    /// Returns the rule that decides a property of an element
    /// (<https://www.w3.org/TR/css-cascade-5/#cascading>).
    fn rule_for(
        &mut self,
        node: &NodeRef<'_>,
        element: &Element,
        property: Property,
    ) -> Option<&'r Rule> {
        let name = Key::Name(element.name.local.to_ascii_lowercase().to_string());
        let id = attribute(element, "id").map(|id| Key::Id(id.to_owned()));
        let classes = classes(element).take(MOST_CLASSES);
        let classes = classes.map(|class| Key::Class(class.to_owned()));
        let keys = [Key::Any, name].into_iter().chain(id).chain(classes);
        let mut best: Option<(_, &Rule)> = None;
        for key in keys {
            for at in self.by_key.get(&key).into_iter().flatten() {
                if self.steps > MOST_STEPS {
                    return None;
                }
                self.steps += 1;
                let rule = &self.rules[*at];
                if rule.property != property {
                    continue;
                }
                if rule.selector.means(node, &mut self.steps) {
                    // Among important rules, those in layers win.
                    let is_before = rule.is_unlayered != rule.is_important;
                    let rank = (rule.is_important, is_before, rule.selector.weight, *at);
                    if best.as_ref().is_none_or(|(before, _)| rank > *before) {
                        best = Some((rank, rule));
                    }
                }
            }
        }
        best.map(|(_, rule)| rule)
    }
}
