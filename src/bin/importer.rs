//! The worker: its own program, loaded when a reader first opens, imports or exports, or has notes
//! that must be looked for.

fn main() {
    #[cfg(target_arch = "wasm32")]
    work::start();
}

#[cfg(target_arch = "wasm32")]
#[path = "importer/places.rs"]
mod places;

#[cfg(target_arch = "wasm32")]
mod work {
    use super::places::Places;
    use postil::browser::network::{self, FetchError};
    use postil::browser::worker::{Answer, Asked, ProgressSender, Unshown, serve};
    use postil::import::{Imported, Input, Kind, address, markdown, picture, read_watched, sites};
    use postil::model::annotation::{Annotation, Packed, Stamp};
    use postil::model::article::{Article, Source};
    use postil::model::exchange::format::Format;
    use postil::model::exchange::{records, w3c};
    use postil::model::findings::Findings;
    use postil::model::notebook::Notebook;
    use postil::model::placements::Placements;
    use postil::model::sync;

    /// How far reading has come when a page is fetched.
    const FETCHED: f32 = 0.5;
    /// Bytes of a page in which it says where its site's interface is.
    const WHERE_HEADS_END: usize = 64 * 1024;

    pub fn start() {
        let places = Places::start();
        serve(async move |asked, progress| match asked {
            Asked::Place(question) => places.answer(question).await,
            Asked::Note(note) => {
                let note = markdown::read_note(&note);
                Answer::Article {
                    digest: note.digest().clone(),
                    json: note.to_json(),
                    page: None,
                    cut: false,
                    fewer: None,
                }
            }
            Asked::Picture(address) => fetched_picture(&address).await,
            Asked::Address(typed) => match fetched(&typed, &progress).await {
                Ok(input) => import(input, &|share| {
                    progress.tell(FETCHED + share * (1.0 - FETCHED));
                }),
                Err(why) => Answer::Error(why),
            },
            Asked::Article {
                bytes,
                kind,
                charset,
                source,
                name,
            } => {
                let kind = kind.as_deref().and_then(kind_named);
                let input = Input {
                    bytes,
                    kind,
                    charset,
                    source,
                    title: name,
                };
                import(input, &|share| progress.tell(share))
            }
            Asked::Salvage(found, stamp) => {
                let notes = sync::salvage(&found);
                Answer::File(w3c::encode_stored(&notes, &stamp))
            }
            Asked::Decode(file) => decode(&file),
            Asked::Encode {
                format,
                article,
                notes,
                stamp,
            } => encode(format, &article, notes, stamp),
        });
    }

    async fn fetched(typed: &str, progress: &ProgressSender) -> Result<Input, String> {
        let address = address::normalise(typed).map_err(|error| error.to_string())?;
        let watch = |share| progress.tell(share * FETCHED);
        if let Some(input) = by_interface(sites::known(&address), &watch).await {
            return Ok(input);
        }
        let fetched = match network::fetch(&address, network::LARGEST, &watch).await {
            Ok(fetched) => fetched,
            Err(error @ FetchError::Refused) => {
                let guessed = by_interface(sites::guesses(&address), &watch).await;
                return guessed.ok_or_else(|| error.to_string());
            }
            Err(error) => return Err(error.to_string()),
        };
        let head = &fetched.bytes[..fetched.bytes.len().min(WHERE_HEADS_END)];
        let told = sites::told_by(&String::from_utf8_lossy(head), &fetched.address);
        if let Some(input) = by_interface(told, &|_| {}).await {
            return Ok(input);
        }
        let content_type = fetched.content_type.to_ascii_lowercase();
        let charset = charset_of(&content_type);
        let kind = match content_type.split(';').next().map(str::trim) {
            Some("text/html" | "application/xhtml+xml") => Some(Kind::Html),
            Some("text/markdown") => Some(Kind::Markdown),
            _ => None,
        };
        let path = fetched.address.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().filter(|name| !name.is_empty());
        Ok(Input {
            kind,
            charset,
            title: name.map(str::to_owned),
            source: Source::Address(address::normalise(&fetched.address).unwrap_or(address)),
            bytes: fetched.bytes,
        })
    }

    /// What the first request brings that leads to an article.
    async fn by_interface(requests: Vec<sites::Request>, watch: &dyn Fn(f32)) -> Option<Input> {
        for request in requests {
            let Ok(fetched) = network::fetch(&request.address, network::LARGEST, watch).await
            else {
                continue;
            };
            let charset = charset_of(&fetched.content_type.to_ascii_lowercase());
            if let Some(input) = request.read(&fetched.bytes, charset) {
                return Some(input);
            }
        }
        None
    }

    fn charset_of(content_type: &str) -> Option<String> {
        let name = content_type.split("charset=").nth(1)?;
        Some(name.trim_matches(['"', ' ', ';']).to_owned())
    }

    async fn fetched_picture(address: &str) -> Answer {
        let raw = sites::picture(address);
        let address = raw.as_deref().unwrap_or(address);
        let fetched = match network::fetch(address, network::LARGEST_PICTURE, &|_| {}).await {
            Ok(fetched) => fetched,
            Err(network::FetchError::TooLarge) => return Answer::Unshown(Unshown::TooLarge),
            Err(_) => return Answer::Unshown(Unshown::Refused),
        };
        match picture::picture_type(&fetched.content_type, &fetched.bytes) {
            Some(picture::DRAWING) => {
                Answer::Drawing(String::from_utf8_lossy(&fetched.bytes).into_owned())
            }
            Some(kind) => Answer::Picture(fetched.bytes, kind),
            None => Answer::Unshown(Unshown::NoPicture),
        }
    }

    fn kind_named(name: &str) -> Option<Kind> {
        match name {
            "plain" => Some(Kind::Plain),
            "markdown" => Some(Kind::Markdown),
            "html" => Some(Kind::Html),
            _ => None,
        }
    }

    fn import(input: Input, watch: &dyn Fn(f32)) -> Answer {
        match read_watched(input, watch) {
            Ok(imported) => article(imported),
            Err(error) => Answer::Error(error.to_string()),
        }
    }

    fn article(imported: Imported) -> Answer {
        let fewer = imported.census.fewer();
        let page = imported.page;
        Answer::Article {
            digest: imported.article.digest().clone(),
            json: imported.article.to_json(),
            page: page.map(|page| (page.digest().clone(), page.to_json())),
            cut: imported.cut,
            fewer,
        }
    }

    fn decode(file: &str) -> Answer {
        if let Some(notes) = records::decode(file) {
            return Answer::Notes(notes.iter().map(Annotation::pack).collect(), Vec::new());
        }
        match w3c::decode(file) {
            Ok(arrivals) => {
                let notes = arrivals.annotations.iter().map(Annotation::pack).collect();
                Answer::Notes(notes, arrivals.not_understood)
            }
            Err(error) => Answer::Error(error.to_string()),
        }
    }

    fn encode(format: Format, article: &str, notes: Vec<Packed>, stamp: Stamp) -> Answer {
        let article = match Article::from_json(article) {
            Ok(article) => article,
            Err(error) => return Answer::Error(error.to_string()),
        };
        let notes = notes.into_iter().filter_map(Annotation::unpack);
        let news = notes.map(|note| (note.id.clone(), Some(note.into())));
        let (notebook, _) = Notebook::default().received(news);
        let placements = Placements::of(&article, &notebook, &Findings::default());
        let export = w3c::Export {
            article: &article,
            placements: &placements,
            stamp,
        };
        Answer::File(match format {
            Format::WebAnnotation => w3c::encode(&export),
        })
    }
}
