//! Maps Markdown's tags to the elements of an article.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use crate::model::article::{Attribute, Attributes, Tag as Element};

use super::super::mended::{CAPTION, LABEL};

/// Returns the element for a tag without further attributes.
pub(super) fn element_of(tag: &Tag<'_>) -> Option<Element> {
    Some(match tag {
        Tag::Paragraph | Tag::HtmlBlock => Element::P,
        Tag::BlockQuote(None) => Element::Blockquote,
        Tag::List(None) => Element::Ul,
        Tag::Item => Element::Li,
        Tag::MetadataBlock(CAPTION) => Element::Caption,
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

/// Returns the kind of a callout, and its own name if that follows its beginning.
pub(super) fn callout(kind: BlockQuoteKind, inside: &[Event<'_>]) -> Attributes {
    let said = Attributes::none().with(Attribute::Kind, kind_name(kind));
    match inside {
        [
            Event::Start(Tag::MetadataBlock(LABEL)),
            Event::Text(label),
            ..,
        ] => said.with(Attribute::Label, label),
        _ => said,
    }
}

/// Returns the name of a callout's kind.
pub(in super::super) fn kind_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// Returns the language of code: the first word after its fence.
pub(super) fn language(kind: &CodeBlockKind<'_>) -> Attributes {
    let info = match kind {
        CodeBlockKind::Fenced(info) => {
            // Pandoc's `{.rust #id}` and notebooks' `{r}`.
            let info = info.trim_start_matches(['{', '.', ' ']);
            info.split([' ', ',', '\t', '}']).next().unwrap_or_default()
        }
        CodeBlockKind::Indented => "",
    };
    Attributes::none().with(Attribute::Code, info)
}

/// Returns the first number of a list, if that is not 1.
pub(super) fn start_number(first: u64) -> Attributes {
    match first {
        1 => Attributes::none(),
        first => Attributes::none().with(Attribute::Start, &first.to_string()),
    }
}

/// Returns an item's attributes from what follows its beginning: whether it is a completed task.
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
