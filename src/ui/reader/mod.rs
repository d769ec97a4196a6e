//! The article and the toolbar and bars around it.

mod article_view;
mod parts;
mod pictures_bar;
mod reader_view;
mod selection_toolbar;

pub use reader_view::reader;
pub use selection_toolbar::colour_face;
