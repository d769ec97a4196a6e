//! Failures on demand, for tests; a build without the feature `chaos` contains none of it.
//!
//! A test sets the page's global `postilChaos` to `{ panicAt: "a place", after: 3 }`: then the
//! program panics when it passes that place for the third time. Places are named in the code; the
//! global `postilPassed` lists those passed so far.

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
/// If the test has asked for it.
#[cfg(feature = "chaos")]
pub fn at(place: &'static str) {
    use super::js::{get, put};

    PASSED.with(|passed| {
        put(passed, place, &true.into());
        put(&js_sys::global(), "postilPassed", passed);
    });
    let plan = get(&js_sys::global(), "postilChaos");
    if !plan.is_object() || get(&plan, "panicAt").as_string().as_deref() != Some(place) {
        return;
    }
    let left = get(&plan, "after").as_f64().unwrap_or(1.0) - 1.0;
    put(&plan, "after", &left.into());
    if left <= 0.0 {
        put(&plan, "struck", &true.into());
        panic!("chaos at {place}");
    }
}
