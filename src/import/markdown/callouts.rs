//! Boxed remarks: a quotation that begins with what it is (`> [!NOTE] Title`), and other dialects'
//! fences and marks for the same, which are written as such quotations first.

use pulldown_cmark::BlockQuoteKind;

/// What remarks are called elsewhere (<https://obsidian.md/help/callouts>), by what is shown of them.
const KINDS: [(BlockQuoteKind, &[&str]); 5] = [
    (
        BlockQuoteKind::Note,
        &[
            "note", "info", "abstract", "summary", "quote", "cite", "example", "todo",
        ],
    ),
    (
        BlockQuoteKind::Tip,
        &["tip", "hint", "success", "check", "done"],
    ),
    (
        BlockQuoteKind::Important,
        &["important", "question", "help", "faq"],
    ),
    (BlockQuoteKind::Warning, &["warning", "attention", "warn"]),
    (
        BlockQuoteKind::Caution,
        &[
            "caution", "danger", "error", "bug", "failure", "fail", "missing",
        ],
    ),
];
/// Longest name of a remark, in bytes.
const LONGEST_NAME: usize = 40;

/// The head of a remark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes of it, up to its title.
    pub length: usize,
    /// What is shown of it.
    pub kind: BlockQuoteKind,
    /// What it is called, where that is not shown already.
    pub label: Option<String>,
}

/// The head that a text begins with: `[!kind|more]`, perhaps with a sign that it can be folded.
pub(super) fn head(text: &str) -> Option<Head> {
    let line = text.split(['\n', '\r']).next()?;
    let (inside, rest) = line.strip_prefix("[!")?.split_once(']')?;
    let name = inside.split('|').next()?.trim();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(is_part);
    // `[!a](b)` is a link.
    if !is_name || rest.starts_with(['(', '[', ':']) {
        return None;
    }
    let fold = usize::from(rest.starts_with(['+', '-']));
    let (kind, label) = named(name);
    Some(Head {
        length: line.len() - rest.len() + fold,
        kind,
        label,
    })
}

/// What is shown of a remark that is called so, and its own name if that is another.
fn named(name: &str) -> (BlockQuoteKind, Option<String>) {
    let lower = name.to_lowercase();
    let found = KINDS.iter().find(|(_, names)| names.contains(&&*lower));
    match found {
        Some((kind, names)) if names[0] == lower => (*kind, None),
        found => (
            found.map_or(BlockQuoteKind::Note, |(kind, _)| *kind),
            Some(lower),
        ),
    }
}
