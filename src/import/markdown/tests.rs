//! Tests of Markdown, construct by construct, and of the article that ships with the app.

mod suite;
mod written;

use super::super::html;
use super::super::notation::walk;
use super::*;
use crate::model::article::{Piece, Tag};

fn markdown(text: &str) -> String {
    walk(&read(text, Source::Pasted).expect("Markdown can be read"))
}

/// The way through HTML, also of what would not go it.
fn to_html(markdown: &str, source: Source) -> (Description, String) {
    let (description, body) = front_matter::read(markdown, source);
    let prepared = Prepared::article(body, article_options());
    (description, Document::of(&prepared).into_html(body.len()))
}

fn note(text: &str) -> String {
    walk(&read_note(text, true))
}

#[test]
fn blocks() {
    for (text, expected) in [
        ("# A *b*\n\nc\nd  \ne", "h1(id=a-b)*[A em[b]] p*[c d⏎e]"),
        ("- a\n- b\n  1. c", "ul[li*[a] li[p*[b] ol[li*[c]]]]"),
        ("3. a\n\n   b", "ol(start=3)[li[p*[a] p*[b]]]"),
        (
            "- [x] a\n- [ ] b",
            "ul[li(checked=true)*[a] li(checked=false)*[b]]",
        ),
        ("> a\n>> b", "blockquote[p*[a] blockquote[p*[b]]]"),
        ("> [!WARNING]\n> a", "callout(kind=warning)[p*[a]]"),
        (
            "```rust\nlet a;\n\n  b\n```",
            "pre(code=rust)*[let a;\n\n  b]",
        ),
        ("a\n\n---\n\nb", "p*[a] hr[] p*[b]"),
        ("a\n: b", "dl[dt*[a] dd*[b]]"),
    ] {
        assert_eq!(markdown(text), expected, "{text}");
    }
}

#[test]
fn a_table_has_a_head_and_aligned_cells() {
    assert_eq!(
        markdown("| a | b |\n|:-:|---|\n| c | |\n"),
        "table[thead[tr[th(align=center)(scope=col)*[a] th(scope=col)*[b]]] \
         tbody[tr[td(align=center)*[c] td[]]]]"
    );
}

#[test]
fn inlines() {
    for (text, expected) in [
        ("*a* **b** ~~c~~ `d`", "p*[em[a] strong[b] del[c] code[d]]"),
        (
            "[a](https://example.org \"t\")",
            "p*[a(href=https://example.org)(title=t)[a]]",
        ),
        (
            "<me@example.org>",
            "p*[a(href=mailto:me@example.org)[me@example.org]]",
        ),
        (
            "![a *b*](https://example.org/x.png)",
            "p[img(src=https://example.org/x.png)(alt=a b)[]]",
        ),
        (
            "www.a.b `www.a.b`",
            "p*[a(href=http://www.a.b)[www.a.b] code[www.a.b]]",
        ),
        ("a -- \"b\" ...", "p*[a -- \"b\" ...]"),
        ("a <b>c</b>", "p*[a <b>c</b>]"),
        ("<div>\na\n</div>", "p*[<div>⏎a⏎</div>]"),
    ] {
        assert_eq!(markdown(text), expected, "{text}");
    }
}

#[test]
fn unsafe_addresses_leave_their_words() {
    for address in [
        "javascript:alert(1)",
        "data:text/html,x",
        "&#106;avascript:x",
        "a.html",
        "#no",
    ] {
        assert_eq!(markdown(&format!("[a]({address})")), "p*[a]", "{address}");
        assert_eq!(markdown(&format!("![a]({address})")), "p*[a]", "{address}");
    }
}

#[test]
fn links_within_the_article_find_their_headings() {
    assert_eq!(
        markdown("[a](#über-uns) [b](#%C3%BCber-uns)\n\n## Über uns"),
        "p*[a(href=#über-uns)[a] a(href=#über-uns)[b]] h2(id=über-uns)*[Über uns]"
    );
}

#[test]
fn footnotes_are_numbered_as_they_are_referred_to() {
    assert_eq!(
        markdown("a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n[^x]: X\n\n[^z]: Z [^no]"),
        "p*[a noteref(href=#fn-1)(id=fnref-1)(label=1)[] b \
         noteref(href=#fn-2)(id=fnref-2)(label=2)[] c \
         noteref(href=#fn-1)(id=fnref-1-2)(label=1)[]] \
         footnotes[footnote(id=fn-1)(label=1)[p*[X noteback(href=#fnref-1)(label=↩)[]]] \
         footnote(id=fn-2)(label=2)[p*[Y noteback(href=#fnref-2)(label=↩)[]]] \
         footnote(id=fn-3)(label=3)[p*[Z [^no]]]]"
    );
}

#[test]
fn a_footnote_without_words_is_none() {
    assert_eq!(markdown("a[^x] b\n\n[^x]:\n"), "p*[a[^x] b]");
}

#[test]
fn a_note_fetches_nothing_and_cannot_be_pointed_to() {
    assert_eq!(
        note("# A\n\n![b](https://c.d/e.png) ![](https://c.d/f.png) [g](#a) <i>h</i>"),
        "h1*[A] p*[a(href=https://c.d/e.png)[b] \
         a(href=https://c.d/f.png)[https://c.d/f.png] g <i>h</i>]"
    );
    assert_eq!(note("---\ntitle: x\n---"), "hr[] h2*[title: x]");
    assert_eq!(note(""), "");
}

#[test]
fn scripts_are_kept_as_they_are() {
    for text in [
        "مرحبا **بالعالم**",
        "שלום",
        "नमस्ते दुनिया",
        "สวัสดีชาวโลก",
        "你好，世界。",
        "Grüße",
    ] {
        let article = read(text, Source::Pasted).expect("Markdown can be read");
        assert_eq!(article.text(), text.replace('*', ""));
    }
}

#[test]
fn single_line_ends_of_a_note_are_kept_or_spaces() {
    let flowing = |text: &str| walk(&read_note(text, false));
    for (text, kept, joined) in [
        ("a\nb", "p*[a⏎b]", "p*[a b]"),
        ("a  \nb\\\nc", "p*[a⏎b⏎c]", "p*[a⏎b⏎c]"),
        (
            "- a\n  *b*\n- c",
            "ul[li*[a⏎ em[b]] li*[c]]",
            "ul[li*[a em[b]] li*[c]]",
        ),
        ("> a\nb", "blockquote[p*[a⏎b]]", "blockquote[p*[a b]]"),
        ("窯は\n古い", "p*[窯は⏎古い]", "p*[窯は古い]"),
    ] {
        assert_eq!(note(text), kept, "{text}");
        assert_eq!(flowing(text), joined, "{text}");
    }
}

#[test]
fn footnotes_in_a_note_stay_words() {
    assert_eq!(note("a[^1]\n\n[^1]: *b*"), "p*[a[^1]] p*[[^1]: em[b]]");
}

#[test]
fn hostile_texts_are_read_to_the_end() {
    for unit in [
        ">",
        "> ",
        "- ",
        "* ",
        "*",
        "**",
        "_",
        "[",
        "](",
        "![",
        "`",
        "<",
        "<b>",
        "[^1]",
        "[^1]: a\n",
        "|",
        "|-",
        "#",
        "# a\n",
        "~",
        "&",
        "https://",
        "(https://a.b",
        "1. ",
        "a\n: b\n",
        "[a]: b\n",
        "- [ ] ",
        "\\",
        "    ",
        "> [!NOTE]\n",
        "|a|\n|-|\n",
        "[a](<b",
        "[a][",
        "<!--",
        "<?",
        "$",
        "[^a]:",
        "*a_ ",
        "-\n",
        "<a ",
        "[^1][^2]\n\n[^1]: [^2]\n\n[^2]: [^1]\n\n",
        "$$",
        "$$\n",
        "$a ",
        "$a$",
        "$$ a $ ",
        "\\(",
        "\\[a=",
        "\\begin{align}\n",
        "<a<a<a",
        "<a a=\"",
        "<div>\n<a b='",
        "<div><!--",
        "<div><script>",
        "x<b> ",
        "x<b> </b> ",
        "</b>",
        "<pier>",
        "[[",
        "[[a]] ",
        "]]",
        "==",
        " ==a",
        "a== ",
        "%%",
        "%%\n",
        " %%a",
        "^[a ",
        "a^[b c]",
        "{#a}",
        "# a {#a}\n",
        "# {{{\n",
        "> [!a]",
        "> [!a] b\n",
        "[!a]",
        "*中",
        "**中。",
        "中\n",
        ":::a\n",
        ":::\n",
        "!!! a\n    ",
        "!!! a\n    b\n",
        "Table: a\n\n|a|\n|-|\n\n",
        "+++\n",
        "---\n",
        "{\n",
        "\u{e000}\u{2800}",
    ] {
        let text = unit.repeat(50_000);
        println!("{unit:?}");
        read(&text, Source::Pasted).expect("Markdown can be read");
        read_note(&text, true);
    }
}

/// Every construct in one text, without raw HTML.
const EVERYTHING: &str = "# T\n\nA *b* **c** ~~d~~ `e<f>` [g](https://h.i/j?k=1&l=2 \"m & n\") \
    o[^1] p[^2]\nq  \nr www.s.t/u\n\n## T\n\n> v\n\n> [!TIP]\n> w\n\n```rust\nlet x = \"<y>\";\n\n\
    z\n```\n\n- [x] a\n- [ ] b\n\n1. c\n2. d\n\n   e\n   - f\n\n| g | h |\n|--:|:--|\n| i | **j** |\n\n\
    ![k](https://l.m/n.png \"o\")\n\n---\n\np\n: q\n\n[r](#t-1) <s@t.u>\n\n[^2]: V\n\n    W\n[^1]: X [^2]\n";

#[test]
fn the_way_through_html_gives_the_same_article() {
    let (description, markup) = to_html(EVERYTHING, Source::Pasted);
    let page = html::parse(&markup);
    let through = html::read_described(&page, description).expect("HTML can be read");
    let direct = read(EVERYTHING, Source::Pasted).expect("Markdown can be read");
    assert_eq!(walk(&through), walk(&direct));
    assert_eq!(through.text(), direct.text());
    assert!(!has_raw_html(EVERYTHING));
    assert!(has_raw_html("a <b>c</b>"));
}

#[test]
fn the_bundled_article_uses_every_kind_of_block() {
    let text = include_str!("../../../static/articles/karpathy-anthropic.md");
    let source = Source::Bundled("karpathy-anthropic".to_owned());
    let article = read(text, source).expect("the bundled article can be read");
    assert_eq!(
        article.title(),
        "Andrej Karpathy joins Anthropic's pretraining team"
    );
    let words = article.text().split_whitespace().count();
    assert!((700..=1_000).contains(&words), "{words} words");
    for wanted in [
        Tag::H1,
        Tag::H2,
        Tag::P,
        Tag::Table,
        Tag::Th,
        Tag::Td,
        Tag::Ul,
        Tag::Li,
        Tag::Blockquote,
        Tag::Callout,
        Tag::A,
        Tag::Em,
        Tag::Strong,
        Tag::NoteReference,
        Tag::Footnote,
        Tag::NoteReturn,
    ] {
        let is_there = |piece: &Piece| matches!(piece, Piece::Open { tag, .. } if *tag == wanted);
        assert!(article.pieces().iter().any(is_there), "{wanted:?}");
    }
    assert!(!has_raw_html(text));
}
