//! What the program does, without a browser: the use cases, over ports that the browser fills.
//!
//! Everything here is native and has no side effect but by a port: so the rules of the library, of
//! drafts and of the trash are tested with stores in memory.

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
