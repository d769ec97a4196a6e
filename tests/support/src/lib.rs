//! What the tests and the benchmarks of Postil share: a reader in a real browser, chance that is the
//! same in every run, figures, and the evaluation of anchoring.

#[cfg(feature = "browsers")]
mod assertions;
#[cfg(feature = "browsers")]
pub mod axe;
#[cfg(feature = "browsers")]
pub mod driver;
pub mod evaluation;
pub mod figures;
#[cfg(feature = "browsers")]
pub mod files;
pub mod hostile;
#[cfg(feature = "browsers")]
mod input;
#[cfg(feature = "browsers")]
pub mod journey;
#[cfg(feature = "browsers")]
pub mod locator;
#[cfg(feature = "browsers")]
pub mod reader;
pub mod reading;
pub mod seed;
#[cfg(feature = "browsers")]
pub mod server;
#[cfg(feature = "browsers")]
pub mod steps;
