//! Tests of pages: addresses, ids, footnotes, clipboards and their facts about themselves.

use super::*;

#[test]
fn addresses_are_resolved() {
    let at = |markup: &str| html_at("https://example.org/a/b?c", markup);
    for (markup, expected) in [
        ("<a href=d>x</a>", "p*[a(href=https://example.org/a/d)[x]]"),
        (
            "<a href='//d.e/f g'>x</a>",
            "p*[a(href=https://d.e/f%20g)[x]]",
        ),
        (
            "<base href=/y/><a href=d>x</a>",
            "p*[a(href=https://example.org/y/d)[x]]",
        ),
        (
            "<a href='?#z'>x</a>",
            "p*[a(href=https://example.org/a/b?#z)[x]]",
        ),
        (
            "<img src=d.png>",
            "p[img(src=https://example.org/a/d.png)(alt=)[]]",
        ),
        (
            "<p id=y>a<a href='https://example.org/a/b?c#y'>x</a>",
            "p(id=y)*[a a(href=#y)[x]]",
        ),
    ] {
        assert_eq!(at(markup), expected, "{markup}");
    }
    assert_eq!(html("<a href=d>x</a>"), "p*[x]");
}

#[test]
fn ids_stay_where_a_link_points_to_them() {
    let links = "<a href=#a>1</a><a href=#%C3%A9>2</a><a href=#no>3</a>";
    for (markup, expected) in [
        ("<h2 id=own>x</h2>", "h2(id=own)*[x]"),
        ("<p id=own>x", "p*[x]"),
        ("<p id=a>x<p id=é>y", "p(id=a)*[x] p(id=é)*[y]"),
        ("<div id=a><p>x</div>", "p(id=a)*[x]"),
        ("<p>x<a name=a></a>y", "p*[x span(id=a)[y]]"),
        ("<p id=a>x<p id=a>y", "p(id=a)*[x] p*[y]"),
    ] {
        let walk = html(&format!("{markup}<p>{links}"));
        let found = walk.rsplit_once(" p*[").expect("the links stand last").0;
        assert_eq!(found, expected, "{markup}");
    }
}

#[test]
fn footnotes_of_many_makes_are_known() {
    let note = "<ol><li id=n>x <a href=#r>↩︎</a></ol>";
    for reference in [
        "<sup><a id=r href=#n>1</a></sup>",
        "<sup id=r class=reference><a href=#n>[1]</a></sup>",
        "<a id=r href=#n role=doc-noteref>1</a>",
        "<a id=r href=#n><sup>1</sup></a>",
    ] {
        assert_eq!(
            html(&format!("<p>a{reference}{note}")),
            "p*[a noteref(href=#n)(id=r)(label=1)[]] \
             ol[li(id=n)*[x noteback(href=#r)(label=↩)[]]]",
            "{reference}"
        );
    }
    assert_eq!(
        html("<h2 id=n>a<a class=headerlink href=#n>¶</a></h2>"),
        "h2(id=n)*[a]"
    );
    // These are links, or just raised words.
    for (markup, expected) in [
        (
            "<p id=n>a<sup><a href=#n>see here</a></sup>",
            "p(id=n)*[a sup[a(href=#n)[see here]]]",
        ),
        (
            "<p id=n>a <a class='reference internal' href=#n>b</a>",
            "p(id=n)*[a a(href=#n)[b]]",
        ),
        ("<p>a<sup><a href=#no>1</a></sup>", "p*[a sup[1]]"),
        ("<p id=n>a<a href=#n>1</a>", "p(id=n)*[a a(href=#n)[1]]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn pictures_that_come_later_are_found() {
    for (markup, expected) in [
        ("data-src=https://a.b/c", "src=https://a.b/c"),
        (
            "src='data:image/gif;base64,AA' data-src=https://a.b/c",
            "src=https://a.b/c",
        ),
        (
            "srcset='https://a.b/c 400w, https://a.b/d 1600w'",
            "src=https://a.b/d",
        ),
    ] {
        let found = html(&format!("<img {markup} alt=x width=30 height=20px>"));
        assert_eq!(
            found,
            format!("p[img({expected})(alt=x)(width=30)(height=20)[]]")
        );
    }
    assert_eq!(html("a<img src=https://a.b/c width=1 height=1>"), "p*[a]");
    assert_eq!(html("a<img src=javascript:x>"), "p*[a]");
}

#[test]
fn of_a_clipboard_only_the_copied_part_is_read() {
    let office = "<html><body>x<!--StartFragment--><p>a<o:p></o:p></p><!--EndFragment-->y</body>";
    assert_eq!(html(office), "p*[a]");
    let sheet = "<table>x<!--StartFragment--><tr><td>a<td>b</tr><!--EndFragment--></table>";
    assert_eq!(html(sheet), "table[tbody[tr[td*[a] td*[b]]]]");
    let documents =
        "<b style='font-weight:normal' id=x><p><span style='font-weight:700'>a</span></p></b>";
    assert_eq!(html(documents), "p*[strong[a]]");
}

#[test]
fn a_page_describes_itself() {
    let page = "<html lang=de-CH dir=LTR><title> A\n b </title><meta name=author content='C D'>\
        <meta property=og:site_name content=E><meta property=article:published_time content=2024>x";
    let article = read(page, Source::Pasted).expect("HTML can be read");
    let about = article.description();
    assert_eq!(about.title, "A b");
    assert_eq!(about.byline.as_deref(), Some("C D"));
    assert_eq!(about.site.as_deref(), Some("E"));
    assert_eq!(about.published.as_deref(), Some("2024"));
    assert_eq!(about.language.as_deref(), Some("de-CH"));
    assert_eq!(about.direction.as_deref(), Some("ltr"));
}

#[test]
fn scripts_are_kept_as_they_are() {
    for words in [
        "السلام عليكم",
        "שלום עולם",
        "नमस्ते दुनिया",
        "สวัสดีชาวโลก",
        "你好，世界。",
        "日本語の文。",
        "Straße\u{a0}und\u{202f}mehr",
        "e\u{301}\u{200d}👩‍🚀",
    ] {
        assert_eq!(html(&format!("<p>\n{words}\n</p>")), format!("p*[{words}]"));
    }
}
