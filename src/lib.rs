//! Postil: read closely, keep your notes.
//!
//! Three layers, one direction: `ui → browser → model` and `ui → model`; `model` knows nobody.
//!
//! - [`model`]: what Postil knows. Texts, articles, annotations, the notebook, the session.
//! - [`import`]: from what a reader has to an article. As pure as the model.
//! - `browser` (wasm only): the only code that touches the page's globals.
//! - `ui` (wasm only): Yew; draws a session and dispatches actions.

pub mod import;
pub mod model;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
