//! The notes of all articles with everything that a search in them needs, gathered once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use yew::AttrValue;

use super::Found;
use crate::app::all_notes::Survey;
use crate::browser::dates;
use crate::browser::system::{day_of, folded, milliseconds, now, yield_now};
use crate::model::all_notes::{AllNotes, Entry, Group, Grouping, Listed};
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::query::{Query, Surroundings};
use crate::ui::hooks::AppHandle;
use crate::ui::lazy::notes::{AT_ONCE, Here, fold};
use crate::ui::strings;

/// Milliseconds of folding at a time: more would block the page.
const SLICE: f64 = 8.0;

/// The notes, and the folded titles of their articles. Equal to itself only.
pub struct Everything {
    pub all: AllNotes,
    titles: Vec<String>,
    /// The reader's day when the notes were gathered.
    today: i32,
    /// The days that have been said, and the moments of today and yesterday: to say one takes longer
    /// than to draw a note.
    said: RefCell<BTreeMap<String, AttrValue>>,
    /// What was found last: when more is typed, only that has to be looked at.
    last: RefCell<Option<(Query, Vec<bool>)>>,
}

impl PartialEq for Everything {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The local day on which a note was made.
pub fn day_of_note(note: &Annotation) -> Option<i32> {
    note.created.as_ref().and_then(|at| day_of(&at.0))
}

impl Everything {
    /// Collects the notes that are known.
    pub fn of(app: &AppHandle, survey: &Survey) -> Self {
        // An article without a title is listed under a substitute, and found by that.
        let titled = |(id, title): (ArticleId, String)| (id, strings::title(&title).to_owned());
        let articles: Vec<_> = survey.articles(app).into_iter().map(titled).collect();
        let notes: Vec<Rc<Listed>> = survey.listed().cloned().collect();
        let all = AllNotes::of(&articles, &notes);
        let titles = all.articles().iter().map(|(_, title)| folded(title));
        Self {
            titles: titles.collect(),
            today: day_of(&now().0).unwrap_or_default(),
            said: RefCell::default(),
            last: RefCell::default(),
            all,
        }
    }

    /// Folds the words of the notes of which nobody has, some at a time, so that the page responds.
    pub async fn fold(&self) {
        let entries = self.all.entries().iter();
        let new = entries.filter(|entry| entry.listed.folded.get().is_none());
        let new: Vec<&Entry> = new.collect();
        let mut start = milliseconds();
        for some in new.chunks(AT_ONCE) {
            let notes: Vec<&Annotation> = some.iter().map(|entry| entry.note()).collect();
            for (entry, words) in some.iter().zip(fold(&notes)) {
                let _ = entry.listed.folded.set(words);
            }
            if milliseconds() - start > SLICE {
                yield_now().await;
                start = milliseconds();
            }
        }
        self.last.take();
    }

    /// What a search finds, in groups.
    pub fn find(&self, typed: &str, by: Grouping) -> Found {
        let here = Here::now();
        let query = Query::read(typed, &here);
        let last = self.last.take();
        let among = last.filter(|(earlier, _)| query.narrows(earlier));
        let among = among.as_ref().map(|(_, found)| &**found);
        let found = self.all.find(&query, &self.titles, among, &here);
        let shown = Found {
            groups: Rc::new(self.all.arrange(&found, query.order(), by)),
            words: query.words().into_iter().map(str::to_owned).collect(),
            order: query.order(),
            misread: query.misread(),
            asks_for_state: !query.states().is_empty(),
        };
        self.last.replace(Some((query, found)));
        shown
    }

    /// The title of a note's article.
    pub fn title_of(&self, entry: &Entry) -> &str {
        let article = self.all.articles().get(entry.article);
        article.map_or("", |(_, title)| title)
    }

    /// When a note was made, as people say it; empty if that is not known.
    pub fn said(&self, entry: &Entry) -> AttrValue {
        let Some(at) = &entry.note().created else {
            return AttrValue::default();
        };
        let say = || AttrValue::from(dates::said(&at.0));
        // Of today and yesterday the time is said too, and what has no time is no moment.
        let day = entry.day().filter(|_| at.0.contains('T'));
        let day = day.filter(|day| !(0..=1).contains(&(self.today - day)));
        let key = day.map_or_else(|| at.0.to_string(), |day| day.to_string());
        let mut said = self.said.borrow_mut();
        said.entry(key).or_insert_with(say).clone()
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
