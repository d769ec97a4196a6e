//! What is offered while a link is typed after `[[`.

use std::ops::Range;

/// Most options: more take longer to look through than to type.
pub const MOST_OFFERED: usize = 50;
/// Most bytes after `[[` that name something; more is no name any more.
const LONGEST_NAME: usize = 120;
/// Most UTF-16 units from where a link begins to the caret.
pub const FARTHEST: u32 = (OPEN.len() + LONGEST_NAME) as u32;
/// What begins a link.
pub const OPEN: &str = "[[";

/// The name of a link while it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<'a> {
    /// Where it stands with its brackets, in bytes of the text.
    pub range: Range<usize>,
    /// What was typed after the brackets.
    pub words: &'a str,
}

/// Returns the name that is typed at a byte of a text; `None` if there is none.
pub fn typed_at(text: &str, caret: usize) -> Option<Typed<'_>> {
    let before = text.get(..caret)?;
    let start = before.rfind(OPEN)?;
    let words = &before[start + OPEN.len()..];
    let is_name = words.len() <= LONGEST_NAME && !words.contains(['\n', '[', ']']);
    is_name.then_some(Typed {
        range: start..caret,
        words,
    })
}

/// What can be linked to, as a search compares it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// Its words, folded.
    pub words: String,
    /// The title of its article, folded.
    pub title: String,
    /// True if it is in the open article.
    pub is_here: bool,
}

/// How well something fits what is typed: the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Beginning,
    BeginningOfWord,
    Within,
    Scattered,
}

const FITS: [Fit; 4] = [
    Fit::Beginning,
    Fit::BeginningOfWord,
    Fit::Within,
    Fit::Scattered,
];

/// Returns the indices of what has every folded word of `typed` in its own words or its title: what
/// is in the open article first, then what fits better, else in the order given.
pub fn offered(all: &[Folded], typed: &str) -> Vec<usize> {
    let fits: Vec<Option<Fit>> = all.iter().map(|folded| fit(folded, typed)).collect();
    let mut offered = Vec::new();
    for is_here in [true, false] {
        for wanted in FITS {
            let is_one = |&index: &usize| fits[index] == Some(wanted);
            let of_article = (0..all.len()).filter(|&index| all[index].is_here == is_here);
            let room = MOST_OFFERED - offered.len();
            offered.extend(of_article.filter(is_one).take(room));
        }
    }
    offered
}

fn fit(folded: &Folded, typed: &str) -> Option<Fit> {
    let has = |word: &str| folded.words.contains(word) || folded.title.contains(word);
    if !typed.split(' ').all(has) {
        return None;
    }
    let begins_word = || folded.words.contains(&[" ", typed].concat());
    Some(match () {
        () if folded.words.starts_with(typed) => Fit::Beginning,
        () if begins_word() => Fit::BeginningOfWord,
        () if folded.words.contains(typed) => Fit::Within,
        () => Fit::Scattered,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_at_its_brackets_and_ends_at_the_caret() {
        let words = |text: &'static str| {
            let caret = text.find('|').unwrap_or(text.len());
            typed_at(text, caret).map(|typed| (typed.range, typed.words))
        };
        assert_eq!(words("see [[ti| de"), Some((4..8, "ti")));
        assert_eq!(words("[[|"), Some((0..2, "")));
        assert_eq!(words("[[[a b|"), Some((1..6, "a b")));
        for none in ["see [ti|", "[[a]] b|", "[[a\nb|", "a|[[", "|"] {
            assert_eq!(words(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_here_comes_first_and_what_begins_so_before_what_does_not() {
        let one = |words: &str, title: &str, is_here| Folded {
            words: words.to_owned(),
            title: title.to_owned(),
            is_here,
        };
        let all = [
            one("tides of spring", "the sea", false),
            one("the tides", "kilns", true),
            one("a riptide", "kilns", true),
            one("tides", "kilns", true),
            one("salt", "tides", true),
            one("salt", "kilns", true),
        ];
        assert_eq!(offered(&all, "tide"), [3, 1, 2, 4, 0]);
        assert_eq!(offered(&all, "sea spring"), [0]);
        assert_eq!(offered(&all, ""), [1, 2, 3, 4, 5, 0]);
        assert_eq!(offered(&all, "moss"), [] as [usize; 0]);
    }
}
