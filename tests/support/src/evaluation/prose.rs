//! The prose of which articles are made, written for this project: a sentence a line, headings
//! after `#`. Six languages: with spaces, right-to-left, and without spaces.

use unicode_segmentation::UnicodeSegmentation;

use super::document::{Document, Token, tokens};
use crate::seed::Seed;

/// Percentage of an article's sentences that are repeated in it unchanged.
const REPEATED: u64 = 5;
/// Percentage of words that change when a sentence is used again.
const VARIED: u64 = 35;
/// Percentage of words that change when an edit adds a sentence: if it were one of the article's
/// own sentences, and that one deleted, nobody could tell that it was not moved.
const NEW: u64 = 60;
/// Percentage of paragraphs with a heading; there are few headings, so they repeat.
const HEADED: u64 = 30;
/// Number of attempts to find a word that differs from the replaced one.
const TRIES: usize = 8;

/// The prose of one language.
pub struct Bank {
    pub language: &'static str,
    /// The separator of two words.
    pub word_space: &'static str,
    headings: Vec<Vec<Token>>,
    sentences: Vec<Vec<Token>>,
}

/// The prose of all languages.
pub fn banks() -> Vec<Bank> {
    [
        ("English", " ", " ", include_str!("prose/english.txt")),
        ("German", " ", " ", include_str!("prose/german.txt")),
        ("Arabic", " ", " ", include_str!("prose/arabic.txt")),
        ("Chinese", "", "", include_str!("prose/chinese.txt")),
        ("Japanese", "", "", include_str!("prose/japanese.txt")),
        ("Thai", "", " ", include_str!("prose/thai.txt")),
    ]
    .map(|(language, word_space, sentence_space, text)| {
        let lines = || text.lines().filter(|line| !line.is_empty());
        Bank {
            language,
            word_space,
            headings: lines()
                .filter_map(|line| line.strip_prefix("# "))
                .map(|line| tokens(line, sentence_space))
                .collect(),
            sentences: lines()
                .filter(|line| !line.starts_with('#'))
                .map(|line| tokens(line, sentence_space))
                .collect(),
        }
    })
    .into()
}

impl Bank {
    /// A sentence that no article contains, made of the words of one that any article may contain.
    pub fn new_sentence(&self, seed: &mut Seed) -> Vec<Token> {
        let sentence = seed.pick(&self.sentences);
        self.varied(sentence, NEW, 0, seed)
    }

    /// An article of about this many sentences. Once all are used, they recur with other words;
    /// `made_up` percent of the words are invented, like names and rare words in real texts.
    pub fn article(&self, sentences: usize, made_up: u64, seed: &mut Seed) -> Document {
        let mut paragraphs = Vec::new();
        let (mut order, mut used) = (Vec::new(), 0);
        while used < sentences {
            if seed.percent(HEADED) || used == 0 {
                paragraphs.push(seed.pick(&self.headings).clone());
            }
            let mut paragraph = Vec::new();
            for _ in 0..seed.between(2, 7) {
                if order.is_empty() {
                    order = (0..self.sentences.len()).collect();
                    seed.shuffle(&mut order);
                }
                let sentence = &self.sentences[order.pop().unwrap_or_default()];
                let again = used >= self.sentences.len() && !seed.percent(REPEATED);
                let share = if again { VARIED } else { 0 };
                paragraph.extend(self.varied(sentence, share, made_up, seed));
                used += 1;
            }
            if seed.percent(REPEATED) {
                paragraph.extend(seed.pick(&self.sentences).clone());
            }
            paragraphs.push(paragraph);
        }
        let mut article = Document { paragraphs };
        article.number();
        article
    }

    fn varied(&self, sentence: &[Token], share: u64, made_up: u64, seed: &mut Seed) -> Vec<Token> {
        let (mut varied, mut at) = (Vec::with_capacity(sentence.len()), 0);
        while at < sentence.len() {
            let word = &sentence[at..word_end(sentence, at, seed)];
            at += word.len();
            match word[0].is_word() {
                true if seed.percent(made_up) => varied.extend(self.made_up(word, seed)),
                true if seed.percent(share) => varied.extend(self.substitute(word, seed)),
                _ => varied.extend_from_slice(word),
            }
        }
        varied
    }

    /// A replacement for a word: one from another sentence, or a misspelling of it.
    pub fn substitute(&self, word: &[Token], seed: &mut Seed) -> Vec<Token> {
        let mut other = match word {
            [word] if !word.is_spaceless() && seed.percent(30) => misspelt(word, seed),
            _ => self.other_word(word, seed),
        };
        if let (Some(first), Some(old)) = (other.first_mut(), word.first()) {
            (first.space, first.opens) = (old.space, old.opens);
        }
        other
    }

    fn other_word(&self, word: &[Token], seed: &mut Seed) -> Vec<Token> {
        let mut other = Vec::new();
        for _ in 0..TRIES {
            let sentence = seed.pick(&self.sentences);
            let at = seed.index(sentence.len());
            other = sentence[at..word_end(sentence, at, seed)].to_vec();
            let differs = |token: &Token| {
                let text = token.text.to_lowercase();
                word.iter().all(|old| old.text.to_lowercase() != text)
            };
            if other[0].is_word() && other.iter().all(differs) {
                break;
            }
        }
        for (index, token) in other.iter_mut().enumerate() {
            token.opens = false;
            token.space = if index == 0 { self.word_space } else { "" };
        }
        other
    }

    /// An unused word: the head of one and the tail of another.
    fn made_up(&self, word: &[Token], seed: &mut Seed) -> Vec<Token> {
        let mut made = self.substitute(word, seed);
        let (head, tail) = (&word[0], &self.other_word(word, seed)[0]);
        if !head.is_spaceless() && !tail.is_spaceless() {
            let half = |text: &str| text.chars().count().div_ceil(2);
            let text: String = head.text.chars().take(half(&head.text)).collect();
            made.truncate(1);
            made[0].text = text
                + &tail
                    .text
                    .chars()
                    .skip(half(&tail.text) / 2)
                    .collect::<String>();
        }
        made
    }

    /// A few consecutive words of a random sentence.
    pub fn phrase(&self, seed: &mut Seed) -> Vec<Token> {
        let sentence = seed.pick(&self.sentences);
        let length = seed.between(1, 6).min(sentence.len());
        let from = seed.index(sentence.len() - length + 1);
        let mut phrase = sentence[from..from + length].to_vec();
        phrase.iter_mut().for_each(|token| token.opens = false);
        phrase[0].space = self.word_space;
        phrase
    }
}

/// The end of the word that starts at a token: that token, or one to three graphemes of a script
/// without spaces.
pub fn word_end(tokens: &[Token], at: usize, seed: &mut Seed) -> usize {
    let most = if tokens[at].is_spaceless() {
        seed.between(1, 3)
    } else {
        1
    };
    let is_of_word = |token: &&Token| token.is_spaceless() && token.is_word();
    let more = tokens[at + 1..]
        .iter()
        .take(most - 1)
        .take_while(is_of_word);
    at + 1 + more.count()
}

/// A word with a letter doubled, omitted or replaced by another of its letters.
fn misspelt(word: &Token, seed: &mut Seed) -> Vec<Token> {
    let mut letters: Vec<&str> = word.text.graphemes(true).collect();
    let at = seed.index(letters.len());
    let other = *seed.pick(&letters);
    match seed.next(3) {
        0 if letters.len() > 3 => drop(letters.remove(at)),
        1 if letters[at] != other => letters[at] = other,
        _ => letters.insert(at, other),
    }
    let text = letters.concat();
    vec![Token {
        text,
        origin: None,
        moved: false,
        copy_of: None,
        ..word.clone()
    }]
}
