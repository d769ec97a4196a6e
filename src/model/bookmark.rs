//! A bookmark: when an article was last read, where, and how far it was ever read.

/// How far an article was read. Positions are bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// When it was last opened, in ISO 8601.
    pub opened: String,
    /// A position in the line that was read, at the top of the window.
    pub at: u32,
    /// The furthest position that was ever in the window.
    pub far: u32,
    /// The length of the text that the positions refer to; other versions may differ.
    pub length: u32,
}

impl Bookmark {
    /// Creates a bookmark at the beginning of a text of `length` bytes.
    pub fn new(opened: &str, length: u32) -> Self {
        Self {
            opened: opened.to_owned(),
            at: 0,
            far: 0,
            length,
        }
    }

    /// Reads the output of [`Bookmark::to_text`].
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let opened = parts.next()?.to_owned();
        let mut number = || parts.next()?.parse::<u32>().ok();
        let (at, far, length) = (number()?, number()?, number()?);
        Some(Self {
            opened,
            at: at.min(length),
            far: far.min(length),
            length,
        })
    }

    /// Writes the bookmark for storage.
    pub fn to_text(&self) -> String {
        let Self {
            opened,
            at,
            far,
            length,
        } = self;
        [
            opened,
            " ",
            &at.to_string(),
            " ",
            &far.to_string(),
            " ",
            &length.to_string(),
        ]
        .concat()
    }

    /// Scales the bookmark to a text of `length` bytes, if that differs from its own.
    #[must_use]
    pub fn within(mut self, length: u32) -> Self {
        if self.length != length {
            let there = |byte: u32| {
                let byte = u64::from(byte) * u64::from(length) / u64::from(self.length.max(1));
                u32::try_from(byte).unwrap_or(length)
            };
            (self.at, self.far) = (there(self.at), there(self.far));
            self.length = length;
        }
        self
    }

    /// Records the range of the text that is in the window now.
    pub fn see(&mut self, top: u32, bottom: u32) {
        self.at = top;
        self.far = self.far.max(bottom).min(self.length);
    }

    /// Returns how much of the text was ever in the window, in percent.
    pub fn percent(&self) -> u32 {
        let percent = u64::from(self.far) * 100 / u64::from(self.length.max(1));
        u32::try_from(percent).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bookmark(at: u32, far: u32, length: u32) -> Bookmark {
        Bookmark {
            at,
            far,
            ..Bookmark::new("2026-11-27T10:00:00Z", length)
        }
    }

    #[test]
    fn a_bookmark_is_read_back_and_a_damaged_one_is_none() {
        let there = bookmark(10, 40, 100);
        assert_eq!(Bookmark::parse(&there.to_text()), Some(there));
        for damaged in ["", "2026", "2026 1 2", "2026 1 x 3", "2026 -1 2 3"] {
            assert_eq!(Bookmark::parse(damaged), None, "{damaged}");
        }
        let beyond = Bookmark::parse("2026 900 4000000000 100");
        assert_eq!(
            beyond.map(|beyond| (beyond.at, beyond.far)),
            Some((100, 100))
        );
    }

    #[test]
    fn in_another_version_it_is_in_the_same_proportion() {
        assert_eq!(bookmark(10, 40, 100).within(200), bookmark(20, 80, 200));
        assert_eq!(bookmark(10, 40, 100).within(100), bookmark(10, 40, 100));
        assert_eq!(bookmark(0, 0, 0).within(50), bookmark(0, 0, 50));
        let long = u32::MAX;
        assert_eq!(bookmark(long, long, long).within(7), bookmark(7, 7, 7));
    }

    #[test]
    fn what_was_seen_stays_read() {
        let mut reading = bookmark(0, 0, 200);
        reading.see(100, 150);
        reading.see(0, 50);
        assert_eq!((reading.at, reading.percent()), (0, 75));
        reading.see(180, 900);
        assert_eq!(reading.percent(), 100);
    }
}
