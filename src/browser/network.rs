//! The network: fetches an address on the reader's request, and speaks with the reader's server, in
//! the worker.

use gloo::timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, ReadableStreamDefaultReader, ReferrerPolicy};
use web_sys::{RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect};
use web_sys::{Response, WorkerGlobalScope};

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
///
/// # Errors
/// See [`FetchError`]. No page of the web makes a reader's machine ask itself: the policy lets its
/// addresses through for databases.
pub async fn fetch(address: &str, most: usize, watch: &dyn Fn(f32)) -> Result<Fetched, FetchError> {
    if is_of_this_machine(address) && !is_of_this_machine(&origin()) {
        return Err(FetchError::Refused);
    }
    let (options, deadline) = options_with(PATIENCE)?;
    let response = answer(address, &options, &deadline).await?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let bytes = body(&response, most, watch).await?;
    let bytes = bytes.ok_or_else(|| deadline.failure())?;
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

/// A request to a server that the reader has an account with.
pub struct Sent<'a> {
    /// The method.
    pub method: &'a str,
    /// The address.
    pub address: &'a str,
    /// The value of the header `Authorization`, if there is one.
    pub authorization: Option<&'a str>,
    /// The body, as JSON.
    pub body: Option<&'a str>,
    /// Milliseconds after which the server counts as not answering.
    pub patience: u32,
    /// Maximum number of bytes of the answer.
    pub most: usize,
}

/// Sends a request, with no credentials but those given; returns the status and the bytes of the
/// answer.
///
/// # Errors
/// See [`FetchError`]; a status is none.
pub async fn send(sent: &Sent<'_>) -> Result<(u16, Vec<u8>), FetchError> {
    let (options, deadline) = options_with(sent.patience)?;
    options.set_method(sent.method);
    options.set_cache(RequestCache::NoStore);
    // A password must not follow to another server.
    options.set_redirect(RequestRedirect::Error);
    let headers = Headers::new().map_err(|_| FetchError::Refused)?;
    let mut lines = vec![("accept", "application/json")];
    lines.extend(sent.authorization.map(|value| ("authorization", value)));
    lines.extend(sent.body.map(|_| ("content-type", "application/json")));
    for (name, value) in lines {
        let set = headers.set(name, value);
        set.map_err(|_| FetchError::Refused)?;
    }
    options.set_headers(&headers);
    if let Some(body) = sent.body {
        options.set_body(&body.into());
    }
    let response = answer(sent.address, &options, &deadline).await?;
    let bytes = body(&response, sent.most, &|_| {}).await?;
    let bytes = bytes.ok_or_else(|| deadline.failure())?;
    Ok((response.status(), bytes))
}

/// True if a server answers there, whether or not it lets this page read the answer.
pub async fn is_answered(address: &str) -> bool {
    let Ok((options, deadline)) = options_with(PATIENCE) else {
        return false;
    };
    options.set_mode(RequestMode::NoCors);
    answer(address, &options, &deadline).await.is_ok()
}

/// True if an address is one that the policy lets through without a safe connection.
fn is_of_this_machine(address: &str) -> bool {
    let rest = address.strip_prefix("http://");
    rest.is_some_and(|rest| {
        ["localhost", "127.0.0.1"]
            .iter()
            .any(|host| rest.starts_with(host))
    })
}

/// The origin of this site.
fn origin() -> String {
    let origin = Reflect::get(&js_sys::global(), &JsValue::from_str("origin"));
    let origin = origin.ok().and_then(|origin| origin.as_string());
    origin.unwrap_or_default()
}

/// Aborts a request that takes too long.
struct Deadline {
    signal: AbortSignal,
    _patience: Timeout,
}

impl Deadline {
    fn failure(&self) -> FetchError {
        match self.signal.aborted() {
            true => FetchError::Silent,
            false => FetchError::Refused,
        }
    }
}

fn options_with(patience: u32) -> Result<(RequestInit, Deadline), FetchError> {
    let abort = AbortController::new().map_err(|_| FetchError::Refused)?;
    let signal = abort.signal();
    let options = RequestInit::new();
    options.set_mode(RequestMode::Cors);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&signal));
    let deadline = Deadline {
        signal,
        _patience: Timeout::new(patience, move || abort.abort()),
    };
    Ok((options, deadline))
}

async fn answer(
    address: &str,
    options: &RequestInit,
    deadline: &Deadline,
) -> Result<Response, FetchError> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let answer = JsFuture::from(scope.fetch_with_str_and_init(address, options)).await;
    let response = answer.map_err(|_| deadline.failure())?;
    Ok(response.unchecked_into())
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
