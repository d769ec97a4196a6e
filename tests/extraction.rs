//! Extraction of the article: pages of many kinds, each with sentences that belong to its article
//! and sentences that do not.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;

use postil::import::html::{self, Facts, Page};
use postil::model::article::{Article, Piece, Source, Tag};
use proptest::prelude::*;

const ADDRESS: &str = "https://www.example.org/one/two";

fn source() -> Source {
    Source::Address(ADDRESS.to_owned())
}

fn article_in(page: &Page) -> Option<Article> {
    let part = html::article_of(page)?;
    Some(html::read_part(page, &part, source()).expect("a part can be read"))
}

fn whole_of(page: &Page) -> Article {
    html::read_page(page, source()).expect("a page can be read")
}

fn article(markup: &str) -> Article {
    article_in(&html::parse(markup)).expect("there is an article in it")
}

fn facts(markup: &str) -> Facts {
    html::facts_of(&html::parse(markup), &source())
}

/// Asserts what is in the article and what is not; the whole page contains all of it.
fn check(markup: &str, within: &[&str], without: &[&str]) -> Article {
    let page = html::parse(markup);
    let (whole, article) = (whole_of(&page), article(markup));
    for sentence in within.iter().chain(without) {
        assert!(
            whole.text().contains(sentence),
            "the page lacks: {sentence}"
        );
    }
    for sentence in within {
        assert!(
            article.text().contains(sentence),
            "lacks: {sentence}\n{}",
            article.text()
        );
    }
    for sentence in without {
        assert!(
            !article.text().contains(sentence),
            "has: {sentence}\n{}",
            article.text()
        );
    }
    article
}

/// Number of elements with this tag.
fn count(article: &Article, wanted: Tag) -> usize {
    let is = |piece: &&Piece| matches!(piece, Piece::Open { tag, .. } if *tag == wanted);
    article.pieces().iter().filter(is).count()
}

/// Attributes of the first element with this tag, under their HTML names.
fn said(article: &Article, wanted: Tag) -> Vec<(String, String)> {
    let found = article.pieces().iter().find_map(|piece| match piece {
        Piece::Open {
            tag, attributes, ..
        } if *tag == wanted => Some(attributes),
        _ => None,
    });
    let attributes = found.expect("there is one").iter();
    attributes
        .map(|(name, value)| (name.code().to_owned(), value.to_owned()))
        .collect()
}

const NEWS: &str = r##"<!doctype html><html lang="en"><head>
<title>Ferry returns to the northern islands - The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<link rel="canonical" href="/ferry-returns">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"author":[{"@type":"Person","name":"Mira Holt"}],"datePublished":"2024-05-06T07:08:09Z",}</script>
</head><body>
<div id="cookie-banner" class="gdpr banner"><p>We use cookies to remember how you like your news.</p><button>Fine</button></div>
<header class="masthead"><a href="/">The Harbour Post</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
<main><article class="story"><header class="story-header"><h1>Ferry returns to the northern islands</h1></header>
<p>After eleven winters without a regular crossing, the ferry to the northern islands left its berth on Monday with two hundred people, nine sheep, and a piano on board.</p>
<p>The old ship had been sold when the pier began to crumble, and since then the islanders had hired fishing boats, which sailed when the weather, the catch, and the skipper agreed.</p>
<figure><img src="pier.jpg" alt="The new pier" width="800" height="500"><figcaption>The new pier stands on sixty steel legs.</figcaption></figure>
<p>The new pier cost less than was feared, said the engineer who drew it, because the rock below the sand turned out to be closer, harder, and flatter than any chart had shown.</p>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Seal counted twice in census</a></li><li><a href="/b">Lighthouse to be painted again</a></li></ul></aside>
<h2>A slower timetable</h2>
<p>The crossing takes four hours, an hour longer than it used to, since the ship burns less fuel at a lower speed; few of the passengers seemed to mind, and many slept.</p>
<blockquote><p>I had forgotten what it is like to leave without asking anybody, said a teacher from the outermost island.</p></blockquote>
<p>From June there will be three crossings a week, and one more for the market, provided that the second crew, which is still being trained, passes its examination.</p>
</article></main>
<div class="sidebar"><h3>Most read</h3><ol><li><a href="/c">Ten soups for a wet evening</a></li><li><a href="/d">Why gulls dislike the colour yellow</a></li></ol></div>
<footer class="footer"><p>All rights are kept by the harbour office.</p></footer></body></html>"##;

#[test]
fn news() {
    let article = check(
        NEWS,
        &[
            "Ferry returns to the northern islands",
            "two hundred people, nine sheep, and a piano",
            "The new pier stands on sixty steel legs.",
            "A slower timetable",
            "I had forgotten what it is like",
            "passes its examination.",
        ],
        &[
            "We use cookies",
            "Sport",
            "Seal counted twice in census",
            "Ten soups for a wet evening",
            "All rights are kept",
        ],
    );
    assert!(article.text().starts_with("Ferry returns"));
    assert_eq!(
        (
            count(&article, Tag::Figure),
            count(&article, Tag::Figcaption)
        ),
        (1, 1)
    );
    assert_eq!(
        said(&article, Tag::Img)[0].1,
        "https://www.example.org/one/pier.jpg"
    );
}

#[test]
fn news_says_what_it_is() {
    let facts = facts(NEWS);
    assert_eq!(
        facts.title.as_deref(),
        Some("Ferry returns to the northern islands")
    );
    assert_eq!(facts.byline.as_deref(), Some("Mira Holt"));
    assert_eq!(facts.date.as_deref(), Some("2024-05-06"));
    assert_eq!(
        facts.canonical.as_deref(),
        Some("https://www.example.org/ferry-returns")
    );
}

const BLOG: &str = r##"<!doctype html><html lang="en-GB"><head><title>How I mend clocks</title></head><body>
<div class="header"><h2><a href="/">The idle bench</a></h2></div>
<div class="post-content"><h1>How I mend clocks</h1>
<p>A clock that has stopped is rarely broken, and I begin by doing nothing at all: I put it on the bench, level, and listen to it for an evening.</p>
<p>Most of them are dirty, some are dry, and a few have been mended before, which is worse than either, because whoever mended them had a reason that I must find out.</p>
<details><summary>The tools that I use</summary><p>Two screwdrivers, a pin vice, pegwood, and a good deal of patience, which is cheaper than it used to be.</p></details>
<p>Then I take the hands off, and the dial, and look at the train from the side, wheel by wheel, for the one tooth that shines where the others are dull.</p>
<pre><code class="language-text">wheel  teeth
centre    64
third     60</code></pre>
<p>If I find it, I am done in an hour; if I do not, I clean everything, oil what should be oiled, and put it back on the bench, level, for another evening.</p>
</div>
<div id="comments" class="comments"><h3>Three comments</h3>
<div class="comment"><p>My grandmother's clock runs only when it lies on its back, is that usual?</p></div>
<div class="comment"><p>You forgot to say that the spring must be let down first, please add it.</p></div>
<div class="comment"><p>Lovely, thank you.</p></div>
<form action="/comment"><label>Your comment</label><textarea></textarea><button>Send</button></form></div>
</body></html>"##;

#[test]
fn a_blog_with_comments() {
    let article = check(
        BLOG,
        &[
            "How I mend clocks",
            "A clock that has stopped is rarely broken",
            "The tools that I use",
            "Two screwdrivers, a pin vice",
            "centre    64\nthird     60",
            "for another evening.",
        ],
        &[
            "The idle bench",
            "runs only when it lies on its back",
            "let down first",
            "Your comment",
        ],
    );
    assert_eq!(
        (count(&article, Tag::Details), count(&article, Tag::Summary)),
        (1, 1)
    );
    assert_eq!(
        said(&article, Tag::Pre),
        [("code".to_owned(), "text".to_owned())]
    );
}

const DOCUMENTATION: &str = r##"<!doctype html><html><head><title>Pipes — Plumb 2.1 documentation</title></head><body>
<div class="sidebar" role="navigation"><ul><li><a href="start.html">Getting started</a></li><li><a href="valves.html">Valves</a></li><li><a href="pumps.html">Pumps</a></li><li><a href="index.html">Index of everything</a></li></ul></div>
<div class="document"><div class="body" role="main"><section id="pipes"><h1>Pipes<a class="headerlink" href="#pipes">¶</a></h1>
<p>A pipe joins two vessels, and carries what is in the first one to the second one as long as there is room, pressure, and a reason to do so.</p>
<p>Pipes are made with <code>pipe(from, to)</code>, which answers a handle; the pipe is closed when the handle is dropped, so keep it, and see <a href="#leaks">the remarks on leaks</a>.</p>
<table><thead><tr><th>Option</th><th>Meaning</th><th>Unit</th></tr></thead><tbody><tr><td>width</td><td>How wide it is inside</td><td>mm</td></tr><tr><td>slope</td><td>How far it falls</td><td>percent</td></tr></tbody></table>
<div class="admonition warning"><p>Never join a pipe to itself, since the pressure would grow without end.</p></div>
<section id="leaks"><h2>Leaks<a class="headerlink" href="#leaks">¶</a></h2>
<p>A leak is reported once, at the place where it was first noticed, with the number of drops that were lost until then, and no later drop is counted.</p>
<ul><li>A small leak, below ten drops, is only written into the log, and nobody is woken.</li><li>A large leak closes the pipe, empties it, and tells whoever holds the handle.</li></ul></section></section></div></div>
<div class="footer">Made with care and some glue by the plumbers.</div></body></html>"##;

#[test]
fn documentation() {
    let article = check(
        DOCUMENTATION,
        &[
            "Pipes",
            "A pipe joins two vessels",
            "pipe(from, to)",
            "How wide it is inside\tmm",
            "Never join a pipe to itself",
            "A leak is reported once",
            "A large leak closes the pipe",
        ],
        &["Getting started", "Index of everything", "some glue"],
    );
    assert!(
        article.text().starts_with("Pipes\n"),
        "permalinks are no words"
    );
    assert_eq!(
        (count(&article, Tag::Table), count(&article, Tag::Callout)),
        (1, 1)
    );
    assert_eq!(
        said(&article, Tag::A),
        [("href".to_owned(), "#leaks".to_owned())]
    );
}

const SCHOLARLY: &str = r##"<!doctype html><html lang="en"><head><title>On the drying of paint</title>
<meta name="citation_title" content="On the drying of paint"><meta name="citation_author" content="Brandt, K."><meta name="citation_author" content="Osei, L.">
<meta name="citation_journal_title" content="Annals of Patience"><meta name="citation_publication_date" content="2019/11/2"></head><body>
<div id="menu"><a href="/issues">All issues</a> <a href="/submit">Submit a paper</a></div>
<div class="paper"><h1>On the drying of paint</h1><h2>Abstract</h2>
<p>We watched paint dry for nine hundred days, under glass, and report how long it took, what it looked like, and what became of those who watched.</p>
<h2>Method</h2>
<p>Each panel was painted once, by the same hand, and set upright in a room without draughts.<sup><a id="r1" href="#n1">1</a></sup> The mean time, written <math><mi>t</mi><mo>=</mo><mn>31</mn></math> hours, is the mean over all panels that were not touched.</p>
<p>Observers sat in pairs, so that one could be relieved, and wrote down every minute whether the surface still took a print;<sup><a id="r2" href="#n2">2</a></sup> most of them asked for other duties, and some of them were given these.</p>
<h2>Findings</h2>
<p>Paint dries from the edge, more slowly where it is watched, although the difference is small, and may well be an effect of the observers' own impatience.</p></div>
<div class="footnotes footer"><ol><li id="n1">The hand was that of the second author, who regrets it. <a href="#r1">↩</a></li><li id="n2">Prints were taken with a clean thumb and without force. <a href="#r2">↩</a></li></ol></div>
<div class="footer"><p>Printed on paper that was watched while it dried.</p></div></body></html>"##;

#[test]
fn a_scholarly_article_keeps_its_footnotes() {
    let article = check(
        SCHOLARLY,
        &[
            "On the drying of paint",
            "We watched paint dry",
            "without draughts. The mean time",
            "t=31",
            "who regrets it.",
            "Prints were taken with a clean thumb",
        ],
        &["Submit a paper", "that was watched while it dried."],
    );
    assert_eq!(
        (
            count(&article, Tag::NoteReference),
            count(&article, Tag::NoteReturn)
        ),
        (2, 2)
    );
    let facts = facts(SCHOLARLY);
    assert_eq!(facts.byline.as_deref(), Some("Brandt, K., Osei, L."));
    assert_eq!(facts.site.as_deref(), Some("Annals of Patience"));
    assert_eq!(facts.date.as_deref(), Some("2019-11-02"));
}

const WIKI: &str = r##"<!doctype html><html lang="en" dir="ltr"><head><title>Lantern moth - Openpedia</title></head><body class="skin">
<div id="mw-panel"><div class="portal" role="navigation"><ul><li><a href="/main">Main page</a></li><li><a href="/random">Random page</a></li></ul></div></div>
<div id="content"><h1 id="firstHeading">Lantern moth</h1><div id="bodyContent"><div id="mw-content-text"><div class="mw-parser-output">
<table class="infobox"><tbody><tr><th>Family</th><td>Lanternidae</td></tr><tr><th>Wingspan</th><td>40 mm</td></tr><tr><th>Flight</th><td>June to August</td></tr></tbody></table>
<p>The <b>lantern moth</b> is a night-flying moth of the northern marshes, known for the pale glow of its hind wings, which it shows only when it is disturbed.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p>
<p>It was described from a single specimen, which had flown into the describer's own lamp, and for thirty years nobody found another, so that some held it for a hoax.</p>
<h2><span id="Life">Life</span></h2>
<p>The eggs are laid singly on sedges, hatch within a week, and the caterpillars, which are green with a black line, feed at night until the first frost of the autumn.</p>
<p>In Japanese it is called <span lang="ja"><ruby>灯<rt>とう</rt></ruby>蛾</span>, in Welsh it has four names, and in the language of the marsh people a fifth that is not to be spoken indoors.</p>
<h2>References</h2><ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> Moths of the North, second edition, page 212.</li></ol></div></div></div></div>
<div id="footer" role="contentinfo"><ul><li>This page was last edited on a Tuesday.</li></ul></div></body></html>"##;

#[test]
fn a_wiki() {
    let article = check(
        WIKI,
        &[
            "The lantern moth is a night-flying moth",
            "when it is disturbed.\n",
            "Life",
            "feed at night until the first frost",
            "灯蛾",
            "Moths of the North, second edition, page 212.",
        ],
        &["Random page", "last edited on a Tuesday"],
    );
    assert!(
        article.text().starts_with("Lantern moth\n"),
        "{}",
        article.text()
    );
    assert_eq!(
        (
            count(&article, Tag::Reading),
            count(&article, Tag::NoteReference)
        ),
        (1, 1)
    );
}

const FORUM: &str = r##"<!doctype html><html lang="en"><head><title>Bread will not rise - Bakers' forum</title></head><body>
<nav><a href="/">Forum</a> <a href="/new">New topics</a> <a href="/login">Log in to answer</a></nav>
<div class="topic"><h1>Bread will not rise</h1>
<div class="post"><div class="who">crumb77</div><div class="body"><p>My bread used to rise, and since we moved into the new flat it does not, although I use the same flour, the same oven, and the same starter that I have had for six years.</p><p>I have tried more water, less water, a warmer corner, and a prayer, and the loaf comes out as flat as a plate, if tasty.</p></div></div>
<div class="post"><div class="who">old_miller</div><div class="body"><p>It is the water: new flats have new pipes, new pipes have much chlorine, and chlorine does to your starter what it is put there to do to everything else.</p><p>Let the water stand overnight, uncovered, or boil it and let it cool, and try again for three days before you blame the flour.</p></div></div>
<div class="post"><div class="who">crumb77</div><div class="body"><p>You were right, it was the water: after two days of standing water the starter climbed out of its jar, and the loaf is as round as it used to be.</p></div></div></div>
<div class="sidebar"><p>Members online: seven, of which two are baking.</p></div></body></html>"##;

#[test]
fn a_forum() {
    check(
        FORUM,
        &[
            "Bread will not rise",
            "My bread used to rise",
            "chlorine does to your starter",
            "the starter climbed out of its jar",
        ],
        &["Log in to answer", "Members online"],
    );
}

const ARABIC: &str = r##"<!doctype html><html lang="ar" dir="rtl"><head><title>سوق الكتب القديمة</title></head><body>
<div class="menu" id="menu"><ul><li><a href="/a">الصفحة الرئيسية</a></li><li><a href="/b">اتصل بنا</a></li></ul></div>
<div class="article"><h1>سوق الكتب القديمة</h1>
<p>في كل صباح يفتح البائعون صناديقهم الخشبية على ضفة النهر، ويرتبون الكتب القديمة حسب ألوانها لا حسب أسماء مؤلفيها، فيأتي الناس ليبحثوا عن كتاب لا يعرفون اسمه بعد.</p>
<p>يقول أكبر البائعين سنا إن الكتاب يختار قارئه، وإن من يطلب كتابا بعينه لا يجده أبدا، أما من يمشي بلا عجلة فإنه يعود إلى بيته ومعه ثلاثة كتب، وقصة يرويها، وقليل من الغبار.</p>
<p dir="ltr" lang="en">The oldest book in the market is a list of the prices of the books in the market.</p>
<p>وعند الغروب تغلق الصناديق، ويبقى على الرصيف ورق متناثر، وقطة تنام على مجلد كبير عن الطيور، لا يشتريه أحد لأن القطة لا تسمح بذلك، ولا يجرؤ البائع على إيقاظها، فهي كما يقول صاحبة المكان، وهو ضيف عندها منذ عشرين سنة.</p></div>
<div class="footer"><p>جميع الحقوق محفوظة لأصحابها.</p></div></body></html>"##;

#[test]
fn an_arabic_page_keeps_its_direction() {
    let article = check(
        ARABIC,
        &[
            "سوق الكتب القديمة",
            "يفتح البائعون صناديقهم",
            "The oldest book in the market",
            "منذ عشرين سنة.",
        ],
        &["اتصل بنا", "جميع الحقوق محفوظة"],
    );
    let about = article.description();
    assert_eq!(about.direction.as_deref(), Some("rtl"));
    assert_eq!(about.language.as_deref(), Some("ar"));
    let english = [("dir", "ltr"), ("lang", "en")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(
        said(&article, Tag::P),
        [],
        "the page's own is said once, in its description"
    );
    let has = |piece: &Piece| match piece {
        Piece::Open { attributes, .. } => {
            let all = attributes
                .iter()
                .map(|(n, v)| (n.code().to_owned(), v.to_owned()));
            all.collect::<HashSet<_>>() == HashSet::from(english.clone())
        }
        _ => false,
    };
    assert!(
        article.pieces().iter().any(has),
        "an English paragraph says so"
    );
}

const CHINESE: &str = r##"<!doctype html><html lang="zh-Hans"><head><title>山里的邮局</title></head><body>
<div class="nav menu"><ul><li><a href="/a">首页</a></li><li><a href="/b">登录注册</a></li></ul></div>
<div class="wrapper"><div class="text" lang="zh-Hans-CN"><h1>山里的邮局</h1>
<p>山里的邮局只有一间屋子，一张桌子，一个邮递员，每天上午九点开门，中午关门，下午邮递员背着信走十五里山路，把信送到每一户人家，再把别人要寄的信带回来。</p>
<p>他说自己不认识城里的路，可是山里的每一块石头他都认得，哪一块会动，哪一块下雨以后很滑，哪一块坐着最舒服，他闭着眼睛也能说出来，村里的孩子都喜欢跟着他走一段。</p>
<p>去年修了公路，汽车可以开到半山腰，有人问他为什么不坐车，他笑了笑说，坐车太快，信还没有想好要说什么就到了，收信的人也没有准备好，还是慢一点好，大家都从容。</p></div></div>
<div class="footer"><p>版权所有，请勿转载。</p></div></body></html>"##;

#[test]
fn a_chinese_page_without_spaces() {
    let article = check(
        CHINESE,
        &[
            "山里的邮局只有一间屋子",
            "哪一块坐着最舒服",
            "还是慢一点好，大家都从容。",
        ],
        &["登录注册", "请勿转载"],
    );
    let language = ("lang".to_owned(), "zh-Hans-CN".to_owned());
    assert!(
        said(&article, Tag::P).contains(&language),
        "cut ancestors still say the language"
    );
}

const OLD: &str = r##"<html><head><title>My walk along the wall</title></head><body bgcolor=white>
<table border=0><tr><td width=120><a href=1.html>Part one of the walk</a></td><td><a href=2.html>Part two</a></td></tr></table>
<table border=0><tr>
<td><font size=2>On the first day I walked from the sea to the mill, which is fourteen miles, in rain, and met nobody but a man who was mending the wall, or so he said. He had a hammer, no stones, and a great deal of advice, of which I remember that one should never walk uphill on a full stomach.<br><br>
On the second day I walked from the mill to the bridge, which is nine miles, in sun, and met a great many people, none of whom knew that there had ever been a wall. One of them sold me an apple, another told me that the bridge was closed, and it was, so that I waded, which the guidebook calls refreshing.<br><br>
On the third day I stayed where I was, because of my feet, and read what others have written about the wall, which is a good deal, and mostly about their own feet.</font></td></tr></table></body></html>"##;

#[test]
fn an_old_page_laid_out_by_a_table() {
    let article = check(
        OLD,
        &[
            "On the first day I walked",
            "On the second day",
            "mostly about their own feet.",
        ],
        &["Part one of the walk"],
    );
    assert_eq!(
        count(&article, Tag::Table),
        0,
        "the table only laid out the page"
    );
    assert!(!article.text().contains("or so he said.On"), "breaks stay");
}

#[test]
fn words_that_stand_in_the_body_directly_are_an_article() {
    let words = "I keep a list of the winds that have names, and I read it when there is none. ";
    let page = format!(
        "<!doctype html><title>Winds</title><body>{0}<br><br>{0}<br><br>{0}<br>{0}{0}{0}{0}",
        words
    );
    let article = article(&page);
    assert_eq!(article.text().matches("when there is none.").count(), 7);
}

fn links() -> String {
    let items: String = (0..60)
        .map(|n| format!("<li><a href='/{n}'>A page about the thing that is number {n}</a></li>"))
        .collect();
    format!(
        "<!doctype html><html><title>Everything</title><body><h1>Everything</h1><ul>{items}</ul>"
    )
}

#[test]
fn what_is_no_article_is_none() {
    let none = |markup: &str| html::article_of(&html::parse(markup)).is_none();
    assert!(none(&links()), "a list of links");
    assert!(
        none("<!doctype html><title>x</title><body><p>Just a few words here."),
        "short"
    );
    assert!(none(""), "nothing");
    let long =
        "<p>This sentence is one of many that stand in a paragraph, without a page.</p>".repeat(20);
    assert!(none(&long), "a fragment");
    let copied = format!("<html><body><!--StartFragment-->{long}<!--EndFragment--></body></html>");
    assert!(none(&copied), "a clipboard's fragment");
    assert!(
        !none(&format!("<html><body>{long}</body></html>")),
        "the same as a page"
    );
}

#[test]
fn only_the_heading_of_the_article_is_added_above_it() {
    let words = "A kettle is heard before it is seen, and it is believed, which few things are. ";
    let page = |title: &str, above: &str| {
        let page = format!(
            "<!doctype html><title>{title}</title><body><div class=header>{above}</div>\
             <div class=content>{}</div>",
            format!("<p>{words}{words}</p>").repeat(5)
        );
        article(&page).text().to_owned()
    };
    let added = page(
        "On kettles and their song",
        "<h1>On kettles and their song</h1>",
    );
    assert!(
        added.starts_with("On kettles and their song\nA kettle"),
        "{added}"
    );
    for above in [
        "<h1>The Hearth</h1>",
        "<nav><h1>On kettles and their song</h1></nav>",
        "<h2>On kettles and their song</h2>",
        "<h1>Another story that is told here</h1>",
        "<h1></h1>",
    ] {
        let text = page("On kettles and their song - The Hearth", above);
        assert!(text.starts_with("A kettle"), "{above}: {text}");
    }
}

#[test]
fn a_mark_whose_note_is_missing_is_no_word_of_the_article() {
    let far = "<div class=footer><p id=n1>".to_owned() + &"x y z ".repeat(1_000) + "</p></div>";
    let page = SCHOLARLY.replace(" id=\"n1\"", "") + &far;
    let article = check(&page, &["without draughts. The mean time"], &["x y z"]);
    assert_eq!(count(&article, Tag::NoteReference), 2);
}

#[test]
fn what_an_article_has_is_cleaned_as_any_page_is() {
    let hostile = NEWS
        .replace("<h2>A", "<h2 onclick=alert(1)>A")
        .replace("pier.jpg", "javascript:alert(1)")
        .replace(
            "said a teacher",
            "<a href='javascript:alert(1)'>said</a> a teacher",
        )
        .replace(
            "few of the",
            "<script>alert(1)</script><style>x</style>few of the",
        )
        .replace(
            "and many slept",
            "<span data-postil-mark-0 data-postil-mark-7>and many slept</span>",
        );
    let article = article(&hostile);
    assert!(article.text().contains("said a teacher") && article.text().contains("and many slept"));
    assert!(
        !article.to_json().contains("alert"),
        "{}",
        article.to_json()
    );
}

const PAGES: [(&str, &str); 9] = [
    ("news", NEWS),
    ("blog", BLOG),
    ("documentation", DOCUMENTATION),
    ("scholarly", SCHOLARLY),
    ("wiki", WIKI),
    ("forum", FORUM),
    ("arabic", ARABIC),
    ("chinese", CHINESE),
    ("old", OLD),
];

/// True if all characters of one text except white space occur in another in the same order.
fn stands_in(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    let words = part.chars().filter(|c| !c.is_whitespace());
    words.into_iter().all(|c| rest.any(|other| other == c))
}

#[test]
fn the_blocks_of_an_article_are_blocks_of_the_page_in_order() {
    for (name, markup) in PAGES {
        let page = html::parse(markup);
        let blocks = |article: &Article| -> Vec<String> {
            let text = article.text();
            text.split(['\n', '\t']).map(str::to_owned).collect()
        };
        let (whole, part) = (blocks(&whole_of(&page)), blocks(&article(markup)));
        let mut rest = whole.iter();
        for block in part {
            assert!(rest.any(|other| *other == block), "{name}: {block}");
        }
    }
}

/// Least share of words in common with another implementation of Readability, in percent.
/// We keep headings and footnotes that it drops, and it sometimes keeps what stands beside the
/// article.
const LEAST_IN_COMMON: usize = 80;

#[test]
fn another_reading_of_readability_agrees() {
    for (name, markup) in PAGES {
        let other = legible::parse(markup, Some(ADDRESS), None).expect("it finds an article");
        // Pairs of letters, since not every script separates its words.
        let pairs = |text: &str| -> HashSet<(char, char)> {
            let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
        };
        let words = |text: &str| -> HashSet<String> {
            let parted = text.split(|c: char| !c.is_alphanumeric());
            parted
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect()
        };
        let (ours, theirs) = (article(markup), other.text_content);
        let (one, two) = (pairs(ours.text()), pairs(&theirs));
        let common = one.intersection(&two).count() * 200 / (one.len() + two.len());
        assert!(common >= LEAST_IN_COMMON, "{name}: {common} % of pairs");
        if name != "chinese" {
            let (one, two) = (words(ours.text()), words(&theirs));
            let common = one.intersection(&two).count() * 200 / (one.len() + two.len());
            println!("{name}: {common} % of words");
            assert!(common >= LEAST_IN_COMMON, "{name}: {common} % of words");
        }
    }
}

/// A change to a page's markup.
#[derive(Debug, Clone)]
enum Mutation {
    Remove(usize, usize),
    Repeat(usize, usize),
    Insert(usize, &'static str),
}

const INSERTED: [&str; 24] = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "</table>",
    "<a href=#n1>",
    "<nav>",
    "<svg>",
    "<foreignObject>",
    "<b>",
    "</article>",
    "<br><br>",
    "<font>",
    "<!--",
    "<template>",
    "<section class=footnotes>",
    "<li id=n1>",
    "<h1>",
    "<sup>",
    "<body>",
    "\0",
    "<tr>",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (0..10_000_usize, 1..200_usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        (0..10_000_usize, 1..400_usize).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        (0..10_000_usize, prop::sample::select(&INSERTED[..]))
            .prop_map(|(at, tag)| Mutation::Insert(at, tag)),
    ]
}

fn mutated(markup: &str, mutations: &[Mutation]) -> String {
    let mut out = markup.to_owned();
    for mutation in mutations {
        let (Mutation::Remove(at, _) | Mutation::Repeat(at, _) | Mutation::Insert(at, _)) =
            mutation;
        let start = out.floor_char_boundary(at % (out.len() + 1));
        match mutation {
            Mutation::Remove(_, length) => {
                let end = out.floor_char_boundary((start + length).min(out.len()));
                out.replace_range(start..end.max(start), "");
            }
            Mutation::Repeat(_, length) => {
                let end = out.floor_char_boundary((start + length).min(out.len()));
                let again = out[start..end.max(start)].to_owned();
                out.insert_str(start, &again);
            }
            Mutation::Insert(_, tag) => out.insert_str(start, tag),
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_page_is_the_article_is_a_part_of_it(
        page in 0..PAGES.len(),
        mutations in prop::collection::vec(mutation(), 0..12),
    ) {
        let markup = mutated(PAGES[page].1, &mutations);
        let page = html::parse(&markup);
        let whole = whole_of(&page);
        if let Some(article) = article_in(&page) {
            prop_assert!(!article.leaves().is_empty());
            prop_assert!(
                stands_in(article.text(), whole.text()),
                "{markup}\n\nARTICLE {}\n\nWHOLE {}", article.text(), whole.text()
            );
        }
    }
}

/// Whether an article is found in them or not: a search that went through a page anew for each of
/// its elements would take minutes.
#[test]
fn deep_and_large_pages_are_answered() {
    let words = "A sentence, which stands here for many others, and is long enough to count. ";
    for markup in [
        "<div>".repeat(500) + &format!("<p>{words}</p>").repeat(2_000),
        format!("<div><p>{words}</p>").repeat(5_000),
        format!("<div><div><p>{words}</p></div></div>").repeat(20_000),
        format!("<table><tr><td>{words}").repeat(150),
        "<ul><li>".repeat(200) + &words.repeat(2_000),
        ("<div>".repeat(400) + words + &"</div>".repeat(400)).repeat(480),
        ("<div class=menu>".repeat(100) + words + &"</div>".repeat(100)).repeat(1_900),
        "<div>".repeat(500) + &words.repeat(13_000),
        "<div><a href=x>".repeat(250) + &words.repeat(1_300),
        format!("{words}<br>").repeat(90_000),
        format!("<p>{words}").repeat(90_000),
        format!("<p><a href=x>a</a><b>{words}</b>").repeat(30_000),
        "<table><tr><td>".repeat(120) + &format!("<p>{words}").repeat(20_000),
        format!("<div class='{}'>{words}</div>", "a-b ".repeat(50)).repeat(20_000),
    ] {
        let markup = format!("<!doctype html><html><body>{markup}");
        let page = html::parse(&markup);
        println!("{} bytes of {}", markup.len(), &markup[..60]);
        html::article_of(&page);
    }
}

#[test]
fn words_that_stand_in_divisions_are_read_between_their_inlines() {
    let page = "<!doctype html><title>Sails</title><body><div class=menu><a href=/a>Start</a></div>\
        <div class=chapter><h1>Sails</h1>\
        <div class=para>A sail is cut from <i>cloth</i>, sewn along its edges, and left to hang for a week, so that it stretches before anybody trims it.</div>\
        <div class=para>The tool is called <code>palm</code>, which is worn on the hand, and pushes the needle through four layers at a time.</div>\
        <div class=para>Whoever sews by lamplight, as most did, learns to feel for the seam, and to wait for the morning with the corners.</div>\
        </div></body>";
    check(
        page,
        &[
            "A sail is cut from cloth, sewn along its edges",
            "The tool is called palm, which is worn on the hand",
            "Whoever sews by lamplight",
        ],
        &["Start"],
    );
}

/// Function names, each with a declaration full of links and a table of its parameters.
#[test]
fn a_reference_keeps_what_has_a_table_of_data() {
    let entry = |name: &str, says: &str| {
        format!(
            "<div class=one><h3>{name}</h3><pre><a href=a.html>knotOfRopes</a> *{name} (<a href=b.html>ropeOfHemp</a> * \
             first, <a href=b.html>ropeOfHemp</a> * second)</pre><p>{says}</p><div><table><col align=left><tbody>\
             <tr><td><i>first</i>:</td><td>a rope</td></tr><tr><td><i>second</i>:</td><td>another</td></tr>\
             </tbody></table></div></div><hr>"
        )
    };
    let page = format!(
        "<!doctype html><title>Knots</title><body><div class=content><h1>Knots</h1>\
         <p>A knot holds because the rope presses on itself, and the harder it is drawn, the harder it presses, up to the point where it breaks.</p>\
         <p>All that is declared here works on two ropes, and gives a third, which is a knot, or nothing where the ropes are too short for it, or one of them is already tied to something else.</p>{}{}{}\
         <p>Nothing here looks at what the ropes are made of: hemp swells in the rain, and wire does not bend at all, but a program has neither rain nor wire.</p>\
         <p>Whoever unties a knot gets the ropes back, in no order, and no longer than they were, so that nobody has to count them twice.</p></div></body>",
        entry("reef", "Ties both, twice."),
        entry("bend", "Ties the thinner one to the thicker."),
        entry("hitch", "Ties the first around the second."),
    );
    check(
        &page,
        &[
            "reef (ropeOfHemp",
            "Ties both, twice.",
            "Ties the thinner one",
            "Ties the first around",
        ],
        &[],
    );
}

/// A chapter of a manual: an introduction, nested sections and links to other pages.
const CHAPTER: &str = r##"<!doctype html><title>Chapter 4. Rigging</title><body>
<div class="navheader"><table><tr><td><a href="c3.html">Previous</a></td><td><a href="c5.html">Next</a></td></tr></table></div>
<div class="chapter"><div class="titlepage"><h1>Chapter 4. Rigging</h1></div>
<p>What holds the mast up.</p>
<div class="section"><div class="titlepage"><h2>4.1. Standing</h2></div><p>It does not move.</p>
<div class="section"><h3>4.1.1. Shrouds</h3><p>They lead to the sides.</p></div>
<div class="section"><h3>4.1.2. Stays</h3><p>They lead fore and aft.</p></div></div>
<div class="section"><div class="titlepage"><h2>4.2. Running</h2></div>
<p>Running rigging moves, wears, and is replaced, and a crew that knows each line by its feel will find it in the dark, in the rain, and in a hurry.</p>
<p>Halyards lift the yards, sheets hold the corners, and braces turn the yards about the mast, each with a name, a pin, and a place in the order.</p>
<p>A line that chafes is turned end for end, once, and after that it is cut up for lashings, then for baggywrinkle, and at last, as oakum, it goes into the seams.</p>
<div class="sidebar"><p>Never cut a line under load.</p></div></div>
<div class="section"><div class="titlepage"><h2>4.3. Blocks</h2></div><ul><li>single</li><li>double</li></ul></div>
</div>
<div class="related"><h2>Related manuals</h2><p><a href="/a">On oars</a> <a href="/b">On anchors</a></p></div>
<div class="navfooter"><p>Printed at the harbour.</p></div></body>"##;

#[test]
fn a_chapter_has_all_of_its_sections() {
    let article = check(
        CHAPTER,
        &[
            "Chapter 4. Rigging",
            "What holds the mast up.",
            "It does not move.",
            "They lead to the sides.",
            "They lead fore and aft.",
            "find it in the dark",
            "Never cut a line under load.",
            "4.3. Blocks\nsingle\ndouble",
        ],
        &["Previous", "On oars", "Printed at the harbour."],
    );
    assert_eq!(count(&article, Tag::H2), 3);
}

#[test]
fn a_reference_of_terms_has_all_of_them() {
    let long = "The second one takes as many names as there are, in any order, and says for each of them, with a word or a number, what became of it, and when it was last seen.";
    let page = format!(
        "<!doctype html><title>Functions of the harbour</title><body><p>Next: <a href=a>Ropes</a>, Up: <a href=b>Index</a></p>\
         <h3>Functions of the harbour</h3><dl><dt>Function: moor (ship)</dt><dd><p>Ties it up.</p></dd></dl>\
         <dl><dt>Function: ask (names)</dt><dd><p>{long}</p><p>{long}</p><p>{long}</p></dd></dl>\
         <dl><dt>Function: cast (ship)</dt><dd><p>Lets it go.</p></dd></dl></body>"
    );
    check(
        &page,
        &[
            "moor (ship)\nTies it up.",
            "ask (names)\nThe second",
            "cast (ship)\nLets it go.",
        ],
        &["Next: "],
    );
}

#[test]
fn a_place_that_is_left_open_is_no_link() {
    // Self-closing as in XHTML, which HTML parsers take for a start tag.
    let open = CHAPTER
        .replace("<h2>", "<h2><a id=\"x\"/>")
        .replace("<h3>", "<h3><a id=\"y\"/>");
    check(
        &open,
        &[
            "It does not move.",
            "They lead to the sides.",
            "find it in the dark",
            "single\ndouble",
        ],
        &["Previous", "On oars"],
    );
}

#[test]
fn what_only_looks_like_a_section_is_none() {
    let teaser = "<div class=section><h3>Read on</h3><p><a href=/x>Whales were seen off the point</a> today</p></div>";
    let page = NEWS
        .replace(
            "<main><article class=\"story\">",
            "<main><div class=section>",
        )
        .replace(
            "</article></main>",
            &format!("</div>{teaser}{teaser}</main>"),
        );
    check(
        &page,
        &["two hundred people, nine sheep, and a piano"],
        &["Whales were seen"],
    );
}

/// A type with its methods, whose signatures consist mostly of links.
const METHODS: &str = r##"<!doctype html><meta name=generator content=rustdoc><title>Rope in harbour</title><body>
<nav class=sidebar><a href=#a>Methods</a></nav><main><section class=content>
<div class=main-heading><h1 class=fqn>Struct Rope</h1></div><p>What holds a ship.</p>
<h2 id=a class=section-header>Methods</h2>
<details open><summary><section><h4 class=code-header>fn <a href=#b>splice</a>(self, other: <a href=x>Rope</a>) -> <a href=x>Rope</a></h4></section></summary>
<div class=docblock><p>Makes one of two, which is as long as both, less what the splice takes, and as strong as the weaker one, if it is done with care.</p>
<p>It takes three tucks, against the lay, of each strand, and as many again where the rope is of something smooth that slips when it is wet.</p>
<p>Whoever does it the first time should do it twice, since the second one is always better, and nobody has to see the first, or hear of it.</p>
<p>A splice that is made in a hurry holds until it is looked at, and then, with all its strands, all at once, it lets go of everything it was given to hold.</p></div></details>
<details open><summary><section><h4 class=code-header>fn <a href=#c>cut</a>(self) -> (<a href=x>Rope</a>, <a href=x>Rope</a>)</h4></section></summary>
<div class=docblock><p>Makes two of one.</p></div></details>
</section></main></body>"##;

#[test]
fn the_main_part_of_documentation_is_all_of_it() {
    check(
        METHODS,
        &[
            "Struct Rope",
            "What holds a ship.",
            "Methods",
            "fn splice(self",
            "fn cut(self",
            "Makes two of one.",
        ],
        &[],
    );
}

#[test]
fn what_folds_keeps_what_it_is_called_by() {
    let other = METHODS.replace("<meta name=generator content=rustdoc>", "");
    check(&other, &["fn splice(self", "It takes three tucks"], &[]);
}
