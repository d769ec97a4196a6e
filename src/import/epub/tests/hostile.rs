//! Tests with books that are locked, damaged or too large, and with random bytes.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};

use super::super::archive::Archive;
use super::*;

#[test]
fn a_locked_book_is_said_so() {
    let with = |algorithm: &str, path: &str| {
        let said = format!(
            "<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{algorithm}\"/>\
             <enc:CipherData><enc:CipherReference URI=\"{path}\"/></enc:CipherData>\
             </enc:EncryptedData></encryption>"
        );
        let files = [
            ("META-INF/encryption.xml", said.as_bytes()),
            ("OEBPS/a.html", &b"<p>Words"[..]),
        ];
        file(&book(&package(&["a a.html"], &["a"]), &files)).map(|imported| walk(&imported.article))
    };
    let cipher = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(with(cipher, "OEBPS/a.html"), Err(ImportError::Locked));
    assert_eq!(with(cipher, "OEBPS/f.otf"), Ok("p*[Words]".to_owned()));
    let font = "http://www.idpf.org/2008/embedding";
    assert_eq!(with(font, "OEBPS/f"), Ok("p*[Words]".to_owned()));
}

#[test]
fn a_book_without_its_container_or_spine_is_read() {
    let opf = package(&["b b.html", "a a.html"], &[]);
    let chapters: [(&str, &[u8]); 2] = [("a.html", b"<p>A"), ("b.html", b"<p>B")];
    let mark = ("mimetype", &b"application/epub+zip"[..]);
    let mut files = vec![mark, ("x.opf", opf.as_bytes())];
    files.extend(chapters);
    assert_eq!(said(&zip(&files)), "p*[B] p*[A]");
    // An order that leads nowhere counts as none.
    let broken = package(&["c c.html"], &["c", "d"]);
    files[1].1 = broken.as_bytes();
    assert_eq!(said(&zip(&files)), "p*[A] p*[B]");
    files.remove(1);
    assert_eq!(said(&zip(&files)), "p*[A] p*[B]");
    assert_eq!(
        file(&zip(&[mark])).err(),
        Some(ImportError::Damaged("EPUB"))
    );
}

#[test]
fn archives_that_are_no_books_are_refused_by_name() {
    let archive = zip(&[("a.txt", b"words")]);
    assert_eq!(file(&archive).err(), Some(ImportError::Binary("ZIP")));
    let office = zip(&[("word/document.xml", b"<w/>")]);
    assert_eq!(file(&office).err(), Some(ImportError::Binary("Word")));
}

#[test]
fn a_book_that_broke_off_is_shown_as_far_as_it_goes() {
    let bytes = good();
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02");
    let imported = opened(&bytes[..directory.expect("it has one")]);
    assert!(imported.cut);
    assert!(imported.article.text().starts_with("First\nSee there"));
    // Only the mark of a book.
    assert_eq!(file(&bytes[..70]).err(), Some(ImportError::Damaged("EPUB")));
}

/// Makes a paragraph of one word and a gigabyte of spaces, deflated: a block that stands for a
/// megabyte, a thousand times.
fn bomb() -> Vec<u8> {
    let spaces = vec![b' '; 1024 * 1024];
    let mut compressor = CompressorOxide::default();
    let mut block = Vec::new();
    for _ in 0..2 {
        // The second block refers only to spaces before it, so it may stand anywhere.
        block.clear();
        compress_to_output(&mut compressor, &spaces, TDEFLFlush::Sync, |more| {
            block.extend_from_slice(more);
            true
        });
    }
    let mut start = b"<p>Words".to_vec();
    start.resize(40_000, b' ');
    // A stored block (RFC 1951, §3.2.4).
    let mut out = vec![0];
    out.extend_from_slice(&40_000_u16.to_le_bytes());
    out.extend_from_slice(&(!40_000_u16).to_le_bytes());
    out.extend_from_slice(&start);
    out.extend_from_slice(&block.repeat(1_024));
    out
}

#[test]
fn what_swells_is_read_up_to_the_limits() {
    let opf = package(&["a a.html", "b b.html"], &["b", "a"]);
    let bytes = zip_of_packed(&[
        ("mimetype", b"application/epub+zip".to_vec()),
        ("book.opf", compress_to_vec(opf.as_bytes(), 6)),
        ("a.html", bomb()),
        ("b.html", compress_to_vec(b"<h1>First</h1>", 6)),
    ]);
    assert!(bytes.len() < 4 * 1024 * 1024);
    let imported = opened(&bytes);
    assert_eq!(walk(&imported.article), "h1*[First] p*[Words]");
    assert!(imported.cut);
}

#[test]
fn all_entries_together_are_read_up_to_a_limit() {
    let bytes = zip_of_packed(&[
        ("mimetype", Vec::new()),
        ("a", bomb()),
        ("b", bomb()),
        ("c", bomb()),
        ("d", bomb()),
    ]);
    let archive = Archive::open(&bytes);
    let megabytes = |name: &str| archive.read(name).map(|bytes| bytes.len() >> 20);
    let read = ["a", "b", "c", "d"].map(megabytes);
    assert_eq!(read, [Some(20), Some(20), Some(10), None]);
    assert!(archive.is_cut());
}

#[test]
fn entries_beyond_a_limit_are_cut() {
    let names: Vec<String> = (0..10_100).map(|at| format!("{at}.html")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let bytes = zip(&files);
    let archive = Archive::open(&bytes);
    assert_eq!(archive.names().count(), 10_000);
    assert!(archive.is_cut());
}

#[cfg(not(target_arch = "wasm32"))]
mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn bytes_changed_at_random_never_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
            end in any::<prop::sample::Index>(),
        ) {
            let mut bytes = good();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            for bytes in [&bytes[..], &bytes[..end.index(bytes.len())]] {
                if let Ok(imported) = file(bytes) {
                    prop_assert!(!imported.article.text().is_empty());
                }
            }
        }

        #[test]
        fn markup_changed_at_random_never_panics(
            package in ".{0,200}",
            chapter in "(<|>|/|&|'|\"|=|a|p|svg|image|id|href|#x|--|!|\\[|\\]|ä| ){0,120}",
            contents in "(<nav>|<ol>|<a href='a.html#x'>|</a>|</ol>|A|<| ){0,60}",
        ) {
            let opf = super::super::package(&["a a.html", "n n.html properties=\"nav\""], &["a"]);
            let bytes = book(&(opf + &package), &[
                ("OEBPS/a.html", chapter.as_bytes()),
                ("OEBPS/n.html", contents.as_bytes()),
            ]);
            if let Ok(imported) = file(&bytes) {
                prop_assert!(!imported.article.text().is_empty());
            }
        }
    }
}
