//! Recognises a table of notes by its first line, without reading the rest.

/// Longest first line that is looked at, in bytes.
const LONGEST: usize = 4_096;
/// What may part cells, each in one byte: spreadsheets write semicolons where commas part decimals.
const DELIMITERS: [char; 3] = [',', ';', '\t'];
/// What some spreadsheets write into a line of its own before the heads.
const SEPARATOR: &str = "sep=";

/// Heads of Readwise's tables, of which only the first must be there.
const READWISE: [&str; 14] = [
    "highlight",
    "title",
    "author",
    "url",
    "note",
    "location",
    "date",
    "book title",
    "book author",
    "amazon book id",
    "color",
    "tags",
    "location type",
    "highlighted at",
];

/// A form of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Postil's own, with all fields.
    AllFields,
    /// Those that Readwise imports or exports.
    Readwise,
    /// Those that Hypothesis exports.
    Hypothesis,
}

/// The heads of a table.
#[derive(Debug)]
pub struct Heads<'a> {
    /// The form of the table.
    pub form: Form,
    /// The names of its columns, in lower case.
    pub names: Vec<String>,
    /// What parts its cells.
    pub delimiter: u8,
    /// The table, from its heads on.
    pub table: &'a str,
}

/// Returns the heads of a table of notes; `None` if the file is none. The beginning of the file is
/// enough.
pub fn of(file: &str) -> Option<Heads<'_>> {
    let table = file.trim_start_matches(['\u{feff}', '\r', '\n']);
    let table = match table.strip_prefix(SEPARATOR) {
        Some(_) => table.split_once('\n')?.1,
        None => table,
    };
    let line = table.split(['\r', '\n']).next()?;
    if line.len() > LONGEST {
        return None;
    }
    DELIMITERS.into_iter().find_map(|delimiter| {
        let names: Vec<String> = line.split(delimiter).map(plain).collect();
        Some(Heads {
            form: Form::of(&names)?,
            names,
            delimiter: delimiter as u8,
            table,
        })
    })
}

/// True if the beginning of a file shows that it is a table of notes, and no text that happens to
/// begin with the same word.
pub fn are_of_notes(head: &str) -> bool {
    of(head).is_some_and(|heads| heads.names.len() > 1)
}

/// The name of a column, as it is compared.
fn plain(head: &str) -> String {
    let head = head.trim().trim_matches('"').trim();
    head.replace('_', " ").to_lowercase()
}

impl Form {
    fn of(names: &[String]) -> Option<Self> {
        let has = |name: &str| names.iter().any(|head| head == name);
        if has("quote") && has("note") && (has("article") || has("address")) {
            return Some(Self::AllFields);
        }
        let is_present = has("quote/description") && has("comment");
        let is_older = has("annotation/reply type") && has("body");
        if has("url") && (is_present || is_older) {
            return Some(Self::Hypothesis);
        }
        let known = names
            .iter()
            .filter(|head| READWISE.contains(&&***head))
            .count();
        let is_readwise = has("highlight") && known * 2 > names.len();
        is_readwise.then_some(Self::Readwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_its_heads_in_any_order_and_case() {
        for (file, delimiter) in [
            ("id,quote,note,article\r\n1", b','),
            ("\u{feff}Note;Address;Quote;mine\n", b';'),
            ("\"note\"\t\"quote\"\t\"article\"", b'\t'),
            ("sep=;\r\nnote;quote;address\r\n", b';'),
        ] {
            let heads = of(file).expect(file);
            assert_eq!((heads.form, heads.delimiter), (Form::AllFields, delimiter));
            assert!(are_of_notes(file), "{file}");
        }
        for (file, form) in [
            (
                "Highlight,Title,Author,URL,Note,Location,Date\n",
                Form::Readwise,
            ),
            ("highlight;note\n", Form::Readwise),
            ("Comment,Quote/description,URL\n", Form::Hypothesis),
        ] {
            assert_eq!(of(file).map(|heads| heads.form), Some(form), "{file}");
            assert!(are_of_notes(file), "{file}");
        }
        // A single word may be a heading: such a file is read when it is chosen.
        assert!(of("Highlight\nwords").is_some() && !are_of_notes("Highlight\nwords"));
    }

    #[test]
    fn other_files_are_no_tables_of_notes() {
        for file in [
            "",
            "# A quote, a note, an article\n",
            "name,price\nquote,note\n",
            "quote,note\n",
            "{\"quote\":1,\"note\":2,\"article\":3}",
            "sep=,",
        ] {
            assert!(of(file).is_none() && !are_of_notes(file), "{file}");
        }
        let long = format!("quote,note,article,{}", "x".repeat(LONGEST));
        assert!(of(&long).is_none());
    }
}
