//! Reads the rules of a style sheet that control whether and how words are shown, with
//! <https://docs.rs/cssparser>.

use cssparser::{Delimiter, ParseError, Parser, Token};

use super::media::{Holds, media, supports};
use super::selectors::Selector;

/// Maximum nesting depth of blocks that are read.
const DEEPEST: usize = 8;
/// Maximum number of rules kept for a page: large frameworks have some thousand that show or hide.
const MOST_RULES: usize = 20_000;
/// Maximum number of selectors of one rule.
const MOST_SELECTORS: usize = 500;

/// The property that a declaration sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Display,
    Visibility,
    WhiteSpace,
}

impl Property {
    pub(super) const ALL: [Self; 3] = [Self::Display, Self::Visibility, Self::WhiteSpace];

    /// Returns its name in a style.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Display => "display",
            Self::Visibility => "visibility",
            Self::WhiteSpace => "white-space",
        }
    }

    fn named(name: &str) -> Option<Self> {
        let is = |property: &Self| name.eq_ignore_ascii_case(property.name());
        Self::ALL.into_iter().find(is)
    }
}

/// A declaration for one selector.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) selector: Selector,
    pub(super) property: Property,
    /// The value in lower case; empty if it is more than words.
    pub(super) value: String,
    pub(super) is_important: bool,
    /// True if it is in no layer: such rules win.
    pub(super) is_unlayered: bool,
}

impl Rule {
    /// True if it would hide the elements that it matches.
    fn hides(&self) -> bool {
        matches!(
            (self.property, self.value.as_str()),
            (Property::Display, "none") | (Property::Visibility, "hidden" | "collapse")
        )
    }
}

/// The context of a rule.
#[derive(Clone, Copy)]
struct Place {
    holds: Holds,
    is_unlayered: bool,
    depth: usize,
}

/// Adds the rules of a style sheet; `holds` is whether it applies to screens.
pub(super) fn add(sheet: &str, holds: Holds, rules: &mut Vec<Rule>) {
    let place = Place {
        holds,
        is_unlayered: true,
        depth: 0,
    };
    block(&mut Parser::new(sheet), place, rules);
}

fn block(input: &mut Parser<'_>, place: Place, rules: &mut Vec<Rule>) {
    while rules.len() < MOST_RULES {
        input.skip_whitespace();
        let start = input.position();
        let Ok(token) = input.next().cloned() else {
            return;
        };
        match token {
            Token::AtKeyword(name) => at_rule(&name.to_ascii_lowercase(), input, place, rules),
            Token::CDO | Token::CDC | Token::Semicolon => {}
            Token::CurlyBracketBlock => {}
            _ => {
                skip_to_block(input);
                let prelude = input.slice_from(start).to_owned();
                if matches!(input.next(), Ok(Token::CurlyBracketBlock)) {
                    let _ = input.parse_nested_block(|body| -> Result<(), ParseError<()>> {
                        style_rule(&prelude, body, place, rules);
                        Ok(())
                    });
                }
            }
        }
    }
}

fn skip_to_block(input: &mut Parser<'_>) {
    let _ = input.parse_until_before(
        Delimiter::CurlyBracketBlock,
        |prelude| -> Result<(), ParseError<()>> {
            while prelude.next().is_ok() {}
            Ok(())
        },
    );
}

fn at_rule(name: &str, input: &mut Parser<'_>, place: Place, rules: &mut Vec<Rule>) {
    let start = input.position();
    let ends = Delimiter::CurlyBracketBlock | Delimiter::Semicolon;
    let _ = input.parse_until_before(ends, |prelude| -> Result<(), ParseError<()>> {
        while prelude.next().is_ok() {}
        Ok(())
    });
    let condition = without_comments(input.slice_from(start));
    if !matches!(input.next(), Ok(Token::CurlyBracketBlock)) {
        return;
    }
    let (holds, is_unlayered) = match name {
        "media" => (media(&condition), place.is_unlayered),
        "supports" => (supports(&condition), place.is_unlayered),
        "layer" => (Holds::Yes, false),
        "container" => (Holds::Perhaps, place.is_unlayered),
        // Other at-rules say nothing about the page's elements.
        _ => (Holds::No, false),
    };
    let inner = Place {
        holds: place.holds.and(holds),
        is_unlayered,
        depth: place.depth + 1,
    };
    if inner.holds == Holds::No || inner.depth > DEEPEST {
        return;
    }
    let _ = input.parse_nested_block(|body| -> Result<(), ParseError<()>> {
        block(body, inner, rules);
        while body.next().is_ok() {}
        Ok(())
    });
}

fn without_comments(written: &str) -> String {
    let mut out = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

fn style_rule(prelude: &str, body: &mut Parser<'_>, place: Place, rules: &mut Vec<Rule>) {
    let said = declarations(body);
    if said.is_empty() {
        return;
    }
    let Some(selectors) = Selector::list(prelude) else {
        return;
    };
    for selector in selectors.into_iter().take(MOST_SELECTORS) {
        for (property, value, is_important) in &said {
            let rule = Rule {
                selector: selector.clone(),
                property: *property,
                value: value.clone(),
                is_important: *is_important,
                is_unlayered: place.is_unlayered,
            };
            // An uncertain rule may show but not hide.
            let is_certain = place.holds == Holds::Yes && !rule.selector.is_vague;
            let may_count = is_certain || (!rule.hides() && *property != Property::WhiteSpace);
            if may_count && rules.len() < MOST_RULES {
                rules.push(rule);
            }
        }
    }
}

/// Returns a rule's declarations of the properties, in order.
fn declarations(body: &mut Parser<'_>) -> Vec<(Property, String, bool)> {
    let mut said = Vec::new();
    loop {
        let Ok(token) = body.next().cloned() else {
            return said;
        };
        let property = match &token {
            Token::Ident(name) => Property::named(name),
            Token::Semicolon | Token::CurlyBracketBlock => continue,
            _ => None,
        };
        let value = body.parse_until_before(
            Delimiter::Semicolon | Delimiter::CurlyBracketBlock,
            |value| -> Result<_, ParseError<()>> { Ok(value_of(value)) },
        );
        if let (Some(property), Ok((value, is_important))) = (property, value) {
            said.push((property, value, is_important));
        }
    }
}

/// Returns the words of a value, and whether it is important.
fn value_of(input: &mut Parser<'_>) -> (String, bool) {
    let (mut words, mut is_important, mut is_word) = (Vec::new(), false, true);
    while let Ok(token) = input.next() {
        match token {
            Token::Ident(word) => words.push(word.to_ascii_lowercase()),
            Token::Delim('!') => is_important = true,
            Token::Colon => {}
            _ => is_word = false,
        }
    }
    if is_important {
        is_important = words.pop().is_some_and(|last| last == "important");
    }
    let value = match is_word {
        true => words.join(" "),
        false => String::new(),
    };
    (value, is_important)
}
