//! From what a reader has (text, Markdown, HTML; pasted, in a file, at an address) to an
//! [`Article`](crate::model::article::Article).
//!
//! Pure and native, like the model: the browser runs it in a worker. Reading an article never
//! fails for what is in it; what cannot be shown is left out.

pub mod markdown;
