//! Recognises and joins the lines of a paragraph of hard-wrapped prose.

/// Minimum width of a line of hard-wrapped prose, in columns: a lower value joins verse, a higher
/// one leaves narrow columns broken.
pub(super) const NARROWEST: usize = 50;
/// Maximum width of a line of hard-wrapped prose, in columns: longer lines are paragraphs.
const WIDEST: usize = 100;
/// Minimum share of lines that look wrapped, in percent; the rest allows for long words and edits.
const WRAPPED_PERCENT: usize = 80;

/// True if lines are one paragraph of hard-wrapped prose: nearly every line is so long that the
/// next line's first word did not fit on it.
pub(super) fn is_wrapped(lines: &[&str]) -> bool {
    // A line indented differently from its neighbours belongs to verse or to a list.
    let differs = |pair: &[&str]| indentation(pair[0]) != indentation(pair[1]);
    if lines.len() < 2 || lines[1..].windows(2).any(differs) {
        return false;
    }
    // The first line may be indented further than the others, but not less.
    if indentation(lines[1]) > indentation(lines[0]) {
        return false;
    }
    let columns: Vec<usize> = lines.iter().map(|line| columns(line)).collect();
    let widest = columns.iter().copied().max().unwrap_or_default();
    let is_full = |(index, pair): (usize, &[&str])| {
        (NARROWEST..=WIDEST).contains(&columns[index])
            && columns[index] + 1 + first_word(pair[1]) > widest
    };
    let full = lines.windows(2).enumerate().filter(|p| is_full(*p)).count();
    full * 100 >= (lines.len() - 1) * WRAPPED_PERCENT
}

/// Returns the width of a line in columns, wide characters counted twice.
pub(super) fn columns(line: &str) -> usize {
    line.chars().map(|c| 1 + usize::from(is_wide(c))).sum()
}

/// Returns the width of the first word, or of the first character in scripts without spaces.
fn first_word(line: &str) -> usize {
    let word = line.split_whitespace().next().unwrap_or_default();
    match word.chars().next() {
        Some(first) if is_wide(first) => 2,
        _ => columns(word),
    }
}

/// Appends a line to those before it, without a space in Chinese or Japanese.
pub(super) fn join(joined: &mut String, line: &str) {
    // Not wider spaces, which begin a paragraph in Chinese and Japanese.
    let line = line.trim_matches([' ', '\t']);
    joined.truncate(joined.trim_end_matches([' ', '\t']).len());
    if !joined.is_empty() && !joins_without_space(joined, line) {
        joined.push(' ');
    }
    joined.push_str(line);
}

/// Returns the indentation of a line, in bytes.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn joins_without_space(line: &str, next: &str) -> bool {
    let last = line.chars().next_back();
    last.is_some_and(is_wide) && next.chars().next().is_some_and(is_wide)
}

/// True if a character is two columns wide: Chinese and Japanese. Korean is too, but has spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3fffd}')
}
