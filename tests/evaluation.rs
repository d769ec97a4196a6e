//! Tests of the evaluation of anchoring. They stand beside the code they test, in
//! `benches/anchoring/`, where no test harness would run them.
#![allow(dead_code, reason = "only the benchmark measures")]

#[path = "../benches/anchoring/mod.rs"]
mod anchoring;
