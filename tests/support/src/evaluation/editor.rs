//! A seeded editor: it edits an article as people do, and every token that stays keeps its origin.
//!
//! So the truth about a passage follows from how the text was made, not from comparing texts.

use std::ops::Range;

use super::document::{Document, Paragraph, Token, sentences};
use super::prose::{Bank, word_end};
use crate::seed::Seed;

/// Least and greatest number of tokens deleted from a sentence.
const DELETED: (usize, usize) = (1, 8);
/// Least and greatest number of a sentence's tokens that are moved: people retype fewer, and nobody
/// could tell a moved word from another one of the same letters.
const MOVED: (usize, usize) = (8, 20);

/// The kind of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Replaces words, or changes letters within words.
    Reword,
    /// Adds words, a sentence or a paragraph, either new or repeated from elsewhere.
    Insert,
    /// Deletes words, a sentence or a paragraph.
    Delete,
    /// Moves words, a sentence or a paragraph.
    Move,
    /// Splits or joins paragraphs or sentences.
    Split,
    /// Changes white space, case or typography; all tokens keep their origin.
    Rewrap,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Reword,
        Self::Insert,
        Self::Delete,
        Self::Move,
        Self::Split,
        Self::Rewrap,
    ];

    /// Frequency of the kind in eighteenths: in real histories moves are rare.
    fn weight(self) -> usize {
        match self {
            Self::Reword => 5,
            Self::Insert | Self::Delete => 4,
            Self::Split | Self::Rewrap => 2,
            Self::Move => 1,
        }
    }

    /// The name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reword => "reword",
            Self::Insert => "insert",
            Self::Delete => "delete",
            Self::Move => "move",
            Self::Split => "split, join",
            Self::Rewrap => "re-wrap",
        }
    }
}

/// An edit, with the tokens of the older text that it touched and their neighbours.
pub struct Edit {
    pub kind: Kind,
    pub touched: Vec<usize>,
}

/// An article being edited.
pub struct Editor<'a> {
    document: Document,
    bank: &'a Bank,
    seed: &'a mut Seed,
    edits: Vec<Edit>,
}

/// A run of tokens in a paragraph.
type Place = (usize, Range<usize>);

impl<'a> Editor<'a> {
    /// Starts with an article whose tokens are numbered.
    pub fn new(document: Document, bank: &'a Bank, seed: &'a mut Seed) -> Self {
        Self {
            document,
            bank,
            seed,
            edits: Vec::new(),
        }
    }

    /// Makes this many edits anywhere in the article.
    pub fn edit(mut self, count: usize) -> (Document, Vec<Edit>) {
        let weighed = |kind: Kind| std::iter::repeat_n(kind, kind.weight());
        let mix: Vec<Kind> = Kind::ALL.into_iter().flat_map(weighed).collect();
        for _ in 0..count {
            let kind = *self.seed.pick(&mix);
            let touched = match kind {
                Kind::Reword => self.reword(),
                Kind::Insert => self.insert(),
                Kind::Delete => self.delete(),
                Kind::Move => self.shift(),
                Kind::Split => self.split(),
                Kind::Rewrap => self.rewrap(),
            };
            if !touched.is_empty() {
                self.edits.push(Edit { kind, touched });
            }
        }
        (self.document, self.edits)
    }

    /// A random sentence; rarely a heading, as there are many for the few words in them.
    fn sentence(&mut self) -> Place {
        let paragraphs = &self.document.paragraphs;
        let mut paragraph = self.seed.index(paragraphs.len());
        if sentences(&paragraphs[paragraph]).len() == 1 {
            paragraph = self.seed.index(paragraphs.len());
        }
        let ranges = sentences(&paragraphs[paragraph]);
        (paragraph, self.seed.pick(&ranges).clone())
    }

    /// Between `fewest` and `most` words of a random sentence, or all of it, or its paragraph.
    fn passage(&mut self, fewest: usize, most: usize) -> Place {
        let (paragraph, sentence) = self.sentence();
        match self.seed.next(5) {
            0 => (paragraph, 0..self.document.paragraphs[paragraph].len()),
            1 | 2 => (paragraph, sentence),
            _ => {
                let length = self.seed.between(fewest, most).min(sentence.len());
                let from = sentence.start + self.seed.index(sentence.len() - length + 1);
                (paragraph, from..from + length)
            }
        }
    }

    /// The origins of a run of tokens and of its neighbours in the paragraph.
    fn around(&self, (paragraph, range): &Place) -> Vec<usize> {
        let tokens = &self.document.paragraphs[*paragraph];
        let wide = range.start.saturating_sub(1)..(range.end + 1).min(tokens.len());
        origins(&tokens[wide])
    }

    fn reword(&mut self) -> Vec<usize> {
        let (paragraph, range) = self.sentence();
        let share = *self.seed.pick(&[10, 25, 50, 100]);
        let old = self.document.paragraphs[paragraph][range.clone()].to_vec();
        let (mut new, mut touched, mut at) = (Vec::new(), Vec::new(), 0);
        let certain = self.seed.index(old.len());
        while at < old.len() {
            let end = word_end(&old, at, self.seed);
            let word = &old[at..end];
            let chosen = self.seed.percent(share) || (at..end).contains(&certain);
            if word[0].is_word() && chosen {
                touched.extend(origins(word));
                new.extend(self.bank.substitute(word, self.seed));
            } else {
                new.extend_from_slice(word);
            }
            at = end;
        }
        self.document.paragraphs[paragraph].splice(range, new);
        touched
    }

    fn insert(&mut self) -> Vec<usize> {
        let (paragraph, sentence) = self.sentence();
        match self.seed.next(10) {
            0 | 1 => {
                let new = self.bank.new_sentence(self.seed);
                self.document.paragraphs.insert(paragraph, new);
                self.around(&(paragraph + 1, 0..1))
            }
            2..5 => {
                let new = self.bank.new_sentence(self.seed);
                self.put_sentence(new, (paragraph, sentence))
            }
            // A repeated sentence is easily confused with the original.
            5 => {
                let (from, range) = self.sentence();
                let echo = fresh(&self.document.paragraphs[from][range]);
                self.put_sentence(echo, (paragraph, sentence))
            }
            6 => {
                let (from, range) = self.sentence();
                let echo = &self.document.paragraphs[from][range];
                let echo = fresh(&echo[..echo.len().min(8)]);
                self.put_words(echo, (paragraph, sentence))
            }
            _ => {
                let new = self.bank.phrase(self.seed);
                self.put_words(new, (paragraph, sentence))
            }
        }
    }

    /// Inserts a sentence before another one.
    fn put_sentence(&mut self, mut new: Vec<Token>, (paragraph, before): Place) -> Vec<usize> {
        let at = before.start;
        new[0].opens = true;
        self.document.paragraphs[paragraph][at].opens = true;
        let touched = self.around(&(paragraph, at..at));
        self.document.paragraphs[paragraph].splice(at..at, new);
        touched
    }

    /// Inserts words into a sentence, after its first token at the earliest.
    fn put_words(&mut self, mut new: Vec<Token>, (paragraph, within): Place) -> Vec<usize> {
        let at = within.start + 1 + self.seed.index(within.len());
        new.iter_mut().for_each(|token| token.opens = false);
        new[0].space = self.bank.word_space;
        let touched = self.around(&(paragraph, at..at));
        self.document.paragraphs[paragraph].splice(at..at, new);
        touched
    }

    fn delete(&mut self) -> Vec<usize> {
        let (fewest, most) = DELETED;
        let place = self.passage(fewest, most);
        let touched = self.around(&place);
        self.take(place);
        touched
    }

    /// Removes tokens; an emptied paragraph is removed too, unless it is the last one.
    fn take(&mut self, (paragraph, range): Place) -> Vec<Token> {
        let paragraphs = &mut self.document.paragraphs;
        let taken: Vec<Token> = paragraphs[paragraph].drain(range.clone()).collect();
        if let Some(next) = paragraphs[paragraph].get_mut(range.start) {
            next.opens |= taken.iter().any(|token| token.opens);
        }
        if paragraphs[paragraph].is_empty() && paragraphs.len() > 1 {
            paragraphs.remove(paragraph);
        } else if paragraphs[paragraph].is_empty() {
            paragraphs[paragraph] = self.bank.new_sentence(self.seed);
        }
        taken
    }

    fn shift(&mut self) -> Vec<usize> {
        let (fewest, most) = MOVED;
        let place = self.passage(fewest, most);
        let tokens = &self.document.paragraphs[place.0];
        // Nobody moves a heading alone.
        if sentences(tokens).len() == 1 {
            return Vec::new();
        }
        let mut touched = self.around(&place);
        let paragraph = place.1.len() == self.document.paragraphs[place.0].len();
        let mut taken = self.take(place);
        taken.iter_mut().for_each(|token| token.moved = true);
        if paragraph {
            let at = self.seed.index(self.document.paragraphs.len() + 1);
            self.document.paragraphs.insert(at, taken);
        } else {
            let to = self.sentence();
            let sentence = taken[0].opens;
            touched.extend(match sentence {
                true => self.put_sentence(taken, to),
                false => self.put_words(taken, to),
            });
        }
        touched
    }

    fn split(&mut self) -> Vec<usize> {
        let (paragraph, sentence) = self.sentence();
        let last = self.document.paragraphs.len() - 1;
        match self.seed.next(3) {
            0 if sentence.start > 0 => {
                let touched = self.around(&(paragraph, sentence.start..sentence.start));
                let rest = self.document.paragraphs[paragraph].split_off(sentence.start);
                self.document.paragraphs.insert(paragraph + 1, rest);
                touched
            }
            1 if paragraph < last => {
                let next = self.document.paragraphs.remove(paragraph + 1);
                let at = self.document.paragraphs[paragraph].len();
                self.document.paragraphs[paragraph].extend(next);
                self.document.paragraphs[paragraph][at].opens = true;
                self.around(&(paragraph, at..at))
            }
            _ => self.split_sentence(paragraph, sentence),
        }
    }

    /// Replaces a comma by a full stop, or else a stop by a comma.
    fn split_sentence(&mut self, paragraph: usize, sentence: Range<usize>) -> Vec<usize> {
        const STOPS: [(&str, &str); 5] = [
            (",", "."),
            (";", "."),
            ("،", "."),
            ("，", "。"),
            ("、", "。"),
        ];
        let tokens = &mut self.document.paragraphs[paragraph];
        let inner = sentence.start + 1..sentence.end - 1;
        let stop = |comma: &str| STOPS.iter().find(|(mark, _)| *mark == comma);
        let found = inner
            .rev()
            .find_map(|at| Some((at, stop(&tokens[at].text)?.1)));
        let (at, mark, opens) = match found {
            Some((at, mark)) => (at, mark, true),
            None => {
                let at = sentence.end - 1;
                let comma = STOPS.iter().find(|(_, stop)| *stop == tokens[at].text);
                let Some((comma, _)) = comma.filter(|_| at + 1 < tokens.len()) else {
                    return Vec::new();
                };
                (at, *comma, false)
            }
        };
        let touched = self.around(&(paragraph, at..at + 1));
        let tokens = &mut self.document.paragraphs[paragraph];
        (tokens[at].text, tokens[at].origin) = (mark.to_owned(), None);
        let next = &mut tokens[at + 1];
        next.opens = opens;
        next.text = if opens {
            capitalised(&next.text)
        } else {
            next.text.to_lowercase()
        };
        touched
    }

    fn rewrap(&mut self) -> Vec<usize> {
        let (number, sentence) = self.sentence();
        let paragraph = &mut self.document.paragraphs[number];
        match self.seed.next(3) {
            0 => wrapped(paragraph, self.seed),
            1 => recased(&mut paragraph[sentence], self.seed),
            _ => reset(paragraph),
        }
    }
}

/// A copy of the words, as if typed anew.
fn fresh(tokens: &[Token]) -> Vec<Token> {
    let mut fresh = tokens.to_vec();
    for token in &mut fresh {
        token.copy_of = token.origin.or(token.copy_of);
        (token.origin, token.moved) = (None, false);
    }
    fresh
}

fn origins(tokens: &[Token]) -> Vec<usize> {
    tokens.iter().filter_map(|token| token.origin).collect()
}

/// Wraps lines, with an occasional wide or non-breaking space.
fn wrapped(paragraph: &mut Paragraph, seed: &mut Seed) -> Vec<usize> {
    let width = seed.between(24, 80);
    let (mut column, mut touched) = (0, Vec::new());
    for token in paragraph {
        column += token.text.chars().count() + token.space.len();
        let breaks = column > width && (!token.space.is_empty() || token.is_spaceless());
        let space = match token.space {
            _ if breaks => "\n",
            "" => "",
            _ if seed.percent(3) => "\u{a0}",
            _ if seed.percent(3) => "  ",
            _ => " ",
        };
        if breaks {
            column = 0;
        }
        if space != token.space {
            touched.extend(token.origin);
        }
        token.space = space;
    }
    touched
}

/// Changes case, in scripts that have it.
fn recased(tokens: &mut [Token], seed: &mut Seed) -> Vec<usize> {
    let way = seed.next(3);
    let mut touched = Vec::new();
    for token in tokens {
        let text = match way {
            0 => token.text.to_uppercase(),
            1 => token.text.to_lowercase(),
            _ => capitalised(&token.text),
        };
        if text != token.text {
            touched.extend(token.origin);
            token.text = text;
        }
    }
    touched
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Changes punctuation as another program might: straight quotes for curly ones, narrow for wide.
fn reset(paragraph: &mut Paragraph) -> Vec<usize> {
    const MARKS: [(&str, &str); 14] = [
        ("’", "'"),
        ("'", "’"),
        ("“", "\""),
        ("”", "\""),
        ("„", "\""),
        ("«", "\""),
        ("»", "\""),
        ("–", "-"),
        ("-", "–"),
        ("，", ","),
        ("：", ":"),
        ("；", ";"),
        ("？", "?"),
        ("！", "!"),
    ];
    let mut touched = Vec::new();
    for token in paragraph {
        if let Some((_, mark)) = MARKS.iter().find(|(mark, _)| *mark == token.text) {
            touched.extend(token.origin);
            token.text = (*mark).to_owned();
        }
    }
    touched
}
