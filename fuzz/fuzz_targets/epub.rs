//! Books: archives of random files, whole and truncated, and raw bytes.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

use postil::import::Kind;

use postil_fuzz::archive;
use postil_testing::reading::{check_bytes, text};

#[derive(Arbitrary, Debug)]
struct Input {
    /// Added to the package document.
    package: Vec<u8>,
    chapters: Vec<(u8, Vec<u8>)>,
    contents: Vec<u8>,
    /// Positions and values of changed bytes in the archive.
    damages: Vec<(u16, u8)>,
    /// Number of bytes missing at its end.
    missing: u16,
    raw: Vec<u8>,
}

const NAMES: [&str; 6] = [
    "a.html",
    "b/a.xhtml",
    "b.html",
    "p.png",
    "META-INF/encryption.xml",
    "toc.ncx",
];
const PACKAGE: &str = "<package><metadata><dc:title>A</dc:title></metadata><manifest>\
    <item id=\"a\" href=\"a.html\"/><item id=\"b\" href=\"b/a.xhtml\"/><item id=\"c\" href=\"b.html\"/>\
    <item id=\"n\" href=\"nav.html\" properties=\"nav\"/><item id=\"p\" href=\"p.png\" media-type=\"image/png\"/>\
    </manifest><spine><itemref idref=\"b\"/><itemref idref=\"a\"/><itemref idref=\"c\"/></spine></package>";

fuzz_target!(|input: Input| {
    check_bytes(&[&b"PK\x03\x04"[..], &input.raw].concat(), Kind::Epub);
    let package = [PACKAGE.as_bytes(), text(&input.package).as_bytes()].concat();
    let mut files = vec![
        ("mimetype", b"application/epub+zip".to_vec()),
        ("x.opf", package),
        ("nav.html", text(&input.contents).into_bytes()),
    ];
    for (name, chapter) in &input.chapters {
        let name = NAMES[usize::from(*name) % NAMES.len()];
        files.push((name, text(chapter).into_bytes()));
    }
    let Some(mut bytes) = archive(&files) else {
        return;
    };
    check_bytes(&bytes, Kind::Epub);
    for (at, byte) in &input.damages {
        let at = usize::from(*at) % bytes.len();
        bytes[at] = *byte;
    }
    bytes.truncate(bytes.len() - usize::from(input.missing) % bytes.len());
    check_bytes(&bytes, Kind::Epub);
});
