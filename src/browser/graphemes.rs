//! Grapheme clusters as the browser finds them: `Intl.Segmenter`
//! (<https://tc39.es/ecma402/#segmenter-objects>).

use wasm_bindgen::prelude::*;

use super::js;
use crate::model::graphemes;

#[wasm_bindgen]
extern "C" {
    type Segmenter;
    /// It finds grapheme clusters unless told otherwise, and those are the same in all languages.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new() -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> JsValue;
}

/// Name of the global that keeps the segmenter: to make one takes longer than to use it.
const KEPT: &str = "postilSegmenter";

/// Has the model find clusters with the browser.
pub fn install() {
    let global = js_sys::global();
    if let Ok(segmenter) = Segmenter::new() {
        js::put(&global, KEPT, &segmenter);
        graphemes::find_with(ends);
    }
}

fn ends(text: &str) -> Vec<usize> {
    let segmenter = js::get(&js_sys::global(), KEPT);
    let segments = segmenter.unchecked_ref::<Segmenter>().segment(text);
    let segments = js_sys::try_iter(&segments).ok().flatten();
    let index = |segment: JsValue| js::get(&segment, "index").as_f64();
    let starts = segments.into_iter().flatten().flatten().filter_map(index);
    // From UTF-16 units to bytes; each cluster ends where the next begins.
    let mut starts = starts.map(|start| start as usize).skip(1).peekable();
    let (mut ends, mut units) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        if starts.next_if_eq(&units).is_some() {
            ends.push(at);
        }
        units += c.len_utf16();
    }
    ends.push(text.len());
    ends
}
