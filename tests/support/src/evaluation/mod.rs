//! The evaluation of anchoring: articles made of real prose, edited by a seeded editor that knows where
//! every word went, and what the finder of passages makes of them.

mod approximate;
pub mod cost;
mod document;
mod editor;
pub mod export;
mod prose;
pub mod quality;
mod quotes;
mod rivals;
mod score;
mod tables;
mod truth;
