//! Tests of cards, drawings and formulas, which replace what an article cannot contain.

use super::*;
use crate::model::article::{Attribute, Piece, Tag};

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
            "<object data=https://a.b/d.SVG?e title=f></object>",
            "p[img(src=https://a.b/d.SVG?e)(alt=f)[]]",
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

/// Returns the decoded address and the words of the first picture of an article.
fn drawing(markup: &str) -> Option<(String, String)> {
    let article = read(markup, Source::Pasted).expect("HTML can be read");
    let said = article.pieces().iter().find_map(|piece| match piece {
        Piece::Open {
            tag: Tag::Img,
            attributes,
            ..
        } => Some(attributes.clone()),
        _ => None,
    })?;
    let address = said.get(Attribute::Src)?;
    let encoded = address.strip_prefix("data:image/svg+xml,")?;
    let drawn = percent_decoded(encoded);
    Some((drawn, said.get(Attribute::Alt)?.to_owned()))
}

fn percent_decoded(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits follow"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("it was text")
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

#[test]
fn drawings_become_pictures() {
    let (drawn, words) = drawing(
        "<svg viewBox='0 0 90 60' aria-label=' A  b '><g fill=red><rect width=9 height=9 /></g>\
         <text x=1>a &lt; <tspan>b</tspan></text></svg>",
    )
    .expect("it is a picture");
    assert_eq!(
        drawn,
        format!(
            "{SVG} viewBox=\"0 0 90 60\"><g fill=\"red\"><rect width=\"9\" height=\"9\"></rect></g>\
             <text x=\"1\">a &lt; <tspan>b</tspan></text></svg>"
        )
    );
    assert_eq!(words, "A b");
    // Sizes are given if the page gives them.
    assert!(
        html("<svg width=40px height=50><path d=M0,0/></svg>")
            .ends_with("(alt=)(width=40)(height=50)[]]")
    );
}

#[test]
fn styles_of_a_drawing_are_said_by_its_elements() {
    let (drawn, _) = drawing(
        "<svg width=99><style>.a{fill:red;stroke:url(#g)} rect{opacity:.5}</style>\
         <defs><linearGradient id=g href='#h'><stop offset=0 /></linearGradient>\
         <linearGradient id=h xlink:href='#g'></linearGradient></defs>\
         <rect class=a fill=blue style='fill:green; background:url(x)' /><use xlink:href=#g /></svg>",
    )
    .expect("it is a picture");
    assert!(
        drawn.contains("<rect stroke=\"url(#g)\" opacity=\".5\" fill=\"green\"></rect>"),
        "{drawn}"
    );
    assert!(
        drawn.contains("<linearGradient id=\"h\" href=\"#g\">"),
        "{drawn}"
    );
    assert!(drawn.contains("<use href=\"#g\"></use>"), "{drawn}");
}

#[test]
fn nothing_in_a_drawing_runs_or_is_fetched() {
    let (drawn, _) = drawing(
        "<svg width=99 onload=alert(1)><script>alert(2)</script><style>@import 'https://x.y'</style>\
         <a href='javascript:alert(3)'><path d=M0,0 onclick=alert(4) fill=url(https://x.y#z) /></a>\
         <image href=https://x.y /><use href='https://x.y#z' /><use href='data:image/svg+xml,x#z' />\
         <animate attributeName=href values='javascript:alert(5)' /><set onbegin=alert(6) />\
         <rect style='fill:url(//x.y);filter:url(#f)' filter=url(#f) cursor=url(https://x.y) />\
         <filter id=f><feImage href=https://x.y /></filter><foreignObject><iframe src=https://x.y></iframe></foreignObject>\
         <text>&lt;script&gt;</text><textPath href=https://x.y#z>c</textPath></svg>",
    )
    .expect("it is a picture");
    assert_eq!(
        drawn,
        format!(
            "{SVG} width=\"99\"><path d=\"M0,0\"></path><use></use><use></use><rect></rect>\
             <text>&lt;script></text><textPath>c</textPath></svg>"
        )
    );
}

#[test]
fn icons_and_empty_drawings_are_no_pictures() {
    let path = "<path d=M0,0 />";
    for markup in [
        format!("<svg width=16 height=16>{path}</svg>"),
        format!("<svg viewBox='0 0 24 24'>{path}</svg>"),
        format!("<svg viewBox='0 0 512 512' class='svg-inline--fa'>{path}</svg>"),
        format!("<svg>{path}</svg>"),
        format!("<svg width=99 aria-hidden=true>{path}</svg>"),
        format!("<svg width=99 role=presentation>{path}</svg>"),
        format!("<svg width=99 height=1 aria-label=x>{path}</svg>"),
        format!("<a href=https://b.c><svg width=99>{path}</svg></a>"),
        "<svg width=99><g></g></svg>".to_owned(),
        "<svg width=99><title>x</title></svg>".to_owned(),
    ] {
        assert_eq!(drawing(&markup), None, "{markup}");
    }
    for markup in [
        format!("<svg width=16 role=img>{path}</svg>"),
        format!("<svg><title>x</title>{path}</svg>"),
    ] {
        assert!(drawing(&markup).is_some(), "{markup}");
    }
}

#[test]
fn what_is_pointed_to_in_a_drawing_points_to_nothing() {
    // Each draws the previous one twice: copied out, these would be a thousand million.
    let level = |n: usize| {
        let before = n.saturating_sub(1);
        format!("<g id=a{n}><use href=#a{before} /><use href=#a{before} /></g>")
    };
    let levels: String = (1..=30).map(level).collect();
    let (drawn, _) = drawing(&format!(
        "<svg width=99><path id=a0 d=M0,0 />{levels}<use href=#a30 /></svg>"
    ))
    .expect("it is a picture");
    assert_eq!(drawn.matches("href").count(), 1, "{drawn}");
}

#[test]
fn drawings_have_a_largest_size() {
    let large = format!("<svg width=99>{}</svg>", "<path d=M0,0 />".repeat(20_000));
    assert_eq!(drawing(&large), None);
    let many = format!("<svg width=99>{}</svg>", "<path d=M0,0 />".repeat(2_000)).repeat(100);
    let article = read(&many, Source::Pasted).expect("HTML can be read");
    assert!(article.to_json().len() < 5 << 20);
    let deep = format!("<svg width=99>{}<path d=M0,0 />", "<g>".repeat(400));
    assert_eq!(drawing(&deep), None);
}

/// Makes a page with an article of some length, and something after its first paragraph.
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
    let formula = "<p>So <span class=mwe-math-element><span style='display:none'>\
        <math alttext='x^2'><mi>x</mi></math></span><img alt='x^2' aria-hidden=true></span> it is.";
    let found = article_with(formula, "");
    assert!(found.contains("p*[So tex[x^2] it is.]"), "{found}");
    let chart = "<div class=chart><svg viewBox='0 0 90 60'><path d=M0,0 /></svg></div>";
    let found = article_with(chart, chart);
    assert_eq!(found.matches("data:image/svg").count(), 1, "{found}");
}
