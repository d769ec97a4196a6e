//! Compares two wordings of a passage: which words stayed, which are gone, which are new.

use super::graphemes::clusters;

use super::text::shortened;

/// Most pairs of words that are compared; beyond that the differing middle counts as wholly
/// changed. Passages of a few hundred words on either side stay below it.
const MOST_PAIRS: usize = 1 << 18;

/// Code points of unchanged words shown on either side of a change: about a line of a card.
const BESIDE_A_CHANGE: usize = 32;
/// Most code points shown of one change: about four lines of a card.
const LONGEST_CHANGE: usize = 160;

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They stayed.
    Same,
    /// They are gone.
    Gone,
    /// They are new.
    New,
}

/// Returns how the old words became the new ones, in reading order, with what is gone before what
/// replaces it. Same and gone parts make up the old words, same and new parts the new ones.
pub fn word_diff(old: &str, new: &str) -> Vec<(Fate, String)> {
    let (old, new) = (tokens(old), tokens(new));
    let pairs = old.iter().zip(&new);
    let head = pairs.take_while(|(one, other)| one == other).count();
    let pairs = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = pairs.take_while(|(one, other)| one == other).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut fates: Vec<(Fate, &str)> = Vec::new();
    fates.extend(old[..head].iter().map(|word| (Fate::Same, *word)));
    middle(&old[head..old_end], &new[head..new_end], &mut fates);
    fates.extend(old[old_end..].iter().map(|word| (Fate::Same, *word)));
    joined(&fates)
}

/// [`word_diff`] shortened for small spaces: keeps of unchanged words only those beside a change,
/// and of long changes only the beginning.
pub fn abbreviated(old: &str, new: &str) -> Vec<(Fate, String)> {
    let mut parts = word_diff(old, new);
    let last = parts.len().saturating_sub(1);
    for (index, (fate, words)) in parts.iter_mut().enumerate() {
        *words = match fate {
            Fate::Same => around_changes(words, index > 0, index < last),
            _ => shortened(words, LONGEST_CHANGE),
        };
    }
    parts
}

/// Shortens the words between changes to the head after a change and the tail before the next one.
fn around_changes(words: &str, after: bool, before: bool) -> String {
    let head = if after { BESIDE_A_CHANGE } else { 0 };
    let tail = if before { BESIDE_A_CHANGE } else { 0 };
    let length = words.chars().count();
    if !(after || before) || length <= head + tail + 1 {
        return words.to_owned();
    }
    let byte = |at: usize| {
        words
            .char_indices()
            .nth(at)
            .map_or(words.len(), |(byte, _)| byte)
    };
    [&words[..byte(head)], "…", &words[byte(length - tail)..]].concat()
}

/// The words, white space and marks of a text. Scripts without spaces are split into graphemes.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, grapheme) in clusters(text) {
        let kind = grapheme.chars().next().map(Kind::of);
        if at > start && (kind != last || kind == Some(Kind::Alone)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = kind;
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Word,
    /// A mark, or a character of a script without spaces.
    Alone,
}

impl Kind {
    /// Hard-coded, since the Unicode tables would have to be downloaded. Wider than the table of
    /// [`anchoring`](super::anchoring): marks of such scripts are shown alone too.
    fn of(first: char) -> Self {
        let alone = matches!(first,
            // Thai, Lao, Tibetan, Myanmar, Khmer.
            '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            // Marks; then CJK with its marks, kana, and the ideographs beyond the first plane.
            | '¡' | '«' | '»' | '¿' | '\u{2010}'..='\u{205e}'
            | '\u{2e80}'..='\u{abff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}');
        match first {
            _ if first.is_whitespace() => Self::Space,
            // Korean separates words with spaces.
            '\u{3130}'..='\u{318f}' => Self::Word,
            _ if alone || first.is_ascii_punctuation() => Self::Alone,
            _ => Self::Word,
        }
    }
}

/// Finds the longest common subsequence of the differing parts (Wagner and Fischer, 1974).
fn middle<'a>(old: &[&'a str], new: &[&'a str], fates: &mut Vec<(Fate, &'a str)>) {
    let (mut one, mut other) = (0, 0);
    if old.len().saturating_mul(new.len()) <= MOST_PAIRS {
        let width = new.len() + 1;
        let lengths = common(old, new);
        while one < old.len() && other < new.len() {
            let (skip_old, skip_new) = ((one + 1) * width + other, one * width + other + 1);
            if old[one] == new[other] {
                fates.push((Fate::Same, old[one]));
                (one, other) = (one + 1, other + 1);
            } else if lengths[skip_old] >= lengths[skip_new] {
                fates.push((Fate::Gone, old[one]));
                one += 1;
            } else {
                fates.push((Fate::New, new[other]));
                other += 1;
            }
        }
    }
    fates.extend(old[one..].iter().map(|word| (Fate::Gone, *word)));
    fates.extend(new[other..].iter().map(|word| (Fate::New, *word)));
}

/// For each pair of positions, the length of the longest common subsequence of the rests.
fn common(old: &[&str], new: &[&str]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            lengths[one * width + other] = if old[one] == new[other] {
                lengths[(one + 1) * width + other + 1] + 1
            } else {
                lengths[(one + 1) * width + other].max(lengths[one * width + other + 1])
            };
        }
    }
    lengths
}

/// Joins neighbours of the same fate. White space between changes is joined with them, since
/// changed words that share only their spaces read badly one by one.
fn joined(fates: &[(Fate, &str)]) -> Vec<(Fate, String)> {
    let mut parts: Vec<(Fate, String)> = Vec::new();
    let (mut gone, mut new) = (String::new(), String::new());
    for (index, (fate, word)) in fates.iter().enumerate() {
        let changing = !(gone.is_empty() && new.is_empty());
        let goes_on = fates
            .get(index + 1)
            .is_some_and(|(fate, _)| *fate != Fate::Same);
        match fate {
            Fate::Gone => gone.push_str(word),
            Fate::New => new.push_str(word),
            Fate::Same if changing && goes_on && word.trim().is_empty() => {
                gone.push_str(word);
                new.push_str(word);
            }
            Fate::Same => {
                close(&mut parts, &mut gone, &mut new);
                match parts.last_mut() {
                    Some((Fate::Same, words)) => words.push_str(word),
                    _ => parts.push((Fate::Same, (*word).to_owned())),
                }
            }
        }
    }
    close(&mut parts, &mut gone, &mut new);
    parts
}

fn close(parts: &mut Vec<(Fate, String)>, gone: &mut String, new: &mut String) {
    for (fate, words) in [(Fate::Gone, gone), (Fate::New, new)] {
        if !words.is_empty() {
            parts.push((fate, std::mem::take(words)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `[-gone-]` and `{+new+}`, as `git diff --word-diff` does.
    fn shown(old: &str, new: &str) -> String {
        let part = |(fate, words): (Fate, String)| match fate {
            Fate::Same => words,
            Fate::Gone => format!("[-{words}-]"),
            Fate::New => format!("{{+{words}+}}"),
        };
        word_diff(old, new).into_iter().map(part).collect()
    }

    #[test]
    fn a_word_for_another_is_told_by_words() {
        let changed = shown("the quick brown fox", "the slow brown fox");
        assert_eq!(changed, "the [-quick-]{+slow+} brown fox");
        assert_eq!(shown("a b c", "a c"), "a [-b -]c");
        assert_eq!(shown("a fox.", "a fox, too."), "a fox{+, too+}.");
    }

    #[test]
    fn words_that_share_only_their_spaces_are_changed_as_one() {
        assert_eq!(
            shown("x one two y", "x three four y"),
            "x [-one two-]{+three four+} y"
        );
    }

    #[test]
    fn scripts_without_spaces_are_told_by_graphemes() {
        assert_eq!(
            shown("私は本を読む", "私は字を読む"),
            "私は[-本-]{+字+}を読む"
        );
        assert_eq!(shown("한국어 글", "한국어 책"), "한국어 [-글-]{+책+}");
    }

    #[test]
    fn only_what_stands_beside_a_change_is_told() {
        let same = "word ".repeat(40);
        let parts = abbreviated(&format!("{same}old {same}"), &format!("{same}new {same}"));
        let words: Vec<&str> = parts.iter().map(|(_, words)| &**words).collect();
        let [before, "old", "new", after] = words[..] else {
            panic!("{words:?}");
        };
        assert!(before.starts_with('…') && before.ends_with("word word "));
        assert!(after.starts_with(" word word") && after.ends_with('…'));
        assert_eq!(
            abbreviated("as it was", "as it was"),
            word_diff("as it was", "as it was")
        );
    }

    #[test]
    fn what_is_too_long_to_compare_is_wholly_other() {
        let words = |name: &str| (0..800).map(|n| format!("{name}{n} ")).collect::<String>();
        let (old, new) = (words("a"), words("b"));
        let parts = word_diff(&format!("same {old}end"), &format!("same {new}end"));
        let fates: Vec<Fate> = parts.iter().map(|(fate, _)| *fate).collect();
        assert_eq!(fates, [Fate::Same, Fate::Gone, Fate::New, Fate::Same]);
    }
}
