//! The network: fetches an address on the reader's request, in the worker.

use gloo::timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials};
use web_sys::{RequestInit, RequestMode, Response, WorkerGlobalScope};

/// Milliseconds after which a site counts as not answering.
const PATIENCE: u32 = 15_000;
/// Maximum number of bytes of an article.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// Maximum number of bytes of a picture.
pub const LARGEST_PICTURE: usize = 10 * 1024 * 1024;

/// A response from an address.
pub struct Fetched {
    /// The final address, after redirects.
    pub address: String,
    /// The content type as the site states it.
    pub content_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why an address could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// The request failed. A page cannot tell a site's refusal from being offline.
    #[error(
        "this site does not let other sites read its pages, or you are offline. Open the page \
         yourself, then save it as a file or copy its text, and open that here"
    )]
    Refused,
    /// The site took too long.
    #[error("the site did not answer within 15 seconds")]
    Silent,
    /// The site answered with this error status.
    #[error("the site answered with error {0}")]
    Status(u16),
    /// The response is larger than the limit.
    #[error("the page is larger than 20 MB")]
    TooLarge,
}

/// Fetches at most `most` bytes, without credentials or referrer. If the site states the length,
/// `watch` receives the share that has arrived.
pub async fn fetch(address: &str, most: usize, watch: &dyn Fn(f32)) -> Result<Fetched, FetchError> {
    let abort = AbortController::new().map_err(|_| FetchError::Refused)?;
    let signal = abort.signal();
    let patience = Timeout::new(PATIENCE, move || abort.abort());
    let options = RequestInit::new();
    options.set_mode(RequestMode::Cors);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&signal));
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let answer = JsFuture::from(scope.fetch_with_str_and_init(address, &options)).await;
    let failure = || {
        if signal.aborted() {
            FetchError::Silent
        } else {
            FetchError::Refused
        }
    };
    let response: Response = answer.map_err(|_| failure())?.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let bytes = body(&response, most, watch).await?.ok_or_else(failure)?;
    drop(patience);
    let content_type = response.headers().get("content-type").ok().flatten();
    let address = if response.url().is_empty() {
        address.to_owned()
    } else {
        response.url()
    };
    Ok(Fetched {
        address,
        content_type: content_type.unwrap_or_default(),
        bytes,
    })
}

/// Reads the body of a response up to a limit; `None` if the connection broke.
async fn body(
    response: &Response,
    most: usize,
    watch: &dyn Fn(f32),
) -> Result<Option<Vec<u8>>, FetchError> {
    // For a compressed body it is too small; progress is no longer reported once it is exceeded.
    let length = response.headers().get("content-length").ok().flatten();
    let length = length.and_then(|length| length.parse::<usize>().ok());
    let Some(stream) = response.body() else {
        return Ok(Some(Vec::new()));
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let Ok(part) = JsFuture::from(reader.read()).await else {
            return Ok(None);
        };
        let field = |name: &str| Reflect::get(&part, &JsValue::from_str(name)).unwrap_or_default();
        if field("done").is_truthy() {
            return Ok(Some(bytes));
        }
        bytes.extend(Uint8Array::new(&field("value")).to_vec());
        if let Some(length) = length.filter(|length| *length >= bytes.len()) {
            watch(bytes.len() as f32 / length as f32);
        }
        if bytes.len() > most {
            let _ = reader.cancel();
            return Err(FetchError::TooLarge);
        }
    }
}
