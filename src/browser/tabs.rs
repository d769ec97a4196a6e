//! The other tabs: passes on at once what is written here, and lists the tabs that are open.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use super::js::{call, get, put};
use crate::model::sync::agreement::Pair;
use crate::model::sync::version::ReplicaId;

const CHANNEL: &str = "postil";
/// Prefix of the name of the lock that a tab holds while it lives; the name of its run follows.
const LOCK: &str = "postil/";

#[wasm_bindgen]
extern "C" {
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, run: &Function) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = request)]
    fn request_with(
        this: &Locks,
        name: &str,
        options: &JsValue,
        run: &Function,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn query(this: &Locks) -> Result<Promise, JsValue>;
}

/// The channel to the other tabs; closed until [`Tabs::join`].
#[derive(Default)]
pub struct Tabs(RefCell<Option<BroadcastChannel>>);

impl Tabs {
    /// Announces this tab, whose run is named `own`, to the other tabs; calls back with what they
    /// send, unread.
    pub fn join(&self, own: &ReplicaId, hear: Rc<dyn Fn(Vec<Pair>)>) {
        hold_lock(own);
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
            return;
        };
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            hear(pairs_in(&event.data()));
        });
        channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        self.0.replace(Some(channel));
    }

    /// Sends the other tabs what was written, or sums of this tab's records.
    pub fn tell(&self, pairs: &[Pair]) {
        let message = Array::new();
        for (name, text) in pairs {
            message.push(&JsValue::from_str(name));
            message.push(&JsValue::from_str(text));
        }
        if let Some(channel) = self.0.borrow().as_ref().filter(|_| !pairs.is_empty()) {
            let _ = channel.post_message(&message);
        }
    }
}

/// Calls back whenever anything is said between tabs, also by this one, until it is dropped.
pub struct Overhearing {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Overhearing {
    /// Joins the channel; `None` if the browser has none.
    pub fn begin(run: impl Fn() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let listener = EventListener::new(&channel, "message", move |_| run());
        Some(Self {
            channel,
            _listener: listener,
        })
    }
}

impl Drop for Overhearing {
    fn drop(&mut self) {
        call(&self.channel, "close", &[]);
    }
}

fn pairs_in(message: &JsValue) -> Vec<Pair> {
    let Some(parts) = message.dyn_ref::<Array>() else {
        return Vec::new();
    };
    let parts: Vec<String> = parts.iter().filter_map(|part| part.as_string()).collect();
    let pairs = parts.chunks_exact(2);
    let pairs = pairs.map(|pair| (pair[0].clone(), Rc::from(&*pair[1])));
    pairs.collect()
}

fn locks() -> Option<Locks> {
    let navigator = super::system::window().navigator();
    let locks = get(&navigator, "locks");
    (!locks.is_falsy()).then(|| locks.unchecked_into())
}

/// Acquires a lock that is never released: the browser does that when the tab is gone.
fn hold_lock(own: &ReplicaId) {
    let name = [LOCK, own.as_str()].concat();
    let Some(locks) = locks() else { return };
    let hold = Closure::once_into_js(|_lock: JsValue| Promise::new(&mut |_, _| {}));
    if let Ok(promise) = locks.request(&name, hold.unchecked_ref()) {
        // It fails if site data is blocked, which does not matter here.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

thread_local! {
    /// The locks of [`lead`] that this tab holds.
    static LEADS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Acquires a lock for this tab, until the tab is gone or another one takes it; false if another has it
/// and is not to lose it. In a browser without locks each tab has it.
pub async fn lead(name: &'static str, takes: bool) -> bool {
    let Some(locks) = locks().filter(|_| !leads(name)) else {
        hold(name, true);
        return true;
    };
    let options = Object::new();
    put(
        &options,
        if takes { "steal" } else { "ifAvailable" },
        &true.into(),
    );
    let decided = Promise::new(&mut |done, _| {
        let decide = done.clone();
        let held = move |lock: JsValue| {
            hold(name, !lock.is_null());
            let _ = decide.call0(&JsValue::NULL);
            match lock.is_null() {
                true => JsValue::UNDEFINED,
                false => Promise::new(&mut |_, _| {}).into(),
            }
        };
        let held = Closure::once_into_js(held);
        match locks.request_with(name, &options, held.unchecked_ref()) {
            Ok(promise) => wasm_bindgen_futures::spawn_local(async move {
                // It ends when another tab takes the lock, or if site data is blocked.
                if JsFuture::from(promise).await.is_err() {
                    hold(name, false);
                }
                let _ = done.call0(&JsValue::NULL);
            }),
            Err(_) => drop(done.call0(&JsValue::NULL)),
        }
    });
    let _ = JsFuture::from(decided).await;
    leads(name)
}

/// True while this tab has this lock of [`lead`].
pub fn leads(name: &str) -> bool {
    LEADS.with_borrow(|held| held.contains(&name))
}

fn hold(name: &'static str, holds: bool) {
    LEADS.with_borrow_mut(|held| {
        held.retain(|other| *other != name);
        held.extend(holds.then_some(name));
    });
}

/// Returns the runs of the other open tabs; none if the browser cannot tell.
pub async fn others(own: &ReplicaId) -> Vec<ReplicaId> {
    let Some(promise) = locks().and_then(|locks| locks.query().ok()) else {
        return Vec::new();
    };
    let Ok(state) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    let held = get(&state, "held");
    let name = |lock: JsValue| {
        let name = get(&lock, "name").as_string()?;
        ReplicaId::parse(name.strip_prefix(LOCK)?)
    };
    let held = held.dyn_ref::<Array>().map(Array::to_vec);
    let runs = held.unwrap_or_default().into_iter().filter_map(name);
    runs.filter(|run| run != own).collect()
}
