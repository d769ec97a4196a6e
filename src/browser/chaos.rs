//! Failures on demand, for the tests: what is built without the feature `chaos` has nothing of it.
//!
//! A test sets the page's global `postilChaos` to `{ panicAt: "a place", after: 3 }`: then the
//! third time that the program comes by that place, it panics. Places are named in the code; those
//! that it came by are in the page's global `postilPassed`.

/// A place where the program may be made to panic.
#[cfg(not(feature = "chaos"))]
#[inline(always)]
pub fn at(_place: &'static str) {}

#[cfg(feature = "chaos")]
thread_local! {
    static PASSED: js_sys::Object = js_sys::Object::new();
}

/// A place where the program may be made to panic.
///
/// # Panics
/// Where the test has asked for it.
#[cfg(feature = "chaos")]
pub fn at(place: &'static str) {
    use js_sys::Reflect;
    use wasm_bindgen::JsValue;

    PASSED.with(|passed| {
        let _ = Reflect::set(passed, &place.into(), &true.into());
        let _ = Reflect::set(&js_sys::global(), &"postilPassed".into(), passed);
    });
    let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
    let plan = get(&js_sys::global(), "postilChaos");
    if !plan.is_object() || get(&plan, "panicAt").as_string().as_deref() != Some(place) {
        return;
    }
    let left = get(&plan, "after").as_f64().unwrap_or(1.0) - 1.0;
    let _ = Reflect::set(&plan, &"after".into(), &left.into());
    if left <= 0.0 {
        let _ = Reflect::set(&plan, &"struck".into(), &true.into());
        panic!("chaos at {place}");
    }
}
