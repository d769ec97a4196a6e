//! Counts the words of each element in one pass.

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

use super::super::super::attributes::attribute;
use super::super::super::attributes::declared;
use super::super::super::formulas::is_formula;
use super::super::super::hidden::{is_drawn, is_dropped, is_hidden};
use super::super::super::letters::letters_of;
use super::super::super::words::after;
use super::names::is_overlay;
use super::signs;

/// How an element is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hiding {
    /// Not at all.
    None,
    /// Only from screen readers.
    FromHearing,
    /// Takes up space but is not seen, such as content that will come into view.
    Invisible,
    /// From everybody.
    FromSight,
}

/// Number of letters and words.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    pub(super) letters: usize,
    /// Letters in links.
    pub(super) linked: usize,
    pub(super) words: usize,
    /// Characters of scripts without spaces.
    pub(super) signs: usize,
}

impl Count {
    /// Returns the number of letters outside links.
    pub(super) fn prose(&self) -> usize {
        self.letters - self.linked
    }

    fn of(words: &str, in_link: bool) -> Self {
        let (letters, signs) = letters_of(words);
        let has_letter = |word: &&str| word.contains(char::is_alphanumeric);
        Self {
            letters,
            linked: if in_link { letters } else { 0 },
            words: words.split_whitespace().filter(has_letter).count(),
            signs,
        }
    }

    fn add(&mut self, other: Self) {
        self.letters += other.letters;
        self.linked += other.linked;
        self.words += other.words;
        self.signs += other.signs;
    }
}

/// The counts of an element.
pub(super) struct Tally {
    id: NodeId,
    /// The index of the element around it.
    around: Option<usize>,
    pub(super) hiding: Hiding,
    /// True if it is a sign that is part of the words.
    pub(super) is_seen: bool,
    /// True if it lies over the page, judging by its name.
    pub(super) is_overlay: bool,
    /// True if it is shown after all.
    kept: bool,
    /// The words that would be shown with it.
    pub(super) count: Count,
    /// The words directly in it.
    own: Count,
}

impl Tally {
    /// Returns its element.
    pub(super) fn node<'a>(&self, document: &'a Document) -> Option<NodeRef<'a>> {
        document.tree.get(&self.id)
    }

    fn is_out(&self) -> bool {
        self.hiding != Hiding::None && !self.kept
    }
}

/// The tallies of a page, each after those of the elements around it.
#[derive(Default)]
pub(super) struct Tallies(Vec<Tally>);

impl Tallies {
    /// Counts the words of a page, except in elements that never show any.
    pub(super) fn of(root: &NodeRef<'_>) -> Self {
        let mut tallies = Self::default();
        // The elements around the present node, and whether they are in a link.
        let mut open: Vec<(usize, NodeId, bool)> = Vec::new();
        let mut next = Some(*root);
        while let Some(node) = next {
            let parent = node.parent().map(|parent| parent.id);
            while open.last().is_some_and(|(_, id, _)| Some(*id) != parent) {
                open.pop();
            }
            let around = open.last().map(|(at, ..)| *at);
            let in_link = open.last().is_some_and(|(.., in_link)| *in_link);
            let mut inside = node.first_child();
            match node.element_ref() {
                Some(element) if is_opaque(&element) => inside = None,
                Some(element) => {
                    let name = &*element.name.local;
                    let is_link = name == "a" && attribute(&element, "href").is_some();
                    open.push((tallies.0.len(), node.id, in_link || is_link));
                    tallies.0.push(tally(&node, &element, around));
                }
                None => tallies.count(&node, around, in_link),
            }
            next = inside.or_else(|| after(node, root));
        }
        tallies.decide(|_| false);
        tallies
    }

    fn count(&mut self, node: &NodeRef<'_>, around: Option<usize>, in_link: bool) {
        if let Some(tally) = around.and_then(|around| self.0.get_mut(around)) {
            node.query(|data| {
                if let NodeData::Text { contents } = &data.data {
                    tally.own.add(Count::of(contents, in_link));
                }
            });
        }
    }

    /// True if nothing in the page is hidden.
    pub(super) fn nothing_is_hidden(&self) -> bool {
        self.0.iter().all(|tally| tally.hiding == Hiding::None)
    }

    /// Returns the number of letters outside links in the whole page, shown or not.
    pub(super) fn all(&self) -> usize {
        self.0.iter().map(|tally| tally.own.prose()).sum()
    }

    /// Returns the number of those that are shown.
    pub(super) fn shown(&self) -> usize {
        let outermost = self.0.iter().filter(|tally| tally.around.is_none());
        let shown = outermost.filter(|tally| !tally.is_out());
        shown.map(|tally| tally.count.prose()).sum()
    }

    /// Returns the hidden elements that are shown after all.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Tally> {
        self.0.iter().filter(|tally| tally.kept)
    }

    /// Keeps hidden elements that pass a test, inner ones first: they count for those around.
    pub(super) fn decide(&mut self, is_kept: impl Fn(&Tally) -> bool) {
        for tally in &mut self.0 {
            tally.count = tally.own;
        }
        for at in (0..self.0.len()).rev() {
            let tally = &mut self.0[at];
            if tally.is_out() && is_kept(tally) {
                tally.kept = true;
            }
            let count = tally.count;
            if let Some(around) = tally.around.filter(|_| !tally.is_out()) {
                self.0[around].count.add(count);
            }
        }
    }
}

fn tally(node: &NodeRef<'_>, element: &Element, around: Option<usize>) -> Tally {
    let hiding = hiding_of(node, element);
    let is_hidden = hiding != Hiding::None;
    let is_only_unheard = hiding == Hiding::FromHearing;
    Tally {
        id: node.id,
        around,
        hiding,
        is_seen: (is_hidden && signs::is_in_ruby(node))
            || (is_only_unheard && (signs::is_initial(node) || signs::is_spelt_out(node))),
        is_overlay: is_hidden && is_overlay(&element.name.local, element),
        kept: false,
        count: Count::default(),
        own: Count::default(),
    }
}

/// True if an element never shows words, or has its own way to show them.
fn is_opaque(element: &Element) -> bool {
    is_drawn(element) || is_dropped(&element.name.local, element) || is_formula(element)
}

fn hiding_of(node: &NodeRef<'_>, element: &Element) -> Hiding {
    let name = &*element.name.local;
    if !is_hidden(name, element) {
        return Hiding::None;
    }
    let says = |property: &str, value: &str| {
        declared(element, property).is_some_and(|declared| declared == value)
    };
    let is_gone = says("display", "none")
        || says("mso-hide", "all")
        || attribute(element, "hidden").is_some()
        || name == "dialog";
    // Of two with the same words, one is for screen readers.
    if is_gone || signs::has_double(node) {
        Hiding::FromSight
    } else if says("visibility", "hidden") {
        Hiding::Invisible
    } else {
        Hiding::FromHearing
    }
}
