//! The worker: its own small program, loaded when a reader first opens, imports or exports.

fn main() {
    #[cfg(target_arch = "wasm32")]
    work::start();
}

#[cfg(target_arch = "wasm32")]
mod work {
    use postil::browser::worker::{Answer, Asked, serve};
    use postil::import::{Input, Kind, markdown, read};
    use postil::model::annotation::{Annotation, Packed, Stamp};
    use postil::model::article::Article;
    use postil::model::exchange::w3c;
    use postil::model::marks::Marks;
    use postil::model::notebook::Notebook;

    pub fn start() {
        serve(|asked| match asked {
            Asked::Note(note) => Answer::Article {
                json: markdown::read_note(&note).to_json(),
                cut: false,
            },
            Asked::Article { bytes, kind, charset, source, name } => {
                let kind = kind.as_deref().and_then(kind_named);
                import(Input { bytes, kind, charset, source, title: name })
            }
            Asked::Decode(file) => decode(&file),
            Asked::Encode { article, notes, stamp } => encode(&article, notes, stamp),
        });
    }

    fn kind_named(name: &str) -> Option<Kind> {
        match name {
            "plain" => Some(Kind::Plain),
            "markdown" => Some(Kind::Markdown),
            "html" => Some(Kind::Html),
            _ => None,
        }
    }

    fn import(input: Input) -> Answer {
        match read(input) {
            Ok(imported) => Answer::Article { json: imported.article.to_json(), cut: imported.cut },
            Err(error) => Answer::Error(error.to_string()),
        }
    }

    fn decode(file: &str) -> Answer {
        match w3c::decode(file) {
            Ok(arrivals) => {
                let notes = arrivals.annotations.iter().map(Annotation::pack).collect();
                Answer::Notes(notes, arrivals.not_understood)
            }
            Err(error) => Answer::Error(error.to_string()),
        }
    }

    fn encode(article: &str, notes: Vec<Packed>, stamp: Stamp) -> Answer {
        let article = match Article::from_json(article) {
            Ok(article) => article,
            Err(error) => return Answer::Error(error.to_string()),
        };
        let notes = notes.into_iter().filter_map(Annotation::unpack);
        let news = notes.map(|note| (note.id.clone(), Some(note.into())));
        let (notebook, _) = Notebook::default().received(news);
        let marks = Marks::of(&article, &notebook);
        Answer::File(w3c::encode(&w3c::Export { article: &article, marks: &marks, stamp }))
    }
}
