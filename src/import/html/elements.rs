//! Decides what becomes of an element by its name alone.

use crate::model::article::Tag;

/// Returns the tag that an element is kept as.
pub(super) fn tag_of(name: &str) -> Option<Tag> {
    Some(match name {
        "strike" => Tag::S,
        "tt" => Tag::Code,
        "acronym" => Tag::Abbr,
        "dfn" => Tag::I,
        "menu" | "dir" => Tag::Ul,
        "listing" | "xmp" | "plaintext" => Tag::Pre,
        // These depend on more than the name.
        "a" | "span" | "img" | "rt" | "hr" | "callout" | "footnotes" | "footnote" | "noteref"
        | "noteback" | "tex" => return None,
        // Formulas are elements of another language: see `formulas`.
        name => return Tag::from_code(name).filter(|tag| !tag.is_mathematical()),
    })
}

/// True for elements that are not kept but are blocks: they separate the words around them.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "center"
            | "dialog"
            | "div"
            | "fieldset"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "main"
            | "nav"
            | "search"
            | "section"
    )
}

/// True for elements that have no content (<https://html.spec.whatwg.org/#void-elements>),
/// including obsolete ones.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// True for the parts of a table.
pub(super) fn is_part_of_table(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Caption | Tag::Thead | Tag::Tbody | Tag::Tfoot | Tag::Tr | Tag::Th | Tag::Td
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_our_own_are_no_elements() {
        for tag in Tag::ALL {
            if tag.code() != tag.element() {
                assert_eq!(tag_of(tag.code()), None, "{tag:?}");
            }
        }
    }
}
