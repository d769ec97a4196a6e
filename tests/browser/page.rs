//! The article in the page: its text, its marks, its selection.

use std::rc::Rc;

use postil::app::layout::Labels;
use postil::app::markup::article_as_html;
use postil::app::protocol::Unshown;
use postil::browser::elements::matching;
use postil::browser::graphemes;
use postil::browser::page::Page;
use postil::browser::pictures::FetchPicture;
use postil::browser::system::{before_next_frame, document};
use postil::import::html;
use postil::model::anchoring::{Anchor, Candidate, Confidence, describe};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Extra};
use postil::model::article::{Article, Source};
use postil::model::digest::Digest;
use postil::model::findings::Findings;
use postil::model::graphemes::clusters;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::placements::Placements;
use postil::model::text::TextRange;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

pub const LABELS: Labels = Labels {
    footnote: "Footnote",
    back: "Back",
    footnotes: "Footnotes",
    picture: "Picture",
    unshown: &["refused", "too large", "no picture"],
    table: "Table",
    gap: "Words that are gone",
};

/// Every construct, in several scripts, as a web page would contain it.
const PAGE: &str = r##"<html lang="en"><body>
  <h1>A <em>heading</em></h1>
  <p>One <a href="https://example.org/">link with <strong>strong</strong> words</a>, x<sub>2</sub>, then<br>a new line.</p>
  <p dir="rtl" lang="ar">نص <b>عربي</b> قصير ١٢٣</p>
  <p lang="ja"><ruby>漢字<rt>かんじ</rt></ruby>を読む。👨‍👩‍👧 e&#x301;</p>
  <ul><li>lead<ul><li>inner</li></ul></li><li>second</li></ul>
  <table><caption>Table</caption><tr><th>a<td>b</tr><tr><td>c<td>d</tr></table>
  <pre><code>  fn main() {
	}
</code></pre>
  <details><summary>Summary</summary><p>Closed words</p></details>
  <p><img src="https://pictures.example/a.png" alt="A picture"></p>
  <p>Last words.</p></body></html>"##;

fn article(source: &str) -> Rc<Article> {
    graphemes::install();
    Rc::new(html::read(source, Source::Pasted).expect("an article"))
}

fn open(article: &Rc<Article>) -> Page {
    let root = document().create_element("article").expect("an element");
    let body = document().body().expect("a body");
    body.append_child(&root)
        .expect("the article is in the page");
    Page::open(root, article.clone(), LABELS, no_pictures(), || {})
}

fn mark(article: &Article, words: &str, colour: Colour) -> Rc<Annotation> {
    let start = article
        .text()
        .find(words)
        .expect("the words are in the article");
    let range = TextRange::from_usize(start, start + words.len());
    Rc::new(Annotation {
        more: Vec::new(),
        id: AnnotationId::of_content(words),
        article: article.id(),
        target: describe(article, range),
        attached: None,
        note: String::new(),
        tags: Vec::new(),
        colour,
        created: None,
        modified: None,
        extra: Extra::default(),
    })
}

/// A note made on another text, and the place of these words in this one.
fn made_elsewhere(article: &Article, words: &str, colour: Colour) -> (Rc<Annotation>, Candidate) {
    let here = mark(article, words, colour);
    let mut note = (*here).clone();
    note.target.digest = Some(Digest::of("another text"));
    let start = article.text().find(words).unwrap_or_default();
    let place = Candidate {
        range: TextRange::from_usize(start, start + words.len()),
        confidence: Confidence::CERTAIN,
    };
    (Rc::new(note), place)
}

/// A note whose words, once before these, are gone.
fn gap_before(article: &Article, words: &str) -> (Rc<Annotation>, Anchor) {
    let (note, mut place) = made_elsewhere(article, words, Colour::Red);
    place.range = TextRange::new(place.range.start(), place.range.start());
    (note, Anchor::Replaced(place))
}

fn marks_found(article: &Article, found: Vec<(Rc<Annotation>, Anchor)>) -> Rc<Placements> {
    let added = found.iter().map(|(note, _)| Change::add(note.clone()));
    let transaction = Transaction {
        intent: Intent::Highlight,
        changes: added.collect(),
    };
    let notebook = Notebook::default().apply(&transaction).expect("new ids");
    let mut findings = Findings::of(article.digest());
    findings.add(found);
    Rc::new(Placements::of(article, &notebook, &findings))
}

/// Selects from every text node to every later one, and checks the selection that the page reports.
fn check_selections(page: &Page, article: &Article) {
    let nodes = texts(page.root());
    let mut offset = 0;
    let mut places = Vec::new();
    for node in &nodes {
        let words = node.text_content().unwrap_or_default();
        places.push((node, offset, words.clone()));
        offset += words.len();
    }
    for (index, (from, start, _)) in places.iter().enumerate() {
        for (to, before, words) in &places[index..] {
            select((from, 0), (to, words.encode_utf16().count() as u32));
            let expected = &article.text()[*start..before + words.len()];
            let selected = page.selected();
            let selected = selected
                .first()
                .and_then(|range| range.slice(article.text()));
            let expected = Some(expected.trim()).filter(|words| !words.is_empty());
            assert_eq!(selected, expected);
        }
    }
}

fn marks(article: &Article, annotations: &[Rc<Annotation>]) -> Rc<Placements> {
    let changes = annotations.iter().cloned().map(Change::add).collect();
    let transaction = Transaction {
        intent: Intent::Highlight,
        changes,
    };
    let notebook = Notebook::default().apply(&transaction).expect("new ids");
    Rc::new(Placements::of(article, &notebook, &Findings::default()))
}

/// The words of the marks of notes, in order.
fn painted(root: &Element) -> Vec<String> {
    let placements = matching(root, "mark[data-note]");
    placements
        .iter()
        .map(|mark| mark.text_content().unwrap_or_default())
        .collect()
}

/// Every text node below an element.
fn texts(root: &Element) -> Vec<Node> {
    let walker = document()
        .create_tree_walker_with_what_to_show(root, 4)
        .expect("a walker");
    std::iter::from_fn(|| walker.next_node().ok().flatten()).collect()
}

fn select(from: (&Node, u32), to: (&Node, u32)) {
    let selection = web_sys::window()
        .and_then(|w| w.get_selection().ok().flatten())
        .expect("a selection");
    selection
        .set_base_and_extent(from.0, from.1, to.0, to.1)
        .expect("the points are in the page");
}

#[wasm_bindgen_test]
fn the_text_of_the_element_is_the_text_of_the_article() {
    let article = article(PAGE);
    let page = open(&article);
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    page.root().remove();
}

#[wasm_bindgen_test]
fn every_pair_of_text_nodes_selects_what_stands_between_them() {
    let article = article(PAGE);
    let page = open(&article);
    check_selections(&page, &article);
    page.root().remove();
}

#[wasm_bindgen_test]
fn marks_cross_inlines_and_blocks_and_leave_the_text_as_it_is() {
    let article = article(PAGE);
    let page = open(&article);
    let across = mark(
        &article,
        "strong words, x2, then\na new line.\nنص عربي",
        Colour::Blue,
    );
    page.paint(&marks(&article, std::slice::from_ref(&across)), None);
    assert_eq!(
        painted(page.root()).concat(),
        "strong words, x2, then\na new line.نص عربي"
    );
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    for mark in matching(page.root(), "mark[data-note]") {
        assert_eq!(
            mark.get_attribute("data-note").as_deref(),
            Some(across.id.as_str())
        );
        assert_eq!(mark.get_attribute("data-colour").as_deref(), Some("blue"));
    }
    page.paint(&Rc::new(Placements::default()), None);
    assert!(painted(page.root()).is_empty());
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    page.root().remove();
}

#[wasm_bindgen_test]
fn an_overlap_names_both_notes_and_shows_both_colours() {
    let article = article(PAGE);
    let page = open(&article);
    let notes = [
        mark(&article, "One link", Colour::Red),
        mark(&article, "link with", Colour::Green),
    ];
    page.paint(&marks(&article, &notes), None);
    let both = matching(page.root(), "mark[data-under]");
    assert_eq!(both.len(), 1);
    assert_eq!(both[0].text_content().as_deref(), Some("link"));
    let ids = both[0].get_attribute("data-note").unwrap_or_default();
    assert_eq!(ids, format!("{} {}", notes[0].id, notes[1].id));
    page.root().remove();
}

#[wasm_bindgen_test]
fn a_selection_outlives_the_painting_of_its_paragraph() {
    let article = article(PAGE);
    let page = open(&article);
    let nodes = texts(page.root());
    let node = nodes
        .iter()
        .find(|node| node.text_content().as_deref() == Some("Last words."));
    let node = node.expect("the last paragraph");
    select((node, 5), (node, 10));
    page.paint(
        &marks(&article, &[mark(&article, "Last", Colour::Yellow)]),
        None,
    );
    let selected = page.selected();
    let selected = selected
        .first()
        .and_then(|range| range.slice(article.text()));
    assert_eq!(selected, Some("words"));
    page.root().remove();
}

#[wasm_bindgen_test]
fn a_gap_is_an_empty_element_and_leaves_the_text_as_it_is() {
    let article = article(PAGE);
    let page = open(&article);
    let end = article.text().find("x2, then").expect("a leaf") + "x2, then\na new line.".len();
    let mut at_end = gap_before(&article, "A heading");
    let Anchor::Replaced(place) = &mut at_end.1 else {
        panic!("a gap");
    };
    place.range = TextRange::from_usize(end, end);
    let mut found: Vec<_> = ["strong words", "b\nc", "を読む", "inner", "second"]
        .map(|words| gap_before(&article, words))
        .into();
    found.push(at_end);
    // A gap within a mark splits it.
    let (over, place) = made_elsewhere(&article, "with strong words", Colour::Blue);
    found.push((over, Anchor::Moved(place)));
    page.paint(&marks_found(&article, found.clone()), None);
    let gaps = matching(page.root(), "[data-gap]");
    assert_eq!(gaps.len(), 6);
    assert!(gaps.iter().all(|gap| gap.child_nodes().length() == 0));
    let named = |gap: &Element| gap.get_attribute("aria-label").unwrap_or_default();
    assert_eq!(named(&gaps[0]), "Words that are gone: strong words");
    assert_eq!(painted(page.root()), ["with ", "strong", " words"]);
    // A gap at the end of a leaf follows its last words.
    let last = gaps[1].parent_element().expect("a paragraph");
    assert_eq!(last.last_child().as_ref(), Some(gaps[1].as_ref()));
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    check_selections(&page, &article);
    page.paint(&Rc::new(Placements::default()), None);
    assert!(matching(page.root(), "[data-gap]").is_empty());
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    page.root().remove();
}

#[wasm_bindgen_test]
fn a_card_stands_level_with_its_gap() {
    let article = article(PAGE);
    let page = open(&article);
    let (note, anchor) = gap_before(&article, "second");
    page.paint(
        &marks_found(&article, vec![(note.clone(), anchor.clone())]),
        None,
    );
    let range = match anchor {
        Anchor::Replaced(place) => place.range,
        _ => panic!("a gap"),
    };
    let tops = page.tops(page.root(), &[(note.id.clone(), range)]);
    let gap = &matching(page.root(), "[data-gap]")[0];
    let top = gap.get_bounding_client_rect().top() - page.root().get_bounding_client_rect().top();
    assert!((tops[0] - top).abs() < 1.0);
    page.set_active(vec![note.id.clone()]);
    assert!(gap.has_attribute("data-active"));
    page.root().remove();
}

#[wasm_bindgen_test]
fn changed_words_never_look_like_certain_ones() {
    let article = article(PAGE);
    let page = open(&article);
    let (changed, place) = made_elsewhere(&article, "link with strong", Colour::Green);
    let (certain, sure) = made_elsewhere(&article, "One link", Colour::Red);
    let found = vec![
        (changed, Anchor::Changed(place)),
        (certain, Anchor::Moved(sure)),
    ];
    page.paint(&marks_found(&article, found), None);
    let shown: Vec<String> = matching(page.root(), "mark[data-note]")
        .iter()
        .map(|mark| {
            let value = |name| mark.get_attribute(name).unwrap_or_default();
            let names = [
                "data-colour",
                "data-state",
                "data-under",
                "data-under-state",
            ];
            let said = names.map(value).join(" ");
            format!(
                "{}: {}",
                mark.text_content().unwrap_or_default(),
                said.trim()
            )
        })
        .collect();
    // The highlight that begins later would be on top if it were certain.
    assert_eq!(
        shown,
        [
            "One : red",
            "link: red  green changed",
            " with : green changed",
            "strong: green changed",
        ]
    );
    page.root().remove();
}

#[wasm_bindgen_test]
fn a_place_is_framed_without_a_mark() {
    let article = article(PAGE);
    let page = open(&article);
    let nodes = texts(page.root()).len();
    let start = article.text().find("with strong").expect("the words");
    let place = TextRange::from_usize(start, start + "with strong words".len());
    page.outline(Some(place));
    let frames = matching(page.root(), ".place");
    assert_eq!(frames.len(), 1, "one line, one frame");
    assert_eq!(texts(page.root()).len(), nodes);
    assert!(painted(page.root()).is_empty());
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    page.outline(None);
    assert!(matching(page.root(), ".place").is_empty());
    page.root().remove();
}

#[wasm_bindgen_test]
fn nothing_is_fetched_before_the_reader_asks() {
    let article = article(PAGE);
    let page = open(&article);
    assert!(matching(page.root(), "img").is_empty());
    let placeholder = matching(page.root(), ".picture");
    assert_eq!(
        placeholder[0].get_attribute("aria-label").as_deref(),
        Some("A picture")
    );
    assert_eq!(article.picture_hosts(), ["pictures.example"]);
    page.root().remove();
}

#[wasm_bindgen_test]
fn links_lead_away_safely_and_nothing_has_a_handler() {
    let article = article(
        r#"<p onclick="window.ran=1">a <a href="javascript:window.ran=1">b</a> <a href="https://example.org">c</a></p>
           <script>window.ran=1</script><img src=x onerror="window.ran=1"><svg onload="window.ran=1"></svg>"#,
    );
    let page = open(&article);
    let links = matching(page.root(), "a");
    assert_eq!(links.len(), 1);
    assert_eq!(
        links[0].get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    for element in matching(page.root(), ".chunk *") {
        let names = element.get_attribute_names();
        for name in names.iter().filter_map(|name| name.as_string()) {
            assert!(!name.starts_with("on") && name != "style", "{name}");
        }
    }
    page.root().remove();
}

#[wasm_bindgen_test]
async fn a_long_article_is_drawn_to_its_end() {
    let paragraphs: String = (0..3_000)
        .map(|n| format!("<p>Paragraph number {n} of many.</p>"))
        .collect();
    let article = article(&paragraphs);
    let page = open(&article);
    let drawn_at_once = page.root().text_content().unwrap_or_default().len();
    assert!(
        drawn_at_once < article.text().len(),
        "the rest comes in slices"
    );
    while page.root().text_content().unwrap_or_default().len() < article.text().len() {
        let turn = js_sys::Promise::new(&mut |done, _| {
            let _ = web_sys::window()
                .expect("a window")
                .set_timeout_with_callback(done.unchecked_ref());
        });
        JsFuture::from(turn).await.expect("a turn passes");
    }
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    page.root().remove();
}

/// Waits for this many frames.
async fn frames(count: usize) {
    for _ in 0..count {
        let frame = js_sys::Promise::new(&mut |done, _| {
            before_next_frame(move || drop(done.call0(&JsValue::NULL)));
        });
        JsFuture::from(frame).await.expect("a frame comes");
    }
}

#[wasm_bindgen_test]
async fn what_is_brought_into_view_is_let_go_when_its_reader_goes_elsewhere() {
    let source = "<p>Some words of a paragraph, of which there are many.</p>".repeat(300);
    let article = article(&source);
    let page = open(&article);
    let byte = article.leaves()[200].text.start();
    let window = web_sys::window().expect("a window");
    let place = || window.scroll_y().expect("a place");
    page.scroll_to_top(byte);
    let there = place();
    assert!(there > 100.0, "it is at {there}");
    // No input arrived since, so the page scrolls there again.
    window.scroll_to_with_x_and_y(0.0, 0.0);
    frames(8).await;
    assert!(place() > 100.0, "it is at {}", place());
    for kind in ["wheel", "touchstart", "touchmove", "keydown", "pointerdown"] {
        page.scroll_to_top(byte);
        let event = web_sys::Event::new(kind).expect("an event");
        let leaf = matching(page.root(), "[data-b]").swap_remove(0);
        leaf.dispatch_event(&event).expect("it is heard");
        window.scroll_to_with_x_and_y(0.0, 0.0);
        frames(8).await;
        assert_eq!(place(), 0.0, "after {kind}");
    }
    // A later request ends the one before.
    page.scroll_to_top(byte);
    page.scroll_to_top(0);
    frames(8).await;
    let top = page.root().get_bounding_client_rect().top();
    assert!(top > -100.0, "the article begins at {top}");
    page.root().remove();
}

#[wasm_bindgen_test]
async fn a_very_long_list_is_drawn_in_parts_that_count_on() {
    let items = "<li>item</li>".repeat(400);
    let quoted = "<p>part</p>".repeat(400);
    let article = article(&format!(
        "<ol>{items}</ol><p>Between.</p><blockquote>{quoted}</blockquote>"
    ));
    let page = open(&article);
    let drawn = || page.root().text_content().unwrap_or_default().len() == article.text().len();
    for _ in 0..100 {
        if !drawn() {
            frames(1).await;
        }
    }
    assert_eq!(page.root().text_content().as_deref(), Some(article.text()));
    let lists = matching(page.root(), "ol");
    let starts: Vec<_> = lists
        .iter()
        .map(|list| list.get_attribute("start"))
        .collect();
    let starts: Vec<_> = starts.iter().map(Option::as_deref).collect();
    assert_eq!(starts, [None, Some("151"), Some("301")]);
    assert_eq!(matching(page.root(), "li").len(), 400);
    assert!(matching(page.root(), "blockquote").len() > 2);
    // A passage across two parts.
    let start = article.text().find("item").map_or(0, |at| at as u32);
    let end = article.text().len() as u32;
    let range = TextRange::new(start, end);
    page.select(range);
    assert_eq!(page.selected(), [range]);
}

/// No picture is fetched.
pub fn no_pictures() -> FetchPicture {
    Rc::new(|_| Box::pin(async { Err(Unshown::Refused) }))
}

/// Parses markup as a browser does with a page, and puts its article element into the page.
fn parsed(markup: &str) -> Element {
    let holder = document().create_element("div").expect("an element");
    holder.set_inner_html(markup);
    let body = document().body().expect("a body");
    body.append_child(&holder).expect("it is in the page");
    holder.first_element_child().expect("an article")
}

/// Fails unless the stretches of two articles are the same elements with the same words.
fn check_same_stretches(one: &Element, other: &Element) {
    let (ones, others) = (
        matching(one, ":scope > .stretch"),
        matching(other, ":scope > .stretch"),
    );
    assert!(!ones.is_empty() && ones.len() == others.len());
    // Only the page estimates heights, and only a parser joins words that meet.
    let bare = |stretch: &Element| {
        let copy = stretch.clone_node_with_deep(true).expect("a copy");
        let copy: Element = copy.unchecked_into();
        copy.remove_attribute("style").expect("no style");
        copy.normalize();
        copy
    };
    for (one, other) in ones.iter().zip(&others) {
        let (one, other) = (bare(one), bare(other));
        let is_same = one.is_equal_node(Some(&other));
        assert!(is_same, "{}\n{}", one.outer_html(), other.outer_html());
    }
}

#[wasm_bindgen_test]
fn markup_is_what_the_page_draws() {
    let lines = "<pre>\n\n  first\n</pre><p>x &lt; y &amp;amp; \"z\"</p>";
    let formula = "<p><math><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p>";
    for source in [PAGE, lines, formula] {
        let article = article(source);
        let drawn = open(&article);
        let root = parsed(&article_as_html(article.clone(), LABELS));
        check_same_stretches(&root, drawn.root());
    }
}

#[wasm_bindgen_test]
fn an_article_that_is_in_the_page_is_taken_over_and_any_other_is_not() {
    let article = article(PAGE);
    let root = parsed(&article_as_html(article.clone(), LABELS));
    let first = texts(&root).swap_remove(0);
    let page = Page::open(root.clone(), article.clone(), LABELS, no_pictures(), || {});
    assert!(root.contains(Some(&first)));
    assert_eq!(root.text_content().as_deref(), Some(article.text()));
    let word = mark(&article, "Last words", Colour::Red);
    page.paint(&marks(&article, &[word]), None);
    drop(page);
    let other = self::article("<p>Another text</p>");
    let root = parsed(&article_as_html(article, LABELS));
    let _page = Page::open(root.clone(), other, LABELS, no_pictures(), || {});
    assert_eq!(root.text_content().as_deref(), Some("Another text"));
}

#[wasm_bindgen_test]
fn the_browser_finds_the_clusters_of_all_scripts() {
    graphemes::install();
    let text = "ae\u{301} \r\n🇩🇪🇫🇷 👩\u{200d}🚀 நி ก\u{e33} 각\u{11a8} か\u{3099} ע\u{5b7}";
    let clusters: Vec<&str> = clusters(text).map(|(_, cluster)| cluster).collect();
    let wanted = [
        "a",
        "e\u{301}",
        " ",
        "\r\n",
        "🇩🇪",
        "🇫🇷",
        " ",
        "👩\u{200d}🚀",
        " ",
        "நி",
        " ",
        "ก\u{e33}",
        " ",
        "각\u{11a8}",
        " ",
        "か\u{3099}",
        " ",
        "ע\u{5b7}",
    ];
    assert_eq!(clusters, wanted);
}
