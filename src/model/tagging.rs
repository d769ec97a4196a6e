//! Tags as things of their own, and the same edit of many notes: each edit is a list of changes, made
//! in one pass over the notes.
//!
//! Tags are the same whatever their case and Unicode form; the form that a reader has typed stays.

use std::rc::Rc;

use super::annotation::{Annotation, Colour, Target, Timestamp};
use super::folding::Tables;
use super::notebook::{Change, Intent, Transaction};
use super::order::{sorted, sorted_once};

/// Returns the key of a tag; see [`key_of`].
pub type Key<'a> = &'a dyn Fn(&str) -> String;

/// Most tags that are offered while one is typed: more take longer to look through than to type.
const MOST_OFFERED: usize = 8;

/// Returns what is equal for two tags if and only if they are the same tag.
pub fn key_of(tag: &str, tables: &dyn Tables) -> String {
    match tag.is_ascii() {
        true => tag.to_ascii_lowercase(),
        false => tables.composed(&tables.lower_case(&tables.composed(tag))),
    }
}

/// A tag and how many notes have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its most frequent form.
    pub tag: String,
    /// Its key.
    pub key: String,
    /// Number of notes.
    pub notes: usize,
    /// Number of notes among them that are here.
    pub here: usize,
}

/// Counts the tags of notes: the most frequent first, then by name. A note counts once for a tag.
pub fn counted(
    notes: &[Rc<Annotation>],
    is_here: &dyn Fn(&Annotation) -> bool,
    key: Key<'_>,
) -> Vec<Counted> {
    let forms = forms_of(notes, key);
    let mut tags: Vec<Counted> = Vec::new();
    let mut group: Vec<&Form<'_>> = Vec::new();
    let by_key = sorted(forms.len(), &|one, other| {
        forms[one].key.cmp(&forms[other].key)
    });
    for index in by_key {
        if group
            .first()
            .is_some_and(|form| form.key != forms[index].key)
        {
            tags.extend(count(&group, notes, is_here));
            group.clear();
        }
        group.push(&forms[index]);
    }
    tags.extend(count(&group, notes, is_here));
    let order = sorted(tags.len(), &|one, other| {
        let (one, other) = (&tags[one], &tags[other]);
        other.notes.cmp(&one.notes).then(one.key.cmp(&other.key))
    });
    order.into_iter().map(|index| tags[index].clone()).collect()
}

/// A tag as it is written in some notes, by their indices.
struct Form<'a> {
    tag: &'a str,
    key: String,
    notes: Vec<usize>,
}

/// Returns every form once, so that keys are made of few tags.
fn forms_of<'a>(notes: &'a [Rc<Annotation>], key: Key<'_>) -> Vec<Form<'a>> {
    let of_note = |(index, note): (usize, &'a Rc<Annotation>)| {
        note.tags.iter().map(move |tag| (tag.as_str(), index))
    };
    let all: Vec<(&str, usize)> = notes.iter().enumerate().flat_map(of_note).collect();
    let mut forms: Vec<Form<'_>> = Vec::new();
    for index in sorted(all.len(), &|one, other| all[one].0.cmp(all[other].0)) {
        let (tag, note) = all[index];
        match forms.last_mut() {
            Some(form) if form.tag == tag => form.notes.push(note),
            _ => forms.push(Form {
                tag,
                key: key(tag),
                notes: vec![note],
            }),
        }
    }
    forms
}

/// Counts the notes with any of the forms of one tag.
fn count(
    forms: &[&Form<'_>],
    notes: &[Rc<Annotation>],
    is_here: &dyn Fn(&Annotation) -> bool,
) -> Option<Counted> {
    let mut most = *forms.first()?;
    for form in forms {
        if form.notes.len() > most.notes.len() {
            most = form;
        }
    }
    let all: Vec<usize> = forms
        .iter()
        .flat_map(|form| form.notes.iter().copied())
        .collect();
    let with = sorted_once(&all);
    Some(Counted {
        tag: most.tag.to_owned(),
        key: most.key.clone(),
        notes: with.len(),
        here: with.iter().filter(|&&index| is_here(&notes[index])).count(),
    })
}

/// Returns the indices of the known tags that go on as what is typed does, by its words: in the order
/// of `known`, but a tag that is what was typed comes first. Those of `present` are not offered.
pub fn offered(
    known: &[Counted],
    words: &str,
    present: &[String],
    key: Key<'_>,
    fold: &dyn Fn(&str) -> String,
) -> Vec<usize> {
    let (needle, typed) = (fold(words), key(words));
    let present: Vec<String> = present.iter().map(|tag| key(tag)).collect();
    let within = format!(" {needle}");
    let goes_on = |tag: &Counted| {
        let folded = fold(&tag.tag);
        !present.contains(&tag.key) && (folded.starts_with(&needle) || folded.contains(&within))
    };
    let is_typed = |index: &usize| known[*index].key == typed;
    let all = || (0..known.len()).filter(|&index| goes_on(&known[index]));
    let same = all().filter(is_typed);
    let others = all().filter(|index| !is_typed(index));
    let offered: Vec<usize> = same.chain(others).take(MOST_OFFERED).collect();
    match offered[..] {
        // There is nothing to complete.
        [only] if known[only].tag == words => Vec::new(),
        _ => offered,
    }
}

/// Returns a tag as somebody has typed it by itself; `None` if there is none.
pub fn typed_alone(typed: &str) -> Option<&str> {
    let tag = typed.trim().trim_start_matches('#').trim();
    (!tag.is_empty()).then_some(tag)
}

/// Renames a tag, or joins it with another one that is there already: a note with both has it once,
/// where the first of them was.
pub fn rename(
    notes: &[Rc<Annotation>],
    from: &str,
    to: &str,
    at: &Timestamp,
    key: Key<'_>,
) -> Vec<Change> {
    let (from, joined) = (key(from), key(to));
    changes(notes, at, &|note| {
        let keys: Vec<String> = note.tags.iter().map(|tag| key(tag)).collect();
        if !keys.contains(&from) {
            return None;
        }
        let mut tags: Vec<String> = Vec::new();
        let mut is_put = false;
        for (tag, key) in note.tags.iter().zip(&keys) {
            if *key != from && *key != joined {
                tags.push(tag.clone());
            } else if !std::mem::replace(&mut is_put, true) {
                tags.push(to.to_owned());
            }
        }
        with_tags(note, tags)
    })
}

/// Takes a tag off the notes.
pub fn remove_tag(
    notes: &[Rc<Annotation>],
    tag: &str,
    at: &Timestamp,
    key: Key<'_>,
) -> Vec<Change> {
    let gone = key(tag);
    changes(notes, at, &|note| {
        let kept = note.tags.iter().filter(|tag| key(tag) != gone);
        with_tags(note, kept.cloned().collect())
    })
}

/// Adds tags to the notes that do not have them yet.
pub fn add_tags(
    notes: &[Rc<Annotation>],
    added: &[String],
    at: &Timestamp,
    key: Key<'_>,
) -> Vec<Change> {
    let added: Vec<(&String, String)> = added.iter().map(|tag| (tag, key(tag))).collect();
    changes(notes, at, &|note| {
        let has: Vec<String> = note.tags.iter().map(|tag| key(tag)).collect();
        let lacks = added.iter().filter(|(_, key)| !has.contains(key));
        let lacks = lacks.map(|(tag, _)| *tag);
        with_tags(note, note.tags.iter().chain(lacks).cloned().collect())
    })
}

/// Gives the notes a colour.
pub fn recolour(notes: &[Rc<Annotation>], colour: Colour, at: &Timestamp) -> Vec<Change> {
    changes(notes, at, &|note| {
        (note.colour != colour).then(|| Annotation {
            colour,
            ..note.clone()
        })
    })
}

/// Removes the notes.
pub fn remove(notes: &[Rc<Annotation>]) -> Vec<Change> {
    notes.iter().cloned().map(Change::remove).collect()
}

/// Writes the notes as plain text: the words of each passage between quotation marks, then what was
/// written on it.
pub fn as_text(notes: &[Rc<Annotation>]) -> String {
    let mut text = String::new();
    for note in notes {
        let further = note.more.iter().filter_map(Target::words);
        for quote in note.quoted().into_iter().chain(further) {
            text.push_str(&["“", quote, "”\n"].concat());
        }
        if !note.note.is_empty() {
            text.push_str(&[&note.note, "\n"].concat());
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

/// Makes changes an edit; `None` if there are none.
pub fn edit(intent: Intent, changes: Vec<Change>) -> Option<Transaction> {
    (!changes.is_empty()).then_some(Transaction { intent, changes })
}

fn with_tags(note: &Annotation, tags: Vec<String>) -> Option<Annotation> {
    (note.tags != tags).then(|| Annotation {
        tags,
        ..note.clone()
    })
}

fn changes(
    notes: &[Rc<Annotation>],
    at: &Timestamp,
    after: &dyn Fn(&Annotation) -> Option<Annotation>,
) -> Vec<Change> {
    let change = |note: &Rc<Annotation>| {
        let modified = Some(at.clone());
        let after = Annotation {
            modified,
            ..after(note)?
        };
        Change::replace(note.clone(), Rc::new(after))
    };
    notes.iter().filter_map(change).collect()
}
