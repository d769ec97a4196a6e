//! Text fragments: links to a passage of a page, which browsers look for by its words
//! (<https://wicg.github.io/scroll-to-text-fragment/>).
//!
//! `#:~:text=[prefix-,]start[,end][,-suffix]`: each term stands within one block, is compared without
//! case and accents and ends where words end. For a link, not for storage.

use std::ops::Range;

use super::article::Article;
use super::folding::{Places, Tables, folded};
use super::text::{TextRange, trim};
use super::words::whole;

/// Longest passage that is quoted as it is, in code points: a longer one is named by its ends, as a
/// long address is cut by programs.
const LONGEST: usize = 300;
/// Longest term beside such a passage, and longest end of a long one, in code points.
const LONGEST_TERM: usize = 100;
/// Numbers of words of a term that are tried one after the other, until it stands in one place only:
/// more words are surer, and more likely to differ in the page.
const COUNTS: [usize; 4] = [3, 5, 8, 13];
/// What stands between an address and the terms.
const BEFORE: &str = ":~:text=";

/// Where the words of a text, and what is between them, end: offsets in bytes.
pub type WordEnds<'a> = &'a dyn Fn(&str) -> Vec<usize>;

/// Makes text fragments of the passages of one article.
pub struct Fragments<'a> {
    article: &'a Article,
    tables: &'a dyn Tables,
    ends: WordEnds<'a>,
    /// The text as it is compared.
    places: Places,
}

impl<'a> Fragments<'a> {
    /// Folds the article's text, which takes a while if it is long.
    pub fn of(article: &'a Article, tables: &'a dyn Tables, ends: WordEnds<'a>) -> Self {
        Self {
            article,
            tables,
            ends,
            places: Places::of(article.text(), tables),
        }
    }

    /// Prepares for many passages.
    pub fn for_many(self) -> Self {
        let places = self.places.indexed();
        Self { places, ..self }
    }

    /// Returns the address of a passage in a page with this address, whose own fragment is kept;
    /// `None` if the passage has no words.
    pub fn link(&self, address: &str, passage: TextRange) -> Option<String> {
        let directive = self.directive(passage)?;
        let sign = if address.contains('#') { "" } else { "#" };
        Some([address, sign, BEFORE, &directive].concat())
    }

    /// Returns the terms by which a passage is found, percent-encoded.
    fn directive(&self, passage: TextRange) -> Option<String> {
        let text = self.article.text();
        let range = trim(text, whole(text, trim(text, passage), self.ends));
        let range = range.start() as usize..range.end() as usize;
        let words = text.get(range.clone())?;
        if words.is_empty() {
            return None;
        }
        let fits = !words.contains(is_boundary) && words.chars().count() <= LONGEST;
        Some(match fits {
            true => self.exact(range),
            false => self.by_ends(range),
        })
    }

    /// Names a passage by its own words, with as much around it as sets it apart.
    fn exact(&self, range: Range<usize>) -> String {
        let text = self.article.text();
        let counts = [0].into_iter().chain(COUNTS);
        let mut around = [range.start..range.start, range.end..range.end];
        for count in counts {
            around = [
                last_words(text, range.start, count),
                first_words(text, range.end, count),
            ];
            if self.stands_once(&text[around[0].start..around[1].end]) {
                break;
            }
        }
        let [before, after] = around.map(|term| encoded(&text[term]));
        joined(&before, &[&encoded(&text[range])], &after)
    }

    /// Names a passage by its first and last words.
    fn by_ends(&self, range: Range<usize>) -> String {
        let text = self.article.text();
        let mut before = range.start..range.start;
        let mut start = first_words(text, range.start, 1);
        for count in COUNTS {
            start = clipped(first_words(text, range.start, count), &range);
            if self.stands_once(&text[start.clone()]) {
                break;
            }
            before = last_words(text, range.start, count);
            if self.stands_once(&text[before.start..start.end]) {
                break;
            }
            before = range.start..range.start;
        }
        let mut after = range.end..range.end;
        let mut end = last_words(text, range.end, 1);
        for count in COUNTS {
            end = clipped(last_words(text, range.end, count), &(start.end..range.end));
            if self.follows(start.end, end.start, &text[end.clone()]) {
                break;
            }
            after = first_words(text, range.end, count);
            if self.follows(start.end, end.start, &text[end.start..after.end]) {
                break;
            }
            after = range.end..range.end;
        }
        let [before, start, end, after] =
            [before, start, end, after].map(|term| encoded(&text[term]));
        joined(&before, &[&start, &end], &after)
    }

    /// True if words stand in one place of the text only.
    fn stands_once(&self, words: &str) -> bool {
        let words = folded(words, self.tables);
        self.places.of_words(&words).nth(1).is_none()
    }

    /// True if words that stand at a place are the first of their kind after another place.
    fn follows(&self, from: usize, at: usize, words: &str) -> bool {
        let words = folded(words, self.tables);
        let mut places = self.places.of_words(&words);
        let first = places.find(|place| place.start >= from);
        first.is_none_or(|first| first.start >= at)
    }
}

/// True for what stands between blocks, cells and lines.
fn is_boundary(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\r')
}

/// The part of a range that is within another one.
fn clipped(range: Range<usize>, within: &Range<usize>) -> Range<usize> {
    let start = range.start.clamp(within.start, within.end);
    start..range.end.clamp(start, within.end)
}

/// The first words after a place, all of one line.
fn first_words(text: &str, from: usize, count: usize) -> Range<usize> {
    let rest = &text[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let line = text[start..].split(is_boundary).next().unwrap_or_default();
    let mut end = start;
    for word in line.split_inclusive(char::is_whitespace).take(count) {
        let with = end + word.len();
        if text[start..with].chars().count() > LONGEST_TERM && end > start {
            break;
        }
        end = with;
    }
    let words = text[start..end].trim_end();
    let end = words.char_indices().nth(LONGEST_TERM);
    start..start + end.map_or(words.len(), |(at, _)| at)
}

/// The last words before a place, all of one line.
fn last_words(text: &str, to: usize, count: usize) -> Range<usize> {
    let end = text[..to].trim_end().len();
    let line = text[..end].rsplit(is_boundary).next().unwrap_or_default();
    let mut start = end;
    for word in line.rsplit(char::is_whitespace).take(count) {
        let is_first = start == end;
        let gap = text[..start].chars().next_back().filter(|_| !is_first);
        let with = start - word.len() - gap.map_or(0, char::len_utf8);
        if text[with..end].chars().count() > LONGEST_TERM && !is_first {
            break;
        }
        start = with;
    }
    let words = text[start..end].trim_start();
    let start = end - words.len();
    let too_many = words.chars().count().saturating_sub(LONGEST_TERM);
    let skipped = words.char_indices().nth(too_many).map_or(0, |(at, _)| at);
    start + skipped..end
}

fn joined(before: &str, terms: &[&str], after: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !before.is_empty() {
        parts.push([before, "-"].concat());
    }
    parts.extend(terms.iter().map(|term| (*term).to_owned()));
    if !after.is_empty() {
        parts.push(["-", after].concat());
    }
    parts.join(",")
}

/// Percent-encodes a term, with single spaces. More signs than needed, so that it may stand in a
/// link of Markdown too.
fn encoded(term: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let words: Vec<&str> = term.split_whitespace().collect();
    let mut out = String::new();
    for byte in words.join(" ").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' => out.push(byte.into()),
            _ => {
                let digit = |of: u8| char::from(DIGITS[usize::from(of)]);
                out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out
}

/// Word ends by letters alone, for who has no tables of words: scripts without spaces are taken
/// character by character, so that nothing grows in them.
pub fn ends_by_letters(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let is_part = c.is_alphanumeric() && !is_unspaced(c) || is_mark(c);
        if at > 0 && !(in_word && is_part) {
            ends.push(at);
        }
        in_word = is_part;
    }
    ends.push(text.len());
    ends
}

/// Accents and invisible signs within words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\'' | '’')
}

/// Thai and its neighbours, and the scripts of East Asia.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}
