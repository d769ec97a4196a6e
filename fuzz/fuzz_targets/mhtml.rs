//! Saved pages: random headers and parts, and raw bytes.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

use postil::import::Kind;

use postil_testing::reading::{check_bytes, text};

#[derive(Arbitrary, Debug)]
struct Input {
    parts: Vec<Part>,
    /// True if the parts are terminated properly.
    ends: bool,
    /// Precedes the parts.
    raw: Vec<u8>,
}

#[derive(Arbitrary, Debug)]
struct Part {
    kind: u8,
    encoding: u8,
    headers: String,
    body: Vec<u8>,
}

const KINDS: [&str; 5] = [
    "text/html; charset=utf-8",
    "text/html",
    "image/png",
    "multipart/alternative; boundary=b",
    "text/plain",
];
const ENCODINGS: [&str; 4] = ["quoted-printable", "base64", "binary", "8bit"];

fuzz_target!(|input: Input| {
    check_bytes(&input.raw, Kind::Mhtml);
    let mut message = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        .to_owned()
        .into_bytes();
    for part in &input.parts {
        let kind = KINDS[usize::from(part.kind) % KINDS.len()];
        let encoding = ENCODINGS[usize::from(part.encoding) % ENCODINGS.len()];
        let head = format!(
            "--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{}\r\n\r\n",
            part.headers
        );
        message.extend(head.bytes());
        message.extend(text(&part.body).bytes());
        message.extend(b"\r\n");
    }
    if input.ends {
        message.extend(b"--b--\r\n");
    }
    check_bytes(&message, Kind::Mhtml);
});
