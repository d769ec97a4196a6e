//! Reading together: what a reader shares with a group, and whose note a note is.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::show_known;
use crate::app::App;
use crate::model::annotation::{Annotation, AnnotationId, Stamp};
use crate::model::article::ArticleId;
use crate::model::exchange::{author, w3c};
use crate::model::notebook::{Change, Intent, Transaction};
use crate::model::notice::Message;
use crate::model::session::{Action, Session};
use crate::model::sync::merge::merge;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::version::{Dot, ReplicaId};
use crate::model::text::shortened;

/// With whom notes are kept in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// The reader's own devices.
    Devices,
    /// A group, in which each reader changes only their own notes.
    Readers,
}

/// The setting with the circle.
const SETTING: &str = "circle";
/// Longest name of a reader, in code points: as much of a name as is read of any author.
const LONGEST_NAME: usize = 60;

/// The group that a reader reads together with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Circle {
    /// The reader's name, as the others see it.
    #[serde(rename = "me")]
    pub name: String,
    /// The articles that the group reads; true if the reader's own notes on it go there.
    #[serde(default)]
    articles: BTreeMap<String, bool>,
    /// True while the others' notes are hidden.
    #[serde(default)]
    pub hides: bool,
}

impl Circle {
    /// The circle of this browser, if its reader has joined one.
    pub fn of(app: &App) -> Option<Self> {
        Self::read(|name| app.platform().setting(name))
    }

    /// The same, given what the settings of this browser are.
    pub fn read(setting: impl Fn(&str) -> Option<String>) -> Option<Self> {
        serde_json::from_str(&setting(SETTING)?).ok()
    }

    /// Keeps it.
    pub fn keep(&self, app: &App) {
        let text = serde_json::to_string(self).unwrap_or_default();
        let _ = app.platform().set_setting(SETTING, &text);
    }

    /// Forgets the circle: every note here is the reader's again.
    pub fn forget(app: &App) {
        app.platform().remove_setting(SETTING);
    }

    /// The name as others see it; `None` if nothing is left of it.
    pub fn name_of(typed: &str) -> Option<String> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then(|| shortened(&name, LONGEST_NAME))
    }

    /// Adds an article that arrives from the group, given the notes on it that are here. Those that the
    /// reader has made stay here until the reader wants otherwise; who has made none reads it with the group.
    pub fn add(&mut self, article: &ArticleId, notes: impl FnOnce() -> Vec<Rc<Record>>) {
        if self.reads(article) {
            return;
        }
        // Others' notes may come before their article.
        let is_own = |note: Annotation| self.maker_of(&note).is_none();
        let is_own = |record: &Rc<Record>| record.is_live() && record.note().is_some_and(is_own);
        let shares = !notes().iter().any(is_own);
        self.share(article, shares);
    }

    /// Has the reader's own notes on an article go to the group, or no further ones.
    pub fn share(&mut self, article: &ArticleId, shares: bool) {
        self.articles.insert(article.as_str().to_owned(), shares);
    }

    /// True if the group reads an article.
    pub fn reads(&self, article: &ArticleId) -> bool {
        self.articles.contains_key(article.as_str())
    }

    /// True if the reader's own notes on it go there.
    pub fn shares(&self, article: &ArticleId) -> bool {
        self.articles.get(article.as_str()) == Some(&true)
    }

    /// True if a note was made by somebody else in the group.
    pub fn is_others(&self, note: &Annotation) -> bool {
        self.reads(&note.article) && self.maker_of(note).is_some()
    }

    /// The name of a note's maker; `None` for the reader, whose notes need not state it.
    fn maker_of(&self, note: &Annotation) -> Option<String> {
        author(&note.extra).filter(|maker| *maker != self.name)
    }

    /// True if a record goes to the group; `is_new` if there is none under its path there. An article
    /// goes there once, so that readers of different editions do not overrule each other.
    pub fn sends(&self, record: &Record, is_new: bool) -> bool {
        if let Some(article) = record.path().article() {
            return is_new && record.is_live() && self.shares(&article);
        }
        let article = record.path().note().map(|(article, _)| article);
        let is_shared = article.is_some_and(|article| self.shares(&article));
        // What was never there need not be removed there.
        let is_there = !is_new || record.is_live();
        is_shared && is_there && record.note().is_some_and(|note| !self.is_others(&note))
    }

    /// A record from the group as this device takes it in, given what is here under a path; `None` if it
    /// does not.
    ///
    /// Nobody changes an article that is here, and nobody but its maker a note: what claims to be the same
    /// note by another maker is kept beside it.
    pub fn taken(
        &self,
        record: Record,
        device: &ReplicaId,
        here: impl Fn(&Path) -> Option<Rc<Record>>,
    ) -> Option<Record> {
        let Some(present) = here(record.path()) else {
            return Some(self.kept(record));
        };
        let maker = |record: &Record| record.note().map(|note| self.maker_of(&note));
        match (maker(&present), maker(&record)) {
            // Neither an article nor a tombstone says whose it is.
            (_, None) => None,
            (None, Some(_)) => Some(self.kept(record)),
            (Some(None), Some(None)) => Some(record),
            (Some(here), Some(there)) if here == there => {
                // Words that do not stand are for their maker's devices to keep.
                let stands = merge(&present, &Rc::new(record)).stands;
                let version = stands.version().clone().without_copies();
                Some(self.kept(stands.with_version(version)))
            }
            // It is the reader's own after all, who has not seen what another wrote over it.
            (Some(Some(_)), Some(None)) => {
                let (one, other) = (record.version(), present.version());
                let dot = Dot {
                    lamport: one.dot().lamport.max(other.dot().lamport) + 1,
                    replica: device.clone(),
                };
                let version = one.joined(other).followed_by(dot);
                Some(record.with_version(version))
            }
            (Some(_), Some(there)) => {
                let (article, id) = record.path().note()?;
                let name = format!("{id} {}", there.unwrap_or_default());
                let path = Path::of_note(&article, &AnnotationId::of_content(&name));
                let is_wanted = record.is_live() || here(&path).is_some();
                let (version, state) = (record.version().clone(), record.state());
                let beside = || Record::new(path.clone(), version, state, &record.body());
                is_wanted.then(beside).map(|record| self.kept(record))
            }
        }
    }

    /// A record as it is kept here: others' trash is not.
    fn kept(&self, record: Record) -> Record {
        let is_kept = |note: Annotation| record.is_live() || self.maker_of(&note).is_none();
        match record.note().is_none_or(is_kept) {
            true => record,
            false => {
                let (path, version) = (record.path().clone(), record.version().clone());
                Record::new(path, version, record.state(), "")
            }
        }
    }
}

/// Those of some notes that the reader may change.
pub fn own(app: &App, mut notes: Vec<Rc<Annotation>>) -> Vec<Rc<Annotation>> {
    if let Some(circle) = Circle::of(app) {
        notes.retain(|note| !circle.is_others(note));
    }
    notes
}

/// The circle, if the others' notes are hidden.
pub(super) fn hiding(app: &App) -> Option<Circle> {
    Circle::of(app).filter(|circle| circle.hides)
}

/// Those of some notes that the reader sees.
pub fn seen(app: &App, mut notes: Vec<Annotation>) -> Vec<Annotation> {
    if let Some(circle) = hiding(app) {
        notes.retain(|note| !circle.is_others(note));
    }
    notes
}

/// Shows the others' notes on the open article, or hides them.
pub fn show_others(app: &App, shows: bool) {
    let Some(mut circle) = Circle::of(app) else {
        return;
    };
    circle.hides = !shows;
    circle.keep(app);
    if shows {
        return show_known(app);
    }
    let session = app.session();
    let others = session.notebook.iter();
    let others = others.filter(|note| circle.is_others(note));
    let news: Vec<_> = others.map(|note| (note.id.clone(), None)).collect();
    app.send(Action::Received { news });
}

/// Refuses, and says so, an action that changes another's note; false for any other action.
pub(crate) fn refuses(app: &App, action: &Action) -> bool {
    let session = app.session();
    let noted = |id: &AnnotationId| session.notebook.get(id).cloned();
    let changed: Vec<Rc<Annotation>> = match action {
        Action::Write { id } | Action::Recolour { id, .. } | Action::Remove { id } => {
            noted(id).into_iter().collect()
        }
        Action::Edit { edit, .. } => {
            let before = edit.changes.iter().filter_map(Change::before);
            before.cloned().collect()
        }
        _ => return false,
    };
    let is_others = |circle: Circle| changed.iter().any(|note| circle.is_others(note));
    let refuses = Circle::of(app).is_some_and(is_others);
    if refuses {
        app.tell(Message::NotYours);
    }
    refuses
}

/// The reader's own copy of another's note, to be changed at will.
pub fn copy(session: &Session, id: &AnnotationId, stamp: Stamp) -> Option<Transaction> {
    let note = session.notebook.get(id)?;
    let copy = Annotation {
        id: stamp.id,
        extra: w3c::by_nobody(&note.extra),
        created: Some(stamp.at),
        modified: None,
        ..(**note).clone()
    };
    Some(Transaction::one(
        Intent::AddNote,
        Change::add(Rc::new(copy)),
    ))
}
