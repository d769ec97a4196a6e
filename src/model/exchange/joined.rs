//! Joins the files of several articles into one, for formats that hold more than one article.

use super::Format;

/// What stands between the files of two articles that are read as text.
const BETWEEN: &str = "\n\n";
/// The line that parts two articles in text, whose notes have no other mark of where one begins.
const RULE: &str = "\n\n* * *\n\n";
/// How a file of Hypothesis begins if it has annotations, and where their list ends: no string has a
/// line end of its own, and what is within the list is indented further.
const ANNOTATIONS: (&str, &str) = ("{\n  \"annotations\": [", "\n  ]");
/// The same of a bare list.
const LIST: (&str, &str) = ("[", "\n]");

/// True if a file of this format can hold the notes of more than one article.
pub fn holds_several(format: Format) -> bool {
    matches!(
        format,
        Format::WebAnnotation
            | Format::AnnotationList
            | Format::Hypothesis
            | Format::Csv
            | Format::Readwise
            | Format::Table
            | Format::Markdown
            | Format::Text
    )
}

/// Joins files that were written in this format, each with the notes of one article; `None` if the
/// format cannot hold them. The notes of several articles as Web Annotation are written at once, and
/// not joined.
pub fn joined(format: Format, files: &[String]) -> Option<String> {
    match format {
        Format::Csv | Format::Readwise | Format::Table => Some(tables(files)),
        Format::Hypothesis => Some(lists(files, ANNOTATIONS)),
        Format::AnnotationList => Some(lists(files, LIST)),
        Format::Markdown => Some(parted(files, BETWEEN)),
        Format::Text => Some(parted(files, RULE)),
        _ => None,
    }
}

/// Joins tables, of which all have the same heads.
fn tables(files: &[String]) -> String {
    let mut all = String::new();
    for (index, file) in files.iter().enumerate() {
        // The heads are plain words, so that they end with their line.
        let rows = file.split_once("\r\n").map_or("", |(_, rows)| rows);
        all.push_str(if index == 0 { file } else { rows });
    }
    all
}

/// Joins lists of annotations that begin and end so; what else a file says is the same in all.
fn lists(files: &[String], (begin, end): (&str, &str)) -> String {
    let mut entries: Vec<&str> = Vec::new();
    for file in files {
        let list = file.strip_prefix(begin).and_then(|rest| rest.rfind(end));
        entries.extend(list.map(|end| &file[begin.len()..][..end]));
    }
    let rest = files
        .iter()
        .find_map(|file| Some(&file[file.rfind(end)?..]));
    match rest {
        Some(rest) => [begin, &entries.join(","), rest].concat(),
        None => files.first().cloned().unwrap_or_default(),
    }
}

fn parted(files: &[String], between: &str) -> String {
    let files: Vec<&str> = files.iter().map(|file| file.trim_end()).collect();
    let mut all = files.join(between);
    all.push('\n');
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_their_heads_once() {
        let files =
            ["\u{feff}a,b\r\n1,2\r\n", "\u{feff}a,b\r\n3,\"x\r\ny\"\r\n"].map(str::to_owned);
        let all = joined(Format::Csv, &files).expect("it holds several");
        assert_eq!(all, "\u{feff}a,b\r\n1,2\r\n3,\"x\r\ny\"\r\n");
    }

    #[test]
    fn lists_become_one_list() {
        let files = ["[\n  {\n    \"a\": []\n  }\n]", "[]", "[\n  {}\n]"].map(str::to_owned);
        let all = joined(Format::AnnotationList, &files);
        let whole = "[\n  {\n    \"a\": []\n  },\n  {}\n]";
        assert_eq!(all.as_deref(), Some(whole));
        let none = joined(Format::AnnotationList, &files[1..2]);
        assert_eq!(none.as_deref(), Some("[]"));
    }

    #[test]
    fn what_holds_one_article_is_not_joined() {
        let files = ["a".to_owned(), "b".to_owned()];
        for format in Format::ALL {
            let is_joined = joined(format, &files).is_some() || format == Format::WebAnnotation;
            assert_eq!(is_joined, holds_several(format), "{format:?}");
        }
    }

    #[test]
    fn text_ends_with_one_line_end() {
        let files = ["One.\n\n".to_owned(), "Two.\n".to_owned()];
        let all = joined(Format::Text, &files);
        assert_eq!(all.as_deref(), Some("One.\n\n* * *\n\nTwo.\n"));
    }
}
