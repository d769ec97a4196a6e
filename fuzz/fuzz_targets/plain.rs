//! Plain text, and bytes of unknown format.

#![no_main]

use libfuzzer_sys::fuzz_target;

use postil::import::{Input, kind_of, plain, read};
use postil::model::article::Source;

use postil_testing::reading::{check, text};

fuzz_target!(|bytes: &[u8]| {
    let text = text(bytes);
    check(&plain::read(&text, Source::Pasted).expect("plain text can be read"));
    let _ = kind_of(&text, Some("a.txt"));
    let input = Input {
        bytes: bytes.to_vec(),
        kind: None,
        charset: None,
        source: Source::Pasted,
        title: None,
    };
    if let Ok(imported) = read(input) {
        check(&imported.article);
    }
});
