//! Reads the files in an archive within limits, whatever the archive declares.

use std::cell::Cell;
use std::collections::HashMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive};

use crate::import::html::MOST_BYTES;

/// Maximum number of entries that are read: a book of a thousand chapters and pictures has a fifth.
const MOST_ENTRIES: usize = 10_000;
/// Maximum number of bytes unpacked from one archive. It bounds the time; what 50 MB cannot hold is
/// pictures.
const MOST_UNPACKED: usize = 50 * 1024 * 1024;
/// Maximum number of bytes unpacked from one entry: as much as is read of one page.
const LARGEST_ENTRY: usize = MOST_BYTES;
/// Longest name of an entry that is kept, in bytes.
const LONGEST_NAME: usize = 1_000;
/// The first bytes of an entry's own header, and its length without name and extra field, in bytes
/// (APPNOTE, §4.3.7, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>).
const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;
/// Bits of an entry's flags: it is encrypted; its sizes follow its data.
const ENCRYPTED: u16 = 1;
const SIZES_AFTER: u16 = 1 << 3;
/// The compression methods that are supported.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// How much of an archive is unpacked, in bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Limits {
    /// Of all its entries together.
    pub all: usize,
    /// Of one entry.
    pub entry: usize,
}

/// The limits of a book.
const BOOK: Limits = Limits {
    all: MOST_UNPACKED,
    entry: LARGEST_ENTRY,
};

/// An archive. Names are paths separated by `/`.
pub(in crate::import) struct Archive<'a> {
    names: Vec<String>,
    entries: HashMap<String, Entry<'a>>,
    left: Cell<usize>,
    largest: usize,
    cut: Cell<bool>,
}

struct Entry<'a> {
    packed: &'a [u8],
    method: u16,
    is_encrypted: bool,
}

impl Entry<'_> {
    /// Returns its content up to a number of bytes, and whether that is all of it; `None` if it cannot
    /// be unpacked.
    fn unpack(&self, limit: usize) -> Option<(Vec<u8>, bool)> {
        match self.method {
            _ if self.is_encrypted => None,
            STORED => {
                let held = &self.packed[..self.packed.len().min(limit)];
                Some((held.to_vec(), held.len() == self.packed.len()))
            }
            DEFLATED => Some(match decompress_to_vec_with_limit(self.packed, limit) {
                Ok(bytes) => (bytes, true),
                Err(broken) => (broken.output, false),
            }),
            _ => None,
        }
    }
}

impl<'a> Archive<'a> {
    /// Opens an archive. Without a directory (an interrupted download) it is read by the headers of
    /// its entries. It may have no entries.
    pub(in crate::import) fn open(bytes: &'a [u8]) -> Self {
        Self::open_within(bytes, BOOK)
    }

    /// The same, within other limits.
    pub(in crate::import) fn open_within(bytes: &'a [u8], limits: Limits) -> Self {
        let mut archive = Self {
            names: Vec::new(),
            entries: HashMap::new(),
            left: Cell::new(limits.all),
            largest: limits.entry,
            cut: Cell::new(false),
        };
        if !archive.add_listed(bytes) {
            archive.cut.set(true);
            archive.add_scattered(bytes);
        }
        archive
    }

    /// Returns the names in the order of the archive.
    pub(in crate::import) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// True if there is an entry with this name.
    pub(in crate::import) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// True if the archive itself encrypts the entry.
    pub(in crate::import) fn is_encrypted(&self, name: &str) -> bool {
        self.entries
            .get(name)
            .is_some_and(|entry| entry.is_encrypted)
    }

    /// True if something was left out because it exceeded a limit or was damaged.
    pub(in crate::import) fn is_cut(&self) -> bool {
        self.cut.get()
    }

    /// Returns the content of an entry, up to the limits; of a damaged one, what can be unpacked.
    pub(in crate::import) fn read(&self, name: &str) -> Option<Vec<u8>> {
        Some(self.unpack(name)?.0)
    }

    /// The same, and whether that is the whole entry.
    pub(in crate::import) fn unpack(&self, name: &str) -> Option<(Vec<u8>, bool)> {
        let entry = self.entries.get(name)?;
        let limit = self.largest.min(self.left.get());
        let unpacked = match limit {
            0 => None,
            limit => entry.unpack(limit),
        };
        let Some((bytes, is_whole)) = unpacked else {
            self.cut.set(true);
            return None;
        };
        self.note(is_whole);
        self.left.set(self.left.get().saturating_sub(bytes.len()));
        Some((bytes, is_whole))
    }

    /// Returns the first bytes of an entry, which do not count against the limits.
    pub(in crate::import) fn head(&self, name: &str, most: usize) -> Option<Vec<u8>> {
        Some(self.entries.get(name)?.unpack(most)?.0)
    }

    fn note(&self, is_whole: bool) {
        if !is_whole {
            self.cut.set(true);
        }
    }

    /// Adds the entries listed in the archive's directory; returns whether there was one.
    fn add_listed(&mut self, bytes: &'a [u8]) -> bool {
        let Ok(archive) = ZipArchive::from_slice(bytes) else {
            return false;
        };
        let mut listed = archive.entries();
        for _ in 0..MOST_ENTRIES {
            let Ok(Some(entry)) = listed.next_entry() else {
                return !self.names.is_empty();
            };
            let Ok(local) = archive.get_entry(entry.wayfinder()) else {
                self.cut.set(true);
                continue;
            };
            // The slice is taken from `bytes` to outlive the archive that was opened on them.
            let (start, end) = local.compressed_data_range();
            let Some(packed) = bytes.get(start as usize..end as usize) else {
                continue;
            };
            let method = match entry.compression_method() {
                CompressionMethod::STORE => STORED,
                CompressionMethod::DEFLATE => DEFLATED,
                _ => u16::MAX,
            };
            let entry_of = Entry {
                packed,
                method,
                is_encrypted: entry.flags().is_encrypted(),
            };
            self.add(entry.file_path().as_bytes(), entry_of);
        }
        self.note(!matches!(listed.next_entry(), Ok(Some(_))));
        true
    }

    /// Adds the entries whose own headers are found.
    fn add_scattered(&mut self, bytes: &'a [u8]) {
        let mut from = 0;
        while let Some(at) = found(&bytes[from..], LOCAL_HEADER).map(|at| from + at)
            && self.names.len() < MOST_ENTRIES
        {
            from = at + LOCAL_HEADER.len();
            let number = |offset: usize| {
                let pair = bytes.get(at + offset..at + offset + 2);
                pair.map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
            };
            let name_end = at + LOCAL_LENGTH + usize::from(number(26));
            let start = name_end + usize::from(number(28));
            let (Some(name), Some(rest)) = (
                bytes.get(at + LOCAL_LENGTH..name_end),
                bytes.get(start..).filter(|rest| !rest.is_empty()),
            ) else {
                continue;
            };
            let size = usize::from(number(18)) | usize::from(number(20)) << 16;
            let length = match number(6) & SIZES_AFTER {
                0 => size.min(rest.len()),
                _ => found(rest, LOCAL_HEADER).unwrap_or(rest.len()),
            };
            let entry = Entry {
                packed: &rest[..length],
                method: number(8),
                is_encrypted: number(6) & ENCRYPTED != 0,
            };
            self.add(name, entry);
            from = start + length;
        }
    }

    fn add(&mut self, name: &[u8], entry: Entry<'a>) {
        if name.len() > LONGEST_NAME || name.ends_with(b"/") {
            return;
        }
        let name = String::from_utf8_lossy(name).replace('\\', "/");
        if self.entries.insert(name.clone(), entry).is_none() {
            self.names.push(name);
        }
    }
}

fn found(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
