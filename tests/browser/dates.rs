//! Moments are told as people tell them.

use js_sys::Date;
use postil::browser::dates::{said, said_day, said_in_full};
use postil::browser::system::day_of;
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

#[wasm_bindgen_test]
fn days_are_counted_and_told_by_the_reader_s_clock() {
    let day = |days: f64| day_of(&ago(days)).expect("a day");
    assert_eq!(day(0.0) - day(3.0), 3);
    assert_eq!(said_day(day(0.0)), "today");
    assert_eq!(said_day(day(1.0)), "yesterday");
    // A date without a time is that day everywhere.
    let other = day_of("2019-05-03").expect("a day");
    let said = said_day(other);
    assert!(said.contains("2019") && said.contains("May"), "{said}");
    assert!(said.contains('3'), "{said}");
    assert_eq!(day_of("soon"), None);
}
