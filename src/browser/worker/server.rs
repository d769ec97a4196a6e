//! The worker's side: answers every question.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

use super::message;
use crate::app::protocol::{Envelope, Question};

/// Posted by the worker when it is ready for questions.
const READY: &str = "ready";

/// Runs a task alongside the questions.
pub fn start_task(task: impl Future<Output = ()> + 'static) {
    spawn_local(task);
}

/// Reports progress on a question to the page.
#[derive(Clone)]
pub struct ProgressSender(MessagePort);

impl ProgressSender {
    /// Reports the completed share, from 0 to 1. The page receives it while the worker continues.
    pub fn tell(&self, share: f32) {
        let _ = self.0.post_message(&f64::from(share).into());
    }
}

/// Answers every question with `answer`. Anything else gets no answer: it comes from another build,
/// and the page gives up on it.
pub fn serve(answer: impl AsyncFn(Question, ProgressSender) -> Envelope + 'static) {
    let answer = Rc::new(answer);
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let answer = answer.clone();
        let port: MessagePort = event.ports().get(0).unchecked_into();
        let Some(question) = message::read(&event.data()).and_then(Question::open) else {
            let _ = port.post_message(&JsValue::NULL);
            return;
        };
        spawn_local(async move {
            let answer = answer(question, ProgressSender(port.clone())).await;
            let sent = message::of(answer);
            let _ = port.post_message_with_transferable(&sent.message, &sent.moved);
        });
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}
