//! End-to-end tests: what a reader does with the built site, in Chromium and in Firefox.
//!
//! `cargo xtask test --e2e` builds the site and runs them; `POSTIL_DIST` names the site's folder,
//! `POSTIL_AXE` the file of axe-core.
#![allow(
    dead_code,
    reason = "the reader's vocabulary has words that no journey uses yet"
)]

mod access;
mod anchoring;
mod assertions;
mod axe;
mod driver;
mod edges;
mod editing;
mod files;
mod foreign;
mod harness;
mod heavy;
mod hostile;
mod input;
mod journey;
mod keyboard;
mod launch;
mod layouts;
mod library;
mod locator;
mod main_job;
mod offline;
mod opening;
mod pages;
mod panic;
mod passages;
mod policy;
mod printing;
mod reader;
#[path = "../../benches/page/seed.rs"]
mod seed;
mod selecting;
mod server;
mod sharing;
mod steps;
mod storage;
mod tabs;
mod words;
mod writing;
mod your_notes;
