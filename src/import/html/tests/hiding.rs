//! Tests of what is hidden when a page is saved: the number of words decides.

use super::*;

const FIRST: &str = "The tide table hangs behind glass, and every morning somebody in a yellow \
    coat wipes the salt from it with a sleeve before the boats go out.";
const SECOND: &str = "Whoever has missed the first boat walks along the wall to the lamp, counts \
    the steps aloud, and comes back with another number than the day before.";
const THIRD: &str = "In winter the office opens an hour later, which nobody has ever written down, \
    because those who need to know it have always known it.";

fn three() -> String {
    format!("<h1>A table of tides</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>")
}

fn page(body: &str) -> String {
    format!("<!doctype html><html lang=en><head><title>A table of tides</title></head><body>{body}")
}

fn assert_has_all(markup: &str) {
    let (article, _) = opened(markup);
    for sentence in [FIRST, SECOND, THIRD] {
        let count = article.text().matches(sentence).count();
        assert_eq!(count, 1, "{markup}\n\n{}", article.text());
    }
}

#[test]
fn what_holds_most_of_the_words_is_the_article_however_it_is_hidden() {
    let foot = "<div id=clock>--:--</div><div id=foot>Pier Press, Saltby</div>";
    for hidden in [
        "aria-hidden=true",
        "hidden",
        "hidden=''",
        "style='display:none'",
        "style='visibility: hidden; opacity: 0;'",
        "style='color:red; Display : None !important'",
        "class=letter-overlay aria-hidden=true",
        "class=modal style='display:none' aria-hidden=true",
    ] {
        for name in ["div", "article", "main", "section"] {
            let body = format!("<{name} {hidden}><div>{}</div></{name}>{foot}", three());
            assert_has_all(&page(&body));
        }
        assert_has_all(&page(&format!(
            "<div hidden><div {hidden}>{}</div></div>{foot}",
            three()
        )));
    }
    assert_has_all(&page(&format!("<dialog>{}</dialog>{foot}", three())));
    let body = format!(
        "<!doctype html><html><body style='visibility:hidden'>{}",
        three()
    );
    assert_has_all(&body);
}

#[test]
fn panels_of_which_none_is_shown_are_all_read() {
    let panels: Vec<String> = [FIRST, SECOND, THIRD]
        .into_iter()
        .map(|words| format!("<section style='display:none'><p>{words}</p></section>"))
        .collect();
    let menu = "<ul hidden><li><a href=/a>Boats</a><li><a href=/b>Lamps</a></ul>";
    let (article, whole) = opened(&page(&format!("<h1>Tides</h1>{}{menu}", panels.concat())));
    for text in [article.text(), whole.text()] {
        assert!(text.contains(FIRST) && text.contains(SECOND) && text.contains(THIRD));
        assert!(!text.contains("Lamps"));
    }
}

#[test]
fn what_is_hidden_from_hearing_only_is_seen() {
    let body = format!(
        "<article><h1>A table of tides</h1><p>{FIRST}</p><p aria-hidden=true>{SECOND}</p>\
         <p style='visibility:hidden' class='wow fadeIn'>{THIRD}</p></article>"
    );
    assert_has_all(&page(&body));
    for (markup, expected) in [
        (
            "<p><ruby><span aria-hidden=true>海</span><rp>(</rp><rt>うみ</rt></ruby>です",
            "p*[ruby[海 rt(label=うみ)[]]です]",
        ),
        (
            "<p><ruby aria-hidden=true>海<rt aria-hidden=true>うみ</rt></ruby>です",
            "p*[ruby[海 rt(label=うみ)[]]です]",
        ),
        (
            "<p><ruby><rb hidden>海</rb><rt>うみ</rt></ruby>です",
            "p*[ruby[海 rt(label=うみ)[]]です]",
        ),
        (
            "<p><span class=cap aria-hidden=true>T</span>he boats",
            "p*[The boats]",
        ),
        (
            "<h1 aria-label='On the wall'><span aria-hidden=true>On</span> \
             <span aria-hidden=true>the</span> <span aria-hidden=true>wall</span></h1>",
            "h1*[On the wall]",
        ),
    ] {
        assert_eq!(html(markup), expected, "{markup}");
    }
}

#[test]
fn what_is_hidden_for_good_stays_out() {
    let spare = "Spare words that nobody is meant to read before pressing a knob.";
    for hidden in [
        "<span aria-hidden=true>★</span>".to_owned(),
        "<i class=material-icons aria-hidden=true>expand_more</i>".to_owned(),
        "<a class=anchor aria-hidden=true href='#x'>Link to this part of it</a>".to_owned(),
        "<nav aria-hidden=true><a href=/a>Spare words in a menu that is off the screen</a></nav>"
            .to_owned(),
        format!("<div class='modal fade' aria-hidden=true>{spare}</div>"),
        format!("<div role=dialog aria-hidden=true>{spare}</div>"),
        format!("<span class=tooltip style='visibility:hidden'>{spare}</span>"),
        "<span style='visibility:hidden'>Spare words</span>".to_owned(),
        format!("<div hidden>{spare}</div>"),
        format!("<div style='display:none'>{spare}</div>"),
        format!("<span>{spare}</span><span aria-hidden=true>{spare}</span>"),
    ] {
        let body = format!(
            "<article><h1>A table of tides</h1><p>{FIRST}</p>{hidden}<p>{SECOND}</p><p>{THIRD}</p></article>"
        );
        let (article, whole) = opened(&page(&body));
        for text in [article.text(), whole.text()] {
            let spares = text.matches("Spare").count();
            let expected = usize::from(hidden.starts_with("<span>Spare"));
            assert_eq!(spares, expected, "{hidden}\n{text}");
            assert!(
                !text.contains('★') && !text.contains("expand_more") && !text.contains("Link to")
            );
        }
    }
}

#[test]
fn a_long_question_over_a_page_is_only_in_the_whole_page() {
    let question =
        "We and our partners would like to keep small files on your machine. ".repeat(20);
    let body = format!(
        "<div class=cookie-consent hidden><p>{question}</p></div><article>{}</article>",
        three()
    );
    let (article, whole) = opened(&page(&body));
    assert!(article.text().contains(SECOND) && !article.text().contains("partners"));
    assert!(whole.text().contains(SECOND) && whole.text().contains("partners"));
}
