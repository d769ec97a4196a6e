//! Recognises lines whose columns matter: tables, diagrams, code.

use super::wrapping::{indentation, is_wrapped};

/// Spaces within a line that separate columns: two also follow a sentence, and occur in justified
/// text.
const GAP: &str = "   ";
/// Minimum share of lines that must show columns, in percent.
const DRAWN_PERCENT: usize = 50;
/// Characters that frames are drawn with, besides those made for it.
const FRAMES: [char; 4] = ['|', '+', '-', '='];
/// Characters that lines of code end with; list items may end with the last one too.
const ENDS_OF_CODE: [char; 4] = ['{', '}', '\\', ';'];

/// True if lines are drawn: with their spaces collapsed they would mean something else.
pub(super) fn is_drawn(lines: &[&str]) -> bool {
    let count = |shows: fn(&str) -> bool| lines.iter().filter(|line| shows(line)).count();
    let is_most = |count: usize| count >= 2 && count * 100 >= lines.len() * DRAWN_PERCENT;
    if is_wrapped(lines) {
        return false;
    }
    let is_indented = |line: &&str| indentation(line) > 0;
    is_most(count(has_gap))
        || is_most(count(is_framed))
        || (lines.iter().any(is_indented) && is_most(count(is_code)) && count(is_only_code) > 0)
}

/// Removes the indentation common to all lines, since the reader has a margin.
pub(super) fn without_margin(lines: &[&str]) -> String {
    let margin = lines.iter().map(|line| indentation(line)).min();
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| &line[margin.unwrap_or_default()..])
        .collect();
    lines.join("\n")
}

fn has_gap(line: &str) -> bool {
    let line = line.trim();
    line.contains(GAP) || line.contains("\t")
}

fn is_framed(line: &str) -> bool {
    let line = line.trim();
    let is_frame = |c: char| FRAMES.contains(&c) || matches!(c, '\u{2500}'..='\u{257f}');
    let begins =
        line.starts_with(['|', '+']) || line.starts_with(|c| matches!(c, '\u{2500}'..='\u{257f}'));
    line.chars().count() > 2 && begins && line.ends_with(is_frame)
}

fn is_code(line: &str) -> bool {
    line.trim_end().ends_with(ENDS_OF_CODE)
}

/// True if a line ends as no item of a list does.
fn is_only_code(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(&ENDS_OF_CODE[..3]) || line.ends_with(");")
}
