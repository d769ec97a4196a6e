//! A robot that edits as a reader does, for `cargo xtask torture`; only in builds with `chaos`.
//!
//! The page's global `postilRobot` holds its functions. All of them go through the app, so that
//! each edit takes the usual path.

use js_sys::WebAssembly::Memory;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

use super::hooks::AppHandle;
use crate::browser::js::get;
use crate::browser::system;
use crate::model::annotation::AnnotationId;
use crate::model::session::Action;
use crate::model::text::{TextRange, snap_to_graphemes};

/// The name by which the page's scripts find the robot.
const HANDLE: &str = "postilRobot";

/// Exposes the robot to the page's scripts.
pub fn install(app: &AppHandle) {
    let robot = Object::new();
    let put = |name: &str, function: JsValue| {
        let _ = Reflect::set(&robot, &name.into(), &function);
    };
    let add = with(app, add);
    let mut edit = with(app, |app, id: String, text, ()| edit(app, &id, text));
    let mut typing = with(app, |app, id: String, text, ()| begin(app, &id, text));
    put(
        "add",
        Closure::<dyn FnMut(u32, u32, String) -> JsValue>::new(add).into_js_value(),
    );
    let mut tagged = with(app, |app, id: String, tags: String, ()| tag(app, &id, tags));
    put(
        "tag",
        Closure::<dyn FnMut(String, String) -> JsValue>::new(move |id, tags| tagged(id, tags, ()))
            .into_js_value(),
    );
    put(
        "edit",
        Closure::<dyn FnMut(String, String) -> JsValue>::new(move |id, text| edit(id, text, ()))
            .into_js_value(),
    );
    put(
        "type",
        Closure::<dyn FnMut(String, String) -> JsValue>::new(move |id, text| typing(id, text, ()))
            .into_js_value(),
    );
    let (reading, asked, left) = (app.clone(), app.clone(), app.clone());
    put(
        "drafts",
        Closure::<dyn FnMut() -> JsValue>::new(move || drafts(&left)).into_js_value(),
    );
    let mut text = with(app, |app, id: String, (), ()| text(app, &id));
    put(
        "text",
        Closure::<dyn FnMut(String) -> JsValue>::new(move |id| text(id, (), ())).into_js_value(),
    );
    put(
        "overflow",
        Closure::<dyn FnMut() -> u32>::new(|| overflow(0)).into_js_value(),
    );
    put(
        "notes",
        Closure::<dyn FnMut() -> JsValue>::new(move || notes(&reading)).into_js_value(),
    );
    put(
        "length",
        Closure::<dyn FnMut() -> JsValue>::new(move || length(&asked)).into_js_value(),
    );
    put(
        "memory",
        Closure::<dyn FnMut() -> JsValue>::new(memory).into_js_value(),
    );
    let _ = Reflect::set(&system::window(), &HANDLE.into(), &robot);
}

fn with<A, B, C>(
    app: &AppHandle,
    run: impl Fn(&AppHandle, A, B, C) -> JsValue + 'static,
) -> impl FnMut(A, B, C) -> JsValue + 'static {
    let app = app.clone();
    move |a, b, c| run(&app, a, b, c)
}

/// Adds a note to a passage, given in bytes of the text, and returns its id.
fn add(app: &AppHandle, start: u32, end: u32, text: String) -> JsValue {
    let Some(article) = app.session().article.clone() else {
        return JsValue::NULL;
    };
    let words = article.text();
    let boundary = |mut at: usize| {
        while at < words.len() && !words.is_char_boundary(at) {
            at += 1;
        }
        at.min(words.len())
    };
    let range = TextRange::from_usize(boundary(start as usize), boundary(end as usize));
    let range = snap_to_graphemes(words, range);
    let stamp = system::stamp();
    let id = stamp.id.to_string();
    app.send(Action::Select { range: Some(range) });
    app.send(Action::AddNote { stamp });
    save(app, text);
    id.into()
}

/// Replaces the text of a note; returns whether the note exists.
fn edit(app: &AppHandle, id: &str, text: String) -> JsValue {
    let begun = begin(app, id, String::new());
    if begun.is_truthy() {
        save(app, text);
    }
    begun
}

/// Saves the note; the page's global `postilSaving` says for how many milliseconds that blocked it.
fn save(app: &AppHandle, note: String) {
    let tags = String::new();
    app.send(Action::Typed { note, tags });
    let start = system::milliseconds();
    app.send(Action::Save {
        stamp: system::stamp(),
    });
    let took = JsValue::from_f64(system::milliseconds() - start);
    let _ = Reflect::set(&system::window(), &"postilSaving".into(), &took);
}

/// Gives a note tags and keeps its text; returns whether the note exists.
fn tag(app: &AppHandle, id: &str, tags: String) -> JsValue {
    let note = text(app, id).as_string().unwrap_or_default();
    let begun = begin(app, id, String::new());
    if begun.is_truthy() {
        app.send(Action::Typed { note, tags });
        app.send(Action::Save {
            stamp: system::stamp(),
        });
    }
    begun
}

/// Begins to write on a note; what is typed stays a draft. Returns whether the note exists.
fn begin(app: &AppHandle, id: &str, note: String) -> JsValue {
    let Ok(id) = AnnotationId::parse(id) else {
        return false.into();
    };
    if app.session().notebook.get(&id).is_none() {
        return false.into();
    }
    app.send(Action::Write { id });
    if !note.is_empty() {
        let tags = String::new();
        app.send(Action::Typed { note, tags });
    }
    true.into()
}

/// Returns every note as its id, its quote and its text.
fn notes(app: &AppHandle) -> JsValue {
    let session = app.session();
    let notes = session.notebook.iter().map(|note| {
        let id = JsValue::from_str(note.id.as_str());
        let quote = JsValue::from_str(note.quoted().unwrap_or_default());
        Array::of3(&id, &quote, &JsValue::from_str(&note.note))
    });
    notes.collect::<Array>().into()
}

/// Returns the text of a note, or null if there is no such note.
fn text(app: &AppHandle, id: &str) -> JsValue {
    let id = AnnotationId::parse(id).ok();
    let session = app.session();
    let note = id.and_then(|id| session.notebook.get(&id).cloned());
    note.map_or(JsValue::NULL, |note| JsValue::from_str(&note.note))
}

/// Returns every unsaved draft as the note's id and the text.
fn drafts(app: &AppHandle) -> JsValue {
    let session = app.session();
    let drafts = session.drafts.iter().map(|(id, draft)| {
        let id = JsValue::from_str(id.as_str());
        Array::of2(&id, &JsValue::from_str(&draft.note))
    });
    drafts.collect::<Array>().into()
}

/// Overflows the stack.
#[allow(unconditional_recursion)] // That is its purpose.
fn overflow(depth: u32) -> u32 {
    let room = std::hint::black_box([depth; 64]);
    overflow(depth.wrapping_add(room[7])).wrapping_add(room[9])
}

/// Length of the article's text in bytes, or null until everything stored for it has been read.
fn length(app: &AppHandle) -> JsValue {
    let session = app.session();
    match &session.article {
        Some(article) if !app.is_loading() => (article.text().len() as u32).into(),
        _ => JsValue::NULL,
    }
}

/// Size of the program's memory in bytes.
fn memory() -> JsValue {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    get(&memory.buffer(), "byteLength")
}
