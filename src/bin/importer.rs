//! The worker: a program of its own, loaded when a reader first opens, imports or exports
//! something, or has notes that must be looked for.

fn main() {
    #[cfg(target_arch = "wasm32")]
    work::start();
}

#[cfg(target_arch = "wasm32")]
#[path = "importer/places.rs"]
mod places;

#[cfg(target_arch = "wasm32")]
#[path = "importer/library.rs"]
mod library;

#[cfg(target_arch = "wasm32")]
#[path = "importer/afar.rs"]
mod afar;

#[cfg(target_arch = "wasm32")]
mod work {
    use super::places::Places;
    use super::{afar, library};
    use postil::app::protocol::{
        ArticleRead, Decode, DecodeArchive, Decoded, Encode, Encoded, Fetch, HtmlAsMarkdown,
        MarkdownWritten, NOTES_PER_LIST, NoteRead, Pack, Picture, PictureRead, Place, Question,
        Read, ReadNote, Salvage, Salvaged, Unpack, Unshown, close_answer, list_of, notes_in,
    };
    use postil::app::sync::messages::{AskServer, Join};
    use postil::browser::graphemes;
    use postil::browser::network::{self, FetchError};
    use postil::browser::texts;
    use postil::browser::worker::server::{ProgressSender, serve};
    use postil::import::{
        ImportError, Imported, Input, Kind, address, archive_of_notes, html, markdown, picture,
        read_watched, sites,
    };
    use postil::model::article::{Article, Source};
    use postil::model::colour_names::ColourNames;
    use postil::model::exchange::{Arrivals, Export, reading, w3c};
    use postil::model::failure::Failure;
    use postil::model::findings::Findings;
    use postil::model::markdown::{as_markdown, has_markup};
    use postil::model::notebook::Notebook;
    use postil::model::placements::Placements;
    use postil::model::sync;

    /// The share of the progress reached once a page has been fetched.
    const FETCHED: f32 = 0.5;
    /// Number of bytes of a page in which to look for its site's interface.
    const WHERE_HEADS_END: usize = 64 * 1024;

    pub fn start() {
        graphemes::install();
        let places = Places::start();
        serve(async move |question, progress| match question {
            Question::Read(Read(input)) => {
                close_answer::<Read>(import(input, &|share| progress.tell(share)))
            }
            Question::Fetch(Fetch { address }) => {
                close_answer::<Fetch>(fetched_article(&address, &progress).await)
            }
            Question::Picture(Picture { address }) => {
                close_answer::<Picture>(Ok(fetched_picture(&address).await))
            }
            Question::ReadNote(ReadNote {
                markdown,
                keeps_lines,
            }) => {
                let json = markdown::read_note(&markdown, keeps_lines).to_json();
                close_answer::<ReadNote>(Ok(NoteRead { json }))
            }
            Question::HtmlAsMarkdown(HtmlAsMarkdown { html }) => {
                close_answer::<HtmlAsMarkdown>(html_as_markdown(&html))
            }
            Question::Place(question) => close_answer::<Place>(Ok(places.answer(question).await)),
            Question::Decode(Decode { file }) => close_answer::<Decode>(decode(&file)),
            Question::DecodeArchive(DecodeArchive { bytes }) => {
                close_answer::<DecodeArchive>(archive_of_notes::read(&bytes).map(decoded))
            }
            Question::Encode(question) => close_answer::<Encode>(encode(question).await),
            Question::Pack(question) => close_answer::<Pack>(library::pack(*question).await),
            Question::Unpack(Unpack { bytes, stamp }) => {
                close_answer::<Unpack>(library::unpack(&bytes, &stamp))
            }
            Question::Join(question) => close_answer::<Join>(Ok(afar::join(*question).await)),
            Question::AskServer(question) => {
                close_answer::<AskServer>(Ok(afar::ask(*question).await))
            }
            Question::Salvage(Salvage {
                records,
                colour_names,
                stamp,
            }) => {
                let notes = sync::salvage(&records);
                let names = ColourNames::from_text(colour_names);
                let file = w3c::encode_stored(&notes, &names, &stamp);
                close_answer::<Salvage>(Ok(Salvaged { file }))
            }
        });
    }

    fn html_as_markdown(html: &str) -> Result<MarkdownWritten, Failure> {
        let article = html::read(html, Source::Pasted).map_err(ImportError::from)?;
        let markdown = has_markup(&article).then(|| as_markdown(&article));
        Ok(MarkdownWritten { markdown })
    }

    async fn fetched_article(
        typed: &str,
        progress: &ProgressSender,
    ) -> Result<ArticleRead, Failure> {
        let input = fetched(typed, progress).await?;
        import(input, &|share| {
            progress.tell(FETCHED + share * (1.0 - FETCHED));
        })
    }

    async fn fetched(typed: &str, progress: &ProgressSender) -> Result<Input, Failure> {
        let address = address::normalise(typed)?;
        let watch = |share| progress.tell(share * FETCHED);
        if let Some(input) = by_interface(sites::known(&address), &watch).await {
            return Ok(input);
        }
        let fetched = match network::fetch(&address, network::LARGEST, &watch).await {
            Ok(fetched) => fetched,
            Err(error @ FetchError::Refused) => {
                let guessed = by_interface(sites::guesses(&address), &watch).await;
                return guessed.ok_or_else(|| error.into());
            }
            Err(error) => return Err(error.into()),
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

    /// Returns the first response that yields an article.
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

    async fn fetched_picture(address: &str) -> PictureRead {
        let raw = sites::picture(address);
        let address = raw.as_deref().unwrap_or(address);
        let fetched = match network::fetch(address, network::LARGEST_PICTURE, &|_| {}).await {
            Ok(fetched) => fetched,
            Err(FetchError::TooLarge) => return PictureRead::Unshown(Unshown::TooLarge),
            Err(_) => return PictureRead::Unshown(Unshown::Refused),
        };
        match picture::picture_type(&fetched.content_type, &fetched.bytes) {
            Some(picture::DRAWING) => {
                PictureRead::Drawing(String::from_utf8_lossy(&fetched.bytes).into_owned())
            }
            Some(media_type) => PictureRead::Bytes {
                bytes: fetched.bytes,
                media_type: media_type.to_owned(),
            },
            None => PictureRead::Unshown(Unshown::NoPicture),
        }
    }

    fn import(input: Input, watch: &dyn Fn(f32)) -> Result<ArticleRead, Failure> {
        let Imported {
            article,
            page,
            cut,
            census,
            notes,
        } = read_watched(input, watch)?;
        Ok(ArticleRead {
            digest: article.digest().clone(),
            json: article.to_json(),
            page_json: page.as_ref().map(Article::to_json).unwrap_or_default(),
            page: page.map(|page| page.digest().clone()),
            cut,
            fewer: census.fewer(),
            notes: notes.unwrap_or_default(),
        })
    }

    fn decode(file: &str) -> Result<Decoded, Failure> {
        Ok(decoded(reading::decode(file)?))
    }

    fn decoded(arrivals: Arrivals) -> Decoded {
        let lists = arrivals.annotations.chunks(NOTES_PER_LIST);
        Decoded {
            lists: lists.map(|list| list_of(list.iter())).collect(),
            not_understood: arrivals.not_understood,
            colour_names: arrivals.colour_names.to_text(),
            own: arrivals.own,
        }
    }

    async fn encode(question: Encode) -> Result<Encoded, Failure> {
        let json = match question.article {
            Some(json) => Some(json),
            None => texts::text(&question.digest).await,
        };
        let Some(json) = json else {
            return Ok(Encoded::Unprepared);
        };
        let article = Article::from_json(&json)?.as_version_of(&question.iri);
        let notes = question.lists.iter().flat_map(|list| notes_in(list));
        let news = notes.map(|note| (note.id.clone(), Some(note.into())));
        let (notebook, _) = Notebook::default().received(news);
        let (ids, numbers) = (&question.found, &question.numbers);
        let findings = Findings::from_numbers(article.digest(), ids, numbers, article.text());
        let placements = Placements::of(&article, &notebook, &findings);
        let export = Export {
            article: &article,
            placements: &placements,
            colour_names: &ColourNames::from_text(question.colour_names),
            template: question.template,
            wording: &question.wording,
            read_note: &|note| markdown::read_note(note, true),
            stamp: question.stamp,
        };
        Ok(Encoded::File {
            file: question.format.encode(&export)?,
        })
    }
}
