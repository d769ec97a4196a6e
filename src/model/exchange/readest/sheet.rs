//! The notes on a book as Readest exports them for people: Markdown, in the language of its reader, by
//! the settings of its dialog as they are at first.
//!
//! <https://github.com/readest/readest>, `ExportMarkdownDialog.tsx` of its annotator.

use serde_json::{Map, Value, json};

use super::super::foreign::Foreign;
use super::super::omnivore::quoted;
use super::super::{Arrivals, LONGEST_NOTE, MOST_NOTES, w3c};
use super::NAME;

/// Number of lines in which a sheet says where it comes from.
const TELLING: usize = 12;
/// The length of the day on which it was made, as in 2026-05-06.
const DAY: usize = 10;
/// What a note at least ends with before another passage follows, if its place is not said.
const APART: &str = "\n\n";
/// What is between the page and the time of a note.
const BETWEEN: &str = " · ";

/// True if the beginning of a file is that of such a sheet: a title, and a line that names the program
/// and a day.
pub fn is_one(head: &str) -> bool {
    let mut lines = head.trim_start().lines().take(TELLING);
    lines.next().is_some_and(|line| heading(line).is_some()) && lines.any(is_origin)
}

/// Returns the notes in such a sheet; `None` if it is another kind of file.
pub(super) fn decode(file: &str) -> Option<Arrivals> {
    if !is_one(file) {
        return None;
    }
    let mut lines = file.trim_start().lines().map(str::trim_end);
    let title = lines.next().and_then(heading)?;
    let mut sheet = Sheet {
        title,
        arrivals: Arrivals::default(),
        noted: None,
    };
    let mut lines = lines.skip_while(|line| !is_origin(line)).skip(1).peekable();
    while let Some(line) = lines.next() {
        let is_last_of_note = |next: Option<&&str>| next.is_none_or(|line| line.is_empty());
        if line.starts_with('>') && !sheet.is_in_note() {
            let mut quote = line.to_owned();
            while let Some(line) = lines.next_if(|line| line.starts_with('>')) {
                quote += "\n";
                quote += line;
            }
            sheet.begin(quoted(&quote));
        } else if let Some(place) = place(line).filter(|_| is_last_of_note(lines.peek())) {
            sheet.end(Some(place));
        } else if heading(line).is_some() || line == "---" {
            sheet.end(None);
        } else {
            sheet.take(line);
        }
    }
    sheet.end(None);
    Some(sheet.arrivals)
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    words.strip_prefix(' ').filter(|_| (1..=6).contains(&level))
}

/// True for `**Exported from Readest**: 2026-05-06`, in any language.
fn is_origin(line: &str) -> bool {
    let Some((label, day)) = labelled(line) else {
        return false;
    };
    let is_day = |day: &str| {
        let mut bytes = day.bytes().enumerate();
        day.len() == DAY
            && bytes.all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    label.contains(NAME) && is_day(day)
}

/// The parts of `**label**: words`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.strip_prefix("**")?.split_once("**: ")?;
    Some((label, words.trim()))
}

/// What is between the stars of `*[Page: 12](link) · Time: …*`.
fn place(line: &str) -> Option<&str> {
    let said = line.strip_prefix('*')?.strip_suffix('*')?;
    let has_number = said.bytes().any(|byte| byte.is_ascii_digit());
    (has_number && !said.starts_with('*')).then_some(said)
}

/// A sheet as far as it is read.
struct Sheet<'a> {
    title: &'a str,
    arrivals: Arrivals,
    noted: Option<Noted>,
}

/// A passage with its note.
struct Noted {
    quote: String,
    note: Option<String>,
}

impl Sheet<'_> {
    fn begin(&mut self, quote: String) {
        self.end(None);
        self.noted = Some(Noted { quote, note: None });
    }

    fn take(&mut self, line: &str) {
        let Some(noted) = &mut self.noted else {
            return;
        };
        match (&mut noted.note, labelled(line)) {
            (Some(note), _) => {
                note.push('\n');
                note.push_str(line);
            }
            (none, Some((_, words))) => *none = Some(words.to_owned()),
            // Somebody has written on.
            (none, None) if !line.is_empty() => *none = Some(line.to_owned()),
            (None, None) => {}
        }
    }

    /// True within a note, whose own quotations have fewer empty lines before them than what follows.
    fn is_in_note(&self) -> bool {
        let note = self.noted.as_ref().and_then(|noted| noted.note.as_ref());
        note.is_some_and(|note| !note.ends_with(APART))
    }

    /// Ends a note; its place in the book is kept as it is said.
    fn end(&mut self, place: Option<&str>) {
        let entry = self.arrivals.annotations.len() + self.arrivals.not_understood.len();
        // One more than may be is enough for the file to be refused.
        let Some(noted) = self.noted.take().filter(|_| entry <= MOST_NOTES) else {
            return;
        };
        let mut kept = Map::new();
        let parts = place.into_iter().flat_map(|place| place.split(BETWEEN));
        for (name, part) in ["page", "time"].into_iter().zip(parts) {
            kept.insert(name.to_owned(), Value::from(part));
        }
        let note = noted.note.unwrap_or_default();
        let quote = noted.quote;
        let read = match quote.len() > LONGEST_NOTE {
            true => Err(super::EntryFault::NoteTooLong),
            false => Foreign {
                program: NAME,
                title: self.title,
                passages: vec![&quote],
                note: note.trim().to_owned(),
                extra: w3c::with_fields(&json!(kept)),
                ..Foreign::default()
            }
            .into_annotation(),
        };
        self.arrivals.take(entry, read);
    }
}
