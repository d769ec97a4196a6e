//! Lines of Markdown, and the marks of quotations and lists before their words.

/// The marks and spaces before the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead {
    /// Their length in bytes.
    pub length: usize,
    /// The number of `>` among them.
    pub quotes: usize,
}

/// Reads the lead of a line, with at most `most_quotes` of `>`.
pub(super) fn lead(line: &str, most_quotes: usize) -> Lead {
    let (mut rest, mut quotes) = (line, 0);
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        match rest.strip_prefix('>').filter(|_| quotes < most_quotes) {
            Some(after) => (rest, quotes) = (after, quotes + 1),
            None => match after_item(rest) {
                Some(after) => rest = after,
                None => break,
            },
        }
    }
    Lead {
        length: line.len() - rest.len(),
        quotes,
    }
}

/// Returns what follows the mark of a list, if a line begins with one.
fn after_item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = match digits {
        0 => &['-', '*', '+'],
        1..=9 => &['.', ')'],
        _ => return None,
    };
    let after = line[digits..].strip_prefix(marks)?;
    after.starts_with([' ', '\t']).then_some(after)
}

/// Removes the leads of all lines but the first.
pub(super) fn without_leads(words: &str, quotes: usize) -> String {
    let mut lines = words.split_inclusive('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let (mut rest, mut seen) = (line.trim_start_matches([' ', '\t']), 0);
        while let Some(after) = rest.strip_prefix('>').filter(|_| seen < quotes) {
            (rest, seen) = (after.trim_start_matches([' ', '\t']), seen + 1);
        }
        out.push_str(rest);
    }
    out
}

/// True if an odd number of backslashes precedes a byte.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    backslashes(text, at) % 2 == 1
}

/// Returns the number of backslashes directly before a byte.
pub(super) fn backslashes(text: &str, at: usize) -> usize {
    text.as_bytes()[..at]
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count()
}
