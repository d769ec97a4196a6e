//! Laws of importing: any input gives an article that keeps its invariants.

use postil::import::{Input, html, kind_of, markdown, plain, read};
use postil::model::article::Source;
use postil_testing::reading::{TAGS, WORDS, check};
use proptest::prelude::*;

pub fn soup() -> impl Strategy<Value = String> {
    let unit = prop_oneof![
        proptest::sample::select(&TAGS[..]),
        proptest::sample::select(&WORDS[..]),
    ];
    proptest::collection::vec(unit, 0..60).prop_map(|units| units.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![soup(), any::<String>()]
}

/// The visible characters in order, without white space.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn html_gives_an_article(text in text()) {
        check(&html::read(&text, Source::Pasted).expect("HTML can be read"));
        let source = Source::Address("https://example.org/x".to_owned());
        check(&html::read(&text, source).expect("HTML can be read"));
    }

    #[test]
    fn markdown_gives_an_article(text in text()) {
        check(&markdown::read(&text, Source::Pasted).expect("Markdown can be read"));
        check(&markdown::read_note(&text, true));
    }

    #[test]
    fn plain_text_gives_an_article_of_its_words(text in text()) {
        let article = plain::read(&text, Source::Pasted).expect("plain text can be read");
        check(&article);
        // But for the marks of lists, quotes and underlines.
        let marks = ['-', '–', '*', '•', '‣', '>', '=', '~', '\u{feff}'];
        if !text.contains(marks) && !text.contains(". ") && !text.contains(") ") {
            prop_assert_eq!(dense(article.text()), dense(&text.replace('\0', "\u{fffd}")));
        }
    }

    #[test]
    fn words_in_paragraphs_are_the_text(words in "[a-zא-ת字 ]{0,40}") {
        let article = html::read(&format!("<div><p>{words}</p></div>"), Source::Pasted);
        let article = article.expect("HTML can be read");
        prop_assert_eq!(article.text(), words.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn any_bytes_are_answered_without_a_panic(bytes in any::<Vec<u8>>(), name in "[a-z.]{0,8}") {
        let _ = kind_of(&String::from_utf8_lossy(&bytes), Some(&name));
        let input = Input { bytes, kind: None, charset: None, source: Source::File(name), title: None };
        if let Ok(imported) = read(input) {
            check(&imported.article);
        }
    }
}
