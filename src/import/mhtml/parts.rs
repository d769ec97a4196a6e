//! Reads the parts of a MIME message: their bounds, headers and encodings (RFC 2045,
//! <https://www.rfc-editor.org/rfc/rfc2045>; RFC 2046, §5.1,
//! <https://www.rfc-editor.org/rfc/rfc2046#section-5.1>).

use std::borrow::Cow;

use crate::model::base64;

/// Longest headers of one part, in bytes: those of a browser have a few hundred.
const LONGEST_HEADERS: usize = 64 * 1024;
/// Maximum number of parts of a message: a page of pictures has a thousand.
const MOST_PARTS: usize = 10_000;
/// Maximum nesting depth of parts; each level reads its bytes once more.
const DEEPEST: usize = 8;

/// The headers of a message or a part, names in lower case.
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads the headers at the beginning; also returns what follows the empty line after them.
    pub(super) fn of(bytes: &[u8]) -> (Self, &[u8]) {
        let mut all: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while bytes.len() - rest.len() < LONGEST_HEADERS && !rest.is_empty() {
            let (line, after) = line_of(rest);
            rest = after;
            let text = String::from_utf8_lossy(line);
            if text.is_empty() {
                break;
            }
            match (text.starts_with([' ', '\t']), all.last_mut()) {
                // A folded line continues the one before (RFC 5322, §2.2.3,
                // <https://www.rfc-editor.org/rfc/rfc5322#section-2.2.3>).
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                _ => {
                    if let Some((name, value)) = text.split_once(':') {
                        all.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                    }
                }
            }
        }
        (Self(all), rest)
    }

    /// Returns the value of the first header with this name (in lower case).
    pub(super) fn get(&self, wanted: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == wanted)?;
        Some(&found.1)
    }

    /// Returns an address in a header, without spaces: folding may have added some.
    pub(super) fn address(&self, name: &str) -> Option<String> {
        let address: String = self.get(name)?.split_whitespace().collect();
        (!address.is_empty()).then_some(address)
    }

    /// Returns the media type, in lower case; empty if there is none.
    pub(super) fn kind(&self) -> String {
        let said = self.get("content-type").unwrap_or_default();
        let kind = said.split(';').next().unwrap_or_default();
        kind.trim().to_ascii_lowercase()
    }

    /// Returns a parameter of the media type, with or without quotes.
    pub(super) fn parameter(&self, wanted: &str) -> Option<String> {
        let said = self.get("content-type")?;
        let (_, mut rest) = said.split_once(';')?;
        while !rest.trim().is_empty() {
            let (name, after) = rest.split_once('=').unwrap_or((rest, ""));
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => after.split_once(';').unwrap_or((after, "")),
            };
            let name = name.trim_matches(|c: char| c == ';' || c.is_whitespace());
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value.trim().to_owned());
            }
            rest = next;
        }
        None
    }
}

/// A part that contains no others.
pub(super) struct Part<'a> {
    pub(super) headers: Headers,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// Decodes the content of the part; invalid bytes are kept or skipped.
    pub(super) fn bytes(&self) -> Cow<'a, [u8]> {
        let encoding = self.headers.get("content-transfer-encoding");
        match encoding
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
            .as_str()
        {
            "quoted-printable" => Cow::Owned(from_quoted_printable(self.body)),
            "base64" => Cow::Owned(base64::decode(self.body, usize::MAX)),
            _ => Cow::Borrowed(self.body),
        }
    }

    /// Returns the length of the part as it is encoded, in bytes.
    pub(super) fn length(&self) -> usize {
        self.body.len()
    }
}

/// A message, and its parts that contain no others, in order.
pub(super) struct Message<'a> {
    pub(super) headers: Headers,
    pub(super) parts: Vec<Part<'a>>,
    /// True if an end is missing, or something exceeded a limit.
    pub(super) cut: bool,
}

impl<'a> Message<'a> {
    /// Reads a message; one with an unusable multipart type has one part.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let (headers, body) = Headers::of(bytes);
        let mut message = Self {
            headers: Headers::of(bytes).0,
            parts: Vec::new(),
            cut: false,
        };
        // The last one is read next.
        let mut waiting = vec![(headers, body, 0)];
        while let Some((headers, body, depth)) = waiting.pop() {
            if message.parts.len() + waiting.len() >= MOST_PARTS {
                message.cut = true;
                break;
            }
            if depth < DEEPEST && headers.kind().starts_with("multipart/") {
                let boundary = headers
                    .parameter("boundary")
                    .filter(|name| !name.is_empty());
                if let Some(boundary) = boundary.or_else(|| first_boundary(body)) {
                    let (bodies, ended) = split(body, &boundary);
                    message.cut |= !ended;
                    let inside = bodies.into_iter().rev().map(|part| {
                        let (headers, body) = Headers::of(part);
                        (headers, body, depth + 1)
                    });
                    waiting.extend(inside);
                    continue;
                }
            }
            message.parts.push(Part { headers, body });
        }
        message
    }
}

/// Splits a body at the lines of a boundary; also returns whether the last line was there.
fn split<'a>(body: &'a [u8], boundary: &str) -> (Vec<&'a [u8]>, bool) {
    let (mut bodies, mut start) = (Vec::new(), None);
    let mut rest = body;
    while !rest.is_empty() {
        let at = body.len() - rest.len();
        let (line, after) = line_of(rest);
        rest = after;
        let Some(mark) = line.strip_prefix(b"--") else {
            continue;
        };
        let Some(end) = mark.strip_prefix(boundary.as_bytes()) else {
            continue;
        };
        let end = end.trim_ascii_end();
        if !end.is_empty() && end != b"--" {
            continue;
        }
        if let Some(start) = start {
            bodies.push(without_line_end(&body[start..at]));
        }
        if end == b"--" {
            return (bodies, true);
        }
        if bodies.len() >= MOST_PARTS {
            return (bodies, false);
        }
        start = Some(body.len() - rest.len());
    }
    bodies.extend(start.map(|start| &body[start..]));
    (bodies, false)
}

/// Returns the boundary according to the first line that looks like one.
fn first_boundary(mut body: &[u8]) -> Option<String> {
    while !body.is_empty() {
        let (line, after) = line_of(body);
        let name = line.strip_prefix(b"--").map(<[u8]>::trim_ascii);
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return std::str::from_utf8(name).ok().map(str::to_owned);
        }
        body = after;
    }
    None
}

/// Returns the first line without its end, and what follows it.
fn line_of(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (line, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
    (without_line_end(line), rest)
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// Decodes quoted-printable text. An `=` that begins no escape is kept (RFC 2045, §6.7,
/// <https://www.rfc-editor.org/rfc/rfc2045#section-6.7>).
fn from_quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = line_of(rest);
        let ends = line.len() < rest.len() - after.len();
        rest = after;
        let line = line.trim_ascii_end();
        let (line, is_soft) = match line.strip_suffix(b"=") {
            Some(line) => (line, true),
            None => (line, false),
        };
        let mut at = 0;
        while let Some(byte) = line.get(at) {
            let digit = |offset: usize| {
                let digit = char::from(*line.get(at + offset)?).to_digit(16)?;
                u8::try_from(digit).ok()
            };
            match (byte, digit(1), digit(2)) {
                (b'=', Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    at += 3;
                }
                (byte, ..) => {
                    out.push(*byte);
                    at += 1;
                }
            }
        }
        if ends && !is_soft {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_unfolded() {
        let text = b"From: x\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n boundary=a;start=\"<b>\"\r\nContent-Location: https://e.org/\r\n a\r\n\r\nbody";
        let (headers, body) = Headers::of(text);
        assert_eq!(headers.kind(), "multipart/related");
        assert_eq!(headers.parameter("BOUNDARY").as_deref(), Some("a"));
        assert_eq!(headers.parameter("start").as_deref(), Some("<b>"));
        assert_eq!(headers.parameter("type").as_deref(), Some("text/html"));
        assert_eq!(headers.parameter("charset"), None);
        assert_eq!(
            headers.address("content-location").as_deref(),
            Some("https://e.org/a")
        );
        assert_eq!(body, b"body");
    }

    #[test]
    fn quoted_printable_is_undone() {
        let text = b"a=3D=\r\nb  \r\nc=E4=X=\nd";
        assert_eq!(from_quoted_printable(text), b"a=b\r\nc\xe4=Xd");
    }

    #[test]
    fn bodies_stand_between_boundaries() {
        let (bodies, ended) = split(b"x\n--a\n1\n--ab\n\n--a \r\n2\r\n--a--\nx", "a");
        assert_eq!(bodies, [&b"1\n--ab\n"[..], b"2"]);
        assert!(ended);
        assert_eq!(split(b"--a\n1\n", "a"), (vec![&b"1\n"[..]], false));
    }
}
