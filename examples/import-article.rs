//! Imports a Markdown file as the app does, and writes the resulting article, as JSON and as the
//! page shows it: this prepares the bundled article.
//! `cargo run --example import-article -- NAME IN.md OUT.json OUT.html`

use std::fs;
use std::rc::Rc;

use postil::app::markup::article_as_html;
use postil::import::markdown;
use postil::model::article::Source;
use postil::ui::strings::EN;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: import-article NAME IN.md OUT.json OUT.html")
    };
    let (name, from, json, html) = (next()?, next()?, next()?, next()?);
    let article = markdown::read(&fs::read_to_string(from)?, Source::Bundled(name))?;
    fs::write(json, article.to_json() + "\n")?;
    let markup = article_as_html(Rc::new(article), EN.article.labels);
    fs::write(html, markup + "\n")?;
    Ok(())
}
