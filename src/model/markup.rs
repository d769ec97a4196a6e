//! Markdown shortcuts: what a key puts around the selected words of a note, or removes again.

pub mod lists;
mod markers;
pub mod pasted;

use std::ops::Range;

/// What a shortcut does in the note's editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Their names say it.
pub enum Markup {
    Bold,
    Italic,
    Link,
    Quotation,
}

impl Markup {
    /// Returns the markup for a letter pressed with Ctrl.
    pub fn of_key(letter: char) -> Option<Self> {
        Some(match letter {
            'b' => Self::Bold,
            'i' => Self::Italic,
            'l' => Self::Link,
            'q' => Self::Quotation,
            _ => return None,
        })
    }
}

/// One replacement in a text, in bytes, and the selection after it.
///
/// It is minimal, so that the browser's undo takes back just this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The range that is replaced.
    pub range: Range<usize>,
    /// The replacement.
    pub words: String,
    /// The selection after the replacement.
    pub selection: Range<usize>,
}

/// The address of a new link, to be typed over.
const ADDRESS: &str = "https://";

/// Adds a markup to the selected bytes of a text, or removes it if it is there. Applied twice it
/// changes nothing, unless a link was given its address in between.
pub fn toggled(text: &str, selection: Range<usize>, markup: Markup) -> Edit {
    match markup {
        Markup::Bold => emphasised(text, selection, 2),
        Markup::Italic => emphasised(text, selection, 1),
        Markup::Link => linked(text, selection),
        Markup::Quotation => quoted(text, selection),
    }
}

/// Adds or removes asterisks: one is italic, two are bold, three are both.
fn emphasised(text: &str, selection: Range<usize>, marks: usize) -> Edit {
    let Range { start, end } = selection;
    let words = &text[start..end];
    let stars_before = |at: usize| at - text[..at].trim_end_matches('*').len();
    let stars_after = |at: usize| text.len() - at - text[at..].trim_start_matches('*').len();
    let has = |before: usize, after: usize| {
        let both = before.min(after);
        both == 3 || both == marks
    };
    if has(stars_before(start), stars_after(end)) {
        let range = start - marks..end + marks;
        return Edit {
            selection: range.start..range.start + words.len(),
            range,
            words: words.to_owned(),
        };
    }
    let within = words.trim_matches('*');
    let stars = (words.len() - words.trim_start_matches('*').len())
        .min(words.len() - words.trim_end_matches('*').len());
    if !within.is_empty() && has(stars, stars) {
        let words = &words[marks..words.len() - marks];
        return Edit {
            range: start..end,
            selection: start..start + words.len(),
            words: words.to_owned(),
        };
    }
    let stars = "*".repeat(marks);
    Edit {
        range: start..end,
        selection: start + marks..end + marks,
        words: [&stars, words, &stars].concat(),
    }
}

/// Makes the words a link with its address selected, or replaces a link by its words.
fn linked(text: &str, selection: Range<usize>) -> Edit {
    let Range { start, end } = selection;
    let link = text[..start].rfind('[').and_then(|open| {
        let middle = open + 1 + text[open + 1..].find("](")?;
        let close = middle + 2 + text[middle + 2..].find(')')?;
        let one_line =
            !text[open..close].contains(['\n', ']']) || text[open..middle].find(']').is_none();
        (one_line && end <= close).then_some((open, middle, close))
    });
    if let Some((open, middle, close)) = link {
        let words = text[open + 1..middle].to_owned();
        return Edit {
            range: open..close + 1,
            selection: open..open + words.len(),
            words,
        };
    }
    let words = ["[", &text[start..end], "](", ADDRESS, ")"].concat();
    let address = end + "[](".len();
    Edit {
        range: start..end,
        words,
        selection: address..address + ADDRESS.len(),
    }
}

/// Turns the lines of the selection into a quotation, or back.
fn quoted(text: &str, selection: Range<usize>) -> Edit {
    let from = text[..selection.start].rfind('\n').map_or(0, |at| at + 1);
    // A selection that ends before a line's first letter does not include that line.
    let last = match text[selection.clone()].ends_with('\n') {
        true => selection.end - 1,
        false => selection.end,
    };
    let to = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let lines: Vec<&str> = text[from..to].split('\n').collect();
    let all = lines.iter().all(|line| line.starts_with('>'));
    let line = |line: &&str| match all {
        true => line[1..].strip_prefix(' ').unwrap_or(&line[1..]).to_owned(),
        false => format!("> {line}"),
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    let words = lines.join("\n");
    let selection = match selection.is_empty() {
        true => from + words.len()..from + words.len(),
        false => from..from + words.len(),
    };
    Edit {
        range: from..to,
        words,
        selection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies a key; the bars mark the selection before and after, as in `one |two| three`.
    fn after(marked: &str, markup: Markup) -> String {
        let start = marked.find('|').expect("a bar");
        let end = marked.rfind('|').expect("a bar") - 1;
        let text = marked.replace('|', "");
        let edit = toggled(&text, start..end.max(start), markup);
        let mut text = text;
        text.replace_range(edit.range, &edit.words);
        text.insert(edit.selection.end, '|');
        text.insert(edit.selection.start, '|');
        text
    }

    #[test]
    fn a_key_puts_marks_and_takes_them_away() {
        for (before, markup, marked) in [
            ("one |two| three", Markup::Bold, "one **|two|** three"),
            ("one |two| three", Markup::Italic, "one *|two|* three"),
            (
                "one **|two|** three",
                Markup::Italic,
                "one ***|two|*** three",
            ),
            ("one *|two|* three", Markup::Bold, "one ***|two|*** three"),
            ("één |🌊| ö", Markup::Bold, "één **|🌊|** ö"),
            ("a||b", Markup::Bold, "a**||**b"),
        ] {
            assert_eq!(after(before, markup), marked);
            assert_eq!(after(marked, markup), before, "taken away");
        }
        assert_eq!(after("|**two**|", Markup::Bold), "|two|");
        assert_eq!(after("|***two***|", Markup::Italic), "|**two**|");
        // Bold words are not italic.
        assert_eq!(after("|**two**|", Markup::Italic), "*|**two**|*");
    }

    #[test]
    fn a_link_waits_for_its_address_and_goes_again() {
        assert_eq!(after("a |word| b", Markup::Link), "a [word](|https://|) b");
        assert_eq!(after("a [word](|https://|) b", Markup::Link), "a |word| b");
        assert_eq!(after("a [w|or|d](https://x) b", Markup::Link), "a |word| b");
        assert_eq!(
            after("[x](y) |word|", Markup::Link),
            "[x](y) [word](|https://|)"
        );
        assert_eq!(
            after("a [b |word|", Markup::Link),
            "a [b [word](|https://|)"
        );
    }

    #[test]
    fn whole_lines_are_quoted() {
        assert_eq!(
            after("one\nt|w|o\nthree", Markup::Quotation),
            "one\n|> two|\nthree"
        );
        assert_eq!(
            after("one\n|> two|\nthree", Markup::Quotation),
            "one\n|two|\nthree"
        );
        assert_eq!(
            after("|one\n\ntwo|", Markup::Quotation),
            "|> one\n> \n> two|"
        );
        assert_eq!(
            after("|> one\n> \n> two|", Markup::Quotation),
            "|one\n\ntwo|"
        );
        assert_eq!(after("|one\n|two", Markup::Quotation), "|> one|\ntwo");
    }
}
