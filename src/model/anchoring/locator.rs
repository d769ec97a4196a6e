//! Looks for passages in a text that may not be the one they were made on.

use super::{Anchor, Candidate, Confidence, places};
use crate::model::annotation::Target;
use crate::model::digest::Digest;

/// An older text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its digest: targets made on it carry it.
    pub digest: Digest,
    /// The text.
    pub text: String,
}

/// A text prepared for finding passages in it.
pub struct Locator<'a> {
    text: &'a str,
}

impl<'a> Locator<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// Prepares a text of which older versions are at hand, the oldest first.
    pub fn with_versions(text: &'a str, _versions: &[Version]) -> Self {
        Self::new(text)
    }

    /// Finds a stored passage.
    pub fn locate(&self, target: &Target) -> Anchor {
        let Some(quote) = &target.quote else {
            return Anchor::orphan();
        };
        let candidates: Vec<Candidate> = places(self.text, &quote.exact)
            .take(100)
            .map(|range| Candidate {
                range,
                confidence: Confidence::CERTAIN,
            })
            .collect();
        match candidates[..] {
            [] => Anchor::orphan(),
            [only] => Anchor::Moved(only),
            _ => Anchor::Ambiguous(candidates),
        }
    }
}
