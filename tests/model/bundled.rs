//! The bundled article equals what the importer makes of its Markdown.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use postil::app::markup::article_as_html;
use postil::import::markdown;
use postil::model::article::{Article, Source};
use postil::ui::strings::EN;

const NAME: &str = "karpathy-anthropic";
const HOW: &str = "the bundled article is out of date; make it again with\n\
    cargo run --example import-article -- karpathy-anthropic \
    static/articles/karpathy-anthropic.md static/articles/karpathy-anthropic.json \
    static/articles/karpathy-anthropic.html\n";

/// Reads the bundled article's file with this extension.
fn bundled(ending: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/articles");
    fs::read_to_string(folder.join(format!("{NAME}.{ending}"))).expect("the article is there")
}

fn imported() -> Article {
    markdown::read(&bundled("md"), Source::Bundled(NAME.to_owned()))
        .expect("the bundled article can be read")
}

#[test]
fn the_bundled_article_is_what_the_importer_makes_of_it() {
    let stored = Article::from_json(&bundled("json"));
    assert!(stored.as_ref() == Ok(&imported()), "{HOW}");
}

#[test]
fn the_bundled_file_is_written_as_articles_are() {
    let json = bundled("json");
    let written = json.strip_suffix('\n').unwrap_or(&json);
    assert!(written == imported().to_json(), "{HOW}");
}

#[test]
fn the_bundled_page_is_what_the_page_draws_of_it() {
    let html = bundled("html");
    let drawn = article_as_html(Rc::new(imported()), EN.article.labels);
    assert!(html.strip_suffix('\n') == Some(&drawn), "{HOW}");
}

#[test]
fn nothing_stands_above_the_bundled_article_that_the_build_would_have_to_write() {
    let article = imported();
    let about = article.description();
    assert!(article.text().starts_with(article.title()));
    assert_eq!(
        (&about.byline, &about.site, &about.published),
        (&None, &None, &None)
    );
    assert!(article.picture_hosts().is_empty() && about.other.is_none());
}
