//! The only code that touches the page's globals: window, document, storage, network, worker.
//!
//! Functions return typed values; what the browser refuses becomes an error that the interface can
//! report.

#![warn(missing_docs)]

pub mod afar;
pub mod aim;
pub mod backup;
pub mod bookmarks;
pub mod cards;
pub mod chaos;
pub mod cipher;
pub mod database;
pub mod dates;
pub mod draw;
pub mod elements;
mod failures;
pub mod files;
pub mod folder;
pub mod graphemes;
pub mod handles;
pub mod journal;
pub mod js;
pub mod launch;
pub mod lazy_stores;
pub mod live;
pub mod local;
pub mod network;
pub mod outline;
pub mod page;
pub mod pictures;
pub mod platform;
pub mod poison;
pub mod preferences;
pub mod print;
pub mod segmenter;
pub mod selection;
pub mod share;
pub mod shipped;
pub mod speech;
pub mod style;
pub mod system;
pub mod tab;
pub mod tabs;
pub mod texts;
pub mod typing;
pub mod update;
pub mod words;
pub mod worker;
