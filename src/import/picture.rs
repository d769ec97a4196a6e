//! Recognises bytes that are a picture that an `img` element may show.

/// Signatures of pictures: bytes, their offset, and the media type.
const SIGNATURES: [(&[u8], usize, &str); 7] = [
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypavif", 4, "image/avif"),
    (b"ftypavis", 4, "image/avif"),
];
/// Number of bytes at the beginning in which a drawing opens: comments may come first.
const SAMPLE: usize = 4_096;

/// The media type of a drawing. It is text, and as a page of its own it could run scripts.
pub const DRAWING: &str = "image/svg+xml";

/// Returns the media type of bytes declared to be a picture. The declared type counts only for
/// drawings; a page that is declared to be a picture is not one.
pub fn picture_type(content_type: &str, bytes: &[u8]) -> Option<&'static str> {
    let said = content_type.split(';').next().unwrap_or_default().trim();
    let said = said.to_ascii_lowercase();
    if !said.starts_with("image/") {
        return None;
    }
    let begins = |(signature, at, _): &&(&[u8], usize, &str)| {
        bytes
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(signature))
    };
    match SIGNATURES.iter().find(begins) {
        Some((_, _, kind)) => Some(kind),
        None => (said == DRAWING && is_drawing(bytes)).then_some(DRAWING),
    }
}

fn is_drawing(bytes: &[u8]) -> bool {
    let sample = String::from_utf8_lossy(&bytes[..bytes.len().min(SAMPLE)]);
    let start = sample.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<') && sample.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_how_they_begin() {
        let png = b"\x89PNG\r\n\x1a\nrest";
        assert_eq!(picture_type("image/png", png), Some("image/png"));
        assert_eq!(picture_type("Image/JPEG; q=1", png), Some("image/png"));
        assert_eq!(
            picture_type("image/webp", b"RIFF\0\0\0\0WEBPVP8 "),
            Some("image/webp")
        );
        assert_eq!(
            picture_type("image/avif", b"\0\0\0\x1cftypavif"),
            Some("image/avif")
        );
        assert_eq!(
            picture_type("image/jpeg", b"\xff\xd8\xff\xe0"),
            Some("image/jpeg")
        );
        assert_eq!(picture_type("image/gif", b"GIF89a"), Some("image/gif"));
    }

    #[test]
    fn a_drawing_has_to_be_called_one() {
        let svg = b"<?xml version='1.0'?><!-- a --><svg xmlns='x'/>";
        assert_eq!(picture_type("image/svg+xml", svg), Some(DRAWING));
        assert_eq!(picture_type("image/png", svg), None);
        assert_eq!(picture_type("text/html", svg), None);
    }

    #[test]
    fn what_is_no_picture_is_none_whatever_it_is_called() {
        for bytes in [&b"<!doctype html><script>"[..], b"", b"GIF", b"\xff\xd8"] {
            assert_eq!(picture_type("image/png", bytes), None);
            assert_eq!(picture_type("image/svg+xml", bytes), None);
        }
        assert_eq!(picture_type("", b"GIF89a"), None);
        assert_eq!(picture_type("application/octet-stream", b"GIF89a"), None);
    }
}
