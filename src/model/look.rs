//! How an article looks to its reader: theme, typeface, size, and the width and height of its lines.
//!
//! Stored as one text, `face=literata&size=115`, which `static/theme.js` applies before the first
//! frame: each part is an attribute `data-…` of the root element, and each measure the custom
//! property `--…` too.

/// The colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Brown ink on yellowed paper.
    Sepia,
    /// Light ink on dark paper.
    Dark,
    /// Dimmed ink on black, for screens that then give no light.
    Black,
    /// Light or dark, as the system has it.
    #[default]
    System,
}

impl Theme {
    /// All themes, as the reader sees them.
    pub const ALL: [Self; 5] = [
        Self::Light,
        Self::Sepia,
        Self::Dark,
        Self::Black,
        Self::System,
    ];

    /// Its name in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
            Self::Black => "black",
            Self::System => "system",
        }
    }

    /// Returns the theme with a name; the system's if there is none.
    pub fn from_name(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|theme| theme.name() == name).unwrap_or_default()
    }
}

/// The typeface of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Face {
    /// A serif of the system.
    #[default]
    Serif,
    /// The sans of the system.
    Sans,
    /// Literata, for long reading.
    Literata,
    /// Atkinson Hyperlegible Next, for low vision.
    Atkinson,
    /// OpenDyslexic, for dyslexia.
    Dyslexic,
}

impl Face {
    /// All typefaces, as the reader sees them.
    pub const ALL: [Self; 5] = [
        Self::Serif,
        Self::Sans,
        Self::Literata,
        Self::Atkinson,
        Self::Dyslexic,
    ];

    /// Its name in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serif => "serif",
            Self::Sans => "sans",
            Self::Literata => "literata",
            Self::Atkinson => "atkinson",
            Self::Dyslexic => "dyslexic",
        }
    }

    /// Returns the typeface with a name; the serif if there is none.
    pub fn from_name(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|face| face.name() == name).unwrap_or_default()
    }
}

/// Something about the article's lines that has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The size of the letters, in percent of the usual one.
    Size,
    /// The width of the lines, in tenths of the letters' size (`em`). A letter is, on average, about
    /// half as wide as it is high.
    Width,
    /// The height of the lines, in percent of the letters' size.
    Height,
}

impl Measure {
    /// All measures, as the reader sees them.
    pub const ALL: [Self; 3] = [Self::Size, Self::Width, Self::Height];

    /// Its name in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Width => "width",
            Self::Height => "height",
        }
    }

    /// The least, the greatest and the usual value, and the step between two.
    pub fn range(self) -> (u16, u16, u16, u16) {
        match self {
            Self::Size => (70, 250, 100, 5),
            // From some 45 to some 95 letters in a line.
            Self::Width => (220, 460, 320, 10),
            Self::Height => (120, 240, 162, 6),
        }
    }
}

/// How an article looks to its reader. The default is what the style sheet says without it.
///
/// Invariant: every measure is within its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The typeface.
    pub face: Face,
    /// True if lines are filled to both edges, and words hyphenated.
    pub justified: bool,
    /// True if the contrast is greater than usual.
    pub strong: bool,
    /// True if colours have patterns too, for readers who cannot tell them apart.
    pub patterns: bool,
    /// In the order of [`Measure::ALL`].
    measures: [u16; 3],
}

impl Default for Look {
    fn default() -> Self {
        Self {
            face: Face::default(),
            justified: false,
            strong: false,
            patterns: false,
            measures: Measure::ALL.map(|measure| measure.range().2),
        }
    }
}

impl Look {
    /// The value of a measure.
    pub fn measure(&self, measure: Measure) -> u16 {
        self.measures[measure as usize]
    }

    /// Sets a measure, to the nearest value within its range.
    pub fn set_measure(&mut self, measure: Measure, value: u16) {
        let (least, most, ..) = measure.range();
        self.measures[measure as usize] = value.clamp(least, most);
    }

    /// Writes what differs from the default, as it is stored.
    pub fn to_text(&self) -> String {
        let usual = Self::default();
        let mut parts = Vec::new();
        if self.face != usual.face {
            parts.push(format!("face={}", self.face.name()));
        }
        for measure in Measure::ALL {
            if self.measure(measure) != usual.measure(measure) {
                parts.push(format!("{}={}", measure.name(), self.measure(measure)));
            }
        }
        let switches = [
            ("justified", self.justified),
            ("strong", self.strong),
            ("patterns", self.patterns),
        ];
        for (name, on) in switches {
            if on {
                parts.push(format!("{name}=on"));
            }
        }
        parts.join("&")
    }

    /// Reads what [`Look::to_text`] wrote. What cannot be understood stays as usual.
    pub fn from_text(text: &str) -> Self {
        let mut look = Self::default();
        for (name, value) in text.split('&').filter_map(|part| part.split_once('=')) {
            let mut measures = Measure::ALL.into_iter();
            match (name, measures.find(|measure| measure.name() == name)) {
                ("face", _) => look.face = Face::from_name(value),
                ("justified", _) => look.justified = value == "on",
                ("strong", _) => look.strong = value == "on",
                ("patterns", _) => look.patterns = value == "on",
                (_, Some(measure)) => {
                    if let Ok(value) = value.parse() {
                        look.set_measure(measure, value);
                    }
                }
                _ => {}
            }
        }
        look
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read_as_it_was_written() {
        assert_eq!(Look::default().to_text(), "");
        for face in Face::ALL {
            for measure in Measure::ALL {
                let (least, most, usual, step) = measure.range();
                assert!((usual - least) % step == 0 && (most - least) % step == 0);
                for value in (least..=most).step_by(step.into()) {
                    let mut look = Look {
                        face,
                        justified: value % 2 == 0,
                        strong: value % 3 == 0,
                        patterns: value % 5 == 0,
                        ..Look::default()
                    };
                    look.set_measure(measure, value);
                    assert_eq!(look.measure(measure), value);
                    assert_eq!(Look::from_text(&look.to_text()), look);
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_understood_stays_as_usual() {
        for text in [
            "", "&", "face", "face=", "size=", "size=-1", "size=1e9", "x=y",
        ] {
            assert_eq!(Look::from_text(text), Look::default(), "{text}");
        }
        assert_eq!(Look::from_text("size=9999").measure(Measure::Size), 250);
        let known = Look::from_text("later=7&face=sans&size=none");
        assert_eq!(known.face, Face::Sans);
    }

    #[test]
    fn themes_and_faces_are_known_by_their_names() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.name()), theme);
        }
        for face in Face::ALL {
            assert_eq!(Face::from_name(face.name()), face);
        }
        assert_eq!(Theme::from_name("neon"), Theme::System);
    }
}
