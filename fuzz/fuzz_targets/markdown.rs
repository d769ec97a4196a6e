//! Markdown as an article, as a note, and with HTML in it.

#![no_main]

use libfuzzer_sys::fuzz_target;

use postil::import::{Kind, markdown};
use postil::model::article::Source;

use postil_testing::reading::{check, check_bytes, text};

fuzz_target!(|bytes: &[u8]| {
    let text = text(bytes);
    check(&markdown::read(&text, Source::Pasted).expect("Markdown can be read"));
    check(&markdown::read_note(&text, true));
    check(&markdown::read_note(&text, false));
    check_bytes(text.as_bytes(), Kind::Markdown);
});
