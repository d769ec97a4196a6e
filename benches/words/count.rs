//! Words, and what became of them from the text of a page to the text that was read of it.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Words of one run of lost ones that are shown.
const SHOWN_OF_A_RUN: usize = 12;

/// A word of a page, and where on the page it stands.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its letters and digits.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Where words of a page stand: it is by this that their loss is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In what is plainly shown.
    Text,
    /// In what says that it is a menu, a footer, something beside the article.
    Boilerplate,
    /// In what the page hides by itself.
    Hidden,
    /// In a declarative shadow root.
    Shadow,
    /// In what is shown only without scripts.
    Noscript,
    /// In a template that nothing shows.
    Template,
    /// In something that is pressed, chosen or filled in.
    Control,
    /// In a drawing.
    Drawing,
    /// In the other notation of a formula.
    Notation,
    /// In angle brackets that are no tag.
    Brackets,
    /// In a formula of Markdown.
    Formula,
    /// In the front matter of Markdown.
    FrontMatter,
}

impl Place {
    /// Every place, in the order in which they are told.
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

    /// Its name in tables.
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

    /// Whether the words there are the page's own: those of which a share is to be kept.
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

/// Cuts a text into words: runs of letters and digits, and each sign of a script without spaces.
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

/// Ideographs and kana, of which each is a word here.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// What stands within words and is no letter: soft hyphens, joiners, combining marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{300}'..='\u{36f}'
    )
}

/// What became of a page's words.
#[derive(Debug, Default)]
pub struct Kept {
    /// The page's own words, and how many of them stand in what was read.
    pub all: usize,
    /// Of them, those that stand in what was read, at their place or moved.
    pub kept: usize,
    /// Lost words by where they stood, also those that are not the page's own.
    pub lost: HashMap<Place, usize>,
    /// The longest lost runs: so many words, where, and how they begin.
    pub runs: Vec<(usize, Place, String)>,
}

impl Kept {
    /// The share of the page's own words that were kept; all of none.
    pub fn share(&self) -> f64 {
        if self.all == 0 {
            return 1.0;
        }
        self.kept as f64 / self.all as f64
    }
}

/// Compares the words of a page with the text that was read of it: aligned in their order, so that
/// a word that stands ten times has to be kept ten times. What was moved (notes, captions) is kept.
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
        // The same letters, only parted in another way.
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
