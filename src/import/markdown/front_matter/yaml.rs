//! Reads the subset of YAML used in front matter (<https://yaml.org/spec/1.2.2/>): keys with a
//! value, a list in either style, a list of mappings, and folded text.

/// Signs for a text on the lines below.
const FOLDED: [&str; 6] = [">", ">-", ">+", "|", "|-", "|+"];

/// Keys that are common in front matter but hardly ever begin a line of prose: with one of them,
/// lines that are not understood are skipped.
const SURE_KEYS: [&str; 20] = [
    "title",
    "author",
    "authors",
    "date",
    "layout",
    "tags",
    "tag",
    "categories",
    "category",
    "slug",
    "permalink",
    "draft",
    "aliases",
    "description",
    "lang",
    "sidebar_position",
    "weight",
    "id",
    "published",
    "url",
];

/// The keys of front matter, in lower case, each with the lines of its value.
pub(super) struct Entries<'a>(Vec<(String, Vec<&'a str>)>);

impl<'a> Entries<'a> {
    /// Reads the entries in some lines. `None` if these do not look like entries: one odd line is
    /// allowed for each entry, if any has a key that prose does not have.
    pub(super) fn of(lines: &'a str) -> Option<Self> {
        let mut entries = Self(Vec::new());
        let (mut odd, mut depth) = (0, 0_i32);
        for (number, line) in lines.lines().enumerate() {
            let line = line.trim_end();
            // A rule with a blank line after it separates two chapters.
            if number == 0 && line.is_empty() {
                return None;
            }
            let is_key = depth <= 0 && entries.add(line);
            if !is_key && (depth > 0 || is_continued(line)) {
                entries.go_on(line);
            } else if !is_key {
                odd += 1;
            }
            if is_key {
                depth = 0;
            }
            depth += open_brackets(&entries, line, depth, is_key);
        }
        let is_sure = entries.0.iter().any(|(key, _)| SURE_KEYS.contains(&&**key));
        let fits = odd == 0 || (is_sure && odd <= entries.0.len());
        (fits && !entries.0.is_empty()).then_some(entries)
    }

    /// Reads the entries in lines that resemble JSON.
    pub(super) fn of_json_lines(lines: &'a str) -> Option<Self> {
        let mut entries = Self(Vec::new());
        for line in lines.lines() {
            let line = line.trim().trim_end_matches(',');
            if line.starts_with(['"', '\'']) && entries.add(line) {
                continue;
            }
            entries.go_on(line);
        }
        let is_sure = entries.0.iter().any(|(key, _)| SURE_KEYS.contains(&&**key));
        is_sure.then_some(entries)
    }

    /// Adds a line that begins with a key; returns whether it does.
    fn add(&mut self, line: &'a str) -> bool {
        if line.is_empty() || is_continued(line) {
            return false;
        }
        let Some((key, value)) = key_of(line) else {
            return false;
        };
        self.0.push((key.to_ascii_lowercase(), vec![value.trim()]));
        true
    }

    /// Adds a line to the value of the last key.
    fn go_on(&mut self, line: &'a str) {
        let value = self.0.last_mut().filter(|_| !line.starts_with('#'));
        value.into_iter().for_each(|(_, lines)| lines.push(line));
    }

    /// Returns the values under a key: one, or a list's; for mappings, those under `names`.
    pub(super) fn all(&self, key: &str, names: &[&str]) -> Vec<String> {
        let entry = self.0.iter().find(|(name, _)| name == key);
        let Some((first, below)) = entry.and_then(|(_, lines)| lines.split_first()) else {
            return Vec::new();
        };
        let first = without_comment(first);
        let values: Vec<&str> = match first {
            "" => below.iter().filter_map(|line| item(line, names)).collect(),
            folded if FOLDED.contains(&folded) => {
                let words = below.iter().flat_map(|line| line.split_whitespace());
                let words: Vec<&str> = words.collect();
                return texts([words.join(" ").as_str()].into_iter());
            }
            list if list.starts_with('[') => {
                let lines = [list].into_iter().chain(below.iter().copied());
                lines
                    .flat_map(|line| parts(without_comment(line)))
                    .collect()
            }
            value => {
                let whole = [value].into_iter().chain(continued(below));
                let whole: Vec<&str> = whole.collect();
                return texts([whole.join(" ").as_str()].into_iter());
            }
        };
        texts(values.into_iter())
    }
}

/// True if a line can only continue what was begun.
fn is_continued(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '\t', '#', '-'])
}

/// Returns the key that a line begins with, possibly quoted, and what follows it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let (key, rest) = line[1..].split_once(quote)?;
        return Some((key, rest.trim_start().strip_prefix(':')?));
    }
    let (key, value) = line.split_once(':')?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    (apart && key.chars().all(is_key)).then_some((key.trim_end(), value))
}

/// Returns the number of brackets of a list that a line opens and does not close.
fn open_brackets(entries: &Entries<'_>, line: &str, depth: i32, is_key: bool) -> i32 {
    let value = match entries.0.last() {
        Some((_, lines)) if is_key => lines[0],
        _ => line,
    };
    let begins = depth > 0 || value.trim_start().starts_with(['[', '{']);
    let count = |open: char, close: char| {
        let signs = without_comment(value).chars();
        signs.fold(0, |depth, c| {
            depth + i32::from(c == open) - i32::from(c == close)
        })
    };
    if begins {
        count('[', ']') + count('{', '}')
    } else {
        0
    }
}

/// Returns values without their quotation marks, and without null values.
fn texts<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let values = values.map(unquoted);
    let said = values.filter(|value| !matches!(*value, "" | "null" | "~"));
    said.map(str::to_owned).collect()
}

/// Returns the lines that continue the text before them.
fn continued<'a>(below: &[&'a str]) -> Vec<&'a str> {
    let goes_on = |line: &&&str| line.starts_with([' ', '\t']) && !line.trim().starts_with('-');
    let lines = below.iter().take_while(goes_on);
    lines.map(|line| line.trim()).collect()
}

/// Returns the value in a line below a key.
fn item<'a>(line: &'a str, names: &[&str]) -> Option<&'a str> {
    let line = line.trim();
    let value = line.strip_prefix('-').map(str::trim);
    let said = value.unwrap_or(line);
    let pair = said
        .split_once(": ")
        .filter(|(key, _)| !key.contains(['"', '\'', ' ']));
    match pair {
        Some((key, name)) => names.contains(&key).then(|| without_comment(name)),
        None => value.map(without_comment),
    }
}

/// Returns the parts of a list in one line; a comma within quotation marks separates nothing.
fn parts(list: &str) -> Vec<&str> {
    let list = list.trim_end_matches(',').trim_start_matches('[');
    let list = list.trim_end_matches(']');
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') if list[start..at].trim().is_empty() => quote = Some(c),
            (None, ',') => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts
}

/// Removes the comment after a number sign; within quotation marks it is part of the value.
fn without_comment(value: &str) -> &str {
    let value = value.trim();
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = value[1..].find(quote).map(|end| end + 2);
        let after = end.map(|end| value[end..].trim_start());
        return match (end, after) {
            (Some(end), Some(after)) if after.trim_start_matches([',', ' ']).starts_with('#') => {
                &value[..end]
            }
            _ => value,
        };
    }
    value
        .split_once(" #")
        .map_or(value, |(value, _)| value)
        .trim()
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|value| value.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.trim();
        }
    }
    value
}
