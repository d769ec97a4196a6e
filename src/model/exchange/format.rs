//! The export formats of notes, as the menu, the page and the worker know them.

/// An export format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A collection of the W3C Web Annotation Data Model, as JSON-LD.
    WebAnnotation,
}

impl Format {
    /// Every format, in the order of the menu.
    pub const ALL: [Self; 1] = [Self::WebAnnotation];

    /// Its name in messages between the page and the worker.
    pub fn code(self) -> &'static str {
        match self {
            Self::WebAnnotation => "web-annotation",
        }
    }

    /// Returns the format with a [`Format::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

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

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_code_is_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::from_code(format.code()), Some(format));
        }
        assert_eq!(Format::from_code("none"), None);
    }
}
