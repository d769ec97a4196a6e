//! Recognises lists in plain text: lines with the same bullet, or with consecutive numbers.

use super::wrapping::{indentation, join};

/// Marks that begin the items of a list.
const BULLETS: [&str; 5] = ["- ", "* ", "• ", "– ", "‣ "];
/// Maximum number of digits of an item's number: more make a year.
const MOST_DIGITS: usize = 3;
/// Maximum nesting depth of lists; a deeper one stays lines.
const DEEPEST: usize = 6;

/// A list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    /// The first number, if it is numbered.
    pub(super) first: Option<u32>,
    /// Its items.
    pub(super) items: Vec<Item>,
}

/// An item: its words, and a list within it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its words, in one line.
    pub(super) words: String,
    /// The list nested within it.
    pub(super) within: Option<List>,
}

/// The mark that an item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet(&'static str),
    /// The number, and what follows it.
    Number(u32, &'static str),
}

impl Mark {
    /// Returns the mark of a line, and its words.
    fn of(line: &str) -> Option<(Self, &str)> {
        let line = line.trim_start_matches([' ', '\t']);
        for bullet in BULLETS {
            if let Some(words) = line.strip_prefix(bullet) {
                return Some((Self::Bullet(bullet), words));
            }
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=MOST_DIGITS).contains(&digits) {
            return None;
        }
        let number = line[..digits].parse().ok()?;
        [". ", ") "].into_iter().find_map(|after| {
            let words = line[digits..].strip_prefix(after)?;
            Some((Self::Number(number, after), words))
        })
    }

    fn next(self) -> Self {
        match self {
            Self::Bullet(_) => self,
            Self::Number(number, after) => Self::Number(number + 1, after),
        }
    }
}

/// Returns the list that the lines of a paragraph form: each begins an item or is indented further.
pub(super) fn list(lines: &[&str]) -> Option<List> {
    of(lines, 0).filter(|list| list.items.len() > 1)
}

/// Returns the number of lines of a paragraph before the list that the rest of it forms.
pub(super) fn before_list(lines: &[&str]) -> Option<usize> {
    let first = lines.iter().position(|line| Mark::of(line).is_some())?;
    (first > 0 && list(&lines[first..]).is_some()).then_some(first)
}

/// True if a paragraph may be an item of a list with blank lines between its items. One that begins
/// with a dash may as well be speech.
pub(super) fn is_item_apart(lines: &[&str]) -> bool {
    let mark = lines.first().and_then(|line| Mark::of(line));
    mark.is_some_and(|(mark, _)| match mark {
        Mark::Bullet(bullet) => !bullet.starts_with(['-', '–']),
        Mark::Number(..) => true,
    })
}

fn of(lines: &[&str], depth: usize) -> Option<List> {
    let margin = indentation(lines.first().filter(|_| depth < DEEPEST)?);
    let (first, _) = Mark::of(lines.first()?)?;
    let mut expected = first;
    let mut items: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let begun = Mark::of(line).filter(|_| indentation(line) == margin);
        match begun.filter(|(mark, _)| *mark == expected) {
            Some((mark, words)) => {
                items.push((words, Vec::new()));
                expected = mark.next();
            }
            None if indentation(line) > margin => items.last_mut()?.1.push(line),
            None => return None,
        }
    }
    let items = items
        .into_iter()
        .map(|(words, rest)| item(words, &rest, depth));
    Some(List {
        first: match first {
            Mark::Number(number, _) => Some(number),
            Mark::Bullet(_) => None,
        },
        items: items.collect::<Option<_>>()?,
    })
}

fn item(words: &str, rest: &[&str], depth: usize) -> Option<Item> {
    let own = rest.iter().take_while(|line| Mark::of(line).is_none());
    let own = own.count();
    let mut joined = words.trim().to_owned();
    rest[..own].iter().for_each(|line| join(&mut joined, line));
    let within = &rest[own..];
    let within = match within.is_empty() {
        true => None,
        false => Some(of(within, depth + 1)?),
    };
    Some(Item {
        words: joined,
        within,
    })
}
