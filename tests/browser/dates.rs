//! Moments are told as people tell them.

use js_sys::Date;
use postil::browser::dates::{said, said_in_full};
use wasm_bindgen_test::wasm_bindgen_test;

/// A moment so many days ago, in ISO 8601.
fn ago(days: f64) -> String {
    let moment = Date::now() - days * 86_400_000.0;
    Date::new(&moment.into()).to_iso_string().into()
}

#[wasm_bindgen_test]
fn the_last_days_have_names() {
    let now = said(&ago(0.0));
    assert!(now.starts_with("today "), "{now}");
    assert!(now.contains(':'), "{now}");
    let before = said(&ago(1.0));
    assert!(before.starts_with("yesterday "), "{before}");
}

#[wasm_bindgen_test]
fn other_days_are_dates_with_a_year_where_it_is_another() {
    let long_ago = said("2019-05-03T12:00:00.000Z");
    assert!(
        long_ago.contains("2019") && long_ago.contains("May"),
        "{long_ago}"
    );
    assert!(!long_ago.contains(':'), "{long_ago}");
    let in_full = said_in_full("2019-05-03T12:00:00.000Z");
    assert!(
        in_full.contains("Friday") && in_full.contains(':'),
        "{in_full}"
    );
    // A clock that was wrong does not make a note of tomorrow one of today.
    let tomorrow = said(&ago(-1.0));
    assert!(!tomorrow.contains("today"), "{tomorrow}");
}

#[wasm_bindgen_test]
fn what_is_no_moment_stays_as_it_is() {
    for words in ["", "soon", "2019-05", "1850"] {
        assert_eq!(said(words), words);
    }
}
