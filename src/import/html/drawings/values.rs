//! The values that a drawing's attributes may have, and the declarations of its styles.

use dom_query::Element;

use super::super::attributes::{attribute, classes};
use super::vocabulary::is_presentation;

/// Longest attribute value, in bytes.
const LONGEST_VALUE: usize = 100_000;
/// Maximum number of rules read from a drawing's style sheets: each is compared with every element.
const MOST_RULES: usize = 200;
/// Functions that a value may call. Others may fetch (`url`, `image`) or depend on the page.
const FUNCTIONS: [&str; 12] = [
    "hsl",
    "hsla",
    "matrix",
    "rgb",
    "rgba",
    "rotate",
    "scale",
    "skewx",
    "skewy",
    "translate",
    "translatex",
    "translatey",
];

/// A value that may be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A literal value.
    Plain(&'a str),
    /// The id of another element of the drawing.
    Reference(&'a str),
}

/// Reads a value; `None` if it may do more than draw.
pub(super) fn read(value: &str) -> Option<Value<'_>> {
    let value = value.trim();
    if value.len() > LONGEST_VALUE {
        return None;
    }
    if value
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("url("))
    {
        let inside = value[4..].split_once(')')?.0;
        let inside = inside.trim_matches(['"', '\'', ' ']);
        return fragment(inside).map(Value::Reference);
    }
    // Without a colon there is no scheme, without a backslash no hidden one.
    let is_safe = !value.contains([':', '\\', '@', '<', '&', ';', '{', '}']);
    (is_safe && calls_only_known(value)).then_some(Value::Plain(value))
}

/// Returns the id that an address within the drawing points to.
pub(super) fn fragment(address: &str) -> Option<&str> {
    let id = address.trim().strip_prefix('#')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!id.is_empty() && id.chars().all(is_name)).then_some(id)
}

fn calls_only_known(value: &str) -> bool {
    let mut calls = value.match_indices('(');
    calls.all(|(at, _)| {
        let before = value[..at].trim_end();
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name = name.clone().next().unwrap_or_default().to_ascii_lowercase();
        FUNCTIONS.contains(&name.as_str())
    })
}

/// The declarations of a drawing's own style sheets, by class or element name.
#[derive(Default)]
pub(super) struct Sheet(Vec<(String, Vec<(String, String)>)>);

impl Sheet {
    /// Reads the rules of a style sheet whose selectors are a class or a name. Others are skipped,
    /// since most drawings have none.
    pub(super) fn read(&mut self, css: &str) {
        for rule in without_comments(css).split('}') {
            let Some((selectors, said)) = rule.split_once('{') else {
                continue;
            };
            for selector in selectors.split(',').map(str::trim) {
                let name = selector.strip_prefix('.').unwrap_or(selector);
                let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
                let simple = !name.is_empty() && name.chars().all(is_name);
                if simple && self.0.len() < MOST_RULES {
                    self.0.push((selector.to_owned(), declarations(said)));
                }
            }
        }
    }

    /// Returns the declarations for an element: those of the sheet, then those of its own style.
    pub(super) fn said_of(&self, element: &Element) -> Vec<(String, String)> {
        let is_of = |selector: &str| match selector.strip_prefix('.') {
            Some(name) => classes(element).any(|class| class == name),
            None => &*element.name.local == selector,
        };
        let rules = self.0.iter().filter(|(selector, _)| is_of(selector));
        let mut said: Vec<(String, String)> = rules.flat_map(|(_, said)| said.clone()).collect();
        said.extend(declarations(
            attribute(element, "style").unwrap_or_default(),
        ));
        said
    }
}

fn declarations(style: &str) -> Vec<(String, String)> {
    let pairs = style.split(';').filter_map(|said| said.split_once(':'));
    let pairs = pairs.map(|(name, value)| {
        let value = value.trim();
        let value = value.strip_suffix("!important").unwrap_or(value);
        (name.trim().to_ascii_lowercase(), value.trim().to_owned())
    });
    pairs.filter(|(name, _)| is_presentation(name)).collect()
}

fn without_comments(css: &str) -> String {
    let (mut out, mut rest) = (String::new(), css);
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_only_draw() {
        for plain in [
            "M0 0L1,1e-3z",
            "rgb(1, 2,3)",
            "#fff",
            "rotate(-4 5 6)",
            "Arial, 'A b'",
        ] {
            assert_eq!(read(plain), Some(Value::Plain(plain)));
        }
        for reference in ["url(#a)", "URL( '#a' )", "url(#a) none"] {
            assert_eq!(read(reference), Some(Value::Reference("a")), "{reference}");
        }
        for bad in [
            "url(https://a.b/c#d)",
            "url(//a.b)",
            "url(a.svg#b)",
            "url(data:x)",
            "x url(#a)",
            "image(a)",
            "var(--a)",
            "red;fill:url(x)",
            "\\75rl(x)",
            "javascript:x",
            "url(#a",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_sheet_says_what_classes_draw() {
        let mut sheet = Sheet::default();
        sheet.read("/* x */ @import 'y'; .a,.b c{fill:red} .a , path{ stroke : url(#z);onload:x }");
        let said: Vec<&str> = sheet
            .0
            .iter()
            .map(|(selector, _)| selector.as_str())
            .collect();
        assert_eq!(said, [".a", "path"]);
        assert_eq!(sheet.0[0].1, [("stroke".to_owned(), "url(#z)".to_owned())]);
    }
}
