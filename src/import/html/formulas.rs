//! Recognises formulas of a page and chooses which of their several forms is read.
//!
//! Pages contain a formula up to three times: as TeX, as MathML, and drawn. The article takes
//! exactly one of these: the TeX that its author wrote, or else the MathML.

use dom_query::{Element, NodeRef};
use html5ever::ns;

use super::attributes::{attribute, classes};
use super::hidden::is_hidden;
use super::words::words_at;

/// Classes that KaTeX, MediaWiki and MathJax put around all forms of a formula that they draw
/// (<https://katex.org/docs/options>, <https://docs.mathjax.org/en/v2.7-latest/>).
const AROUND: [&str; 10] = [
    KATEX,
    "mwe-math-element",
    "MathJax",
    "MathJax_Display",
    "MathJax_SVG",
    "MathJax_SVG_Display",
    "MathJax_CHTML",
    "MathJax_Preview",
    "MJXc-display",
    "mjx-chtml",
];
const KATEX: &str = "katex";
/// The element of MathJax 3 for the same purpose.
const CONTAINER: &str = "mjx-container";
/// The prefix of the type of a script with a formula (MathJax 2).
const SCRIPT: &str = "math/tex";
/// The encodings of TeX in an annotation (<https://www.w3.org/TR/MathML3/chapter5.html>).
const ENCODINGS: [&str; 6] = [
    "application/x-tex",
    "application/x-latex",
    "text/x-tex",
    "text/x-latex",
    "tex",
    "latex",
];
/// Characters that only TeX has: other texts beside a formula describe it in words.
const SIGNS_OF_TEX: [char; 4] = ['\\', '^', '_', '{'];
/// Maximum number of nodes examined in a container: a drawn formula has some hundreds.
const MOST_NODES: usize = 5_000;
/// Maximum number of siblings from a drawn formula to the script that holds it.
const STEPS_TO_SCRIPT: usize = 3;
/// The character with which KaTeX keeps empty lines open.
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// What MediaWiki and others put around TeX.
const WRAPPERS: [(&str, &str); 6] = [
    ("{\\displaystyle ", "}"),
    ("{\\textstyle ", "}"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("$$", "$$"),
    ("$", "$"),
];

/// The form in which a formula is read.
pub(super) enum Formula<'a> {
    /// Its TeX source.
    Tex(String),
    /// Its MathML tree.
    Tree(NodeRef<'a>),
    /// Its drawn words, if there is nothing else.
    Words(String),
    /// None: another element has it too.
    Elsewhere,
}

/// Returns the formula that an element is, and whether it has lines of its own.
pub(super) fn formula<'a>(node: &NodeRef<'a>, element: &Element) -> Option<(Formula<'a>, bool)> {
    if !is_formula(element) || is_hidden(&element.name.local, element) {
        return None;
    }
    if is_script(element) {
        let kind = attribute(element, "type").unwrap_or_default();
        let tex = cleaned(&node.immediate_text());
        return Some((Formula::Tex(tex), kind.contains("mode=display")));
    }
    if is_math(element) {
        return Some((of_math(node, element), is_block(element)));
    }
    if is_written(element) {
        let written = node.immediate_text().trim().to_owned();
        let tex = cleaned(&written);
        let is_block = classes(element).any(|class| class == "display");
        return (tex != written).then_some((Formula::Tex(tex), is_block));
    }
    if script_follows(node) {
        return Some((Formula::Elsewhere, false));
    }
    let (mut pictured, mut drawn) = (None, String::new());
    for inside in node.descendants_it().take(MOST_NODES) {
        let Some(element) = inside.element_ref() else {
            drawn.push_str(&words_at(&inside));
            continue;
        };
        if is_math(&element) {
            return Some((of_math(&inside, &element), is_block(&element)));
        }
        if &*element.name.local == "img" && pictured.is_none() {
            pictured = attribute(&element, "alt").map(cleaned);
        }
    }
    if let Some(tex) = pictured.filter(|tex| !tex.is_empty()) {
        return Some((Formula::Tex(tex), false));
    }
    // KaTeX hides its drawing from screen readers, which get the MathML, even if there is none.
    let is_hidden = classes(element).any(|class| class == KATEX);
    let drawn = drawn.replace(ZERO_WIDTH_SPACE, "");
    (is_hidden && !drawn.trim().is_empty()).then_some((Formula::Words(drawn), false))
}

/// True if an element may be a formula, or contain its forms.
pub(super) fn is_formula(element: &Element) -> bool {
    is_math(element)
        || is_script(element)
        || is_written(element)
        || &*element.name.local == CONTAINER
        || classes(element).any(|class| AROUND.contains(&class))
}

/// True if an element belongs to MathML.
pub(super) fn is_mathematical(element: &Element) -> bool {
    element.name.ns == ns!(mathml)
}

fn is_math(element: &Element) -> bool {
    is_mathematical(element) && &*element.name.local == "math"
}

fn is_script(element: &Element) -> bool {
    let kind = || attribute(element, "type").unwrap_or_default();
    &*element.name.local == "script" && kind().starts_with(SCRIPT)
}

/// True if an element contains TeX for a script to draw, as pandoc writes it.
fn is_written(element: &Element) -> bool {
    let has = |name: &str| classes(element).any(|class| class == name);
    has("math") && (has("inline") || has("display"))
}

fn is_block(math: &Element) -> bool {
    attribute(math, "display") == Some("block")
}

fn script_follows(node: &NodeRef<'_>) -> bool {
    let mut next = node.next_element_sibling();
    for _ in 0..STEPS_TO_SCRIPT {
        let Some(sibling) = next else { return false };
        if sibling
            .element_ref()
            .is_some_and(|element| is_script(&element))
        {
            return true;
        }
        next = sibling.next_element_sibling();
    }
    false
}

fn of_math<'a>(math: &NodeRef<'a>, element: &Element) -> Formula<'a> {
    let said = attribute(element, "alttext").map(cleaned);
    let said = said.filter(|said| said.contains(SIGNS_OF_TEX));
    match annotation(math).or(said) {
        Some(tex) => Formula::Tex(tex),
        None => Formula::Tree(*math),
    }
}

/// Returns the TeX in an annotation of a formula.
fn annotation(math: &NodeRef<'_>) -> Option<String> {
    let tex = math.descendants_it().find(|node| {
        node.element_ref().is_some_and(|element| {
            let encoding = attribute(&element, "encoding").unwrap_or_default();
            &*element.name.local == "annotation"
                && ENCODINGS.contains(&encoding.trim().to_ascii_lowercase().as_str())
        })
    })?;
    Some(cleaned(&tex.immediate_text())).filter(|tex| !tex.is_empty())
}

/// Removes the wrappers around TeX.
fn cleaned(tex: &str) -> String {
    let mut tex = tex.trim();
    for (start, end) in WRAPPERS {
        let inside = tex
            .strip_prefix(start)
            .and_then(|tex| tex.strip_suffix(end));
        tex = inside.filter(|tex| is_balanced(tex)).map_or(tex, str::trim);
    }
    tex.to_owned()
}

/// True if all braces in TeX are balanced, so that what was removed around it was a pair.
fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_i32;
    let mut escaped = false;
    for c in tex.chars() {
        match c {
            _ if escaped => {}
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
