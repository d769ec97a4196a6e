//! Says moments as people do, in the reader's language, customs and time zone.

use js_sys::{Array, Date, Intl, Object};

use super::js;
use super::system::{day_of, local_day, root, window};

/// Days as far back as which a moment is told by the day's name: today and yesterday.
const NAMED_DAYS: f64 = 1.0;
const DAY: f64 = 86_400_000.0;

/// Says a moment in ISO 8601: "today 14:05", "yesterday 9:30", "3 May", "3 May 2019". Anything that
/// is not a moment is returned as [`local_day`] has it.
pub fn said(moment: &str) -> String {
    let date = Date::new(&moment.into());
    if date.get_time().is_nan() || !moment.contains('T') {
        return local_day(moment);
    }
    let (locale, now) = (locale(), Date::new_0());
    let days = ((midnight(&now) - midnight(&date)) / DAY).round();
    if (0.0..=NAMED_DAYS).contains(&days) {
        let options = options(&[("numeric", "auto")]);
        let days_ago =
            Intl::RelativeTimeFormat::new(&Array::of1(&locale.as_str().into()), &options);
        let day = String::from(days_ago.format(-days, "day"));
        let options = self::options(&[("hour", "numeric"), ("minute", "2-digit")]);
        return format!("{day} {}", date.to_locale_string(&locale, &options));
    }
    let mut parts = vec![("day", "numeric"), ("month", "short")];
    if date.get_full_year() != now.get_full_year() {
        parts.push(("year", "numeric"));
    }
    date.to_locale_date_string(&locale, &options(&parts)).into()
}

/// Says a local day, counted in days since 1970: "today", "yesterday", "3 May", "3 May 2019".
pub fn said_day(day: i32) -> String {
    let (locale, now) = (locale(), Date::new_0());
    let today = day_of(&String::from(now.to_iso_string())).unwrap_or_default();
    let days = today - day;
    if (0..=NAMED_DAYS as i32).contains(&days) {
        let options = options(&[("numeric", "auto")]);
        let days_ago =
            Intl::RelativeTimeFormat::new(&Array::of1(&locale.as_str().into()), &options);
        return days_ago.format(f64::from(-days), "day").into();
    }
    dated(day)
}

/// Says the date of a local day, counted in days since 1970: "3 May", "3 May 2019".
pub fn dated(day: i32) -> String {
    let date = date_of(day);
    let mut parts = vec![("day", "numeric"), ("month", "long"), ("timeZone", "UTC")];
    if date.get_utc_full_year() != Date::new_0().get_full_year() {
        parts.push(("year", "numeric"));
    }
    date.to_locale_date_string(&locale(), &options(&parts))
        .into()
}

/// Says the month of a local day, counted in days since 1970, in short: "May".
pub fn month_of(day: i32) -> String {
    let parts = options(&[("month", "short"), ("timeZone", "UTC")]);
    date_of(day).to_locale_date_string(&locale(), &parts).into()
}

fn date_of(day: i32) -> Date {
    Date::new(&(f64::from(day) * DAY).into())
}

/// Says a moment with day and time, as precisely as anybody may want to know it.
pub fn said_in_full(moment: &str) -> String {
    let date = Date::new(&moment.into());
    if date.get_time().is_nan() {
        return moment.to_owned();
    }
    let options = options(&[("dateStyle", "full"), ("timeStyle", "short")]);
    date.to_locale_string(&locale(), &options).into()
}

/// The start of a moment's local day, in milliseconds.
fn midnight(moment: &Date) -> f64 {
    let day = Date::new(&moment.get_time().into());
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
    day.set_milliseconds(0);
    day.get_time()
}

/// The interface's language, with the customs of the reader's region if the browser speaks it too.
fn locale() -> String {
    let own = root().and_then(|root| root.get_attribute("lang"));
    let own = own.unwrap_or_else(|| "en".to_owned());
    let browser = window().navigator().language().unwrap_or_default();
    match browser.split('-').next() == Some(&*own) {
        true => browser,
        false => own,
    }
}

fn options(parts: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in parts {
        js::put(&options, name, &(*value).into());
    }
    options
}
