//! The bundled article equals what the importer makes of its Markdown.

use std::fs;
use std::path::Path;

use postil::import::markdown;
use postil::model::article::{Article, Source};

const NAME: &str = "karpathy-anthropic";
const HOW: &str = "the bundled article is out of date; make it again with\n\
    cargo run --example import-article -- karpathy-anthropic \
    static/articles/karpathy-anthropic.md static/articles/karpathy-anthropic.json\n";

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
