//! What the interface knows of links between notes while the page is open: the notes that were seen,
//! what links to each, and everything that can be linked to.

use std::cell::RefCell;
use std::rc::Rc;

use super::notes::AT_ONCE;
use crate::app::linking;
use crate::app::{App, all_notes};
use crate::browser::system::{all_folded, folded, yield_now};
use crate::model::all_notes::plain;
use crate::model::annotation::{Annotation, AnnotationId};
use crate::model::article::ArticleId;
use crate::model::links::{Folded, Index, Target, offered};
use crate::model::notebook::Notebook;
use crate::model::order::{sorted, sorted_once};
use crate::model::session::Session;
use crate::model::text::shortened;
use crate::ui::{say, strings};

/// Most code points of the words of an option, which become those of the link.
const MOST_WORDS: usize = 60;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

#[derive(Default)]
struct Known {
    index: Index,
    /// The notes of the open article when they were last taken in.
    notebook: Rc<Notebook>,
    /// True once the notes of all articles were read, or are being read.
    reads_notes: bool,
    /// True once the headings of all articles were read, or are being read.
    reads_headings: bool,
    headings: Vec<Headings>,
}

/// The headings of an article that is not open.
#[derive(Clone)]
struct Headings {
    id: ArticleId,
    iri: String,
    words: Rc<[String]>,
}

/// Takes in the notes of the session, if they have changed.
fn take_in(session: &Session) {
    KNOWN.with_borrow_mut(|known| {
        if !Rc::ptr_eq(&known.notebook, &session.notebook) {
            known.notebook = session.notebook.clone();
            let notes: Vec<Rc<Annotation>> = session.notebook.iter().cloned().collect();
            let open = session.article.as_ref().map(|article| article.id());
            known.index.take(open.as_ref(), &notes);
        }
    });
}

/// Returns the notes that link to a note: of the open article, and of all that were read.
pub fn sources(app: &App, session: &Session, id: &AnnotationId) -> Vec<Rc<Annotation>> {
    take_in(session);
    let mut notes = KNOWN.with_borrow(|known| known.index.sources(id));
    notes.retain(|note| session.notebook.get(&note.id).is_some() || linking::is_stored(app, note));
    notes
}

/// Reads the notes of all articles, once; false if they were read before.
pub async fn read_notes(app: &App) -> bool {
    if KNOWN.with_borrow_mut(|known| std::mem::replace(&mut known.reads_notes, true)) {
        return false;
    }
    let mut notes = all_notes::gather(app).await.notes;
    // Those of the session are newer.
    let session = app.session();
    notes.retain(|note| session.notebook.get(&note.id).is_none());
    let by_id = sorted(notes.len(), &|one, other| {
        notes[one].id.cmp(&notes[other].id)
    });
    let mut notes: Vec<Rc<Annotation>> = by_id.into_iter().map(|at| notes[at].clone()).collect();
    notes.dedup_by(|one, other| one.id == other.id);
    KNOWN.with_borrow_mut(|known| known.index.take(None, &notes));
    true
}

/// Reads the headings of all articles, once; false if they were read before.
pub async fn read_headings(app: &App) -> bool {
    if KNOWN.with_borrow_mut(|known| std::mem::replace(&mut known.reads_headings, true)) {
        return false;
    }
    for listed in linking::articles(app) {
        let words = linking::read_headings(app, &listed).await;
        yield_now().await;
        if !words.is_empty() {
            let headings = Headings {
                id: listed.id,
                iri: listed.record.iri,
                words: words.into(),
            };
            KNOWN.with_borrow_mut(|known| known.headings.push(headings));
        }
    }
    true
}

/// Something that can be linked to.
#[derive(Clone)]
pub struct Linkable {
    pub target: Target,
    /// The words of the link.
    pub words: String,
    /// The title of its article.
    pub title: Rc<str>,
    is_here: bool,
}

/// Everything that can be linked to.
pub struct Linkables {
    all: Vec<Linkable>,
    folded: Vec<Folded>,
}

impl Linkables {
    /// Collects what is known by now; `writing` is the note that the link will be in.
    pub async fn collect(app: &App, writing: &AnnotationId) -> Self {
        let session = app.session();
        take_in(&session);
        let mut all = here(&session);
        all.extend(elsewhere(app, &session));
        all.retain(|one| one.target.note() != Some(writing));
        let mut titles: Vec<(Rc<str>, String)> = Vec::new();
        let mut words = Vec::with_capacity(all.len());
        for some in all.chunks(AT_ONCE) {
            let texts: Vec<&str> = some.iter().map(|one| &*one.words).collect();
            for (one, words_of_one) in some.iter().zip(all_folded(&texts)) {
                let known = titles
                    .last()
                    .filter(|(title, _)| Rc::ptr_eq(title, &one.title));
                let title = match known {
                    Some((_, folded)) => folded.clone(),
                    None => {
                        let title = folded(&one.title);
                        titles.push((one.title.clone(), title.clone()));
                        title
                    }
                };
                words.push(Folded {
                    words: words_of_one,
                    title,
                    is_here: one.is_here,
                });
            }
            if all.len() > AT_ONCE {
                yield_now().await;
            }
        }
        Self { all, folded: words }
    }

    /// What fits the words that are typed.
    pub fn offered(&self, typed: &str) -> Vec<Linkable> {
        let found = offered(&self.folded, &folded(typed));
        found.into_iter().map(|at| self.all[at].clone()).collect()
    }
}

/// The notes of the open article in their order, and its headings.
fn here(session: &Session) -> Vec<Linkable> {
    let Some(article) = &session.article else {
        return Vec::new();
    };
    let title: Rc<str> = strings().title(article.title()).into();
    let notes = session.placements.annotations();
    let notes = notes.map(|note| of_note(note, &title, true));
    let words = linking::words_of(article);
    let headings = of_headings(&article.iri(), &words, &title, true);
    notes.chain(headings).collect()
}

/// The notes and the headings of the other articles, article by article.
fn elsewhere(app: &App, session: &Session) -> Vec<Linkable> {
    let open = session.article.as_ref().map(|article| article.id());
    let is_other = |article: &ArticleId| Some(article) != open.as_ref();
    KNOWN.with_borrow(|known| {
        let notes = known.index.notes().iter();
        let notes: Vec<&Rc<Annotation>> = notes.filter(|note| is_other(&note.article)).collect();
        let by_article = sorted(notes.len(), &|one, other| {
            notes[one].article.cmp(&notes[other].article)
        });
        let of_notes = notes.iter().map(|note| note.article.clone());
        let of_headings_too = known.headings.iter().map(|headings| headings.id.clone());
        let articles: Vec<ArticleId> = of_notes.chain(of_headings_too).collect();
        let mut all = Vec::new();
        for article in sorted_once(&articles).iter().filter(|it| is_other(it)) {
            let title = linking::title_of(app, article).unwrap_or_default();
            let title: Rc<str> = strings().title(&title).into();
            let from = by_article.partition_point(|&at| notes[at].article < *article);
            let of_it = by_article[from..].iter().map(|&at| notes[at]);
            let of_it = of_it.take_while(|note| note.article == *article);
            all.extend(of_it.map(|note| of_note(note, &title, false)));
            let headings = known.headings.iter().filter(|it| it.id == *article);
            all.extend(headings.flat_map(|it| of_headings(&it.iri, &it.words, &title, false)));
        }
        all
    })
}

fn of_note(note: &Annotation, title: &Rc<str>, is_here: bool) -> Linkable {
    Linkable {
        target: Target::Note(note.id.clone()),
        words: words_of(note),
        title: title.clone(),
        is_here,
    }
}

fn of_headings(iri: &str, words: &[String], title: &Rc<str>, is_here: bool) -> Vec<Linkable> {
    let named = words.iter().filter(|words| !words.trim().is_empty());
    let heading = |words: &String| Linkable {
        target: Target::Heading {
            article: iri.to_owned(),
            words: words.clone(),
        },
        words: shortened(words, MOST_WORDS),
        title: title.clone(),
        is_here,
    };
    named.map(heading).collect()
}

/// The words of a note in one line, or of its passage if it has none.
pub fn words_of(note: &Annotation) -> String {
    match plain(&note.note, MOST_WORDS) {
        words if !words.is_empty() => words,
        _ => match note.quoted() {
            Some(quote) => {
                let words: Vec<&str> = quote.split_whitespace().collect();
                shortened(&words.join(" "), MOST_WORDS)
            }
            None => say!(notes.whole_article).to_owned(),
        },
    }
}
