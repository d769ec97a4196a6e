//! Times as records store them: the digits of `2026-11-22T23:14:05.123Z` in base 36, since ten
//! thousand notes have to fit into little room. Any other form is kept as it came.

use std::rc::Rc;

use super::Timestamp;
use crate::model::sync::base36::{from_digits, push_digits};

/// A time in a record.
pub type Moment = String;

/// The form that `Date.prototype.toISOString` writes: 0 for a digit, else the character itself.
const FORM: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
/// The first character of a shortened time.
const MARK: char = '*';

/// Returns the shortest form of a time.
pub fn shortened(moment: &Timestamp) -> Moment {
    let text = &*moment.0;
    let fits = |(byte, form): (u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        other => byte == *other,
    };
    let canonical = text.len() == FORM.len() && text.bytes().zip(FORM).all(fits);
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let mut short = String::from(MARK);
    if canonical {
        let number = digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
        push_digits(&mut short, number);
        short
    } else if text.starts_with(MARK) {
        short + text
    } else {
        text.to_owned()
    }
}

/// Restores a time that [`shortened`] wrote.
pub fn at_length(moment: Moment) -> Timestamp {
    let text = match moment.strip_prefix(MARK) {
        None => moment,
        Some(rest) if rest.starts_with(MARK) => rest.to_owned(),
        Some(rest) => match from_digits(rest) {
            Some(number) => in_form(number),
            None => moment,
        },
    };
    Timestamp(Rc::from(text))
}

fn in_form(mut number: u64) -> String {
    let mut text: Vec<char> = Vec::new();
    for form in FORM.iter().rev() {
        text.push(match form {
            b'0' => {
                let digit = char::from(b'0' + (number % 10) as u8);
                number /= 10;
                digit
            }
            other => char::from(*other),
        });
    }
    text.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_moment_is_read_back_as_it_came() {
        for text in [
            "2026-11-22T23:14:05.123Z",
            "0001-01-01T00:00:00.000Z",
            "9999-12-31T23:59:59.999Z",
            "2026-11-22T23:14:05Z",
            "2026-11-22T23:14:05.123+01:00",
            "",
            "*",
            "*abc",
            "soon",
        ] {
            let moment = Timestamp(text.into());
            assert_eq!(at_length(shortened(&moment)), moment, "{text}");
        }
        let moment = Timestamp("2026-11-22T23:14:05.123Z".into());
        assert_eq!(shortened(&moment).len(), 12);
    }
}
