//! Archives of notes, libraries and own pages: of random files, whole, damaged and truncated, and raw
//! bytes. None does harm, and what is read of an own page is an article by the rules.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

use postil::import::{Kind, archive_of_notes, library};
use postil::model::exchange::{file, library_file};

use postil_fuzz::archive;
use postil_testing::reading::{check, check_bytes, text};

#[derive(Arbitrary, Debug)]
struct Input {
    /// True if the archive is that of a library.
    is_library: bool,
    /// The names and contents of files.
    files: Vec<(u8, Vec<u8>)>,
    /// Positions and values of changed bytes in the archive.
    damages: Vec<(u16, u8)>,
    /// Number of bytes missing at its end.
    missing: u16,
    raw: Vec<u8>,
    /// The data of an own page.
    notes: Vec<u8>,
    article: Vec<u8>,
}

const NAMES: [&str; 6] = [
    "notes.json",
    "metadata_0_to_20.json",
    "highlights/a.md",
    "library.json",
    "b/config.json",
    "c.csv",
];
/// What begins the files of some names, so that random bytes are read as what they are named.
const BEGINNINGS: [&str; 6] = [
    "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"items\":[",
    "[{\"slug\":\"a\",\"url\":\"https://a.example/\"}]",
    "> ",
    "[{\"hash\":\"b\",\"title\":\"B\"}]",
    "{\"booknotes\":[",
    "Highlight,Title,",
];

fn read(bytes: &[u8]) {
    let _ = (
        file::is_archive_of_notes(bytes),
        library_file::is_library(bytes),
    );
    if let Ok(mut arrivals) = archive_of_notes::read(bytes) {
        arrivals.settle(None);
    }
    for article in library::read(bytes).unwrap_or_default().articles {
        check(&article);
    }
}

fuzz_target!(|input: Input| {
    read(&[&b"PK\x03\x04"[..], &input.raw].concat());
    // An own page, whose reader is behind that of all pages.
    let page = format!(
        "<!doctype html>\n<meta name=\"generator\" content=\"Postil\">\n\
         <script type=\"application/ld+json\" id=\"postil-notes\">{}</script>\n\
         <script type=\"application/json\" id=\"postil-article\">{}</script>\n",
        text(&input.notes),
        text(&input.article)
    );
    check_bytes(page.as_bytes(), Kind::Html);
    let mut files = Vec::new();
    if input.is_library {
        let settings = b"{\"postil\":\"library\",\"settings\":[]}".to_vec();
        files.push((library_file::SETTINGS, settings));
        files.push(("articles/a.html", page.into_bytes()));
    }
    for (which, bytes) in &input.files {
        let which = usize::from(*which) % NAMES.len();
        let content = [BEGINNINGS[which], &text(bytes)].concat();
        files.push((NAMES[which], content.into_bytes()));
    }
    let Some(mut bytes) = archive(&files) else {
        return;
    };
    read(&bytes);
    for (at, byte) in &input.damages {
        let at = usize::from(*at) % bytes.len();
        bytes[at] = *byte;
    }
    bytes.truncate(bytes.len() - usize::from(input.missing) % bytes.len());
    read(&bytes);
});
