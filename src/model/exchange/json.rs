//! Reads and writes the JSON of files of notes, whichever format it is in.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// The entries of a list in a file, each of which is made when it is written and then forgotten: so a
/// file of many is in memory once.
pub struct Entries<F>(pub F);

impl<F: Fn() -> I, I: Iterator<Item = Value>> Serialize for Entries<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Writes a file, with line ends between its fields.
pub fn written(file: &impl Serialize) -> String {
    serde_json::to_string_pretty(file).unwrap_or_default()
}

/// Parses a file, with or without a byte order mark.
///
/// # Errors
/// Says where it is not JSON. Values that are nested deeper than 128 levels are refused as well.
pub fn parse(file: &str) -> Result<Value, String> {
    let file = file.trim_start_matches('\u{feff}');
    serde_json::from_str(file)
        .or_else(|_| serde_json::from_str(&mend_surrogates(file)))
        .map_err(|error| error.to_string())
}

/// Takes a field that is a string; leaves any other type in place.
pub fn take_string(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.remove(name) {
        Some(Value::String(value)) => Some(value),
        Some(other) => {
            fields.insert(name.to_owned(), other);
            None
        }
        None => None,
    }
}

/// Replaces the escapes of lone surrogates, which JavaScript writes and no Rust string can hold, by
/// U+FFFD, as every other conversion to UTF-8 does.
fn mend_surrogates(file: &str) -> Cow<'_, str> {
    let mut mended = String::with_capacity(file.len());
    let mut rest = file;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        let escape = &rest[at..];
        let taken = match surrogate(escape) {
            Some(0xD800..=0xDBFF) if matches!(surrogate(&escape[6..]), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                mended.push_str("\\ufffd");
                rest = &escape[6..];
                continue;
            }
            Some(_) => 6,
            None => 1 + escape[1..].chars().next().map_or(0, char::len_utf8),
        };
        mended.push_str(&escape[..taken]);
        rest = &escape[taken..];
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// Returns the UTF-16 unit of an initial `\uXXXX` escape.
fn surrogate(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}
