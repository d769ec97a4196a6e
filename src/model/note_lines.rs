//! The lines of a note: whether they can be more than plain words, and the words without them.

/// True if Markdown could read the text as anything but plain words.
pub fn may_be_markup(text: &str) -> bool {
    let anywhere = |c: char| "*_`[]<&\\~|\t".contains(c);
    let at_start =
        |line: &str| line.starts_with(|c: char| "#>-+= ".contains(c) || c.is_ascii_digit());
    text.contains(anywhere)
        || ["  \n", "www.", "://"]
            .iter()
            .any(|marks| text.contains(marks))
        || text.lines().any(at_start)
}

/// Returns plain words in paragraphs, with a space for each single line end, as CommonMark has it
/// (<https://spec.commonmark.org/0.31.2/#soft-line-breaks>).
pub fn flowing(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<&str> = paragraph.trim_matches('\n').split('\n').collect();
        lines.join(" ")
    });
    let paragraphs: Vec<String> = paragraphs.collect();
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_flow_within_paragraphs() {
        assert_eq!(
            flowing("one\ntwo\n\nthree\n\n\nfour"),
            "one two\n\nthree\n\nfour"
        );
        assert_eq!(flowing("one"), "one");
        assert_eq!(flowing(""), "");
    }

    #[test]
    fn what_has_marks_may_be_markup() {
        for text in [
            "*so*",
            "a\n- b",
            "a  \nb",
            "# a",
            "1. a",
            "see www.example.org",
        ] {
            assert!(may_be_markup(text), "{text}");
        }
        for text in ["a\nb", "a - b, 1.", "a  b"] {
            assert!(!may_be_markup(text), "{text}");
        }
    }
}
