//! Words and code written so that Markdown reads them as what they are.

/// What stands at both ends of a passage.
pub(super) const MARK: &str = "==";

/// Writes code between as many signs as are needed.
pub(super) fn code(words: &str, in_cell: bool) -> String {
    let mark = "`".repeat(longest_run(words, '`') + 1);
    let words = words.replace('\n', " ");
    let words = if in_cell {
        words.replace('|', "\\|")
    } else {
        words
    };
    let needs_space = words.starts_with('`') || words.ends_with('`');
    let space = if needs_space { " " } else { "" };
    [&mark, space, &words, space, &mark].concat()
}

/// The length of the longest run of a sign.
pub(super) fn longest_run(words: &str, sign: char) -> usize {
    let runs = words.split(|c| c != sign).map(str::len);
    runs.max().unwrap_or(0)
}

/// Escapes what Markdown would read as anything but these words.
pub(super) fn escaped(words: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut before: Option<char> = None;
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let twice = before == Some(c) || after == Some(c);
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '$' => true,
            '_' => !(is_letter(before) && is_letter(after)),
            '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '~' | '=' | '%' => twice || after.is_none() || before.is_none(),
            '|' => in_cell,
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Escapes a line of words, so that it is read as a paragraph of these words.
pub fn escaped_line(line: &str) -> String {
    from_the_margin(&escaped(line, false))
}

/// Escapes what begins a block at the beginning of a line.
pub(super) fn from_the_margin(line: &str) -> String {
    let line = line.trim_start_matches(' ');
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = line[digits..].chars().next();
    let rest = line.get(digits + 1..).unwrap_or_default();
    let begins = match sign {
        Some('.' | ')') if digits > 0 => rest.is_empty() || rest.starts_with([' ', '\t']),
        _ if digits > 0 => false,
        // A passage; of other words, two such signs were escaped.
        Some('=') if line.starts_with(MARK) => false,
        Some('#' | '>' | '+' | '-' | '=' | '|' | ':' | '!') => true,
        _ => false,
    };
    match begins {
        true => [&line[..digits], "\\", &line[digits..]].concat(),
        false => line.to_owned(),
    }
}
