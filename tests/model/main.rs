//! Laws and fixtures of the model.

mod anchoring;
mod article;
mod bundled;
mod exchange;
mod import;
mod layering;
mod marks;
mod notebook;
mod strategies;
mod text;
