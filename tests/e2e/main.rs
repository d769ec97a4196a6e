//! End-to-end tests: what a reader does with the built site, in Chromium and in Firefox.
//!
//! `cargo xtask test --e2e` builds the site and runs them; `POSTIL_DIST` and `POSTIL_AXE` tell where it and axe-core lie.
#![allow(
    dead_code,
    reason = "the reader's vocabulary has words that no journey uses yet"
)]

mod access;
mod anchoring;
mod arrivals;
mod axe;
mod deeds;
mod driver;
mod edges;
mod editing;
mod facts;
mod files;
mod foreign;
mod hands;
mod harness;
mod heavy;
mod hostile;
mod journey;
mod keyboard;
mod layouts;
mod library;
mod main_job;
mod offline;
mod opening;
mod pages;
mod panic;
mod passages;
mod printing;
mod reader;
#[path = "../../benches/page/seed.rs"]
mod seed;
mod selecting;
mod server;
mod sharing;
mod storage;
mod thing;
mod wall;
mod writing;
mod your_notes;
