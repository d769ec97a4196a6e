//! Replies become quotations in the note that they are below, since notes have no threads here.

use std::collections::BTreeMap;

use crate::model::annotation::Annotation;
use crate::model::exchange::{Arrivals, EntryFault, LONGEST_NOTE};
use crate::model::order::sorted;

/// Deepest quotation that is told apart; deeper replies stand beside each other.
const DEEPEST: usize = 8;
/// Number of characters of a day in ISO 8601.
const DAY: usize = 10;

/// An entry of a file, and what makes it a reply.
pub struct Read {
    /// The annotation.
    pub annotation: Result<Annotation, EntryFault>,
    /// The ids of the annotations that it is below, the first one topmost.
    pub references: Vec<String>,
    /// What its author is called.
    pub name: String,
}

/// Adds the entries to the arrivals, replies as quotations. A reply stays a note of its own if the
/// note that it is below is not in the file, or would become too long.
pub fn settle(mut read: Vec<Read>, arrivals: &mut Arrivals) {
    let threads = Threads::of(&read);
    let mut quoted = vec![false; read.len()];
    for (root, replies) in threads.below.iter() {
        if threads.parents[*root].is_none() && !replies.is_empty() {
            quote_all(&mut read, *root, &threads, &mut quoted);
        }
    }
    for (index, entry) in read.into_iter().enumerate() {
        match threads.doubled[index] {
            true => arrivals.doubled += 1,
            false if quoted[index] => {}
            false => arrivals.take(index, entry.annotation),
        }
    }
}

/// Which entries are below which.
struct Threads {
    /// The index of the entry that each is right below.
    parents: Vec<Option<usize>>,
    /// The replies right below an entry, the oldest first.
    below: BTreeMap<usize, Vec<usize>>,
    /// True for a reply whose id another entry before it has.
    doubled: Vec<bool>,
}

impl Threads {
    fn of(read: &[Read]) -> Self {
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, entry) in read.iter().enumerate() {
            if let Ok(annotation) = &entry.annotation {
                by_id.entry(annotation.id.as_str()).or_insert(index);
            }
        }
        let is_first = |index: usize, annotation: &Annotation| {
            by_id.get(annotation.id.as_str()) == Some(&index)
        };
        let doubled = read.iter().enumerate().map(|(index, entry)| {
            let is_reply = !entry.references.is_empty();
            let note = entry.annotation.as_ref().ok().filter(|_| is_reply);
            note.is_some_and(|note| !is_first(index, note))
        });
        let doubled: Vec<bool> = doubled.collect();
        let parent = |index: usize| {
            let nearest = read[index].references.iter().rev();
            let mut nearest = nearest.filter_map(|id| by_id.get(id.as_str()).copied());
            let understood = read[index].annotation.is_ok() && !doubled[index];
            nearest.find(|parent| understood && *parent != index)
        };
        let parents: Vec<Option<usize>> = (0..read.len()).map(parent).collect();
        let age = |index: usize| {
            let note = read[index].annotation.as_ref().ok();
            note.and_then(|note| note.created.as_ref())
        };
        let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for reply in sorted(read.len(), &|one, other| age(one).cmp(&age(other))) {
            if let Some(parent) = parents[reply] {
                below.entry(parent).or_default().push(reply);
            }
        }
        Self {
            parents,
            below,
            doubled,
        }
    }

    /// The replies right below an entry, the newest first.
    fn newest_first(&self, index: usize) -> impl Iterator<Item = usize> {
        let replies = self.below.get(&index).into_iter().flatten();
        replies.rev().copied()
    }
}

/// Quotes everything below a note in it, each reply before its own replies. Replies that only refer
/// to each other are below no note.
fn quote_all(read: &mut [Read], root: usize, threads: &Threads, quoted: &mut [bool]) {
    let mut left: Vec<(usize, usize)> = Vec::new();
    left.extend(threads.newest_first(root).map(|reply| (reply, 1)));
    while let Some((reply, depth)) = left.pop() {
        left.extend(threads.newest_first(reply).map(|reply| (reply, depth + 1)));
        let Ok(words) = &read[reply].annotation else {
            continue;
        };
        let touched = words.last_touched().cloned();
        let words = quotation(words, &read[reply].name, depth);
        let Ok(note) = &mut read[root].annotation else {
            continue;
        };
        if note.note.len() + words.len() + 2 > LONGEST_NOTE {
            continue;
        }
        if !note.note.is_empty() {
            note.note.push_str("\n\n");
        }
        note.note.push_str(&words);
        // A file with further replies replaces what an earlier one has brought.
        if touched.as_ref() > note.last_touched() {
            note.modified = touched;
        }
        quoted[reply] = true;
    }
}

/// Writes a reply as a quotation in Markdown: its author and day, its words, its tags.
fn quotation(reply: &Annotation, name: &str, depth: usize) -> String {
    let day = reply.created.as_ref().and_then(|at| at.0.get(..DAY));
    let head = match (escaped(name), day) {
        (name, Some(day)) if name.is_empty() => day.to_owned(),
        (name, Some(day)) => format!("{name} ({day})"),
        (name, None) => name,
    };
    let tags = reply.tags.iter().map(|tag| format!("#{}", escaped(tag)));
    let tags: Vec<String> = tags.collect();
    let parts = [&*head, &reply.note, &tags.join(" ")];
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    let words = parts.collect::<Vec<&str>>().join("\n\n");
    let mark = ">".repeat(depth.min(DEEPEST));
    let line = |line: &str| match line.trim().is_empty() {
        true => mark.clone(),
        false => format!("{mark} {line}"),
    };
    words.lines().map(line).collect::<Vec<String>>().join("\n")
}

/// Escapes what would be markup in a name.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if "\\`*_[]<>&$~=".contains(c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
