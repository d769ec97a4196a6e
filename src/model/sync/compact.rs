//! Compression: replaces the fixed parts of every note's JSON by one character each, so that ten
//! thousand notes fit into little room.
//!
//! JSON contains no raw control characters, so these are unambiguous.

/// The replacements; a longer one precedes a shorter one that it begins with.
const WORDS: [(char, &str); 12] = [
    ('\u{1}', r#"{"t":{"s":"=","q":{"p":""#),
    ('\u{2}', r#"","o":[1,0]},"n":""#),
    ('\u{3}', r#"","e":""#),
    ('\u{4}', r#"","s":""#),
    ('\u{5}', r#""},"p":["#),
    ('\u{6}', r#"],"d":""#),
    ('\u{7}', r#"","g":["#),
    ('\u{b}', r#""],"c":""#),
    ('\u{c}', r#"","+":"*"#),
    ('\u{e}', r#""],"+":"*"#),
    ('\u{f}', r#"","~":"*"#),
    ('\u{10}', r#"","o":[1,0]},"c":""#),
];

/// Compresses JSON for storage.
pub fn compress(json: &str) -> String {
    let mut packed = json.to_owned();
    for (sign, word) in WORDS {
        let mut buffer = [0; 4];
        packed = packed.replace(word, sign.encode_utf8(&mut buffer));
    }
    packed
}

/// Restores the JSON.
pub fn expand(packed: &str) -> String {
    let mut json = String::with_capacity(packed.len() * 3 / 2);
    for c in packed.chars() {
        match WORDS.iter().find(|(sign, _)| *sign == c) {
            Some((_, word)) => json.push_str(word),
            None => json.push(c),
        }
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_back_and_shorter() {
        let json = r#"{"t":{"s":"=","q":{"p":"a","e":"b","s":"c"},"p":[1,2],"d":"x","o":[1,0]},"n":"w","g":["t","u"],"c":"red","+":"*1","~":"*2"}"#;
        assert_eq!(expand(&compress(json)), json);
        assert!(compress(json).len() < 45, "{:?}", compress(json));
        for other in ["", "{}", r#"{"n":"\u0001\",\"e\":\""}"#, "ünï"] {
            assert_eq!(expand(&compress(other)), other);
        }
    }
}
