//! The export formats of notes, as the menu, the page and the worker know them.

use serde::{Deserialize, Serialize};

/// An export format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A collection of the W3C Web Annotation Data Model, as JSON-LD.
    WebAnnotation,
}

impl Format {
    /// Every format, in the order of the menu.
    pub const ALL: [Self; 1] = [Self::WebAnnotation];

    /// The extension of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::WebAnnotation => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::WebAnnotation => "application/ld+json",
        }
    }
}
