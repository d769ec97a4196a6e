//! The app in the page: what components draw from, and how the app reaches the page.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use crate::app::ports::{BoxFuture, Lazy, View, Work};
use crate::app::{App, place};
use crate::browser::journal::Journal;
use crate::browser::local::Local;
use crate::browser::page::Page;
use crate::browser::platform::{Browser, name_of_run};
use crate::browser::worker::client::Client;
use crate::browser::{cards, system};
use crate::model::annotation::AnnotationId;
use crate::model::article::Article;
use crate::model::session::Action;
use crate::model::sync::replica::Safety;
use crate::model::text::TextRange;
use crate::ui::say;

/// The app and the page that shows its article. Cheap to clone; equal to its clones.
#[derive(Clone)]
pub struct AppHandle(Rc<Inner>);

struct Inner {
    app: App,
    shell: Rc<Shell>,
}

/// The services behind the page.
#[derive(Clone, Default)]
pub struct Backend {
    /// The worker.
    pub worker: Client,
    /// The journal.
    pub journal: Journal,
}

/// The page as the app sees it.
struct Shell {
    page: RefCell<Option<Rc<Page>>>,
    redraw: UseForceUpdateHandle,
    run_lazy: RunLazy,
    backend: Backend,
    /// True if keys move the selection: they follow the order of the elements deliberately.
    by_keys: Cell<bool>,
    /// A byte of the line that is read, and the width of the window, in pixels.
    line: Cell<Option<u32>>,
    width: Cell<Option<f64>>,
}

fn width() -> Option<f64> {
    system::window_size().map(|(width, _)| width)
}

impl PartialEq for AppHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for AppHandle {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0.app
    }
}

/// Does some work in the lazy part, once that is loaded.
pub type RunLazy = fn(&App, &Backend, Work) -> BoxFuture<()>;

/// Creates the app; its component is redrawn after each action.
#[hook]
pub fn use_app(run_lazy: RunLazy) -> AppHandle {
    let redraw = use_force_update();
    let app = use_memo((), |()| {
        let backend = Backend::default();
        let journal = backend.journal.clone();
        let shell = Rc::new(Shell {
            page: RefCell::default(),
            redraw,
            run_lazy,
            backend,
            by_keys: Cell::new(false),
            line: Cell::default(),
            width: Cell::new(width()),
        });
        let app = App::new(
            name_of_run(),
            [Rc::new(Local), Rc::new(journal.clone())],
            Rc::new(Browser::new(journal)),
            shell.clone(),
        );
        AppHandle(Rc::new(Inner { app, shell }))
    });
    (*app).clone()
}

impl AppHandle {
    /// Returns the article as it is shown.
    pub fn page(&self) -> Option<Rc<Page>> {
        self.0.shell.page()
    }

    /// Shows another article, or none.
    pub fn set_page(&self, page: Option<Rc<Page>>) {
        self.0.shell.page.replace(page);
    }

    /// True if keys moved the selection last: they follow the order of the elements deliberately.
    pub fn selects_by_keys(&self) -> bool {
        self.0.shell.by_keys.get()
    }

    /// Records whether keys move the selection.
    pub fn select_by_keys(&self, by_keys: bool) {
        self.0.shell.by_keys.set(by_keys);
    }

    /// Holds the line that is read if the window has got another width, as when a phone is turned.
    pub fn hold_line(&self) {
        let shell = &*self.0.shell;
        // While the page is scrolled, no line is read.
        if shell.width.replace(width()) != width()
            && place::rests(self)
            && let Some((page, line)) = self.page().zip(shell.line.get())
        {
            page.scroll_to_top(line);
        }
    }

    /// Returns the services behind the page.
    pub fn backend(&self) -> &Backend {
        &self.0.shell.backend
    }

    /// Marks the passage and the card of a note while one of them is pointed at.
    pub fn point_at(&self, id: Option<AnnotationId>) {
        cards::mark_active(id.as_ref());
        if let Some(page) = self.page() {
            let chosen = self.session().chosen.clone();
            page.set_active(id.into_iter().chain(chosen).collect());
        }
    }

    /// Returns a callback that sends an action.
    pub fn callback<E>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let app = self.clone();
        Callback::from(move |event| app.send(action(event)))
    }
}

impl Shell {
    fn page(&self) -> Option<Rc<Page>> {
        self.page.borrow().clone()
    }
}

impl View for Shell {
    fn redraw(&self) {
        self.redraw.force_update();
    }

    fn show_title(&self, title: &str) {
        system::document().set_title(&say!(window_title)(title));
    }

    fn clear_selection(&self) {
        // A highlight replaces its selection. Anything selected outside of the article by now is
        // not the session's.
        if let Some(page) = self.page().filter(|page| !page.selected().is_empty()) {
            page.unselect();
        }
    }

    fn show_safety(&self, safety: Safety) {
        if let Some(root) = system::root() {
            let state = match safety {
                Safety::Saving => "saving",
                Safety::Saved { .. } => "saved",
                Safety::Failed { .. } => "failed",
            };
            let _ = root.set_attribute("data-save-state", state);
        }
    }

    fn first_visible(&self) -> u32 {
        self.page().map_or(0, |page| page.first_visible())
    }

    fn visible(&self, article: &Article) -> Option<(u32, u32)> {
        let page = self.page()?;
        let is_shown = page.article().id() == article.id();
        let line = page.byte_read();
        self.line.set(line);
        is_shown.then(|| (line.unwrap_or_else(|| page.place()), page.last_visible()))
    }

    fn show_place(&self, byte: u32) {
        system::restore_no_scrolling();
        match self.page() {
            Some(page) if byte > 0 => page.scroll_to_top(byte),
            Some(page) if page.was_there() => {}
            _ => system::window().scroll_to_with_x_and_y(0.0, 0.0),
        }
    }

    fn scroll_to(&self, range: TextRange) {
        if let Some(page) = self.page() {
            page.scroll_to(range);
        }
    }

    fn outline(&self, place: TextRange) {
        if let Some(page) = self.page() {
            page.outline(Some(place));
            system::before_next_frame(move || page.scroll_to(place));
        }
    }

    fn has_focus_in_notes(&self) -> bool {
        cards::have_focus()
    }

    fn focus_card(&self, id: &AnnotationId) {
        cards::focus_on(id);
    }

    fn focus_card_or_notes(&self, id: Option<&AnnotationId>) {
        cards::focus_on_it_or_notes(id);
    }

    fn bring_chosen_near(&self) {
        cards::bring_chosen_near();
    }

    fn neighbour_of(&self, id: &AnnotationId) -> Option<AnnotationId> {
        cards::neighbour_of(id)
    }
}

impl Lazy for Shell {
    fn run(&self, app: &App, work: Work) -> BoxFuture<()> {
        (self.run_lazy)(app, &self.backend, work)
    }
}
