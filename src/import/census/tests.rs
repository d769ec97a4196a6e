use super::*;
use crate::import::{Imported, Input, read};
use crate::model::article::Source;

const SENTENCE: &str = "The kiln is lit before dawn, while the wind from the marsh is low, and \
    whoever tends it brings bread, a lamp and enough patience for a day. ";

fn paragraphs(about: &str, count: usize) -> String {
    format!("<p>Of {about}: {}</p>", SENTENCE.repeat(3)).repeat(count)
}

fn opened(name: &str, content: &str) -> Imported {
    let input = Input {
        bytes: content.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source: Source::File(name.to_owned()),
        title: None,
    };
    read(input).expect("there is something to read")
}

fn page(body: &str) -> Imported {
    opened(
        "page.html",
        &format!("<!doctype html><title>Kilns</title><body>{body}"),
    )
}

/// Asserts that the article has the words, or that a page that has them is offered.
#[track_caller]
fn is_there_or_told(read: &Imported, words: &str) {
    if read.article.text().contains(words) {
        return;
    }
    let page = read.page.as_ref();
    assert!(page.is_some_and(|page| page.text().contains(words)));
    assert!(
        matches!(read.census.fewer(), Some(Fewer::InArticle(_))),
        "{:?}",
        read.census
    );
}

fn letters(prose: usize, linked: usize) -> Letters {
    Letters {
        prose,
        linked,
        ..Letters::default()
    }
}

#[test]
fn a_page_that_is_read_well_is_not_spoken_of() {
    let story = paragraphs("lime", 8);
    let menu: String = (0..200)
        .map(|n| format!("<li><a href='/{n}'>Chapter number {n}</a></li>"))
        .collect();
    for body in [
        story.clone(),
        format!("<article><h1>Kilns</h1>{story}</article>"),
        format!(
            "<nav><ul>{menu}</ul></nav><article><h1>Kilns</h1>{story}</article><footer>{SENTENCE}</footer>"
        ),
        format!("<div><ul>{menu}</ul></div><article><h1>Kilns</h1>{story}</article>"),
        format!(
            "<article><h1>Kilns</h1>{story}</article><aside>{}</aside>",
            story.repeat(3)
        ),
        format!("<article><h1>Kilns</h1>{story}</article><p>{SENTENCE}</p>"),
        format!(
            "<article>{story}</article><script>{}</script>",
            story.repeat(9)
        ),
        // A page that is only a menu is shown in full.
        format!("<nav><ul>{menu}</ul></nav>"),
    ] {
        let read = page(&body);
        assert_eq!(read.census.fewer(), None, "{:?} {body:.80}", read.census);
    }
}

#[test]
fn markdown_and_plain_text_are_not_spoken_of_where_nothing_is_lost() {
    let text = SENTENCE.repeat(20);
    for (name, content) in [
        ("kilns.txt", text.clone()),
        (
            "kilns.md",
            format!(
                "# Kilns\n\n{text}\n\n- `one`\n- [two](https://kilns.example/a/very/long/address)\n"
            ),
        ),
        (
            "kilns.md",
            format!("---\ntitle: Kilns\n---\n\n<div align=\"center\">\n\n{text}\n\n</div>\n"),
        ),
        (
            "kilns.md",
            format!("# Kilns\n\n| a | b |\n|---|---|\n| {text} | 2 |\n"),
        ),
    ] {
        let read = opened(name, &content);
        assert_eq!(read.census.fewer(), None, "{:?} {content:.80}", read.census);
    }
}

#[test]
fn an_article_in_an_unknown_container_is_there_or_told_of() {
    let teaser = paragraphs("bread", 1);
    let story = paragraphs("lime", 9);
    for container in [
        "x-story",
        "div",
        "center",
        "div data-story",
        "table><tr><td",
    ] {
        let read = page(&format!(
            "<article><h2>Next</h2>{teaser}</article><{container}>{story}</{container}>"
        ));
        is_there_or_told(&read, "Of lime");
    }
}

#[test]
fn sections_that_were_not_taken_for_the_article_are_there_or_told_of() {
    let sections = |tag: &str| {
        let names = ["clay", "lime", "ash"];
        let parts = names.map(|name| {
            let text = paragraphs(name, 6);
            format!("<div><div><{tag}><h2>Of {name}</h2>{text}</{tag}></div></div>")
        });
        parts.concat()
    };
    for tag in ["section", "article", "div", "div class='box'", "main"] {
        let read = page(&sections(tag));
        for name in ["Of clay", "Of lime", "Of ash"] {
            is_there_or_told(&read, name);
        }
    }
}

#[test]
fn the_share_that_is_told_is_that_of_what_the_reader_can_have() {
    let census = Census {
        page: letters(10_000, 2_000),
        article: letters(3_000, 0),
        whole: Some(letters(10_000, 2_000)),
    };
    assert_eq!(census.fewer(), Some(Fewer::InArticle(25)));
    // Text that is only in links is no loss.
    let article = letters(9_000, 0);
    assert_eq!(Census { article, ..census }.fewer(), None);
    // Without another text there is nothing to offer.
    let whole = None;
    assert_eq!(Census { whole, ..census }.fewer(), Some(Fewer::InAll(25)));
    // A page of a few words is seen at a glance.
    let (page, article) = (letters(200, 0), letters(10, 0));
    let whole = Some(page);
    assert_eq!(
        Census {
            page,
            article,
            whole
        }
        .fewer(),
        None
    );
}

#[test]
fn a_page_that_is_mostly_hidden_is_told_of_or_read() {
    let hidden = paragraphs("lime", 9);
    let read = page(&format!("<p>{SENTENCE}</p><div hidden>{hidden}</div>"));
    let is_told = matches!(read.census.fewer(), Some(Fewer::InAll(_)));
    assert!(
        is_told || read.article.text().contains("Of lime"),
        "{:?}",
        read.census
    );
}

#[test]
fn brackets_that_nothing_closes_are_counted_in_linear_time() {
    for sign in ["<", "[a](", "<a", "&", "]["] {
        let text = sign.repeat(300_000);
        in_markdown(&text);
        in_html(&text);
    }
}
