//! Tests of what scripts or the page's styles would have shown: shadow roots, pictures, titles.

use super::*;
use crate::model::article::{Attribute, Piece, Tag};

const ONE: &str = "The lamp on the north pier is lit by hand, and whoever lights it signs the book \
    beside the ladder with the hour and the wind.";
const TWO: &str = "Nobody has read the book from end to end, but everybody knows the page on which the \
    ink ran in the great flood.";
const THREE: &str = "When the glass is full a new one comes from the office, and the old one goes under \
    the bench with all the others.";

fn addresses(article: &Article) -> Vec<String> {
    let pieces = article.pieces().iter();
    let address = |piece: &Piece| match piece {
        Piece::Open {
            tag: Tag::Img,
            attributes,
            ..
        } => Some(
            attributes
                .get(Attribute::Src)
                .unwrap_or_default()
                .to_owned(),
        ),
        _ => None,
    };
    pieces.filter_map(address).collect()
}

#[test]
fn shadow_roots_are_laid_in_with_what_goes_into_their_slots() {
    let header = "<site-header>News</site-header>";
    for page in [
        format!(
            "<a-view><template shadowrootmode=open><style>p{{margin:0}}</style><article><h1>Lamps</h1><p>{ONE}</p><p>{TWO}</p>\
            <slot name=rest></slot></article></template><p slot=rest>{THREE}</p></a-view>"
        ),
        format!(
            "<a-view><template shadowroot=closed><h1>Lamps</h1><p>{ONE}</p><slot></slot></template><p>{TWO}</p><p>{THREE}</p></a-view>"
        ),
        format!(
            "<a-view><template shadowrootmode=open><b-part><template shadowrootmode=open><h1>Lamps</h1><p>{ONE}</p><slot></slot></template>\
            <p>{TWO}</p></b-part><slot name=x>{THREE}</slot></template></a-view>"
        ),
    ] {
        let (_, whole) = opened(&format!(
            "<title>Lamps</title>{header}{page}<template id=card><p>Never shown words</p></template>"
        ));
        let text = whole.text();
        let places: Vec<Option<usize>> = [ONE, TWO, THREE].map(|words| text.find(words)).to_vec();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{page}\n\n{text}"
        );
        assert!(!text.contains("Never shown"), "{text}");
    }
}

#[test]
fn the_real_picture_is_found_wherever_it_waits() {
    let (article, _) = opened(&format!(
        "<base href='https://news.example/2024/'><title>Nets</title><article><h1>Nets</h1><p>{ONE}</p>\
        <p><img src=/static/blank.gif data-src=https://img.example/a.jpg alt=A></p>\
        <p><img src='#' data-lazyload=https://img.example/b.jpg alt=B></p>\
        <p><img src=https://news.example/1x1.png data-original=https://img.example/c.jpg class=lazyload alt=C></p>\
        <p><img data-srv=https://img.example/d.jpg alt=D></p><p>{TWO}</p>\
        <p><img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' alt=E>\
            <noscript><img src=https://img.example/e.jpg alt=E></noscript></p>\
        <figure><img alt='' class=grey><noscript>&lt;img src=\"https://img.example/f.jpg\" alt=F&gt;</noscript></figure>\
        <p><picture><source data-srcset='https://img.example/g.webp 800w'><img alt=G></picture></p>\
        <p><amp-img src=https://img.example/h.jpg alt=H width=600 height=400></amp-img></p>\
        <noscript><img height=1 width=1 src=https://count.example/px?id=7></noscript><p>{THREE}</p></article>"
    ));
    let expected = [
        "a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg", "g.webp", "h.jpg",
    ];
    let expected = expected.map(|name| format!("https://img.example/{name}"));
    assert_eq!(addresses(&article), expected);
    assert!(!article.text().contains("<img"));
}

#[test]
fn pictures_of_signs_are_the_signs() {
    let (article, _) = opened(&format!(
        "<title>Splices</title><article><h1>Splices</h1><p>To the compass <img class=wp-smiley alt=🧭 style='height:1em' \
            src=https://s.example/core/emoji/72x72/1f9ed.png> last week, and nobody noticed <img draggable=false class=emoji alt=🎉 \
            src=https://s.example/svg/1f389.svg>.</p><p>{ONE}</p><p>{TWO}</p></article>"
    ));
    assert!(
        article.text().contains("the compass 🧭 last week"),
        "{}",
        article.text()
    );
    assert!(article.text().contains("noticed 🎉."));
    assert_eq!(addresses(&article), Vec::<String>::new());
}

#[test]
fn what_the_page_s_own_styles_hide_is_no_word_of_it() {
    let style = "<style>/* .one */ .menu-off, #share > .x { display: none } .note { display:none } .note { display: block }\
        @media print { .one { display: none } } @media screen { .two-off { visibility: hidden } }</style>";
    let (_, whole) = opened(&format!(
        "<title>Lamps</title>{style}<article><h1>Lamps</h1><p class=menu-off>Hidden by class</p><p class=one>{ONE}</p>\
        <div id=share><p class=x>Hidden by id</p></div><p class=note>{TWO}</p><p class=two-off>Hidden on screens</p><p>{THREE}</p></article>"
    ));
    let text = whole.text();
    assert!(!text.contains("Hidden"), "{text}");
    assert!(
        [ONE, TWO, THREE].iter().all(|words| text.contains(words)),
        "{text}"
    );
    // An article that waits for a script to show it is an article.
    let (article, _) = opened(&format!(
        "<title>Lamps</title><style>.post {{ display: none }}</style><div class=post><h1>Lamps</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div><p>Foot</p>"
    ));
    assert!(
        [ONE, TWO, THREE]
            .iter()
            .all(|words| article.text().contains(words)),
        "{}",
        article.text()
    );
}

#[test]
fn of_two_titles_in_the_data_the_page_s_own_is_the_title() {
    let titled = |data: &str| {
        let (article, _) = opened(&format!(
            "<title>Mooring – The Open Handbook</title><script type='application/ld+json'>{data}</script>\
            <article><h1>Mooring</h1><p>{ONE}</p><p>{TWO}</p></article>"
        ));
        article.title().to_owned()
    };
    let both = "{\"@type\":\"Article\",\"name\":\"Mooring\",\"headline\":\"permanent place for a vessel\"}";
    assert_eq!(titled(both), "Mooring");
    let headline = "{\"@type\":\"Article\",\"name\":\"page-7\",\"headline\":\"Mooring\"}";
    assert_eq!(titled(headline), "Mooring");
    let other = "{\"@type\":\"Article\",\"headline\":\"permanent place for a vessel\"}";
    assert!(titled(other).starts_with("Mooring"));
}

#[test]
fn nothing_that_hides_a_whole_page_leaves_it_empty() {
    for hides in [
        "<style>body{display:none}</style>",
        "<style>*{visibility:hidden!important}</style>",
        "<style>p{display:none}</style>",
        "<style>.js{display:none}</style><script>document.documentElement.className='js'</script>",
        "<template shadowrootmode=open><script>x()</script></template>",
    ] {
        let (article, _) = opened(&format!("{hides}<p class=first>Few words.</p>"));
        assert!(article.text().contains("Few words."), "{hides}");
    }
}
