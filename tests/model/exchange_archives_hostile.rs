//! Archives of files of notes that are damaged, or mean harm.

use postil::import::archive_of_notes::read;
use postil::model::exchange::{EntryFault, MOST_NOTES};
use postil::model::failure::Failure;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::exchange_archives::{HIGHLIGHTS, list, packed, said};
use super::exchange_tables::faults;
use super::strategies::laws;

#[test]
fn an_archive_that_is_cut_short_gives_what_it_has() {
    let list = list();
    let archive = packed(&[
        ("metadata_0_to_20.json", list.as_bytes()),
        ("highlights/tides-1.md", HIGHLIGHTS.as_bytes()),
        ("content/tides-1.html", &[b'x'; 100]),
    ]);
    let whole = read(&archive).expect("it holds notes");
    // The directory is missing.
    let content = b"content/";
    let at = archive
        .windows(content.len())
        .position(|part| part == content);
    let cut = read(&archive[..at.expect("it is there") + 20]).expect("it holds notes");
    assert_eq!(said(&cut), said(&whole));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![0; 60 * 1024 * 1024];
    let spaces = [
        b"{\"booknotes\":[]}".as_slice(),
        &vec![b' '; 60 * 1024 * 1024],
    ]
    .concat();
    let list = list();
    let bomb = packed(&[("a.json", &zeros), ("b.json", &spaces), ("c.json", &spaces)]);
    assert!(bomb.len() < 1024 * 1024);
    let arrivals = read(&bomb).expect("something was left out");
    assert_eq!(said(&arrivals), []);
    let garbled = |entry| (entry, EntryFault::Garbled);
    assert_eq!(faults(&arrivals), [garbled(1), garbled(2)]);
    let many = "> a\n\n".repeat(MOST_NOTES + 1);
    let bomb = packed(&[
        ("metadata_0_to_20.json", list.as_bytes()),
        ("highlights/tides-1.md", many.as_bytes()),
    ]);
    assert_eq!(read(&bomb), Err(Failure::TooManyNotes));
}

#[test]
fn no_more_than_a_thousand_entries_are_looked_at() {
    let names: Vec<String> = (0..1_001).map(|number| format!("{number}.txt")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"x"[..])).collect();
    let note = b"{\"booknotes\": [{\"id\": \"a\", \"text\": \"Tide\"}]}";
    files.push(("notes.json", note));
    assert_eq!(read(&packed(&files)), Err(Failure::Archive));
    files.swap(0, 1_001);
    let arrivals = read(&packed(&files)).expect("it holds notes");
    assert_eq!(said(&arrivals), [(Some("Tide"), "")]);
}

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn a_damaged_archive_does_no_harm(
        markdown: String,
        damages in vec((any::<Index>(), any::<u8>()), 0..8),
        cut: Index,
    ) {
        let list = list();
        let mut bytes = packed(&[
            ("metadata_0_to_20.json", list.as_bytes()),
            ("highlights/tides-1.md", markdown.as_bytes()),
            ("b/config.json", b"{\"booknotes\": []}"),
        ]);
        let _ = read(&bytes);
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes);
    }
}
