//! Turns the pictures that come within a file into `data:` addresses, within a budget.

use std::collections::HashMap;
use std::rc::Rc;

use super::picture::picture_type;

/// Largest picture that is kept, in bytes: photographs in books are smaller, and the address is
/// stored with the article.
const LARGEST_PICTURE: usize = 2 * 1024 * 1024;
/// Maximum total length of the addresses of an article's pictures, in characters: half of what is
/// read of a page, so that as much remains for the words.
const MOST_CHARACTERS: usize = 10 * 1024 * 1024;
/// The digits of base64 (RFC 4648, §4, <https://www.rfc-editor.org/rfc/rfc4648#section-4>).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The pictures of one file. A picture that is shown often is encoded once and counted each time.
pub(super) struct Pictures {
    made: HashMap<String, Option<Rc<str>>>,
    left: usize,
    cut: bool,
}

impl Pictures {
    /// Creates an empty collection with the whole budget.
    pub(super) fn new() -> Self {
        Self {
            made: HashMap::new(),
            left: MOST_CHARACTERS,
            cut: false,
        }
    }

    /// True if a picture was left out because it, or the total, was too large.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Returns the address of the named picture. `read` returns its declared media type and its
    /// bytes, and is called when they are first needed.
    pub(super) fn address<'a>(
        &mut self,
        name: &str,
        read: impl FnOnce() -> Option<(String, std::borrow::Cow<'a, [u8]>)>,
    ) -> Option<Rc<str>> {
        let made = match self.made.get(name) {
            Some(made) => made.clone(),
            None => {
                let made = read().and_then(|(said, bytes)| self.made_of(&said, &bytes));
                self.made.insert(name.to_owned(), made.clone());
                made
            }
        }?;
        if made.len() > self.left {
            self.cut = true;
            return None;
        }
        self.left -= made.len();
        Some(made)
    }

    fn made_of(&mut self, said: &str, bytes: &[u8]) -> Option<Rc<str>> {
        let kind = picture_type(said, bytes)?;
        if bytes.len() > LARGEST_PICTURE {
            self.cut = true;
            return None;
        }
        Some(format!("data:{kind};base64,{}", base64(bytes)).into())
    }
}

/// Encodes bytes in base64.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let six = (bits >> (18 - 6 * digit)) & 0x3f;
            out.push(match digit <= group.len() {
                true => char::from(DIGITS[six as usize]),
                false => '=',
            });
        }
    }
    out
}

/// Decodes base64. Skips characters that are not digits, as RFC 2045, §6.8 requires
/// (<https://www.rfc-editor.org/rfc/rfc2045#section-6.8>).
pub(super) fn from_base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(digit)) & 0x00ff_ffff;
        count += 1;
        if count == 4 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        2 => out.push((bits >> 4) as u8),
        3 => out.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        _ => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn base64_comes_back() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob\xff", "Zm9vYv8="),
        ] {
            assert_eq!(base64(bytes), text);
            assert_eq!(from_base64(text.as_bytes()), bytes);
        }
        assert_eq!(from_base64(b"Zm\r\n9v!Y"), b"foo");
    }

    #[test]
    fn a_picture_is_made_once_and_counted_each_time() {
        let mut pictures = Pictures::new();
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.resize(LARGEST_PICTURE, 0);
        let mut reads = 0;
        let mut shown = 0;
        for _ in 0..9 {
            let address = pictures.address("a", || {
                reads += 1;
                Some(("image/png".to_owned(), Cow::Borrowed(&bytes[..])))
            });
            shown += usize::from(address.is_some());
        }
        assert_eq!((reads, shown, pictures.is_cut()), (1, 3, true));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_left_out() {
        let mut pictures = Pictures::new();
        let page = || Some(("image/png".to_owned(), Cow::Borrowed(&b"<html>"[..])));
        assert_eq!(pictures.address("page", page), None);
        assert!(!pictures.is_cut());
        let mut large = b"GIF89a".to_vec();
        large.resize(LARGEST_PICTURE + 1, 0);
        let large = || Some(("image/gif".to_owned(), Cow::Owned(large)));
        assert_eq!(pictures.address("large", large), None);
        assert!(pictures.is_cut());
    }
}
