//! The lazy part: the parts of the interface that a first visit does not need, in a module of its
//! own that is loaded when a reader first asks for something in it.
//!
//! `cargo xtask seal` splits the built program: whatever is reachable only through [`load`] goes to
//! that module. So nothing outside of this folder names an item of its files; `ui::loading` reaches
//! them through [`LazyPart`].

mod all_notes;
mod aloud;
mod colours;
mod commands;
mod contents;
mod cursor;
mod cursor_keys;
mod dialogs;
mod ends;
mod export;
mod folder;
mod given;
mod import_dialog;
mod jumps;
mod keys;
mod language;
mod library;
mod links;
mod markdown_template;
mod menus;
mod notes;
mod notices;
mod overview;
mod paper;
mod placing;
mod platform;
mod pointing;
mod reading_settings;
mod resting;
mod sharing;
mod synchronise;
mod tags;
mod waiting_files;
mod wholes;
mod your_notes;

use super::loading::{DrawNotes, LazyPart};
use crate::app::ports::BoxFuture;

/// The lazy part could not be loaded.
struct LoadError;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for LoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// The only entry point. If the program is not split, the lazy part is there already.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(lazy, fallible))]
fn load_part() -> Result<&'static LazyPart, LoadError> {
    static PART: LazyPart = LazyPart {
        speak: language::speak,
        enable: platform::enable,
        draw: dialogs::draw,
        menu: menus::draw,
        perform: dialogs::perform,
        key: cursor_keys::key,
        work: dialogs::work,
        notes: DrawNotes {
            cards: notes::draw,
            find: notes::find,
            tools: notes::tools,
            overview: overview::draw,
            ends: ends::draw,
        },
        notice: notices::draw,
        complete_words: placing::complete_words,
        more_tools: colours::more_tools,
        click: pointing::click,
        hover: pointing::hover,
        place: placing::place,
        move_focus: placing::move_focus,
        print: paper::print,
        picture: dialogs::picture,
    };
    Ok(&PART)
}

/// Fetches the lazy part; `None` if it cannot be loaded.
pub fn load() -> BoxFuture<Option<&'static LazyPart>> {
    Box::pin(async {
        #[cfg(feature = "split")]
        let part = load_part().await;
        #[cfg(not(feature = "split"))]
        let part = load_part();
        part.ok()
    })
}
