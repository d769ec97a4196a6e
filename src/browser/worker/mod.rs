//! The worker: reads articles and Markdown, reads and writes files of notes, looks for passages.
//! Started when it is first needed, so that a first visit does not load what it does not use.
//!
//! What the two sides say to each other is in [`protocol`](crate::app::protocol).

pub mod client;
pub mod engine;
mod message;
pub mod server;
