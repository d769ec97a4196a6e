//! As much of YAML as front matter has of it (<https://yaml.org/spec/1.2.2/>): keys with a value,
//! a list in either style, a list of things with keys, and folded text.

/// Most lines that front matter may have: a rule far down is no end of it.
const MOST_LINES: usize = 200;
/// What stands for a text on the lines below.
const FOLDED: [&str; 6] = [">", ">-", ">+", "|", "|-", "|+"];

/// The keys of front matter, in small letters, each with the lines of its value.
pub(super) struct Entries<'a>(Vec<(String, Vec<&'a str>)>);

impl<'a> Entries<'a> {
    /// The entries at the beginning of a text, and the text after them.
    pub(super) fn of(markdown: &'a str) -> Option<(Self, &'a str)> {
        let mut lines = markdown.split_inclusive('\n');
        let first = lines.next()?;
        if first.trim_end() != "---" {
            return None;
        }
        let (mut entries, mut at) = (Self(Vec::new()), first.len());
        for line in lines.take(MOST_LINES) {
            at += line.len();
            match line.trim_end() {
                "---" | "..." if !entries.0.is_empty() => return Some((entries, &markdown[at..])),
                line => entries.add(line)?,
            }
        }
        None
    }

    /// Adds a line; `None` where it cannot be a part of front matter.
    fn add(&mut self, line: &'a str) -> Option<()> {
        let continues = line.is_empty() || line.starts_with([' ', '\t', '#', '-']);
        if continues {
            let value = self.0.last_mut().filter(|_| !line.starts_with('#'));
            value.into_iter().for_each(|(_, lines)| lines.push(line));
            return Some(());
        }
        let (key, value) = line.split_once(':')?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        let apart = value.is_empty() || value.starts_with([' ', '\t']);
        let fits = key.chars().all(is_key) && apart;
        fits.then(|| {
            self.0
                .push((key.trim().to_ascii_lowercase(), vec![value.trim()]))
        })
    }

    /// The first value under one of some keys that is one text and not empty.
    pub(super) fn first(&self, keys: &[&str]) -> Option<String> {
        let value = |key: &&str| self.all(key, &[]).into_iter().next();
        keys.iter().find_map(value)
    }

    /// The values under a key: one, or those of a list; of things with keys that under `names`.
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
            list if list.starts_with('[') => parts(list),
            value => {
                let whole = [value].into_iter().chain(continued(below));
                let whole: Vec<&str> = whole.collect();
                return texts([whole.join(" ").as_str()].into_iter());
            }
        };
        texts(values.into_iter())
    }
}

/// Values without their quotation marks; without those that say nothing.
fn texts<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let values = values.map(unquoted);
    let said = values.filter(|value| !matches!(*value, "" | "null" | "~"));
    said.map(str::to_owned).collect()
}

/// Lines that go on with the text before them.
fn continued<'a>(below: &[&'a str]) -> Vec<&'a str> {
    let goes_on = |line: &&&str| line.starts_with([' ', '\t']) && !line.trim().starts_with('-');
    let lines = below.iter().take_while(goes_on);
    lines.map(|line| line.trim()).collect()
}

/// The value in a line below a key.
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

/// The parts of a list that stands in one line; a comma in a quoted one parts nothing.
fn parts(list: &str) -> Vec<&str> {
    let list = list.trim_start_matches('[').trim_end_matches(']');
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

/// A value without what is said of it behind a number sign; in a quoted one that is a part of it.
fn without_comment(value: &str) -> &str {
    let value = value.trim();
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = value[1..].find(quote).map(|end| end + 2);
        let after = end.map(|end| value[end..].trim_start());
        return match (end, after) {
            (Some(end), Some(after)) if after.starts_with('#') => &value[..end],
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
