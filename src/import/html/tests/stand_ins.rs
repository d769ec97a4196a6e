//! Cards, drawings and formulas: what stands for what an article cannot hold.

use super::*;

#[test]
fn embedded_media_are_links_to_them() {
    for (markup, expected) in [
        (
            "<iframe src=https://www.youtube-nocookie.com/embed/a-B_1?rel=0></iframe>",
            "p*[a(href=https://www.youtube.com/watch?v=a-B_1)(kind=video)[Video: www.youtube.com]]",
        ),
        (
            "<iframe data-src='//player.vimeo.com/video/12?h=ab' src=about:blank></iframe>",
            "p*[a(href=https://vimeo.com/12/ab)(kind=video)[Video: vimeo.com]]",
        ),
        (
            "<iframe src='https://www.youtube.com/embed/videoseries?list=PL1'></iframe>",
            "p*[a(href=https://www.youtube.com/playlist?list=PL1)(kind=video)[Video: www.youtube.com]]",
        ),
        (
            "<iframe src=https://w.soundcloud.com/player/?u=1></iframe>",
            "p*[a(href=https://w.soundcloud.com/player/?u=1)(kind=audio)[Audio: w.soundcloud.com]]",
        ),
        (
            "<iframe src=https://maps.example/a title=' Our\n way '></iframe>",
            "p*[a(href=https://maps.example/a)(kind=page)(title=Embedded page: maps.example)[Our way]]",
        ),
        (
            "<video poster=https://a.b/p.jpg><source src=https://a.b/c.webm><source src=https://a.b/c.mp4>No film</video>",
            "p*[a(href=https://a.b/c.webm)(kind=video)[Video: a.b]]",
        ),
        (
            "<audio controls src=https://a.b/c.ogg></audio>",
            "p*[a(href=https://a.b/c.ogg)(kind=audio)[Audio: a.b]]",
        ),
        (
            "<object><param name=movie value=https://a.b/c><embed src=https://a.b/d></object>",
            "p*[a(href=https://a.b/c)(kind=file)[Embedded file: a.b]]",
        ),
        (
            "<embed type=video/mp4 src=https://a.b/d>",
            "p*[a(href=https://a.b/d)(kind=video)[Video: a.b]]",
        ),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
    assert_eq!(
        html_at("https://example.org/a/", "<video src=c.mp4></video>"),
        "p*[a(href=https://example.org/a/c.mp4)(kind=video)[Video: example.org]]"
    );
}

#[test]
fn a_card_has_a_paragraph_of_its_own_where_there_can_be_one() {
    let frame = "<iframe src=https://a.b/c></iframe>";
    let link = "a(href=https://a.b/c)(kind=page)[Embedded page: a.b]";
    for (markup, expected) in [
        (
            format!("<div dir=rtl>a{frame}b</div>"),
            format!("p(dir=rtl)*[a] p(dir=rtl)*[{link}] p(dir=rtl)*[b]"),
        ),
        (format!("<p>a{frame}b"), format!("p*[a {link} b]")),
        (
            format!("<figure>{frame}<figcaption>d</figcaption></figure>"),
            format!("figure[p*[{link}] figcaption*[d]]"),
        ),
        (
            format!("<a href=https://d.e>{frame}</a>"),
            "p*[a(href=https://d.e)[Embedded page: a.b]]"
                .replace("Embedded page: a.b", "span[Embedded page: a.b]"),
        ),
    ] {
        assert_eq!(html(&markup), expected, "{markup}");
    }
}

#[test]
fn what_counts_visits_or_leads_nowhere_has_no_card() {
    for markup in [
        "<iframe width=1 height=1 src=https://a.b></iframe>",
        "<iframe style='width:0px' src=https://a.b></iframe>",
        "<iframe style='display:none' src=https://a.b></iframe>",
        "<iframe hidden src=https://a.b></iframe>",
        "<iframe src=about:blank></iframe>",
        "<iframe srcdoc='<p>x'></iframe>",
        "<iframe src='javascript:x'></iframe>",
        "<iframe src='data:text/html,x'></iframe>",
        "<iframe src=mailto:a@b></iframe>",
        "<iframe src=https://ad.doubleclick.net/x title=Ad></iframe>",
        "<noscript><iframe src=https://a.b></iframe></noscript>",
        "<video poster=https://a.b/c></video>",
        "<object data=x.swf>y</object>",
        "<svg><foreignObject hidden><iframe src=https://a.b></iframe></foreignObject></svg>",
    ] {
        assert_eq!(html(&format!("a<div>{markup}</div>")), "p*[a]", "{markup}");
    }
}

/// A page with an article of some length, and something after its first paragraph.
fn article_with(inside: &str, beside: &str) -> String {
    let sentence = "The harbour was quiet that morning, and the boats, which had come in overnight, \
        lay so still that one could have taken them for painted ones. ";
    let paragraph = format!("<p>{}</p>", sentence.repeat(3));
    let page = format!(
        "<!doctype html><title>Boats</title><body><nav><a href=/>Home</a></nav><article>{paragraph}\
         {inside}{paragraph}{paragraph}</article><aside class=sidebar><h3>More</h3>{beside}</aside>"
    );
    let page = parse(&page);
    let part = article_of(&page).expect("there is an article");
    walk(&read_part(&page, &part, Source::Pasted).expect("HTML can be read"))
}

#[test]
fn the_article_has_the_cards_that_stand_in_it() {
    let frame = |host: &str| format!("<iframe src=https://{host}/c></iframe>");
    let within = format!("<div class=media><div>{}</div></div>", frame("in.example"));
    let found = article_with(&within, &frame("beside.example"));
    assert!(found.contains("Embedded page: in.example"), "{found}");
    assert!(!found.contains("beside.example"), "{found}");
    let found = article_with(&format!("<figure>{}</figure>", frame("in.example")), "");
    assert!(found.contains("figure[p*[a("), "{found}");
}
