//! A text as paragraphs of tokens, each of which knows its origin in the older text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A word, a punctuation mark or, in scripts without spaces, a grapheme.
#[derive(Debug, Clone)]
pub struct Token {
    pub text: String,
    /// White space before the token; ignored at the start of a paragraph.
    pub space: &'static str,
    /// Index of the token in the older text; `None` if an edit added it.
    pub origin: Option<usize>,
    /// True if the token starts a sentence.
    pub opens: bool,
    /// True if an edit moved it.
    pub moved: bool,
    /// Index of the token in the older text that it was copied from while that one stayed.
    pub copy_of: Option<usize>,
}

impl Token {
    /// True if the token is a word and not a punctuation mark.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_word)
    }

    /// True if the token is a grapheme of a script without spaces between words.
    pub fn is_spaceless(&self) -> bool {
        self.text.starts_with(is_spaceless)
    }
}

/// A block of the text: a heading or sentences; never empty.
pub type Paragraph = Vec<Token>;

/// A text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub paragraphs: Vec<Paragraph>,
}

/// A token's place, in code points.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    pub start: u32,
    pub end: u32,
    pub origin: Option<usize>,
    pub moved: bool,
    pub copy_of: Option<usize>,
}

/// A text and the places of its tokens.
pub struct Rendered {
    pub text: String,
    pub tokens: Vec<Placed>,
}

impl Document {
    /// Makes every token its own origin, and returns the number of tokens.
    pub fn number(&mut self) -> usize {
        let mut count = 0;
        for token in self.paragraphs.iter_mut().flatten() {
            token.origin = Some(count);
            count += 1;
        }
        count
    }

    /// The text, with paragraphs separated by one line feed, like the blocks of an article.
    pub fn render(&self) -> Rendered {
        let (mut text, mut tokens, mut at) = (String::new(), Vec::new(), 0);
        for (number, paragraph) in self.paragraphs.iter().enumerate() {
            for (index, token) in paragraph.iter().enumerate() {
                let space = match (number, index) {
                    (0, 0) => "",
                    (_, 0) => "\n",
                    _ => token.space,
                };
                text += space;
                text += &token.text;
                let start = at + space.chars().count() as u32;
                at = start + token.text.chars().count() as u32;
                tokens.push(Placed {
                    start,
                    end: at,
                    origin: token.origin,
                    moved: token.moved,
                    copy_of: token.copy_of,
                });
            }
        }
        Rendered { text, tokens }
    }

    /// Ranges of the paragraphs in the sequence of all tokens.
    pub fn paragraph_ranges(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let lengths = self.paragraphs.iter().map(Vec::len);
        lengths
            .map(|length| {
                start += length;
                start - length..start
            })
            .collect()
    }
}

/// Ranges of the sentences in a paragraph.
pub fn sentences(paragraph: &[Token]) -> Vec<Range<usize>> {
    let opens = |&index: &usize| index == 0 || paragraph[index].opens;
    let mut starts: Vec<usize> = (0..paragraph.len()).filter(opens).collect();
    starts.push(paragraph.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// The tokens of a sentence that has `space` before it.
pub fn tokens(sentence: &str, space: &'static str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut before, mut in_word) = (space, false);
    for grapheme in sentence.graphemes(true) {
        if grapheme.trim().is_empty() {
            (before, in_word) = (" ", false);
            continue;
        }
        let joins = grapheme.starts_with(is_word) && !grapheme.starts_with(is_spaceless);
        match tokens.last_mut().filter(|_| joins && in_word) {
            Some(word) => word.text += grapheme,
            None => tokens.push(Token {
                text: grapheme.to_owned(),
                space: before,
                origin: None,
                opens: tokens.is_empty(),
                moved: false,
                copy_of: None,
            }),
        }
        (before, in_word) = ("", joins);
    }
    tokens
}

/// True for a word character in the sense of `\w` in Python's `re`: letters, digits and the
/// underscore, but no combining marks (of which only Thai and Arabic ones are recognised here).
pub fn is_word(character: char) -> bool {
    let combines = matches!(character, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    character == '_' || character.is_alphanumeric() && !combines
}

/// True for a character of a script without spaces: Thai, kana, Chinese characters.
fn is_spaceless(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sentence: &str) -> Vec<String> {
        let tokens = tokens(sentence, "");
        tokens.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_and_marks_are_tokens_and_so_are_graphemes_of_scripts_without_spaces() {
        assert_eq!(texts("It’s 3, no."), ["It", "’", "s", "3", ",", "no", "."]);
        assert_eq!(texts("橋は12番"), ["橋", "は", "12", "番"]);
        assert_eq!(texts("ที่นี่"), ["ที่", "นี่"]);
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        let paragraph = [tokens("Wait – no!", ""), tokens("Go on.", " ")].concat();
        let mut document = Document {
            paragraphs: vec![tokens("Title", ""), paragraph],
        };
        assert_eq!(document.number(), 8);
        let rendered = document.render();
        assert_eq!(rendered.text, "Title\nWait – no! Go on.");
        let last = rendered.tokens[7];
        assert_eq!((last.start, last.end, last.origin), (22, 23, Some(7)));
        assert_eq!(sentences(&document.paragraphs[1]), [0..4, 4..7]);
        assert_eq!(document.paragraph_ranges(), [0..1, 1..8]);
    }
}
