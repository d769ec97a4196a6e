//! How the makers of notes are told apart at a glance: each by a colour and an initial.

use super::annotation::Colour;
use super::fnv::Fnv;
use super::graphemes::clusters;

/// The colour of whoever has this name: the same on every device and after every visit.
pub fn colour_of(name: &str) -> Colour {
    let mut hash = Fnv::EMPTY;
    hash.write(name.as_bytes());
    // Few bits of this hash are as good as all of them once the upper half is laid over the lower
    // one (RFC 9923, "xor-folding").
    let hash = hash.finish() >> 16 ^ hash.finish();
    Colour::ALL[hash as usize % Colour::ALL.len()]
}

/// The first letter or digit of a name, else its first character; empty if the name is.
pub fn initial(name: &str) -> &str {
    let mut all = clusters(name).map(|(_, cluster)| cluster);
    let is_letter = |cluster: &&str| cluster.starts_with(char::is_alphanumeric);
    let letter = all.find(is_letter);
    letter
        .or_else(|| clusters(name).map(|(_, cluster)| cluster).next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_colour() {
        // People remember each other's: another hash would change them all.
        let known = ["Ada Moss", "Ida Moss", "ada", "Ünal", "李雷"].map(colour_of);
        let wanted = [
            Colour::Red,
            Colour::Yellow,
            Colour::Green,
            Colour::Red,
            Colour::Purple,
        ];
        assert_eq!(known, wanted);
    }

    #[test]
    fn every_colour_is_somebodys() {
        let names: Vec<String> = (0..400).map(|number| format!("reader {number}")).collect();
        for colour in Colour::ALL {
            let count = names.iter().filter(|name| colour_of(name) == colour);
            // A fair share is 50.
            assert!((25..=80).contains(&count.count()), "{colour:?}");
        }
    }

    #[test]
    fn an_initial_is_one_character_as_readers_count() {
        for (name, wanted) in [
            ("Ada Moss", "A"),
            ("e\u{301}tude", "e\u{301}"),
            ("@ida", "i"),
            ("李雷", "李"),
            ("👩‍🚀", "👩‍🚀"),
            ("…", "…"),
            ("", ""),
        ] {
            assert_eq!(initial(name), wanted, "{name}");
        }
    }
}
