//! Base64 in both of its alphabets (RFC 4648, <https://www.rfc-editor.org/rfc/rfc4648>).

/// The digits of §4.
pub const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The digits of §5, for addresses and file names.
pub const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes in base64; padded where they are not whole groups of three.
pub fn encode(bytes: &[u8], digits: &[u8; 64]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let six = (bits >> (18 - 6 * digit)) & 0x3f;
            out.push(match digit <= group.len() {
                true => char::from(digits[six as usize]),
                false => '=',
            });
        }
    }
    out
}

/// The first bytes, at most so many, that base64 in either alphabet stands for. What is no digit is
/// passed over, as RFC 2045, §6.8 asks for
/// (<https://www.rfc-editor.org/rfc/rfc2045#section-6.8>).
pub fn decode(text: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity((text.len() / 4 * 3).min(most));
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text {
        if out.len() >= most {
            break;
        }
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        // RFC 4648, §10, and a byte that the alphabets write differently.
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob\xff", "Zm9vYv8="),
        ] {
            assert_eq!(encode(bytes, STANDARD), text);
            assert_eq!(decode(text.as_bytes(), usize::MAX), bytes);
        }
        assert_eq!(encode(b"\xfb\xff\xfe", STANDARD), "+//+");
        assert_eq!(encode(b"\xfb\xff\xfe", URL_SAFE), "-__-");
        assert_eq!(decode(b"-__-", usize::MAX), b"\xfb\xff\xfe");
    }

    #[test]
    fn what_is_no_digit_is_passed_over() {
        assert_eq!(decode(b"Zm\r\n9v!Y", usize::MAX), b"foo");
        assert_eq!(decode(b"Zm9vYv8=", 2), b"fo");
    }
}
