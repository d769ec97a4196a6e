//! How the browser divides texts: `Intl.Segmenter` (<https://tc39.es/ecma402/#segmenter-objects>).

use wasm_bindgen::prelude::*;

use super::js;

#[wasm_bindgen]
extern "C" {
    /// Divides texts into grapheme clusters, words or sentences.
    pub type Segmenter;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locales: &JsValue, options: &JsValue) -> Result<Segmenter, JsValue>;
    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> JsValue;
}

/// Makes a segmenter for a `grapheme`, `word` or `sentence` in a language (BCP 47), or in the
/// browser's own if that is empty or none that it knows; `None` where browsers have none.
pub fn segmenter(granularity: &str, language: &str) -> Option<Segmenter> {
    let options = js_sys::Object::new();
    js::put(&options, "granularity", &granularity.into());
    let of = |locales: &JsValue| Segmenter::new(locales, &options).ok();
    let own = || of(&JsValue::UNDEFINED);
    match language {
        "" => own(),
        language => of(&language.into()).or_else(own),
    }
}

/// Returns the offsets in bytes at which the segments of a text end, in order.
pub fn ends(segmenter: &Segmenter, text: &str) -> Vec<usize> {
    let segments = segmenter.segment(text);
    let segments = js_sys::try_iter(&segments).ok().flatten();
    let index = |segment: JsValue| js::get(&segment, "index").as_f64();
    let starts = segments.into_iter().flatten().flatten().filter_map(index);
    // From UTF-16 units to bytes; each segment ends where the next begins.
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
