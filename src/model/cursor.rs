//! The reading cursor: the sentence at which a reader is, and where a step leads from there.

use std::rc::Rc;

use super::article::{Article, Piece};
use super::text::{TextRange, trim};

/// A sentence of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The index of the leaf that it is in.
    pub leaf: usize,
    /// Its words.
    pub range: TextRange,
}

/// Where a reader is: at a sentence, or at several if the cursor was extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The sentence from which it was extended.
    pub from: Stop,
    /// The sentence at which it is.
    pub at: Stop,
}

impl Cursor {
    /// The cursor at one sentence.
    pub fn at(stop: Stop) -> Self {
        Self {
            from: stop,
            at: stop,
        }
    }

    /// The range of all its sentences.
    pub fn range(&self) -> TextRange {
        let (from, at) = (self.from.range, self.at.range);
        TextRange::new(from.start().min(at.start()), from.end().max(at.end()))
    }
}

/// How far a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// To a sentence.
    Sentence,
    /// To the first sentence of a paragraph or any other leaf.
    Paragraph,
    /// To a heading.
    Heading,
}

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How far it leads.
    pub unit: Unit,
    /// True if it leads towards the article's end.
    pub forward: bool,
    /// True if the cursor takes in what it comes over.
    pub extends: bool,
}

/// Returns the sentences of a leaf by its number. Invariant: at least one, in order, none empty.
pub type Sentences<'a> = &'a mut dyn FnMut(usize) -> Rc<[TextRange]>;

/// Abbreviations before names and numbers: the rules of UAX #29 end a sentence after them.
const ABBREVIATIONS: [&str; 18] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Nos", "Fig", "vs", "cf", "Hr", "Fr", "Nr", "Abb",
    "Bd", "Mme", "M",
];

/// Abbreviations before numbers, which may end a sentence before anything else.
const COUNTED: [&str; 20] = [
    "Sect", "sect", "Sec", "sec", "Ch", "ch", "Art", "art", "Vol", "vol", "Eq", "eq", "Tab", "Abs",
    "Kap", "S", "p", "pp", "No", "no",
];

/// Divides a leaf of a text into its sentences. `ends` returns the offsets in bytes at which the
/// sentences of a text end, in order (UAX #29, <https://www.unicode.org/reports/tr29/#Sentence_Boundaries>).
pub fn sentences(
    text: &str,
    leaf: TextRange,
    ends: impl FnOnce(&str) -> Vec<usize>,
) -> Vec<TextRange> {
    let words = leaf.slice(text).unwrap_or_default();
    let mut found: Vec<TextRange> = Vec::new();
    let mut start = 0;
    let ends = ends(words);
    let last = ends.len().saturating_sub(1);
    for (number, end) in ends.into_iter().enumerate() {
        let Some(sentence) = words.get(start..end) else {
            continue;
        };
        if number < last && goes_on(sentence, &words[end..]) {
            continue;
        }
        let has_words = sentence.contains(char::is_alphanumeric);
        let range = TextRange::from_usize(start, end);
        let range = TextRange::new(leaf.start() + range.start(), leaf.start() + range.end());
        let range = trim(text, range);
        start = end;
        match found.last_mut() {
            // A footnote mark or a closing quotation mark is no sentence.
            Some(before) if !has_words && !range.is_empty() && !sentence.contains('\n') => {
                *before = TextRange::new(before.start(), range.end());
            }
            _ if range.is_empty() => {}
            _ => found.push(range),
        }
    }
    if found.is_empty() {
        found.push(leaf);
    }
    found
}

/// True if what looks like a sentence ends with an abbreviation or an initial, or is the number of
/// what follows.
fn goes_on(sentence: &str, next: &str) -> bool {
    let Some(sentence) = sentence.trim_end_matches(' ').strip_suffix('.') else {
        return false;
    };
    let is_part = |c: char| c.is_alphanumeric() || c == '.';
    let last = sentence
        .rsplit(|c: char| !is_part(c))
        .next()
        .unwrap_or_default();
    let mut letters = last.chars();
    let is_initial = match (letters.next_back(), letters.next_back()) {
        // "I" ends many an English sentence.
        (Some(letter), None | Some('.')) => letter.is_uppercase() && letter != 'I',
        _ => false,
    };
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let counts = sentence.trim_start().chars().all(is_number);
    let is_counted = next.starts_with(|c: char| c.is_ascii_digit());
    is_initial || counts || ABBREVIATIONS.contains(&last) || (is_counted && COUNTED.contains(&last))
}

/// Returns the level of a leaf that is a heading, from 1.
pub fn heading_level(article: &Article, leaf: usize) -> Option<u8> {
    let leaf = article.leaves().get(leaf)?;
    match &article.pieces()[leaf.pieces.start] {
        Piece::Open { tag, .. } => tag.heading_level(),
        _ => None,
    }
}

/// Returns the cursor after a step; `None` if nothing is there.
pub fn step(
    article: &Article,
    cursor: &Cursor,
    step: Step,
    sentences: Sentences,
) -> Option<Cursor> {
    let Stop { leaf, range } = cursor.at;
    let count = article.leaves().len();
    let beside = match step.forward {
        true => Some(leaf + 1).filter(|&next| next < count),
        false => leaf.checked_sub(1),
    };
    let of = sentences(leaf);
    let is_first = of
        .first()
        .is_none_or(|first| range.start() <= first.start());
    let is_last = of.last().is_none_or(|last| range.end() >= last.end());
    let at = match step.unit {
        Unit::Sentence => {
            let near = match step.forward {
                true => of.iter().find(|other| other.start() >= range.end()),
                false => of.iter().rfind(|other| other.end() <= range.start()),
            };
            match near {
                Some(&range) => Stop { leaf, range },
                None => end_of(beside?, !step.forward, sentences)?,
            }
        }
        // Extended forwards, it takes in the rest of the paragraph.
        Unit::Paragraph if step.extends && step.forward && !is_last => {
            end_of(leaf, true, sentences)?
        }
        Unit::Paragraph if step.extends && step.forward => end_of(beside?, true, sentences)?,
        Unit::Paragraph if !step.forward && !is_first => end_of(leaf, false, sentences)?,
        Unit::Paragraph => end_of(beside?, false, sentences)?,
        Unit::Heading => {
            let is_heading = |leaf: &usize| heading_level(article, *leaf).is_some();
            let heading = match step.forward {
                true => (leaf + 1..count).find(is_heading),
                false => (0..leaf).rfind(is_heading),
            };
            end_of(heading?, false, sentences)?
        }
    };
    let from = if step.extends { cursor.from } else { at };
    Some(Cursor { from, at })
}

/// The last sentence of a leaf, or the first.
fn end_of(leaf: usize, last: bool, sentences: Sentences) -> Option<Stop> {
    let of = sentences(leaf);
    let range = if last { of.last() } else { of.first() };
    Some(Stop {
        leaf,
        range: *range?,
    })
}

/// Returns the sentence of a leaf that holds a byte of the text, or else the next or the last one.
pub fn stop_at(leaf: usize, byte: u32, sentences: Sentences) -> Option<Stop> {
    let of = sentences(leaf);
    let found = of.iter().find(|sentence| byte < sentence.end());
    Some(Stop {
        leaf,
        range: *found.or(of.last())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::builder::ArticleBuilder;
    use crate::model::article::{Attributes, Description, Source, Tag};

    /// Ends a sentence after every full stop and the space that follows, as UAX #29 would here.
    fn ends(words: &str) -> Vec<usize> {
        let mut ends: Vec<usize> = words.match_indices(". ").map(|(at, _)| at + 2).collect();
        ends.push(words.len());
        ends
    }

    fn article(blocks: &[(Tag, &str)]) -> Article {
        let mut builder = ArticleBuilder::new();
        for (tag, words) in blocks {
            builder.open(*tag, Attributes::none());
            builder.text(words);
            builder.close();
        }
        let description = Description::new(Source::Pasted, "");
        builder.finish(description).expect("it is well formed")
    }

    fn of_leaf(article: &Article) -> impl FnMut(usize) -> Rc<[TextRange]> + '_ {
        |leaf| sentences(article.text(), article.leaves()[leaf].text, ends).into()
    }

    fn divided(words: &str, ends: impl FnOnce(&str) -> Vec<usize>) -> Vec<&str> {
        let leaf = TextRange::from_usize(0, words.len());
        let ranges = sentences(words, leaf, ends);
        ranges
            .into_iter()
            .filter_map(|range| range.slice(words))
            .collect()
    }

    #[test]
    fn a_leaf_is_divided_into_sentences_without_the_space_between() {
        assert_eq!(divided("One. Two.  Three", ends), ["One.", "Two.", "Three"]);
        assert_eq!(divided("none here", ends), ["none here"]);
        assert_eq!(divided("", |_| Vec::new()), [""]);
        assert_eq!(divided("  ", |_| vec![2]), ["  "]);
    }

    #[test]
    fn initials_titles_and_marks_end_no_sentence() {
        assert_eq!(
            divided("By J. R. R. Tolkien. It is long.", ends),
            ["By J. R. R. Tolkien.", "It is long."]
        );
        assert_eq!(
            divided("See Dr. Smith. So do I. He left.", ends),
            ["See Dr. Smith.", "So do I.", "He left."]
        );
        let marked = "He left. [*] She did.";
        assert_eq!(
            divided(marked, |_| vec![9, 13, 21]),
            ["He left. [*]", "She did."]
        );
        // Nothing is lost at the end.
        assert_eq!(divided("Ask Dr.", ends), ["Ask Dr."]);
    }

    /// The words of the cursor after each step from the first sentence (its unit, whether it leads
    /// forward, whether it extends); `None` where nothing is.
    fn walk(article: &Article, steps: &[(Unit, bool, bool)]) -> Vec<Option<String>> {
        let mut of = of_leaf(article);
        let mut cursor = Cursor::at(stop_at(0, 0, &mut of).expect("there is a leaf"));
        let mut words = Vec::new();
        for &(unit, forward, extends) in steps {
            let next = step(
                article,
                &cursor,
                Step {
                    unit,
                    forward,
                    extends,
                },
                &mut of,
            );
            cursor = next.unwrap_or(cursor);
            let read = cursor.range().slice(article.text()).map(str::to_owned);
            words.push(next.and(read));
        }
        words
    }

    fn words<const N: usize>(words: [&str; N]) -> Vec<Option<String>> {
        let said = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        words.into_iter().map(said).collect()
    }

    const TEXT: [(Tag, &str); 4] = [
        (Tag::H2, "Title"),
        (Tag::P, "One. Two. Three."),
        (Tag::H3, "Part"),
        (Tag::P, "Four. Five."),
    ];

    #[test]
    fn numbers_of_what_follows_end_no_sentence() {
        assert_eq!(divided("1. Introduction", ends), ["1. Introduction"]);
        assert_eq!(
            divided("2.1. A table. Two.", ends),
            ["2.1. A table.", "Two."]
        );
        assert_eq!(
            divided("See Sect. 3.2. It is short.", ends),
            ["See Sect. 3.2.", "It is short."]
        );
        assert_eq!(
            divided("The last ch. It ends.", ends),
            ["The last ch.", "It ends."]
        );
        assert_eq!(
            divided("In 1999. Then more.", ends),
            ["In 1999.", "Then more."]
        );
    }

    #[test]
    fn sentences_follow_each_other_across_leaves() {
        let article = article(&TEXT);
        let next = (Unit::Sentence, true, false);
        let back = (Unit::Sentence, false, false);
        assert_eq!(
            walk(&article, &[next, next, next, next, next, next, next]),
            words(["One.", "Two.", "Three.", "Part", "Four.", "Five.", ""])
        );
        assert_eq!(
            walk(&article, &[back, next, next, back, back]),
            words(["", "One.", "Two.", "One.", "Title"])
        );
    }

    #[test]
    fn paragraphs_and_headings_are_reached_at_their_first_sentence() {
        let article = article(&TEXT);
        let (down, up) = (
            (Unit::Paragraph, true, false),
            (Unit::Paragraph, false, false),
        );
        let next = (Unit::Sentence, true, false);
        assert_eq!(
            walk(&article, &[down, next, up, up, up, down, down, down, down]),
            words([
                "One.", "Two.", "One.", "Title", "", "One.", "Part", "Four.", ""
            ])
        );
        let (heading, above) = ((Unit::Heading, true, false), (Unit::Heading, false, false));
        assert_eq!(
            walk(&article, &[heading, heading, down, above, above, above]),
            words(["Part", "", "Four.", "Part", "Title", ""])
        );
        assert_eq!(heading_level(&article, 0), Some(2));
        assert_eq!(heading_level(&article, 1), None);
    }

    #[test]
    fn the_cursor_takes_in_what_it_comes_over() {
        let article = article(&TEXT);
        let next = (Unit::Sentence, true, false);
        let more = (Unit::Sentence, true, true);
        let less = (Unit::Sentence, false, true);
        let rest = (Unit::Paragraph, true, true);
        assert_eq!(
            walk(&article, &[next, more, less, rest, rest, next]),
            words([
                "One.",
                "One. Two.",
                "One.",
                "One. Two. Three.",
                "One. Two. Three.\nPart",
                "Four."
            ])
        );
        let begin = (Unit::Paragraph, false, true);
        assert_eq!(
            walk(&article, &[next, next, begin, begin]),
            words(["One.", "Two.", "One. Two.", "Title\nOne. Two."])
        );
    }

    #[test]
    fn a_byte_is_in_its_sentence() {
        let article = article(&TEXT);
        let mut of = of_leaf(&article);
        let mut at = |leaf: usize, byte: u32| {
            let stop = stop_at(leaf, byte, &mut of).expect("there is one");
            stop.range.slice(article.text())
        };
        let start = article.leaves()[1].text.start();
        assert_eq!(at(1, start), Some("One."));
        assert_eq!(at(1, start + 4), Some("Two."));
        assert_eq!(at(1, start + 90), Some("Three."));
    }
}
