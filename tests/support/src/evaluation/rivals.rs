//! Other methods, reimplemented for comparison in the same process: Hypothesis' scoring of
//! approximate matches, exact words, and the bare position.

use std::ops::Range;

use super::approximate::{Match, best_matches, fewest_errors};

/// Code points of context that Hypothesis stores on either side.
const CONTEXT: usize = 32;
/// Maximum number of errors that Hypothesis allows, besides half of the quote.
const MOST_ERRORS: usize = 256;
/// Weights of the agreement of the quote, of the context before and after, and of the position
/// (Hypothesis client, `src/annotator/anchoring/match-quote.ts`).
const QUOTE: f64 = 50.0;
const PREFIX: f64 = 20.0;
const SUFFIX: f64 = 20.0;
const POSITION: f64 = 2.0;

/// A text as code points, in which quotes of an older one are searched.
pub struct Text {
    letters: Vec<char>,
}

/// The data that Hypothesis stores for a passage.
pub struct Selector {
    prefix: Vec<char>,
    quote: Vec<char>,
    suffix: Vec<char>,
    position: usize,
}

impl Text {
    pub fn of(text: &str) -> Self {
        Self {
            letters: text.chars().collect(),
        }
    }

    fn slice(&self, range: &Range<u32>) -> &[char] {
        &self.letters[range.start as usize..range.end as usize]
    }

    /// The data to store for a passage.
    pub fn selector(&self, place: &Range<u32>) -> Selector {
        let (start, end) = (place.start as usize, place.end as usize);
        let last = (end + CONTEXT).min(self.letters.len());
        Selector {
            prefix: self.letters[start.saturating_sub(CONTEXT)..start].to_vec(),
            quote: self.slice(place).to_vec(),
            suffix: self.letters[end..last].to_vec(),
            position: start,
        }
    }

    /// The best-scoring of all exact matches or, if there are none, of the approximate matches with
    /// the fewest errors. The result is accepted whatever its score.
    pub fn hypothesis(&self, selector: &Selector) -> Option<Range<u32>> {
        let most = MOST_ERRORS.min(selector.quote.len() / 2);
        let mut matches = self.exact(&selector.quote);
        if matches.is_empty() {
            matches = best_matches(&self.letters, &selector.quote, most);
        }
        let scored = matches
            .into_iter()
            .map(|found| (self.score(&found, selector), found.place));
        // Among equal scores the first match wins.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, place)| place.start as u32..place.end as u32)
    }

    fn exact(&self, quote: &[char]) -> Vec<Match> {
        let places = self.letters.windows(quote.len().max(1)).enumerate();
        let first = quote.first();
        places
            .filter(|(_, letters)| letters.first() == first && *letters == quote)
            .map(|(start, _)| Match {
                place: start..start + quote.len(),
                errors: 0,
            })
            .collect()
    }

    fn score(&self, found: &Match, selector: &Selector) -> f64 {
        let (start, end) = (found.place.start, found.place.end);
        let before = &self.letters[start.saturating_sub(selector.prefix.len())..start];
        let after = &self.letters[end..(end + selector.suffix.len()).min(self.letters.len())];
        let offset = start.abs_diff(selector.position) as f64;
        QUOTE * (1.0 - found.errors as f64 / selector.quote.len() as f64)
            + PREFIX * likeness(before, &selector.prefix)
            + SUFFIX * likeness(after, &selector.suffix)
            + POSITION * (1.0 - offset / self.letters.len() as f64)
    }

    /// The exact place of a passage of an older text, searched with the least context that made it
    /// unique there; the first place if there are several.
    pub fn exact_with_context(&self, old: &Self, place: &Range<u32>) -> Option<Range<u32>> {
        let (start, end) = (place.start as usize, place.end as usize);
        let mut context = 0;
        loop {
            let from = start.saturating_sub(context);
            let to = (end + context).min(old.letters.len());
            let words = &old.letters[from..to];
            let whole = from == 0 && to == old.letters.len();
            if whole || context >= CONTEXT || old.exact(words).len() == 1 {
                let found = self.exact(words).into_iter().next()?.place.start + (start - from);
                return Some(found as u32..(found + end - start) as u32);
            }
            context = (context * 2).max(1);
        }
    }

    /// The same position, as far as the text reaches.
    pub fn same_position(&self, place: &Range<u32>) -> Option<Range<u32>> {
        let end = place.end.min(self.letters.len() as u32);
        (place.start < end).then_some(place.start..end)
    }
}

/// Agreement with a context: 1 for all of it, and also if there was none.
fn likeness(text: &[char], context: &[char]) -> f64 {
    match (context.is_empty(), text.is_empty()) {
        (true, _) => 1.0,
        (_, true) => 0.0,
        _ => 1.0 - fewest_errors(text, context) as f64 / context.len() as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "We saw the bridge. Later we saw the ferry.";

    fn found(new: &str, place: Range<u32>) -> Option<String> {
        let (old, new) = (Text::of(OLD), Text::of(new));
        let place = new.hypothesis(&old.selector(&place))?;
        Some(new.slice(&place).iter().collect())
    }

    #[test]
    fn the_context_tells_exact_places_apart() {
        let (old, new) = (
            Text::of(OLD),
            Text::of("Then we saw the ferry. We saw the bridge. Later we saw the moon."),
        );
        assert_eq!(new.hypothesis(&old.selector(&(7..10))), Some(30..33));
        assert_eq!(new.exact_with_context(&old, &(7..10)), Some(30..33));
        assert_eq!(new.exact_with_context(&old, &(32..35)), Some(12..15));
    }

    #[test]
    fn half_of_a_quote_is_enough() {
        assert_eq!(
            found("We crossed the bripge. Later we saw it.", 11..17).as_deref(),
            Some("bripge")
        );
        assert_eq!(found("Nothing.", 0..18), None);
    }

    #[test]
    fn a_position_stays_as_far_as_there_is_text() {
        assert_eq!(Text::of("short").same_position(&(2..9)), Some(2..5));
        assert_eq!(Text::of("short").same_position(&(5..9)), None);
    }
}
