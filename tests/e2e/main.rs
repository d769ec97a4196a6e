//! End-to-end tests: what a reader does with the built site, in Chromium and in Firefox.
//!
//! `cargo xtask test e2e` builds the site and runs them; `POSTIL_DIST` and `POSTIL_AXE` tell where it and axe-core lie.

mod access;
mod all_notes;
mod anchoring;
mod bulk;
mod contrast;
mod cursor;
mod edges;
mod editing;
mod ends;
mod finding;
mod first_visit;
mod foreign;
mod harness;
mod heavy;
mod hostile;
mod keyboard;
mod language;
mod launch;
mod layouts;
mod library;
mod links;
mod main_job;
mod marking;
mod markup;
mod offline;
mod opening;
mod pages;
mod panic;
mod passages;
mod policy;
mod printing;
mod room;
mod selecting;
mod sharing;
mod storage;
mod tabs;
mod tags;
mod toolbar;
mod webkit;
mod whole_words;
mod words;
mod writing;
mod your_notes;
mod zoom;
