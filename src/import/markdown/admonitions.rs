//! Rewrites admonitions as documentation tools write them, between `:::` or indented after `!!!`,
//! as the quotations that other dialects use for callouts.

use std::borrow::Cow;

/// Maximum nesting depth of admonitions.
const DEEPEST: usize = 8;
/// Marks of indented admonitions.
const MARKS: [&str; 5] = ["!!!+", "!!!", "???+", "???", "!!!-"];
/// Prefixes of the classes of admonitions.
const PREFIXES: [&str; 2] = ["callout-", "admonition-"];
/// Classes of admonitions without such a prefix.
const CLASSES: [&str; 6] = ["note", "tip", "important", "warning", "caution", "danger"];

/// Returns a text with its admonitions as quotations.
pub(super) fn as_quotations(text: &str) -> Cow<'_, str> {
    let has = |sign: &str| text.starts_with(sign) || text.contains(&format!("\n{sign}"));
    if !has(":::") && !has("!!!") && !has("???") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out = Vec::with_capacity(lines.len());
    quote(&lines, DEEPEST, &mut out);
    Cow::Owned(out.join("\n"))
}

fn quote<'a>(lines: &[&'a str], deepest: usize, out: &mut Vec<Cow<'a, str>>) {
    let ends = match deepest {
        0 => Vec::new(),
        _ => ends_of_fences(lines),
    };
    let (mut number, mut code) = (0, None);
    while number < lines.len() {
        let line = lines[number];
        number += 1;
        if is_in_code(line, &mut code) || deepest == 0 {
            out.push(Cow::Borrowed(line));
            continue;
        }
        let (head, inside, next) = match ends.get(number - 1).copied().flatten() {
            Some(end) => (fence(line), Cow::Borrowed(&lines[number..end]), end + 1),
            None => match indented(line, &lines[number..]) {
                Some((head, inside)) => {
                    let next = number + inside.len();
                    (Some(head), Cow::Owned(inside), next)
                }
                None => {
                    out.push(Cow::Borrowed(line));
                    continue;
                }
            },
        };
        let mut quoted = Vec::new();
        quote(&inside, deepest - 1, &mut quoted);
        out.push(Cow::Borrowed(""));
        match head.filter(|head| !head.is_empty()) {
            Some(head) => {
                out.push(Cow::Owned(format!("> {head}")));
                out.extend(
                    quoted
                        .into_iter()
                        .map(|line| Cow::Owned(format!("> {line}"))),
                );
            }
            // A division that only styles its content.
            None => out.extend(quoted.into_iter().map(|line| Cow::Owned(line.into_owned()))),
        }
        out.push(Cow::Borrowed(""));
        number = next;
    }
}

/// True if a line is code, or begins or ends it.
fn is_in_code(line: &str, code: &mut Option<&'static str>) -> bool {
    let line = line.trim_start();
    match *code {
        Some(fence) => {
            if line.starts_with(fence) {
                *code = None;
            }
            true
        }
        None => {
            *code = ["```", "~~~"]
                .into_iter()
                .find(|fence| line.starts_with(fence));
            code.is_some()
        }
    }
}

/// Returns, for each line that opens an admonition, the line that closes it.
fn ends_of_fences(lines: &[&str]) -> Vec<Option<usize>> {
    let (mut ends, mut open, mut code) = (vec![None; lines.len()], Vec::new(), None);
    for (number, line) in lines.iter().enumerate() {
        if is_in_code(line, &mut code) || !line.starts_with(":::") {
            continue;
        }
        if line.trim_end().trim_start_matches(':').is_empty() {
            if let Some(start) = open.pop() {
                ends[start] = Some(number);
            }
        } else if fence(line).is_some() {
            open.push(number);
        }
    }
    ends
}

/// Returns the head of an admonition between fences; empty for any other division.
fn fence(line: &str) -> Option<String> {
    let said = line.trim_start_matches(':').trim();
    if let Some(said) = said.strip_prefix('{') {
        let (said, rest) = said.rsplit_once('}')?;
        let mut names = said
            .split_whitespace()
            .map(|name| name.trim_start_matches('.'));
        let kind = names.find_map(|name| {
            let own = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
            own.or_else(|| CLASSES.contains(&name).then_some(name))
        });
        let title = said
            .split_once("title=\"")
            .and_then(|(_, title)| title.split_once('"'));
        let title = title.map_or(rest.trim(), |(title, _)| title);
        return Some(kind.map_or_else(String::new, |kind| format!("[!{kind}] {title}")));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let end = said.find(|c| !is_part(c)).unwrap_or(said.len());
    let (kind, title) = said.split_at(end);
    let title = title.trim();
    let title = title
        .strip_prefix('[')
        .and_then(|title| title.strip_suffix(']'))
        .unwrap_or(title);
    // `{open}` is an attribute of the box.
    let title = if title.starts_with('{') { "" } else { title };
    (!kind.is_empty()).then(|| format!("[!{kind}] {title}"))
}

/// Reads an admonition with indented content, and returns it with its head.
fn indented<'a>(line: &str, below: &[&'a str]) -> Option<(String, Vec<&'a str>)> {
    let said = MARKS.iter().find_map(|mark| line.strip_prefix(mark))?;
    let said = said.strip_prefix(' ')?.trim();
    let (names, title) = match said.split_once('"') {
        Some((names, title)) => (names, title.strip_suffix('"')?),
        None => (said, ""),
    };
    let kind = names.split_whitespace().next()?;
    let mut inside: Vec<&str> = Vec::new();
    for line in below {
        let words = line
            .strip_prefix("    ")
            .or_else(|| line.strip_prefix('\t'));
        match words {
            Some(words) => inside.push(words),
            None if line.trim().is_empty() => inside.push(""),
            None => break,
        }
    }
    while inside.last().is_some_and(|line| line.trim().is_empty()) {
        inside.pop();
    }
    (!inside.is_empty()).then(|| (format!("[!{kind}] {title}"), inside))
}
