//! The use cases of the application layer over stores and ports in memory: what the library lists,
//! what the trash keeps, which texts are deleted, and which drafts are taken over.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use postil::app::ports;
use postil::app::records::{Decoder, Records};
use postil::app::snapshots::{Counts, records_of_snapshot, snapshot_of};
use postil::import::markdown;
use postil::model::annotation::{Annotation, AnnotationId, Stamp, Timestamp};
use postil::model::article::{Article, ArticleId, Source};
use postil::model::bookmark::Bookmark;
use postil::model::notebook::Change;
use postil::model::session::Draft;
use postil::model::sync::agreement::Pair;
use postil::model::sync::record::Path;
use postil::model::sync::replica::{Origin, Replica};
use postil::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use postil::model::sync::usage_days::TRASH;
use postil::model::sync::version::ReplicaId;
use proptest::prelude::*;

use crate::strategies::{annotated, id, laws};

/// A store that accepts everything at once.
struct Memory;

impl Store for Memory {
    fn keep(&self, _: Rc<Batch>, done: Done) {
        done(Outcome::default());
    }
}

/// Ports in memory.
#[derive(Default)]
pub struct World {
    settings: RefCell<HashMap<String, String>>,
    /// Day of January 2026.
    date: Cell<u32>,
    told: Cell<usize>,
    forgotten: RefCell<Vec<ArticleId>>,
}

impl ports::Settings for World {
    fn setting(&self, name: &str) -> Option<String> {
        self.settings.borrow().get(name).cloned()
    }

    fn set_setting(&self, name: &str, value: &str) -> Result<(), Refusal> {
        let mut settings = self.settings.borrow_mut();
        settings.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
}

impl ports::Clock for World {
    fn today(&self) -> String {
        format!("2026-01-{:02}", self.date.get())
    }

    fn now(&self) -> Timestamp {
        Timestamp(format!("{}T12:00:00.000Z", self.today()).into())
    }

    fn stamp(&self) -> Stamp {
        let id = AnnotationId::of_content(&self.today());
        Stamp { id, at: self.now() }
    }

    fn milliseconds(&self) -> f64 {
        0.0
    }
}

impl ports::Peers for World {
    fn tell(&self, pairs: &[Pair]) {
        self.told.set(self.told.get() + pairs.len());
    }
}

impl ports::Unread for World {
    fn live_paths(&self, _: &str) -> Vec<Path> {
        Vec::new()
    }
}

impl ports::Bookmarks for World {
    fn bookmark(&self, _: &ArticleId) -> Option<Bookmark> {
        None
    }

    fn keep(&self, _: &ArticleId, _: &Bookmark) {}

    fn forget(&self, article: &ArticleId) {
        self.forgotten.borrow_mut().push(article.clone());
    }
}

/// The records of a page opened in this world, with nothing read yet.
pub fn page(world: &Rc<World>, name: &str) -> Records {
    let name = ReplicaId::parse(name).expect("a name");
    let replica = Replica::new(name, Rc::new(Memory), Rc::new(Memory), Box::new(|| {}));
    let records = Records::new(replica, world.clone());
    records.enable_decoding(Decoder::of_json());
    records
}

/// Reloads the page after some days of use.
fn again(world: &Rc<World>, before: &Records, name: &str, days: u32) -> Records {
    let mut after = page(world, name);
    for _ in 0..days {
        world.date.set(world.date.get() + 1);
        after = page(world, name);
        after.today();
    }
    let records = before.replica().folder("");
    let records = records.iter().map(|record| (**record).clone());
    after.replica().take(Origin::Journal, records.collect());
    after
}

/// A note on a whole article.
fn note_on(article: &Article, number: u128, words: &str) -> Rc<Annotation> {
    let mut note = Annotation {
        more: Vec::new(),
        id: id(number),
        article: article.id(),
        target: postil::model::annotation::Target {
            source: article.iri(),
            ..Default::default()
        },
        attached: None,
        note: words.to_owned(),
        tags: Vec::new(),
        colour: postil::model::annotation::Colour::Yellow,
        created: None,
        modified: None,
        extra: Default::default(),
    };
    note.tags.push("t".to_owned());
    Rc::new(note)
}

/// Two articles with different addresses.
fn two_articles() -> (Article, Article) {
    let article = |text| markdown::read(text, Source::Pasted).expect("it is an article");
    let one = article("The ferry leaves at six.");
    let other = article("The ferry leaves at seven.");
    assert_ne!(one.id(), other.id());
    (one, other)
}

fn titles(records: &Records) -> Vec<(ArticleId, usize)> {
    let listed = records.list_articles().into_iter();
    listed.map(|listed| (listed.id, listed.notes)).collect()
}

#[test]
fn the_trash_keeps_a_note_for_its_days_of_use() {
    let world = Rc::default();
    let records = page(&world, "a");
    let (article, _) = two_articles();
    let note = note_on(&article, 1, "bell");
    records.write_changes(&[Change::add(note.clone())]);
    records.write_changes(&[Change::remove(note.clone())]);
    assert_eq!(
        records.counts(),
        Counts {
            notes: 0,
            articles: 0
        }
    );
    let trash = records.trash();
    assert_eq!((&trash[0].note, trash[0].days), (&*note, TRASH));

    let later = again(&world, &records, "b", TRASH - 1);
    assert_eq!(later.trash()[0].days, 1);
    later.purge_trash();
    assert_eq!(later.trash().len(), 1);

    let over = again(&world, &later, "c", 2);
    over.purge_trash();
    assert_eq!(over.trash(), []);
    assert_eq!(over.replica().folder("note/"), []);
}

#[test]
fn what_was_begun_and_given_up_is_in_no_trash() {
    let records = page(&Rc::default(), "a");
    let (article, _) = two_articles();
    let note = note_on(&article, 1, "");
    records.write_changes(&[Change::add(note.clone())]);
    records.write_changes(&[Change::give_up(note)]);
    assert_eq!(records.trash(), []);
}

#[test]
fn a_version_is_listed_only_while_it_has_notes_of_its_own() {
    let records = page(&Rc::default(), "a");
    let (old, new) = two_articles();
    records.write_article(&old);
    records.write_article(&new);
    assert_eq!(records.last_article(), Some(new.id()));
    assert_eq!(titles(&records).len(), 2);

    records.join_articles(&new.id(), &old.id());
    assert_eq!(titles(&records), [(old.id(), 0)]);
    let work = records.article(&old.id()).expect("it is known");
    assert_eq!(work.texts(), [old.digest().clone(), new.digest().clone()]);
    assert_eq!(work.digest.as_ref(), Some(new.digest()));
    assert_eq!(records.current(&new.id()), Some(work));

    records.write_changes(&[Change::add(note_on(&new, 1, "bell"))]);
    assert!(titles(&records).contains(&(new.id(), 1)));
}

#[test]
fn a_removed_article_goes_with_the_texts_that_nobody_else_has() {
    let world: Rc<World> = Rc::default();
    let records = page(&world, "a");
    let (one, other) = two_articles();
    records.write_article(&one);
    records.write_article(&other);
    // The other article has the first one's text as well.
    records.join_articles(&one.id(), &other.id());
    records.set_removed(&one.id(), true);
    let removed = records.removed_articles();
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0].0, one.id());

    let over = again(&world, &records, "b", TRASH + 1);
    assert_eq!(over.purge_trash(), []);
    assert_eq!(over.article(&one.id()), None);
    assert_eq!(*world.forgotten.borrow(), [one.id()]);

    over.set_removed(&other.id(), true);
    let over = again(&world, &over, "c", TRASH + 1);
    let mut texts = over.purge_trash();
    texts.sort();
    let mut both = [one.digest().clone(), other.digest().clone()];
    both.sort();
    assert_eq!(texts, both);
}

#[test]
fn an_article_with_notes_is_in_the_library_whatever_it_was() {
    let records = page(&Rc::default(), "a");
    let (article, _) = two_articles();
    records.write_article(&article);
    records.set_removed(&article.id(), true);
    assert_eq!(titles(&records), []);
    records.write_changes(&[Change::add(note_on(&article, 1, "bell"))]);
    assert_eq!(titles(&records), [(article.id(), 1)]);
    assert_eq!(records.removed_articles(), []);
}

#[test]
fn notes_on_an_article_that_was_never_opened_are_listed_by_its_address() {
    let world: Rc<World> = Rc::default();
    let records = page(&world, "a");
    let (article, _) = two_articles();
    records.write_changes(&[Change::add(note_on(&article, 1, "bell"))]);
    assert_eq!(titles(&records), [(article.id(), 1)]);
    let record = records.article(&article.id()).expect("it is mentioned");
    assert_eq!((record.title, record.digest), (article.iri(), None));
    assert_eq!(world.told.get(), 2, "the note and its article");
}

#[test]
fn the_draft_of_a_tab_that_is_gone_goes_on_elsewhere() {
    let world = Rc::default();
    let (gone, here) = (page(&world, "gone"), page(&world, "here"));
    let draft = |note: &str| Draft {
        note: note.to_owned(),
        tags: String::new(),
    };
    gone.write_draft(&id(1), &draft("half a sen"), &[]);
    here.write_draft(&id(2), &draft("mine"), &[]);
    let records = gone.replica().folder("draft/");
    let records = records.iter().map(|record| (**record).clone()).collect();
    here.replica().take(Origin::Journal, records);

    // The draft belongs to the other tab while that is open.
    let writer = gone.replica().id().clone();
    assert_eq!(here.drafts(std::slice::from_ref(&writer)).drafts, []);
    let found = here.drafts(&[]);
    assert_eq!(found.drafts, [(id(1), draft("half a sen"))]);
    assert_eq!(found.writers, std::slice::from_ref(&writer));

    // This tab continues the draft, and removes it in the name of its writer.
    here.write_draft(&id(1), &draft("half a sentence"), &found.writers);
    assert_eq!(here.drafts(&[]).drafts, []);
    here.remove_draft(&id(1), &found.writers);
    let live = here.replica().folder("draft/").into_iter();
    let live: Vec<Path> = live
        .filter(|record| record.is_live())
        .map(|record| record.path().clone())
        .collect();
    assert_eq!(live, [Path::of_draft(here.replica().id(), &id(2))]);
}

#[test]
fn a_backup_is_reminded_of_now_and_then() {
    let records = page(&Rc::default(), "a");
    let due = records.count_edits(1);
    assert!(due.ask_to_keep, "the browser is asked once");
    assert_eq!(due.reminder, None);
    assert!(!records.count_edits(1).ask_to_keep);
    assert_eq!(records.count_edits(22).reminder, None);
    assert_eq!(records.count_edits(1).reminder, Some(25));
    assert_eq!(records.count_edits(1).reminder, None);
    records.backed_up();
    assert_eq!(records.edits_since_backup(), 0);
}

#[test]
fn maintenance_is_due_once_a_day_of_use() {
    let world = Rc::default();
    let records = page(&world, "a");
    assert!(records.is_maintenance_due());
    records.maintenance_is_done();
    assert!(!page(&world, "b").is_maintenance_due());
    assert!(again(&world, &records, "c", 1).is_maintenance_due());
}

proptest! {
    #![proptest_config(laws(64))]

    /// Notes can be read back by this page, by another page and from a snapshot.
    #[test]
    fn notes_are_the_same_in_records_and_in_snapshots((article, notebook) in annotated()) {
        let world = Rc::default();
        let records = page(&world, "a");
        records.write_article(&article);
        let changes: Vec<Change> = notebook.iter().cloned().map(Change::add).collect();
        records.write_changes(&changes);
        let mut wanted: Vec<Annotation> = notebook.iter().map(|note| (**note).clone()).collect();
        let by_key = |note: &Annotation| (note.article.clone(), note.id.clone());
        wanted.sort_by_key(by_key);
        let notes_of = |records: &Records| {
            let mut notes = records.live_notes(&records.replica().folder("note/"));
            notes.sort_by_key(by_key);
            notes
        };
        prop_assert_eq!(&notes_of(&records), &wanted);
        prop_assert_eq!(records.counts().notes, wanted.len());
        prop_assert_eq!(&notes_of(&again(&world, &records, "b", 1)), &wanted);

        let (all, count) = records.everything_live();
        prop_assert_eq!(count, wanted.len());
        let back = records_of_snapshot(&snapshot_of(&all));
        prop_assert_eq!(back.len(), all.len());
        let mut back = records.live_notes(&back);
        back.sort_by_key(by_key);
        prop_assert_eq!(&back, &wanted);
    }
}
