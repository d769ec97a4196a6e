//! The worker that reads articles: its own small program, loaded when a reader first opens one.

fn main() {
    #[cfg(target_arch = "wasm32")]
    serve();
}

#[cfg(target_arch = "wasm32")]
fn serve() {
    use postil::browser::importer::{Asked, serve};
    use postil::import::{Input, Kind, markdown, read};

    serve(|asked: Asked| {
        let (bytes, kind, charset, source, title) = match asked {
            Asked::Note(note) => return Ok((markdown::read_note(&note).to_json(), false)),
            Asked::Article { bytes, kind, charset, source, name } => (bytes, kind, charset, source, name),
        };
        let kind = match kind.as_deref() {
            Some("plain") => Some(Kind::Plain),
            Some("markdown") => Some(Kind::Markdown),
            Some("html") => Some(Kind::Html),
            _ => None,
        };
        match read(Input { bytes, kind, charset, source, title }) {
            Ok(imported) => Ok((imported.article.to_json(), imported.cut)),
            Err(error) => Err(error.to_string()),
        }
    });
}
