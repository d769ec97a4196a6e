//! Placements: where every note of an article is, and the runs that each leaf is painted in.

mod runs;

use std::rc::Rc;

pub use self::runs::{Gap, Mark, Run};
use super::anchoring::{Anchor, Candidate, resolved};
use super::annotation::{Annotation, AnnotationId, Attachment, Colour};
use super::article::Article;
use super::findings::Findings;
use super::notebook::{Change, MANY, Notebook, last_of_each};
use super::order::arrange;
use super::passages::{Passage, Passages};
use super::text::TextRange;

/// How well the anchor of a placed note matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorStatus {
    /// On its words, where they were or where the reader has attached it.
    Exact,
    /// On its words, in another place.
    Moved,
    /// On changed words in its own place, for the reader to keep or detach.
    Changed,
    /// On the gap that its words have left; nothing is painted.
    Replaced,
}

impl AnchorStatus {
    fn of(anchor: &Anchor) -> Option<(Self, TextRange)> {
        let (status, range) = match anchor {
            Anchor::Exact(range) => (Self::Exact, *range),
            Anchor::Moved(place) => (Self::Moved, place.range),
            Anchor::Changed(place) => (Self::Changed, place.range),
            Anchor::Replaced(place) => (Self::Replaced, place.range),
            Anchor::Ambiguous(_) | Anchor::Orphan { .. } | Anchor::Whole => return None,
        };
        // An empty range has nothing to paint.
        let status = if range.is_empty() {
            Self::Replaced
        } else {
            status
        };
        Some((status, range))
    }
}

/// A note with a place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The passage; for a replaced note the words in its place, perhaps none.
    pub range: TextRange,
    /// How well its anchor matches.
    pub status: AnchorStatus,
    /// The note.
    pub annotation: Rc<Annotation>,
}

impl Placed {
    /// The order of notes beside the article: by place, then by age.
    fn key(&self) -> (TextRange, Option<&str>, &AnnotationId) {
        let created = self.annotation.created.as_ref().map(|at| &*at.0);
        (self.range, created, &self.annotation.id)
    }

    /// True if it shares a byte with a range, or if its gap is in the range or at its end.
    pub fn touches(&self, range: TextRange) -> bool {
        match self.status {
            AnchorStatus::Replaced => (range.start()..=range.end()).contains(&self.range.start()),
            _ => self.range.intersection(range).is_some(),
        }
    }
}

/// A note without a known place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanchored {
    /// The anchor: several places, none, or the article as a whole.
    pub anchor: Anchor,
    /// The note.
    pub annotation: Rc<Annotation>,
    /// True if its passage is on the page but outside the article that is shown.
    pub beside: bool,
}

impl Unanchored {
    /// The places where it may be, most plausible first.
    pub fn places(&self) -> &[Candidate] {
        match &self.anchor {
            Anchor::Ambiguous(places) => places,
            Anchor::Orphan { suggestion } => suggestion.as_slice(),
            _ => &[],
        }
    }

    /// True if the reader has yet to resolve it.
    pub fn is_open(&self) -> bool {
        // A note that the reader has detached needs no second look.
        let detached = matches!(self.annotation.attached, Some(Attachment::Nowhere(_)));
        !detached && !self.beside && self.anchor != Anchor::Whole
    }

    /// The order of the lists: ambiguous notes, orphans, notes beside the article, notes on the
    /// article as a whole; each list by original place.
    fn key(&self) -> (u8, Origin<'_>) {
        let list = match self.anchor {
            Anchor::Ambiguous(_) => 0,
            Anchor::Whole => 3,
            _ => 1 + u8::from(self.beside),
        };
        (list, origin(&self.annotation))
    }
}

/// The original place of a note, then its age.
type Origin<'a> = (u32, Option<&'a str>, &'a AnnotationId);

fn origin(annotation: &Annotation) -> Origin<'_> {
    let position = annotation.sought().position;
    let start = position.map_or(u32::MAX, |position| position.start());
    let created = annotation.created.as_ref().map(|at| &*at.0);
    (start, created, &annotation.id)
}

enum NotePlacement {
    Placed(Placed),
    Unanchored(Unanchored),
    Pending(Rc<Annotation>),
}

impl NotePlacement {
    fn of(article: &Article, findings: &Findings, annotation: &Rc<Annotation>) -> Self {
        let Some(anchor) = anchor_of(article, findings, annotation) else {
            return Self::Pending(annotation.clone());
        };
        let annotation = annotation.clone();
        // A passage of the page that is not in its article is not lost.
        let is_lost = matches!(anchor, Anchor::Replaced(_) | Anchor::Orphan { .. });
        if is_lost && article.is_part_of(annotation.target.digest.as_ref()) {
            return Self::Unanchored(Unanchored {
                anchor: Anchor::orphan(),
                annotation,
                beside: true,
            });
        }
        match AnchorStatus::of(&anchor) {
            Some((status, range)) => Self::Placed(Placed {
                range,
                status,
                annotation,
            }),
            None => Self::Unanchored(Unanchored {
                anchor,
                annotation,
                beside: false,
            }),
        }
    }
}

/// Returns the anchor of a note; `None` if it has to be looked for first. What the reader has
/// resolved overrides what was found.
fn anchor_of(article: &Article, findings: &Findings, annotation: &Annotation) -> Option<Anchor> {
    if annotation.is_detached_from(article.digest()) {
        let hint = findings.hint(&annotation.id);
        return Some(Anchor::Orphan {
            suggestion: hint.and_then(Anchor::best),
        });
    }
    if let Some(anchor) = resolved(article, annotation) {
        return Some(anchor);
    }
    let found = findings.get(annotation)?;
    let certain = matches!(found, Anchor::Exact(_) | Anchor::Moved(_) | Anchor::Whole);
    let detached = matches!(annotation.attached, Some(Attachment::Nowhere(_)));
    // Once detached, a note returns only to its own words.
    if detached && !certain {
        return Some(Anchor::Orphan {
            suggestion: found.best(),
        });
    }
    Some(found.clone())
}

/// The outcome of placing the notes of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlacementCounts {
    /// Number of notes on their words, where they were.
    pub in_place: usize,
    /// Number of notes on their words, in another place.
    pub moved: usize,
    /// Number of notes on changed words.
    pub changed: usize,
    /// Number of unresolved notes whose words are gone or could be in several places.
    pub look: usize,
}

/// Every note of one article with its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placements {
    /// By place.
    placed: Vec<Placed>,
    /// For each of `placed`, the furthest end among it and those before it.
    reach: Vec<u32>,
    /// By list, then by original place.
    unanchored: Vec<Unanchored>,
    /// By original place.
    pending: Vec<Rc<Annotation>>,
    /// Where the further passages of notes are, by place; those that are not found are not here.
    further: Vec<Placed>,
    /// The [further passages](Annotation::passages) that have to be looked for.
    sought: Vec<Rc<Annotation>>,
}

impl Placements {
    /// Places every note of the notebook that belongs to the article.
    pub fn of(article: &Article, notebook: &Notebook, findings: &Findings) -> Self {
        let id = article.id();
        let mut placements = Self::default();
        let kept_with_it = |annotation: &&Rc<Annotation>| annotation.article == id;
        let kept = notebook.iter().filter(kept_with_it);
        for one in kept {
            placements.push(NotePlacement::of(article, findings, one));
            placements.push_passages(article, findings, one);
        }
        placements.arrange([0; 3]);
        placements.measure();
        placements
    }

    /// Returns the placements after some changes; unchanged notes keep their places.
    pub fn after(&self, article: &Article, findings: &Findings, changes: &[Change]) -> Self {
        let id = article.id();
        let kept = |change: &Change| change.after().filter(|a| a.article == id).cloned();
        let mut next = self.clone();
        if changes.len() < MANY {
            for change in changes {
                next.take_out(change.id());
                if let Some(annotation) = kept(change) {
                    next.put(NotePlacement::of(article, findings, &annotation));
                    next.push_passages(article, findings, &annotation);
                }
            }
        } else {
            let changed = last_of_each(changes);
            next.retain(&|id| {
                let by_id = |change: &&Change| change.id().cmp(id);
                changed.binary_search_by(by_id).is_err()
            });
            let from = next.counts();
            for annotation in changed.into_iter().filter_map(kept) {
                next.push(NotePlacement::of(article, findings, &annotation));
                next.push_passages(article, findings, &annotation);
            }
            next.arrange(from);
        }
        next.measure();
        next
    }

    fn retain(&mut self, stays: &dyn Fn(&AnnotationId) -> bool) {
        self.placed.retain(|placed| stays(&placed.annotation.id));
        self.unanchored
            .retain(|unanchored| stays(&unanchored.annotation.id));
        self.pending.retain(|annotation| stays(&annotation.id));
        self.further.retain(|placed| stays(&placed.annotation.id));
        self.sought
            .retain(|passage| passage.id.whole().is_none_or(|(id, _)| stays(&id)));
    }

    /// The lengths of the three lists.
    fn counts(&self) -> [usize; 3] {
        [self.placed.len(), self.unanchored.len(), self.pending.len()]
    }

    fn push(&mut self, placement: NotePlacement) {
        match placement {
            NotePlacement::Placed(placed) => self.placed.push(placed),
            NotePlacement::Unanchored(unanchored) => self.unanchored.push(unanchored),
            NotePlacement::Pending(annotation) => self.pending.push(annotation),
        }
    }

    /// Places the further passages of a note. One that is not found is only missing.
    fn push_passages(
        &mut self,
        article: &Article,
        findings: &Findings,
        annotation: &Rc<Annotation>,
    ) {
        for passage in annotation.passages() {
            match NotePlacement::of(article, findings, &passage) {
                NotePlacement::Placed(placed) if placed.status != AnchorStatus::Replaced => {
                    self.further.push(Placed {
                        annotation: annotation.clone(),
                        ..placed
                    });
                }
                NotePlacement::Pending(passage) => self.sought.push(passage),
                _ => {}
            }
        }
    }

    /// Puts the lists in order, of which so many are in order already.
    fn arrange(&mut self, [placed, unanchored, pending]: [usize; 3]) {
        arrange(&mut self.placed, placed, &|one, other| {
            one.key().cmp(&other.key())
        });
        arrange(&mut self.unanchored, unanchored, &|one, other| {
            one.key().cmp(&other.key())
        });
        arrange(&mut self.pending, pending, &|one, other| {
            origin(one).cmp(&origin(other))
        });
    }

    /// The notes with a place, in order.
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }

    /// The notes whose place cannot be told: ambiguous ones, orphans, those on the whole article.
    pub fn unanchored(&self) -> &[Unanchored] {
        &self.unanchored
    }

    /// The notes that were not looked for yet, by original place.
    pub fn pending(&self) -> &[Rc<Annotation>] {
        &self.pending
    }

    /// The further passages of notes that have a place, by place.
    pub fn further(&self) -> &[Placed] {
        &self.further
    }

    /// What has to be looked for: notes, then [further passages](Annotation::passages) of notes.
    pub fn sought(&self) -> Vec<Rc<Annotation>> {
        self.pending.iter().chain(&self.sought).cloned().collect()
    }

    /// True if nothing has to be looked for.
    pub fn is_complete(&self) -> bool {
        self.pending.is_empty() && self.sought.is_empty()
    }

    /// Number of further passages of a note that are not found. Those that are still looked for do
    /// not count.
    pub fn missing(&self, annotation: &Annotation) -> usize {
        if annotation.more.is_empty() {
            return 0;
        }
        let found = self.further.iter();
        let found = found.filter(|placed| placed.annotation.id == annotation.id);
        let is_of_it = |passage: &&Rc<Annotation>| {
            let whole = passage.id.whole();
            whole.is_some_and(|(id, _)| id == annotation.id)
        };
        let sought = self.sought.iter().filter(is_of_it);
        annotation.more.len() - found.count() - sought.count()
    }

    /// Every passage with words that touches a range, in the order of the list of notes: of several
    /// passages of one note each.
    pub fn marked_within(&self, range: TextRange) -> Vec<&Placed> {
        let has_words = |placed: &&Placed| placed.status != AnchorStatus::Replaced;
        let mut marked: Vec<&Placed> = self.within(range).filter(has_words).collect();
        let before = |placed: &Placed| placed.range.start() < range.end();
        let further = self.further[..self.further.partition_point(before)].iter();
        for placed in further.filter(|placed| placed.touches(range)) {
            let at = marked.partition_point(|other| other.key() < placed.key());
            marked.insert(at, placed);
        }
        marked
    }

    /// Number of notes of the article.
    pub fn len(&self) -> usize {
        self.placed.len() + self.unanchored.len() + self.pending.len()
    }

    /// True if the article has no notes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every note: those placed, unanchored and pending.
    pub fn annotations(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        let placed = self.placed.iter().map(|placed| &placed.annotation);
        let unanchored = self
            .unanchored
            .iter()
            .map(|unanchored| &unanchored.annotation);
        placed.chain(unanchored).chain(&self.pending)
    }

    /// Returns the index of a note among the placed ones.
    pub fn index_of(&self, id: &AnnotationId) -> Option<usize> {
        self.placed
            .iter()
            .position(|placed| placed.annotation.id == *id)
    }

    /// Returns the number of a note among the placed notes followed by the unanchored ones, the
    /// order in which keys step from note to note.
    pub fn number_of(&self, id: &AnnotationId) -> Option<usize> {
        self.annotations()
            .take(self.placed.len() + self.unanchored.len())
            .position(|annotation| annotation.id == *id)
    }

    /// Returns the note with a number, or the last one if there are fewer.
    pub fn numbered(&self, number: usize) -> Option<&Rc<Annotation>> {
        let last = (self.placed.len() + self.unanchored.len()).checked_sub(1)?;
        self.annotations().nth(number.min(last))
    }

    /// Returns a placed note.
    pub fn placed_of(&self, id: &AnnotationId) -> Option<&Placed> {
        self.index_of(id).map(|index| &self.placed[index])
    }

    /// Returns an unanchored note.
    pub fn unanchored_of(&self, id: &AnnotationId) -> Option<&Unanchored> {
        self.unanchored
            .iter()
            .find(|unanchored| unanchored.annotation.id == *id)
    }

    /// Returns the passage of a placed note.
    pub fn range_of(&self, id: &AnnotationId) -> Option<TextRange> {
        self.placed_of(id).map(|placed| placed.range)
    }

    /// Counts the outcomes of placing the notes.
    pub fn placement(&self) -> PlacementCounts {
        let of = |status: AnchorStatus| {
            self.placed
                .iter()
                .filter(|placed| placed.status == status)
                .count()
        };
        let open = |unanchored: &&Unanchored| unanchored.is_open();
        PlacementCounts {
            in_place: of(AnchorStatus::Exact),
            moved: of(AnchorStatus::Moved),
            changed: of(AnchorStatus::Changed),
            look: of(AnchorStatus::Replaced) + self.unanchored.iter().filter(open).count(),
        }
    }

    /// Returns the note after `after` among those that need a look, else the first of them.
    pub fn next_to_look_at(&self, after: Option<&AnnotationId>) -> Option<&AnnotationId> {
        let replaced = self
            .placed
            .iter()
            .filter(|one| one.status == AnchorStatus::Replaced);
        let replaced = replaced.map(|placed| &placed.annotation.id);
        let unanchored = self
            .unanchored
            .iter()
            .filter(|unanchored| unanchored.is_open());
        let unanchored = unanchored.map(|unanchored| &unanchored.annotation.id);
        let ids: Vec<&AnnotationId> = replaced.chain(unanchored).collect();
        let at = ids.iter().position(|id| Some(*id) == after);
        ids.get(at.map_or(0, |at| (at + 1) % ids.len())).copied()
    }

    /// Returns the notes that [touch](Placed::touches) a range, in order.
    pub fn within(&self, range: TextRange) -> impl Iterator<Item = &Placed> {
        self.indices_within(range).map(|index| &self.placed[index])
    }

    /// The number of other notes that share words with a note, and the next of them, in turn; `None`
    /// if it has its words for itself.
    pub fn overlaps(&self, id: &AnnotationId) -> Option<(usize, AnnotationId)> {
        let own = &self.placed[self.index_of(id)?];
        let shares = |placed: &&Placed| placed.range.intersection(own.range).is_some();
        let ids = self.within(own.range).filter(shares);
        let ids: Vec<&AnnotationId> = ids.map(|placed| &placed.annotation.id).collect();
        let at = ids.iter().position(|other| *other == id)?;
        let next = ids[(at + 1) % ids.len()];
        (next != id).then(|| (ids.len() - 1, next.clone()))
    }

    /// The note exactly on a range: of several a highlight, if possible in this colour.
    pub fn exactly_on(&self, range: TextRange, colour: Option<Colour>) -> Option<&Rc<Annotation>> {
        let exact = self.within(range).filter(|placed| placed.range == range);
        let notes = exact.map(|placed| &placed.annotation);
        notes.max_by_key(|note| (note.is_bare(), Some(note.colour) == colour))
    }

    /// The highlights exactly on each of these passages, all in this colour or each in any; `None`
    /// if one has none.
    pub fn highlights_on(
        &self,
        passages: &Passages,
        colour: Option<Colour>,
    ) -> Option<Vec<AnnotationId>> {
        let highlight = |passage: &Passage| {
            let note = self.exactly_on(passage.range(), colour)?;
            let goes = note.is_bare() && colour.is_none_or(|colour| note.colour == colour);
            goes.then(|| note.id.clone())
        };
        passages.all().iter().map(highlight).collect()
    }

    /// Returns their indices among the placed notes.
    pub fn indices_within(&self, range: TextRange) -> impl Iterator<Item = usize> {
        let from = self.reach.partition_point(|&reach| reach < range.start());
        let to = self
            .placed
            .partition_point(|placed| placed.range.start() <= range.end());
        (from..to.max(from)).filter(move |&index| self.placed[index].touches(range))
    }

    fn put(&mut self, found: NotePlacement) {
        match found {
            NotePlacement::Placed(placed) => {
                let before = |other: &Placed| other.key() < placed.key();
                let at = self.placed.partition_point(before);
                self.placed.insert(at, placed);
            }
            NotePlacement::Unanchored(unanchored) => {
                let before = |other: &Unanchored| other.key() < unanchored.key();
                let at = self.unanchored.partition_point(before);
                self.unanchored.insert(at, unanchored);
            }
            NotePlacement::Pending(annotation) => {
                let before = |other: &Rc<Annotation>| origin(other) < origin(&annotation);
                let at = self.pending.partition_point(before);
                self.pending.insert(at, annotation);
            }
        }
    }

    fn take_out(&mut self, id: &AnnotationId) {
        if let Some(index) = self.index_of(id) {
            self.placed.remove(index);
        }
        self.unanchored
            .retain(|unanchored| unanchored.annotation.id != *id);
        self.pending.retain(|annotation| annotation.id != *id);
        self.further.retain(|placed| placed.annotation.id != *id);
        self.sought
            .retain(|passage| passage.id.whole().is_none_or(|(whole, _)| whole != *id));
    }

    fn measure(&mut self) {
        if !self.further.is_empty() {
            arrange(&mut self.further, 0, &|one, other| {
                one.key().cmp(&other.key())
            });
        }
        if !self.sought.is_empty() {
            arrange(&mut self.sought, 0, &|one, other| {
                origin(one).cmp(&origin(other))
            });
        }
        let mut furthest = 0;
        self.reach.clear();
        for placed in &self.placed {
            furthest = furthest.max(placed.range.end());
            self.reach.push(furthest);
        }
    }
}
