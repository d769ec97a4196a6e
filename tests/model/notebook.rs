//! Laws of editing: edits have inverses, nothing is overwritten unseen, storage can follow.

use std::collections::BTreeMap;
use std::rc::Rc;

use postil::app::records::Records;
use postil::app::session_loop::{Mirror, SessionLoop};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Stamp, Target};
use postil::model::article::Article;
use postil::model::commands;
use postil::model::history::{History, LONGEST};
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::notice::Message;
use postil::model::placements::{Mark, Placements};
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
    let mut reader = Reader::open(article.clone(), Vec::new());
    reader.select(words);
    let id = reader.highlight();
    reader.note(&id).clone()
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

/// The session loop with records in memory, and what they are to have of it.
pub struct Reader {
    pub session: Rc<Session>,
    session_loop: SessionLoop,
    records: Records,
    stored: BTreeMap<AnnotationId, Rc<Annotation>>,
    stamps: u32,
}

/// A mirror that does nothing.
struct Unmirrored;

impl Mirror for Unmirrored {}

impl Reader {
    pub fn open(article: Article, notes: Vec<Annotation>) -> Self {
        let records = page(&Rc::default(), "reader");
        let added: Vec<Change> = notes
            .iter()
            .map(|note| Change::add(Rc::new(note.clone())))
            .collect();
        records.write_changes(&added);
        let stored = added.iter().filter_map(|change| change.after().cloned());
        let mut reader = Self {
            stored: stored.map(|note| (note.id.clone(), note)).collect(),
            session: Rc::default(),
            session_loop: SessionLoop::default(),
            records,
            stamps: 0,
        };
        reader.send(Action::Open {
            article: Rc::new(article),
            notes,
            message: None,
        });
        reader
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

    /// Sends an edit by which the reader resolves a note, if there is one.
    pub fn resolve(&mut self, edit: Option<Transaction>) {
        if let Some(edit) = edit {
            self.send(Action::Edit {
                edit,
                known: Vec::new(),
                part_of: None,
            });
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
            .expect("the reader has an article")
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

    pub fn highlight_in(&mut self, colour: Colour) -> AnnotationId {
        let stamp = self.stamp();
        let id = stamp.id.clone();
        self.send(Action::Highlight {
            colour: Some(colour),
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
    AddPassage(Index),
    RemovePassage(Index, Index),
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
        1 => any::<Index>().prop_map(Move::AddPassage),
        1 => any::<(Index, Index)>().prop_map(|(which, passage)| Move::RemovePassage(which, passage)),
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

impl Reader {
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
            },
            resolution => return self.resolution(resolution, &ids),
        })
    }

    /// The action by which the reader resolves a note.
    fn resolution(&mut self, made: Move, ids: &[AnnotationId]) -> Option<Action> {
        let at = self.stamp().at;
        let which = |index: Index| (!ids.is_empty()).then(|| index.get(ids).clone());
        let session = &self.session;
        let edit = match made {
            Move::Keep(index) => commands::keep(session, &which(index)?, at),
            Move::Detach(index) => commands::detach(session, &which(index)?, at),
            Move::ChooseCandidate(index, place) => {
                commands::choose_place(session, &which(index)?, place.index(3), at)
            }
            Move::AttachToSelection(index) => {
                commands::attach_to_selection(session, &which(index)?, at)
            }
            Move::AddPassage(index) => commands::add_passages(session, &which(index)?, at),
            Move::RemovePassage(index, passage) => {
                commands::remove_passage(session, &which(index)?, passage.index(2), at)
            }
            other => return self.news(other, ids),
        };
        Some(Action::Edit {
            edit: edit?,
            known: Vec::new(),
            part_of: None,
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

/// A reader on an annotated article.
fn any_reader() -> impl Strategy<Value = (Article, Vec<Annotation>)> {
    annotated().prop_map(|(article, notebook)| {
        let notes = notebook.iter().map(|note| (**note).clone()).collect();
        (article, notes)
    })
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn storage_and_marks_follow_every_action((article, notes) in any_reader(), moves in vec(any_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        reader.is_in_step();
        for made in moves {
            reader.make(made);
        }
    }

    #[test]
    fn undoing_everything_gives_the_first_notebook((article, notes) in any_reader(), moves in vec(own_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        let first = reader.session.notebook.clone();
        for made in moves {
            reader.make(made);
        }
        reader.send(Action::Leave);
        let last = reader.session.notebook.clone();
        let times = reader.undo_everything();
        prop_assert_eq!(&reader.session.notebook, &first);
        for _ in 0..times {
            reader.send(Action::Redo);
        }
        prop_assert_eq!(&reader.session.notebook, &last);
        prop_assert!(reader.session.notices.alerts().is_empty(), "no conflict in one tab");
    }

    #[test]
    fn undoing_everything_while_writing_gives_the_first_notebook((article, notes) in any_reader(), moves in vec(own_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        let first = reader.session.notebook.clone();
        for made in moves {
            reader.make(made);
        }
        reader.undo_everything();
        reader.send(Action::Leave);
        prop_assert_eq!(&reader.session.notebook, &first);
        prop_assert!(reader.session.notices.alerts().is_empty(), "no conflict in one tab");
    }

    #[test]
    fn the_original_of_a_note_never_changes((article, notes) in any_reader(), moves in vec(any_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        let mut originals: BTreeMap<AnnotationId, Target> = BTreeMap::new();
        for made in moves {
            reader.make(made);
            for note in reader.session.notebook.iter() {
                let original = originals.entry(note.id.clone()).or_insert_with(|| note.target.clone());
                prop_assert_eq!(&note.target, &*original);
            }
        }
    }

    #[test]
    fn a_detached_or_pending_note_is_never_painted((article, notes) in any_reader(), moves in vec(own_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        for made in moves {
            reader.make(made);
            let placements = &reader.session.placements;
            let runs = reader.article().leaves().iter().flat_map(|leaf| placements.runs(leaf.text));
            // A further passage has its own place, whatever has become of the first.
            let of_one = |mark: &Mark| reader.note(&mark.id).more.is_empty();
            for mark in runs.flat_map(|run| run.notes).filter(of_one) {
                prop_assert!(!reader.note(&mark.id).is_detached_from(reader.article().digest()));
                prop_assert!(placements.pending().iter().all(|pending| pending.id != mark.id));
            }
            for unanchored in placements.unanchored() {
                prop_assert!(placements.pending().iter().all(|pending| pending.id != unanchored.annotation.id));
            }
        }
    }

    #[test]
    fn findings_survive_every_edit((article, notes) in any_reader(), moves in vec(own_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        let mut found = 0;
        for made in moves {
            reader.make(made);
            prop_assert!(reader.session.findings.len() >= found);
            found = reader.session.findings.len();
        }
    }

    #[test]
    fn nothing_that_was_written_is_lost((article, notes) in any_reader(), moves in vec(any_move(), 0..40)) {
        let mut reader = Reader::open(article, notes);
        for made in moves {
            let was = reader.session.writing.clone().filter(|writing| writing.is_changed());
            let typing = matches!(made, Move::Typed(..));
            reader.make(made);
            let Some(was) = was.filter(|_| !typing) else { continue };
            let id = &was.base.id;
            let writing = reader.session.writing.as_ref().is_some_and(|now| now.base.id == *id && now.note == was.note);
            let drafted = reader.draft(id) == Some(was.note.as_str());
            let saved = reader.session.notebook.iter().any(|note| note.note == was.note.trim_end());
            prop_assert!(writing || drafted || saved, "{:?} is nowhere", was.note);
        }
    }
}

/// A reader on two sentences, and nothing noted yet.
fn plain_desk() -> Reader {
    Reader::open(
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
    fn several_passages_are_as_many_highlights_or_one_note_and_one_undo(
        article in worded(),
        ends in vec(any::<Index>(), 2..12),
        backwards in any::<bool>(),
        with_note in any::<bool>(),
    ) {
        let mut reader = Reader::open(article, Vec::new());
        let mut ranges = apart(reader.article().text(), &ends);
        ranges.dedup_by(|next, last| last.intersection(*next).is_some());
        prop_assume!(!ranges.is_empty());
        let quotes: Vec<String> = ranges
            .iter()
            .filter_map(|range| range.slice(reader.article().text()).map(str::to_owned))
            .collect();
        if backwards {
            ranges.reverse();
        }
        reader.send(Action::SelectSeveral { ranges });
        if with_note {
            reader.add_note();
            prop_assert!(reader.session.writing.is_some());
        } else {
            reader.highlight();
        }
        let placed = reader.session.placements.placed().iter();
        let targets = placed.flat_map(|placed| {
            let note = &placed.annotation;
            std::iter::once(&note.target).chain(&note.more)
        });
        let made: Vec<String> = targets
            .filter_map(|target| target.words().map(str::to_owned))
            .collect();
        let count = if with_note { 1 } else { quotes.len() };
        prop_assert_eq!(reader.session.placements.len(), count);
        prop_assert_eq!(&made, &quotes);
        prop_assert_eq!(reader.session.history.at(), 1);
        prop_assert_eq!(&reader.session.selection, &None);
        reader.send(Action::Leave);
        reader.send(Action::Undo);
        prop_assert!(reader.session.notebook.is_empty());
        prop_assert!(reader.session.notices.alerts().is_empty());
        reader.is_in_step();
    }
}

#[test]
fn several_highlights_that_are_there_already_go_together() {
    let mut reader = plain_desk();
    let of = |reader: &Reader, words: &str| {
        let start = reader.article().text().find(words).expect("they are there");
        TextRange::from_usize(start, start + words.len())
    };
    let ranges = vec![of(&reader, "Another"), of(&reader, "short")];
    reader.select("short");
    reader.highlight();
    reader.send(Action::SelectSeveral {
        ranges: ranges.clone(),
    });
    reader.highlight();
    assert_eq!(reader.session.notebook.iter().count(), 2, "one was there");
    reader.send(Action::SelectSeveral { ranges });
    reader.highlight();
    assert!(reader.session.notebook.is_empty());
    reader.send(Action::Undo);
    assert_eq!(reader.session.notebook.iter().count(), 2);
    reader.is_in_step();
}

#[test]
fn a_fresh_note_left_empty_leaves_no_trace() {
    let mut reader = plain_desk();
    reader.select("Another");
    reader.highlight();
    let (notebook, history) = (
        reader.session.notebook.clone(),
        reader.session.history.clone(),
    );
    reader.select("short");
    reader.add_note();
    reader.send(Action::Leave);
    assert_eq!(reader.session.notebook, notebook);
    assert_eq!(reader.session.history, history);
    assert!(reader.session.drafts.is_empty());
    reader.is_in_step();
}

#[test]
fn a_fresh_note_that_was_recoloured_and_left_empty_leaves_no_trace() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.add_note();
    reader.recolour(&id, Colour::Green);
    reader.send(Action::Leave);
    assert!(reader.session.notebook.is_empty());
    assert_eq!(reader.session.history.to_undo(), None);
    reader.is_in_step();
}

#[test]
fn a_fresh_note_left_empty_takes_no_other_edit_with_it() {
    let mut reader = plain_desk();
    reader.select("short");
    reader.add_note();
    reader.select("Another");
    let highlight = reader.highlight();
    reader.send(Action::Leave);
    assert_eq!(reader.session.history.at(), 1);
    reader.send(Action::Undo);
    assert!(reader.session.notebook.get(&highlight).is_none());
    assert!(reader.session.notices.alerts().is_empty());
    reader.is_in_step();
}

#[test]
fn undo_takes_a_fresh_note_back_and_nothing_else() {
    let mut reader = plain_desk();
    reader.select("Another");
    let highlight = reader.highlight();
    reader.select("short");
    let fresh = reader.add_note();
    reader.send(Action::Undo);
    assert!(reader.session.notebook.get(&fresh).is_none());
    assert!(reader.session.notebook.get(&highlight).is_some());
    assert!(reader.session.notices.alerts().is_empty());
    assert!(matches!(
        reader.status(),
        Some(Message::Undone {
            intent: Intent::AddNote,
            ..
        })
    ));
    reader.send(Action::Undo);
    assert!(reader.session.notebook.is_empty());
    reader.is_in_step();
}

#[test]
fn undo_after_another_edit_takes_that_edit_back_and_the_empty_note_with_it() {
    let mut reader = plain_desk();
    reader.select("short");
    reader.add_note();
    reader.select("Another");
    reader.highlight();
    reader.send(Action::Undo);
    assert!(reader.session.notebook.is_empty());
    assert_eq!(reader.session.history.to_undo(), None);
    assert!(reader.session.notices.alerts().is_empty());
}

/// A reader with one note, on which writing has begun and something is typed.
fn writing_desk(typed: &str) -> (Reader, AnnotationId) {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight();
    reader.send(Action::Write { id: id.clone() });
    reader.type_words(typed);
    (reader, id)
}

fn words_of(reader: &Reader) -> Vec<&str> {
    let mut words: Vec<&str> = reader
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
    let (mut reader, id) = writing_desk("mine");
    reader.receive(&id, "theirs");
    reader.save();
    assert_eq!(words_of(&reader), ["mine", "theirs"]);
    assert!(
        reader
            .session
            .notices
            .alerts()
            .iter()
            .any(|alert| alert.message == Message::KeptBoth)
    );
    reader.is_in_step();
}

#[test]
fn a_note_removed_by_another_tab_while_it_is_written_keeps_what_is_written() {
    let (mut reader, id) = writing_desk("mine");
    reader.send(Action::Received {
        news: vec![(id, None)],
    });
    reader.save();
    assert_eq!(words_of(&reader), ["mine"]);
    reader.is_in_step();
}

#[test]
fn recolouring_a_note_that_another_tab_has_changed_still_keeps_both_texts() {
    let (mut reader, id) = writing_desk("mine");
    reader.receive(&id, "theirs");
    reader.recolour(&id, Colour::Blue);
    reader.save();
    assert_eq!(words_of(&reader), ["mine", "theirs"]);
    reader.is_in_step();
}

#[test]
fn recolouring_the_note_that_is_written_is_no_conflict() {
    let (mut reader, id) = writing_desk("mine");
    reader.recolour(&id, Colour::Blue);
    reader.save();
    assert_eq!(words_of(&reader), ["mine"]);
    assert_eq!(reader.note(&id).colour, Colour::Blue);
}

#[test]
fn leaving_keeps_a_draft_and_writing_again_goes_on_with_it() {
    let (mut reader, id) = writing_desk("half a sent");
    reader.send(Action::Leave);
    assert_eq!(reader.draft(&id), Some("half a sent"));
    assert_eq!(reader.note(&id).note, "");
    reader.send(Action::Write { id: id.clone() });
    let writing = reader.session.writing.as_ref().expect("writing goes on");
    assert_eq!(writing.note, "half a sent");
    assert!(reader.session.drafts.is_empty());
    reader.save();
    assert_eq!(reader.note(&id).note, "half a sent");
}

#[test]
fn a_fresh_note_with_something_typed_is_kept_with_its_draft() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.add_note();
    reader.type_words("half");
    reader.send(Action::Leave);
    assert!(reader.session.notebook.get(&id).is_some());
    assert!(reader.draft(&id).is_some());
    assert_eq!(reader.status(), Some(&Message::DraftKept));
}

#[test]
fn a_note_removed_while_it_is_written_comes_back_with_what_was_typed() {
    let (mut reader, id) = writing_desk("half");
    reader.send(Action::Remove { id: id.clone() });
    assert!(reader.session.writing.is_none());
    reader.send(Action::Undo);
    reader.send(Action::Write { id });
    let writing = reader.session.writing.as_ref().expect("writing goes on");
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
    let mut reader = Reader::open(article, vec![note.clone()]);
    reader.send(Action::Write {
        id: note.id.clone(),
    });
    reader.save();
    assert_eq!(*reader.note(&note.id), note);
    assert_eq!(reader.session.history.to_undo(), None);
}

#[test]
fn the_same_highlight_again_takes_it_away() {
    let mut reader = plain_desk();
    reader.select("short");
    reader.highlight();
    reader.select(" short ");
    reader.highlight();
    assert!(reader.session.notebook.is_empty());
    reader.send(Action::Undo);
    assert_eq!(reader.session.notebook.len(), 1);
    reader.is_in_step();
}

/// The colours of the notes, in the order of their passages.
fn colours_of(reader: &Reader) -> Vec<Colour> {
    let placed = reader.session.placements.placed().iter();
    placed.map(|placed| placed.annotation.colour).collect()
}

#[test]
fn another_colour_recolours_the_highlight_and_its_own_removes_it() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight_in(Colour::Green);
    reader.select("short");
    reader.highlight_in(Colour::Blue);
    assert_eq!(colours_of(&reader), [Colour::Blue]);
    assert_eq!(reader.session.chosen, Some(id.clone()));
    assert_eq!(reader.session.selection, None);
    let last = reader.session.history.to_undo().cloned();
    assert_eq!(last.map(|last| last.intent), Some(Intent::Recolour));
    reader.send(Action::Undo);
    assert_eq!(colours_of(&reader), [Colour::Green]);
    reader.send(Action::Redo);
    // Words around it are another passage.
    reader.select("One short");
    reader.highlight_in(Colour::Blue);
    assert_eq!(reader.session.notebook.len(), 2);
    reader.send(Action::Undo);
    reader.select("short");
    reader.highlight_in(Colour::Blue);
    assert!(reader.session.notebook.is_empty());
    reader.send(Action::Undo);
    // Without a colour any highlight goes, whatever colour was used last.
    reader.recolour(&id, Colour::Red);
    reader.select("One");
    reader.highlight_in(Colour::Grey);
    reader.select("short");
    reader.highlight();
    assert_eq!(colours_of(&reader), [Colour::Grey]);
    reader.send(Action::Undo);
    assert_eq!(colours_of(&reader), [Colour::Grey, Colour::Red]);
    reader.is_in_step();
}

#[test]
fn a_note_with_words_is_recoloured_and_never_removed_by_a_colour() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.add_note();
    reader.type_words("words");
    reader.save();
    let own = reader.note(&id).colour;
    let undo = reader.session.history.to_undo().cloned();
    for colour in [Some(own), None] {
        reader.send(Action::Choose { id: None });
        reader.select("short");
        let stamp = reader.stamp();
        reader.send(Action::Highlight { colour, stamp });
        assert_eq!(reader.session.notebook.len(), 1);
        assert_eq!(reader.session.chosen, Some(id.clone()), "it is shown");
        assert_eq!(reader.session.history.to_undo().cloned(), undo);
    }
    reader.select("short");
    reader.highlight_in(Colour::Purple);
    assert_eq!(colours_of(&reader), [Colour::Purple]);
    assert_eq!(words_of(&reader), ["words"]);
    reader.send(Action::Undo);
    assert_eq!(reader.note(&id).colour, own);
    reader.is_in_step();
}

#[test]
fn of_several_passages_each_gets_the_colour_with_one_undo() {
    let mut reader = plain_desk();
    reader.select("One");
    reader.highlight_in(Colour::Green);
    reader.select("short");
    reader.highlight_in(Colour::Blue);
    let text = reader.article().text().to_owned();
    let range = |words: &str| {
        let start = text.find(words).expect("the words are there");
        TextRange::from_usize(start, start + words.len())
    };
    let ranges = || vec![range("One"), range("short"), range("sentence")];
    let two = || vec![range("One"), range("short")];
    let highlight = |reader: &mut Reader, ranges: Vec<TextRange>, colour: Option<Colour>| {
        let stamp = reader.stamp();
        reader.send(Action::SelectSeveral { ranges });
        reader.send(Action::Highlight { colour, stamp });
    };
    highlight(&mut reader, ranges(), Some(Colour::Blue));
    assert_eq!(colours_of(&reader), [Colour::Blue; 3]);
    reader.send(Action::Undo);
    assert_eq!(colours_of(&reader), [Colour::Green, Colour::Blue]);
    // Only where all are highlights they go; each in whatever colour it has.
    highlight(&mut reader, two(), None);
    assert!(reader.session.notebook.is_empty());
    reader.send(Action::Undo);
    highlight(&mut reader, two(), Some(Colour::Red));
    assert_eq!(colours_of(&reader), [Colour::Red; 2]);
    highlight(&mut reader, two(), Some(Colour::Red));
    assert!(reader.session.notebook.is_empty());
    reader.send(Action::Undo);
    reader.send(Action::Undo);
    assert_eq!(colours_of(&reader), [Colour::Green, Colour::Blue]);
    reader.is_in_step();
}

#[test]
fn undoing_what_another_tab_has_changed_is_a_conflict_and_changes_nothing() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight();
    reader.receive(&id, "theirs");
    reader.send(Action::Undo);
    assert_eq!(words_of(&reader), ["theirs"]);
    let alerts = reader.session.notices.alerts();
    assert!(
        alerts
            .iter()
            .any(|alert| alert.message == Message::UndoConflict)
    );
    assert_eq!(reader.session.history.to_undo(), None);
    reader.is_in_step();
}

#[test]
fn what_is_remembered_late_does_not_undo_what_was_done_meanwhile() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight();
    let draft = Draft {
        note: "from before".to_owned(),
        tags: String::new(),
    };
    reader.send(Action::Write { id: id.clone() });
    reader.send(Action::Typed {
        note: "now".to_owned(),
        tags: String::new(),
    });
    reader.send(Action::Remembered {
        history: History::default(),
        drafts: vec![(id, draft)],
    });
    let writing = reader.session.writing.clone().expect("it goes on");
    assert_eq!(writing.note, "now");
    assert!(reader.session.drafts.is_empty());
    assert!(reader.session.history.to_undo().is_some());
}

#[test]
fn a_session_that_only_reads_changes_nothing_and_says_so() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight();
    reader.send(Action::OnlyRead);
    let before = reader.session.notebook.clone();
    reader.recolour(&id, Colour::Blue);
    reader.send(Action::Remove { id: id.clone() });
    reader.send(Action::Undo);
    reader.send(Action::Write { id });
    assert_eq!(reader.session.notebook, before);
    assert!(reader.session.writing.is_none() && reader.session.history.to_undo().is_some());
    let alerts = reader.session.notices.alerts();
    assert!(
        alerts
            .iter()
            .any(|alert| alert.message == Message::ReadOnly)
    );
}

#[test]
fn an_article_opened_again_has_its_notes() {
    let mut reader = plain_desk();
    reader.select("short");
    let id = reader.highlight();
    let (first, notes) = (reader.article().clone(), vec![reader.note(&id).clone()]);
    let other = of_paragraphs(&["Elsewhere."]);
    reader.send(Action::Open {
        article: Rc::new(other),
        notes: Vec::new(),
        message: None,
    });
    reader.send(Action::Open {
        article: Rc::new(first),
        notes,
        message: None,
    });
    reader.is_in_step();
    assert_eq!(reader.session.placements.len(), 1);
}
