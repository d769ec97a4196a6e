//! How many words each element holds, counted in one go.

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

use super::super::super::attributes::attribute;
use super::super::super::extract::letters_of;
use super::super::super::formulas::is_formula;
use super::super::super::hidden::{is_drawn, is_dropped, is_hidden};
use super::super::super::style::declared;
use super::super::super::words::after;
use super::names::is_overlay;
use super::signs;

/// How an element is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hiding {
    /// It is not.
    None,
    /// Only from those who hear a page.
    FromHearing,
    /// It takes its room and is not seen, as what is to come into view.
    Invisible,
    /// From everybody.
    FromSight,
}

/// Numbers of letters and words.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Count {
    pub(super) letters: usize,
    /// Letters that stand in links.
    pub(super) linked: usize,
    pub(super) words: usize,
    /// Signs of scripts without spaces.
    pub(super) signs: usize,
}

impl Count {
    /// Letters that stand in no link.
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

/// What is counted of an element.
pub(super) struct Tally {
    id: NodeId,
    /// The element around it, by its place.
    around: Option<usize>,
    pub(super) hiding: Hiding,
    /// Whether it is a sign that is part of what is read.
    pub(super) is_seen: bool,
    /// Whether it lies over the page by its name.
    pub(super) is_overlay: bool,
    /// Whether it is shown after all.
    kept: bool,
    /// What would be shown with it.
    pub(super) count: Count,
    /// The words that stand in it directly.
    own: Count,
}

impl Tally {
    /// Its element.
    pub(super) fn node<'a>(&self, document: &'a Document) -> Option<NodeRef<'a>> {
        document.tree.get(&self.id)
    }

    fn is_out(&self) -> bool {
        self.hiding != Hiding::None && !self.kept
    }
}

/// The tallies of a page, each after those around it.
#[derive(Default)]
pub(super) struct Tallies(Vec<Tally>);

impl Tallies {
    /// Counts what is in a page, but for what never shows words.
    pub(super) fn of(root: &NodeRef<'_>) -> Self {
        let mut tallies = Self::default();
        // The elements around the present node, with whether they are in a link.
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

    /// Whether nothing in the page is hidden.
    pub(super) fn nothing_is_hidden(&self) -> bool {
        self.0.iter().all(|tally| tally.hiding == Hiding::None)
    }

    /// Letters of the whole page outside of links, shown or not.
    pub(super) fn all(&self) -> usize {
        self.0.iter().map(|tally| tally.own.prose()).sum()
    }

    /// Those of them that are shown.
    pub(super) fn shown(&self) -> usize {
        let outermost = self.0.iter().filter(|tally| tally.around.is_none());
        let shown = outermost.filter(|tally| !tally.is_out());
        shown.map(|tally| tally.count.prose()).sum()
    }

    /// What is shown after all.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Tally> {
        self.0.iter().filter(|tally| tally.kept)
    }

    /// Keeps what passes a test, from within: what is kept counts for what is around it.
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

/// Whether an element never shows words, or has a way of its own to show them.
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
    // One of two with the same words is for those who hear the page.
    if is_gone || signs::has_double(node) {
        Hiding::FromSight
    } else if says("visibility", "hidden") {
        Hiding::Invisible
    } else {
        Hiding::FromHearing
    }
}
