//! Tests of code: lines stay lines, and their numbers are not words.

use super::*;

const WORDS: &str = "<p>The harbour office keeps its tables in plain text, so that whoever comes next \
    can read them with whatever is at hand that day.</p>";

fn text_of(code: &str) -> String {
    let (_, whole) = opened(&format!(
        "<article><h1>Tables</h1>{WORDS}{code}{WORDS}</article>"
    ));
    whole.text().to_owned()
}

fn assert_lines(code: &str, lines: &str) {
    let text = text_of(code);
    let is_alone = text.contains(&format!("day.\n{lines}\nThe harbour"));
    assert!(is_alone, "{code}\n\n{text:?}");
}

#[test]
fn each_line_that_is_an_element_ends() {
    let lines = "tide = 1\n    if tide:\nring()";
    for code in [
        "<pre><code>tide = 1</code><code>    if tide:</code><code>ring()</code></pre>",
        "<pre><div>tide = 1</div><div>    if tide:</div><div>ring()</div></pre>",
        "<pre><span class=line>tide = 1</span><span class=line>    if tide:</span><span class=line>ring()</span></pre>",
        "<pre><code><span class=line>tide = 1\n</span><span class=line>    if tide:\n</span><span class=line>ring()</span></code></pre>",
        "<pre><span class=line>tide = 1</span>\n<span class=line>    if tide:</span>\n<span class=line>ring()</span></pre>",
        "<pre><span style='display: block'>tide = 1</span><span style='display:block'>    if tide:</span><span>ring()</span></pre>",
        "<pre><code><div class=token-line>tide = 1<br></div><div class=token-line>    if tide:<br></div><div>ring()</div></code></pre>",
        "<pre>tide = 1<br>    if tide:<br>ring()</pre>",
        "<pre><ol><li>tide = 1</li><li>    if tide:</li><li>ring()</li></ol></pre>",
    ] {
        assert_lines(code, lines);
    }
}

#[test]
fn parts_of_a_line_stay_in_it() {
    for (code, lines) in [
        (
            "<pre>Ask <code>tide</code> or <code>ring</code>.</pre>",
            "Ask tide or ring.",
        ),
        (
            "<pre><code>tide</code><b>=</b><code>1</code></pre>",
            "tide=1",
        ),
        (
            "<div class=syntaxhighlighter><table><tr><td class=gutter><div class='line number1'>1</div><div class='line number2'>2</div></td>\
                <td class=code><div class=container><div class='line number1'><code class='js plain'>ring(</code><code class='js value'>1</code>\
                <code class='js plain'>)</code></div><div class='line number2'><code class='js plain'>tide()</code></div></div></td></tr></table></div>",
            "ring(1)\ntide()",
        ),
    ] {
        assert_lines(code, lines);
    }
}

#[test]
fn numbers_of_lines_are_no_words() {
    let lines = "tide = 1\n    ring()";
    for code in [
        "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2</pre></div></td>\
            <td class=code><div class=highlight><pre>tide = 1\n    ring()</pre></div></td></tr></table>",
        "<figure class='highlight py'><table><tr><td class=gutter><pre><span class=line>1</span><br><span class=line>2</span></pre></td>\
            <td class=code><pre><span class=line>tide = 1</span><br><span class=line>    ring()</span></pre></td></tr></table></figure>",
        "<table class='rouge-table'><tbody><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre></td>\
            <td class=rouge-code><pre>tide = 1\n    ring()\n</pre></td></tr></tbody></table>",
        "<div class=blob-wrapper><table><tr><td class=blob-num data-line-number=1></td><td class='blob-code blob-code-inner'>tide = 1</td></tr>\
            <tr><td class=blob-num data-line-number=2></td><td class='blob-code blob-code-inner'>    ring()</td></tr></table></div>",
        "<pre class=line-numbers><code>tide = 1\n    ring()<span class=line-numbers-rows><span></span><span></span></span></code></pre>",
        "<pre><span class=linenos>1</span>tide = 1\n<span class=linenos>2</span>    ring()</pre>",
        "<pre><code class=hljs><table class=hljs-ln><tr><td class=hljs-ln-numbers data-line-number=1><div>1</div></td><td class=hljs-ln-code>tide = 1</td></tr>\
            <tr><td class=hljs-ln-numbers data-line-number=2><div>2</div></td><td class=hljs-ln-code>    ring()</td></tr></table></code></pre>",
        "<section><ul class=code-snippet__line-index><li></li><li></li></ul><pre><code>tide = 1</code><code>    ring()</code></pre></section>",
    ] {
        assert_lines(code, lines);
    }
}

#[test]
fn lines_by_style_are_lines() {
    assert_lines(
        "<div style='display: flex'><code style='white-space: pre'>/ip address\nadd \\\n    interface=one</code></div>",
        "/ip address\nadd \\\n    interface=one",
    );
    assert_lines(
        "<div style='white-space:pre-wrap; font-family:monospace'>tide  high\nMon   06:15</div>",
        "tide  high\nMon   06:15",
    );
    assert_lines(
        "<p style='white-space: pre-line'>Low tide\na rope creaks</p>",
        "Low tide\na rope creaks",
    );
}

#[test]
fn a_few_lines_of_code_between_paragraphs_are_in_the_article() {
    let (article, _) = opened(&format!(
        "<title>Tables</title><article><h1>Tables</h1>{WORDS}<div class=x><code style='white-space: pre'>one\ntwo</code></div>\
        {WORDS}<div style='white-space:pre-wrap; font-family:monospace'>tide  high\nMon   06:15</div>{WORDS}</article>"
    ));
    assert!(
        article.text().contains("day.\none\ntwo\nThe"),
        "{}",
        article.text()
    );
    assert!(
        article
            .text()
            .contains("day.\ntide  high\nMon   06:15\nThe"),
        "{}",
        article.text()
    );
}

#[test]
fn a_table_of_data_stays_a_table() {
    let text = text_of(
        "<div class=code><table><tr><td>Mon</td><td>06:15</td></tr><tr><td>Tue</td><td>07:02</td></tr></table></div>",
    );
    assert!(text.contains("Mon\t06:15\nTue\t07:02"), "{text}");
}
