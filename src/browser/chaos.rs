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
