//! Lists and quotations that go on: what Enter, Tab and Shift-Tab do in a line of one.

use std::ops::Range;

use super::Edit;

use super::markers::{Kind, Marker, column, column_of, in_code, is_rule, markers, quotations};

/// What Enter does at a caret, a byte of the text: it goes on with the list or the quotation of the
/// line, or ends it on an item without words. `None` if it does nothing but begin a line.
pub fn entered(text: &str, caret: usize) -> Option<Edit> {
    let line = line_at(text, caret);
    let words = &text[line.clone()];
    let markers = markers(words);
    let last = markers.last()?;
    if caret < line.start + last.end || is_rule(words) || in_code(&text[..line.start]) {
        return None;
    }
    if words[last.end..].trim().is_empty() {
        // Only the innermost list ends; white space belongs to the marker that it stands before.
        let range = line.start + last.before..line.end;
        return Some(replacement(range, String::new()));
    }
    let mut next = String::from("\n");
    for (index, marker) in markers.iter().enumerate() {
        next.push_str(&words[marker.before..marker.sign.start]);
        next.push_str(&continued(words, marker, index + 1 == markers.len()));
    }
    let rest = &text[caret..line.end];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    Some(replacement(caret..caret + spaces, next))
}

/// What Enter has just put at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where the line begins, in bytes.
    line: usize,
    marks: String,
}

impl Begun {
    /// Returns it, if that is what an edit does.
    pub fn by(edit: &Edit) -> Option<Self> {
        let marks = edit.words.strip_prefix('\n')?.to_owned();
        let line = edit.range.start + 1;
        (!marks.is_empty()).then_some(Self { line, marks })
    }

    /// Looks at what was typed after the marks, up to the caret: a reader who is used to it types
    /// those that are there already.
    pub fn typed(&self, text: &str, caret: usize) -> Again {
        let after = self.line + self.marks.len();
        let begins = text.get(self.line..after) == Some(&*self.marks);
        let own = self.marks.trim_start();
        let typed = text.get(after..caret).filter(|_| begins);
        match typed.and_then(|typed| own.strip_prefix(typed)) {
            Some("") if own.ends_with(' ') => {
                Again::Typed(replacement(after..caret, String::new()))
            }
            Some(_) => Again::Open,
            None => Again::Over,
        }
    }
}

/// Whether marks that were put are typed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// That is not known yet.
    Open,
    /// They are; the edit takes them away.
    Typed(Edit),
    /// Something else was typed.
    Over,
}

/// What Tab (`inwards`) or Shift-Tab does at a caret: it puts the item of the line below the one
/// before it, or back. `None` outside of lists, and where there is nothing to do: the key then moves
/// the focus, so that nobody is caught in the box.
pub fn shifted(text: &str, caret: usize, inwards: bool) -> Option<Edit> {
    let line = line_at(text, caret);
    let words = &text[line.clone()];
    let markers = markers(words);
    let own = markers.last().filter(|marker| marker.is_item())?;
    if is_rule(words) || in_code(&text[..line.start]) {
        return None;
    }
    let outer = quotations(&markers);
    let column = column(words, own);
    let above = || items_above(&text[..line.start], outer);
    let to = match inwards {
        true => {
            let before = above().find(|item| item.column <= column)?;
            (before.content > column).then_some(before.content)?
        }
        false if column == column_of(words, own.before) => return None,
        false => above()
            .find(|item| item.column < column)
            .map_or(column_of(words, own.before), |item| item.column),
    };
    let sibling = above()
        .take_while(|item| item.column >= to)
        .find(|item| item.column == to);
    let spaces = to.checked_sub(column_of(words, own.before))?;
    let sign = numbered(words, own, sibling.and_then(|item| item.number));
    let put = [&" ".repeat(spaces), &*sign].concat();
    let range = line.start + own.before..line.start + own.sign.end;
    let moved = (caret + put.len()).saturating_sub(range.len());
    let caret = moved.max(range.start + put.len());
    Some(Edit {
        range,
        words: put,
        selection: caret..caret,
    })
}

/// An item of a list above a line.
struct Item {
    /// Where its marker stands, in columns.
    column: usize,
    /// Where its words begin, in columns.
    content: usize,
    /// Its number, if it has one.
    number: Option<u32>,
}

/// The items above a line, nearest first, as far as the list and its quotations reach.
fn items_above(above: &str, quotations: usize) -> impl Iterator<Item = Item> {
    let lines = above.strip_suffix('\n').map(|above| above.rsplit('\n'));
    let lines = lines.into_iter().flatten();
    // A line that begins at the margin and is no item ends the list.
    let reaches = move |line: &&str| {
        let markers = markers(line);
        let is_item = markers.last().is_some_and(Marker::is_item);
        let is_within = line.is_empty() || line.starts_with([' ', '\t', '>']);
        (is_item || is_within) && self::quotations(&markers) == quotations
    };
    lines.take_while(reaches).filter_map(|line| {
        let markers = markers(line);
        let marker = markers.last().filter(|marker| marker.is_item())?;
        let column = column(line, marker);
        let number = match marker.kind {
            Kind::Number(number) => Some(number),
            Kind::Bullet | Kind::Quotation => None,
        };
        Some(Item {
            column,
            content: column + marker.sign.len() + 1,
            number,
        })
    })
}

/// An edit with the caret after its words.
fn replacement(range: Range<usize>, words: String) -> Edit {
    let caret = range.start + words.len();
    Edit {
        range,
        words,
        selection: caret..caret,
    }
}

/// The line around a byte, without its line feed.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let end = text[at..].find('\n').map_or(text.len(), |feed| at + feed);
    start..end
}

/// What stands for a marker in the next line: an outer item covers it with white space only.
fn continued(line: &str, marker: &Marker, is_last: bool) -> String {
    let sign = &line[marker.sign.clone()];
    match marker.kind {
        Kind::Quotation => line[marker.sign.start..marker.end].to_owned(),
        _ if !is_last => " ".repeat(marker.end - marker.sign.start),
        Kind::Bullet | Kind::Number(_) => {
            let number = match marker.kind {
                Kind::Number(number) => (number + 1).to_string() + &sign[sign.len() - 1..],
                _ => sign.to_owned(),
            };
            let task = if marker.has_box { "[ ] " } else { "" };
            [&number, " ", task].concat()
        }
    }
}

/// The sign of an item that follows a sibling with a number, or begins a list.
fn numbered(line: &str, marker: &Marker, sibling: Option<u32>) -> String {
    let sign = &line[marker.sign.clone()];
    match marker.kind {
        Kind::Number(_) => {
            let number = sibling.map_or(1, |number| number + 1);
            number.to_string() + &sign[sign.len() - 1..]
        }
        Kind::Bullet | Kind::Quotation => sign.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies a key; the bar is the caret, as in `- one|`. `None` if the key means nothing here.
    fn after(marked: &str, key: fn(&str, usize) -> Option<Edit>) -> Option<String> {
        let caret = marked.find('|').expect("a bar");
        let mut text = marked.replace('|', "");
        let edit = key(&text, caret)?;
        text.replace_range(edit.range, &edit.words);
        assert!(edit.selection.is_empty());
        text.insert(edit.selection.start, '|');
        Some(text)
    }

    fn tab(text: &str, caret: usize) -> Option<Edit> {
        shifted(text, caret, true)
    }

    fn back(text: &str, caret: usize) -> Option<Edit> {
        shifted(text, caret, false)
    }

    #[test]
    fn enter_goes_on_with_a_list() {
        for (before, then) in [
            ("- one|", "- one\n- |"),
            ("* one|\nafter", "* one\n* |\nafter"),
            ("+ one| two", "+ one\n+ |two"),
            ("9. nine|", "9. nine\n10. |"),
            ("1) one|", "1) one\n2) |"),
            ("- [x] done|", "- [x] done\n- [ ] |"),
            ("3. [ ] so|", "3. [ ] so\n4. [ ] |"),
            ("> said|", "> said\n> |"),
            (">said|", ">said\n>|"),
            ("> - one|", "> - one\n> - |"),
            ("a\n  - one|", "a\n  - one\n  - |"),
            ("- 1. one|", "- 1. one\n  2. |"),
            ("- ö🌊|", "- ö🌊\n- |"),
        ] {
            assert_eq!(after(before, entered).as_deref(), Some(then));
        }
    }

    #[test]
    fn marks_that_are_typed_again_stand_once() {
        let begun = |text: &str| Begun::by(&entered(text, text.len())?);
        let typed = |before: &str, more: &str| {
            let begun = begun(before).expect("a list that goes on");
            let text = [before, "\n", &begun.marks, more].concat();
            match begun.typed(&text, text.len()) {
                Again::Typed(edit) => Some(text[edit.range].to_owned()),
                Again::Open => Some(String::new()),
                Again::Over => None,
            }
        };
        for (before, marks) in [
            ("- one", "- "),
            ("  - one", "- "),
            ("1. a", "2. "),
            ("> a", "> "),
        ] {
            assert_eq!(typed(before, marks).as_deref(), Some(marks));
        }
        assert_eq!(typed("- one", "").as_deref(), Some(""));
        assert_eq!(typed("- one", "-").as_deref(), Some(""));
        assert_eq!(typed("- [ ] a", "- [ ] ").as_deref(), Some("- [ ] "));
        for other in ["t", "* ", "-x", "- t"] {
            assert_eq!(typed("- one", other), None);
        }
        // Without a space it may be the first letter.
        assert_eq!(typed(">one", ">").as_deref(), Some(""));
        assert_eq!(begun("- "), None);
    }

    #[test]
    fn enter_ends_a_list_on_an_item_without_words() {
        for (before, then) in [
            ("- one\n- |", "- one\n|"),
            ("- [ ] |", "|"),
            ("  2. |\nafter", "|\nafter"),
            ("> - |", "> |"),
            ("> |", "|"),
        ] {
            assert_eq!(after(before, entered).as_deref(), Some(then));
        }
    }

    #[test]
    fn enter_is_plain_elsewhere() {
        for plain in [
            "one|",
            "|- one",
            "-| one",
            "-one|",
            "**bold** word|",
            "1.5 metres|",
            "- - -|",
            "* * *|",
            "```\n- code|",
            "2024|",
            "",
        ] {
            let plain = if plain.is_empty() { "|" } else { plain };
            assert_eq!(after(plain, entered), None, "{plain}");
        }
        let closed = "```\n- code\n```\n- list|";
        assert_eq!(after(closed, entered), Some(closed.replace('|', "\n- |")));
    }

    #[test]
    fn tab_puts_an_item_below_the_one_before_it() {
        for (before, then) in [
            ("- one\n- two|", "- one\n  - two|"),
            ("1. one\n2. t|wo", "1. one\n   1. t|wo"),
            ("1. one\n   1. in\n2. two|", "1. one\n   1. in\n   2. two|"),
            ("- a\n  - b\n- |c", "- a\n  - b\n  - |c"),
            ("> - a\n> - b|", "> - a\n>   - b|"),
            ("- a\n  goes on\n\n- b|", "- a\n  goes on\n\n  - b|"),
        ] {
            assert_eq!(after(before, tab).as_deref(), Some(then));
            if !before.contains("1. in") {
                assert_eq!(after(then, back).as_deref(), Some(before), "taken back");
            }
        }
        assert_eq!(
            after("- a\n- |[ ] b", tab).as_deref(),
            Some("- a\n  - |[ ] b")
        );
    }

    #[test]
    fn tab_moves_the_focus_where_there_is_nothing_to_put_in() {
        for before in [
            "- one|",
            "one|",
            "> said|",
            "- a\n  - b|",
            "words\n- a|",
            "- a\nend\n- b|",
        ] {
            assert_eq!(after(before, tab), None, "{before}");
        }
        for before in ["- one|", "one|", "> said|", "> - a|"] {
            assert_eq!(after(before, back), None, "{before}");
        }
        assert_eq!(after("  - one|", back).as_deref(), Some("- one|"));
    }
}
