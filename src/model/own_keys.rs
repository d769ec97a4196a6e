//! The reader's own keys: which character does what another one usually does.

/// The characters that do something by themselves, in the order of the dialog "Keys".
pub const USUAL: [char; 23] = [
    'h', 'a', 'n', '1', '2', '3', '4', '5', '6', '7', '8', 'w', 'r', 'j', 'k', 'y', 'x', '[', ']',
    '/', 't', 'c', 'l',
];
/// The character that shows the keys themselves.
pub const HELP: char = '?';

/// Stands for no key in the stored form.
const NONE: char = ' ';

/// The keys that the reader has changed.
///
/// Invariant: each usual key at most once, and no two of all keys are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnKeys(Vec<(char, char)>);

impl OwnKeys {
    /// Reads the stored form: pairs of a usual key and the reader's, or a blank for none.
    pub fn from_text(text: &str) -> Self {
        let (mut keys, mut characters) = (Self::default(), text.chars());
        while let (Some(usual), Some(own)) = (characters.next(), characters.next()) {
            let own = Some(own).filter(|own| *own != NONE);
            if all().any(|known| known == usual) && own.is_none_or(may_be) {
                keys.0.retain(|(known, _)| *known != usual);
                keys.0.push((usual, own.unwrap_or(NONE)));
            }
        }
        // Whatever else has written it: no key may do two things.
        match keys.is_sound() {
            true => keys,
            false => Self::default(),
        }
    }

    /// Writes the stored form.
    pub fn to_text(&self) -> String {
        self.0
            .iter()
            .flat_map(|&(usual, own)| [usual, own])
            .collect()
    }

    /// Returns the reader's key for a usual one; `None` if it is switched off.
    pub fn key_of(&self, usual: char) -> Option<char> {
        let own = self.0.iter().find(|(known, _)| *known == usual);
        own.map_or(Some(usual), |&(_, own)| {
            Some(own).filter(|own| *own != NONE)
        })
    }

    /// Returns the usual key of what a character does.
    pub fn taken_by(&self, character: char) -> Option<char> {
        all().find(|usual| self.key_of(*usual) == Some(character))
    }

    /// Changes a key, or switches it off. What had the new key until now takes the old one.
    pub fn set(&mut self, usual: char, own: Option<char>) {
        let before = self.key_of(usual);
        let other = own.and_then(|own| self.taken_by(own));
        self.put(usual, own);
        if let Some(other) = other.filter(|other| *other != usual) {
            self.put(other, before);
        }
    }

    fn put(&mut self, usual: char, own: Option<char>) {
        self.0.retain(|(known, _)| *known != usual);
        if own != Some(usual) {
            self.0.push((usual, own.unwrap_or(NONE)));
        }
    }

    fn is_sound(&self) -> bool {
        let mut keys: Vec<char> = all().filter_map(|usual| self.key_of(usual)).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        keys.len() == count
    }
}

/// Every usual key.
pub fn all() -> impl Iterator<Item = char> {
    USUAL.into_iter().chain([HELP])
}

/// True if a character, as [`meant`](super::key::meant) returns it, can be a key of the reader's.
pub fn may_be(character: char) -> bool {
    !character.is_whitespace() && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::key::own;

    #[test]
    fn a_key_is_changed_swapped_and_switched_off() {
        let mut keys = OwnKeys::default();
        keys.set('h', Some('m'));
        assert_eq!(
            (keys.key_of('h'), keys.taken_by('m')),
            (Some('m'), Some('h'))
        );
        assert_eq!(keys.taken_by('h'), None);
        // With a key that is taken, the two are swapped.
        keys.set('j', Some('k'));
        assert_eq!((keys.key_of('j'), keys.key_of('k')), (Some('k'), Some('j')));
        keys.set('t', None);
        assert_eq!((keys.key_of('t'), keys.taken_by('t')), (None, None));
        let text = keys.to_text();
        assert_eq!(OwnKeys::from_text(&text), keys);
        // As the short look-up of the page understands it.
        for (pressed, does) in [
            ('m', Some('h')),
            ('h', None),
            ('k', Some('j')),
            ('j', Some('k')),
            ('t', None),
            ('l', Some('l')),
            ('q', Some('q')),
        ] {
            assert_eq!(own(&text, pressed), does, "{pressed}");
        }
        keys.set('h', Some('h'));
        keys.set('j', Some('j'));
        keys.set('t', Some('t'));
        assert_eq!(keys, OwnKeys::default());
        assert_eq!(keys.to_text(), "");
    }

    #[test]
    fn what_is_stored_is_checked() {
        for unsound in ["hj", "hmjm", "h\u{7}"] {
            assert_eq!(OwnKeys::from_text(unsound), OwnKeys::default(), "{unsound}");
        }
        assert_eq!(OwnKeys::from_text("ha").key_of('h'), Some('h'));
        assert_eq!(OwnKeys::from_text("Qzhm").to_text(), "hm");
        assert_eq!(OwnKeys::from_text("h").to_text(), "");
        assert_eq!(OwnKeys::from_text("hмa ").key_of('h'), Some('м'));
    }
}
