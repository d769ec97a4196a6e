//! The lazy part: what a first visit does not need of the interface, in a module of its own that comes
//! when a reader first asks for something in it.
//!
//! `cargo xtask seal` parts the built program: whatever only [`load`] leads to is in that module.
//! So nothing outside of this folder names what is in its files; they are reached by [`LazyPart`].

mod collection;
mod contents;
mod dialogs;
mod exchange;
mod keys;
mod library;
mod notes;
mod opening;
mod placement;
mod storage;
mod texts;
mod your_notes;

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, Event, File};
use yew::prelude::*;

use super::hooks::AppHandle;
use super::notes as panel;
use crate::browser::launch::Launch;
use crate::model::annotation::Annotation;
use crate::model::article::ArticleId;
use crate::model::exchange::format::Format;
use crate::model::failure::Failure;
use crate::model::notice::Message;
use crate::model::session::Action;

/// What is shown over the article.
#[derive(Clone, PartialEq)]
pub enum Dialog {
    /// "Open article", with what was pasted onto the page.
    Open(Pasted),
    /// What came by itself, and waits for the reader to agree.
    Launch(Launch),
    /// The list of keys.
    Keys,
    /// "Your notes".
    YourNotes,
    /// The articles that were opened.
    Library,
    /// The headings of the article.
    Contents,
}

/// What was pasted: its text, and its HTML where it has some.
#[derive(Clone, Default, PartialEq)]
pub struct Pasted {
    pub text: AttrValue,
    pub html: Option<Rc<str>>,
}

impl Pasted {
    /// What a paste event brings, if there are words in it.
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

/// What the lazy part does.
pub enum Command {
    /// A file is opened, or its notes are imported.
    TakeFile(File),
    /// What the system opens with the app: <https://wicg.github.io/web-app-launch/>.
    TakeLaunched(JsValue),
    /// Notes are read from a file.
    ImportNotes(File),
    /// The notes of the open article become a file.
    Export(Format),
    /// Every note becomes a file.
    DownloadAll,
    /// What is being read is given up.
    StopReading,
    /// The other text of the page is shown.
    ShowOther,
    /// An article is put back, with the notes that were on it.
    PutBack(ArticleId, Vec<Rc<Annotation>>),
    /// Notes are looked for, and older texts let go; then this is called.
    Place(Box<dyn FnOnce()>),
    /// Once a day.
    Daily,
    /// After edits; it is time for a reminder where there are so many of them.
    BackUp { edits: Option<u32> },
}

/// The ways into the lazy part.
pub struct LazyPart {
    draw: fn(&AppHandle, &Dialog, &Callback<()>, Html) -> Html,
    perform: fn(&AppHandle, Command),
    cards: DrawCards,
}

/// Draws the cards of a panel.
pub type DrawCards = fn(&panel::Props, panel::Found) -> Html;

/// Milliseconds of loading after which the reader is told.
const UNTOLD: u32 = 300;

thread_local! {
    static LOADED: Cell<Option<&'static LazyPart>> = const { Cell::new(None) };
}

/// The lazy part does not come.
struct LoadError;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for LoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// The one way in. Where the program is not split the lazy part is there already.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(lazy, fallible))]
fn load() -> Result<&'static LazyPart, LoadError> {
    static PART: LazyPart = LazyPart {
        draw: dialogs::draw,
        perform: dialogs::perform,
        cards: notes::draw,
    };
    Ok(&PART)
}

/// Whether the lazy part is there.
pub fn is_here() -> bool {
    LOADED.get().is_some()
}

async fn loaded() -> Option<&'static LazyPart> {
    if !is_here() {
        #[cfg(feature = "split")]
        let lazy = load().await;
        #[cfg(not(feature = "split"))]
        let lazy = load();
        LOADED.set(lazy.ok());
    }
    LOADED.get()
}

/// Has the lazy part do something, once it is there.
pub fn send(app: &AppHandle, command: Command) {
    let app = app.clone();
    // Of what the reader has not asked for nothing is told.
    let by_itself = |command: &Command| {
        matches!(
            command,
            Command::Place(_) | Command::Daily | Command::BackUp { .. }
        )
    };
    let is_asked = !by_itself(&command);
    spawn_local(async move {
        match (when_loaded(&app, is_asked).await, command) {
            (Some(lazy), command) => (lazy.perform)(&app, command),
            (None, Command::Place(done)) => {
                done();
                give_up_placing(&app);
            }
            (None, _) if is_asked => tell_missing(&app),
            (None, _) => {}
        }
    });
}

/// The lazy part, when it is there; what takes a while is told.
async fn when_loaded(app: &AppHandle, is_asked: bool) -> Option<&'static LazyPart> {
    let teller = app.clone();
    let waiting = (is_asked && !is_here())
        .then(|| Timeout::new(UNTOLD, move || teller.tell(Message::Loading)));
    let lazy = loaded().await;
    if waiting.is_some() {
        drop(waiting);
        app.send(Action::Progress { percent: None });
    }
    lazy
}

fn give_up_placing(app: &AppHandle) {
    if let Some(article) = &app.session().article {
        app.send(Action::GiveUp {
            digest: article.digest().clone(),
            why: Failure::NotLoaded,
        });
    }
}

fn tell_missing(app: &AppHandle) {
    app.tell(Message::PartMissing);
}

/// A dialog with the messages in it, once the lazy part is there; `leave` where it does not come.
#[hook]
pub fn use_dialog(
    app: &AppHandle,
    dialog: Option<&Dialog>,
    leave: &Callback<()>,
    notices: Html,
) -> Html {
    let redraw = use_force_update();
    use_effect_with(dialog.is_some(), {
        let (app, leave) = (app.clone(), leave.clone());
        move |wanted| {
            if *wanted && !is_here() {
                spawn_local(async move {
                    if when_loaded(&app, true).await.is_none() {
                        leave.emit(());
                        tell_missing(&app);
                    }
                    redraw.force_update();
                });
            }
        }
    });
    match (dialog, LOADED.get()) {
        (Some(dialog), Some(lazy)) => (lazy.draw)(app, dialog, leave, notices),
        _ => Html::default(),
    }
}

/// The notes' cards, as far as the lazy part is there.
pub enum Cards {
    There(DrawCards),
    Coming,
    /// The lazy part has not come.
    Missing {
        again: Callback<MouseEvent>,
    },
}

/// The notes' cards: of `wanted` ones it is told that they take a while; those that will be wanted
/// `soon` are fetched in silence.
#[hook]
pub fn use_cards(app: &AppHandle, wanted: bool, soon: bool) -> Cards {
    let redraw = use_force_update();
    let missing = use_state_eq(|| false);
    // Counts the times that the reader has asked again.
    let asked = use_state_eq(|| 0_u32);
    use_effect_with((wanted, wanted || soon, *asked), {
        let (app, missing) = (app.clone(), missing.setter());
        move |&(wanted, fetched, _)| {
            if fetched && !is_here() {
                spawn_local(async move {
                    let came = when_loaded(&app, wanted).await.is_some();
                    missing.set(!came);
                    if wanted && !came {
                        tell_missing(&app);
                    }
                    redraw.force_update();
                });
            }
        }
    });
    match LOADED.get() {
        Some(lazy) => Cards::There(lazy.cards),
        None if wanted && *missing => Cards::Missing {
            again: Callback::from(move |_: MouseEvent| {
                missing.set(false);
                asked.set(*asked + 1);
            }),
        },
        None => Cards::Coming,
    }
}
