//! Grapheme clusters as the browser finds them.

use wasm_bindgen::JsCast;

use super::js;
use super::segmenter::{self, Segmenter};
use crate::model::graphemes;

/// Name of the global that keeps the segmenter: to make one takes longer than to use it.
const KEPT: &str = "postilSegmenter";

/// Has the model find clusters with the browser.
pub fn install() {
    // Those are the same in all languages.
    if let Some(segmenter) = segmenter::segmenter("grapheme", "") {
        js::put(&js_sys::global(), KEPT, &segmenter);
        graphemes::find_with(ends);
    }
}

fn ends(text: &str) -> Vec<usize> {
    let kept = js::get(&js_sys::global(), KEPT);
    segmenter::ends(kept.unchecked_ref::<Segmenter>(), text)
}
