//! AES-GCM by the browser (<https://www.w3.org/TR/WebCryptoAPI/>), in the worker.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;

use super::handles::call;
use super::js::{self, get, put};
use crate::app::ports::BoxFuture;
use crate::app::sync::sealing::{Cipher, Key};

/// Bytes of a nonce (NIST SP 800-38D, §8.2.2: drawn at random).
const NONCE: usize = 12;
const ALGORITHM: &str = "AES-GCM";
const SEAL: &str = "encrypt";
const OPEN: &str = "decrypt";

/// The key used last, as the browser has it.
type Held = Rc<RefCell<Option<(Key, JsValue)>>>;

/// The browser's cipher.
#[derive(Default)]
pub struct BrowserCipher(Held);

/// True if the browser seals for this page: it does only for one that came over a safe connection.
pub fn is_there() -> bool {
    subtle().is_object()
}

/// Draws bytes at random.
///
/// # Panics
/// If the browser draws none: nothing may be sealed then.
pub fn random<const N: usize>() -> [u8; N] {
    let drawn = Uint8Array::from(&[0; N][..]);
    let crypto = get(&js_sys::global(), "crypto");
    let done = js::call(&crypto, "getRandomValues", &[&drawn]);
    assert!(done.is_some(), "the browser draws random bytes");
    let mut bytes = [0; N];
    drawn.copy_to(&mut bytes);
    bytes
}

fn subtle() -> JsValue {
    get(&get(&js_sys::global(), "crypto"), "subtle")
}

/// Encrypts or decrypts; `None` if the browser does not.
async fn apply(
    held: &Held,
    method: &str,
    key: &Key,
    name: &str,
    (nonce, bytes): (&[u8], &[u8]),
) -> Option<Vec<u8>> {
    let known = held.borrow().clone().filter(|(known, _)| known == key);
    let key = match known {
        Some((_, imported)) => imported,
        None => {
            let imported = import(key).await.ok()?;
            held.replace(Some((*key, imported.clone())));
            imported
        }
    };
    let parameters = Object::new();
    put(&parameters, "name", &ALGORITHM.into());
    put(&parameters, "iv", &Uint8Array::from(nonce));
    let name = Uint8Array::from(name.as_bytes());
    put(&parameters, "additionalData", &name);
    let arguments = Array::of3(&parameters, &key, &Uint8Array::from(bytes));
    let done = call(&subtle(), method, &arguments).await.ok()?;
    Some(Uint8Array::new(&done).to_vec())
}

async fn import(key: &Key) -> Result<JsValue, JsValue> {
    let uses = Array::of2(&SEAL.into(), &OPEN.into());
    let arguments: [JsValue; 5] = [
        "raw".into(),
        Uint8Array::from(&key[..]).into(),
        ALGORITHM.into(),
        false.into(),
        uses.into(),
    ];
    call(&subtle(), "importKey", &arguments.iter().collect()).await
}

impl Cipher for BrowserCipher {
    /// # Panics
    /// If the browser does not seal: nothing may go out unsealed then.
    fn seal(&self, key: &Key, name: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>> {
        let (held, key, name) = (self.0.clone(), *key, name.to_owned());
        Box::pin(async move {
            let nonce = random::<NONCE>();
            let sealed = apply(&held, SEAL, &key, &name, (&nonce, &bytes)).await;
            match sealed {
                Some(sealed) => [&nonce[..], &sealed].concat(),
                None => panic!("the browser seals"),
            }
        })
    }

    fn open(&self, key: &Key, name: &str, sealed: Vec<u8>) -> BoxFuture<Option<Vec<u8>>> {
        let (held, key, name) = (self.0.clone(), *key, name.to_owned());
        Box::pin(async move {
            let parts = sealed.split_at_checked(NONCE)?;
            apply(&held, OPEN, &key, &name, parts).await
        })
    }
}
