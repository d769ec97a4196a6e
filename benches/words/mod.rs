//! How many of a page's words survive the import, and which do not.

pub mod count;
#[path = "../page/figures.rs"]
#[allow(dead_code, reason = "the page's benchmarks need more of it")]
pub mod figures;
pub mod files;
pub mod markdown;
pub mod page;
pub mod tables;
