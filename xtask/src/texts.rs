//! Writes the texts of the page's own files into them: each `{say.name}` gives way to the English text
//! that the catalogue of the interface has under this name, and each `{say.de.name}` to the German one.

use crate::project::Result;

#[path = "../../src/ui/strings/page.rs"]
mod page;

use page::{DE, EN, PageTexts};

const BEFORE: &str = "{say.";
const AFTER: char = '}';

/// The languages of the catalogue. A name without a tag means the first one.
static LANGUAGES: [&PageTexts; 2] = [&EN, &DE];

/// The text of a name, which may have a language's tag before it.
fn text_of(name: &str) -> Option<&'static str> {
    let (tag, name) = name.split_once('.').unwrap_or((EN.language, name));
    let texts = LANGUAGES.iter().find(|texts| texts.language == tag)?;
    let named = texts.named().into_iter().find(|(known, _)| *known == name);
    named.map(|(_, text)| text)
}

/// A file with the texts in the places of their names.
///
/// # Errors
/// Where it has a name that the catalogue has not.
pub fn spoken(file: &str) -> Result<String> {
    let mut rest = file;
    let mut spoken = String::new();
    while let Some((before, after)) = rest.split_once(BEFORE) {
        let (name, after) = after
            .split_once(AFTER)
            .ok_or_else(|| format!("{BEFORE} has no end."))?;
        let text = text_of(name);
        let text = text.ok_or_else(|| format!("src/ui/strings/page.rs has no {name}."))?;
        spoken.extend([before, text]);
        rest = after;
    }
    Ok(spoken + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = include_str!("../../static/manifest.webmanifest");

    /// The members that the manifest can have in several languages
    /// (<https://www.w3.org/TR/appmanifest/#x_localized-members>).
    const LOCALIZABLE: [(&str, &str); 3] = [
        ("name", "app"),
        ("short_name", "app"),
        ("description", "description"),
    ];

    /// The files that have texts in them, and whatever else they have.
    const FILES: [&str; 4] = [
        include_str!("../../index.html"),
        MANIFEST,
        include_str!("../../static/bookmarklet.js"),
        include_str!("../../static/sw.js"),
    ];

    #[test]
    fn every_text_has_a_place_and_every_place_a_text() {
        for file in FILES {
            let spoken = spoken(file).expect("the names are known");
            assert!(!spoken.contains(BEFORE) && spoken != file);
        }
        for (name, _) in EN.named() {
            let place = format!("{BEFORE}{name}{AFTER}");
            assert!(FILES.iter().any(|file| file.contains(&place)), "{name}");
        }
    }

    #[test]
    fn a_text_means_itself_in_markup_in_json_and_in_scripts() {
        for (name, text) in EN.named().into_iter().chain(DE.named()) {
            let ends_something = |c: char| "\"&<>`$\\{}\n".contains(c);
            assert!(!text.is_empty() && !text.contains(ends_something), "{name}");
        }
    }

    #[test]
    fn the_manifest_has_its_texts_in_every_language() {
        let manifest = spoken(MANIFEST).expect("the names are known");
        let [first, others @ ..] = LANGUAGES;
        for (member, name) in LOCALIZABLE {
            let said = |texts: &PageTexts| {
                let text = texts.named().into_iter().find(|(known, _)| *known == name);
                text.expect("a text").1
            };
            let others: Vec<String> = others
                .iter()
                .map(|texts| format!("\"{}\": \"{}\"", texts.language, said(texts)))
                .collect();
            for line in [
                format!("\"{member}\": \"{}\"", said(first)),
                format!("\"{member}_localized\": {{ {} }}", others.join(", ")),
            ] {
                assert!(manifest.contains(&line), "{line}");
            }
        }
    }

    #[test]
    fn an_unknown_name_is_told() {
        assert_eq!(spoken("<p>no place</p>").as_deref(), Ok("<p>no place</p>"));
        assert!(spoken("<p>{say.nothing}</p>").is_err());
        assert!(spoken("<p>{say.xx.app}</p>").is_err());
        assert!(spoken("{say.de.skip}").is_ok_and(|said| said == DE.skip));
    }
}
