//! What a row says of a note: its words without their markup, and its quote in its surroundings.

use crate::model::annotation::Annotation;
use crate::model::links::without_addresses;
use crate::model::text::shortened;

/// Most code points of the text before or after a quote: some words, so that the quote is seen.
const MOST_AROUND: usize = 48;
/// Most code points of a quote; what follows would not be seen.
const MOST_QUOTED: usize = 280;

/// A quote with the words around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surrounded {
    /// The last words before it.
    pub before: String,
    /// The quote, or its beginning.
    pub quote: String,
    /// The first words after it.
    pub after: String,
}

impl Surrounded {
    /// The quote of a note as it was made; `None` for a note on the article as a whole.
    pub fn of(note: &Annotation) -> Option<Self> {
        let quote = note.target.quote.as_ref()?;
        let letters = quote.prefix.chars().count();
        let cut = quote
            .prefix
            .char_indices()
            .nth(letters.saturating_sub(MOST_AROUND));
        let before = &quote.prefix[cut.map_or(0, |(byte, _)| byte)..];
        Some(Self {
            before: before.to_owned(),
            quote: shortened(&quote.exact, MOST_QUOTED),
            after: quote.suffix.chars().take(MOST_AROUND).collect(),
        })
    }
}

/// The words of a note in one line without the usual marks of Markdown, at most so many code points.
/// This only shows what a note is about; the note itself is read by the parser.
pub fn plain(markdown: &str, most: usize) -> String {
    let bare = without_addresses(markdown);
    let mut words: Vec<&str> = Vec::new();
    for line in bare.lines() {
        let marks = |c: char| "#>-+*".contains(c);
        let bare = line.trim_start();
        let is_marked = bare.trim_start_matches(marks).starts_with(' ');
        let bare = match is_marked {
            true => bare.trim_start_matches(marks),
            false => bare,
        };
        words.extend(bare.split_whitespace());
        // What follows is not seen.
        if words.len() > most {
            break;
        }
    }
    let line = words.join(" ");
    shortened(&line.replace("**", "").replace('`', ""), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_told_in_one_line_without_its_marks() {
        assert_eq!(
            plain("# Of *Tides*\n\n- **two** a day\n> `so`", 80),
            "Of *Tides* two a day so"
        );
        assert_eq!(plain("*Emphasis* begins", 80), "*Emphasis* begins");
        assert_eq!(plain("-5 degrees", 80), "-5 degrees");
        assert_eq!(plain("one two three", 7), "one two…");
        assert_eq!(plain(" \n", 7), "");
        let link = "see [the *sea*](urn:uuid:00000000-0000-4000-8000-000000000001).";
        assert_eq!(plain(link, 80), "see the *sea*.");
    }
}
