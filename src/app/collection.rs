//! The library's articles: surveys them, removes one, and puts one back.

use std::rc::Rc;

use super::catalogue::Listed;
use super::ports::{LazyPlatform, Usage};
use super::{App, opening};
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::library::Entry;
use crate::model::notice::Message;
use crate::model::order::sorted;
use crate::model::session::Action;
use crate::model::sync::record::{Path, RecordKind};

/// Everything that the library shows.
#[derive(Clone, PartialEq)]
pub struct Collection {
    /// The articles, unordered.
    pub entries: Vec<Entry>,
    /// The removed articles that can be put back, by title.
    pub removed: Vec<(ArticleId, String)>,
    /// Storage in use and available.
    pub usage: Usage,
}

/// Collects everything that the library shows. The words of the notes come from both stores.
pub async fn survey(app: &App, platform: &dyn LazyPlatform) -> Collection {
    if !app.session().read_only {
        app.read_everything().await;
    }
    let notes = app
        .records()
        .live_notes(&app.replica().folder(RecordKind::Note.folder()));
    let by_article = sorted(notes.len(), &|one, other| {
        notes[one].article.cmp(&notes[other].article)
    });
    let words_on = |id: &ArticleId| {
        let first = by_article.partition_point(|&index| notes[index].article < *id);
        let of_it = by_article[first..].iter().map(|&index| &notes[index]);
        let mut words = String::new();
        of_it
            .take_while(|note| note.article == *id)
            .for_each(|note| add_words(&mut words, note));
        words
    };
    let entry = |listed: Listed| {
        let bookmark = app.platform().bookmark(&listed.id);
        Entry {
            words: words_on(&listed.id),
            read: bookmark.as_ref().map_or(0, |bookmark| bookmark.percent()),
            opened: bookmark.map(|bookmark| bookmark.opened).unwrap_or_default(),
            id: listed.id,
            title: listed.record.title,
            site: listed.record.site,
            published: listed.record.published,
            notes: listed.notes,
        }
    };
    Collection {
        entries: app
            .records()
            .list_articles()
            .into_iter()
            .map(entry)
            .collect(),
        removed: app.records().removed_articles(),
        usage: platform.usage().await,
    }
}

fn add_words(words: &mut String, note: &Annotation) {
    for part in [note.quoted().unwrap_or_default(), &note.note] {
        words.push_str(part);
        words.push('\n');
    }
    for tag in &note.tags {
        words.push_str(tag);
        words.push('\n');
    }
}

/// Removes an article from the library; its notes go to the trash.
pub fn remove(app: &App, id: &ArticleId, title: &str) {
    if app.session().read_only {
        return app.tell(Message::ReadOnly);
    }
    let notes = app.notes_of(id);
    app.records().set_removed(id, true);
    app.send(Action::RemoveArticle {
        id: id.clone(),
        title: title.to_owned(),
        notes,
    });
    let open = app.session().article.as_ref().map(|article| article.id());
    if open.as_ref() == Some(id) {
        opening::open_another(app);
    }
}

/// Puts an article back, with these notes that were on it.
pub fn put_back(app: &App, id: &ArticleId, notes: &[Rc<Annotation>]) {
    app.records().set_removed(id, false);
    let replica = app.replica();
    let paths = notes
        .iter()
        .map(|note| Path::of_note(&note.article, &note.id));
    let known: Vec<_> = paths.filter_map(|path| replica.get(&path)).collect();
    app.send(Action::Restore {
        notes: notes.iter().map(|note| (**note).clone()).collect(),
        known: app.records().live_notes(&known),
    });
}

/// Puts back an article that was removed earlier, with its notes from the trash.
pub fn put_back_later(app: &App, id: ArticleId) {
    let there = app.clone();
    app.spawn(async move {
        let app = there;
        app.read_everything().await;
        let notes = app.records().removed_with(&id);
        put_back(&app, &id, &notes);
    });
}
