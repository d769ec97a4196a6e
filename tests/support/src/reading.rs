//! Texts from arbitrary bytes for the importers, and the properties of every article.

use postil::import::{ImportError, Input, Kind, read};
use postil::model::article::{Article, Piece, Source};

/// Pieces of tags and of what stands around them.
pub const TAGS: [&str; 101] = [
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
    "<th colspan=2>",
    "<a href=https://a.b/c>",
    "<img alt=x srcset='a 1x, b 2x'>",
    "<span dir=rtl lang=he>",
    "<g id=a style='fill:url(#b)'>",
    "<text>",
    "<style>.a{fill:red}",
    "</style>",
    "<script type=math/tex>",
    "</script>",
    "<iframe src=https://a.b>",
    "</iframe>",
    "<video src=a>",
    "<object data=a>",
    "<!doctype html>",
    "<base href=https://a.b/>",
    "<meta name=author content=a>",
    "<select>",
    "<button>",
    "<font>",
    "<noscript>",
    "<title>",
    "<article>",
    "</article>",
];
/// Words, white space and signs that mean something to one of the importers.
pub const WORDS: [&str; 49] = [
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
    "&",
    "<",
    ">",
    "\"",
    "'",
    "  ",
    "word ",
    "One sentence, with a comma. ",
    "1. ",
    "_",
    "|--|\n",
    "title: ",
    "*** START OF GUTENBERG\n",
    "Content-Type: ",
    "=\n",
];
/// First byte of those inputs that select words of the vocabulary; others are the text itself.
const CHOOSES: u8 = 0xff;

/// Makes a text of bytes.
pub fn text(bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((&CHOOSES, words)) => {
            let vocabulary: Vec<&str> = TAGS.into_iter().chain(WORDS).collect();
            let word = |byte: &u8| vocabulary[usize::from(*byte) % vocabulary.len()];
            words.iter().map(word).collect()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Imports bytes as the given kind; only empty, locked or damaged input may give no article.
pub fn check_bytes(bytes: &[u8], kind: Kind) {
    let imported = read(Input {
        bytes: bytes.to_vec(),
        kind: Some(kind),
        charset: None,
        source: Source::File("a".to_owned()),
        title: None,
    });
    match imported {
        Ok(imported) => check(&imported.article),
        Err(ImportError::Malformed(error)) => panic!("the importer is wrong: {error}"),
        Err(_) => {}
    }
}

/// Fails if an article breaks its laws: it must survive storage, and its text must be that of its
/// leaves joined by separators.
pub fn check(article: &Article) {
    assert_eq!(Article::from_json(&article.to_json()).as_ref(), Ok(article));
    let mut separators = article.pieces().iter().filter_map(|piece| match piece {
        Piece::Separator(separator) => Some(*separator),
        _ => None,
    });
    let mut text = String::new();
    for (index, leaf) in article.leaves().iter().enumerate() {
        if index > 0 {
            text.extend(separators.next());
        }
        let words = leaf.text.slice(article.text());
        let words = words.expect("a leaf lies in the text");
        assert!(!words.is_empty());
        text.push_str(words);
    }
    assert_eq!(text, article.text());
    assert_eq!(separators.next(), None);
}
