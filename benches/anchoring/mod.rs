//! The evaluation of anchoring, shared by its benchmark and its tests.

pub mod approximate;
pub mod cost;
pub mod document;
pub mod editor;
pub mod export;
#[path = "../page/figures.rs"]
#[allow(dead_code, reason = "the page's benchmarks need more of it")]
pub mod figures;
pub mod prose;
pub mod quality;
pub mod quotes;
pub mod rivals;
pub mod score;
#[path = "../page/seed.rs"]
pub mod seed;
pub mod tables;
pub mod truth;
