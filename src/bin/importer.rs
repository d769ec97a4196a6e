//! The worker that reads articles: its own small program, loaded when a reader first opens one.

fn main() {
    #[cfg(target_arch = "wasm32")]
    serve();
}

#[cfg(target_arch = "wasm32")]
fn serve() {
    use postil::browser::importer::{Asked, serve};
    use postil::import::{Input, Kind, read};

    serve(|asked: Asked| {
        let kind = match asked.kind.as_deref() {
            Some("plain") => Some(Kind::Plain),
            Some("markdown") => Some(Kind::Markdown),
            Some("html") => Some(Kind::Html),
            _ => None,
        };
        let input = Input {
            bytes: asked.bytes,
            kind,
            charset: asked.charset,
            source: asked.source,
            title: asked.name,
        };
        match read(input) {
            Ok(imported) => Ok((imported.article.to_json(), imported.cut)),
            Err(error) => Err(error.to_string()),
        }
    });
}
