//! HTML, as a whole page and as its article.

#![no_main]

use libfuzzer_sys::fuzz_target;

use postil::import::html;
use postil::model::article::Source;

use postil_testing::reading::{check, text};

fuzz_target!(|bytes: &[u8]| {
    let page = html::parse(&text(bytes));
    let source = || Source::Address("https://example.org/a/".to_owned());
    check(&html::read_page(&page, source()).expect("HTML can be read"));
    if let Some(part) = html::article_of(&page) {
        check(&html::read_part(&page, &part, source()).expect("HTML can be read"));
    }
});
