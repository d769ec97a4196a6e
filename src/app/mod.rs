//! The application without a browser: use cases over ports, which the browser implements.
//!
//! Everything here is native and has side effects only through a port, so the rules of the library,
//! of drafts and of the trash are tested with in-memory stores.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod catalogue;
pub mod drafts;
pub mod maintenance;
pub mod ports;
pub mod records;
pub mod session_loop;
pub mod snapshots;
pub mod trash;
