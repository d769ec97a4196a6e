//! The notes of all articles with everything that a search in them needs, gathered once.

use std::cell::RefCell;
use std::rc::Rc;

use yew::AttrValue;

use super::Found;
use crate::app::all_notes;
use crate::browser::dates;
use crate::browser::system::{day_of, folded, yield_now};
use crate::model::all_notes::{AllNotes, Entry, Group, Grouping};
use crate::model::annotation::{Annotation, Timestamp};
use crate::model::article::ArticleId;
use crate::model::query::{FoldedNote, Query, Surroundings};
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::notes::{AT_ONCE, Here, fold};
use crate::ui::strings;

/// Number of moments whose day is told at once.
const DAYS_AT_ONCE: usize = 2_000;

/// The notes, and their words as a search compares them. Equal to itself only.
pub struct Everything {
    pub all: AllNotes,
    folded: Vec<FoldedNote>,
    titles: Vec<String>,
    /// The moments as they are said, as soon as they have been: that takes long.
    said: RefCell<Vec<Option<AttrValue>>>,
}

impl PartialEq for Everything {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Everything {
    /// Gathers them, some at a time, so that the page can draw and respond.
    pub async fn gather(app: &AppHandle) -> Self {
        let gathered = all_notes::gather(app).await;
        // An article without a title is listed under a substitute, and found by that.
        let titled = |(id, title): (ArticleId, String)| (id, strings::title(&title).to_owned());
        let articles: Vec<_> = gathered.articles.into_iter().map(titled).collect();
        let mut notes: Vec<(Annotation, Option<i32>)> = Vec::with_capacity(gathered.notes.len());
        for note in gathered.notes {
            let day = note.created.as_ref().and_then(|at| day_of(&at.0));
            notes.push((note, day));
            if notes.len().is_multiple_of(DAYS_AT_ONCE) {
                yield_now().await;
            }
        }
        let all = AllNotes::of(&articles, notes);
        let mut words = Vec::with_capacity(all.entries().len());
        for some in all.entries().chunks(AT_ONCE) {
            yield_now().await;
            let notes: Vec<&Annotation> = some.iter().map(|entry| &entry.note).collect();
            words.extend(fold(&notes));
        }
        let titles = all.articles().iter().map(|(_, title)| folded(title));
        Self {
            titles: titles.collect(),
            folded: words,
            said: RefCell::new(vec![None; all.entries().len()]),
            all,
        }
    }

    /// What a search finds, in groups.
    pub fn find(&self, typed: &str, by: Grouping) -> Found {
        let here = Here::now();
        let query = Query::read(typed, &here);
        let moment = |time: &str| here.moment(time);
        let found = self.all.find(&query, &self.folded, &self.titles, &moment);
        Found {
            rows: Rc::new(self.all.arrange(&found, query.order(), by)),
            words: query.words().into_iter().map(str::to_owned).collect(),
            order: query.order(),
            misread: query.misread(),
            asks_for_state: !query.states().is_empty(),
        }
    }

    /// The title of a note's article.
    pub fn title_of(&self, entry: &Entry) -> &str {
        let article = self.all.articles().get(entry.article);
        article.map_or("", |(_, title)| title)
    }

    /// When a note was made, as people say it; empty if that is not known.
    pub fn said(&self, index: usize) -> AttrValue {
        let mut said = self.said.borrow_mut();
        let (Some(said), Some(entry)) = (said.get_mut(index), self.all.entries().get(index)) else {
            return AttrValue::default();
        };
        let say = |at: &Timestamp| AttrValue::from(dates::said(&at.0));
        let tell = || entry.note.created.as_ref().map(say).unwrap_or_default();
        said.get_or_insert_with(tell).clone()
    }

    /// The name of a group.
    pub fn name(&self, group: Group, here: &Here) -> String {
        let words = strings().all_notes;
        match group {
            Group::Article(index) => self.all.articles()[index].1.clone(),
            Group::Tag(Some(index)) => self.all.tag(index).to_owned(),
            Group::Tag(None) => words.no_tag.to_owned(),
            Group::Colour(colour) => here.colour_name(colour).unwrap_or_default(),
            Group::Day(Some(day)) => dates::said_day(day),
            Group::Day(None) => words.no_day.to_owned(),
        }
    }
}
