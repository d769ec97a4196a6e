//! The worker: reads articles and Markdown, reads and writes files of notes, looks for passages, and
//! speaks with the reader's server. It
//! starts when it is first needed, so that a first visit does not load it.
//!
//! The messages between the two sides are in [`protocol`](crate::app::protocol).

pub mod afar;
pub mod client;
pub mod engine;
mod message;
pub mod server;
