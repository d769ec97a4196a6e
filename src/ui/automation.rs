//! A robot that edits as a reader does, for `cargo xtask torture`: only in a build with `chaos`.
//!
//! The page's global `postilRobot` has its functions. All of them go by the desk, so that an edit
//! takes the way of every edit.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

use super::hooks::Desk;
use crate::browser::system;
use crate::model::annotation::AnnotationId;
use crate::model::session::Action;
use crate::model::text::{TextRange, snap_to_graphemes};

/// The name under which the page's scripts find the robot.
const HANDLE: &str = "postilRobot";

/// Hands the robot to the page's scripts.
pub fn install(desk: &Desk) {
    let robot = Object::new();
    let put = |name: &str, function: JsValue| {
        let _ = Reflect::set(&robot, &name.into(), &function);
    };
    let add = with(desk, add);
    let mut edit = with(desk, |desk, id: String, text, ()| edit(desk, &id, text));
    let mut typing = with(desk, |desk, id: String, text, ()| begin(desk, &id, text));
    put(
        "add",
        Closure::<dyn FnMut(u32, u32, String) -> JsValue>::new(add).into_js_value(),
    );
    let mut tagged = with(desk, |desk, id: String, tags: String, ()| {
        tag(desk, &id, tags)
    });
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
    let (reading, asked, left) = (desk.clone(), desk.clone(), desk.clone());
    put(
        "drafts",
        Closure::<dyn FnMut() -> JsValue>::new(move || drafts(&left)).into_js_value(),
    );
    let mut text = with(desk, |desk, id: String, (), ()| text(desk, &id));
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
    let _ = Reflect::set(&system::window(), &HANDLE.into(), &robot);
}

fn with<A, B, C>(
    desk: &Desk,
    run: impl Fn(&Desk, A, B, C) -> JsValue + 'static,
) -> impl FnMut(A, B, C) -> JsValue + 'static {
    let desk = desk.clone();
    move |a, b, c| run(&desk, a, b, c)
}

/// Writes a note on a passage, in bytes of the text; its id.
fn add(desk: &Desk, start: u32, end: u32, text: String) -> JsValue {
    let Some(article) = desk.session().article.clone() else {
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
    desk.send(Action::Select { range: Some(range) });
    desk.send(Action::AddNote { stamp });
    save(desk, text);
    id.into()
}

/// Writes another text on a note; whether there is such a note.
fn edit(desk: &Desk, id: &str, text: String) -> JsValue {
    let begun = begin(desk, id, String::new());
    if begun.is_truthy() {
        save(desk, text);
    }
    begun
}

/// Saves; the page's global `postilSaving` says how many milliseconds that has held up the page.
fn save(desk: &Desk, note: String) {
    let tags = String::new();
    desk.send(Action::Typed { note, tags });
    let start = system::milliseconds();
    desk.send(Action::Save {
        stamp: system::stamp(),
    });
    let took = JsValue::from_f64(system::milliseconds() - start);
    let _ = Reflect::set(&system::window(), &"postilSaving".into(), &took);
}

/// Gives a note tags and keeps its text; whether there is such a note.
fn tag(desk: &Desk, id: &str, tags: String) -> JsValue {
    let note = text(desk, id).as_string().unwrap_or_default();
    let begun = begin(desk, id, String::new());
    if begun.is_truthy() {
        desk.send(Action::Typed { note, tags });
        desk.send(Action::Save {
            stamp: system::stamp(),
        });
    }
    begun
}

/// Begins to write on a note; what is typed stays a draft.
fn begin(desk: &Desk, id: &str, note: String) -> JsValue {
    let Ok(id) = AnnotationId::parse(id) else {
        return false.into();
    };
    if desk.session().notebook.get(&id).is_none() {
        return false.into();
    }
    desk.send(Action::Write { id });
    if !note.is_empty() {
        let tags = String::new();
        desk.send(Action::Typed { note, tags });
    }
    true.into()
}

/// Every note: its id, the passage's words, and what is written.
fn notes(desk: &Desk) -> JsValue {
    let session = desk.session();
    let notes = session.notebook.iter().map(|note| {
        let id = JsValue::from_str(note.id.as_str());
        let quote = JsValue::from_str(note.quoted().unwrap_or_default());
        Array::of3(&id, &quote, &JsValue::from_str(&note.note))
    });
    notes.collect::<Array>().into()
}

/// What is written on a note; null where there is none.
fn text(desk: &Desk, id: &str) -> JsValue {
    let id = AnnotationId::parse(id).ok();
    let session = desk.session();
    let note = id.and_then(|id| session.notebook.get(&id).cloned());
    note.map_or(JsValue::NULL, |note| JsValue::from_str(&note.note))
}

/// What was written and not saved.
fn drafts(desk: &Desk) -> JsValue {
    let session = desk.session();
    let drafts = session.drafts.iter().map(|(id, draft)| {
        let id = JsValue::from_str(id.as_str());
        Array::of2(&id, &JsValue::from_str(&draft.note))
    });
    drafts.collect::<Array>().into()
}

/// Runs over the stack.
#[allow(unconditional_recursion)] // That is what it is for.
fn overflow(depth: u32) -> u32 {
    let room = std::hint::black_box([depth; 64]);
    overflow(depth.wrapping_add(room[7])).wrapping_add(room[9])
}

/// Bytes of the article's text, once everything that is stored of it was read.
fn length(desk: &Desk) -> JsValue {
    let session = desk.session();
    match &session.article {
        Some(article) if !desk.is_loading() => (article.text().len() as u32).into(),
        _ => JsValue::NULL,
    }
}
