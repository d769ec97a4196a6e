//! Recognises a locked book: one with encrypted files other than fonts, which need not be read
//! (<https://www.w3.org/TR/epub-33/#sec-container-metainf-encryption.xml>).

use super::archive::Archive;
use super::markup::{Token, Tokens, is_named};
use super::package::Item;
use super::text_of;

/// The file in which an archive lists what is encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// Algorithms that obfuscate fonts, which is not a lock.
const OF_FONTS: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];
/// File name endings of fonts.
const FONTS: [&str; 5] = [".ttf", ".otf", ".woff", ".woff2", ".ttc"];

/// True if anything but fonts is encrypted.
pub(super) fn is_locked(archive: &Archive<'_>, chapters: &[&Item]) -> bool {
    chapters.iter().any(|item| archive.is_encrypted(&item.path))
        || text_of(archive, ENCRYPTION).is_some_and(|said| names_more_than_fonts(&said))
}

fn names_more_than_fonts(encryption: &str) -> bool {
    let mut by = String::new();
    for token in Tokens::of(encryption) {
        let Token::Start {
            name, attributes, ..
        } = token
        else {
            continue;
        };
        if is_named(name, "EncryptedData") {
            by.clear();
        } else if is_named(name, "EncryptionMethod") && by.is_empty() {
            // The first one is the file's; that of its key may follow.
            by = attributes.get("Algorithm").unwrap_or_default().into_owned();
        } else if is_named(name, "CipherReference") {
            let path = attributes
                .get("URI")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let is_font = FONTS.iter().any(|ending| path.ends_with(ending));
            if !is_font && !OF_FONTS.contains(&by.as_str()) {
                return true;
            }
        }
    }
    false
}
