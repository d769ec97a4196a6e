//! Numbers as text in base 36: short, and the same in every browser.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Appends a number.
pub fn push_digits(text: &mut String, number: u64) {
    if number >= 36 {
        push_digits(text, number / 36);
    }
    text.push(char::from(DIGITS[(number % 36) as usize]));
}

/// Reads the output of [`push_digits`], and nothing else.
pub fn from_digits(text: &str) -> Option<u64> {
    let known = text.bytes().all(|byte| DIGITS.contains(&byte));
    (known && !text.is_empty())
        .then(|| u64::from_str_radix(text, 36).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_back() {
        for number in [0, 7, 35, 36, 1_234_567, u64::MAX] {
            let mut text = String::new();
            push_digits(&mut text, number);
            assert_eq!(from_digits(&text), Some(number), "{text}");
        }
        for bad in ["", "+1", "A", "1 ", "zzzzzzzzzzzzzzzz"] {
            assert_eq!(from_digits(bad), None, "{bad}");
        }
    }
}
