//! Reads callouts: quotations that begin with their kind (`> [!NOTE] Title`). Other dialects'
//! fences and marks for them are rewritten as such quotations first.

use pulldown_cmark::BlockQuoteKind;

/// Callouts of other dialects (<https://obsidian.md/help/callouts>), by the kind shown for them.
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
/// Longest name of a callout, in bytes.
const LONGEST_NAME: usize = 40;

/// The head of a callout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Its length in bytes, up to the title.
    pub length: usize,
    /// The kind that is shown.
    pub kind: BlockQuoteKind,
    /// Its name, if that is not the kind's.
    pub label: Option<String>,
}

/// Reads the head that a text begins with: `[!kind|more]`, possibly with a fold sign.
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

/// Returns the kind shown for a callout's name, and the name if that is another.
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
