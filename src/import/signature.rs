//! Recognises files without text by their first bytes. Books in archives are recognised before.

/// Signatures of file types: bytes, their offset, and the type's name.
const SIGNATURES: [(&[u8], usize, &str); 23] = [
    (b"%PDF-", 0, "PDF"),
    (b"PK\x03\x04", 0, "ZIP"),
    (b"PK\x05\x06", 0, "ZIP"),
    (b"\x89PNG\r\n", 0, "PNG"),
    (b"\xff\xd8\xff", 0, "JPEG"),
    (b"GIF8", 0, "GIF"),
    (b"WEBP", 8, "WebP"),
    (b"AVI ", 8, "AVI"),
    (b"WAVE", 8, "WAVE"),
    (b"II*\0", 0, "TIFF"),
    (b"MM\0*", 0, "TIFF"),
    (b"ftyp", 4, "MP4"),
    (b"ID3", 0, "MP3"),
    (b"OggS", 0, "Ogg"),
    (b"fLaC", 0, "FLAC"),
    (b"\x1aE\xdf\xa3", 0, "Matroska"),
    (b"\x1f\x8b\x08", 0, "gzip"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7-Zip"),
    (b"Rar!", 0, "RAR"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "Word 97"),
    (b"{\\rtf", 0, "RTF"),
    (b"\x7fELF", 0, "program"),
    (b"BOOKMOBI", 60, "Mobipocket"),
];
/// Names of the parts of office files, near the beginning of the archive.
const OFFICES: [(&[u8], &str); 5] = [
    (b"word/", "Word"),
    (b"xl/", "Excel"),
    (b"ppt/", "PowerPoint"),
    (b"opendocument.text", "OpenDocument"),
    (b"opendocument", "OpenDocument"),
];
/// Number of bytes at the beginning that are examined.
const SAMPLE: usize = 4_096;
/// Minimum number of bytes of text for each control character.
const BYTES_PER_CONTROL: usize = 20;

/// Returns the type of a file that contains no text.
pub(super) fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let begins = |(signature, at, _): &&(&[u8], usize, &str)| {
        sample
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(signature))
    };
    let name = SIGNATURES.iter().find(begins).map(|(_, _, name)| *name);
    match name {
        Some("ZIP") => office(sample).or(name),
        Some(_) => name,
        None => has_controls(sample).then_some("binary"),
    }
}

fn office(sample: &[u8]) -> Option<&'static str> {
    let holds = |part: &[u8]| sample.windows(part.len()).any(|bytes| bytes == part);
    let office = OFFICES.iter().find(|(part, _)| holds(part));
    office.map(|(_, name)| *name)
}

/// True if there are more control characters than text has. The zeros of UTF-16 are not counted:
/// they are all at even or all at odd offsets.
fn has_controls(sample: &[u8]) -> bool {
    let zeros_at = |odd: usize| sample.iter().skip(odd).step_by(2).any(|byte| *byte == 0);
    let is_marked = sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff");
    if is_marked || zeros_at(0) != zeros_at(1) {
        return false;
    }
    let is_control = |byte: &&u8| **byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(*byte);
    sample.iter().filter(is_control).count() * BYTES_PER_CONTROL > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_how_they_begin() {
        assert_eq!(not_text(b"%PDF-1.7 x"), Some("PDF"));
        assert_eq!(not_text(b"PK\x03\x04....word/document.xml"), Some("Word"));
        assert_eq!(not_text(b"PK\x03\x04"), Some("ZIP"));
        assert_eq!(not_text(b"\0\x01\x02\0\0\x03\0\0\x04\x05"), Some("binary"));
    }

    #[test]
    fn texts_are_texts() {
        for text in ["", "words", "a\0b and more words, just one zero among them"] {
            assert_eq!(not_text(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(not_text(b"\xff\xfea\0b\0"), None);
        assert_eq!(not_text(b"a\0b\0c\0d\0"), None);
    }
}
