//! Words, and what became of them between a page and its imported text.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Number of words shown of a run of lost ones.
const SHOWN_OF_A_RUN: usize = 12;

/// A word of a page, with its place.
#[derive(Debug, Clone)]
pub struct Word {
    /// Letters and digits of the word.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Kinds of places in a page, which explain the loss of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Plainly visible text.
    Text,
    /// What is declared as a menu, a footer or something beside the article.
    Boilerplate,
    /// Hidden by the page itself.
    Hidden,
    /// A declarative shadow root.
    Shadow,
    /// Shown only without scripts.
    Noscript,
    /// A template that nothing shows.
    Template,
    /// A control to press, choose from or fill in.
    Control,
    /// A drawing.
    Drawing,
    /// The alternative notation of a formula.
    Notation,
    /// Angle brackets that form no tag.
    Brackets,
    /// A formula in Markdown.
    Formula,
    /// The front matter of Markdown.
    FrontMatter,
}

impl Place {
    /// Every place, in the order of the tables.
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Boilerplate,
        Self::Hidden,
        Self::Shadow,
        Self::Noscript,
        Self::Template,
        Self::Control,
        Self::Drawing,
        Self::Notation,
        Self::Brackets,
        Self::Formula,
        Self::FrontMatter,
    ];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Boilerplate => "nav, footer, aside",
            Self::Hidden => "hidden",
            Self::Shadow => "shadow root",
            Self::Noscript => "noscript",
            Self::Template => "template",
            Self::Control => "controls",
            Self::Drawing => "drawing",
            Self::Notation => "notation of a formula",
            Self::Brackets => "angle brackets",
            Self::Formula => "formula",
            Self::FrontMatter => "front matter",
        }
    }

    /// True if these words are the page's own and count for the share that is kept.
    pub fn is_of_the_page(self) -> bool {
        match self {
            Self::Text
            | Self::Boilerplate
            | Self::Hidden
            | Self::Shadow
            | Self::Brackets
            | Self::Formula => true,
            Self::Noscript
            | Self::Template
            | Self::Control
            | Self::Drawing
            | Self::Notation
            | Self::FrontMatter => false,
        }
    }
}

/// Splits a text into words: runs of letters and digits, and each character of spaceless scripts.
pub fn words_of<'a>(text: &'a str, mut each: impl FnMut(&'a str)) {
    let mut start = None;
    for (at, c) in text.char_indices() {
        let joins = c.is_alphanumeric() || is_mark(c);
        if is_sign(c) || !joins {
            if let Some(start) = start.take() {
                each(&text[start..at]);
            }
            if is_sign(c) {
                each(&text[at..at + c.len_utf8()]);
            }
        } else if start.is_none() && c.is_alphanumeric() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        each(&text[start..]);
    }
}

/// True for ideographs and kana, each of which counts as a word.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// True for non-letters that occur within words: soft hyphens, joiners, combining marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{300}'..='\u{36f}'
    )
}

/// The fate of a page's words.
#[derive(Debug, Default)]
pub struct Kept {
    /// Number of the page's own words.
    pub all: usize,
    /// Number of them that are in the imported text, in place or moved.
    pub kept: usize,
    /// Number of lost words by place, including those that are not the page's own.
    pub lost: HashMap<Place, usize>,
    /// The longest lost runs: number of words, place, and first words.
    pub runs: Vec<(usize, Place, String)>,
}

impl Kept {
    /// The share of the page's own words that were kept; 1 if it has none.
    pub fn share(&self) -> f64 {
        if self.all == 0 {
            return 1.0;
        }
        self.kept as f64 / self.all as f64
    }
}

/// Compares a page's words with its imported text: both are aligned in order, so that a word that
/// occurs ten times must be kept ten times. Words that moved (notes, captions) count as kept.
pub fn compare(page: &[Word], read: &str) -> Kept {
    let mut after = Vec::new();
    words_of(read, |word| after.push(word));
    let mut input = InternedInput::default();
    input.update_before(page.iter().map(|word| word.text.as_str()));
    input.update_after(after.iter().copied());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut lost = vec![false; page.len()];
    let mut spare: HashMap<&str, usize> = HashMap::new();
    for hunk in diff.hunks() {
        let (from, to) = (hunk.before.start as usize, hunk.before.end as usize);
        let new = &after[hunk.after.start as usize..hunk.after.end as usize];
        let old: String = page[from..to].iter().map(|word| &*word.text).collect();
        // The same letters, only split into words differently.
        if !new.is_empty() && old == new.concat() {
            continue;
        }
        lost[from..to].fill(true);
        for word in new {
            *spare.entry(word).or_default() += 1;
        }
    }
    for (word, lost) in page.iter().zip(&mut lost) {
        if *lost && let Some(moved @ 1..) = spare.get_mut(&*word.text) {
            *moved -= 1;
            *lost = false;
        }
    }
    tally(page, &lost)
}

fn tally(page: &[Word], lost: &[bool]) -> Kept {
    let mut kept = Kept::default();
    let mut at = 0;
    while at < page.len() {
        let place = page[at].place;
        let run = page[at..].iter().zip(&lost[at..]);
        let length = run
            .take_while(|(word, is_lost)| word.place == place && **is_lost == lost[at])
            .count();
        if place.is_of_the_page() {
            kept.all += length;
            kept.kept += if lost[at] { 0 } else { length };
        }
        if lost[at] {
            *kept.lost.entry(place).or_default() += length;
            let words = page[at..at + length].iter().take(SHOWN_OF_A_RUN);
            let words: Vec<&str> = words.map(|word| &*word.text).collect();
            kept.runs.push((length, place, words.join(" ")));
        }
        at += length;
    }
    kept.runs
        .sort_by_key(|(length, place, _)| (!place.is_of_the_page(), usize::MAX - length));
    kept
}
