//! Imports a Markdown file as the app does, and writes the resulting article: this prepares the
//! bundled article. `cargo run --example import-article -- NAME IN.md OUT.json`

use postil::import::markdown;
use postil::model::article::Source;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: import-article NAME IN.md OUT.json")
    };
    let (name, from, to) = (next()?, next()?, next()?);
    let article = markdown::read(&std::fs::read_to_string(from)?, Source::Bundled(name))?;
    std::fs::write(to, article.to_json() + "\n")?;
    Ok(())
}
