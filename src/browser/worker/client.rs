//! The page's side: starts the worker when it is first needed, asks it, and gives up on it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, MessageChannel, MessageEvent, Url, Worker};

use super::message::{self, Sent};
use crate::app::ports::BoxFuture;
use crate::app::protocol::{Ask, Envelope, Picture, PictureRead, Unshown, close, open_answer};
use crate::browser::system;
use crate::model::failure::Failure;

#[wasm_bindgen]
extern "C" {
    /// Defined in `boot.js`, which knows the name of the script built from `src/bin/importer.rs`.
    /// Trusted Types allow only `boot.js` to create script addresses.
    #[wasm_bindgen(js_name = postilWorker, catch)]
    fn new_worker() -> Result<Worker, JsValue>;
}

/// Milliseconds after which a question counts as failed.
const PATIENCE: u32 = 60_000;

/// Called with the completed share, from 0 to 1.
pub type Watch = Rc<dyn Fn(f64)>;

/// A running worker.
#[derive(Clone)]
struct Started {
    worker: Worker,
    /// Resolves when the worker is ready for questions.
    ready: Promise,
    /// Rejects when the worker fails or is stopped.
    died: Promise,
    /// Makes `died` reject.
    end: Function,
}

/// The connection to the worker. Clones share it.
#[derive(Clone, Default)]
pub struct Client(Rc<Inner>);

#[derive(Default)]
struct Inner {
    started: RefCell<Option<Started>>,
    /// Number of articles being read.
    reading: Cell<u32>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    /// Stops reading an article, which fails with [`Failure::Stopped`]; false if none is being
    /// read. The worker's other questions are asked again of a new worker.
    pub fn stop_reading(&self) -> bool {
        let is_reading = self.0.reading.get() > 0;
        let started = self.0.started.borrow_mut().take_if(|_| is_reading);
        if let Some(started) = &started {
            started.worker.terminate();
            let _ = started.end.call1(&JsValue::NULL, &JsValue::NULL);
        }
        started.is_some()
    }

    /// Fetches a picture; returns an address for it, a `blob:` or `data:` one.
    ///
    /// # Errors
    /// The reason why it cannot be shown.
    pub async fn read_picture(&self, address: &str) -> Result<String, Unshown> {
        let address = address.to_owned();
        match self.ask(Picture { address }).await {
            Ok(PictureRead::Bytes { bytes, media_type }) => {
                let blob = blob_of(&bytes, &media_type).ok_or(Unshown::Refused)?;
                Url::create_object_url_with_blob(&blob).map_err(|_| Unshown::Refused)
            }
            Ok(PictureRead::Drawing(text)) => {
                let text = String::from(js_sys::encode_uri_component(&text));
                Ok(["data:image/svg+xml,", &text].concat())
            }
            Ok(PictureRead::Unshown(why)) => Err(why),
            Err(_) => Err(Unshown::Refused),
        }
    }

    /// Asks for an article; this can be stopped.
    pub async fn ask_to_read<Q: Ask>(
        &self,
        question: Q,
        watch: Watch,
    ) -> Result<Q::Answer, Failure> {
        self.0.reading.set(self.0.reading.get() + 1);
        let answer = self.send(message::of(close(question)), Some(watch)).await;
        self.0.reading.set(self.0.reading.get() - 1);
        open_answer::<Q>(answer?)
    }

    /// Asks a question, again if the worker was stopped because of another one.
    pub async fn ask<Q: Ask>(&self, question: Q) -> Result<Q::Answer, Failure> {
        let question = message::of(close(question));
        open_answer::<Q>(self.send_again(question).await?)
    }

    fn send_again(&self, question: Sent) -> BoxFuture<Result<Envelope, Failure>> {
        let client = self.clone();
        Box::pin(async move {
            match client.send(question.clone(), None).await {
                Err(Failure::Stopped) => client.send(question, None).await,
                answer => answer,
            }
        })
    }

    /// Sends a question; the answer has a channel of its own, so that questions do not mix.
    fn send(&self, question: Sent, watch: Option<Watch>) -> BoxFuture<Result<Envelope, Failure>> {
        let client = self.clone();
        Box::pin(async move { client.send_now(question, watch).await })
    }

    async fn send_now(&self, question: Sent, watch: Option<Watch>) -> Result<Envelope, Failure> {
        let started = self.start().await?;
        let channel = MessageChannel::new().map_err(|_| Failure::NotLoaded)?;
        let Sent { message, moved } = question;
        let moved = moved.concat(&Array::of1(&channel.port2()));
        let port = channel.port1();
        let answer = promise_of(&started.died, watch, |listen| {
            port.set_onmessage(Some(listen));
        });
        started
            .worker
            .post_message_with_transfer(&message, &moved)
            .map_err(|_| Failure::NotLoaded)?;
        let answer = JsFuture::from(answer)
            .await
            .map_err(|error| failure(&error));
        port.close();
        port.set_onmessage(None);
        if answer.as_ref().is_err_and(|why| *why != Failure::Stopped) {
            // It is still busy or dead: the next question gets a new worker.
            started.worker.terminate();
            self.0.started.take();
        }
        message::read(&answer?).ok_or(Failure::NotLoaded)
    }

    async fn start(&self) -> Result<Started, Failure> {
        let present = self.0.started.borrow().clone();
        let started = match present {
            Some(started) => started,
            None => {
                let worker = new_worker().map_err(|_| Failure::NotLoaded)?;
                let (died, end) = death_of(&worker);
                let ready = promise_of(&died, None, |listen| worker.set_onmessage(Some(listen)));
                let new = Started {
                    worker,
                    ready,
                    died,
                    end,
                };
                self.0.started.replace(Some(new.clone()));
                new
            }
        };
        match JsFuture::from(started.ready.clone()).await {
            Ok(_) => Ok(started),
            Err(error) => {
                let why = failure(&error);
                if why != Failure::Stopped {
                    self.0.started.take();
                }
                Err(why)
            }
        }
    }
}

/// Why there is no answer: `true` stands for a timeout, `null` for a stop.
fn failure(why: &JsValue) -> Failure {
    if why.is_null() {
        Failure::Stopped
    } else if why.is_truthy() {
        Failure::TooSlow
    } else {
        Failure::NotLoaded
    }
}

/// Returns a promise that rejects when the worker fails, and the function that rejects it.
fn death_of(worker: &Worker) -> (Promise, Function) {
    // Not `Function::new`, which would compile text as code.
    let mut end: Function = JsValue::UNDEFINED.unchecked_into();
    let died = Promise::new(&mut |_, failed| {
        end = failed.clone();
        let error = Closure::once_into_js(move |_event: JsValue| {
            let _ = failed.call1(&JsValue::NULL, &JsValue::FALSE);
        });
        worker.set_onerror(Some(error.unchecked_ref()));
    });
    (died, end)
}

/// Returns a promise of what comes first: a message to the callback given to `listen`, the worker's
/// end, or the timeout. Messages that only report progress go to `watch`.
fn promise_of(died: &Promise, watch: Option<Watch>, listen: impl FnOnce(&Function)) -> Promise {
    let mut listen = Some(listen);
    let answer = Promise::new(&mut |done, failed| {
        let watch = watch.clone();
        let message = move |event: MessageEvent| {
            let data = event.data();
            // A number is the completed share.
            match (data.as_f64(), &watch) {
                (Some(share), Some(watch)) => watch(share),
                (Some(_), None) => {}
                (None, _) => {
                    let _ = done.call1(&JsValue::NULL, &data);
                }
            }
        };
        // It lives as long as the port holds it.
        let message = Closure::<dyn Fn(MessageEvent)>::new(message).into_js_value();
        if let Some(listen) = listen.take() {
            listen(message.unchecked_ref());
        }
        system::after(PATIENCE, move || {
            let _ = failed.call1(&JsValue::NULL, &JsValue::TRUE);
        });
    });
    Promise::race(&Array::of2(&answer, died))
}

fn blob_of(bytes: &[u8], media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}
