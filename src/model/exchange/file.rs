//! Reads the text of a file of notes, whatever its encoding.

use thiserror::Error;

use super::readest;
use super::tables::heads;

/// Why a file has no text that could hold notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FileError {
    /// It is an archive.
    #[error("it is a ZIP archive; its files have to be unpacked first")]
    Archive,
}

/// The first bytes of an archive (APPNOTE, §4.3.7).
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// Where in an entry's header the length of its name stands, and the name itself (§4.3.7).
const NAME_LENGTH: usize = 26;
const NAME: usize = 30;
/// What begins the names of files that only books have.
const BOOKS: [&[u8]; 2] = [b"mimetype", b"META-INF/"];
/// The ends of the names of files in which programs write notes.
const ENDINGS: [&[u8]; 5] = [b".json", b".jsonld", b".annotation", b".ann", b".csv"];
/// Number of initial bytes that reveal UTF-16 without a mark: in JSON every other byte is 0.
const LOOKED_AT: usize = 64;

/// Returns the text of a file in UTF-8 or UTF-16, with or without a byte order mark (BOM). Removes
/// NULs around the text.
///
/// # Errors
/// If it is an archive, which has to be unpacked first.
pub fn text_of(bytes: &[u8]) -> Result<String, FileError> {
    if bytes.starts_with(ARCHIVE) {
        return Err(FileError::Archive);
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if has_nuls_at(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if has_nuls_at(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    Ok(text.trim_matches(['\u{feff}', '\0']).to_owned())
}

/// True if every second byte, from `parity`, is mostly 0 and the others are not.
fn has_nuls_at(bytes: &[u8], parity: usize) -> bool {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let nuls = |parity: usize| {
        let places = head.iter().skip(parity).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    head.len() > 1 && nuls(parity) * 4 > head.len() && nuls(1 - parity) * 8 < head.len()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// True if the beginning of a dropped file shows that it holds notes and is not an article: JSON
/// that mentions annotations, a table with the heads of one of notes, or a sheet of Readest's.
pub fn is_of_notes(head: &str) -> bool {
    if heads::are_of_notes(head) || readest::is_sheet(head) {
        return true;
    }
    let is_json = head.trim_start().starts_with(['{', '[']);
    let speaks = [
        "ns/anno",
        "\"Annotation",
        "\"TextQuoteSelector\"",
        "\"highlights\"",
        "\"booknotes\"",
        "\"postil\"",
        "\"export_userid\"",
        "\"acct:",
    ];
    is_json && speaks.iter().any(|words| head.contains(words))
}

/// True if the beginning of a dropped file shows that it is an archive with files of notes in it, and
/// no book: one of the first names in it is that of a file of data.
pub fn is_archive_of_notes(head: &[u8]) -> bool {
    let is_of_book = |name: &[u8]| BOOKS.iter().any(|begin| name.starts_with(begin));
    let is_of_notes = |name: &[u8]| {
        let name = name.to_ascii_lowercase();
        ENDINGS.iter().any(|ending| name.ends_with(ending))
    };
    head.starts_with(ARCHIVE)
        && !first_names(head).any(is_of_book)
        && first_names(head).any(is_of_notes)
}

/// The names in the headers that are found.
fn first_names(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let headers = head.windows(ARCHIVE.len()).enumerate();
    let headers = headers.filter(|(_, bytes)| *bytes == ARCHIVE);
    headers.filter_map(|(at, _)| {
        let length = head.get(at + NAME_LENGTH..at + NAME_LENGTH + 2)?;
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        head.get(at + NAME..at + NAME + length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "{\"a\": \"Ü🌊\"}";
    /// The same after a byte order mark.
    const UNITS: [u16; 13] = [
        0xFEFF, 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x20, 0x22, 0xDC, 0xD83C, 0xDF0A, 0x22, 0x7D,
    ];

    #[test]
    fn words_are_read_in_each_encoding_with_a_mark_and_without() {
        let bytes_of = |units: &[u16], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            units.iter().copied().flat_map(bytes).collect()
        };
        for bytes in [
            WORDS.as_bytes().to_vec(),
            format!("\u{feff}{WORDS}").into_bytes(),
            bytes_of(&UNITS, u16::to_le_bytes),
            bytes_of(&UNITS, u16::to_be_bytes),
            bytes_of(&UNITS[1..], u16::to_le_bytes),
            bytes_of(&UNITS[1..], u16::to_be_bytes),
        ] {
            assert_eq!(text_of(&bytes).as_deref(), Ok(WORDS), "{bytes:?}");
            let padded = [&bytes[..], &[0, 0, 0, 0]].concat();
            assert_eq!(text_of(&padded).as_deref(), Ok(WORDS), "with NULs");
        }
    }

    #[test]
    fn an_archive_is_told() {
        assert_eq!(text_of(b"PK\x03\x04\x14\0"), Err(FileError::Archive));
        for bytes in [&b""[..], b"{", b"\0", b"\xff\xfe", b"a\0"] {
            assert!(text_of(bytes).is_ok(), "{bytes:?}");
        }
    }

    #[test]
    fn notes_are_told_from_articles_by_their_words() {
        assert!(is_of_notes(
            " {\"@context\": \"http://www.w3.org/ns/anno.jsonld\"}"
        ));
        assert!(is_of_notes("[{\"type\": \"Annotation\"}]"));
        assert!(!is_of_notes(
            "{\"title\": \"On annotation\"}\n\n# An article"
        ));
        assert!(!is_of_notes("# \"Annotation\""));
        assert!(is_of_notes("\u{feff}id,article,quote,note\r\n"));
        assert!(!is_of_notes("name,price\r\nquote,note\r\n"));
    }
}
