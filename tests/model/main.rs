//! Laws and fixtures of the model.

mod agreement;
mod anchoring;
mod app;
mod article;
mod bundled;
mod exchange;
mod findings;
mod hostile;
mod import;
mod languages;
mod layering;
mod notebook;
mod older_texts;
mod placements;
mod promises;
mod protocol;
mod reanchoring;
mod records;
mod resolving;
mod strategies;
mod sync;
mod text;
mod word_diff;
mod writing;
mod written_out;
