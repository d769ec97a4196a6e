//! The worker as the engine of the application layer.

use std::rc::Rc;

use super::client::Client;
use crate::app::engine::{Engine, Export, Places, Reading, Search, Watch};
use crate::app::ports::BoxFuture;
use crate::app::protocol::{
    ArticleRead, Decode, DecodeArchive, Decoded, Encode, Encoded, Fetch, FoundPlaces,
    NOTES_PER_LIST, Pack, PackedArticle, Place, Placed, Read, Salvage, Unpack, Unpacked, list_of,
    notes_in,
};
use crate::browser::system::yield_now;
use crate::browser::texts;
use crate::import::Input;
use crate::model::anchoring::Anchor;
use crate::model::annotation::Stamp;
use crate::model::article::Article;
use crate::model::colour_names::ColourNames;
use crate::model::exchange::{Arrivals, Wording};
use crate::model::failure::Failure;
use crate::model::sync::record::Record;

impl Engine for Client {
    fn read(&self, input: Input, watch: Watch) -> BoxFuture<Result<Reading, Failure>> {
        let client = self.clone();
        Box::pin(async move { reading_of(client.ask_to_read(Read(input), watch).await?).await })
    }

    fn read_address(&self, typed: &str, watch: Watch) -> BoxFuture<Result<Reading, Failure>> {
        let (client, address) = (self.clone(), typed.to_owned());
        Box::pin(async move {
            let question = Fetch { address };
            reading_of(client.ask_to_read(question, watch).await?).await
        })
    }

    fn stop_reading(&self) -> bool {
        Client::stop_reading(self)
    }

    fn place(&self, search: Search) -> BoxFuture<Result<Places, Failure>> {
        let client = self.clone();
        Box::pin(async move {
            let count = search.targets.len();
            let mut answer = client.ask(question(&search)).await?;
            if answer == Placed::Unprepared {
                answer = client.ask(with_text(&search)).await?;
            }
            let Placed::Found(FoundPlaces {
                numbers, survival, ..
            }) = answer
            else {
                return Err(Failure::NotLoaded);
            };
            let mut numbers = numbers.into_iter();
            let anchors = (0..count).map(|_| Anchor::from_numbers(&mut numbers));
            let anchors = anchors.collect::<Option<Vec<_>>>();
            Ok(Places {
                anchors: anchors.ok_or(Failure::NotLoaded)?,
                survival,
            })
        })
    }

    fn decode(&self, file: String) -> BoxFuture<Result<Arrivals, Failure>> {
        let client = self.clone();
        Box::pin(async move { Ok(arrivals_of(client.ask(Decode { file }).await?).await) })
    }

    fn decode_archive(&self, bytes: Vec<u8>) -> BoxFuture<Result<Arrivals, Failure>> {
        let client = self.clone();
        Box::pin(async move { Ok(arrivals_of(client.ask(DecodeArchive { bytes }).await?).await) })
    }

    fn encode(&self, export: Export) -> BoxFuture<Result<String, Failure>> {
        let client = self.clone();
        Box::pin(async move {
            let Export {
                format,
                article,
                notes,
                findings: (found, numbers),
                colour_names,
                template,
                wording,
                stamp,
            } = export;
            let mut lists = Vec::new();
            for notes in notes.chunks(NOTES_PER_LIST) {
                lists.push(list_of(notes.iter().map(|note| &**note)));
                yield_now().await;
            }
            let mut question = Encode {
                format,
                digest: article.digest().clone(),
                iri: article.iri(),
                article: None,
                lists,
                found,
                numbers,
                colour_names: colour_names.to_text(),
                template,
                wording: Box::new(wording),
                stamp,
            };
            let mut answer = client.ask(question.clone()).await?;
            if answer == Encoded::Unprepared {
                question.article = Some(article.to_json());
                answer = client.ask(question).await?;
            }
            match answer {
                Encoded::File { file } => Ok(file),
                Encoded::Unprepared => Err(Failure::NotLoaded),
            }
        })
    }

    fn pack(
        &self,
        mut articles: Vec<PackedArticle>,
        records: &[Rc<Record>],
        settings: Vec<(String, String)>,
        colour_names: &ColourNames,
        (wording, readme): (Wording, String),
        stamp: &Stamp,
    ) -> BoxFuture<Result<String, Failure>> {
        for article in &mut articles {
            article.json = texts::local_text(&article.digest);
        }
        let question = Pack {
            articles,
            records: records.iter().map(pair).collect(),
            settings,
            colour_names: colour_names.to_text(),
            wording,
            readme,
            stamp: stamp.clone(),
        };
        let client = self.clone();
        Box::pin(async move { Ok(client.ask(question).await?.address) })
    }

    fn unpack(&self, bytes: Vec<u8>, stamp: Stamp) -> BoxFuture<Result<Unpacked, Failure>> {
        let client = self.clone();
        Box::pin(async move { client.ask(Unpack { bytes, stamp }).await })
    }

    fn salvage(
        &self,
        records: &[Rc<Record>],
        colour_names: &ColourNames,
        stamp: &Stamp,
    ) -> BoxFuture<Result<String, Failure>> {
        let question = Salvage {
            records: records.iter().map(pair).collect(),
            colour_names: colour_names.to_text(),
            stamp: stamp.clone(),
        };
        let client = self.clone();
        Box::pin(async move { Ok(client.ask(question).await?.file) })
    }
}

/// A record's path and text.
fn pair(record: &Rc<Record>) -> (String, String) {
    let path = record.path().as_str().to_owned();
    (path, record.text().to_string())
}

/// The question without the text, as the worker keeps the one it searched last.
fn question(search: &Search) -> Place {
    Place {
        digest: search.article.digest().clone(),
        text: None,
        older: search
            .older
            .iter()
            .map(|digest| (digest.clone(), None))
            .collect(),
        targets: search.targets.clone(),
    }
}

/// Adds the text to the question, and the older texts that only localStorage has, which the worker
/// cannot read.
fn with_text(search: &Search) -> Place {
    let mut question = question(search);
    question.text = Some(search.article.text().to_owned());
    for (digest, given) in &mut question.older {
        *given = texts::local_text(digest);
    }
    question
}

async fn reading_of(read: ArticleRead) -> Result<Reading, Failure> {
    let ArticleRead {
        digest,
        json,
        page,
        page_json,
        cut,
        fewer,
        notes,
    } = read;
    let article = Article::unchecked(&json)?;
    // Each step is a task of its own, so that a long article does not block the page.
    yield_now().await;
    let article = article.check(Some(digest))?;
    yield_now().await;
    Ok(Reading {
        article,
        json: json.into(),
        page: page.map(|digest| (digest, page_json.into())),
        cut,
        fewer,
        notes,
    })
}

/// Parses notes that were read, one list at a time.
async fn arrivals_of(decoded: Decoded) -> Arrivals {
    let mut annotations = Vec::new();
    for list in decoded.lists {
        annotations.extend(notes_in(&list));
        yield_now().await;
    }
    Arrivals {
        annotations,
        not_understood: decoded.not_understood,
        colour_names: ColourNames::from_text(decoded.colour_names),
        own: decoded.own,
        ..Arrivals::default()
    }
}
