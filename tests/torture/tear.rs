//! Tears the end of a database's log, as a kill between two writes does.
//!
//! Chromium keeps IndexedDB in LevelDB, whose log consists of blocks of records: four bytes of
//! checksum, two of length, one of type, then the data. A kill can leave a header without data; the
//! next start appends to it, and the one after that drops what follows, or the whole database
//! (<https://github.com/google/leveldb/issues/1287>). That is rare, so the test provokes it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use postil_testing::seed::Seed;

/// Sizes of a block and of a record's header, in bytes (`db/log_format.h` of LevelDB).
const BLOCK: u64 = 32_768;
const HEAD: u64 = 7;

/// The folders of the profile's two databases: the site's own and the second copy.
pub fn databases(profile: &Path) -> [Option<PathBuf>; 2] {
    let default = profile.join("Default");
    let own =
        children(&default.join("IndexedDB")).find(|folder| named(folder, ".indexeddb.leveldb"));
    let copy = children(&default.join("WebStorage"))
        .map(|bucket| bucket.join("IndexedDB/indexeddb.leveldb"))
        .find(|folder| folder.is_dir());
    [own, copy]
}

/// Length of a database's log, in bytes.
pub fn length(database: &Path) -> u64 {
    log_of(database)
        .and_then(|log| fs::metadata(log).ok())
        .map_or(0, |data| data.len())
}

/// Appends a record's header without its data to a database's log.
pub fn tear(database: &Path, random: &mut Seed) {
    let log = log_of(database).expect("a database that is in use has a log");
    let at = length(database) % BLOCK;
    let left = BLOCK - at;
    if left <= HEAD {
        // No record begins here: the next start will continue in a new block.
        return;
    }
    // The claimed length is either short enough for the next records to reach beyond, or the rest.
    let room = left - HEAD;
    let words = match random.percent(50) {
        true => room.min(100),
        false => room,
    };
    let mut head = vec![0xa5, 0x5a, 0xc3, 0x3c];
    head.extend((words as u16).to_le_bytes());
    head.push(1);
    let mut file = OpenOptions::new().append(true).open(log).expect("the log");
    file.write_all(&head).expect("the log takes it");
}

fn log_of(database: &Path) -> Option<PathBuf> {
    children(database).filter(|file| named(file, ".log")).max()
}

fn named(path: &Path, end: &str) -> bool {
    path.to_string_lossy().ends_with(end)
}

fn children(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}
