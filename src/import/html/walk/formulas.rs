//! Writes formulas: TeX as it is, or a MathML tree as far as browsers draw it
//! (<https://www.w3.org/TR/mathml-core/>), on a stack of its own.

use dom_query::{Element, NodeRef};

use crate::model::article::{Attribute, Attributes, Tag};

use super::super::attributes::{attribute, with_language};
use super::super::formulas::{Formula, formula, is_mathematical};
use super::super::hidden::is_left_out;
use super::super::words::{after, words_at};
use super::Walker;

/// The default brackets and separators of an `mfenced`
/// (<https://www.w3.org/TR/MathML3/chapter3.html#presm.mfenced>).
const BRACKETS: [(&str, &str); 3] = [("open", "("), ("close", ")"), ("separators", ",")];

/// White space that is not part of a formula; no-break spaces are.
const WHITE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

impl Walker<'_> {
    /// Writes the formula that an element is; returns whether it is one.
    pub(super) fn formula(&mut self, node: &NodeRef<'_>, element: &Element) -> bool {
        let Some((formula, is_block)) = formula(node, element) else {
            return false;
        };
        if self.part.is_some_and(|part| !part.keeps(node)) {
            return true;
        }
        if is_block {
            self.builder.part();
        }
        match formula {
            Formula::Tex(tex) => self.builder.element(Tag::Tex, &tex),
            Formula::Tree(math) => self.tree(&math, is_block),
            Formula::Words(words) => self.builder.text(&words),
            Formula::Elsewhere => {}
        }
        if is_block {
            self.builder.part();
        }
        true
    }

    fn tree(&mut self, math: &NodeRef<'_>, is_block: bool) {
        // The open elements, and the brackets that close them.
        let mut open: Vec<(NodeRef<'_>, Option<String>)> = Vec::new();
        let mut node = *math;
        loop {
            let mut inside = node.first_child();
            match node.element_ref() {
                Some(element) => match part_of(&element, open.is_empty()) {
                    Part::Skipped => inside = None,
                    Part::Through => {}
                    Part::Kept(tag) => {
                        if node.id != math.id {
                            self.separator(&node);
                        }
                        let said = said_of(tag, &element, is_block);
                        self.builder.open(tag, said);
                        open.push((node, self.bracket(&element)));
                        if is_token(tag) {
                            self.builder.text(words_in(&node).trim_matches(WHITE));
                        }
                        // A phantom takes up the space of its content, which is not visible.
                        let is_phantom = &*element.name.local == "mphantom";
                        inside = inside.filter(|_| !is_token(tag) && !is_phantom);
                    }
                },
                None => self.loose_words(&node),
            }
            let next = inside.or_else(|| after(node, math));
            while let Some((last, _)) = open.last() {
                let is_within = |next: NodeRef<'_>| {
                    let mut above = next.ancestors_it(None);
                    above.any(|above| above.id == last.id)
                };
                if next.is_some_and(is_within) {
                    break;
                }
                if let Some((_, Some(bracket))) = open.pop() {
                    self.builder.element(Tag::Mo, &bracket);
                }
                self.builder.close();
            }
            match next {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    /// Writes words of a formula outside any token, which otherwise would not be drawn.
    fn loose_words(&mut self, node: &NodeRef<'_>) {
        let words = words_at(node);
        let words = words.trim_matches(WHITE);
        if !words.is_empty() {
            self.builder.element(Tag::Mtext, words);
        }
    }

    /// Opens a pair of brackets if an element is one; returns the closing one.
    fn bracket(&mut self, element: &Element) -> Option<String> {
        if &*element.name.local != "mfenced" {
            return None;
        }
        self.builder
            .element(Tag::Mo, &said_or_usual(element, "open"));
        Some(said_or_usual(element, "close"))
    }

    /// Writes the separator before a part in a pair of brackets.
    fn separator(&mut self, node: &NodeRef<'_>) {
        let Some(parent) = node.parent().filter(|parent| parent.has_name("mfenced")) else {
            return;
        };
        if let Some(element) = parent.element_ref()
            && node.prev_element_sibling().is_some()
        {
            let separators = said_or_usual(&element, "separators");
            let first = separators.trim().chars().next();
            let separator = first.map(String::from).unwrap_or_default();
            self.builder.element(Tag::Mo, &separator);
        }
    }
}

/// True if an element contains words and no other elements.
fn is_token(tag: Tag) -> bool {
    matches!(tag, Tag::Mi | Tag::Mn | Tag::Mo | Tag::Mtext)
}

/// Returns all words in a token, which may contain parts of the page.
fn words_in(token: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut next = token.first_child();
    while let Some(node) = next {
        words.push_str(&words_at(&node));
        let is_shown = node
            .element_ref()
            .is_none_or(|element| !is_left_out(&element.name.local, &element));
        let inside = node.first_child().filter(|_| is_shown);
        next = inside.or_else(|| after(node, token));
    }
    words
}

/// How an element of a formula is treated.
enum Part {
    Kept(Tag),
    /// Replaced by its content.
    Through,
    Skipped,
}

fn part_of(element: &Element, is_root: bool) -> Part {
    let name = &*element.name.local;
    if !is_root && is_left_out(name, element) {
        return Part::Skipped;
    }
    if !is_mathematical(element) {
        return Part::Through;
    }
    match name {
        "math" if is_root => Part::Kept(Tag::Math),
        "ms" => Part::Kept(Tag::Mtext),
        "mlabeledtr" => Part::Kept(Tag::Mtr),
        "maction" | "math" | "menclose" | "merror" | "mfenced" | "mpadded" | "mphantom"
        | "mstyle" | "none" | "semantics" => Part::Kept(Tag::Mrow),
        name => match Tag::from_code(name).filter(|tag| tag.is_in_formula()) {
            Some(tag) => Part::Kept(tag),
            None => Part::Through,
        },
    }
}

fn said_of(tag: Tag, element: &Element, is_block: bool) -> Attributes {
    let said = |name: &str| attribute(element, name).unwrap_or_default().trim();
    let attributes = match tag {
        Tag::Math if is_block => Attributes::none().with(Attribute::Display, "block"),
        Tag::Mi => Attributes::none().with(Attribute::Mathvariant, said("mathvariant")),
        Tag::Mo => Attributes::none().with(Attribute::Stretchy, said("stretchy")),
        Tag::Mfrac if said("linethickness").starts_with('0') => {
            Attributes::none().with(Attribute::Linethickness, "0")
        }
        Tag::Mspace => Attributes::none().with(Attribute::Space, said("width")),
        _ => Attributes::none(),
    };
    with_language(attributes, element)
}

fn said_or_usual(element: &Element, name: &str) -> String {
    let usual = BRACKETS.iter().find(|(bracket, _)| *bracket == name);
    let usual = usual.map_or("", |(_, usual)| usual);
    attribute(element, name).unwrap_or(usual).to_owned()
}
