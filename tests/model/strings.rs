//! The strings of the interface, by their sources: each is translated, each is used, and each is typed
//! as its language has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use postil::ui::strings::{Language, page};

/// German strings that are the same in English on purpose.
const SAME: [&str; 3] = [
    "passage.end_of_change",
    "synchronise.name",
    "synchronise.passphrase",
];

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("a source file")
}

/// The source of every `.rs` file of the interface, apart from the strings themselves and from these
/// folders.
fn interface(without: &[&str]) -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
    let mut all = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let is_left_out = without.iter().any(|folder| path.ends_with(folder));
            if path.is_dir() && !is_left_out && !path.ends_with("strings") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.push_str(&fs::read_to_string(path).expect("a source file"));
            }
        }
    }
    all
}

/// What a language's file says of each field, in the file's order: its name, `group.field`, and its
/// expression.
fn fields(file: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut group = String::new();
    let body = file.split_once(": Strings = Strings {").expect("a value").1;
    for line in body.lines().take_while(|line| *line != "};") {
        let depth = line.len() - line.trim_start().len();
        let field = line.trim().split_once(':').unwrap_or((line.trim(), ""));
        let name = field.0.trim_end_matches(',');
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        match depth {
            4 if line.ends_with('{') => group = name.to_owned(),
            8 if is_name => fields.push((format!("{group}.{name}"), field.1.trim().to_owned())),
            _ => {
                if let Some((_, expression)) = fields.last_mut().filter(|_| depth > 8) {
                    expression.push_str(line.trim());
                }
            }
        }
    }
    fields
}

/// The literals of a source file, apart from its tests, its comments and attributes.
fn literals(file: &str) -> Vec<String> {
    let body = file.split("#[cfg(test)]").next().unwrap_or_default();
    let code: Vec<&str> = body
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let mut literals = Vec::new();
    let mut rest = code.as_str();
    while let Some((_, after)) = rest.split_once('"') {
        let mut escaped = false;
        let end = after.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let end = end.expect("a literal ends");
        // A backslash at the end of a line takes the indentation of the next one away.
        let lines = after[..end].split("\\\n").map(str::trim_start);
        literals.push(lines.collect::<Vec<_>>().concat());
        rest = &after[end + 1..];
    }
    literals
}

#[test]
fn every_string_is_translated_in_the_same_order() {
    let english = fields(&source("src/ui/strings/en.rs"));
    let german = fields(&source("src/ui/strings/de.rs"));
    assert!(english.len() > 250, "the strings are found");
    let names = |fields: &[(String, String)]| -> Vec<String> {
        fields.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&english), names(&german));
    let is_literal = |words: &str| words.starts_with('"') || words.starts_with("&[");
    let same: Vec<&str> = std::iter::zip(&english, &german)
        .filter(|((_, english), (_, german))| is_literal(english) && english == german)
        .map(|((name, _), _)| name.as_str())
        .collect();
    assert_eq!(same, SAME);
}

#[test]
fn every_string_is_used() {
    let interface = interface(&[]) + &source("src/ui/strings/mod.rs");
    let fields = fields(&source("src/ui/strings/en.rs"));
    // Within a sentence of the same language, or as a whole: `let words = strings().group`.
    let english = source("src/ui/strings/en.rs");
    let groups: BTreeMap<&str, bool> = fields
        .iter()
        .filter_map(|(name, _)| name.split_once('.'))
        .map(|(group, _)| {
            let whole = format!("strings().{group}");
            let is_whole = |at: usize| !interface[at + whole.len()..].starts_with('.');
            let mut places = interface.match_indices(&whole);
            (group, places.any(|(at, _)| is_whole(at)))
        })
        .collect();
    let unused = fields.iter().filter(|(name, _)| {
        let (group, field) = name.split_once('.').expect("a group");
        let ends = |after: &str| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let uses = |source: &str, form: &str| {
            let mut places = source.match_indices(form);
            places.any(|(at, _)| ends(&source[at + form.len()..]))
        };
        let by_group = groups[group] && uses(&interface, &format!(".{field}"));
        let by_name = uses(&interface, &format!("say!({name}"));
        let in_sentence = uses(&english, &format!("EN.{name}"));
        !by_group && !by_name && !in_sentence
    });
    let unused: Vec<&str> = unused.map(|(name, _)| name.as_str()).collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn a_first_visit_loads_the_strings_that_it_says_and_no_others() {
    let first = interface(&["lazy"]);
    for all in [
        "strings()",
        "strings::EN",
        "strings::DE",
        "page_texts",
        "Language",
    ] {
        assert!(!first.contains(all), "{all} outside of the lazy part");
    }
    assert!(first.contains("say!(bar.undo)") && interface(&[]).contains("strings()"));
}

#[test]
fn german_is_typed_as_german() {
    let source = source("src/ui/strings/de.rs");
    let texts = page::DE.named().into_iter();
    let texts = texts.map(|(_, text)| text.replace('\u{a0}', "\\u{a0}"));
    let all: Vec<String> = literals(&source).into_iter().chain(texts).collect();
    assert!(all.len() > 400, "the literals are found");
    for text in all {
        for wrong in [
            "\\\"", "'", "...", "  ", " …", " %", " MB", " kB", "” ", "’", " - ",
        ] {
            assert!(!text.contains(wrong), "{wrong} in {text}");
        }
        let count = |mark: char| text.matches(mark).count();
        assert_eq!(count('„'), count('“'), "quotation marks in {text}");
    }
}

#[test]
fn the_page_has_its_texts_in_every_language() {
    let english = page::EN.named();
    for ((name, english), (_, german)) in std::iter::zip(english, page::DE.named()) {
        let same = matches!(name, "app" | "direction");
        assert_eq!(english == german, same, "{name}");
    }
}

#[test]
fn the_page_chooses_among_the_languages_that_there_are() {
    let tags = Language::ALL.map(|language| format!("\"{}\"", language.tag()));
    let known = format!("const known = [{}];", tags.join(", "));
    assert!(source("static/theme.js").contains(&known), "{known}");
    let manifest = source("static/manifest.webmanifest");
    for language in Language::ALL {
        let tag = language.tag();
        let is_there = manifest.contains(&format!("\"{tag}\": \"{{say.{tag}.description}}\""));
        assert_eq!(is_there, tag != page::EN.language, "{tag} in the manifest");
        assert_eq!(Language::of(language.tag()), Some(language));
        assert!(!language.tag().contains('-'));
    }
}
