//! What a template can do with a text: quote it, escape it, make a YAML string, a hashtag or the id
//! of a block of it.

use crate::model::digest::Digest;
use crate::model::markdown::escaped;

/// Puts `> ` before each line.
pub fn quote(text: &str) -> String {
    let lines = lines(text);
    let quoted = lines.map(|line| ["> ", line].concat().trim_end().to_owned());
    quoted.collect::<Vec<String>>().join("\n")
}

/// Writes words so that Markdown reads them as these words: no emphasis, no list, no tag.
pub fn literal(text: &str) -> String {
    let text = text.replace('\t', " ");
    let lines = lines(&text).map(|line| without_tags(&escaped(line.trim())));
    lines.collect::<Vec<String>>().join("\n")
}

/// Escapes what Obsidian reads as a tag, and Markdown as the end of a heading.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let follows_word = out.ends_with(char::is_alphanumeric) || out.ends_with('\\');
        if c == '#' && !follows_word {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.trim_end_matches('\r'))
}

/// Writes a text as a string of YAML, in one line whatever is in it
/// (<https://yaml.org/spec/1.2.2/#73-flow-scalar-styles>).
pub fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // What is not printable, and what breaks lines.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' => {
                out.push_str(&format!("\\x{:02x}", u32::from(c)));
            }
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Writes a tag as a hashtag; empty if nothing in it can stand in one.
pub fn tag(tag: &str) -> String {
    match tag_name(tag) {
        name if name.is_empty() => name,
        name => ["#", &name].concat(),
    }
}

/// Writes a tag as the name of a tag (<https://help.obsidian.md/tags>): letters and digits of any
/// script, `_`, `-` and `/`, and not digits alone.
pub fn tag_name(tag: &str) -> String {
    let mut name = String::new();
    for c in tag.chars() {
        match c {
            c if can_be_in_tag(c) => name.push(c),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_matches(['-', '/']);
    let is_number =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || "-/".contains(c));
    match is_number {
        true => ["_", name].concat(),
        false => name.to_owned(),
    }
}

fn can_be_in_tag(c: char) -> bool {
    let is_sign = matches!(c, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{bf}' | '\u{d7}' | '\u{f7}'
        | '\u{2000}'..='\u{200c}' | '\u{200e}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{ff00}'..='\u{ff0f}' | '\u{feff}');
    let is_word = c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    is_word || (!c.is_ascii() && !is_sign && !c.is_whitespace() && !c.is_control())
}

/// Writes the id of a note as that of a block (<https://help.obsidian.md/links>), of letters, digits
/// and hyphens: a UUID as it is, any other id by its digest.
pub fn block(id: &str) -> String {
    let is_plain = |id: &str| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !id.is_empty() && is_plain(id) {
        return ["^", id].concat();
    }
    // Hyphens and underscores of base64url, told apart.
    let digest = Digest::of(id)
        .as_str()
        .replace('-', "-1")
        .replace('_', "-2");
    ["^n-", &digest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_quoted() {
        assert_eq!(quote("one\n\ntwo\r\n three"), "> one\n>\n> two\n>  three");
        assert_eq!(quote(""), ">");
    }

    #[test]
    fn words_stay_words() {
        for (words, written) in [
            ("# no heading", "\\# no heading"),
            ("see #tag and C#", "see \\#tag and C#"),
            ("*a* [[b]] ^c", "\\*a\\* \\[\\[b\\]\\] ^c"),
            ("1. one\n\t- two", "1\\. one\n\\- two"),
        ] {
            assert_eq!(literal(words), written);
        }
    }

    #[test]
    fn a_hashtag_has_no_spaces() {
        for (typed, written) in [
            ("law", "#law"),
            ("to read", "#to-read"),
            ("Moss, Ida", "#Moss-Ida"),
            ("a/b_c-d", "#a/b_c-d"),
            ("1984", "#_1984"),
            ("字典", "#字典"),
            ("שלום", "#שלום"),
            ("👍🏽", "#👍🏽"),
            ("„so“…", "#so"),
            ("?!", ""),
        ] {
            assert_eq!(tag(typed), written);
        }
    }

    #[test]
    fn a_block_has_a_plain_id() {
        assert_eq!(block("0f-a1"), "^0f-a1");
        let one = block("https://example.org/1");
        assert_eq!(one, block("https://example.org/1"));
        assert_ne!(one, block("https://example.org/2"));
        assert!(
            one[1..]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        );
    }
}
