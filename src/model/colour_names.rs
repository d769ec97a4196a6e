//! The reader's own names of the colours.

use super::annotation::Colour;
use super::text::shortened;

/// What each colour means to the reader, as far as it has been given a name.
///
/// It is the text that is stored, a line for each colour in the order of [`Colour::ALL`]: a first
/// visit only looks names up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColourNames(String);

impl ColourNames {
    /// Longest name that can be given, in code points.
    pub const LONGEST: usize = 40;

    /// The name of a colour; `None` if the reader has given none.
    pub fn of(&self, colour: Colour) -> Option<&str> {
        let name = self.0.split('\n').nth(colour as usize);
        name.filter(|name| !name.is_empty())
    }

    /// Gives a colour a name, which becomes one line of at most [`ColourNames::LONGEST`] code points
    /// without white space at its ends; no words take it away.
    pub fn set(&mut self, colour: Colour, name: &str) {
        let plain = name.replace(char::is_control, " ");
        let words: Vec<&str> = plain.split_whitespace().collect();
        let name = words.join(" ");
        let name = match name.chars().count() {
            0..=Self::LONGEST => name,
            _ => shortened(&name, Self::LONGEST - 1),
        };
        let line = |other: Colour| match other == colour {
            true => &*name,
            false => self.of(other).unwrap_or_default(),
        };
        self.0 = Colour::ALL.map(line).join("\n");
    }

    /// Takes the names that others gave to colours which have none here. True if there are any.
    pub fn adopt(&mut self, others: &Self) -> bool {
        let mut adopted = false;
        for colour in Colour::ALL {
            if let (None, Some(name)) = (self.of(colour), others.of(colour)) {
                self.set(colour, name);
                adopted = true;
            }
        }
        adopted
    }

    /// The names as they are stored.
    pub fn to_text(&self) -> String {
        self.0.clone()
    }

    /// Reads what [`ColourNames::to_text`] wrote.
    pub fn from_text(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        let mut names = ColourNames::default();
        assert_eq!(ColourNames::from_text(String::new()), names);
        names.set(Colour::Yellow, "Claim");
        names.set(Colour::Grey, " to\n check \u{7} ");
        assert_eq!(names.of(Colour::Grey), Some("to check"));
        names.set(Colour::Red, "Zweifel");
        names.set(Colour::Red, " ");
        assert_eq!(names.of(Colour::Red), None);
        assert_eq!(ColourNames::from_text(names.to_text()), names);
    }

    #[test]
    fn a_long_name_is_cut() {
        let mut names = ColourNames::default();
        names.set(Colour::Blue, &"長".repeat(500));
        let name = names.of(Colour::Blue).unwrap_or_default();
        assert_eq!(name.chars().count(), ColourNames::LONGEST);
        assert_eq!(ColourNames::from_text(names.to_text()), names);
    }

    #[test]
    fn only_nameless_colours_take_names_of_others() {
        let (mut own, mut others) = (ColourNames::default(), ColourNames::default());
        own.set(Colour::Yellow, "Claim");
        others.set(Colour::Yellow, "Thesis");
        assert!(!own.adopt(&others));
        others.set(Colour::Red, "Doubt");
        assert!(own.adopt(&others));
        assert_eq!(own.of(Colour::Yellow), Some("Claim"));
        assert_eq!(own.of(Colour::Red), Some("Doubt"));
    }
}
