//! Texts from arbitrary bytes for the importers, and the properties of every article.

use postil::import::{ImportError, Input, Kind, read};
use postil::model::article::{Article, Piece, Source};

/// Fragments that the importers interpret: tags, markers, headers, and difficult words.
const VOCABULARY: [&str; 128] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<ol start=3>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th colspan=2>",
    "</td>",
    "</table>",
    "<caption>",
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
    "<a href=https://a.b/c>",
    "</a>",
    "<a name=b>",
    "<sup>",
    "</sup>",
    "<img src=https://a.b/c>",
    "<img alt=x srcset='a 1x, b 2x'>",
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
    "<span dir=rtl lang=he>",
    "</span>",
    "<input type=checkbox>",
    "<div role=note>",
    "<!--",
    "-->",
    "<svg width=99>",
    "</svg>",
    "<path d=M0,0>",
    "<use href=#a>",
    "<g id=a style='fill:url(#b)'>",
    "<foreignObject>",
    "<text>",
    "<style>.a{fill:red}",
    "</style>",
    "<math>",
    "</math>",
    "<mi>",
    "<mfrac>",
    "<mtext>",
    "<mfenced>",
    "<annotation encoding=tex>",
    "<script type=math/tex>",
    "</script>",
    "<span class=katex>",
    "<iframe src=https://a.b>",
    "</iframe>",
    "<video src=a>",
    "<object data=a>",
    "<!doctype html>",
    "<base href=https://a.b/>",
    "<meta name=author content=a>",
    "<template>",
    "<select>",
    "<button>",
    "<font>",
    "<noscript>",
    "<title>",
    "<article>",
    "</article>",
    "&nbsp;",
    "&#0;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{c}",
    "a",
    "word ",
    "One sentence, with a comma. ",
    "e\u{301}",
    "שלום",
    "字",
    "👩‍🚀",
    "\0",
    "# ",
    "- ",
    "1. ",
    "> ",
    "```",
    "**",
    "_",
    "|",
    "|--|\n",
    "[^1]",
    "[^1]: ",
    "[a](#a)",
    "---\n",
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
            let word = |byte: &u8| VOCABULARY[usize::from(*byte) % VOCABULARY.len()];
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
        text.push_str(
            leaf.text
                .slice(article.text())
                .expect("a leaf lies in the text"),
        );
    }
    assert_eq!(text, article.text());
    assert_eq!(separators.next(), None);
}
