//! Files of notes in a folder of the reader's: whose a file is, and what it shall hold.
//!
//! A file of ours has a marked line that names the article. What is above it is written anew with
//! each edit; what is below it is the reader's and stays byte for byte.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::article::ArticleId;
use super::history::History;

/// The marked line begins with this and the article's id. An HTML comment is Markdown everywhere,
/// and programs for notes leave it where it is.
const MARK: &str = "<!-- postil:";
/// The marked line ends with this.
const END: &str = "-->";
/// What a line of notes that begins like a marked one begins with instead.
const DEFUSED: &str = "<!--  postil:";

/// What shall become of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewriting {
    /// It shall hold this text.
    Write(String),
    /// It holds that already.
    Same,
    /// It is not the file of this article, and must stay as it is.
    Foreign,
}

/// Returns what shall become of a file, of which these are the bytes if there is one. `document` are
/// the article's notes; `said` is what the marked line says to the reader, without a line end.
pub fn rewritten(
    present: Option<&[u8]>,
    document: &str,
    article: &ArticleId,
    said: &str,
) -> Rewriting {
    let Some(bytes) = present else {
        return Rewriting::Write(file(document, article, said, ""));
    };
    // What is not UTF-8 could not be written back as it was.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Rewriting::Foreign;
    };
    match below(text, article) {
        None => Rewriting::Foreign,
        Some(kept) => {
            let next = file(document, article, said, kept);
            match next == text {
                true => Rewriting::Same,
                false => Rewriting::Write(next),
            }
        }
    }
}

/// Returns what is below the marked line, if that is there and names this article. The first such
/// line counts: below it there may be anything, even a copy of such a file.
fn below<'a>(text: &'a str, article: &ArticleId) -> Option<&'a str> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        start += line.len();
        let named = line
            .strip_prefix(MARK)
            .filter(|_| line.trim_end().ends_with(END));
        if let Some(named) = named {
            let id = named.split_whitespace().next();
            return (id == Some(article.as_str())).then(|| &text[start..]);
        }
    }
    None
}

fn file(document: &str, article: &ArticleId, said: &str, kept: &str) -> String {
    let mut file = String::new();
    for line in document.trim_end().lines() {
        match line.strip_prefix(MARK) {
            Some(rest) => file.extend([DEFUSED, rest]),
            None => file.push_str(line),
        }
        file.push('\n');
    }
    file.extend([
        "\n",
        MARK,
        article.as_str(),
        " ",
        said,
        " ",
        END,
        "\n",
        kept,
    ]);
    file
}

/// Returns the name to try if earlier ones are taken by other files: the `number`th, from 1.
pub fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if number > 1 => format!("{stem}-{number}.{ending}"),
        _ => name.to_owned(),
    }
}

/// Returns the articles of the edits that are in effect in one history and not in the other.
pub fn touched(before: &History, after: &History) -> BTreeSet<ArticleId> {
    let in_effect = |history: &History, number: usize| {
        let edit = history.numbered(number).cloned();
        edit.filter(|_| number < history.first() + history.at())
    };
    let first = before.first().min(after.first());
    let end = (before.first() + before.at()).max(after.first() + after.at());
    let mut articles = BTreeSet::new();
    for number in first..end {
        let (one, other) = (in_effect(before, number), in_effect(after, number));
        let is_same = match (&one, &other) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            // What is forgotten was not taken back.
            _ => number < after.first(),
        };
        if !is_same {
            let edits = one.into_iter().chain(other);
            for edit in edits {
                let changes = edit.changes.iter();
                articles.extend(changes.map(|change| change.annotation().article.clone()));
            }
        }
    }
    articles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        assert_eq!(numbered("Tides.md", 1), "Tides.md");
        assert_eq!(numbered("Tides.md", 3), "Tides-3.md");
    }

    #[test]
    fn a_file_ends_with_the_marked_line_and_what_is_below_it() {
        let id = ArticleId::of_iri("https://example.org/tides");
        let said = "Yours is below.";
        let Rewriting::Write(first) = rewritten(None, "# Tides\n", &id, said) else {
            panic!("a new file is written");
        };
        let line = format!("<!-- postil:{} {said} -->\n", id.as_str());
        assert_eq!(first, format!("# Tides\n\n{line}"));
        let edited = [&first, "mine\r\n"].concat();
        let next = rewritten(Some(edited.as_bytes()), "# Ebb\n", &id, said);
        assert_eq!(next, Rewriting::Write(format!("# Ebb\n\n{line}mine\r\n")));
        // Another system may have changed the ends of lines.
        let other = edited.replace("\r\n", "\n").replace('\n', "\r\n");
        let next = rewritten(Some(other.as_bytes()), "# Ebb\n", &id, said);
        assert_eq!(next, Rewriting::Write(format!("# Ebb\n\n{line}mine\r\n")));
    }
}
