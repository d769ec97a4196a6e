//! Reads JSON as pages write it: with comments around it, extra commas and broken escapes.

use serde_json::Value;

/// Returns the values of a script; skips everything after the first mistake that cannot be mended.
pub(super) fn read(script: &str) -> Vec<Value> {
    let json = unwrapped(script);
    let whole = values(json);
    if let Some(whole) = whole {
        return whole;
    }
    let is_written_as_markup = json.contains("&quot;") && !json.contains('"');
    let json = match is_written_as_markup {
        true => without_references(json),
        false => json.to_owned(),
    };
    let mended = mended(&json);
    let mut found = Vec::new();
    for value in serde_json::Deserializer::from_str(&mended).into_iter() {
        match value {
            Ok(value) => found.push(value),
            Err(_) => break,
        }
    }
    found
}

/// Returns all values if they contain no mistake.
fn values(json: &str) -> Option<Vec<Value>> {
    let values = serde_json::Deserializer::from_str(json).into_iter();
    values.collect::<Result<_, _>>().ok()
}

/// Removes the comments and sections that hid a script from old parsers.
fn unwrapped(script: &str) -> &str {
    const AROUND: [&str; 8] = [
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "/*",
        "*/",
        "//",
        "\u{feff}",
    ];
    let mut json = script.trim();
    loop {
        let before = json.len();
        for wrapper in AROUND {
            json = json.strip_prefix(wrapper).unwrap_or(json);
            json = json.strip_suffix(wrapper).unwrap_or(json).trim();
        }
        json = json.strip_suffix(';').unwrap_or(json);
        if json.len() == before {
            return json;
        }
    }
}

/// Mends the commonest mistakes in JSON: commas before an end, line ends in strings, halves of
/// surrogate pairs, and invalid escapes.
fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json.chars();
    let mut in_string = false;
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => escape(&mut rest, &mut out),
            c if in_string && c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Copies the escape after a backslash, if it is valid.
fn escape(rest: &mut std::str::Chars<'_>, out: &mut String) {
    let Some(kind) = rest.clone().next() else {
        return;
    };
    if !"\"\\/bfnrtu".contains(kind) {
        return;
    }
    rest.next();
    if kind != 'u' {
        out.extend(['\\', kind]);
        return;
    }
    let unit = |from: &str| {
        let digits = from.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(rest.as_str()) else {
        out.push_str("\\ufffd");
        return;
    };
    let after = &rest.as_str()[4..];
    let second = after.strip_prefix("\\u").and_then(unit);
    let is_pair = second.is_some_and(|second| (0xdc00..0xe000).contains(&second));
    let (written, length) = match first {
        0xd800..0xdc00 if is_pair => (&rest.as_str()[..10], 10),
        0xd800..0xe000 => ("fffd", 4),
        _ => (&rest.as_str()[..4], 4),
    };
    out.push_str("\\u");
    out.push_str(written);
    *rest = rest.as_str()[length..].chars();
}

/// Resolves the commonest character references in words: scripts do not use them, but many pages
/// write them there.
pub(super) fn without_references(words: &str) -> String {
    const NAMED: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    if !words.contains('&') {
        return words.to_owned();
    }
    let mut words = words.replace("&#039;", "'");
    for (reference, character) in NAMED {
        words = words.replace(reference, character);
    }
    // Last, so that nothing is resolved twice.
    words.replace("&amp;", "&")
}
