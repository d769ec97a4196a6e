//! What of a hidden part is words all the same, weighed by words.
//!
//! `aria-hidden` hides from hearing and not from sight, and `visibility: hidden` often stands
//! only until a part is scrolled to: of these, prose is words and signs are none. What is hidden
//! from sight is no word, unless it is what the page is about: a script would have shown it, or
//! the page was saved while something lay over it.

mod names;
mod signs;
mod tally;

use dom_query::{Document, NodeRef};

use super::super::attributes::attribute;
use tally::{Hiding, Tallies, Tally};

/// Letters that hidden words must have to be what the page is about: some twenty words. With less
/// a page that shows nothing stays empty.
const LEAST_LETTERS: usize = 100;
/// Share of a page's letters outside of links, in percent, from which a hidden part is what the
/// page is about. Half: less would take what unfolds or an answer to a consent for the article,
/// more would lose one that has its comments on show.
const MOST_OF_THE_PAGE: usize = 50;
/// Where less than this share of the letters is shown at all, in percent, the page was saved before
/// it was shown, and its parts count by themselves (panels, slides, steps).
const HARDLY_SHOWN: usize = 20;
/// Share of such a part, in percent: smaller ones are labels and messages.
const PART_OF_THE_PAGE: usize = 5;
/// Letters and words of prose that is hidden from hearing only. Icons drawn by a word ("arrow
/// forward") have fewer, and what they say stands beside them.
const LEAST_PROSE: usize = 15;
const LEAST_WORDS: usize = 3;
/// The same in signs of scripts without spaces.
const LEAST_SIGNS: usize = 5;
/// Letters of prose that is invisible until it is scrolled to: a sentence. Tips and labels that show
/// on hovering have fewer.
const LEAST_INVISIBLE: usize = 60;
/// Most letters of prose that may stand in links, in percent: beyond it is a menu.
const MOST_LINKED: usize = 50;
/// Letters that make what is shown of a page one by itself: then what lies over it is only for the
/// whole page.
const LETTERS_OF_AN_ARTICLE: usize = 250;

/// Stands on what only the whole page has.
const SET_ASIDE: &str = "data-postil-set-aside";
/// The declarations by which inline styles hide.
const HIDING_PROPERTIES: [&str; 4] = ["display", "visibility", "mso-hide", "opacity"];

/// Whether an element belongs to the whole page and not to the article in it.
pub(in super::super) fn is_set_aside(element: &dom_query::Element) -> bool {
    attribute(element, SET_ASIDE).is_some()
}

/// Shows what is hidden and nevertheless words.
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

/// Whether words that can be seen, or could be, are more than a sign.
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

/// Takes from an element all that hides it.
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
