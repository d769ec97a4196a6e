//! Messages between page and worker as the browser sends them: an array of the JSON and the parts.

use js_sys::{Array, ArrayBuffer, Uint8Array, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::app::protocol::{Envelope, Part};

/// A message to post. A clone is the same message: nothing long is copied, and what is transferred
/// can be sent once.
#[derive(Clone)]
pub struct Sent {
    /// The message.
    pub message: Array,
    /// What is transferred and not copied.
    pub moved: Array,
}

/// Converts an envelope to a message.
pub fn of(envelope: Envelope) -> Sent {
    let message = Array::of1(&envelope.json.into());
    let moved = Array::new();
    for part in envelope.parts {
        message.push(&match part {
            Part::Text(text) => text.into(),
            Part::Bytes(bytes) => {
                let bytes = Uint8Array::from(&bytes[..]).buffer();
                moved.push(&bytes);
                bytes.into()
            }
            Part::Numbers(numbers) => Uint32Array::from(&numbers[..]).into(),
        });
    }
    Sent { message, moved }
}

/// Reads a message; `None` if it is malformed.
pub fn read(message: &JsValue) -> Option<Envelope> {
    let mut values = message.dyn_ref::<Array>()?.iter();
    let json = values.next()?.as_string()?;
    let part = |value: JsValue| {
        if let Some(text) = value.as_string() {
            return Some(Part::Text(text));
        }
        if let Some(numbers) = value.dyn_ref::<Uint32Array>() {
            return Some(Part::Numbers(numbers.to_vec()));
        }
        let bytes = value.dyn_into::<ArrayBuffer>().ok()?;
        Some(Part::Bytes(Uint8Array::new(&bytes).to_vec()))
    };
    let parts = values.map(part).collect::<Option<Vec<_>>>()?;
    Some(Envelope { json, parts })
}
