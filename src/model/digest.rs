//! Names for texts: the digest of an article's words, and ids made from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::base64;

/// The first 96 bits of the SHA-256 of a text's UTF-8 bytes, in base64url: 16 characters.
///
/// This is the `sha-256-96` of RFC 6920, so `ni:///sha-256-96;…` is an IRI for the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

/// Bytes kept of a SHA-256: a multiple of three, so that base64 needs no padding.
const DIGEST_BYTES: usize = 12;
const NAMED_INFORMATION: &str = "ni:///sha-256-96;";

impl Digest {
    /// The digest of `text`.
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text.as_bytes());
        Self(base64::encode(&hash[..DIGEST_BYTES], base64::URL_SAFE))
    }

    /// The 16 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digest as an IRI (RFC 6920, <https://www.rfc-editor.org/rfc/rfc6920#section-3>).
    pub fn iri(&self) -> String {
        format!("{NAMED_INFORMATION}{}", self.0)
    }

    /// Reads an IRI written by [`Digest::iri`].
    pub fn from_iri(iri: &str) -> Option<Self> {
        Self::parse(iri.strip_prefix(NAMED_INFORMATION)?)
    }

    /// Reads the 16 characters.
    pub fn parse(name: &str) -> Option<Self> {
        let valid = name.len() == DIGEST_BYTES / 3 * 4
            && name.bytes().all(|byte| base64::URL_SAFE.contains(&byte));
        valid.then(|| Self(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_head_of_the_sha_256() {
        // SHA-256("abc") begins ba7816bf 8f01cfea 414140de (FIPS 180-4, example B.1).
        assert_eq!(Digest::of("abc").as_str(), "ungWv48Bz-pBQUDe");
    }

    #[test]
    fn an_iri_is_read_back() {
        let digest = Digest::of("Ein Text");
        assert_eq!(Digest::from_iri(&digest.iri()), Some(digest));
        assert_eq!(Digest::from_iri("ni:///sha-256-96;short"), None);
        assert_eq!(Digest::from_iri("https://example.org/"), None);
    }
}
