//! The article in the page: its text, its marks, its selection.

use std::rc::Rc;

use postil::browser::draw::Labels;
use postil::browser::page::{Page, elements};
use postil::browser::system::document;
use postil::import::html;
use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, AnnotationId, Colour, Foreign};
use postil::model::article::{Article, Source};
use postil::model::findings::Findings;
use postil::model::marks::Marks;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::text::TextRange;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

const LABELS: Labels = Labels {
    footnote: "Footnote",
    back: "Back",
    footnotes: "Footnotes",
    picture: "Picture",
    table: "Table",
};

/// Every construct, in several scripts, as a page would have it.
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
    Rc::new(html::read(source, Source::Pasted).expect("an article"))
}

fn open(article: &Rc<Article>) -> Page {
    let root = document().create_element("article").expect("an element");
    let body = document().body().expect("a body");
    body.append_child(&root)
        .expect("the article is in the page");
    Page::open(root, article.clone(), LABELS, || {})
}

fn mark(article: &Article, words: &str, colour: Colour) -> Rc<Annotation> {
    let start = article
        .text()
        .find(words)
        .expect("the words are in the article");
    let range = TextRange::from_usize(start, start + words.len());
    Rc::new(Annotation {
        id: AnnotationId::of_content(words),
        article: article.id(),
        target: describe(article, range),
        attached: None,
        note: String::new(),
        tags: Vec::new(),
        colour,
        created: None,
        modified: None,
        foreign: Foreign::default(),
    })
}

fn marks(article: &Article, annotations: &[Rc<Annotation>]) -> Rc<Marks> {
    let changes = annotations.iter().cloned().map(Change::add).collect();
    let transaction = Transaction {
        intent: Intent::Highlight,
        changes,
    };
    let notebook = Notebook::default().apply(&transaction).expect("new ids");
    Rc::new(Marks::of(article, &notebook, &Findings::default()))
}

/// The words of the marks with a note, in order.
fn painted(root: &Element) -> Vec<String> {
    let marks = elements(root, "mark[data-note]");
    marks
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
            let selected = page
                .selected()
                .and_then(|range| range.slice(article.text()));
            let expected = Some(expected.trim()).filter(|words| !words.is_empty());
            assert_eq!(selected, expected);
        }
    }
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
    for mark in elements(page.root(), "mark[data-note]") {
        assert_eq!(
            mark.get_attribute("data-note").as_deref(),
            Some(across.id.as_str())
        );
        assert_eq!(mark.get_attribute("data-colour").as_deref(), Some("blue"));
    }
    page.paint(&Rc::new(Marks::default()), None);
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
    let both = elements(page.root(), "mark[data-under]");
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
    let selected = page
        .selected()
        .and_then(|range| range.slice(article.text()));
    assert_eq!(selected, Some("words"));
    page.root().remove();
}

#[wasm_bindgen_test]
fn nothing_is_fetched_before_the_reader_asks() {
    let article = article(PAGE);
    let page = open(&article);
    assert!(elements(page.root(), "img").is_empty());
    let placeholder = elements(page.root(), ".picture");
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
    let links = elements(page.root(), "a");
    assert_eq!(links.len(), 1);
    assert_eq!(
        links[0].get_attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    for element in elements(page.root(), ".chunk *") {
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
