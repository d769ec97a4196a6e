//! Reads selectors that plainly say which elements they match
//! (<https://www.w3.org/TR/selectors-4/>): by name, id, class and attribute, within others.

use cssparser::{ParseError, Parser, Token};
use dom_query::{Element, NodeRef};

use super::super::super::attributes::{attribute, classes};

/// Longest value of an attribute that is examined, in bytes.
const LONGEST_VALUE: usize = 1_000;
/// Pseudo-classes that match nothing when a page is opened, and legacy pseudo-elements.
const NEVER: [&str; 12] = [
    "active",
    "after",
    "before",
    "first-letter",
    "first-line",
    "focus",
    "focus-visible",
    "focus-within",
    "host",
    "hover",
    "target",
    "visited",
];

/// A selector of a list.
#[derive(Debug, Default, Clone)]
pub(super) struct Selector {
    /// From the element outwards, each with its relation to the previous one.
    compounds: Vec<(Within, Compound)>,
    /// True if a part of it is not understood: it may then match less than it seems to.
    pub(super) is_vague: bool,
    /// Its specificity: ids, classes and attributes, names.
    pub(super) weight: (u16, u16, u16),
}

/// The relation of an element to the previous one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Within {
    #[default]
    Anywhere,
    Directly,
}

/// The conditions on one element.
#[derive(Debug, Default, Clone)]
struct Compound {
    name: Option<String>,
    ids: Vec<String>,
    classes: Vec<String>,
    attributes: Vec<(String, Test)>,
    /// What it must not match.
    others: Vec<Compound>,
}

/// A condition on an attribute.
#[derive(Debug, Clone)]
enum Test {
    Has,
    Equals(String),
    HasWord(String),
    BeginsWithPart(String),
    Begins(String),
    Ends(String),
    Contains(String),
}

/// The key for looking up the elements that a selector may match.
#[derive(Debug, PartialEq, Eq, Hash, Clone)]
pub(super) enum Key {
    Id(String),
    Class(String),
    Name(String),
    Any,
}

impl Selector {
    /// Reads the selectors of a list that can match anything; `None` if the list is not valid.
    pub(super) fn list(written: &str) -> Option<Vec<Self>> {
        let mut input = Parser::new(written);
        let mut selectors = Vec::new();
        loop {
            let reader = Reader::read(&mut input)?;
            if !reader.never && !reader.selector.compounds.is_empty() {
                selectors.push(reader.selector);
            }
            if !reader.has_next {
                return Some(selectors);
            }
        }
    }

    /// Returns the key for looking it up.
    pub(super) fn key(&self) -> Key {
        let Some((_, own)) = self.compounds.first() else {
            return Key::Any;
        };
        let id = own.ids.first().cloned().map(Key::Id);
        id.or_else(|| own.classes.first().cloned().map(Key::Class))
            .or_else(|| own.name.clone().map(Key::Name))
            .unwrap_or(Key::Any)
    }

    /// True if it matches an element. Adds the number of elements examined to `steps`.
    pub(super) fn means(&self, node: &NodeRef<'_>, steps: &mut usize) -> bool {
        let mut compounds = self.compounds.iter();
        let Some((_, own)) = compounds.next() else {
            return false;
        };
        *steps += 1;
        if !own.is(node) {
            return false;
        }
        let mut at = *node;
        for (within, compound) in compounds {
            // Only the nearest match is followed. If the selector needs one further out, this may
            // miss it, and then hides less.
            loop {
                let Some(parent) = at.parent() else {
                    return false;
                };
                *steps += 1;
                at = parent;
                if compound.is(&at) {
                    break;
                }
                if *within == Within::Directly {
                    return false;
                }
            }
        }
        true
    }
}

impl Compound {
    fn is(&self, node: &NodeRef<'_>) -> bool {
        node.element_ref()
            .is_some_and(|element| self.fits(&element))
    }

    fn fits(&self, element: &Element) -> bool {
        let has_name = |name: &String| str::eq_ignore_ascii_case(&element.name.local, name);
        let has_id = |id: &String| attribute(element, "id") == Some(id);
        let has_class = |class: &String| classes(element).take(100).any(|own| own == class);
        self.name.as_ref().is_none_or(has_name)
            && self.ids.iter().all(has_id)
            && self.classes.iter().all(has_class)
            && self.attributes.iter().all(|(name, test)| {
                attribute(element, name).is_some_and(|value| test.passes(value))
            })
            && !self.others.iter().any(|other| other.fits(element))
    }
}

impl Test {
    fn passes(&self, value: &str) -> bool {
        if value.len() > LONGEST_VALUE {
            return matches!(self, Self::Has);
        }
        match self {
            Self::Has => true,
            Self::Equals(wanted) => value == wanted,
            Self::HasWord(wanted) => value.split_ascii_whitespace().any(|word| word == wanted),
            Self::BeginsWithPart(wanted) => value
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            Self::Begins(wanted) => !wanted.is_empty() && value.starts_with(wanted.as_str()),
            Self::Ends(wanted) => !wanted.is_empty() && value.ends_with(wanted.as_str()),
            Self::Contains(wanted) => !wanted.is_empty() && value.contains(wanted.as_str()),
        }
    }
}

/// Reads a selector of a list.
#[derive(Default)]
struct Reader {
    selector: Selector,
    compound: Option<Compound>,
    within: Within,
    /// True if it matches no element of a page that has just been opened.
    never: bool,
    has_next: bool,
}

impl Reader {
    fn read(input: &mut Parser<'_>) -> Option<Self> {
        let mut reader = Self::default();
        while let Ok(token) = input.next_including_whitespace() {
            let token = token.clone();
            if token == Token::Comma {
                reader.has_next = true;
                break;
            }
            reader.take(token, input)?;
        }
        reader.end_compound();
        reader.selector.compounds.reverse();
        Some(reader)
    }

    fn take(&mut self, token: Token<'_>, input: &mut Parser<'_>) -> Option<()> {
        match token {
            Token::WhiteSpace(_) => {
                self.end_compound();
                return Some(());
            }
            Token::Delim('>') => {
                self.end_compound();
                self.within = Within::Directly;
                return Some(());
            }
            // Preceding siblings are not examined.
            Token::Delim('+' | '~') => {
                self.end_compound();
                self.selector.compounds.clear();
                self.selector.is_vague = true;
                return Some(());
            }
            _ => {}
        }
        let mut weight = self.selector.weight;
        let compound = self.compound.get_or_insert_with(Compound::default);
        match token {
            Token::Ident(name) => {
                weight.2 += 1;
                compound.name = Some(name.to_ascii_lowercase());
            }
            Token::Delim('*') => {}
            Token::IDHash(id) => {
                weight.0 = weight.0.saturating_add(1);
                compound.ids.push(id.to_string());
            }
            Token::Delim('.') => {
                let class = input.expect_ident_cloned().ok()?;
                weight.1 = weight.1.saturating_add(1);
                compound.classes.push(class.to_string());
            }
            Token::SquareBracketBlock => {
                let read = input.parse_nested_block(|inner| {
                    test(inner).ok_or_else(|| inner.new_error_for_next_token::<()>())
                });
                weight.1 = weight.1.saturating_add(1);
                compound.attributes.push(read.ok()?);
            }
            Token::Colon => {
                weight.1 = weight.1.saturating_add(1);
                self.pseudo(input)?;
            }
            _ => return None,
        }
        self.selector.weight = weight;
        Some(())
    }

    fn pseudo(&mut self, input: &mut Parser<'_>) -> Option<()> {
        let token = input.next_including_whitespace().ok()?.clone();
        match token {
            // A pseudo-element.
            Token::Colon => {
                self.never = true;
                let _ = input.next();
            }
            Token::Ident(name) if NEVER.iter().any(|never| name.eq_ignore_ascii_case(never)) => {
                self.never = true;
            }
            Token::Ident(name) if name.eq_ignore_ascii_case("root") => {
                self.compound.as_mut()?.name = Some("html".to_owned());
            }
            Token::Ident(_) => self.selector.is_vague = true,
            Token::Function(name) => {
                let is_not = name.eq_ignore_ascii_case("not");
                let inner = input.parse_nested_block(|inner| -> Result<_, ParseError<()>> {
                    let start = inner.position();
                    while inner.next().is_ok() {}
                    Ok(inner.slice_from(start).to_owned())
                });
                match not(&inner.ok()?).filter(|_| is_not) {
                    Some(others) => self.compound.as_mut()?.others.extend(others),
                    None => self.selector.is_vague = true,
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn end_compound(&mut self) {
        if let Some(compound) = self.compound.take() {
            // The combinator here is the previous compound's relation to this one, from the inside.
            if let Some((within, _)) = self.selector.compounds.last_mut() {
                *within = std::mem::take(&mut self.within);
            }
            self.selector.compounds.push((Within::Anywhere, compound));
        }
    }
}

/// Returns the conditions in `:not`, if each concerns a single element.
fn not(written: &str) -> Option<Vec<Compound>> {
    // There is no nested `:not`, so the recursion ends.
    if written.contains(":not") || written.len() > LONGEST_VALUE {
        return None;
    }
    let selectors = Selector::list(written)?;
    let simple = |mut selector: Selector| {
        let is_simple = selector.compounds.len() == 1 && !selector.is_vague;
        is_simple.then(|| selector.compounds.swap_remove(0).1)
    };
    selectors.into_iter().map(simple).collect()
}

fn test(input: &mut Parser<'_>) -> Option<(String, Test)> {
    let name = input.expect_ident_cloned().ok()?.to_ascii_lowercase();
    let Ok(operator) = input.next().cloned() else {
        return Some((name, Test::Has));
    };
    let value = input.expect_ident_or_string().ok()?.to_string();
    let test = match operator {
        Token::Delim('=') => Test::Equals(value),
        Token::IncludeMatch => Test::HasWord(value),
        Token::DashMatch => Test::BeginsWithPart(value),
        Token::PrefixMatch => Test::Begins(value),
        Token::SuffixMatch => Test::Ends(value),
        Token::SubstringMatch => Test::Contains(value),
        _ => return None,
    };
    // The flag for case sensitivity is ignored.
    while input.next().is_ok() {}
    Some((name, test))
}
