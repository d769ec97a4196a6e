//! File names that every system accepts, in the title's own script.

use super::graphemes::clusters;

use super::digest::Digest;

/// Most bytes of a name before its extension: systems allow 255, and some programs add to a name.
const LONGEST: usize = 180;
/// Most code points of a name, so that it stays readable.
const MOST: usize = 60;
/// Number of digest characters that distinguish two long titles.
const TOLD_APART: usize = 6;
/// Device names that some systems reserve, whatever the extension
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Returns a file name for a title. Two long titles that begin alike get different names; `whose`,
/// such as an article's id, distinguishes files with the same title.
pub fn file_name(title: &str, whose: &str, ending: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let whole = words.join("-");
    let mut name = String::new();
    let mut taken = 0;
    for (_, grapheme) in clusters(&whole) {
        taken += grapheme.chars().count();
        if taken > MOST || name.len() + grapheme.len() > LONGEST {
            break;
        }
        name.push_str(grapheme);
    }
    if name.len() < whole.len() {
        let digest = Digest::of(&[title, whose].concat());
        let letters = digest.as_str().chars().filter(char::is_ascii_alphanumeric);
        let letters: String = letters.take(TOLD_APART).collect();
        name = [name.trim_end_matches('-'), "-", &letters].concat();
    }
    if name.is_empty() || is_device(&name) {
        name = ["notes-", &name].concat();
    }
    [name.trim_end_matches('-'), ".", ending].concat()
}

/// True if a character may occur in a name: excludes those that could mislead a system or a reader
/// of right-to-left text.
fn is_plain(character: char) -> bool {
    let seen = !matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}');
    let ascii = !character.is_ascii() || character.is_ascii_alphanumeric();
    ascii && seen && !character.is_control() && !character.is_whitespace()
}

fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    DEVICES.contains(&numbered)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_what_every_system_takes() {
        for (title, name) in [
            (
                "notes Ebb/Flow | who? \"we\" <all> * 100%",
                "notes-Ebb-Flow-who-we-all-100.json",
            ),
            ("CON", "notes-CON.json"),
            ("lpt1", "notes-lpt1.json"),
            ("рис\u{202e}gpj.exe", "рис-gpj-exe.json"),
            ("🌊🌊 ... ", "🌊🌊.json"),
            ("港の\u{3000}朝", "港の-朝.json"),
            ("...", "notes.json"),
            ("", "notes.json"),
        ] {
            assert_eq!(file_name(title, "", "json"), name, "{title:?}");
        }
    }

    #[test]
    fn long_titles_that_begin_alike_get_two_names() {
        let title = |part: &str| format!("notes {} {part}", "a long harbour ".repeat(6));
        let (one, two) = (
            file_name(&title("one"), "", "json"),
            file_name(&title("two"), "", "json"),
        );
        assert_ne!(one, two);
        assert!(one.starts_with("notes-a-long-harbour-a-long"));
        assert_eq!(
            one,
            file_name(&title("one"), "", "json"),
            "and each its own"
        );
        assert_ne!(one, file_name(&title("one"), "another", "json"));
    }

    #[test]
    fn nothing_is_cut_within_a_character_or_too_long() {
        for title in ["👨‍👩‍👧 ".repeat(40), "e\u{301}".repeat(200), "港".repeat(300)] {
            let name = file_name(&title, "", "json");
            assert!(name.len() <= 255, "{name}");
            let stem = name.split(['-', '.']).next().unwrap_or_default();
            assert!(
                title.starts_with(stem) && !stem.ends_with('\u{200d}'),
                "{name}"
            );
        }
    }
}
