//! Turns the pictures that come within a file into `data:` addresses, within a budget.

use std::collections::HashMap;
use std::rc::Rc;

use super::picture::picture_type;
use crate::model::base64;

/// Largest picture that is kept, in bytes: photographs in books are smaller, and the address is
/// stored with the article.
const LARGEST_PICTURE: usize = 2 * 1024 * 1024;
/// Maximum total length of the addresses of an article's pictures, in characters: half of what is
/// read of a page, so that as much remains for the words.
const MOST_CHARACTERS: usize = 10 * 1024 * 1024;

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
        Some(
            format!(
                "data:{kind};base64,{}",
                base64::encode(bytes, base64::STANDARD)
            )
            .into(),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

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
