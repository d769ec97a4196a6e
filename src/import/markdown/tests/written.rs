//! Tests of Markdown that CommonMark reads differently from what its authors mean.

use super::*;

/// Reads a text as it is read when it is opened.
fn opened(text: &str) -> Article {
    if has_raw_html(text) {
        let (description, markup) = to_html(text, Source::Pasted);
        let page = html::parse(&markup);
        return html::read_described(&page, description).expect("HTML can be read");
    }
    let (description, markup) = to_html(text, Source::Pasted);
    let page = html::parse(&markup);
    let through = html::read_described(&page, description).expect("HTML can be read");
    let direct = read(text, Source::Pasted).expect("Markdown can be read");
    assert_eq!(walk(&through), walk(&direct), "{text}");
    direct
}

fn shown(text: &str) -> String {
    walk(&opened(text))
}

/// Checks how texts are shown.
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
    }
}

/// Checks that texts are shown as they are, in one paragraph; in a note too.
fn check_words(texts: &[&str]) {
    for text in texts {
        assert_eq!(shown(text), format!("p*[{text}]"));
        assert_eq!(note(text), format!("p*[{text}]"));
    }
}

#[test]
fn unknown_names_in_angle_brackets_are_words() {
    check_words(&[
        "It returns a Queue<Boat> for each pier, or a Pair<Pier, Minutes>.",
        "Pass <pier> and <day> in that order, then git checkout <branch> first.",
        "<your-name> comes first",
        "<pier>",
        "</pier> and <pier/> and <pier kind=\"north\" open>",
        "A Map<String, Vec<u8>> and a Vec<T>, also Option<U> or List<A> and Vec<i>",
        "If a<b and c>d, then b<c or c>b",
        "Copy <path> to <image>, or <source> to <link>",
        "Commit with <title> at <time> and <data>",
        "<my-widget>text</my-widget>",
        "Array<Array<Boat>>",
        "a < b and c > d",
        "<T> and <K, V>",
    ]);
    check(&[
        (
            "<pier>\n**b** `<pier>`",
            "p*[<pier> strong[b] code[<pier>]]",
        ),
        ("- <pier>\n- <day>", "ul[li*[<pier>] li*[<day>]]"),
        ("# Queue<Boat>", "h1(id=queueboat)*[Queue<Boat>]"),
        (
            "A line<br>break and H<sub>2</sub>O",
            "p*[A line⏎break and H sub[2]O]",
        ),
        (
            "`ask <pier>` and\n\n```\nask <pier> <b>\n```",
            "p*[code[ask <pier>] and] pre*[ask <pier> <b>]",
        ),
        ("<b>Bold <pier> words</b>", "p*[b[Bold <pier> words]]"),
        (
            "<pier>Some <b>bold</b> words</pier>",
            "p*[<pier>Some b[bold] words</pier>]",
        ),
        (
            "<div>\nPass <pier> here, a<b and c>d\n</div>",
            "p*[Pass <pier> here, a<b and c>d]",
        ),
        (
            "[a](<my file>) [b](<https://x.y/b>)",
            "p*[a a(href=https://x.y/b)[b]]",
        ),
        (
            "<https://x.y/~z> <me@x.y>",
            "p*[a(href=https://x.y/~z)[https://x.y/~z] a(href=mailto:me@x.y)[me@x.y]]",
        ),
        ("A \\<b> and \\<pier>", "p*[A <b> and <pier>]"),
        ("<i>a <em>b</em></i> Vec<i>", "p*[i[a em[b]] Vec<i>]"),
        (
            "<p>One<p>Two\n\nList<P> three",
            "p*[One] p*[Two] p*[List<P> three]",
        ),
    ]);
}

#[test]
fn formulas_stand_to_the_letter() {
    check(&[
        (
            "The height is $$\\underbrace{h}_{mean} \\underbrace{a}_{moon} + \\{b_1, b_2\\} \\\\ c$$ by definition.",
            "p*[The height is tex[\\underbrace{h}_{mean} \\underbrace{a}_{moon} + \\{b_1, b_2\\} \\\\ c] by definition.]",
        ),
        (
            "Let $(u^*, v^*)$ be, $x_{1}$ and $a*b*c$, $p < q$ and $q > r$.",
            "p*[Let tex[(u^*, v^*)] be, tex[x_{1}] and tex[a*b*c], tex[p < q] and tex[q > r].]",
        ),
        (
            "It costs $5 for children and $10 for others, *all* day.",
            "p*[It costs $5 for children and $10 for others, em[all] day.]",
        ),
        (
            "By \\(a_1*b*c\\) and \\[a_b = c_d\\].",
            "p*[By tex[a_1*b*c] and tex[a_b = c_d] .]",
        ),
        ("By \\\\(a_1 b_2\\\\)", "p*[By tex[a_1 b_2]]"),
        ("$$\na\n- b\n+ c\n\n= d\n$$", "p*[tex[a - b + c = d]]"),
        (
            "> $$\n> a_1\n> - b_1\n> $$\n> c",
            "blockquote[p*[tex[a_1 - b_1] c]]",
        ),
        (
            "- a\n\n  $$\n  b_1 < c\n  $$\n- d",
            "ul[li[p*[a] p*[tex[b_1 < c]]] li[p*[d]]]",
        ),
        (
            "\\begin{align}\na_1 &= b \\\\\n- c &< d\n\\end{align}\n\nx",
            "p*[tex[\\begin{align} a_1 &= b \\\\ - c &< d \\end{align}]] p*[x]",
        ),
    ]);
    check_words(&[
        "From $20 to 30$ and $HOME/$USER or $a and $b",
        "US$5 and C$6, 5$ or 6$, $ a $ and $$ and $5",
        "${a}-${b} $$$ x $$$",
    ]);
    check(&[
        ("`$a` and `$b` *c*", "p*[code[$a] and code[$b] em[c]]"),
        ("```\n$a_1$\n```\n\n    $b_1$", "pre*[$a_1$] pre*[$b_1$]"),
        ("\\$a*b*c\\$", "p*[$a em[b]c$]"),
        ("[a](https://x.y/$z) b$", "p*[a(href=https://x.y/$z)[a] b$]"),
        (
            "\\[1\\] \\[sic\\] \\(c\\) \\[a\\](b)",
            "p*[[1] [sic] (c) [a](b)]",
        ),
        (
            "Boats \\[[more](https://x.y/a_b)\\] and \\([here](#a_b)\\)",
            "p*[Boats [a(href=https://x.y/a_b)[more]] and (here)]",
        ),
        (
            "_$data_: has [$data here](https://x.y) and \\[\\[<i>a</i>, b\\]\\]",
            "p*[em[$data]: has a(href=https://x.y)[$data here] and [[i[a], b]]]",
        ),
        ("\\[f[x](y) = z_1\\]", "p*[tex[f[x](y) = z_1]]"),
        ("**$x_1$** 其中$x$是", "p*[strong[tex[x_1]] 其中 tex[x]是]"),
        (
            "# Of $x_1$ and <b>",
            "h1(id=of-x_1-and-b)*[Of tex[x_1] and <b>]",
        ),
        (
            "The $n$th and $k$-means",
            "p*[The tex[n]th and tex[k]-means]",
        ),
        (
            "<b>a</b> $x_1 < y$ $$z_1 & w$$",
            "p*[b[a] tex[x_1 < y] tex[z_1 & w]]",
        ),
        ("a $x\n+y_1$ b", "p*[a tex[x +y_1] b]"),
        (
            "a | b\n--|--\n$x_1$ | $\\|y\\|$",
            "table[thead[tr[th(scope=col)*[a] th(scope=col)*[b]]] tbody[tr[td*[tex[x_1]] td*[tex[\\|y\\|]]]]]",
        ),
    ]);
    assert_eq!(
        note("By $a*b*c$ and `$d`"),
        "p*[By math[mi[a] mo[∗] mi[b] mo[∗] mi[c]] and code[$d]]"
    );
}

#[test]
fn one_tilde_crosses_nothing_out() {
    check(&[
        ("5~10 and 3~4 days and 6~7", "p*[5~10 and 3~4 days and 6~7]"),
        (
            "a ~b~ c ~~d~~ H~2~O ~/x `~y~`",
            "p*[a ~b~ c del[d] H~2~O ~/x code[~y~]]",
        ),
        ("~~~\na ~b~\n~~~", "pre*[a ~b~]"),
        ("a ~~b ~c d~~", "p*[a del[b ~c d]]"),
    ]);
}

#[test]
fn stars_emphasise_beside_east_asian_signs() {
    check(&[
        ("**“強調”**は", "p*[strong[“強調”]は]"),
        ("中文**粗体。**中文", "p*[中文 strong[粗体。]中文]"),
        (
            "これは**「鍵」**です*（注）*。",
            "p*[これは strong[「鍵」]です em[（注）]。]",
        ),
        (
            "**중요(重要)**는 *‘강조’*는",
            "p*[strong[중요(重要)]는 em[‘강조’]는]",
        ),
        (
            "**[a](https://b.c)**中",
            "p*[strong[a(href=https://b.c)[a]]中]",
        ),
        ("เป็น**\"คำ\"**ไทย", "p*[เป็น strong[\"คำ\"]ไทย]"),
        ("`中**文`和\\**中**", "p*[code[中**文]和**中**]"),
        ("* 中\n* 文", "ul[li*[中] li*[文]]"),
        (
            "| **中** |\n|--|\n| *文* |",
            "table[thead[tr[th(scope=col)*[strong[中]]]] tbody[tr[td*[em[文]]]]]",
        ),
        ("中 * 文 * 字", "p*[中 * 文 * 字]"),
    ]);
}

#[test]
fn line_ends_within_chinese_and_japanese_make_no_blank() {
    for (text, expected) in [
        ("放在膝盖上睡\n觉，谁", "放在膝盖上睡觉，谁"),
        ("是什么，\n那是", "是什么，那是"),
        ("他说“好”\n然后", "他说“好”然后"),
        ("**睡**\n觉[在\n家](https://a.b)\n里", "睡觉在家里"),
        (
            "Markdown 文件\nand English words\n混在一起",
            "Markdown 文件 and English words 混在一起",
        ),
        ("여섯 시\n십오 분", "여섯 시 십오 분"),
        ("ภาษา\nไทย", "ภาษา ไทย"),
        ("`code`\n中", "code 中"),
        ("日本語。\n> 引用", "日本語。\n引用"),
        ("ＡＢ\n１２", "ＡＢ１２"),
    ] {
        assert_eq!(opened(text).text(), expected, "{text}");
    }
    let folded = opened("<b>x</b>睡\n觉");
    assert_eq!(folded.text(), "x睡觉");
}

#[test]
fn attributes_of_headings_are_none_of_their_words() {
    check(&[
        (
            "# Rules of the mast {#mast}\n\n[**Who**](#who) [for](#what-for)\n\n## Who climbs {#who .unlisted}\n\n\
             What for {#what-for}\n---\n\n## A set {a, b} is no id\n\n# B {.unnumbered}\n\n# C {-} #\n\n# D {a, b}",
            "h1(id=mast)*[Rules of the mast] p*[a(href=#who)[strong[Who]] a(href=#what-for)[for]] \
             h2(id=who)*[Who climbs] h2(id=what-for)*[What for] h2(id=a-set-a-b-is-no-id)*[A set {a, b} is no id] \
             h1(id=b)*[B] h1(id=c)*[C] h1(id=d-a-b)*[D {a, b}]",
        ),
        (
            "# A\n\n# B {#a}\n\n# C {#a}",
            "h1(id=a-1)*[A] h1(id=a)*[B] h1(id=a-2)*[C]",
        ),
        (
            "# A `{#b}`\n\nA {#b}",
            "h1(id=a-b)*[A code[{#b}]] p*[A {#b}]",
        ),
    ]);
    assert_eq!(opened("# Rules {#mast}").title(), "Rules");
    assert_eq!(note("# A {#b}"), "h1*[A]");
}

#[test]
fn remarks_are_labelled_blocks() {
    check(&[
        (
            "> [!NOTE] Spring tides\n> On two the **slip** is.\n\n> [!warning]- Mind *the* bell\n> Once.\n>\n> > [!TIP] Earplugs\n> > Ask.",
            "callout(kind=note)[p*[strong[Spring tides]] p*[On two the strong[slip] is.]] \
             callout(kind=warning)[p*[strong[Mind em[the] bell]] p*[Once.] callout(kind=tip)[p*[strong[Earplugs]] p*[Ask.]]]",
        ),
        (
            "> [!NOTE]\n> a\n>\n> - b",
            "callout(kind=note)[p*[a] ul[li*[b]]]",
        ),
        (
            "> [!Recipe|right]+ Soup\n> a",
            "callout(kind=note)(label=recipe)[p*[strong[Soup]] p*[a]]",
        ),
        (
            "> [!danger]\n> a",
            "callout(kind=caution)(label=danger)[p*[a]]",
        ),
        (
            "> [!question] a?",
            "callout(kind=important)(label=question)[p*[strong[a?]]]",
        ),
        (
            "- x\n\n  > [!tip]\n  > a",
            "ul[li[p*[x] callout(kind=tip)[p*[a]]]]",
        ),
        (
            "> a [!NOTE] b\n\n> \\[!NOTE] c",
            "blockquote[p*[a [!NOTE] b]] blockquote[p*[[!NOTE] c]]",
        ),
        (
            "<b>x</b>\n\n> [!recipe] Soup\n> a",
            "p*[b[x]] callout(kind=note)(label=recipe)[p*[strong[Soup]] p*[a]]",
        ),
    ]);
}

#[test]
fn remarks_of_other_dialects_are_the_same() {
    let boxed = "p*[a] callout(kind=tip)[p*[strong[Mind it]] p*[One em[b].] ul[li*[c]]] p*[d]";
    for text in [
        "a\n:::tip Mind it\nOne *b*.\n\n- c\n:::\nd",
        "a\n\n::: tip Mind it\n\nOne *b*.\n\n- c\n\n:::\n\nd",
        "a\n\n:::tip[Mind it]\nOne *b*.\n- c\n:::\n\nd",
        "a\n\n::: {.callout-tip title=\"Mind it\"}\nOne *b*.\n\n- c\n:::\n\nd",
        "a\n\n!!! tip \"Mind it\"\n\n    One *b*.\n\n    - c\n\nd",
        "a\n\n??? tip \"Mind it\"\n    One *b*.\n\n    - c\n\nd",
    ] {
        assert_eq!(shown(text), boxed, "{text}");
    }
    check(&[
        (
            "::::note\na\n\n:::danger\nb\n:::\n\nc\n::::",
            "callout(kind=note)[p*[a] callout(kind=caution)(label=danger)[p*[b]] p*[c]]",
        ),
        ("::: {.column}\na\n:::", "p*[a]"),
        (":::note\na", "p*[:::note a]"),
        ("!!! note\n\na", "p*[!!! note] p*[a]"),
        ("!!! such a day", "p*[!!! such a day]"),
        ("```\n:::note\na\n:::\n```", "pre*[:::note\na\n:::]"),
    ]);
}

#[test]
fn a_table_has_a_caption() {
    let table = "| a |\n|--|\n| b |\n";
    let rows = "thead[tr[th(scope=col)*[a]]] tbody[tr[td*[b]]]";
    for (text, caption) in [
        (
            format!("{table}\nTable: The *boats*."),
            "Table: The em[boats].",
        ),
        (format!("Table: The boats.\n\n{table}"), "Table: The boats."),
        (format!("{table}\n: The boats."), "The boats."),
    ] {
        assert_eq!(
            shown(&text),
            format!("table[caption*[{caption}] {rows}]"),
            "{text}"
        );
    }
    let between = format!("Words.\n\n{table}\nTable: x\n\nMore.");
    assert_eq!(
        shown(&between),
        format!("p*[Words.] table[caption*[Table: x] {rows}] p*[More.]")
    );
}

#[test]
fn what_other_dialects_write_within_a_line() {
    check(&[
        (
            "See [[Harbour]], [[Harbour#Pier|the pier]] and ![[boat.png|300]].",
            "p*[See Harbour, the pier and boat.png.]",
        ),
        ("[[a]]\n\n[a]: https://b.c", "p*[[a(href=https://b.c)[a]]]"),
        (
            "x[[1]] [[ -f y ]] [[1,2],[3,4]] `[[z]]`",
            "p*[x[[1]] [[ -f y ]] [[1,2],[3,4]] code[[[z]]]]",
        ),
        (
            "A ==bright *and* dark== day, a == b and c==d==e",
            "p*[A em[bright em[and] dark] day, a == b and c==d==e]",
        ),
        ("*a ==b* c==", "p*[em[a ==b] c==]"),
        (
            "a %%not this%% b\n\n%%\nnor\n\nthis\n%%\n\nc 5%% d",
            "p*[a b] p*[c 5%% d]",
        ),
        (
            "`%%a%%` 5%% and 6%% more",
            "p*[code[%%a%%] 5%% and 6%% more]",
        ),
        ("a <!-- b -->c\n\n<!-- d\n\ne -->\n\nf", "p*[a c] p*[f]"),
        (
            "Boats^[Only *three* were.] sail x^[2].",
            "p*[Boats noteref(href=#fn-1)(id=fnref-1)(label=1)[] sail x^[2].] \
             footnotes[footnote(id=fn-1)(label=1)[p*[Only em[three] were. noteback(href=#fnref-1)(label=↩)[]]]]",
        ),
        ("x^2^ H~2~O", "p*[x^2^ H~2~O]"),
        (
            "By f[x]^[2 3] and x^[2 3] and [a]^[b c]",
            "p*[By f[x]^[2 3] and x^[2 3] and [a]^[b c]]",
        ),
        (
            "See [[#The Pier]], [[#The *Pier*|there]], [[#Boats#The Pier]], [[#Nowhere]] and [[#^b1]].\n\n# The Pier",
            "p*[See a(href=#the-pier)[The Pier], a(href=#the-pier)[there], a(href=#the-pier)[Boats#The Pier], Nowhere and #^b1.] \
             h1(id=the-pier)*[The Pier]",
        ),
        (
            "| a |\n|--|\n| [[#码头~1\\|b]] |\n\n# 码头~1",
            "table[thead[tr[th(scope=col)*[a]]] tbody[tr[td*[a(href=#码头1)[b]]]]] h1(id=码头1)*[码头~1]",
        ),
    ]);
    assert_eq!(note("a [[#Pier]]"), "p*[a Pier]");
    assert_eq!(
        note("a %%b%% c^[d e] <!-- f -->"),
        "p*[a %%b%% c^[d e] <!-- f -->]"
    );
}
