//! Records in a database that several readers share: each note goes there with its maker's name, and
//! arrives with it as its author (<https://www.w3.org/TR/annotation-model/#agents>).
//!
//! The name stands at the end of the record's body, so that a reader's own record comes back as it was.

use std::rc::Rc;

use serde_json::json;

use super::couch::{Codec, Fields};
use crate::app::ports::BoxFuture;
use crate::model::annotation::Annotation;
use crate::model::digest::Digest;
use crate::model::exchange::w3c;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::unknown::carry_over;

/// What stands before the maker's name in a body.
const BY: &str = ",\"by\":";
/// The author of a note that nobody has signed.
const NOBODY: &str = "?";

/// Writes records with the name of a reader.
pub struct Signed {
    /// How they are written apart from that.
    pub codec: Box<dyn Codec>,
    /// The reader's name; `None` if the database has one reader.
    pub maker: Option<Rc<str>>,
}

impl Codec for Signed {
    fn name_of(&self, path: &Path) -> String {
        self.codec.name_of(path)
    }

    fn path_of(&self, name: &str) -> Option<Path> {
        self.codec.path_of(name)
    }

    fn fits(&self, vault: &Fields) -> bool {
        self.codec.fits(vault)
    }

    fn name_of_part(&self, digest: &Digest, part: usize) -> String {
        self.codec.name_of_part(digest, part)
    }

    fn write_part(&self, name: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>> {
        self.codec.write_part(name, bytes)
    }

    fn read_part(&self, name: &str, bytes: Vec<u8>) -> BoxFuture<Option<Vec<u8>>> {
        self.codec.read_part(name, bytes)
    }

    fn write(&self, record: Rc<Record>) -> BoxFuture<Fields> {
        let Some(maker) = self.maker.clone() else {
            return self.codec.write(record);
        };
        let fields = self.codec.write(Rc::new(signed(&record, &maker)));
        Box::pin(async move {
            let mut fields = fields.await;
            // Who reads it with other tools looks for the name here.
            if fields.contains_key("target") {
                let creator = fields.entry(w3c::CREATOR);
                creator.or_insert_with(|| w3c::person(&maker));
            }
            fields
        })
    }

    fn read(&self, name: String, fields: Fields) -> BoxFuture<Option<Record>> {
        let reading = self.codec.read(name, fields);
        let Some(maker) = self.maker.clone() else {
            return reading;
        };
        Box::pin(async move { Some(arrived(reading.await?, &maker)) })
    }
}

/// The record of a note with its maker's name.
pub fn signed(record: &Record, maker: &str) -> Record {
    let body = record.body();
    let Some(open) = body.strip_suffix('}').filter(|_| is_note(record)) else {
        return record.clone();
    };
    let body = [open, BY, &json!(maker).to_string(), "}"].concat();
    Record::new(
        record.path().clone(),
        record.version().clone(),
        record.state(),
        &body,
    )
}

/// A record from the group, as it is kept here: the reader's own as they were, others' with their author.
pub fn arrived(record: Record, me: &str) -> Record {
    if !is_note(&record) {
        return record;
    }
    let body = record.body();
    let (own, maker) = opened(&body);
    let body = match maker {
        Some(maker) if maker == me => own,
        maker => authored(record.path(), &own, maker.as_deref().unwrap_or(NOBODY)),
    };
    Record::new(
        record.path().clone(),
        record.version().clone(),
        record.state(),
        &body,
    )
}

fn is_note(record: &Record) -> bool {
    record.path().note().is_some() && !record.is_tombstone()
}

/// The body without its maker's name, and the name.
fn opened(body: &str) -> (String, Option<String>) {
    let signature = body.rsplit_once(BY).and_then(|(own, name)| {
        let name = serde_json::from_str(name.strip_suffix('}')?).ok()?;
        Some(([own, "}"].concat(), Some(name)))
    });
    signature.unwrap_or_else(|| (body.to_owned(), None))
}

/// A note's body with an author, instead of whatever it said of one.
fn authored(path: &Path, body: &str, author: &str) -> String {
    let read = |(article, id)| Annotation::from_record(article, id, body).ok();
    let Some(note) = path.note().and_then(read) else {
        return body.to_owned();
    };
    let extra = w3c::by_author(&note.extra, author);
    carry_over(body, &Annotation { extra, ..note }.to_record())
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::app::sync::plain::Plain;
    use crate::model::annotation::AnnotationId;
    use crate::model::article::ArticleId;
    use crate::model::exchange::author;
    use crate::model::sync::record::State;
    use crate::model::sync::version::Version;

    const ME: &str = "Ada \"A\" Moss";

    fn record(body: &str, state: State) -> Record {
        let article = ArticleId::parse("article-number-1").expect("an id");
        let id = AnnotationId::parse("n1").expect("an id");
        let version = Version::parse("2.r1").expect("a version");
        Record::new(Path::of_note(&article, &id), version, state, body)
    }

    #[test]
    fn a_reader_s_own_record_comes_back_as_it_was() {
        let removed = State::Removed { day: 3 };
        for (body, state) in [
            (
                r#"{"t":{"s":"="},"n":"a \"b\",\"by\":\"c\"}"}"#,
                State::Live,
            ),
            (r#"{"t":{"s":"="},"x":{"k":1,"by":"Q"}}"#, State::Live),
            (r#"{"t":{"s":"="},"n":"w"}"#, removed),
            ("", removed),
        ] {
            let own = record(body, state);
            let sent = signed(&own, ME);
            assert_eq!(arrived(sent.clone(), ME), own, "{body}");
            assert_eq!(sent == own, body.is_empty(), "{body}");
        }
    }

    #[test]
    fn other_programs_find_the_maker_of_an_open_note() {
        let maker = Some(ME.into());
        let codec = Signed {
            codec: Box::new(Plain),
            maker,
        };
        let own = record(r#"{"t":{"s":"="},"n":"w"}"#, State::Live);
        let mut context = Context::from_waker(Waker::noop());
        let mut ready = |mut task: BoxFuture<Fields>| match task.as_mut().poll(&mut context) {
            Poll::Ready(fields) => fields,
            Poll::Pending => panic!("it waits for nothing"),
        };
        let written = ready(codec.write(Rc::new(own)));
        assert_eq!(written[w3c::CREATOR], w3c::person(ME));
        let removed = record(r#"{"t":{"s":"="},"n":"w"}"#, State::Removed { day: 3 });
        let written = ready(codec.write(Rc::new(removed)));
        assert_eq!(written.get(w3c::CREATOR), None);
    }

    #[test]
    fn another_s_note_arrives_with_its_author() {
        let body = r#"{"t":{"s":"="},"n":"w","f":"{\"a\":{\"creator\":\"me\",\"k\":1}}","z":5}"#;
        let there = arrived(signed(&record(body, State::Live), ME), "Ben");
        let note = there.note().expect("a note");
        assert_eq!(author(&note.extra).as_deref(), Some(ME));
        assert!(there.body().contains("\"z\":5"), "{}", there.body());
        assert!(
            note.extra
                .json()
                .is_some_and(|json| json.contains("\"k\":1"))
        );
        // Whoever has not signed is at least not this reader.
        let unsigned = arrived(record(body, State::Live), "Ben")
            .note()
            .expect("a note");
        assert_eq!(author(&unsigned.extra).as_deref(), Some(NOBODY));
    }
}
