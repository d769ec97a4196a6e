//! Writes the texts of the page's own files into them: each `{say.name}` gives way to the text that the
//! catalogue of the interface has under this name.

use crate::project::Result;

#[path = "../../src/ui/strings/page.rs"]
#[allow(dead_code)] // The files have the texts of one language.
mod page;

const BEFORE: &str = "{say.";
const AFTER: char = '}';

/// A file with the texts in the places of their names.
///
/// # Errors
/// Where it has a name that the catalogue has not.
pub fn spoken(file: &str) -> Result<String> {
    let texts = page::EN.named();
    let mut rest = file;
    let mut spoken = String::new();
    while let Some((before, after)) = rest.split_once(BEFORE) {
        let (name, after) = after
            .split_once(AFTER)
            .ok_or_else(|| format!("{BEFORE} has no end."))?;
        let text = texts.iter().find(|(known, _)| *known == name);
        let (_, text) = text.ok_or_else(|| format!("src/ui/strings/page.rs has no {name}."))?;
        spoken.extend([before, *text]);
        rest = after;
    }
    Ok(spoken + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that have texts in them, and whatever else they have.
    const FILES: [&str; 4] = [
        include_str!("../../index.html"),
        include_str!("../../static/manifest.webmanifest"),
        include_str!("../../static/bookmarklet.js"),
        include_str!("../../static/sw.js"),
    ];

    #[test]
    fn every_text_has_a_place_and_every_place_a_text() {
        for file in FILES {
            let spoken = spoken(file).expect("the names are known");
            assert!(!spoken.contains(BEFORE) && spoken != file);
        }
        for (name, _) in page::EN.named() {
            let place = format!("{BEFORE}{name}{AFTER}");
            assert!(FILES.iter().any(|file| file.contains(&place)), "{name}");
        }
    }

    #[test]
    fn a_text_means_itself_in_markup_in_json_and_in_scripts() {
        for (name, text) in page::EN.named().into_iter().chain(page::DE.named()) {
            let ends_something = |c: char| "\"&<>`$\\{}\n".contains(c);
            assert!(!text.is_empty() && !text.contains(ends_something), "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_told() {
        assert_eq!(spoken("<p>no place</p>").as_deref(), Ok("<p>no place</p>"));
        assert!(spoken("<p>{say.nothing}</p>").is_err());
    }
}
