//! The protocol between page and worker: what one side closes the other opens, parts and all.

use std::rc::Rc;

use postil::app::protocol::{
    ArticleRead, Ask, Decode, DecodeArchive, Decoded, Encode, Encoded, Envelope, Fetch,
    FoundPlaces, HtmlAsMarkdown, MarkdownWritten, NoteRead, Pack, Packed, PackedArticle, Part,
    Picture, PictureRead, Place, Placed, Question, Read, ReadNote, Salvage, Salvaged, Unpack,
    Unpacked, Unshown, close, close_answer, open_answer,
};
use postil::app::sync::joining::{Account, Entered, Secret};
use postil::app::sync::messages::{AskServer, Asked, Join, ServerAnswer};
use postil::app::sync::server::{Changes, Current, Document, Kept, Put, Revision, Trouble};
use postil::import::{Input, Kind};
use postil::model::annotation::{Stamp, Target};
use postil::model::article::Source;
use postil::model::digest::Digest;
use postil::model::exchange::{EntryFault, Format, NotUnderstood, Wording};
use postil::model::failure::Failure;
use postil::model::notice::Fewer;
use postil::model::sync::record::{Record, State};
use postil::model::sync::version::{Dot, ReplicaId, Version};

use crate::strategies::{id, stamp};
use crate::sync::{body, path};

/// A question comes out of its envelope as it went in, as the variant that is named after it.
fn is_understood<Q: Ask + Clone>(question: Q, expected: Question) {
    assert_eq!(Question::open(close(question)), Some(expected));
}

/// An answer comes out of its envelope as it went in, and so does a failure.
fn is_answered<Q: Ask>(answer: Q::Answer)
where
    Q::Answer: Clone + PartialEq + std::fmt::Debug,
{
    let envelope = close_answer::<Q>(Ok(answer.clone()));
    assert_eq!(open_answer::<Q>(envelope), Ok(answer));
    let why = Failure::SiteStatus(404);
    let envelope = close_answer::<Q>(Err(why.clone()));
    assert_eq!(open_answer::<Q>(envelope), Err(why));
}

fn digest(text: &str) -> Digest {
    Digest::of(text)
}

#[test]
fn every_question_is_understood() {
    let read = Read(Input {
        bytes: vec![0, 159, 255],
        kind: Some(Kind::Html),
        charset: Some("shift_jis".to_owned()),
        source: Source::Address("https://example.org/".to_owned()),
        title: None,
    });
    is_understood(read.clone(), Question::Read(read));
    let fetch = Fetch {
        address: "example.org".to_owned(),
    };
    is_understood(fetch.clone(), Question::Fetch(fetch));
    let picture = Picture {
        address: "https://example.org/a.png".to_owned(),
    };
    is_understood(picture.clone(), Question::Picture(picture));
    let note = ReadNote {
        markdown: "*so* \"it\" is".to_owned(),
        keeps_lines: true,
    };
    is_understood(note.clone(), Question::ReadNote(note));
    let copied = HtmlAsMarkdown {
        html: "<b>so</b>".to_owned(),
    };
    is_understood(copied.clone(), Question::HtmlAsMarkdown(copied));
    let file = Decode {
        file: "{}".to_owned(),
    };
    is_understood(file.clone(), Question::Decode(file));
    let archive = DecodeArchive { bytes: vec![1, 2] };
    is_understood(archive.clone(), Question::DecodeArchive(archive));
    let salvage = Salvage {
        colour_names: "Claim".to_owned(),
        records: vec![("note/a/b".to_owned(), "=1".to_owned())],
        stamp: stamp(1),
    };
    is_understood(salvage.clone(), Question::Salvage(salvage));
    let unpack = Unpack {
        bytes: vec![1, 2],
        stamp: stamp(1),
    };
    is_understood(unpack.clone(), Question::Unpack(unpack));
    let pack = Pack {
        articles: vec![PackedArticle {
            digest: digest("some words"),
            iri: "https://example.org/".to_owned(),
            json: Some("{}".to_owned()),
        }],
        records: vec![("note/a/b".to_owned(), "=1".to_owned())],
        settings: vec![("theme".to_owned(), "dark".to_owned())],
        colour_names: "Claim".to_owned(),
        wording: Wording::default(),
        readme: "What is what".to_owned(),
        stamp: stamp(1),
    };
    is_understood(pack.clone(), Question::Pack(Box::new(pack)));
    for text in [None, Some("some words".to_owned())] {
        let place = Place {
            digest: digest("some words"),
            text: text.clone(),
            older: vec![(digest("a"), None), (digest("b"), Some("{}".to_owned()))],
            targets: vec![(Target::default(), Some(Target::default()))],
        };
        is_understood(place.clone(), Question::Place(place));
        let encode = Encode {
            format: Format::WebAnnotation,
            digest: digest("some words"),
            iri: "https://example.org/".to_owned(),
            article: text.clone(),
            lists: vec!["[]".to_owned(), "[1]".to_owned()],
            found: vec![id(1)],
            numbers: vec![1, 2, 3],
            colour_names: "\nDoubt".to_owned(),
            template: text.clone(),
            wording: Box::default(),
            stamp: Stamp { ..stamp(2) },
        };
        is_understood(encode.clone(), Question::Encode(encode));
    }
}

#[test]
fn what_is_asked_of_a_server_is_understood_and_never_written_down() {
    let secret = "open sesame";
    let account = Account {
        address: "https://server.example/notes".to_owned(),
        name: "reader".to_owned(),
        password: secret.to_owned(),
        key: Some(secret.to_owned()),
        maker: Some("Ada".to_owned()),
    };
    let entered = Entered {
        address: account.address.clone(),
        name: account.name.clone(),
        password: secret.to_owned(),
        secret: Secret::Passphrase(secret.to_owned()),
        maker: None,
    };
    let join = Join {
        entered,
        only_looks: true,
    };
    assert!(!format!("{join:?}").contains(secret));
    is_understood(join.clone(), Question::Join(Box::new(join)));
    let path = path(0);
    let dot = Dot {
        lamport: 7,
        replica: ReplicaId::parse("a").expect("a name"),
    };
    let record = Record::new(
        path.clone(),
        Version::new(dot, Vec::new()),
        State::Live,
        &body(&path, "“so”"),
    );
    let revision: Revision = "1-a".into();
    let document = Document {
        path: path.clone(),
        before: Some(revision.clone()),
        record: Some(Rc::new(record.clone())),
    };
    for asked in [
        Asked::Identity("fresh".to_owned()),
        Asked::Changes(Some("7-x".into()), 500),
        Asked::Wait(None),
        Asked::Current(vec![path.clone()]),
        Asked::Versions(vec![(path.clone(), revision.clone())]),
        Asked::Put(vec![document]),
        Asked::Text(digest("so")),
        Asked::PutText(digest("so"), "{}".to_owned()),
        Asked::Clear,
    ] {
        let account = account.clone();
        let ask = AskServer { account, asked };
        assert!(!format!("{ask:?}").contains(secret));
        is_understood(ask.clone(), Question::AskServer(Box::new(ask)));
    }
    let kept = Kept {
        revision: revision.clone(),
        record: Some(record),
    };
    let current = Current {
        path: path.clone(),
        shown: Some(kept.clone()),
        others: vec![revision.clone()],
    };
    let changes = Changes {
        documents: vec![current.clone()],
        last: "8-y".into(),
        more: true,
    };
    for answer in [
        ServerAnswer::Identity("fresh".to_owned()),
        ServerAnswer::Changes(changes),
        ServerAnswer::Changed,
        ServerAnswer::Current(vec![current]),
        ServerAnswer::Versions(vec![(path, kept)]),
        ServerAnswer::Put(vec![Put::Kept(revision), Put::Conflict, Put::Refused]),
        ServerAnswer::Text(Some("{}".to_owned())),
        ServerAnswer::TextIsThere,
        ServerAnswer::Cleared,
        ServerAnswer::Trouble(Trouble::Full),
    ] {
        is_answered::<AskServer>(answer);
    }
}

#[test]
fn every_answer_is_understood() {
    for page in [None, Some(digest("page"))] {
        is_answered::<Read>(ArticleRead {
            digest: digest("words"),
            json: "[\"words\"]".to_owned(),
            page_json: page.as_ref().map(|_| "[]".to_owned()).unwrap_or_default(),
            page,
            cut: true,
            fewer: Some(Fewer::InArticle(70)),
            notes: "{}".to_owned(),
        });
    }
    is_answered::<Picture>(PictureRead::Bytes {
        bytes: vec![1, 2, 3],
        media_type: "image/png".to_owned(),
    });
    is_answered::<Picture>(PictureRead::Drawing("<svg/>".to_owned()));
    is_answered::<Picture>(PictureRead::Unshown(Unshown::TooLarge));
    is_answered::<ReadNote>(NoteRead {
        json: "[]".to_owned(),
    });
    for markdown in [None, Some("**so**".to_owned())] {
        is_answered::<HtmlAsMarkdown>(MarkdownWritten { markdown });
    }
    is_answered::<Place>(Placed::Unprepared);
    is_answered::<Place>(Placed::Found(FoundPlaces {
        numbers: vec![0, 1, 2],
        survival: vec![None, Some(0.5)],
        prepared: 1.5,
        times: vec![0.25],
    }));
    is_answered::<Decode>(Decoded {
        lists: vec!["[]".to_owned(), "[{}]".to_owned()],
        not_understood: vec![NotUnderstood {
            entry: 1,
            why: EntryFault::NoTarget,
        }],
        colour_names: "Claim".to_owned(),
        own: true,
    });
    is_answered::<Encode>(Encoded::Unprepared);
    is_answered::<Encode>(Encoded::File {
        file: "{}".to_owned(),
    });
    is_answered::<Salvage>(Salvaged {
        file: "{}".to_owned(),
    });
    is_answered::<Pack>(Packed {
        address: "blob:x".to_owned(),
    });
    for articles in [vec![], vec!["{}".to_owned(), "[]".to_owned()]] {
        is_answered::<Unpack>(Unpacked {
            notes: "{}".to_owned(),
            articles,
            settings: vec![("theme".to_owned(), "dark".to_owned())],
        });
    }
}

#[test]
fn a_message_of_another_build_is_no_question_and_no_answer() {
    let envelope = |json: &str, parts: Vec<Part>| Envelope {
        json: json.to_owned(),
        parts,
    };
    let text = || Part::Text("words".to_owned());
    for (json, parts) in [
        ("", vec![]),
        ("{\"Sing\":{}}", vec![]),
        ("{\"Decode\":{}}", vec![]),
        ("{\"Decode\":{}}", vec![Part::Numbers(vec![1])]),
        ("{\"Decode\":{}}", vec![text(), text()]),
        ("{\"Fetch\":{\"address\":\"a\"}}", vec![text()]),
    ] {
        assert_eq!(Question::open(envelope(json, parts)), None, "{json}");
    }
    let answer = |json: &str, parts| open_answer::<Decode>(envelope(json, parts));
    assert_eq!(answer("{}", vec![]), Err(Failure::NotLoaded));
    let decoded = "{\"Ok\":{\"not_understood\":[],\"colour_names\":\"\",\"own\":false}}";
    assert!(answer(decoded, vec![text()]).is_ok());
    let numbers = vec![Part::Numbers(vec![1])];
    assert_eq!(answer(decoded, numbers), Err(Failure::NotLoaded));
}

#[test]
fn the_question_of_a_page_that_has_panicked_is_understood() {
    let json = r#"{"Salvage":{"records":[["note/a/b","=1"]],"stamp":{"id":"a","at":"2026-01-01T00:00:00Z"}}}"#;
    let envelope = Envelope {
        json: json.to_owned(),
        parts: Vec::new(),
    };
    assert!(matches!(
        Question::open(envelope),
        Some(Question::Salvage(Salvage { records, .. })) if records.len() == 1
    ));
}
