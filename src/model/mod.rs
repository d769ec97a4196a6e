//! The model: what Postil knows, without a browser, clock, randomness, input or output.
//!
//! Start at [`article`] (what is read), [`annotation`] (what is kept of it) and [`session`] (the
//! one transition function everything goes through).

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod address;
pub mod all_notes;
pub mod anchoring;
pub mod annotation;
pub mod article;
pub mod base64;
pub mod bookmark;
pub mod colour_names;
pub mod commands;
pub mod cursor;
pub mod digest;
pub mod ends;
pub mod exchange;
pub mod failure;
pub mod file_name;
pub mod findings;
pub mod fnv;
pub mod folder;
pub mod folding;
pub mod graphemes;
pub mod headings;
pub mod history;
pub mod key;
pub mod library;
pub mod links;
pub mod look;
pub mod makers;
pub mod margin;
pub mod markdown;
pub mod markup;
pub mod note_lines;
pub mod notebook;
pub mod notice;
pub mod older_texts;
pub mod order;
pub mod overview;
pub mod own_keys;
pub mod page_import;
pub mod passages;
pub mod placements;
pub mod query;
pub mod session;
pub mod sheet;
pub mod sync;
pub mod tagging;
pub mod tags;
pub mod tally;
pub mod templates;
pub mod text;
pub mod text_fragment;
pub mod toolbar;
pub mod voices;
pub mod wholes;
pub mod word_diff;
pub mod words;
pub mod year;
