//! Which shortcut a key press means, on any keyboard layout.
//!
//! On a layout with Latin letters the character counts; on other layouts the physical position of
//! the key does (`KeyboardEvent.code`,
//! <https://www.w3.org/TR/uievents-code/#key-alphanumeric-writing-system>).

/// Returns the character that a press means, with ASCII letters in lower case and digits as ASCII.
/// Caps Lock changes nothing. `None` for keys that type no character.
///
/// `key` and `code` are the event's properties of these names.
pub fn meant(key: &str, code: &str) -> Option<char> {
    let mut characters = key.chars();
    let (character, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    if character.is_ascii() {
        return Some(match (character, code) {
            // Some non-Latin layouts type a full stop or a comma with this key.
            ('.', "Slash") => '/',
            (',', "Slash") => '?',
            (character, _) => character.to_ascii_lowercase(),
        });
    }
    if is_latin(character) {
        return Some(character);
    }
    of_place(code, character).or(Some(character))
}

/// Returns the usual key of what a character does for a reader with keys of their own; `None` if it does
/// nothing. `pairs` is the stored form of [`OwnKeys`](super::own_keys::OwnKeys).
pub fn own(pairs: &str, pressed: char) -> Option<char> {
    let mut usual = Some(pressed);
    let mut characters = pairs.chars();
    while let (Some(known), Some(own)) = (characters.next(), characters.next()) {
        if own == pressed {
            return Some(known);
        }
        if known == pressed {
            usual = None;
        }
    }
    usual
}

/// True if a letter belongs to a layout with the Latin alphabet.
fn is_latin(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The character at a position of a keyboard with Latin letters.
fn of_place(code: &str, character: char) -> Option<char> {
    let mut last = code.chars().rev();
    Some(match code {
        "BracketLeft" => '[',
        "BracketRight" => ']',
        "Slash" if character == '؟' => '?',
        "Slash" => '/',
        _ if code.starts_with("Key") && code.len() == 4 => last.next()?.to_ascii_lowercase(),
        _ if code.starts_with("Digit") && code.len() == 6 => last.next()?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn the_letter_counts_where_there_are_latin_ones() {
        assert_eq!(meant("h", "KeyH"), Some('h'));
        assert_eq!(meant("H", "KeyH"), Some('h'));
        // French: Z is where W is elsewhere.
        assert_eq!(meant("z", "KeyW"), Some('z'));
        assert_eq!(meant("w", "KeyZ"), Some('w'));
        assert_eq!(meant("ø", "Semicolon"), Some('ø'));
        assert_eq!(meant("?", "Minus"), Some('?'));
    }

    #[test]
    fn the_place_counts_where_there_are_others() {
        for (key, code, letter) in [
            ("р", "KeyH", 'h'),
            ("Р", "KeyH", 'h'),
            ("я", "KeyZ", 'z'),
            ("η", "KeyH", 'h'),
            ("ش", "KeyA", 'a'),
            ("י", "KeyH", 'h'),
            ("ㅗ", "KeyH", 'h'),
            ("۳", "Digit3", '3'),
            ("х", "BracketLeft", '['),
            (".", "Slash", '/'),
            (",", "Slash", '?'),
            ("؟", "Slash", '?'),
        ] {
            assert_eq!(meant(key, code), Some(letter), "{key} {code}");
        }
    }

    #[test]
    fn what_types_nothing_is_no_letter() {
        for key in ["Enter", "Dead", "Process", "Unidentified", ""] {
            assert_eq!(meant(key, "KeyH"), None);
        }
    }
}
