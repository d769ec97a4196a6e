//! Decodes bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Number of bytes at the beginning of a page in which it can name its charset
/// (<https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding>).
const PRESCAN: usize = 1_024;
/// Number of bytes examined to recognise UTF-16 without a byte order mark.
const SAMPLE: usize = 512;
/// Number of bytes used to guess a charset that nothing names: several pages, and quickly done.
const GUESSED_BY: usize = 256 * 1024;
/// Minimum number of valid non-ASCII characters per broken one for bytes to count as UTF-8.
const VALID_OF_BROKEN: usize = 10;
/// Start of Japanese in seven bits (<https://encoding.spec.whatwg.org/#iso-2022-jp>).
const SHIFT: &str = "\u{1b}$";

/// Decodes bytes. What is not a character in their charset becomes U+FFFD.
///
/// The charset comes from a byte order mark, from `given`, from a `meta`, or from a guess.
/// Non-ASCII bytes that are valid UTF-8 are read as UTF-8 whatever a `meta` says: they are hardly
/// ever valid by chance, while saved pages often keep the `meta` of the original page.
pub(super) fn decode(bytes: &[u8], given: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    let given = given.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = given.or_else(|| utf16(bytes)) {
        return decoded(encoding, bytes);
    }
    match (std::str::from_utf8(bytes), named(bytes)) {
        (Ok(text), Some(named)) if text.is_ascii() => decoded(named, bytes),
        (Ok(text), None) if text.contains(SHIFT) && text.is_ascii() => decoded(ISO_2022_JP, bytes),
        (Ok(text), _) => text.to_owned(),
        (Err(_), named) => decoded(named.unwrap_or_else(|| guessed(bytes)), bytes),
    }
}

/// Returns the most likely encoding of bytes that are not valid UTF-8.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if is_nearly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(
        &bytes[..bytes.len().min(GUESSED_BY)],
        bytes.len() <= GUESSED_BY,
    );
    detector.guess(None, Utf8Detection::Deny)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// True if bytes are UTF-8 except for a few that were cut off or damaged on the way: in other
/// charsets non-ASCII bytes are hardly ever valid UTF-8 by chance.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid >= broken * VALID_OF_BROKEN
}

/// Recognises UTF-16 without a byte order mark: in Latin text every other byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |odd: usize| {
        let every_other = sample.iter().skip(odd).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    // A third of the characters is enough: there is ASCII markup or white space in any text.
    let enough = sample.len() / 6;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns the charset that a page names within its first bytes.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut tags = head
        .split('<')
        .filter(|tag| tag.starts_with("meta") || tag.starts_with("?xml"));
    let encoding = tags.find_map(|tag| {
        let (_, value) = tag.split_once("charset=").or(tag.split_once("encoding="))?;
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let end = value.find(['"', '\'', ' ', ';', '>', '/', '?']);
        Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
    })?;
    // The name was read as ASCII, so it cannot be UTF-16; the standard says the same.
    let is_utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
    Some(if is_utf16 { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_the_charset() {
        assert_eq!(decode(b"\xef\xbb\xbf\xc3\xa4", Some("latin1")), "ä");
        assert_eq!(decode(b"\xff\xfea\0\xe4\0", None), "aä");
        assert_eq!(decode(b"\xfe\xff\0a\0\xe4", None), "aä");
        assert_eq!(decode(b"<\0p\0>\0a\0\xe4\0", None), "<p>aä");
    }

    #[test]
    fn the_given_charset_comes_before_the_named_one() {
        let page = b"<meta charset=\"iso-8859-7\">\xe1";
        assert_eq!(decode(page, None).chars().last(), Some('α'));
        assert_eq!(decode(page, Some("windows-1251")).chars().last(), Some('б'));
        let page = b"<meta http-equiv=x content='text/html; charset=Shift_JIS'>\x93\xfa\x96{";
        assert!(decode(page, None).ends_with("日本"));
    }

    #[test]
    fn a_broken_byte_does_not_change_all_others() {
        let text = "Утром в гавани было тихо.";
        let cut = [text.as_bytes(), &"ё".as_bytes()[..1]].concat();
        assert_eq!(decode(&cut, None), format!("{text}\u{fffd}"));
        assert_eq!(
            decode(&[b"\xe9 ", text.as_bytes()].concat(), None),
            format!("\u{fffd} {text}")
        );
    }

    #[test]
    fn without_a_name_it_is_utf8_or_what_is_likely() {
        assert_eq!(decode("größer".as_bytes(), None), "größer");
        assert_eq!(decode(b"gr\xf6\xdfer \x93x\x94", None), "größer “x”");
        let stale = "<meta charset=windows-1252>größer";
        assert_eq!(decode(stale.as_bytes(), None), stale);
        for (label, text) in [
            (
                "windows-1251",
                "Утром в гавани было тихо, и лодки стояли у берега.",
            ),
            (
                "koi8-r",
                "Утром в гавани было тихо, и лодки стояли у берега.",
            ),
            (
                "shift_jis",
                "その朝、港は静かで、船は岸にとまっていました。",
            ),
            ("euc-jp", "その朝、港は静かで、船は岸にとまっていました。"),
            (
                "iso-2022-jp",
                "その朝、港は静かで、船は岸にとまっていました。",
            ),
            ("gbk", "那天早上港口很安静，船都停在岸边，没有人说话。"),
            ("big5", "那天早上港口很安靜，船都停在岸邊，沒有人說話。"),
            (
                "euc-kr",
                "그날 아침 항구는 조용했고 배들은 물가에 서 있었다.",
            ),
            (
                "iso-8859-2",
                "Tego ranka w porcie było cicho, a łodzie stały przy brzegu.",
            ),
            (
                "windows-1253",
                "Εκείνο το πρωί το λιμάνι ήταν ήσυχο και οι βάρκες έμεναν.",
            ),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).expect("it is a label");
            assert_eq!(decode(&encoding.encode(text).0, None), text, "{label}");
        }
    }
}
