//! Laws of editing: edits have inverses, nothing is overwritten unseen, storage can follow.

use std::collections::BTreeMap;
use std::rc::Rc;

use postil::app::records::Records;
use postil::app::session_loop::{Mirror, SessionLoop};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Stamp, Target};
use postil::model::article::Article;
use postil::model::history::{History, LONGEST};
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::notice::Message;
use postil::model::placements::Placements;
use postil::model::session::{Action, Draft, Session};
use postil::model::text::{TextRange, snap_to_graphemes, trim};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::records::page;
use super::strategies::{
    Search, Seed, annotated, between, laws, notebook_of, of_paragraphs, phrase, search, seed,
    stamp, worded,
};

/// The change between two states of a note; `None` means that the note is absent.
fn change(before: Option<&Annotation>, after: Option<&Annotation>) -> Option<Change> {
    Change::of(before.cloned().map(Rc::new), after.cloned().map(Rc::new))
}

/// A notebook and an edit that fits it, which removes, changes and adds notes.
fn edit() -> impl Strategy<Value = (Notebook, Transaction)> {
    let fates = vec((seed(), 0..4_u8), 0..8);
    (worded(), fates).prop_map(|(article, fates)| {
        let (mut notes, mut changes) = (Vec::new(), Vec::new());
        for (seed, fate) in fates {
            let note = seed.plant(&article);
            let rewritten = Annotation {
                note: format!("{}!", note.note),
                ..note.clone()
            };
            match fate {
                0 => changes.extend(change(None, Some(&note))),
                1 => changes.extend(change(Some(&note), None)),
                2 => changes.extend(change(Some(&note), Some(&rewritten))),
                _ => {}
            }
            if fate != 0 {
                notes.push(note);
            }
        }
        (
            notebook_of(notes),
            Transaction {
                intent: Intent::Edit,
                changes,
            },
        )
    })
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn an_edit_and_its_inverse_leave_the_notebook((notebook, edit) in edit()) {
        let edited = notebook.apply(&edit).expect("the edit fits");
        prop_assert_eq!(edited.apply(&edit.invert()), Ok(notebook));
        prop_assert_eq!(edit.invert().invert(), edit);
    }

    #[test]
    fn a_stale_edit_is_a_conflict((notebook, edit) in edit(), which: Index) {
        prop_assume!(!edit.changes.is_empty());
        let stale = which.get(&edit.changes);
        let other = Annotation { note: "from another tab".to_owned(), ..(**stale.annotation()).clone() };
        let (elsewhere, _) = notebook.received([(stale.id().clone(), Some(Rc::new(other)))]);
        let conflict = elsewhere.apply(&edit).expect_err("what the edit found is gone");
        prop_assert_eq!(&conflict.id, stale.id());
    }

    #[test]
    fn what_is_received_stands_and_its_changes_say_so((notebook, edit) in edit()) {
        let news = edit.changes.iter().map(|change| (change.id().clone(), change.after().cloned()));
        let (received, changes) = notebook.received(news);
        prop_assert_eq!(&received, &notebook.apply(&edit).expect("the edit fits"));
        let told = Transaction { intent: Intent::Edit, changes };
        prop_assert_eq!(notebook.apply(&told), Ok(received));
    }
}

/// A transaction identified by its only note.
fn numbered(number: u32) -> Rc<Transaction> {
    let article = of_paragraphs(&["words"]);
    let note = Annotation {
        id: stamp(number).id,
        ..note_on(&article, "words")
    };
    Rc::new(Transaction::one(
        Intent::AddNote,
        Change::add(Rc::new(note)),
    ))
}

pub fn note_on(article: &Article, words: &str) -> Annotation {
    let mut desk = Desk::open(article.clone(), Vec::new());
    desk.select(words);
    let id = desk.highlight();
    desk.note(&id).clone()
}

#[derive(Debug, Clone, Copy)]
enum Turn {
    Push,
    Undone,
    Redone,
}

proptest! {
    #![proptest_config(laws(48))]

    #[test]
    fn history_is_a_line_with_a_place_in_it(turns in vec(select(&[Turn::Push, Turn::Push, Turn::Undone, Turn::Redone][..]), 0..60)) {
        let mut history = History::default();
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for (number, turn) in turns.into_iter().enumerate() {
            match turn {
                Turn::Push => {
                    let transaction = numbered(number as u32);
                    history.push(transaction.clone());
                    done.push(transaction);
                    undone.clear();
                }
                Turn::Undone => {
                    history.undone();
                    undone.extend(done.pop());
                }
                Turn::Redone => {
                    history.redone();
                    done.extend(undone.pop());
                }
            }
            prop_assert_eq!(history.to_undo(), done.last());
            prop_assert_eq!(history.to_redo(), undone.last());
            prop_assert_eq!(history.at(), done.len());
            let line: Vec<_> = done.iter().chain(undone.iter().rev()).cloned().collect();
            prop_assert_eq!(history.line(), &line[..]);
        }
    }
}

#[test]
fn a_long_history_forgets_its_beginning_and_keeps_its_numbers() {
    let mut history = History::default();
    let transaction = numbered(0);
    for _ in 0..LONGEST + 7 {
        history.push(transaction.clone());
    }
    let newest = numbered(1);
    history.push(newest.clone());
    assert_eq!(
        (history.line().len(), history.at(), history.first()),
        (LONGEST, LONGEST, 8)
    );
    assert_eq!(history.numbered(7), None);
    assert_eq!(history.numbered(LONGEST + 7), Some(&newest));
}

/// The session loop over records in memory, with the notes that these should hold.
pub struct Desk {
    pub session: Rc<Session>,
    session_loop: SessionLoop,
    records: Records,
    stored: BTreeMap<AnnotationId, Rc<Annotation>>,
    stamps: u32,
}

/// A mirror that does nothing.
struct Unmirrored;

impl Mirror for Unmirrored {}

impl Desk {
    pub fn open(article: Article, notes: Vec<Annotation>) -> Self {
        let records = page(&Rc::default(), "desk");
        let added: Vec<Change> = notes
            .iter()
            .map(|note| Change::add(Rc::new(note.clone())))
            .collect();
        records.write_changes(&added);
        let stored = added.iter().filter_map(|change| change.after().cloned());
        let mut desk = Self {
            stored: stored.map(|note| (note.id.clone(), note)).collect(),
            session: Rc::default(),
            session_loop: SessionLoop::default(),
            records,
            stamps: 0,
        };
        desk.send(Action::Open {
            article: Rc::new(article),
            notes,
            message: None,
        });
        desk
    }

    pub fn send(&mut self, action: Action) {
        if let Action::Received { news } = &action {
            for (id, note) in news.clone() {
                let note = note.map(Rc::new);
                let before = self.stored.get(&id).cloned();
                // Another tab has written the change.
                let change = Change::of(before, note.clone());
                self.records.write_changes(change.as_slice());
                self.store(id, note);
            }
        }
        self.session_loop.send(action, &self.records, &Unmirrored);
        self.session = self.session_loop.session();
        for change in self.session.clone().outbox.iter() {
            assert_eq!(
                self.stored.get(change.id()),
                change.before(),
                "storage is not surprised"
            );
            self.store(change.id().clone(), change.after().cloned());
        }
    }

    fn store(&mut self, id: AnnotationId, note: Option<Rc<Annotation>>) {
        match note {
            Some(note) => self.stored.insert(id, note),
            None => self.stored.remove(&id),
        };
    }

    pub fn stamp(&mut self) -> Stamp {
        self.stamps += 1;
        stamp(self.stamps)
    }

    pub fn article(&self) -> &Article {
        self.session
            .article
            .as_ref()
            .expect("the desk has an article")
    }

    pub fn note(&self, id: &AnnotationId) -> &Annotation {
        self.session.notebook.get(id).expect("the note is there")
    }

    /// Selects the first occurrence of these words.
    pub fn select(&mut self, words: &str) {
        let start = self
            .article()
            .text()
            .find(words)
            .expect("the words are there");
        let range = TextRange::from_usize(start, start + words.len());
        self.send(Action::Select { range: Some(range) });
    }

    pub fn highlight(&mut self) -> AnnotationId {
        let stamp = self.stamp();
        let id = stamp.id.clone();
        self.send(Action::Highlight {
            colour: None,
            stamp,
        });
        id
    }

    fn add_note(&mut self) -> AnnotationId {
        let stamp = self.stamp();
        let id = stamp.id.clone();
        self.send(Action::AddNote { stamp });
        id
    }

    pub fn type_words(&mut self, note: &str) {
        self.send(Action::Typed {
            note: note.to_owned(),
            tags: String::new(),
        });
    }

    pub fn save(&mut self) {
        let stamp = self.stamp();
        self.send(Action::Save { stamp });
    }

    fn recolour(&mut self, id: &AnnotationId, colour: Colour) {
        let at = self.stamp().at;
        self.send(Action::Recolour {
            id: id.clone(),
            colour,
            at,
        });
    }

    /// Another tab writes a note.
    fn receive(&mut self, id: &AnnotationId, words: &str) {
        let note = Annotation {
            note: words.to_owned(),
            ..self.note(id).clone()
        };
        self.send(Action::Received {
            news: vec![(id.clone(), Some(note))],
        });
    }

    /// The draft of a note: words neither saved nor discarded.
    fn draft(&self, id: &AnnotationId) -> Option<&str> {
        let mut drafts = self.session.drafts.iter();
        let (_, draft) = drafts.find(|(other, _)| other == id)?;
        Some(&draft.note)
    }

    pub fn status(&self) -> Option<&Message> {
        self.session.notices.status().map(|notice| &notice.message)
    }

    pub fn is_in_step(&self) {
        let kept: BTreeMap<_, _> = self
            .session
            .notebook
            .iter()
            .map(|note| (note.id.clone(), note.clone()))
            .collect();
        assert_eq!(kept, self.stored, "storage mirrors the notebook");
        let records = self.records.replica().folder("note/");
        let recorded = self.records.live_notes(&records).into_iter();
        let recorded: BTreeMap<_, _> = recorded
            .map(|note| (note.id.clone(), Rc::new(note)))
            .collect();
        assert_eq!(kept, recorded, "the records are the notebook");
        assert_eq!(
            *self.session.placements,
            Placements::of(
                self.article(),
                &self.session.notebook,
                &self.session.findings
            )
        );
    }
}

/// What a reader or another tab does, without the values that only a session can supply.
#[derive(Debug, Clone)]
enum Move {
    Select(Index, Index),
    Highlight(Option<Colour>),
    AddNote,
    Write(Index),
    Typed(String, &'static str),
    Save,
    Leave,
    Discard(Index),
    Recolour(Index, Colour),
    Remove(Index),
    Undo,
    Redo,
    Found(Index, Search),
    Keep(Index),
    Detach(Index),
    ChooseCandidate(Index, Index),
    AttachToSelection(Index),
    Received(Index, Received),
}

#[derive(Debug, Clone)]
enum Received {
    Gone,
    Rewritten(String),
    New(Box<Seed>),
}

fn own_move() -> impl Strategy<Value = Move> {
    let colour = || select(&Colour::ALL[..3]);
    let typed = (
        prop_oneof![Just(String::new()), phrase()],
        select(&["", "law", "a, b"][..]),
    );
    prop_oneof![
        4 => any::<(Index, Index)>().prop_map(|(one, other)| Move::Select(one, other)),
        3 => proptest::option::of(colour()).prop_map(Move::Highlight),
        3 => Just(Move::AddNote),
        1 => any::<Index>().prop_map(Move::Write),
        3 => typed.prop_map(|(note, tags)| Move::Typed(note, tags)),
        2 => Just(Move::Save),
        2 => Just(Move::Leave),
        1 => any::<Index>().prop_map(Move::Discard),
        2 => (any::<Index>(), colour()).prop_map(|(which, colour)| Move::Recolour(which, colour)),
        1 => any::<Index>().prop_map(Move::Remove),
        3 => Just(Move::Undo),
        1 => Just(Move::Redo),
        3 => (any::<Index>(), search()).prop_map(|(which, search)| Move::Found(which, search)),
        2 => any::<Index>().prop_map(Move::Keep),
        2 => any::<Index>().prop_map(Move::Detach),
        2 => any::<(Index, Index)>().prop_map(|(which, place)| Move::ChooseCandidate(which, place)),
        1 => any::<Index>().prop_map(Move::AttachToSelection),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let received = prop_oneof![
        Just(Received::Gone),
        phrase().prop_map(Received::Rewritten),
        seed().prop_map(|seed| Received::New(Box::new(seed))),
    ];
    prop_oneof![
        5 => own_move(),
        1 => (any::<Index>(), received).prop_map(|(which, received)| Move::Received(which, received)),
    ]
}

impl Desk {
    fn make(&mut self, made: Move) {
        if let Some(action) = self.action(made) {
            self.send(action);
        }
        self.is_in_step();
    }

    /// The action of a move; `None` where it needs a note and there is none.
    fn action(&mut self, made: Move) -> Option<Action> {
        let ids: Vec<AnnotationId> = self
            .session
            .notebook
            .iter()
            .map(|note| note.id.clone())
            .collect();
        let which = |index: Index| (!ids.is_empty()).then(|| index.get(&ids).clone());
        Some(match made {
            Move::Select(one, other) => {
                let range = between(self.article().text(), &one, &other);
                Action::Select { range: Some(range) }
            }
            Move::Highlight(colour) => Action::Highlight {
                colour,
                stamp: self.stamp(),
            },
            Move::AddNote => Action::AddNote {
                stamp: self.stamp(),
            },
            Move::Write(index) => Action::Write { id: which(index)? },
            Move::Typed(note, tags) => Action::Typed {
                note,
                tags: tags.to_owned(),
            },
            Move::Save => Action::Save {
                stamp: self.stamp(),
            },
            Move::Leave => Action::Leave,
            Move::Discard(index) => Action::Discard { id: which(index)? },
            Move::Recolour(index, colour) => Action::Recolour {
                id: which(index)?,
                colour,
                at: self.stamp().at,
            },
            Move::Remove(index) => Action::Remove { id: which(index)? },
            Move::Undo => Action::Undo,
            Move::Redo => Action::Redo,
            Move::Found(index, search) => Action::Found {
                digest: self.article().digest().clone(),
                found: vec![(which(index)?, search.in_text(self.article().text()))],
                stored: false,
            },
            resolution => return self.resolution(resolution, &ids),
        })
    }

    /// The action by which the reader resolves a note.
    fn resolution(&mut self, made: Move, ids: &[AnnotationId]) -> Option<Action> {
        let at = self.stamp().at;
        let which = |index: Index| (!ids.is_empty()).then(|| index.get(ids).clone());
        Some(match made {
            Move::Keep(index) => Action::Keep {
                id: which(index)?,
                at,
            },
            Move::Detach(index) => Action::Detach {
                id: which(index)?,
                at,
            },
            Move::ChooseCandidate(index, place) => Action::ChooseCandidate {
                id: which(index)?,
                index: place.index(3),
                at,
            },
            Move::AttachToSelection(index) => Action::AttachToSelection {
                id: which(index)?,
                at,
            },
            other => return self.news(other, ids),
        })
    }

    /// The action by which another tab changes a note.
    fn news(&mut self, made: Move, ids: &[AnnotationId]) -> Option<Action> {
        let which = |index: Index| (!ids.is_empty()).then(|| index.get(ids).clone());
        Some(match made {
            Move::Received(_, Received::New(seed)) => {
                let note = seed.plant(self.article());
                Action::Received {
                    news: vec![(note.id.clone(), Some(note))],
                }
            }
            Move::Received(index, received) => {
                let id = which(index)?;
                let note = match received {
                    Received::Rewritten(note) => Some(Annotation {
                        note,
                        ..self.note(&id).clone()
                    }),
                    _ => None,
                };
                Action::Received {
                    news: vec![(id, note)],
                }
            }
            _ => return None,
        })
    }

    /// Undoes everything and returns the number of steps.
    fn undo_everything(&mut self) -> usize {
        let mut times = 0;
        while self.session.history.to_undo().is_some() {
            self.send(Action::Undo);
            times += 1;
            assert!(times <= LONGEST, "undoing comes to an end");
        }
        times
    }
}

/// An annotated article and its notes, to open a session on.
fn desk() -> impl Strategy<Value = (Article, Vec<Annotation>)> {
    annotated().prop_map(|(article, notebook)| {
        let notes = notebook.iter().map(|note| (**note).clone()).collect();
        (article, notes)
    })
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn storage_and_marks_follow_every_action((article, notes) in desk(), moves in vec(any_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        desk.is_in_step();
        for made in moves {
            desk.make(made);
        }
    }

    #[test]
    fn undoing_everything_gives_the_first_notebook((article, notes) in desk(), moves in vec(own_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        let first = desk.session.notebook.clone();
        for made in moves {
            desk.make(made);
        }
        desk.send(Action::Leave);
        let last = desk.session.notebook.clone();
        let times = desk.undo_everything();
        prop_assert_eq!(&desk.session.notebook, &first);
        for _ in 0..times {
            desk.send(Action::Redo);
        }
        prop_assert_eq!(&desk.session.notebook, &last);
        prop_assert!(desk.session.notices.alerts().is_empty(), "no conflict in one tab");
    }

    #[test]
    fn undoing_everything_while_writing_gives_the_first_notebook((article, notes) in desk(), moves in vec(own_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        let first = desk.session.notebook.clone();
        for made in moves {
            desk.make(made);
        }
        desk.undo_everything();
        desk.send(Action::Leave);
        prop_assert_eq!(&desk.session.notebook, &first);
        prop_assert!(desk.session.notices.alerts().is_empty(), "no conflict in one tab");
    }

    #[test]
    fn the_original_of_a_note_never_changes((article, notes) in desk(), moves in vec(any_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        let mut originals: BTreeMap<AnnotationId, Target> = BTreeMap::new();
        for made in moves {
            desk.make(made);
            for note in desk.session.notebook.iter() {
                let original = originals.entry(note.id.clone()).or_insert_with(|| note.target.clone());
                prop_assert_eq!(&note.target, &*original);
            }
        }
    }

    #[test]
    fn a_detached_or_pending_note_is_never_painted((article, notes) in desk(), moves in vec(own_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        for made in moves {
            desk.make(made);
            let placements = &desk.session.placements;
            let runs = desk.article().leaves().iter().flat_map(|leaf| placements.runs(leaf.text));
            for mark in runs.flat_map(|run| run.notes) {
                prop_assert!(!desk.note(&mark.id).is_detached_from(desk.article().digest()));
                prop_assert!(placements.pending().iter().all(|pending| pending.id != mark.id));
            }
            for unanchored in placements.unanchored() {
                prop_assert!(placements.pending().iter().all(|pending| pending.id != unanchored.annotation.id));
            }
        }
    }

    #[test]
    fn findings_survive_every_edit((article, notes) in desk(), moves in vec(own_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        let mut found = 0;
        for made in moves {
            desk.make(made);
            prop_assert!(desk.session.findings.len() >= found);
            found = desk.session.findings.len();
        }
    }

    #[test]
    fn nothing_that_was_written_is_lost((article, notes) in desk(), moves in vec(any_move(), 0..40)) {
        let mut desk = Desk::open(article, notes);
        for made in moves {
            let was = desk.session.writing.clone().filter(|writing| writing.is_changed());
            let typing = matches!(made, Move::Typed(..));
            desk.make(made);
            let Some(was) = was.filter(|_| !typing) else { continue };
            let id = &was.base.id;
            let writing = desk.session.writing.as_ref().is_some_and(|now| now.base.id == *id && now.note == was.note);
            let drafted = desk.draft(id) == Some(was.note.as_str());
            let saved = desk.session.notebook.iter().any(|note| note.note == was.note.trim_end());
            prop_assert!(writing || drafted || saved, "{:?} is nowhere", was.note);
        }
    }
}

/// A session on two sentences without notes.
fn plain_desk() -> Desk {
    Desk::open(
        of_paragraphs(&["One short sentence.", "Another one."]),
        Vec::new(),
    )
}

/// Disjoint passages between these offsets.
fn apart(text: &str, ends: &[Index]) -> Vec<TextRange> {
    let mut places: Vec<usize> = ends.iter().map(|end| end.index(text.len() + 1)).collect();
    places.sort_unstable();
    let whole = |place: usize| (0..=place).rev().find(|&at| text.is_char_boundary(at));
    let ranges = places.chunks_exact(2).map(|pair| {
        let (start, end) = (whole(pair[0]), whole(pair[1]));
        TextRange::from_usize(start.unwrap_or(0), end.unwrap_or(0))
    });
    ranges
        // A blank that carries an accent is a letter, and stays.
        .map(|range| trim(text, snap_to_graphemes(text, range)))
        .map(|range| snap_to_graphemes(text, range))
        .filter(|range| !range.is_empty())
        .collect()
}

proptest! {
    #![proptest_config(laws(128))]

    /// Several passages become as many notes in one edit, whatever their order of selection.
    #[test]
    fn several_passages_are_as_many_notes_and_one_undo(
        article in worded(),
        ends in vec(any::<Index>(), 2..12),
        backwards in any::<bool>(),
        with_note in any::<bool>(),
    ) {
        let mut desk = Desk::open(article, Vec::new());
        let mut ranges = apart(desk.article().text(), &ends);
        ranges.dedup_by(|next, last| last.intersection(*next).is_some());
        prop_assume!(!ranges.is_empty());
        let quotes: Vec<String> = ranges
            .iter()
            .filter_map(|range| range.slice(desk.article().text()).map(str::to_owned))
            .collect();
        if backwards {
            ranges.reverse();
        }
        desk.send(Action::SelectSeveral { ranges });
        if with_note {
            desk.add_note();
            prop_assert!(desk.session.writing.is_some());
        } else {
            desk.highlight();
        }
        let placed = desk.session.placements.placed().iter();
        let made: Vec<String> = placed
            .filter_map(|placed| placed.annotation.quoted().map(str::to_owned))
            .collect();
        prop_assert_eq!(&made, &quotes);
        prop_assert_eq!(desk.session.history.at(), 1);
        prop_assert_eq!(&desk.session.selection, &None);
        desk.send(Action::Leave);
        desk.send(Action::Undo);
        prop_assert!(desk.session.notebook.is_empty());
        prop_assert!(desk.session.notices.alerts().is_empty());
        desk.is_in_step();
    }
}

#[test]
fn several_highlights_that_are_there_already_go_together() {
    let mut desk = plain_desk();
    let of = |desk: &Desk, words: &str| {
        let start = desk.article().text().find(words).expect("they are there");
        TextRange::from_usize(start, start + words.len())
    };
    let ranges = vec![of(&desk, "Another"), of(&desk, "short")];
    desk.select("short");
    desk.highlight();
    desk.send(Action::SelectSeveral {
        ranges: ranges.clone(),
    });
    desk.highlight();
    assert_eq!(desk.session.notebook.iter().count(), 2, "one was there");
    desk.send(Action::SelectSeveral { ranges });
    desk.highlight();
    assert!(desk.session.notebook.is_empty());
    desk.send(Action::Undo);
    assert_eq!(desk.session.notebook.iter().count(), 2);
    desk.is_in_step();
}

#[test]
fn a_fresh_note_left_empty_leaves_no_trace() {
    let mut desk = plain_desk();
    desk.select("Another");
    desk.highlight();
    let (notebook, history) = (desk.session.notebook.clone(), desk.session.history.clone());
    desk.select("short");
    desk.add_note();
    desk.send(Action::Leave);
    assert_eq!(desk.session.notebook, notebook);
    assert_eq!(desk.session.history, history);
    assert!(desk.session.drafts.is_empty());
    desk.is_in_step();
}

#[test]
fn a_fresh_note_that_was_recoloured_and_left_empty_leaves_no_trace() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.add_note();
    desk.recolour(&id, Colour::Green);
    desk.send(Action::Leave);
    assert!(desk.session.notebook.is_empty());
    assert_eq!(desk.session.history.to_undo(), None);
    desk.is_in_step();
}

#[test]
fn a_fresh_note_left_empty_takes_no_other_edit_with_it() {
    let mut desk = plain_desk();
    desk.select("short");
    desk.add_note();
    desk.select("Another");
    let highlight = desk.highlight();
    desk.send(Action::Leave);
    assert_eq!(desk.session.history.at(), 1);
    desk.send(Action::Undo);
    assert!(desk.session.notebook.get(&highlight).is_none());
    assert!(desk.session.notices.alerts().is_empty());
    desk.is_in_step();
}

#[test]
fn undo_takes_a_fresh_note_back_and_nothing_else() {
    let mut desk = plain_desk();
    desk.select("Another");
    let highlight = desk.highlight();
    desk.select("short");
    let fresh = desk.add_note();
    desk.send(Action::Undo);
    assert!(desk.session.notebook.get(&fresh).is_none());
    assert!(desk.session.notebook.get(&highlight).is_some());
    assert!(desk.session.notices.alerts().is_empty());
    assert!(matches!(
        desk.status(),
        Some(Message::Undone {
            intent: Intent::AddNote,
            ..
        })
    ));
    desk.send(Action::Undo);
    assert!(desk.session.notebook.is_empty());
    desk.is_in_step();
}

#[test]
fn undo_after_another_edit_takes_that_edit_back_and_the_empty_note_with_it() {
    let mut desk = plain_desk();
    desk.select("short");
    desk.add_note();
    desk.select("Another");
    desk.highlight();
    desk.send(Action::Undo);
    assert!(desk.session.notebook.is_empty());
    assert_eq!(desk.session.history.to_undo(), None);
    assert!(desk.session.notices.alerts().is_empty());
}

/// A session in which a note is being edited and something has been typed.
fn writing_desk(typed: &str) -> (Desk, AnnotationId) {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.highlight();
    desk.send(Action::Write { id: id.clone() });
    desk.type_words(typed);
    (desk, id)
}

fn words_of(desk: &Desk) -> Vec<&str> {
    let mut words: Vec<&str> = desk
        .session
        .notebook
        .iter()
        .map(|note| note.note.as_str())
        .collect();
    words.sort_unstable();
    words
}

#[test]
fn a_note_changed_by_another_tab_while_it_is_written_keeps_both_texts() {
    let (mut desk, id) = writing_desk("mine");
    desk.receive(&id, "theirs");
    desk.save();
    assert_eq!(words_of(&desk), ["mine", "theirs"]);
    assert!(
        desk.session
            .notices
            .alerts()
            .iter()
            .any(|alert| alert.message == Message::KeptBoth)
    );
    desk.is_in_step();
}

#[test]
fn a_note_removed_by_another_tab_while_it_is_written_keeps_what_is_written() {
    let (mut desk, id) = writing_desk("mine");
    desk.send(Action::Received {
        news: vec![(id, None)],
    });
    desk.save();
    assert_eq!(words_of(&desk), ["mine"]);
    desk.is_in_step();
}

#[test]
fn recolouring_a_note_that_another_tab_has_changed_still_keeps_both_texts() {
    let (mut desk, id) = writing_desk("mine");
    desk.receive(&id, "theirs");
    desk.recolour(&id, Colour::Blue);
    desk.save();
    assert_eq!(words_of(&desk), ["mine", "theirs"]);
    desk.is_in_step();
}

#[test]
fn recolouring_the_note_that_is_written_is_no_conflict() {
    let (mut desk, id) = writing_desk("mine");
    desk.recolour(&id, Colour::Blue);
    desk.save();
    assert_eq!(words_of(&desk), ["mine"]);
    assert_eq!(desk.note(&id).colour, Colour::Blue);
}

#[test]
fn leaving_keeps_a_draft_and_writing_again_goes_on_with_it() {
    let (mut desk, id) = writing_desk("half a sent");
    desk.send(Action::Leave);
    assert_eq!(desk.draft(&id), Some("half a sent"));
    assert_eq!(desk.note(&id).note, "");
    desk.send(Action::Write { id: id.clone() });
    let writing = desk.session.writing.as_ref().expect("writing goes on");
    assert_eq!(writing.note, "half a sent");
    assert!(desk.session.drafts.is_empty());
    desk.save();
    assert_eq!(desk.note(&id).note, "half a sent");
}

#[test]
fn a_fresh_note_with_something_typed_is_kept_with_its_draft() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.add_note();
    desk.type_words("half");
    desk.send(Action::Leave);
    assert!(desk.session.notebook.get(&id).is_some());
    assert!(desk.draft(&id).is_some());
    assert_eq!(desk.status(), Some(&Message::DraftKept));
}

#[test]
fn a_note_removed_while_it_is_written_comes_back_with_what_was_typed() {
    let (mut desk, id) = writing_desk("half");
    desk.send(Action::Remove { id: id.clone() });
    assert!(desk.session.writing.is_none());
    desk.send(Action::Undo);
    desk.send(Action::Write { id });
    let writing = desk.session.writing.as_ref().expect("writing goes on");
    assert_eq!(writing.note, "half");
}

#[test]
fn saving_what_was_not_changed_is_no_edit() {
    let article = of_paragraphs(&["One short sentence."]);
    let note = Annotation {
        note: "ends in a line feed\n".to_owned(),
        tags: vec!["#imported, as it is".to_owned()],
        ..note_on(&article, "short")
    };
    let mut desk = Desk::open(article, vec![note.clone()]);
    desk.send(Action::Write {
        id: note.id.clone(),
    });
    desk.save();
    assert_eq!(*desk.note(&note.id), note);
    assert_eq!(desk.session.history.to_undo(), None);
}

#[test]
fn the_same_highlight_again_takes_it_away() {
    let mut desk = plain_desk();
    desk.select("short");
    desk.highlight();
    desk.select(" short ");
    desk.highlight();
    assert!(desk.session.notebook.is_empty());
    desk.send(Action::Undo);
    assert_eq!(desk.session.notebook.len(), 1);
    desk.is_in_step();
}

#[test]
fn undoing_what_another_tab_has_changed_is_a_conflict_and_changes_nothing() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.highlight();
    desk.receive(&id, "theirs");
    desk.send(Action::Undo);
    assert_eq!(words_of(&desk), ["theirs"]);
    let alerts = desk.session.notices.alerts();
    assert!(
        alerts
            .iter()
            .any(|alert| alert.message == Message::UndoConflict)
    );
    assert_eq!(desk.session.history.to_undo(), None);
    desk.is_in_step();
}

#[test]
fn what_is_remembered_late_does_not_undo_what_was_done_meanwhile() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.highlight();
    let draft = Draft {
        note: "from before".to_owned(),
        tags: String::new(),
    };
    desk.send(Action::Write { id: id.clone() });
    desk.send(Action::Typed {
        note: "now".to_owned(),
        tags: String::new(),
    });
    desk.send(Action::Remembered {
        history: History::default(),
        drafts: vec![(id, draft)],
    });
    let writing = desk.session.writing.clone().expect("it goes on");
    assert_eq!(writing.note, "now");
    assert!(desk.session.drafts.is_empty());
    assert!(desk.session.history.to_undo().is_some());
}

#[test]
fn a_session_that_only_reads_changes_nothing_and_says_so() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.highlight();
    desk.send(Action::OnlyRead);
    let before = desk.session.notebook.clone();
    desk.recolour(&id, Colour::Blue);
    desk.send(Action::Remove { id: id.clone() });
    desk.send(Action::Undo);
    desk.send(Action::Write { id });
    assert_eq!(desk.session.notebook, before);
    assert!(desk.session.writing.is_none() && desk.session.history.to_undo().is_some());
    let alerts = desk.session.notices.alerts();
    assert!(
        alerts
            .iter()
            .any(|alert| alert.message == Message::ReadOnly)
    );
}

#[test]
fn an_article_opened_again_has_its_notes() {
    let mut desk = plain_desk();
    desk.select("short");
    let id = desk.highlight();
    let (first, notes) = (desk.article().clone(), vec![desk.note(&id).clone()]);
    let other = of_paragraphs(&["Elsewhere."]);
    desk.send(Action::Open {
        article: Rc::new(other),
        notes: Vec::new(),
        message: None,
    });
    desk.send(Action::Open {
        article: Rc::new(first),
        notes,
        message: None,
    });
    desk.is_in_step();
    assert_eq!(desk.session.placements.len(), 1);
}
