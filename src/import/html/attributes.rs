//! Translates the attributes of elements into the article's own vocabulary.

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes, Tag};

/// Longest title of a link or an abbreviation, in bytes: it is copied into every block that the
/// element spans.
const LONGEST_TITLE: usize = 500;
/// Maximum number of rows or columns that a cell can span (HTML's own limit).
const LARGEST_SPAN: u32 = 1_000;
/// Maximum depth of a task's checkbox within its list item.
const TASK_DEPTH: usize = 4;
/// Prefixes of the classes that name the language of code.
const CODE_CLASSES: [&str; 2] = ["language-", "lang-"];
/// The kinds of callouts.
const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Returns an attribute of an element as it stands in the page.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let found = element.attrs.iter().find(|a| &*a.name.local == name)?;
    Some(&found.value)
}

/// Returns the classes of an element.
pub(super) fn classes(element: &Element) -> impl Iterator<Item = &str> {
    let classes = attribute(element, "class").unwrap_or_default();
    classes.split_ascii_whitespace()
}

/// Returns the value of a property in an element's inline style, in lower case.
pub(super) fn declared(element: &Element, property: &str) -> Option<String> {
    let style = attribute(element, "style")?;
    let mut declarations = style.split(';').filter_map(|said| said.split_once(':'));
    let value = declarations
        .rfind(|(name, _)| name.trim().eq_ignore_ascii_case(property))
        .map(|(_, value)| value.trim().to_ascii_lowercase())?;
    let value = value.strip_suffix("!important").unwrap_or(&value);
    Some(value.trim().to_owned())
}

/// `Some(true)` if the style makes the words bold, `Some(false)` if it makes them not bold.
pub(super) fn bold(element: &Element) -> Option<bool> {
    let weight = declared(element, "font-weight")?;
    match weight.as_str() {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u32>().ok().map(|weight| weight >= 600),
    }
}

/// `Some(true)` if the style makes the words italic, `Some(false)` if it makes them upright.
pub(super) fn italic(element: &Element) -> Option<bool> {
    let style = declared(element, "font-style")?;
    Some(style == "italic" || style.starts_with("oblique"))
}

/// Returns the attributes of an element kept as `tag`, without addresses and ids.
pub(super) fn attributes_of(tag: Tag, node: &NodeRef<'_>, element: &Element) -> Attributes {
    let mut said = Attributes::none();
    let mut copy = |attribute: Attribute| {
        if let Some(value) = self::attribute(element, attribute.code()) {
            said.set(attribute, value.trim());
        }
    };
    match tag {
        Tag::Ol => {
            copy(Attribute::Start);
            copy(Attribute::Type);
            if attribute(element, "reversed").is_some() {
                said.set(Attribute::Reversed, "true");
            }
        }
        Tag::Li => {
            copy(Attribute::Value);
            if let Some(done) = task(node) {
                said.set(Attribute::Checked, if done { "true" } else { "false" });
            }
        }
        Tag::Details if attribute(element, "open").is_some() => {
            said.set(Attribute::Open, "true");
        }
        Tag::Abbr => {
            if let Some(title) = title(element) {
                said.set(Attribute::Title, title);
            }
        }
        Tag::Td | Tag::Th => said = cell(tag, node, element),
        Tag::Pre => {
            if let Some(language) = code_language(node, element) {
                said.set(Attribute::Code, &language);
            }
        }
        _ => {}
    }
    with_language(said, element)
}

/// Adds an element's language and direction.
pub(super) fn with_language(mut said: Attributes, element: &Element) -> Attributes {
    if let Some(direction) = attribute(element, "dir") {
        said.set(Attribute::Dir, &direction.trim().to_ascii_lowercase());
    }
    let language = attribute(element, "lang").or(attribute(element, "xml:lang"));
    if let Some(language) = language {
        said.set(Attribute::Lang, language.trim());
    }
    said
}

/// Merges two sets of attributes; the second takes precedence.
pub(super) fn both(mut first: Attributes, second: &Attributes) -> Attributes {
    for (attribute, value) in second.iter() {
        first.set(attribute, value);
    }
    first
}

/// Returns the title of an element, if it is fit to be read.
pub(super) fn title(element: &Element) -> Option<&str> {
    attribute(element, "title")
        .map(str::trim)
        .filter(|title| !title.is_empty() && title.len() <= LONGEST_TITLE)
}

/// Returns the kind of callout that an element is, if it is one: GitHub's alerts, the admonitions
/// of documentation tools, and `role=note`.
pub(super) fn callout(element: &Element) -> Option<&'static str> {
    let kind_named = |name: &str| KINDS.into_iter().find(|kind| *kind == name);
    let alert =
        classes(element).find_map(|class| kind_named(class.strip_prefix("markdown-alert-")?));
    let is_admonition = classes(element).any(|class| class == "admonition");
    let admonition = || classes(element).find_map(kind_named).or(Some("note"));
    alert
        .or_else(|| admonition().filter(|_| is_admonition))
        .or_else(|| (attribute(element, "role")? == "note").then_some("note"))
}

/// Returns the attributes of a callout: its kind, and its own name if that differs
/// (<https://obsidian.md/help/callouts>).
pub(super) fn said_of_callout(kind: &str, element: &Element) -> Attributes {
    let name = attribute(element, "data-callout").map(str::trim);
    let said = Attributes::none().with(Attribute::Kind, kind);
    match name.filter(|name| !name.is_empty() && *name != kind) {
        Some(name) => said.with(Attribute::Label, name),
        None => said,
    }
}

fn cell(tag: Tag, node: &NodeRef<'_>, element: &Element) -> Attributes {
    let mut said = Attributes::none();
    let style = declared(element, "text-align");
    let align = style.as_deref().or(attribute(element, "align"));
    if let Some(align) = align {
        said.set(Attribute::Align, &align.to_ascii_lowercase());
    }
    if tag == Tag::Th {
        let in_head = || {
            let rows = node.parent().and_then(|row| row.parent());
            rows.is_some_and(|rows| rows.has_name("thead"))
        };
        match attribute(element, "scope") {
            Some(scope) => said.set(Attribute::Scope, &scope.to_ascii_lowercase()),
            None => in_head() && said.set(Attribute::Scope, "col"),
        };
    }
    for span in [Attribute::Colspan, Attribute::Rowspan] {
        let number = attribute(element, span.code()).and_then(|n| n.trim().parse::<u32>().ok());
        if let Some(number) = number.filter(|number| *number > 1) {
            said.set(span, &number.min(LARGEST_SPAN).to_string());
        }
    }
    said
}

/// Returns the language of the code in a `pre`, as named by it or its `code`.
fn code_language(node: &NodeRef<'_>, element: &Element) -> Option<String> {
    let of = |element: &Element| {
        classes(element).find_map(|class| {
            CODE_CLASSES
                .iter()
                .find_map(|prefix| class.strip_prefix(prefix))
                .map(str::to_owned)
        })
    };
    of(element).or_else(|| {
        let code = node.first_element_child()?;
        of(&*code.element_ref()?)
    })
}

/// Returns whether the checkbox that a list item begins with is ticked, or `None` without one.
fn task(item: &NodeRef<'_>) -> Option<bool> {
    let mut node = *item;
    for _ in 0..TASK_DEPTH {
        node = node.first_child()?;
        while node.is_text() && node.text().trim().is_empty() {
            node = node.next_sibling()?;
        }
        let element = node.element_ref()?;
        if &*element.name.local == "input" {
            let kind = attribute(&element, "type")?;
            let is_box = kind.eq_ignore_ascii_case("checkbox");
            return is_box.then(|| attribute(&element, "checked").is_some());
        }
    }
    None
}
