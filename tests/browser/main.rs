//! Tests of the browser layer in a real browser: drawing, painting, selecting, keeping.
//!
//! `cargo xtask test wasm` runs these in Chromium and in Firefox.
#![cfg(target_arch = "wasm32")]

mod dates;
mod languages;
mod page;
mod shipped;
mod sync;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
