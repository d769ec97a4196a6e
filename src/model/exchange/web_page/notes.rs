//! The notes of a page: numbered, beside their passages or after the article.

use std::collections::{BTreeMap, BTreeSet};

use super::body;
use super::marks::Passage;
use super::markup::Markup;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::exchange::Export;
use crate::model::exchange::markdown::{Sorted, words_of};
use crate::model::text::{TextRange, shortened};

/// Most code points of the quote beside its passage, which can be read in the article itself.
const QUOTED: usize = 160;
/// Number of bytes of the day in a time.
const DAY: usize = "2026-05-03".len();

/// The notes of an export, in the order of the page.
pub struct Notes<'a> {
    export: &'a Export<'a>,
    sorted: Sorted<'a>,
    /// Those with words and a place, with where they begin: their numbers are their indices.
    numbered: Vec<(u32, &'a Annotation, Option<TextRange>)>,
    numbers: BTreeMap<&'a AnnotationId, usize>,
    /// Those that the page has an element for.
    shown: BTreeSet<&'a AnnotationId>,
}

impl<'a> Notes<'a> {
    pub fn of(export: &'a Export<'a>) -> Self {
        let sorted = Sorted::of(export);
        let without = sorted.whole.iter().chain(&sorted.unplaced).copied();
        let mut shown: BTreeSet<&AnnotationId> = without.map(|note| &note.id).collect();
        let (mut numbered, mut numbers) = (Vec::new(), BTreeMap::new());
        for found in &sorted.placed {
            // A mere highlight has nothing to say.
            if found.is_gap() || !found.note.is_bare() {
                shown.insert(&found.note.id);
            }
            if !found.is_gap() && !found.note.is_bare() {
                let words = found.is_certain().then_some(found.range);
                numbers.insert(&found.note.id, numbered.len());
                numbered.push((found.range.start(), found.note, words));
            }
        }
        Self {
            export,
            sorted,
            numbered,
            numbers,
            shown,
        }
    }

    /// The passages to be marked.
    pub fn passages(&self) -> Vec<Passage<'a>> {
        let placed = self.sorted.placed.iter().filter(|found| !found.is_gap());
        let own = placed.map(|found| Passage {
            range: found.range,
            note: found.note,
            changed: !found.is_certain(),
            number: self.number(found.note),
            is_first: true,
        });
        let further = self.export.placements.further().iter();
        let further = further.map(|placed| Passage {
            range: placed.range,
            note: &placed.annotation,
            changed: false,
            number: self.number(&placed.annotation),
            is_first: false,
        });
        let all = own.chain(further);
        all.filter(|passage| !passage.range.is_empty()).collect()
    }

    fn number(&self, note: &Annotation) -> Option<usize> {
        self.numbers.get(&note.id).map(|index| index + 1)
    }

    /// The note with a number, from 1.
    pub fn numbered(&self, number: usize) -> Option<&'a Annotation> {
        let (_, note, _) = self.numbered.get(number.checked_sub(1)?)?;
        Some(note)
    }

    /// True if the page has an element for a note.
    pub fn has(&self, id: &AnnotationId) -> bool {
        self.shown.contains(id)
    }

    /// Writes the numbered notes from an index on that begin before a byte, beside the block that
    /// was just written; returns the index of the first one that does not.
    pub fn write_beside(&self, page: &mut Markup, from: usize, byte: u32) -> usize {
        let begun = |note: &(u32, &Annotation, Option<TextRange>)| note.0 < byte;
        let to = self.numbered.partition_point(begun).max(from);
        if to > from {
            page.raw("\n");
            page.open("aside", &[("lang", &self.export.wording.language)]);
            for index in from..to {
                self.write(page, self.numbered[index].1, Some(index));
            }
            page.close();
        }
        to
    }

    /// Writes the notes on the article as a whole, and those whose passages are not in it.
    pub fn write_rest(&self, page: &mut Markup) {
        let wording = self.export.wording;
        let gaps = self.sorted.placed.iter().filter(|found| found.is_gap());
        let gaps = gaps.map(|found| found.note);
        let unplaced: Vec<&Annotation> = gaps.chain(self.sorted.unplaced.iter().copied()).collect();
        let sections = [
            (&wording.whole, &self.sorted.whole),
            (&wording.unplaced, &unplaced),
        ];
        for (heading, notes) in sections {
            if notes.is_empty() {
                continue;
            }
            page.raw("\n");
            page.open("section", &[("class", "rest")]);
            page.element("h2", &[], heading);
            for note in notes {
                self.write(page, note, None);
            }
            page.close();
        }
    }

    /// Writes a note: its number and its quote, its words, its tags.
    fn write(&self, page: &mut Markup, note: &Annotation, index: Option<usize>) {
        let id = element_id(&note.id);
        let class = ["note ", note.colour.name()].concat();
        page.raw("\n");
        page.open("div", &[("class", &class), ("id", &id)]);
        self.write_head(page, note, index);
        let words = words_of(
            self.export,
            note,
            index.and_then(|index| self.numbered[index].2),
        );
        let words = match index {
            Some(_) => shortened(&words, QUOTED),
            None => words,
        };
        if !words.is_empty() {
            page.element("blockquote", &[("dir", "auto")], &words);
        }
        if !note.note.is_empty() {
            page.open("div", &[("class", "words"), ("dir", "auto")]);
            let read = (self.export.read_note)(&note.note);
            body::write_note(page, self.export, self, &read, &[&id, "-"].concat());
            page.close();
        }
        self.write_tags(page, note);
        page.close();
    }

    /// Writes what a note is known by: its number, its colour and its day.
    fn write_head(&self, page: &mut Markup, note: &Annotation, index: Option<usize>) {
        let wording = self.export.wording;
        page.open("p", &[("class", "head")]);
        if let Some(number) = index.map(|index| (index + 1).to_string()) {
            let target = ["#p-", &number].concat();
            let label = [&wording.note, " ", &number].concat();
            page.element("a", &[("href", &target), ("aria-label", &label)], &number);
            page.text(" ");
        }
        let colour = self.export.colour_names.of(note.colour);
        let colour = colour.unwrap_or(wording.colour(note.colour));
        page.element("span", &[("class", "colour"), ("dir", "auto")], colour);
        if let Some(at) = note.created.as_ref() {
            let day = at.0.get(..DAY).unwrap_or_default();
            page.text(" · ");
            page.element("time", &[("datetime", &*at.0)], day);
        }
        page.close();
    }

    fn write_tags(&self, page: &mut Markup, note: &Annotation) {
        if note.tags.is_empty() {
            return;
        }
        page.open("p", &[("class", "tags")]);
        page.text(&[&self.export.wording.tags, ":"].concat());
        for tag in &note.tags {
            page.text(" ");
            page.element("span", &[("class", "tag"), ("dir", "auto")], tag);
        }
        page.close();
    }
}

/// The id of the element that shows a note.
pub fn element_id(id: &AnnotationId) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    let mut name = "note-".to_owned();
    for c in id.as_str().chars() {
        match plain(c) {
            true => name.push(c),
            false => name.extend(["~", &format!("{:x}", u32::from(c))]),
        }
    }
    name
}
