//! Reads the files of notes in an archive that is no library: of Omnivore, of Readest, or whatever
//! somebody has packed together. What is no file of notes is left out.

use std::collections::BTreeSet;

use super::epub::archive::{Archive, Limits};
use crate::model::exchange::readest::{self, Titles};
use crate::model::exchange::w3c::DecodeError;
use crate::model::exchange::web_page::data;
use crate::model::exchange::{Arrivals, EntryFault, MOST_NOTES, NotUnderstood};
use crate::model::exchange::{file, omnivore, reading};
use crate::model::failure::Failure;

/// As much as of a single file of notes.
const LIMITS: Limits = Limits {
    all: 50 * 1024 * 1024,
    entry: 50 * 1024 * 1024,
};
/// Most entries whose beginning is looked at.
const MOST_ENTRIES: usize = 1_000;
/// Number of bytes at the beginning of an entry that show what it is.
const TELLING: usize = 4_096;
/// The file of Readest's that lists all books.
const BOOKS: &str = "library.json";
/// Where the archiver of macOS keeps what is no file.
const ATTRIBUTES: &str = "__MACOSX/";

/// Reads an archive. Entries are numbered through all files.
///
/// # Errors
/// If there are no notes in it, or too many.
pub fn read(bytes: &[u8]) -> Result<Arrivals, Failure> {
    let archive = Archive::open_within(bytes, LIMITS);
    let mut found = Found::default();
    if !found.add_of_omnivore(&archive) {
        found.add_any(&archive)?;
    }
    let Found {
        mut arrivals,
        files,
    } = found;
    arrivals.own = files > 0 && arrivals.own;
    match count(&arrivals) {
        0 => Err(Failure::Archive),
        1..=MOST_NOTES => Ok(arrivals),
        _ => Err(Failure::TooManyNotes),
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    arrivals: Arrivals,
    /// Number of files of notes.
    files: usize,
}

fn count(arrivals: &Arrivals) -> usize {
    arrivals.annotations.len() + arrivals.not_understood.len()
}

impl Found {
    /// Adds the highlights of an archive of Omnivore's; returns whether it is one. Its entries are known
    /// by their names, so that the texts of all articles need not be looked at.
    fn add_of_omnivore(&mut self, archive: &Archive) -> bool {
        let mut read = BTreeSet::new();
        let mut is_one = false;
        for name in archive.names() {
            let Some(folder) = omnivore::folder_of_list(name) else {
                continue;
            };
            let (list, is_whole) = text_of(archive, name).unwrap_or_default();
            self.leave_out_unless(is_whole);
            for page in omnivore::list(&list).unwrap_or_default() {
                is_one = true;
                let entry = page.highlights(folder);
                if archive.has(&entry) && read.insert(entry.clone()) {
                    let (markdown, is_whole) = text_of(archive, &entry).unwrap_or_default();
                    page.read(&markdown, &mut self.arrivals);
                    self.leave_out_unless(is_whole);
                }
            }
        }
        is_one
    }

    /// Adds the notes of every file that is read by itself too.
    ///
    /// # Errors
    /// If there are too many.
    fn add_any(&mut self, archive: &Archive) -> Result<(), Failure> {
        let titles = titles(archive);
        let names = archive.names();
        for name in names
            .filter(|name| !name.starts_with(ATTRIBUTES))
            .take(MOST_ENTRIES)
        {
            let head = archive.head(name, TELLING).unwrap_or_default();
            let Some(is_sure) = may_be_of_notes(&head) else {
                continue;
            };
            let (text, is_whole) = text_of(archive, name).unwrap_or_default();
            let read = readest::decode_titled(&text, folder_of(name), &titles);
            match read.map_or_else(|| reading::decode(&text), Ok) {
                // What is read most liberally may be anything else.
                Ok(file) if is_sure || !file.annotations.is_empty() => {
                    self.add(file);
                    self.leave_out_unless(is_whole);
                }
                Err(DecodeError::NotJson(_)) if is_sure => self.leave_out_unless(false),
                Err(DecodeError::NoAnnotations) if is_sure && !is_whole => {
                    self.leave_out_unless(false);
                }
                Err(DecodeError::TooMany) => return Err(Failure::TooManyNotes),
                Ok(_) | Err(_) => {}
            }
            if count(&self.arrivals) > MOST_NOTES {
                return Err(Failure::TooManyNotes);
            }
        }
        Ok(())
    }

    fn add(&mut self, file: Arrivals) {
        let before = count(&self.arrivals);
        let all = &mut self.arrivals;
        all.own = file.own && (all.own || self.files == 0);
        all.annotations.extend(file.annotations);
        let faults = file.not_understood.into_iter();
        all.not_understood.extend(faults.map(|fault| NotUnderstood {
            entry: before + fault.entry,
            ..fault
        }));
        all.colour_names.adopt(&file.colour_names);
        self.files += 1;
    }

    /// Counts what could not be unpacked as one entry.
    fn leave_out_unless(&mut self, is_whole: bool) {
        if !is_whole {
            let entry = count(&self.arrivals) + 1;
            let why = EntryFault::Garbled;
            self.arrivals
                .not_understood
                .push(NotUnderstood { entry, why });
        }
    }
}

/// Returns the text of an entry, and whether it is all of it; `None` if there is none.
fn text_of(archive: &Archive, name: &str) -> Option<(String, bool)> {
    let (bytes, is_whole) = archive.unpack(name)?;
    Some((file::text_of(&bytes).ok()?, is_whole))
}

/// Says from the beginning of a file whether it is surely one of notes; `None` if it is none.
fn may_be_of_notes(head: &[u8]) -> Option<bool> {
    // An archive in the archive is not read.
    let text = file::text_of(head).ok()?;
    if file::is_of_notes(&text) {
        return Some(true);
    }
    let may_be = text.trim_start().starts_with(['{', '[']) || data::is_page(head);
    may_be.then_some(false)
}

/// The titles of the books of Readest's, if the archive lists them.
fn titles(archive: &Archive) -> Titles {
    let is_list = |name: &&str| name.rsplit('/').next() == Some(BOOKS);
    let list = archive.names().find(is_list);
    let list = list.and_then(|name| text_of(archive, name));
    list.and_then(|(list, _)| readest::titles(&list))
        .unwrap_or_default()
}

/// The name of the folder that an entry is in: of Readest's, the hash of a book.
fn folder_of(entry: &str) -> &str {
    entry.rsplit('/').nth(1).unwrap_or_default()
}
