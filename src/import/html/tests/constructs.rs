//! Tests of each element of the vocabulary.

use super::html;

#[test]
fn blocks() {
    for (markup, expected) in [
        ("<h1>a</h1><h6>b</h6><p>c", "h1*[a] h6*[b] p*[c]"),
        ("a<div>b<div>c</div></div>d", "p*[a] p*[b] p*[c] p*[d]"),
        ("<x-y>a</x-y> b<section>c</section>", "p*[a b] p*[c]"),
        ("<p>a<br>b<wbr>c&shy;d", "p*[a⏎bc\u{ad}d]"),
        ("<blockquote>a<p>b</blockquote>", "blockquote[p*[a] p*[b]]"),
        ("<pre>\n a\n  <b>b</b></pre>", "pre*[ a\n  b[b]]"),
        (
            "<pre><code class='x language-rust'>a</code></pre>",
            "pre(code=rust)*[a]",
        ),
        ("<dl><dt>a<dd>b<dd><p>c</dl>", "dl[dt*[a] dd*[b] dd[p*[c]]]"),
        ("a<hr>b", "p*[a] hr[] p*[b]"),
        (
            "<details open><summary>a</summary>b</details>",
            "details(open=true)[summary*[a] p*[b]]",
        ),
        (
            "<figure><img src=https://a.b/c alt=d><figcaption>e</figcaption></figure>",
            "figure[p[img(src=https://a.b/c)(alt=d)[]] figcaption*[e]]",
        ),
        (
            "<div class='admonition warning'>a</div><div role=note>b</div>",
            "callout(kind=warning)[p*[a]] callout(kind=note)[p*[b]]",
        ),
        (
            "<div class='markdown-alert markdown-alert-tip'><p class=markdown-alert-title>Tip</p><p>a</div>",
            "callout(kind=tip)[p*[a]]",
        ),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn lists() {
    for (markup, expected) in [
        (
            "<ol start=3 reversed type=a><li value=7>a<li>b<ul><li><div>c</div></ul></ol>",
            "ol(start=3)(type=a)(reversed=true)[li(value=7)*[a] li[p*[b] ul[li*[c]]]]",
        ),
        (
            "<ul><li><input type=checkbox checked> a<li><p><label><input type=checkbox>b</label></ul>",
            "ul[li(checked=true)*[a] li(checked=false)[p*[b]]]",
        ),
        ("<ol start=x type=disc><li>a</ol>", "ol[li*[a]]"),
        ("<menu><li>a</menu>", "ul[li*[a]]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn tables() {
    for (markup, expected) in [
        (
            "<table><caption>a</caption><col><thead><tr><th scope=row>b<th>c<tbody>\
             <tr><td colspan=2 align=RIGHT>d<tfoot><tr><td rowspan=9999>e</table>",
            "table[caption*[a] thead[tr[th(scope=row)*[b] th(scope=col)*[c]]] \
             tbody[tr[td(align=right)(colspan=2)*[d]]] tfoot[tr[td(rowspan=1000)*[e]]]]",
        ),
        (
            "<table role=presentation><tr><td>a<td>c<td><table><tr><td>b</table></table>",
            "p*[a] p*[c] table[tbody[tr[td*[b]]]]",
        ),
        (
            "<table>a<tr>b<td>c</table>",
            "p*[ab] table[tbody[tr[td*[c]]]]",
        ),
        ("<td>a</td><tr>b", "p*[ab]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn inlines() {
    for name in [
        "em", "strong", "code", "sub", "sup", "del", "ins", "mark", "small", "kbd", "samp", "var",
        "cite", "q", "i", "b", "u", "s", "bdi",
    ] {
        let markup = format!("<p>a<{name}>b</{name}>");
        assert_eq!(html(&markup), format!("p*[a {name}[b]]"));
    }
    for (markup, expected) in [
        ("<abbr title=a>b</abbr>", "p*[abbr(title=a)[b]]"),
        ("<bdo dir=rtl>a</bdo>", "p*[bdo(dir=rtl)[a]]"),
        (
            "<span>a</span><span lang=fr>b</span>",
            "p*[a span(lang=fr)[b]]",
        ),
        ("<b style='font-weight:normal'>a</b>", "p*[a]"),
        (
            "<span style='font-weight:700; font-style: italic'>a</span>",
            "p*[strong[em[a]]]",
        ),
        (
            "<strike>a</strike><tt>b</tt><font>c</font>",
            "p*[s[a] code[b]c]",
        ),
        (
            "<math><mi>x</mi><annotation>y</annotation></math>",
            "p*[math[mi[x]]]",
        ),
        ("<b>a<p>b</b>c", "p*[b[a]] p*[b[b]c]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn readings_are_no_part_of_the_text() {
    let markup = "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>です";
    assert_eq!(
        html(markup),
        "p*[ruby[漢 rt(label=かん)[]字 rt(label=じ)[]]です]"
    );
}

#[test]
fn language_and_direction_reach_the_blocks() {
    for (markup, expected) in [
        (
            "<div dir=RTL lang=he>א<p>ב<p lang=en>c</div>d",
            "p(dir=rtl)(lang=he)*[א] p(dir=rtl)(lang=he)*[ב] p(lang=en)(dir=rtl)*[c] p*[d]",
        ),
        (
            "<section dir=rtl><ul><li>a<li dir=ltr>b</ul></section>",
            "ul(dir=rtl)[li*[a] li(dir=ltr)*[b]]",
        ),
        ("<html dir=rtl lang=ar><body><p>a", "p*[a]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn what_shows_no_words_is_left_out() {
    for hidden in [
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<iframe>x</iframe>",
        "<object>x</object>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<button>x</button>",
        "<svg><text>x</text></svg>",
        "<canvas>x</canvas>",
        "<video>x</video>",
        "<!-- x -->",
        "<span hidden>x</span>",
        "<span aria-hidden=true>x</span>",
        "<span style='color:red;Display: none !important'>x</span>",
        "<span style='visibility:hidden'>x</span>",
        "<dialog>x</dialog>",
    ] {
        assert_eq!(
            html(&format!("<p>a{hidden}b")).replace("] p*[", ""),
            "p*[ab]",
            "{hidden}"
        );
    }
    assert_eq!(html("<form>a <label>b</label></form>"), "p*[a b]");
}

#[test]
fn what_is_left_open_in_a_script_less_part_does_not_swallow_the_page() {
    for (markup, expected) in [
        ("<noscript><p>x</noscript><p>y", "p*[y]"),
        ("<noscript><div><a href=z>x</noscript>y", "p*[y]"),
        ("<head><noscript><style>x</noscript><p>y", "p*[y]"),
        ("<noscript>x</noscript>", ""),
        (
            "<svg><foreignObject><p>x</foreignObject></svg><p>y",
            "p*[x] p*[y]",
        ),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn of_drawings_only_parts_of_the_page_in_them_are_read() {
    for (markup, expected) in [
        (
            "a<svg>b<g>c<foreignObject><div><b>d</b></div></foreignObject></g></svg>e",
            "p*[a] p*[b[d]] p*[e]",
        ),
        (
            "<p>a<svg><title></title><desc></desc><text>d</text></svg>e",
            "p*[ae]",
        ),
        ("<p>a<svg><desc><p>b</p></desc></svg>e", "p*[ae]"),
        (
            "<p>a<svg><style>b</style><a>c<tspan>d</tspan></a></svg>e",
            "p*[ae]",
        ),
        (
            "<svg><defs><foreignObject>a</foreignObject></defs></svg>e",
            "p*[e]",
        ),
        (
            "<svg><foreignObject>a<svg>b<desc>c</desc></svg></foreignObject></svg>",
            "p*[a]",
        ),
        (
            "<svg hidden><foreignObject>a</foreignObject></svg>e",
            "p*[e]",
        ),
        (
            "<p>a<a href='https://b.c'><svg><title>d</title></svg>e</a>",
            "p*[a a(href=https://b.c)[e]]",
        ),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn menus_stay_in_the_whole_page() {
    assert_eq!(html("<nav><ul><li>a</ul></nav><p>b"), "ul[li*[a]] p*[b]");
}
