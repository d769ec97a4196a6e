//! Dates as other programs write them, by arithmetic alone: the model has no clock.

use crate::model::annotation::Timestamp;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// The milliseconds since 1970 that have a year of four digits.
const KNOWN: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;
/// Length of a date with a time to the second, in bytes.
const SECOND: usize = "2024-05-06T07:08:09".len();
/// Number of days in each month of a leap year.
const LONGEST_MONTHS: [i64; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Returns a date in UTC in the form of `Date.prototype.toISOString`. Reads `YYYY-MM-DD`, perhaps
/// with a time, fractions of a second and an offset (RFC 3339, with a space or `T`); without an
/// offset it is taken for UTC. `None` for any other form.
pub(super) fn to_iso(written: &str) -> Option<Timestamp> {
    in_form(parse(written)?, 'T', true)
}

/// Returns a date as an `xsd:dateTime` in UTC with the zone `Z`, and with all its digits if it is in
/// UTC already (<https://www.w3.org/TR/xmlschema-2/#dateTime>); `None` if it is not understood.
pub(super) fn date_time(written: &str) -> Option<Timestamp> {
    let in_milliseconds = to_iso(written)?;
    let utc = ["Z", "+00:00", "-00:00"]
        .iter()
        .find_map(|zone| written.strip_suffix(zone));
    // Both begin with the same second, with the same signs in it.
    let exact = utc.filter(|digits| {
        let second = in_milliseconds.0.get(..SECOND);
        digits.get(..SECOND) == second && !digits.ends_with(char::is_whitespace)
    });
    let exact = exact.map(|digits| Timestamp([digits, "Z"].concat().into()));
    exact.or(Some(in_milliseconds))
}

/// Returns the date of a number of seconds since 1970, as [`to_iso`] does.
pub(super) fn of_unix(seconds: i64) -> Option<Timestamp> {
    in_form(seconds.checked_mul(1_000)?, 'T', true)
}

/// The same of a number of milliseconds.
pub(super) fn of_milliseconds(milliseconds: i64) -> Option<Timestamp> {
    in_form(milliseconds, 'T', true)
}

/// Returns a date as `YYYY-MM-DD HH:MM:SS` in UTC; `None` if it is not understood.
pub(super) fn to_plain(at: &Timestamp) -> Option<String> {
    let plain = in_form(parse(&at.0)?, ' ', false)?;
    Some(plain.0.to_string())
}

/// Returns just the day of a date in UTC.
pub(super) fn to_day(at: &Timestamp) -> Option<String> {
    to_plain(at)?.get(..10).map(str::to_owned)
}

fn in_form(milliseconds: i64, between: char, is_iso: bool) -> Option<Timestamp> {
    if !KNOWN.contains(&milliseconds) {
        return None;
    }
    let (year, month, day) = civil_of(milliseconds.div_euclid(DAY));
    let rest = milliseconds.rem_euclid(DAY);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, fraction) = (rest / 1_000 % 60, rest % 1_000);
    let mut date =
        format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}");
    if is_iso {
        date.push_str(&format!(".{fraction:03}Z"));
    }
    Some(Timestamp(date.into()))
}

/// Days since 1970 of a date (<https://howardhinnant.github.io/date_algorithms.html>).
fn days_of((year, month, day): (i64, i64, i64)) -> i64 {
    // Years begin in March, so that the leap day is the last one.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = year * 365 + year / 4 - year / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

/// The inverse of [`days_of`].
fn civil_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = (march + 2) % 12 + 1;
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Returns the milliseconds since 1970 of a written date.
fn parse(written: &str) -> Option<i64> {
    let mut signs = Signs(written.trim().as_bytes());
    let (year, month) = (signs.number(4)?, signs.after(b'-', 2)?);
    let day = signs.after(b'-', 2)?;
    let longest = LONGEST_MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    let days = days_of((year, month, day));
    if day < 1 || day > *longest || civil_of(days) != (year, month, day) {
        return None;
    }
    let time = if signs.0.is_empty() { 0 } else { signs.time()? };
    signs.0.is_empty().then_some(days * DAY + time)
}

/// What is left of a written date.
struct Signs<'a>(&'a [u8]);

impl Signs<'_> {
    fn takes(&mut self, sign: u8) -> bool {
        let is_next = self.0.first() == Some(&sign);
        if is_next {
            self.0 = &self.0[1..];
        }
        is_next
    }

    /// Reads a number of so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| digit - b'0');
            Some(number * 10 + i64::from(digit?))
        })
    }

    fn after(&mut self, sign: u8, digits: usize) -> Option<i64> {
        self.takes(sign).then(|| self.number(digits)).flatten()
    }

    /// Reads a time with its offset, in milliseconds.
    fn time(&mut self) -> Option<i64> {
        if !self.takes(b'T') && !self.takes(b't') && !self.takes(b' ') {
            return None;
        }
        let (hour, minute) = (self.number(2)?, self.after(b':', 2)?);
        let has_seconds = self.0.first() == Some(&b':');
        let second = if has_seconds { self.after(b':', 2)? } else { 0 };
        // A leap second is the first one of the next minute.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let fraction = if self.takes(b'.') {
            self.fraction()?
        } else {
            0
        };
        let offset = self.offset()?;
        Some((hour * 3_600 + minute * 60 + second - offset * 60) * 1_000 + fraction)
    }

    /// Reads the digits after a point as milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let count = self
            .0
            .iter()
            .take_while(|sign| sign.is_ascii_digit())
            .count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let places = digits.iter().zip([100, 10, 1]);
        (count > 0).then(|| {
            places
                .map(|(digit, value)| i64::from(digit - b'0') * value)
                .sum()
        })
    }

    /// Reads an offset from UTC, in minutes.
    fn offset(&mut self) -> Option<i64> {
        self.takes(b' ');
        if self.0.is_empty() || self.takes(b'Z') || self.takes(b'z') {
            return Some(0);
        }
        if self.0 == b"UTC" {
            self.0 = b"";
            return Some(0);
        }
        let sign = match (self.takes(b'+'), self.takes(b'-')) {
            (true, _) => 1,
            (_, true) => -1,
            _ => return None,
        };
        let hours = self.number(2)?;
        self.takes(b':');
        let minutes = if self.0.is_empty() {
            0
        } else {
            self.number(2)?
        };
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(written: &str) -> Option<String> {
        to_iso(written).map(|at| at.0.to_string())
    }

    #[test]
    fn dates_of_other_programs_are_told_in_utc() {
        for (written, expected) in [
            ("2020-10-05 10:15:30+00:00", "2020-10-05T10:15:30.000Z"),
            ("2020-10-05 10:15:30", "2020-10-05T10:15:30.000Z"),
            ("2020-10-05 10:15", "2020-10-05T10:15:00.000Z"),
            ("2020-10-05", "2020-10-05T00:00:00.000Z"),
            ("2020-01-01T00:30:00.5+01:00", "2019-12-31T23:30:00.500Z"),
            ("2020-02-28T23:30:00-0130", "2020-02-29T01:00:00.000Z"),
            ("2020-12-31 23:59:60 UTC", "2021-01-01T00:00:00.000Z"),
            ("0000-03-01T00:00:00Z", "0000-03-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z"),
            (" 1969-12-31t23:59:59z ", "1969-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(iso(written).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(of_unix(1_600_000_000), to_iso("2020-09-13T12:26:40Z"));
        let day = to_iso("2020-09-13T12:26:40Z").and_then(|at| to_day(&at));
        assert_eq!(day.as_deref(), Some("2020-09-13"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in [
            "",
            "soon",
            "2020",
            "2020-13-01",
            "2020-00-01",
            "2021-02-29",
            "2020-02-30",
            "2020-02-00",
            "2020-01-01T",
            "2020-01-01T24:00:00",
            "2020-01-01T10",
            "2020-01-01T10:00:00.",
            "2020-01-01T10:00:00+1",
            "2020-01-01T10:00:00+99:00",
            "2020-01-01T10:00:00Z!",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+01:00",
            "２０２０-01-01",
        ] {
            assert_eq!(iso(written), None, "{written}");
        }
        assert_eq!(of_unix(i64::MAX), None);
        assert_eq!(of_unix(1 << 40), None);
    }

    #[test]
    fn every_day_has_one_date() {
        for days in (-719_528..2_932_897).step_by(97) {
            assert_eq!(days_of(civil_of(days)), days);
        }
    }
    #[test]
    fn a_date_in_utc_keeps_its_digits() {
        for (written, expected) in [
            ("2024-05-06T07:08:09.123456Z", "2024-05-06T07:08:09.123456Z"),
            ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
            (
                "2024-05-06T07:08:09.123456+00:00",
                "2024-05-06T07:08:09.123456Z",
            ),
            ("2024-05-06T09:08:09.5+02:00", "2024-05-06T07:08:09.500Z"),
            ("2024-05-06T07:08Z", "2024-05-06T07:08:00.000Z"),
            ("2024-05-06 07:08:09 +00:00", "2024-05-06T07:08:09.000Z"),
            ("2024-05-06", "2024-05-06T00:00:00.000Z"),
        ] {
            let date = date_time(written).map(|at| at.0.to_string());
            assert_eq!(date.as_deref(), Some(expected), "{written}");
        }
        assert_eq!(date_time("yesterday"), None);
        // A sign before the digits is no number below zero.
        assert_eq!(date_time("20!4-05-06T07:08:09Z"), None);
    }
}
