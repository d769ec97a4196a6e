//! Loads the lazy part when a reader first asks for something in it, and passes requests on to it.
//!
//! Nothing here names an item of the lazy part: it is reached through [`LazyPart`], by the loader
//! that `ui::start` registers.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, Element, Event, KeyboardEvent};
use yew::prelude::*;

use super::hooks::{AppHandle, Backend, KeyTargets};
use super::notes::{PanelProps, ShownNotes};
use crate::app::App;
use crate::app::ports::{BoxFuture, ToRead, Work};
use crate::app::protocol::Unshown;
use crate::browser::launch::Launch;
use crate::browser::pictures::FetchPicture;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::failure::Failure;
use crate::model::notice::{Message, Notice};
use crate::model::session::{Action, Session};

/// A dialog shown over the article.
#[derive(Clone, PartialEq)]
pub enum Dialog {
    /// "Open article", with anything that was pasted onto the page.
    Open(Pasted),
    /// A launch that waits for the reader to agree.
    Launch(Launch),
    /// "Keys": the list of keys.
    Keys,
    /// "Your notes".
    YourNotes,
    /// "Library": the articles that were opened.
    Library,
    /// "Tags": the tags of all notes.
    Tags,
    /// "All notes", of all articles, with a search to begin with.
    AllNotes(AttrValue),
    /// "Contents": the headings of the article.
    Contents,
    /// "Reading settings": how the article looks.
    ReadingSettings,
    /// "Print": what is printed.
    Print,
    /// "Name the colours": what each means to the reader.
    Colours,
    /// "Import notes": what files hold, before it is imported; each report has another number.
    Import(u32),
    /// "Markdown template": how exported notes are written.
    MarkdownTemplate,
    /// "Export": a file before it is downloaded or copied.
    Export,
    /// "Copy link with notes".
    Sharing,
    /// "Commands": everything that can be done.
    Commands(KeyTargets),
}

/// A menu of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// "Export": the formats.
    Export,
    /// "More": what has no button of its own.
    More,
}

/// What a menu does.
#[derive(Clone, PartialEq)]
pub struct MenuTargets {
    /// Shows a dialog.
    pub enter: Callback<Dialog>,
    /// Shows another menu instead, or none.
    pub turn: Callback<Option<Menu>>,
}

/// Pasted content: its text, and its HTML if it has any.
#[derive(Clone, Default, PartialEq)]
pub struct Pasted {
    pub text: AttrValue,
    pub html: Option<Rc<str>>,
}

impl Pasted {
    /// Returns the content of a paste event, if it contains words.
    pub fn of(event: &Event) -> Option<Self> {
        let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
        let get = |kind: &str| {
            data.get_data(kind)
                .ok()
                .filter(|words| !words.trim().is_empty())
        };
        Some(Self {
            text: get("text/plain")?.into(),
            html: get("text/html").map(Rc::from),
        })
    }
}

/// What the lazy part is asked to do.
pub enum Command {
    /// Opens the first of some files, or imports the notes in them.
    TakeFiles(Array),
    /// Takes files that the system opens with the app: <https://wicg.github.io/web-app-launch/>.
    TakeLaunched(JsValue),
    /// Imports the notes in some files.
    ImportNotes(Array),
    /// Downloads every note as one file.
    DownloadAll,
    /// Stops reading an article.
    StopReading,
    /// Shows the other text of the page.
    ShowOther,
    /// Does what a key of the reading cursor means.
    Press(KeyboardEvent),
    /// Follows a link within the article.
    Follow(Element),
    /// Resolves the chosen note by a key.
    Resolve(char),
    /// Selects the table, figure, code or formula around what is selected.
    SelectWhole,
    /// Goes to the next note or the one before.
    Step(bool),
    /// Reads the article aloud, rests, or goes on.
    ReadAloud,
    /// Puts an article back, with the notes that were on it.
    PutBack(ArticleId, Vec<Rc<Annotation>>),
}

/// The entry points of the lazy part.
pub struct LazyPart {
    /// Sets the language of the interface, by its tag, before anything is drawn.
    pub speak: fn(&str),
    /// Gives the program what it reads the stores with; called before what follows.
    pub enable: fn(&App, &Backend),
    /// Draws a dialog; one in which things are done shows the notices too.
    pub draw: fn(&AppHandle, &Dialog, &Callback<()>, Html) -> Html,
    /// Draws a menu.
    pub menu: fn(&AppHandle, Menu, &MenuTargets) -> Html,
    /// Runs a command.
    pub perform: fn(&AppHandle, Command),
    /// Handles a key of the reading cursor; false if it is none now.
    pub key: fn(&AppHandle, &KeyboardEvent) -> bool,
    /// Does background work.
    pub work: fn(&App, &Backend, Work) -> BoxFuture<()>,
    /// Draws the notes' cards and the overview.
    pub notes: DrawNotes,
    /// Draws a notice.
    pub notice: DrawNotice,
    /// Grows what a hand has selected to whole words.
    pub complete_words: fn(&AppHandle),
    /// Draws what is added to the toolbar of the selection; see [`more_tools`].
    pub more_tools: fn(&AppHandle) -> [Html; 2],
    /// Does what a click in the article means, apart from links.
    pub click: fn(&AppHandle, &Event),
    /// Shows which note of the article the pointer is over, or has left.
    pub hover: fn(&AppHandle, &Event, bool),
    /// Places the toolbar of the selection.
    pub place: fn(&AppHandle),
    /// Moves the focus in the toolbar of the selection.
    pub move_focus: fn(&KeyboardEvent),
    /// Prepares the notes for paper.
    pub print: fn(&AppHandle),
    /// Fetches a picture; see [`FetchPicture`].
    pub picture: fn(&Backend, String) -> BoxFuture<Result<String, Unshown>>,
}

/// Draws the notes of a panel.
#[derive(Clone, Copy)]
pub struct DrawNotes {
    /// Draws their cards.
    pub cards: fn(&PanelProps, ShownNotes) -> Html,
    /// Returns those that a search finds.
    pub find: fn(&Session) -> ShownNotes,
    /// Draws the filters, and the button that leads to those that need a look.
    pub tools: fn(&PanelProps) -> Html,
    /// Draws where they stand in the whole article.
    pub overview: fn(&PanelProps, &ShownNotes) -> Html,
    /// Draws the ends of the chosen note's passage.
    pub ends: fn(&PanelProps) -> Html,
}

/// Draws a notice.
pub type DrawNotice = fn(&AppHandle, &Notice) -> Html;

thread_local! {
    static ENTER: RefCell<Callback<Dialog>> = RefCell::default();
}

/// Says how a dialog is shown.
pub fn enter_by(show: Callback<Dialog>) {
    ENTER.set(show);
}

/// Shows a dialog.
pub fn enter(dialog: Dialog) {
    ENTER.with_borrow(|show| show.emit(dialog));
}

/// Milliseconds of loading after which the reader is told.
const UNTOLD: u32 = 300;

/// Fetches the lazy part; `None` if it cannot be loaded.
pub type Loader = fn() -> BoxFuture<Option<&'static LazyPart>>;

static LOADER: OnceLock<Loader> = OnceLock::new();
static LOADED: OnceLock<&'static LazyPart> = OnceLock::new();

/// Registers the loader of the lazy part.
pub fn register(loader: Loader) {
    let _ = LOADER.set(loader);
}

/// True if the lazy part is loaded.
pub fn is_here() -> bool {
    LOADED.get().is_some()
}

async fn loaded(app: &App, backend: &Backend) -> Option<&'static LazyPart> {
    if !is_here()
        && let Some(load) = LOADER.get()
        && let Some(part) = load().await
    {
        (part.enable)(app, backend);
        let _ = LOADED.set(part);
    }
    LOADED.get().copied()
}

/// Has the lazy part set the language of the interface. If it cannot be loaded, that stays English.
pub async fn speak(language: &str) {
    if let Some(load) = LOADER.get()
        && let Some(part) = load().await
    {
        (part.speak)(language);
    }
}

/// Fetches the lazy part for what a reader will soon want.
pub fn fetch(app: &AppHandle) {
    with_part(app, |_, _| ());
}

/// Sends the lazy part a command from the reader, once it is loaded.
pub fn send(app: &AppHandle, command: Command) {
    let there = app.clone();
    app.spawn(async move {
        match when_loaded(&there, true).await {
            Some(part) => (part.perform)(&there, command),
            None => tell_missing(&there),
        }
    });
}

/// Hands a key to the ends of the chosen passage or to the reading cursor; `None` if the lazy part is not loaded.
pub fn press(app: &AppHandle, event: &KeyboardEvent) -> Option<bool> {
    LOADED.get().map(|part| (part.key)(app, event))
}

/// Draws what the lazy part adds to the toolbar of the selection: beside its words, and beside its
/// colours.
pub fn more_tools(app: &AppHandle) -> [Html; 2] {
    let part = LOADED.get();
    part.map_or_else(Default::default, |part| (part.more_tools)(app))
}

/// Has the lazy part do background work, once it is loaded.
pub fn run(app: &App, backend: &Backend, work: Work) -> BoxFuture<()> {
    let (app, backend) = (app.clone(), backend.clone());
    Box::pin(async move {
        match (loaded(&app, &backend).await, work) {
            (Some(part), work) => (part.work)(&app, &backend, work).await,
            (None, Work::Place) => give_up_placing(&app),
            (None, Work::Read(ToRead::Everything)) => tell_missing(&app),
            (None, _) => {}
        }
    })
}

/// Returns a function that fetches pictures through the lazy part, which knows the worker.
pub fn fetch_pictures(app: &AppHandle) -> FetchPicture {
    let (app, backend) = (App::clone(app), app.backend().clone());
    Rc::new(move |address| {
        let (app, backend, address) = (app.clone(), backend.clone(), address.to_owned());
        Box::pin(async move {
            match loaded(&app, &backend).await {
                Some(part) => (part.picture)(&backend, address).await,
                None => Err(Unshown::Refused),
            }
        })
    })
}

/// Waits for the lazy part; if the reader asked for it and it takes a while, tells them.
async fn when_loaded(app: &AppHandle, is_asked: bool) -> Option<&'static LazyPart> {
    let teller = app.clone();
    let waiting =
        (is_asked && !is_here()).then(|| app.after(UNTOLD, move || teller.tell(Message::Loading)));
    let part = loaded(app, app.backend()).await;
    if waiting.is_some() {
        drop(waiting);
        app.send(Action::Progress { percent: None });
    }
    part
}

fn give_up_placing(app: &App) {
    if let Some(article) = &app.session().article {
        app.send(Action::GiveUp {
            digest: article.digest().clone(),
            why: Failure::NotLoaded,
        });
    }
}

fn tell_missing(app: &App) {
    app.tell(Message::PartMissing);
}

/// State of the lazy part as a component sees it.
struct Loading {
    part: Option<&'static LazyPart>,
    /// True if it was wanted and could not be loaded.
    is_missing: bool,
    /// Tries to load it again.
    again: Callback<()>,
}

/// Fetches the lazy part once it is `wanted`, telling the reader if that takes a while, or wanted
/// `soon`; redraws when it is loaded. Calls `failed` if it is wanted and cannot be loaded.
#[hook]
fn use_lazy(app: &AppHandle, wanted: bool, soon: bool, failed: impl Fn() + 'static) -> Loading {
    let redraw = use_force_update();
    let missing = use_state_eq(|| false);
    // Counts how often the reader has tried again.
    let asked = use_state_eq(|| 0_u32);
    use_effect_with((wanted, wanted || soon, *asked), {
        let (app, missing) = (app.clone(), missing.setter());
        move |&(wanted, fetched, _)| {
            if fetched && !is_here() {
                let there = app.clone();
                app.spawn(async move {
                    let came = when_loaded(&there, wanted).await.is_some();
                    missing.set(!came);
                    if wanted && !came {
                        failed();
                        tell_missing(&there);
                    }
                    redraw.force_update();
                });
            }
        }
    });
    Loading {
        part: LOADED.get().copied(),
        is_missing: *missing,
        again: Callback::from(move |()| {
            missing.set(false);
            asked.set(*asked + 1);
        }),
    }
}

/// Draws a dialog with the notices, once the lazy part is loaded; calls `leave` if it cannot be.
#[hook]
pub fn use_dialog(
    app: &AppHandle,
    dialog: Option<&Dialog>,
    leave: &Callback<()>,
    notices: Html,
) -> Html {
    let loading = use_lazy(app, dialog.is_some(), false, {
        let leave = leave.clone();
        move || leave.emit(())
    });
    match (dialog, loading.part) {
        (Some(dialog), Some(part)) => (part.draw)(app, dialog, leave, notices),
        _ => Html::default(),
    }
}

/// Draws a menu once the lazy part is loaded; turns to none if it cannot be.
#[hook]
pub fn use_menu(app: &AppHandle, menu: Option<Menu>, targets: &MenuTargets) -> Html {
    let loading = use_lazy(app, menu.is_some(), false, {
        let turn = targets.turn.clone();
        move || turn.emit(None)
    });
    match (menu, loading.part) {
        (Some(menu), Some(part)) => (part.menu)(app, menu, targets),
        _ => Html::default(),
    }
}

/// Something of the lazy part, depending on its state.
pub enum Part<T> {
    There(T),
    Coming,
    /// The lazy part could not be loaded.
    Missing {
        again: Callback<MouseEvent>,
    },
}

impl Loading {
    fn part<T>(&self, of: impl Fn(&LazyPart) -> T) -> Part<T> {
        match self.part {
            Some(part) => Part::There(of(part)),
            None if self.is_missing => Part::Missing {
                again: self.again.reform(|_: MouseEvent| ()),
            },
            None => Part::Coming,
        }
    }
}

/// Returns the notes' cards. If they are `wanted`, the reader is told when they take a while; if
/// they will be wanted `soon`, they are fetched silently.
#[hook]
pub fn use_cards(app: &AppHandle, wanted: bool, soon: bool) -> Part<DrawNotes> {
    let loading = use_lazy(app, wanted, soon, || {});
    match loading.part(|part| part.notes) {
        Part::Missing { .. } if !wanted => Part::Coming,
        cards => cards,
    }
}

/// Returns what draws a notice, fetched silently if there are any.
#[hook]
pub fn use_notices(app: &AppHandle, there_are: bool) -> Part<DrawNotice> {
    use_lazy(app, false, there_are, || {}).part(|part| part.notice)
}

/// Grows what a hand has selected to whole words. Without the lazy part it stays as it is.
pub fn complete_words(app: &AppHandle) {
    with_part(app, |part, app| (part.complete_words)(app));
}

/// Places the toolbar of the selection. Without the lazy part it is at the bottom edge.
pub fn place(app: &AppHandle) {
    with_part(app, |part, app| (part.place)(app));
}

/// Does what a click in the article means, apart from links. Until the lazy part is here, there are
/// no notes, and no article but the bundled one.
pub fn click(app: &AppHandle, event: &Event) {
    if let Some(part) = LOADED.get() {
        (part.click)(app, event);
    }
}

/// Shows which note of the article the pointer is over, or has left.
pub fn hover(app: &AppHandle, event: &Event, over: bool) {
    if let Some(part) = LOADED.get() {
        (part.hover)(app, event, over);
    }
}

/// Moves the focus in the toolbar of the selection, which has fetched the lazy part.
pub fn move_in_toolbar(event: KeyboardEvent) {
    if let Some(part) = LOADED.get() {
        (part.move_focus)(&event);
    }
}

/// Does something by the lazy part: at once if it is here, else when it has come.
fn with_part(app: &AppHandle, run: fn(&LazyPart, &AppHandle)) {
    if let Some(part) = LOADED.get() {
        return run(part, app);
    }
    let there = app.clone();
    app.spawn(async move {
        if let Some(part) = loaded(&there, there.backend()).await {
            run(part, &there);
        }
    });
}

/// Prepares the notes for paper. Nothing can be waited for, and there are cards if there are notes.
pub fn print(app: &AppHandle) {
    if let Some(part) = LOADED.get() {
        (part.print)(app);
    }
}
