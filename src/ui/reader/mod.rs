//! The article and what floats about it.

mod article_view;
mod contents;
mod parts;
mod pictures_bar;
mod reader_view;
mod selection_toolbar;

pub use contents::Contents;
pub use reader_view::reader;
