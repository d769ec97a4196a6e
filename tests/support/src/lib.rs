//! What the tests, the benchmarks and the fuzzing of Postil share.
//!
//! With the feature `browsers`: a reader in a real browser, who finds things by role and name,
//! with `steps` that journeys are made of. Without it: texts for the importers with the laws of what
//! they give ([`reading`]), chance that is the same in every run ([`seed`]), [`figures`], and the
//! [`evaluation`] of anchoring.
#![warn(missing_docs)]

#[cfg(feature = "browsers")]
mod assertions;
#[cfg(feature = "browsers")]
pub mod axe;
pub mod couch;
#[cfg(feature = "browsers")]
pub mod driver;
pub mod evaluation;
pub mod figures;
#[cfg(feature = "browsers")]
pub mod files;
#[cfg(feature = "browsers")]
pub mod grid;
pub mod hostile;
#[cfg(feature = "browsers")]
mod input;
#[cfg(feature = "browsers")]
pub mod journey;
#[cfg(feature = "browsers")]
pub mod locator;
#[cfg(feature = "browsers")]
pub mod picture;
pub mod processes;
#[cfg(feature = "browsers")]
pub mod reader;
pub mod reading;
#[cfg(feature = "browsers")]
pub mod screens;
pub mod seed;
#[cfg(feature = "browsers")]
pub mod server;
#[cfg(feature = "browsers")]
pub mod steps;
#[cfg(feature = "browsers")]
pub mod synchronising;
