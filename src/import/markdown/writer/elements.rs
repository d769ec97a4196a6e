//! The elements of an article that Markdown's tags are.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use crate::model::article::{Attribute, Attributes, Tag as Element};

/// The element of a tag that says nothing more.
pub(super) fn element_of(tag: &Tag<'_>) -> Option<Element> {
    Some(match tag {
        Tag::Paragraph | Tag::HtmlBlock => Element::P,
        Tag::BlockQuote(None) => Element::Blockquote,
        Tag::List(None) => Element::Ul,
        Tag::Item => Element::Li,
        Tag::DefinitionList => Element::Dl,
        Tag::DefinitionListTitle => Element::Dt,
        Tag::DefinitionListDefinition => Element::Dd,
        Tag::Emphasis => Element::Em,
        Tag::Strong => Element::Strong,
        Tag::Strikethrough => Element::Del,
        Tag::Superscript => Element::Sup,
        Tag::Subscript => Element::Sub,
        _ => return None,
    })
}

/// What a boxed remark is.
pub(super) fn callout(kind: BlockQuoteKind) -> Attributes {
    let kind = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    Attributes::none().with(Attribute::Kind, kind)
}

/// The first word of what stands behind a fence.
pub(super) fn language(kind: &CodeBlockKind<'_>) -> Attributes {
    let info = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    Attributes::none().with(Attribute::Code, info)
}

/// The first number of a list, where that is not 1.
pub(super) fn start_number(first: u64) -> Attributes {
    match first {
        1 => Attributes::none(),
        first => Attributes::none().with(Attribute::Start, &first.to_string()),
    }
}

/// What is said of an item, by what follows its beginning: whether it is a task that is done.
pub(super) fn task(inside: &[Event<'_>]) -> Attributes {
    let marker = inside
        .iter()
        .find(|event| **event != Event::Start(Tag::Paragraph));
    match marker {
        Some(Event::TaskListMarker(true)) => Attributes::none().with(Attribute::Checked, "true"),
        Some(Event::TaskListMarker(false)) => Attributes::none().with(Attribute::Checked, "false"),
        _ => Attributes::none(),
    }
}
