//! Laws of importing: any input gives an article that keeps its invariants.

use postil::import::{Input, html, kind_of, markdown, plain, read};
use postil::model::article::{Article, Source};
use proptest::prelude::*;

/// Fragments of tags and of their surroundings, to build tag soup from.
const TAGS: [&str; 77] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th scope=col>",
    "</td>",
    "</table>",
    "<caption>",
    "<thead>",
    "<h1>",
    "</h1>",
    "<h2 id=a>",
    "<pre>",
    "</pre>",
    "<code>",
    "<br>",
    "<hr>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=#a>",
    "<a href=https://example.org/>",
    "</a>",
    "<a name=b>",
    "<a href=#b>",
    "<sup>",
    "</sup>",
    "<img src=https://a.b/c>",
    "<img alt=x>",
    "<blockquote>",
    "</blockquote>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<details>",
    "<summary>",
    "<figure>",
    "<figcaption>",
    "<section class=footnotes>",
    "<div class=footnote-definition id=b>",
    "<span dir=rtl>",
    "<div lang=he>",
    "</span>",
    "<input type=checkbox>",
    "<div role=note>",
    "<!--",
    "-->",
    "<a role=doc-noteref href=#b>",
    "<svg>",
    "</svg>",
    "<svg width=99>",
    "<path d=M0,0>",
    "<use href=#a>",
    "<foreignObject>",
    "<template>",
    "<iframe src=https://a.b></iframe>",
    "<math>",
    "</math>",
    "<mi>",
    "<mfrac>",
    "<mtext>",
    "<mfenced>",
    "<annotation encoding=tex>",
    "<script type=math/tex>x</script>",
    "<span class=katex>",
];
/// Words, white space and characters with a meaning in one of the formats.
const WORDS: [&str; 34] = [
    "a",
    "1",
    " ",
    "\n",
    "\n\n",
    "\t",
    "&nbsp;",
    "&#0;",
    "\0",
    "e\u{301}",
    "שלום",
    "字",
    "👩‍🚀",
    "#",
    "# ",
    "- ",
    "> ",
    "[!NOTE]\n",
    "```",
    "`",
    "*",
    "**",
    "|",
    "|--|",
    "[^1]",
    "[^1]: ",
    "[a](#a)",
    "![b](c)",
    "---\n",
    "www.a.b",
    "    ",
    "\r\n",
    "\u{c}",
    "- [ ] ",
];

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

/// Checks that the article survives storage and that no leaf is empty.
fn is_kept(article: &Article) {
    assert_eq!(Article::from_json(&article.to_json()).as_ref(), Ok(article));
    assert!(!article.title().is_empty());
    for leaf in article.leaves() {
        let words = leaf
            .text
            .slice(article.text())
            .expect("a leaf lies in the text");
        assert!(!words.is_empty());
    }
}

/// The visible characters in order, without white space.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn html_gives_an_article(text in text()) {
        is_kept(&html::read(&text, Source::Pasted).expect("HTML can be read"));
        let source = Source::Address("https://example.org/x".to_owned());
        is_kept(&html::read(&text, source).expect("HTML can be read"));
    }

    #[test]
    fn markdown_gives_an_article(text in text()) {
        is_kept(&markdown::read(&text, Source::Pasted).expect("Markdown can be read"));
        is_kept(&markdown::read_note(&text));
    }

    #[test]
    fn plain_text_gives_an_article_of_its_words(text in text()) {
        let article = plain::read(&text, Source::Pasted).expect("plain text can be read");
        is_kept(&article);
        // Except for the markers of lists, quotations and underlines.
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
    fn any_bytes_are_answered(bytes in any::<Vec<u8>>(), name in "[a-z.]{0,8}") {
        let _ = kind_of(&String::from_utf8_lossy(&bytes), Some(&name));
        let input = Input { bytes, kind: None, charset: None, source: Source::File(name), title: None };
        if let Ok(imported) = read(input) {
            is_kept(&imported.article);
        }
    }
}
