//! Decides which hidden parts of a page count as its words, by the number of words in them.
//!
//! `aria-hidden` hides from screen readers but not from sight, and `visibility: hidden` often lasts
//! only until a part is scrolled to: in these, prose counts and signs do not. What is hidden from
//! sight does not count, unless it is what the page is about: a script would have shown it, or the
//! page was saved while something lay over it.

mod names;
mod signs;
mod tally;

use dom_query::{Document, NodeRef};

use super::super::attributes::attribute;
use tally::{Hiding, Tallies, Tally};

/// Minimum number of hidden letters, some twenty words, that can be what the page is about. With
/// fewer, a page that shows nothing stays empty.
const LEAST_LETTERS: usize = 100;
/// Minimum share of a page's letters outside links, in percent, for a hidden part to be what the
/// page is about. Half: less would take foldable content or a consent form for the article, more
/// would lose one whose comments are visible.
const MOST_OF_THE_PAGE: usize = 50;
/// Share of the letters shown, in percent, up to which a page counts as saved before it was shown;
/// its parts (panels, slides, steps) then count individually.
const HARDLY_SHOWN: usize = 20;
/// Minimum share of such a part, in percent: smaller ones are labels and messages.
const PART_OF_THE_PAGE: usize = 5;
/// Minimum number of letters and words of prose hidden only from screen readers. Icons drawn by a
/// word ("arrow forward") have fewer, and their meaning stands beside them.
const LEAST_PROSE: usize = 15;
const LEAST_WORDS: usize = 3;
/// The same in characters of scripts without spaces.
const LEAST_SIGNS: usize = 5;
/// Minimum number of letters of prose that is invisible until scrolled to: a sentence. Hints and
/// labels shown on hover have fewer.
const LEAST_INVISIBLE: usize = 60;
/// Maximum share of letters in links, in percent: beyond it is a menu.
const MOST_LINKED: usize = 50;
/// Number of shown letters that make a page an article by themselves: what lies over it then
/// belongs only to the whole page.
const LETTERS_OF_AN_ARTICLE: usize = 250;

/// Marks what belongs only to the whole page.
const SET_ASIDE: &str = "data-postil-set-aside";
/// The properties with which inline styles hide.
const HIDING_PROPERTIES: [&str; 4] = ["display", "visibility", "mso-hide", "opacity"];

/// True if an element belongs to the whole page and not to its article.
pub(in super::super) fn is_set_aside(element: &dom_query::Element) -> bool {
    attribute(element, SET_ASIDE).is_some()
}

/// Shows hidden parts that nevertheless count as words.
pub(super) fn prepare(document: &Document) {
    let mut tallies = Tallies::of(&document.root());
    if tallies.nothing_is_hidden() {
        return;
    }
    tallies.decide(|tally| tally.is_seen || is_prose(tally));
    let (all, shown) = (tallies.all(), tallies.shown());
    let has = |tally: &Tally, share: usize| {
        let prose = tally.count.prose();
        prose >= LEAST_LETTERS && prose * 100 >= all * share
    };
    tallies.decide(|tally| has(tally, MOST_OF_THE_PAGE));
    if tallies.shown() * 100 <= all * HARDLY_SHOWN {
        let is_part = |tally: &Tally| {
            has(tally, PART_OF_THE_PAGE) && !tally.is_overlay && !is_list_of_links(tally)
        };
        tallies.decide(is_part);
    }
    for tally in tallies.kept() {
        let Some(node) = tally.node(document) else {
            continue;
        };
        show(&node);
        if tally.is_overlay && shown >= LETTERS_OF_AN_ARTICLE {
            node.set_attr(SET_ASIDE, "");
        }
    }
}

/// True if visible, or potentially visible, words are more than a sign.
fn is_prose(tally: &Tally) -> bool {
    let least = match tally.hiding {
        Hiding::FromHearing => LEAST_PROSE,
        Hiding::Invisible => LEAST_INVISIBLE,
        Hiding::FromSight | Hiding::None => return false,
    };
    let count = tally.count;
    let has_words = count.words >= LEAST_WORDS || count.signs >= LEAST_SIGNS;
    count.letters >= least && has_words && !tally.is_overlay && !is_list_of_links(tally)
}

fn is_list_of_links(tally: &Tally) -> bool {
    tally.count.linked * 100 > tally.count.letters * MOST_LINKED
}

/// Removes everything that hides an element.
fn show(node: &NodeRef<'_>) {
    node.remove_attrs(&["hidden", "aria-hidden"]);
    if node.has_name("dialog") {
        node.set_attr("open", "");
    }
    let Some(style) = node.attr("style") else {
        return;
    };
    let declarations = style.split(';').filter(|declaration| {
        let name = declaration.split(':').next().unwrap_or_default().trim();
        !HIDING_PROPERTIES
            .iter()
            .any(|property| name.eq_ignore_ascii_case(property))
    });
    node.set_attr("style", &declarations.collect::<Vec<_>>().join(";"));
}
