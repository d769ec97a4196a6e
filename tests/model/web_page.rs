//! Laws of the page with an article and its notes: it is read back without loss, and nothing in it
//! leaves its place.

use dom_query::Document;
use postil::import::{Imported, Input, markdown, read};
use postil::model::annotation::{Annotation, AnnotationId, Stamp};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Attribute, Attributes, Description, Source, Tag};
use postil::model::colour_names::ColourNames;
use postil::model::exchange::web_page::data;
use postil::model::exchange::{Export, Format, Wording};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::{AnchorStatus, Placements};
use postil::model::text::TextRange;
use proptest::prelude::*;
use proptest::sample::select;

use super::exchange_json::imported;
use super::exchange_losses::as_held;
use super::strategies::{annotated, article, laws, notebook_of, stamp};

/// What could end the place that it is in.
const HOSTILE: [&str; 12] = [
    "</script><script>alert(1)</script>",
    "<!--",
    "--><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>",
    "\"><script src=//x>",
    "' onload='x",
    "</title></style></textarea>",
    "&lt;b&gt;",
    "\u{2028}\u{2029}\u{0}",
    "<base href=//x>",
    "\\u003c/script\\u003e",
];

fn exported(article: &Article, notebook: &Notebook) -> String {
    let placements = Placements::of(article, notebook, &Findings::default());
    let page = Format::WebPage.encode(&Export {
        article,
        placements: &placements,
        colour_names: &ColourNames::default(),
        template: None,
        wording: &Wording::default(),
        read_note: &|note| markdown::read_note(note, true),
        stamp: stamp(0),
    });
    page.expect("it has no template")
}

fn opened(page: &str, source: Source) -> Imported {
    let input = Input {
        bytes: page.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source,
        title: None,
    };
    read(input).expect("there are words in it")
}

fn from_file(page: &str) -> Imported {
    opened(page, Source::File("page.html".to_owned()))
}

fn held_by_file(notebook: &Notebook) -> Notebook {
    notebook_of(notebook.iter().map(|note| as_held(Format::WebPage, note)))
}

/// The words of a passage as HTML shows them, which has no NUL, without white space.
fn letters(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_whitespace() && !"\0\u{fffd}".contains(*c))
        .collect()
}

proptest! {
    #![proptest_config(laws(128))]

    #[test]
    fn what_is_written_is_read_back((article, notebook) in annotated()) {
        let page = exported(&article, &notebook);
        let read = from_file(&page);
        prop_assert_eq!(&read.article, &article);
        prop_assert_eq!(read.notes.is_none(), notebook.is_empty());
        let Some(notes) = read.notes else {
            return Ok(());
        };
        prop_assert_eq!(imported(&notes), held_by_file(&notebook));
        // The page as a file of notes.
        prop_assert_eq!(imported(&page), held_by_file(&notebook));
        // Written again, it is the same page.
        prop_assert_eq!(exported(&read.article, &imported(&page)), exported(&article, &held_by_file(&notebook)));
    }

    #[test]
    fn an_article_of_any_shape_is_read_back(article in article()) {
        let page = exported(&article, &Notebook::default());
        prop_assert_eq!(from_file(&page).article, article);
    }

    #[test]
    fn the_words_of_a_passage_are_marked((article, notebook) in annotated()) {
        let page = Document::from(exported(&article, &notebook));
        let placements = Placements::of(&article, &notebook, &Findings::default());
        for placed in placements.placed().iter().filter(|placed| placed.status != AnchorStatus::Replaced) {
            let id = placed.annotation.id.as_str();
            let marks = page.select("article mark[data-note]");
            let marked: String = marks.iter()
                .filter(|mark| mark.attr("data-note").is_some_and(|ids| ids.split(' ').any(|one| one == id)))
                .map(|mark| mark.text().to_string())
                .collect();
            let further = placements.further().iter().any(|further| further.annotation.id.as_str() == id);
            let words = letters(placed.range.slice(article.text()).unwrap_or_default());
            let marked = letters(&marked);
            prop_assert!(marked == words || further && marked.contains(&words), "{words} as {marked}");
        }
    }

    #[test]
    fn nothing_leaves_its_place(
        words in select(&HOSTILE[..]),
        title in select(&HOSTILE[..]),
        note in select(&HOSTILE[..]),
        tag in select(&HOSTILE[..]),
    ) {
        let tag = format!("t{tag}t");
        let (article, notebook) = hostile(words, title, note, &tag);
        let page = exported(&article, &notebook);
        let read = from_file(&page);
        prop_assert_eq!(&read.article, &article);
        prop_assert_eq!(imported(&page), held_by_file(&notebook));
        let shown = Document::from(page.as_str());
        let scripts = shown.select("script");
        let kinds: Vec<String> = scripts.iter().filter_map(|script| script.attr("type")).map(|kind| kind.to_string()).collect();
        prop_assert_eq!(kinds, ["application/ld+json", "application/json"]);
        prop_assert_eq!(scripts.length(), 2);
        prop_assert_eq!(shown.select("img, base, iframe, [onerror], [onload]").length(), 0);
        prop_assert_eq!(shown.select("title, style, main, footer").length(), 4);
        let title = shown.select("title").text().to_string();
        prop_assert_eq!(letters(&title), letters(article.title()));
        let paragraph = shown.select("article > p").text().to_string();
        let paragraph = letters(&paragraph);
        prop_assert!(paragraph.contains(&letters(article.text())), "{}", paragraph);
        prop_assert_eq!(letters(&shown.select(".tag").text()), letters(&tag));
    }
}

/// An article with a note, all of whose words are hostile.
fn hostile(words: &str, title: &str, note: &str, tag: &str) -> (Article, Notebook) {
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::P, words);
    let description = Description {
        byline: Some(title.to_owned()),
        ..Description::new(Source::File(title.to_owned()), title)
    };
    let article = builder.finish(description).expect("it is well formed");
    let whole = TextRange::from_usize(0, article.text().len());
    let note = noted(&article, whole, 1, note, &[tag]);
    (article, notebook_of([note]))
}

/// A note on a passage.
fn noted(
    article: &Article,
    range: TextRange,
    number: u32,
    note: &str,
    tags: &[&str],
) -> Annotation {
    let Stamp { id, at } = stamp(number);
    Annotation {
        id,
        article: article.id(),
        target: postil::model::anchoring::describe(article, range),
        more: Vec::new(),
        attached: None,
        note: note.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        colour: postil::model::annotation::Colour::Green,
        created: Some(at),
        modified: None,
        extra: postil::model::annotation::Extra::default(),
    }
}

fn id(note: &Annotation) -> &AnnotationId {
    &note.id
}

#[test]
fn overlapping_passages_and_their_notes_are_shown() {
    let mut builder = ArticleBuilder::new();
    builder.element(Tag::H1, "The harbour");
    builder.open(Tag::P, Attributes::none());
    builder.text("One two ");
    builder.open(
        Tag::A,
        Attributes::none().with(Attribute::Href, "https://example.org/"),
    );
    builder.text("three four");
    builder.close();
    builder.text(" five.");
    builder.close();
    let article = builder
        .finish(Description::new(Source::Pasted, "The harbour"))
        .expect("it is well formed");
    let place = |words: &str| {
        let start = article.text().find(words).expect("the words are there");
        TextRange::from_usize(start, start + words.len())
    };
    let one = noted(
        &article,
        place("two three"),
        1,
        "On **two** and [it](urn:uuid:00000000-0000-4000-8000-000000000002).",
        &["sea"],
    );
    let two = noted(&article, place("three four"), 2, "Both.", &[]);
    let bare = noted(&article, place("five"), 3, "", &[]);
    let text = exported(
        &article,
        &notebook_of([one.clone(), two.clone(), bare.clone()]),
    );
    let page = Document::from(text.as_str());
    let marks = page.select("article mark");
    let marks: Vec<(String, String)> = marks
        .iter()
        .map(|mark| {
            (
                mark.attr("data-note").unwrap_or_default().to_string(),
                mark.text().to_string(),
            )
        })
        .collect();
    let both = format!("{} {}", id(&one), id(&two));
    let expected = [
        (id(&one).to_string(), "two "),
        (both, "three"),
        (id(&two).to_string(), " four"),
        (id(&bare).to_string(), "five"),
    ];
    assert_eq!(marks, expected.map(|(ids, words)| (ids, words.to_owned())));
    // The references follow the link, which may hold none, and lead to the notes.
    assert_eq!(page.select("a a").length(), 0);
    let references = page.select("sup.ref a");
    assert_eq!(
        references
            .iter()
            .map(|it| it.text().to_string())
            .collect::<String>(),
        "12"
    );
    for reference in references.iter() {
        let target = reference
            .attr("href")
            .expect("it leads somewhere")
            .replace('#', "");
        assert_eq!(
            page.select(&format!("aside [id='{target}']")).length(),
            1,
            "{target}"
        );
    }
    // And back.
    assert_eq!(page.select("[id='p-1']").length(), 1);
    assert_eq!(page.select("aside strong").text().to_string(), "two");
    // What has nothing to say is only marked; a title that is there is not written twice.
    assert_eq!(page.select(".note").length(), 2);
    assert_eq!(page.select("h1").length(), 1);
    assert_eq!(page.select("script:not([type])").length(), 0);
}

#[test]
fn a_forged_page_gets_no_more_than_another_file() {
    let article = r#"{"rule":1,"about":{"source":{"address":"javascript:alert(1)"},"title":"x","direction":"no","language":"\" x"},"text":"abc","pieces":["p*",3,"/"]}"#;
    let page = |article: &str| {
        let begin = "<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"Postil\"></head><body><p>Other words.</p>";
        format!(
            "{begin}<script type=\"application/ld+json\" id=\"postil-notes\">{{}}</script><script type=\"application/json\" id=\"postil-article\">{article}</script>"
        )
    };
    let read = from_file(&page(article)).article;
    let about = read.description();
    assert_eq!(read.text(), "abc");
    assert_eq!(
        (&about.source, &about.direction, &about.language),
        (&Source::Pasted, &None, &None)
    );
    // A page of the web keeps its own address, and a damaged one shows its words.
    let address = "https://example.org/a".to_owned();
    let of_web = opened(&page(article), Source::Address(address.clone()));
    assert_eq!(of_web.article.text(), "Other words.");
    assert_eq!(
        of_web.article.description().source,
        Source::Address(address)
    );
    let run = article.replace("\"p*\"", "\"script\"");
    for damaged in [run.as_str(), "{}", "", &article[..90]] {
        assert_eq!(
            from_file(&page(damaged)).article.text(),
            "Other words.",
            "{damaged}"
        );
    }
    // Nesting that no importer makes.
    let nested = article.replace(
        "[\"p*\",3,\"/\"]",
        "[\"ul\",\"a\",\"p*\",\"b\",3,\"/\",\"/\",\"/\",\"/\"]",
    );
    assert_eq!(from_file(&page(&nested)).article.text(), "abc");
}

#[test]
fn only_a_page_of_postil_is_one() {
    assert!(!data::is_page(b"<!doctype html><p>x"));
    let text = exported(&Article::verbatim("x"), &Notebook::default());
    assert!(data::is_page(text.as_bytes()));
    assert!(data::of(&text).is_some());
}
