//! Findings: where notes were found that had to be looked for, kept while their text is open.
//!
//! A finding is derived and never the stored truth. It is kept, and stored under the digest of its
//! text, only so that nothing is looked for twice, even after Undo.

use std::rc::Rc;

use super::anchoring::{Anchor, Candidate, Confidence};
use super::annotation::{Annotation, AnnotationId, Target};
use super::digest::Digest;
use super::fnv::Fnv;
use super::notebook::Notebook;
use super::order::arrange;
use super::text::TextRange;

/// The finding about one note.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    /// The id of the note.
    id: AnnotationId,
    /// The fingerprint of the passage that was looked for.
    print: u32,
    anchor: Anchor,
    /// True if the note could not be looked for, so that its anchor, an orphan, is provisional.
    given_up: bool,
}

impl Finding {
    fn of(note: &Annotation, anchor: Anchor, given_up: bool) -> Self {
        Self {
            id: note.id.clone(),
            print: fingerprint(note.sought()),
            anchor,
            given_up,
        }
    }
}

/// The findings about one text.
///
/// Invariant: sorted by the notes' ids, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The digest of the text; `None` before any is open.
    digest: Option<Digest>,
    list: Vec<Finding>,
    /// True if the reader is to see a summary once everything is found.
    due: bool,
    /// True if something was found since that storage did not have.
    fresh: bool,
}

impl Findings {
    /// Creates an empty list of findings about the text with this digest.
    pub fn of(digest: &Digest) -> Self {
        Self {
            digest: Some(digest.clone()),
            ..Self::default()
        }
    }

    /// Reads what [`Findings::to_numbers`] wrote about a text. Leaves out what cannot be right: those
    /// notes are looked for.
    pub fn from_numbers(
        digest: &Digest,
        ids: &[AnnotationId],
        numbers: &[u32],
        text: &str,
    ) -> Self {
        let mut numbers = numbers.iter().copied();
        let read = ids.iter().map_while(|id| {
            let (print, anchor) = (numbers.next()?, Anchor::from_numbers(&mut numbers)?);
            Some(Finding {
                id: id.clone(),
                print,
                anchor,
                given_up: false,
            })
        });
        let mut findings = Self::of(digest);
        findings.insert(read.filter(|one| one.anchor.lies_in(text)).collect());
        findings
    }

    /// True if they are about the text with this digest.
    pub fn are_of(&self, digest: &Digest) -> bool {
        self.digest.as_ref() == Some(digest)
    }

    /// The anchor of a note; `None` if the note, or its present passage, was not looked for.
    pub fn get(&self, annotation: &Annotation) -> Option<&Anchor> {
        let finding = self.finding(&annotation.id)?;
        let same = finding.print == fingerprint(annotation.sought());
        same.then_some(&finding.anchor)
    }

    /// The anchor of a note whichever of its passages was looked for; only a hint.
    pub fn hint(&self, id: &AnnotationId) -> Option<&Anchor> {
        self.finding(id).map(|finding| &finding.anchor)
    }

    fn finding(&self, id: &AnnotationId) -> Option<&Finding> {
        let by_id = |finding: &Finding| finding.id.cmp(id);
        let index = self.list.binary_search_by(by_id).ok()?;
        self.list.get(index)
    }

    /// Number of notes with a finding, including those that were not found.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True if there are no findings.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds what was found just now, which storage does not have, and replaces older findings.
    pub fn add(&mut self, found: Vec<(Rc<Annotation>, Anchor)>) {
        self.fresh |= !found.is_empty();
        let found = found.into_iter();
        let found = found.map(|(note, anchor)| Finding::of(&note, anchor, false));
        self.insert(found.collect());
    }

    /// Adds stored findings about the same text, except about notes that were looked for since.
    pub fn recall(&mut self, stored: Self) {
        let mut list = stored.list;
        list.retain(|one| self.finding(&one.id).is_none());
        self.insert(list);
    }

    /// Records that notes cannot be looked for: orphans until [`Findings::look_again`].
    pub fn give_up(&mut self, notes: &[Rc<Annotation>]) {
        let given_up = notes.iter();
        let given_up = given_up.map(|note| Finding::of(note, Anchor::orphan(), true));
        self.insert(given_up.collect());
    }

    /// Forgets the findings that were given up.
    pub fn look_again(&mut self) {
        self.list.retain(|finding| !finding.given_up);
    }

    fn insert(&mut self, found: Vec<Finding>) {
        let mut list = std::mem::take(&mut self.list);
        let from = list.len();
        list.extend(found);
        arrange(&mut list, from, &|one, other| one.id.cmp(&other.id));
        for finding in list {
            // Of findings with one id, the one added last comes last.
            self.list.pop_if(|last| last.id == finding.id);
            self.list.push(finding);
        }
    }

    /// Requests a summary for the reader once everything is found.
    pub fn await_summary(&mut self) {
        self.due = true;
    }

    /// True if a summary was requested and there is something new; true only once.
    pub fn take_summary(&mut self) -> bool {
        std::mem::take(&mut self.due) & std::mem::take(&mut self.fresh)
    }

    /// Packs the findings about the notes of a notebook for storage: the notes' ids, and for each
    /// note a fingerprint of its passage and the packed anchor.
    pub fn to_numbers(&self, notebook: &Notebook) -> (Vec<AnnotationId>, Vec<u32>) {
        let mut numbers = Vec::new();
        let is_known = |id: &AnnotationId| {
            let whole = || id.whole().and_then(|(id, _)| notebook.get(&id));
            notebook.get(id).or_else(whole).is_some()
        };
        let is_kept = |one: &&Finding| !one.given_up && is_known(&one.id);
        let found = self.list.iter().filter(is_kept);
        let ids = found.map(|finding| {
            numbers.push(finding.print);
            finding.anchor.write_numbers(&mut numbers);
            finding.id.clone()
        });
        (ids.collect(), numbers)
    }
}

/// Returns a hash of a passage.
fn fingerprint(target: &Target) -> u32 {
    let mut hash = Fnv::EMPTY;
    let mut take = |bytes: &[u8]| hash.write(bytes.iter().chain(&[0xff]));
    if let Some(quote) = &target.quote {
        take(quote.prefix.as_bytes());
        take(quote.exact.as_bytes());
        take(quote.suffix.as_bytes());
    }
    if let Some(position) = target.position {
        take(&position.start().to_le_bytes());
        take(&position.end().to_le_bytes());
    }
    if let Some(digest) = &target.digest {
        take(digest.as_str().as_bytes());
    }
    hash.finish()
}

/// The numbers that identify the kinds of packed anchors.
mod kind {
    pub const EXACT: u32 = 0;
    pub const MOVED: u32 = 1;
    pub const CHANGED: u32 = 2;
    pub const AMBIGUOUS: u32 = 3;
    pub const REPLACED: u32 = 4;
    pub const ORPHAN: u32 = 5;
    pub const SUGGESTION: u32 = 6;
    pub const WHOLE: u32 = 7;
}

impl Anchor {
    /// Packs the anchor as numbers, for the worker's answers and for storage.
    pub fn write_numbers(&self, out: &mut Vec<u32>) {
        let (kind, places) = match self {
            Self::Exact(range) => return out.extend([kind::EXACT, range.start(), range.end()]),
            Self::Moved(place) => (kind::MOVED, std::slice::from_ref(place)),
            Self::Changed(place) => (kind::CHANGED, std::slice::from_ref(place)),
            Self::Replaced(place) => (kind::REPLACED, std::slice::from_ref(place)),
            Self::Ambiguous(places) => (kind::AMBIGUOUS, &places[..]),
            Self::Orphan { suggestion: None } => (kind::ORPHAN, &[][..]),
            Self::Orphan {
                suggestion: Some(place),
            } => (kind::SUGGESTION, std::slice::from_ref(place)),
            Self::Whole => (kind::WHOLE, &[][..]),
        };
        out.push(kind);
        if kind == kind::AMBIGUOUS {
            out.push(places.len() as u32);
        }
        for place in places {
            let confidence = u32::from(place.confidence.thousandths());
            out.extend([place.range.start(), place.range.end(), confidence]);
        }
    }

    /// Reads the output of [`Anchor::write_numbers`]; `None` if it is invalid.
    pub fn from_numbers(numbers: &mut impl Iterator<Item = u32>) -> Option<Self> {
        Some(match numbers.next()? {
            kind::EXACT => Self::Exact(range(numbers)?),
            kind::MOVED => Self::Moved(place(numbers)?),
            kind::CHANGED => Self::Changed(place(numbers)?),
            kind::AMBIGUOUS => {
                let count = numbers.next()?;
                let places = (0..count).map(|_| place(numbers));
                let places = places.collect::<Option<Vec<_>>>()?;
                (count > 1).then_some(Self::Ambiguous(places))?
            }
            kind::REPLACED => Self::Replaced(place(numbers)?),
            kind::ORPHAN => Self::orphan(),
            kind::SUGGESTION => Self::Orphan {
                suggestion: Some(place(numbers)?),
            },
            kind::WHOLE => Self::Whole,
            _ => return None,
        })
    }

    /// The most plausible place with words, if there is any.
    pub fn best(&self) -> Option<Candidate> {
        let place = match self {
            Self::Exact(range) => Some(Candidate {
                range: *range,
                confidence: Confidence::CERTAIN,
            }),
            Self::Moved(place) | Self::Changed(place) | Self::Replaced(place) => Some(*place),
            Self::Ambiguous(places) => places.first().copied(),
            Self::Orphan { suggestion } => *suggestion,
            Self::Whole => None,
        };
        place.filter(|place| !place.range.is_empty())
    }

    /// True if all its places lie within a text and split no character.
    pub fn lies_in(&self, text: &str) -> bool {
        let lies = |range: TextRange| range.slice(text).is_some();
        match self {
            Self::Exact(range) => lies(*range),
            Self::Moved(place) | Self::Changed(place) | Self::Replaced(place) => lies(place.range),
            Self::Ambiguous(places) => places.iter().all(|place| lies(place.range)),
            Self::Orphan { suggestion } => suggestion.is_none_or(|place| lies(place.range)),
            Self::Whole => true,
        }
    }
}

fn place(numbers: &mut impl Iterator<Item = u32>) -> Option<Candidate> {
    let range = range(numbers)?;
    let confidence = u16::try_from(numbers.next()?).ok()?;
    Some(Candidate {
        range,
        confidence: Confidence::of_thousandths(confidence),
    })
}

fn range(numbers: &mut impl Iterator<Item = u32>) -> Option<TextRange> {
    let (start, end) = (numbers.next()?, numbers.next()?);
    (start <= end).then(|| TextRange::new(start, end))
}
