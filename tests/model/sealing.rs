//! What a server sees of sealed records: nothing that somebody wrote.

use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use postil::app::sync::couch::{Codec, Fields};
use postil::app::sync::sealing::{Cost, Keys, Locked, Sealed, Vault};
use postil::model::sync::record::{Record, State};
use postil::model::sync::version::{Dot, ReplicaId, Version};
use proptest::prelude::*;

use crate::cipher::Counting;
use crate::strategies::laws;
use crate::sync::{body, path};

fn now<T>(task: impl Future<Output = T>) -> T {
    match pin!(task)
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("nothing waits here"),
    }
}

fn sealed(master: u8) -> Sealed {
    Sealed {
        keys: Keys::of(&[master; 32]),
        cipher: Rc::new(Counting::default()),
    }
}

fn record(note: usize, words: &str) -> Rc<Record> {
    let path = path(note);
    let replica = ReplicaId::parse("one").expect("a name");
    let dot = Dot {
        lamport: 1,
        replica,
    };
    let body = body(&path, words);
    Rc::new(Record::new(
        path,
        Version::new(dot, Vec::new()),
        State::Live,
        &body,
    ))
}

/// What the server has of a record.
fn document(codec: &Sealed, record: &Rc<Record>) -> (String, Fields) {
    (
        codec.name_of(record.path()),
        now(codec.write(record.clone())),
    )
}

const CHEAP: Cost = Cost {
    memory: 8,
    passes: 1,
};

proptest! {
    #![proptest_config(laws(64))]

    #[test]
    fn a_sealed_record_comes_back_and_nothing_is_seen(words in "[a-z]{5,12}( [\\PC]{0,40}){0,9}", note in 0..9_usize) {
        let codec = sealed(1);
        let record = record(note, &words);
        let (name, fields) = document(&codec, &record);
        let seen = format!("{name} {}", serde_json::to_string(&fields).expect("JSON"));
        for word in words.split_whitespace().chain(record.path().as_str().split('/')).filter(|word| word.len() > 4) {
            prop_assert!(!seen.contains(word), "{word} is seen in {seen}");
        }
        prop_assert_eq!(now(codec.read(name.clone(), fields.clone())), Some((*record).clone()));
        // Under another name, with another key, or changed in one place, it is nothing.
        prop_assert_eq!(now(codec.read(codec.name_of(&path(note + 1)), fields.clone())), None);
        prop_assert_eq!(now(sealed(2).read(name.clone(), fields.clone())), None);
        let text = fields["sealed"].as_str().expect("a text");
        let at = text.len() / 2;
        let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = [&text[..at], other, &text[at + 1..]].concat();
        let fields = Fields::from_iter([("sealed".to_owned(), changed.into())]);
        prop_assert_eq!(now(codec.read(name, fields)), None);
    }
}

#[test]
fn the_same_record_never_looks_the_same() {
    let codec = sealed(1);
    let record = record(1, "words");
    let (one, other) = (document(&codec, &record), document(&codec, &record));
    assert_eq!(one.0, other.0);
    assert_ne!(one.1, other.1);
    // A highlight is as long as a short note.
    let short = document(&codec, &self::record(1, ""));
    let length = |document: &(String, Fields)| document.1["sealed"].as_str().map(str::len);
    assert_eq!(length(&one), length(&short));
}

#[test]
fn only_the_passphrase_opens_the_vault() {
    let cipher = Counting::default();
    let (master, salt) = ([7; 32], [3; 16]);
    let vault = now(Vault::seal(&cipher, &master, "Füße im Watt", salt, CHEAP)).expect("a vault");
    // As it comes from a server.
    let json = serde_json::to_string(&vault).expect("JSON");
    let vault: Vault = serde_json::from_str(&json).expect("the same");
    assert_eq!(now(vault.open(&cipher, "Füße im Watt")), Ok(master));
    // Typed by another keyboard.
    assert_eq!(now(vault.open(&cipher, "Fu\u{308}ße im Watt")), Ok(master));
    let wrong = now(vault.open(&cipher, "Füsse im Watt"));
    assert_eq!(wrong, Err(Locked::WrongPassphrase));
    assert!(!json.contains("Watt"), "{json}");
    // Where there is no memory for it, rounds make up for that.
    let impossible = Cost {
        memory: u32::MAX,
        passes: 1,
    };
    let vault = now(Vault::seal(&cipher, &master, "Watt", salt, impossible)).expect("a vault");
    let sealed = serde_json::to_string(&vault).expect("JSON");
    assert!(sealed.contains("\"passes\":600000"), "{sealed}");
    assert_eq!(now(vault.open(&cipher, "Watt")), Ok(master));
    let wrong = now(vault.open(&cipher, "Watts"));
    assert_eq!(wrong, Err(Locked::WrongPassphrase));
    for costly in ["600000", "0"].map(|passes| sealed.replace("600000", passes)) {
        let costly = costly.replace(":600000", ":4000000000");
        let vault: Vault = serde_json::from_str(&costly).expect("the same form");
        assert_eq!(now(vault.open(&cipher, "Watt")), Err(Locked::Unknown));
    }
    // A server cannot have the reader's device work for hours.
    let costly = json.replace("\"memory\":8", "\"memory\":4000000000");
    let vault: Vault = serde_json::from_str(&costly).expect("the same form");
    assert_eq!(
        now(vault.open(&cipher, "Füße im Watt")),
        Err(Locked::Unknown)
    );
}
