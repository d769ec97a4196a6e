//! Tests that an article has each formula in one form only.

use super::*;
use crate::model::article::Tag;

#[test]
fn mathml_stays_mathml() {
    for (markup, expected) in [
        (
            "<p>a <math display=block> <mrow>\n <mi> x </mi> <mo stretchy=false>=</mo>\n <mn>2</mn></mrow></math> b",
            "p*[a math(display=block)[mrow[mi[x] mo(stretchy=false)[=] mn[2]]] b]",
        ),
        (
            "<math><mfrac linethickness=0pt><mi mathvariant=normal>a</mi><mrow></mrow></mfrac><msup><mi></mi><mn>2</mn></msup></math>",
            "p*[math[mfrac(linethickness=0)[mi(mathvariant=normal)[a] mrow[]] msup[mi[] mn[2]]]]",
        ),
        (
            "<math><mfenced><mi>a</mi><mi>b</mi></mfenced><mfenced open='[' close=']' separators=';'><mi>c</mi><mi>d</mi></mfenced></math>",
            "p*[math[mrow[mo[(] mi[a] mo[,] mi[b] mo[)]] mrow[mo[[] mi[c] mo[;] mi[d] mo[]]]]]",
        ),
        (
            "<math><mtable><mlabeledtr><mtd><ms>a</ms></mtd></mlabeledtr></mtable><mspace width='0.5em'/><mspace width='9999em'/></math>",
            "p*[math[mtable[mtr[mtd[mtext[a]]]] mspace(space=0.5em)[] mspace[]]]",
        ),
        (
            "<math><mtext>a <b>b</b><i hidden>c</i></mtext>d<apply><ci>e</ci></apply><mphantom><mi>f</mi></mphantom></math>",
            "p*[math[mtext[a b] mtext[d] mtext[e] mrow[]]]",
        ),
        (
            "<math href=javascript:x><maction actiontype=x onclick=y><mi href=javascript:x>a</mi></maction></math>",
            "p*[math[mrow[mi[a]]]]",
        ),
        (
            "a<math hidden><mi>x</mi></math><math><mi></mi></math>",
            "p*[a math[mi[]]]",
        ),
        ("<math><mi></mi></math>", ""),
        (
            "<math><mtext>&nbsp;a </mtext></math>",
            "p*[math[mtext[\u{a0}a]]]",
        ),
        ("<mi>a</mi><tex>b</tex>", "p*[ab]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn tex_is_the_text_where_it_is_given() {
    let tree = "<mrow><mi>x</mi></mrow>";
    for markup in [
        format!(
            "<math><semantics>{tree}<annotation encoding='application/x-tex'> x^2 </annotation></semantics></math>"
        ),
        format!("<math alttext='{{\\displaystyle x^2}}'>{tree}</math>"),
        "<script type='math/tex'>x^2</script>".to_owned(),
        // KaTeX
        format!(
            "<span class=katex><span class=katex-mathml><math><semantics>{tree}<annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span><span class=katex-html>x2</span></span>"
        ),
        // MathJax 2
        format!(
            "<span class=MathJax_Preview>x</span><span class=MathJax><nobr>x2</nobr><span class=MJX_Assistive_MathML><math>{tree}</math></span></span><script type='math/tex'>x^2</script>"
        ),
        // MediaWiki
        format!(
            "<span class=mwe-math-element><span class=mwe-math-mathml-inline style='display: none;'><math alttext='{{\\displaystyle x^2}}'>{tree}</math></span><img src=https://a.b/c alt='{{\\displaystyle x^2}}' aria-hidden=true></span>"
        ),
        "<span class=mwe-math-element><img src=https://a.b/c alt='{\\displaystyle x^2}'></span>"
            .to_owned(),
    ] {
        assert_eq!(
            html(&format!("<p>a {markup} b")),
            "p*[a tex[x^2] b]",
            "{markup}"
        );
    }
    assert_eq!(
        html("a<script type='math/tex; mode=display'>x</script>b"),
        "p*[a] p*[tex[x]] p*[b]"
    );
}

#[test]
fn a_formula_is_read_once_whoever_has_drawn_it() {
    let math = "<math><mi>x</mi></math>";
    for markup in [
        format!(
            "<mjx-container><mjx-math aria-hidden=true><svg width=99><path d=M0,0 /></svg></mjx-math><mjx-assistive-mml>{math}</mjx-assistive-mml></mjx-container>"
        ),
        format!(
            "<span class=katex><span class=katex-mathml>{math}</span><span class=katex-html aria-hidden=true>x</span></span>"
        ),
        format!("<span class=MathJax><nobr>x</nobr>{math}</span>"),
        "<math alttext='an x'><mi>x</mi></math>".to_owned(),
    ] {
        assert_eq!(html(&markup), "p*[math[mi[x]]]", "{markup}");
    }
    for (markup, expected) in [
        ("<span class=katex hidden>x</span>a", "p*[a]"),
        (
            "<span class=katex><span class=katex-html aria-hidden=true>x&#8203;2</span></span>a",
            "p*[x2a]",
        ),
        (
            "<span class='math inline'>\\(x^2\\)</span>a",
            "p*[tex[x^2]a]",
        ),
        (
            "<p>a<span class='math display'>\\[x\\]</span>b",
            "p*[a tex[x] b]",
        ),
        ("<span class='math inline'><em>x</em></span>a", "p*[em[x]a]"),
        ("<span class=MathJax>x</span>a", "p*[xa]"),
        ("<script type=math/mml>x</script>a", "p*[a]"),
        (
            "<math alttext='{x}+{y'><mi>x</mi></math>",
            "p*[tex[{x}+{y]]",
        ),
        (
            "<math alttext='{\\displaystyle {a}{b}}'></math>",
            "p*[tex[{a}{b}]]",
        ),
        ("<math alttext='$a^{b$'></math>", "p*[tex[$a^{b$]]"),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn formulas_are_stored_and_read_back() {
    let markup = "<p>a<math display=block><mfrac><mrow/><mspace width=1em></mspace></mfrac><mi>x</mi></math>";
    let article = read(markup, Source::Pasted).expect("HTML can be read");
    assert_eq!(article.text(), "a x");
    assert_eq!(Article::from_json(&article.to_json()), Ok(article));
    for tag in Tag::ALL.iter().filter(|tag| tag.is_mathematical()) {
        assert_eq!(tag.code(), tag.element());
    }
}

#[test]
fn deep_and_hostile_formulas_keep_their_words() {
    for unit in [
        "<mrow>",
        "<mfrac><mi>",
        "<msup><mi>a</mi>",
        "<mtext><p>",
        "<mfenced>",
    ] {
        let markup = format!("<p>first <math>{}last", unit.repeat(400));
        let article = read(&markup, Source::Pasted).expect("HTML can be read");
        let text = article.text();
        assert!(text.starts_with("first") && text.contains("last"), "{unit}");
    }
}
