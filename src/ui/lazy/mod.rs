//! The lazy part: what a first visit does not need of the interface, in a module of its own that comes
//! when a reader first asks for something in it.
//!
//! `cargo xtask seal` parts the built program: whatever only [`load`] leads to is in that module. So
//! nothing outside of this folder names what is in its files; `ui::loading` reaches them through
//! [`LazyPart`].

mod contents;
mod dialogs;
mod given;
mod keys;
mod library;
mod notes;
mod platform;
mod your_notes;

use super::loading::LazyPart;
use crate::app::ports::BoxFuture;

/// The lazy part does not come.
struct LoadError;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for LoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// The one way in. If the program is not split the lazy part is there already.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(lazy, fallible))]
fn load_part() -> Result<&'static LazyPart, LoadError> {
    static PART: LazyPart = LazyPart {
        draw: dialogs::draw,
        perform: dialogs::perform,
        work: dialogs::work,
        cards: notes::draw,
        picture: dialogs::picture,
    };
    Ok(&PART)
}

/// Fetches the lazy part; `None` if it does not come.
pub fn load() -> BoxFuture<Option<&'static LazyPart>> {
    Box::pin(async {
        #[cfg(feature = "split")]
        let part = load_part().await;
        #[cfg(not(feature = "split"))]
        let part = load_part();
        part.ok()
    })
}
