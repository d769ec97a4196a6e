//! Reads words aloud with the voices of the system
//! (<https://webaudio.github.io/web-speech-api/#tts-section>).

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::js;
use crate::model::voices;

/// The events of an utterance that count.
const EVENTS: [&str; 3] = ["onstart", "onend", "onerror"];

/// What has become of words that are read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// They are being read.
    Begun,
    /// They were read to the end.
    Done,
    /// They cannot be read.
    Failed,
}

/// Words that are read aloud; dropping it ends that.
pub struct Utterance {
    utterance: JsValue,
    /// Browsers forget an utterance that nobody holds, and its events with it.
    _heard: [Closure<dyn FnMut()>; EVENTS.len()],
}

fn engine() -> JsValue {
    js::get(&js_sys::global(), "speechSynthesis")
}

/// True if this browser can read aloud.
pub fn is_there() -> bool {
    engine().is_object()
}

/// Reads words of a language aloud (BCP 47, may be empty), and tells what becomes of that; `None` if
/// the browser refuses.
pub fn speak(
    words: &str,
    language: &str,
    tell: impl Fn(Spoken) + Clone + 'static,
) -> Option<Utterance> {
    let utterance = js::make("SpeechSynthesisUtterance", &[&words.into()])?;
    if !language.is_empty() {
        js::put(&utterance, "lang", &language.into());
        if let Some(voice) = voice(language) {
            js::put(&utterance, "voice", &voice);
        }
    }
    let heard = [Spoken::Begun, Spoken::Done, Spoken::Failed].map(|spoken| {
        let tell = tell.clone();
        Closure::<dyn FnMut()>::new(move || tell(spoken))
    });
    for (name, heard) in EVENTS.into_iter().zip(&heard) {
        js::put(&utterance, name, heard.as_ref());
    }
    // What is left of an earlier page, or stands still, would hold it up.
    let engine = engine();
    let _ = js::call(&engine, "cancel", &[]);
    js::call(&engine, "speak", &[&utterance])?;
    Some(Utterance {
        utterance,
        _heard: heard,
    })
}

/// Returns the voice for a language; `None` leaves the choice to the browser.
fn voice(language: &str) -> Option<JsValue> {
    let all = js::call(&engine(), "getVoices", &[])?;
    let all: Vec<JsValue> = Array::from(&all).iter().collect();
    let of = |voice: &JsValue| {
        let language = js::get(voice, "lang").as_string().unwrap_or_default();
        (language, js::get(voice, "default").is_truthy())
    };
    let known: Vec<(String, bool)> = all.iter().map(of).collect();
    let known = known
        .iter()
        .map(|(language, is_default)| (&**language, *is_default));
    all.get(voices::best(known, language)?).cloned()
}

impl Drop for Utterance {
    fn drop(&mut self) {
        for name in EVENTS {
            js::put(&self.utterance, name, &JsValue::NULL);
        }
        let _ = js::call(&engine(), "cancel", &[]);
    }
}
