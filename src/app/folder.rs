//! The reader's folder: each article's notes are kept there as a Markdown file, by the template.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::App;
use super::all_notes::{self, Gathered};
use super::exporting;
use super::ports::{Failed, FolderState, LazyPlatform};
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::exchange::Format;
use crate::model::failure::Failure;
use crate::model::file_name::file_name;
use crate::model::folder::{Rewriting, numbered, rewritten, touched};
use crate::model::history::History;
use crate::model::notice::Message;

/// Milliseconds after an edit until the file is written, so that what is done in one go is written
/// once.
const AFTER: u32 = 1_000;
/// Milliseconds after the start until what an earlier run has left is written.
const CATCH_UP_AFTER: u32 = 4_000;
/// Most names that are tried until one is not taken by another file.
const MOST_NAMES: usize = 100;
/// The setting that says, to every tab, that there is a folder.
const SETTING: &str = "folder";
/// Its value while everything is written.
const WRITTEN: &str = "written";
/// Its value while something may not be: a tab may be closed before its last edit is written.
const BEHIND: &str = "behind";

/// What became of the articles that were to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Number of articles whose notes are in the folder.
    pub articles: usize,
    /// Number of those that were left out, since their texts are not in this browser.
    pub left_out: usize,
}

/// Why notes are not in the folder.
enum Trouble {
    /// The folder is gone, or the browser refuses.
    Folder,
    /// The notes could not be written as Markdown.
    Document(Failure),
}

impl From<Failed> for Trouble {
    fn from(_: Failed) -> Self {
        Self::Folder
    }
}

/// Told the number of articles that are done, and of all.
pub type Watch<'a> = &'a dyn Fn(usize, usize);

/// Keeps the folder up to date while the program runs. One for each tab.
pub struct Keeper {
    app: App,
    platform: Rc<dyn LazyPlatform>,
    /// The articles whose notes were edited and not yet written.
    edited: RefCell<BTreeSet<ArticleId>>,
    /// True while a timer runs.
    is_due: Cell<bool>,
    /// True while files are written: a file is not written twice at once.
    is_writing: Cell<bool>,
    /// True if the reader was told of trouble that has not ended.
    is_told: Cell<bool>,
}

impl Keeper {
    /// Creates it.
    pub fn new(app: &App, platform: Rc<dyn LazyPlatform>) -> Rc<Self> {
        Rc::new(Self {
            app: app.clone(),
            platform,
            edited: RefCell::default(),
            is_due: Cell::new(false),
            is_writing: Cell::new(false),
            is_told: Cell::new(false),
        })
    }

    /// Has the files of the articles written soon that an edit changed.
    pub fn after_edit(self: &Rc<Self>, before: &History, after: &History) {
        let app = &self.app;
        if app.session().read_only || !self.is_kept() {
            return;
        }
        let touched = touched(before, after);
        if !touched.is_empty() {
            self.note_state(BEHIND);
        }
        self.edited.borrow_mut().extend(touched);
        self.begin_soon();
    }

    /// Writes what an earlier run has left unwritten. Called when everything can be read.
    pub fn catch_up(self: &Rc<Self>) {
        let app = &self.app;
        if app.platform().setting(SETTING).as_deref() != Some(BEHIND) {
            return;
        }
        let there = self.clone();
        let begin = move || {
            let app = there.app.clone();
            app.spawn(async move {
                if !there.app.session().read_only {
                    there.write_all(&|_, _| ()).await;
                }
            });
        };
        app.platform().surely_after(CATCH_UP_AFTER, Box::new(begin));
    }

    fn is_kept(&self) -> bool {
        self.app.platform().setting(SETTING).is_some()
    }

    fn note_state(&self, state: &str) {
        if self.app.platform().setting(SETTING).as_deref() != Some(state) {
            let _ = self.app.platform().set_setting(SETTING, state);
        }
    }

    fn begin_soon(self: &Rc<Self>) {
        if self.edited.borrow().is_empty() || self.is_due.replace(true) {
            return;
        }
        let there = self.clone();
        let begin = move || {
            there.is_due.set(false);
            let app = there.app.clone();
            app.spawn(async move { there.write_edited().await });
        };
        self.app.platform().surely_after(AFTER, Box::new(begin));
    }

    /// Writes what was edited. While other files are written, that is left to whoever does it.
    async fn write_edited(self: &Rc<Self>) {
        if !self.is_writing.get() {
            let edited = self.edited.take().into_iter().collect();
            self.write_these(edited, &|_, _| ()).await;
        }
    }

    /// Lets the reader choose a folder, and writes the notes of all articles there; `None` if no
    /// folder is chosen, or if that fails.
    pub async fn choose(self: &Rc<Self>, watch: Watch<'_>) -> Option<Kept> {
        if !self.platform.choose_folder().await {
            return None;
        }
        self.note_state(BEHIND);
        self.write_all(watch).await
    }

    /// Asks for permission again, and writes the notes of all articles; `None` if that fails.
    pub async fn allow(self: &Rc<Self>, watch: Watch<'_>) -> Option<Kept> {
        match self.platform.allow_folder().await {
            true => self.write_all(watch).await,
            false => None,
        }
    }

    /// Writes no more; the files stay.
    pub async fn leave(&self) {
        self.app.platform().remove_setting(SETTING);
        self.edited.take();
        self.platform.leave_folder().await;
    }

    async fn write_all(self: &Rc<Self>, watch: Watch<'_>) -> Option<Kept> {
        self.is_told.set(false);
        let all = all_notes::gather(&self.app).await;
        let articles = all.articles.into_iter().map(|(id, _)| id).collect();
        self.write_these(articles, watch).await
    }

    /// Writes the files of these articles, and tells the reader, once, if that fails.
    async fn write_these(
        self: &Rc<Self>,
        articles: Vec<ArticleId>,
        watch: Watch<'_>,
    ) -> Option<Kept> {
        while self.is_writing.get() {
            self.app.yield_now().await;
        }
        self.is_writing.set(true);
        let kept = self.try_these(&articles, watch).await;
        self.is_writing.set(false);
        self.begin_soon();
        let trouble = match kept {
            Ok(kept) => {
                self.is_told.set(false);
                if self.edited.borrow().is_empty() && self.is_kept() {
                    self.note_state(WRITTEN);
                }
                return Some(kept);
            }
            Err(trouble) => trouble,
        };
        // They are written with the next edit, if that can be.
        self.edited.borrow_mut().extend(articles);
        if !self.is_told.replace(true) {
            self.app.tell(match trouble {
                Trouble::Folder => Message::FolderFailed,
                Trouble::Document(why) => Message::ExportFailed { why },
            });
        }
        None
    }

    async fn try_these(&self, articles: &[ArticleId], watch: Watch<'_>) -> Result<Kept, Trouble> {
        match self.platform.folder().await {
            FolderState::Kept(_) => {}
            FolderState::Waiting(_) => return Err(Trouble::Folder),
            // Another tab has left it.
            FolderState::Unknown | FolderState::None => return Ok(Kept::default()),
        }
        let mut all = None;
        let mut kept = Kept::default();
        for (done, id) in articles.iter().enumerate() {
            watch(done, articles.len());
            let notes = self.notes_on(id, &mut all).await;
            match self.write(id, notes).await? {
                true => kept.articles += 1,
                false => kept.left_out += 1,
            }
        }
        Ok(kept)
    }

    /// Returns the notes on an article: of the open one at once, of others from all notes.
    async fn notes_on(&self, id: &ArticleId, all: &mut Option<Gathered>) -> Vec<Rc<Annotation>> {
        if self.app.shows(id) && !self.app.is_loading() {
            let session = self.app.session();
            return session.placements.annotations().cloned().collect();
        }
        if all.is_none() {
            *all = Some(all_notes::gather(&self.app).await);
        }
        let notes = all.iter().flat_map(|all| &all.notes);
        notes.filter(|note| note.article == *id).cloned().collect()
    }

    /// Writes the file of an article, under the first name that is free or its own; false if its
    /// text is not in this browser.
    async fn write(&self, id: &ArticleId, notes: Vec<Rc<Annotation>>) -> Result<bool, Trouble> {
        let (app, platform) = (&self.app, &*self.platform);
        let Some(article) = exporting::text_of(app, id).await else {
            return Ok(false);
        };
        let name = file_name(article.title(), id.as_str(), Format::Markdown.ending());
        let is_empty = notes.is_empty();
        let document = exporting::encoded(app, platform, Format::Markdown, article, notes).await;
        let document = document.map_err(Trouble::Document)?;
        for number in 1..=MOST_NAMES {
            let name = numbered(&name, number);
            let present = platform.read_in_folder(&name).await?;
            if present.is_none() && is_empty {
                return Ok(true);
            }
            let said = platform.marked_line();
            match rewritten(present.as_deref(), &document, id, &said) {
                Rewriting::Write(text) => {
                    platform.write_in_folder(&name, &text).await?;
                    return Ok(true);
                }
                Rewriting::Same => return Ok(true),
                Rewriting::Foreign => {}
            }
        }
        Err(Trouble::Folder)
    }
}
