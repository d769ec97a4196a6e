//! The worker's side: answers every question.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

use super::message;
use crate::app::protocol::{Envelope, Question};

/// What the worker says when it can be spoken to.
const READY: &str = "ready";

/// Runs something beside the questions.
pub fn start_task(task: impl Future<Output = ()> + 'static) {
    spawn_local(task);
}

/// Where the worker tells how much of what it was asked is done.
#[derive(Clone)]
pub struct ProgressSender(MessagePort);

impl ProgressSender {
    /// Tells the share, from 0 to 1. The page hears of it while the worker goes on.
    pub fn tell(&self, share: f32) {
        let _ = self.0.post_message(&f64::from(share).into());
    }
}

/// Answers every question with `answer`. What is no question is not answered: it comes from another
/// build, and the page gives up on it.
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
