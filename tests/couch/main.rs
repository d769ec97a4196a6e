//! The replicator against a real server that speaks CouchDB's protocol: `COUCHDB_URL` names one, with
//! a name and a password if it wants them. Each test makes a database of its own, and deletes it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use postil::app::ports::BoxFuture;
use postil::app::sync::couch::{Couch, Http, Reply, Request};
use postil::app::sync::desk::{Desk, Found, Known, Seen};
use postil::app::sync::joining::{self, Dice, Looked, Secret};
use postil::app::sync::plain::Plain;
use postil::app::sync::replicator::{InStep, Replicator, Stopped};
use postil::app::sync::sealing::{Keys, Sealed};
use postil::app::sync::server::{Answer, Sequence, TextServer, Trouble};
use postil::model::annotation::{Annotation, AnnotationId, Colour, Extra, Target};
use postil::model::article::ArticleId;
use postil::model::base64::{self, STANDARD};
use postil::model::digest::Digest;
use postil::model::sync::record::{Path, Record, RecordKind, State};
use postil::model::sync::replica::{Edit, Replica};
use postil::model::sync::store::{Batch, Done, Outcome, Refusal, Store};
use postil::model::sync::version::ReplicaId;
use postil_testing::seed::Seed;
use serde_json::{Value, json};

#[path = "../model/cipher.rs"]
mod cipher;
mod harm;

use cipher::Counting;

/// Sends a request by HTTP 1.0, so that the answer ends with the connection.
fn send(method: &str, path: &str, body: Option<&str>) -> std::io::Result<Reply> {
    let address = std::env::var("COUCHDB_URL").expect("COUCHDB_URL names a server");
    let host = address
        .strip_prefix("http://")
        .expect("http")
        .trim_end_matches('/');
    let mut stream = TcpStream::connect(host)?;
    let body = body.unwrap_or_default();
    let head = format!(
        "{method} /{path} HTTP/1.0\r\nHost: {host}\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok(Reply {
        status: status.unwrap_or_default(),
        body: body.to_owned(),
    })
}

fn now<T>(task: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(task).as_mut().poll(&mut context) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("nothing waits here"),
    }
}

struct Database(String);

impl Http for Database {
    fn send(&self, request: Request) -> Answer<Reply> {
        let path = format!("{}/{}", self.0, request.path);
        let reply = send(request.method, &path, request.body.as_deref());
        Box::pin(async { reply.map_err(|_| Trouble::Unreachable) })
    }
}

/// A store that keeps everything at once.
struct Keeps;

impl Store for Keeps {
    fn keep(&self, _: Rc<Batch>, done: Done) {
        done(Outcome::default());
    }
}

#[derive(Clone)]
struct Device {
    replica: Replica,
    known: Rc<RefCell<Known>>,
}

impl Desk for Device {
    fn records(&self) -> Vec<Rc<Record>> {
        self.replica.folder(RecordKind::Note.folder())
    }

    fn sends(&self, _: &Record, _: bool) -> bool {
        true
    }

    fn get(&self, path: &Path) -> Option<Rc<Record>> {
        self.replica.get(path)
    }

    fn take(&self, found: Vec<Found>) -> BoxFuture<Result<(), Refusal>> {
        let found = found.into_iter().map(|found| (found.record, found.follows));
        self.replica.take_from_afar(found.collect());
        Box::pin(async { Ok(()) })
    }

    fn fresh_name(&self) -> String {
        self.replica.id().as_str().to_owned()
    }

    fn begin_anew(&self, life: String) -> BoxFuture<()> {
        self.known.replace(Known {
            life: Some(life),
            ..Known::default()
        });
        Box::pin(async {})
    }

    fn remember(&self, seen: Vec<(Path, Seen)>, since: Option<Sequence>) -> BoxFuture<()> {
        self.known.borrow_mut().learn(seen, since);
        Box::pin(async {})
    }
}

impl Device {
    fn new(name: &str) -> Self {
        let id = ReplicaId::parse(name).expect("a name");
        Self {
            replica: Replica::new(id, Rc::new(Keeps), Rc::new(Keeps), Box::new(|| {})),
            known: Rc::default(),
        }
    }

    fn write(&self, notes: std::ops::Range<usize>, words: &str) {
        let article = ArticleId::of_iri("https://example.org/");
        let edits = notes.map(|number| {
            let id = AnnotationId::parse(&format!("note{number}")).expect("an id");
            let path = Path::of_note(&article, &id);
            let note = Annotation {
                id,
                article: article.clone(),
                target: Target::default(),
                more: Vec::new(),
                attached: None,
                note: words.to_owned(),
                tags: Vec::new(),
                colour: Colour::Yellow,
                created: None,
                modified: None,
                extra: Extra::default(),
            };
            let (state, body) = (State::Live, note.to_record());
            Edit { path, state, body }
        });
        self.replica.write(edits.collect());
    }

    fn run(&self, database: &str) -> Result<InStep, Stopped> {
        self.run_over(Database(database.to_owned()))
    }

    fn run_over(&self, http: impl Http + 'static) -> Result<InStep, Stopped> {
        let server = Couch::new(http, Plain);
        let known = self.known.borrow().clone();
        let replicator = Replicator::new(server, self.clone(), known);
        now(replicator.run())
    }

    fn notes(&self) -> BTreeMap<Path, String> {
        let records = self.replica.folder(RecordKind::Note.folder());
        let note = |record: &Rc<Record>| record.note().expect("a note").note;
        let records = records.iter();
        records
            .map(|record| (record.path().clone(), note(record)))
            .collect()
    }
}

fn with_database(name: &str, test: impl FnOnce(&str)) {
    send("DELETE", name, None).expect("a server");
    let made = send("PUT", name, None).expect("a server");
    assert!(made.status < 300, "{made:?}");
    test(name);
    send("DELETE", name, None).expect("a server");
}

#[test]
fn two_devices_come_into_step() {
    with_database("postil-test-step", |database| {
        let (one, other) = (Device::new("one"), Device::new("other"));
        one.write(0..250, "one");
        assert_eq!(one.run(database).map(|in_step| in_step.sent), Ok(250));
        other.write(200..300, "other");
        let in_step = other.run(database).expect("it runs");
        assert_eq!(
            (in_step.received, in_step.refused, in_step.unreadable),
            (250, 0, 0)
        );
        one.run(database).expect("it runs");
        assert_eq!(one.notes(), other.notes());
        // Both wrote fifty of them: each has a copy of the words that do not stand.
        assert_eq!(one.notes().len(), 350);
        let again = one.run(database).expect("it runs");
        assert_eq!((again.sent, again.received), (0, 0));
    });
}

#[test]
fn a_version_in_conflict_is_merged_and_deleted() {
    with_database("postil-test-conflict", |database| {
        let (one, other) = (Device::new("one"), Device::new("other"));
        one.write(0..1, "one");
        one.run(database).expect("it runs");
        // Another node has taken a note of the same id, which then meets the first.
        other.write(0..1, "other");
        let record = other.replica.folder("note/").remove(0);
        let name = record.path().as_str().replacen('/', ":", 2);
        let docs = json!({ "new_edits": false, "docs": [
            { "_id": name, "_rev": "1-ffffffffffffffffffffffffffffffff", "postil": &**record.text() },
        ] });
        let path = format!("{database}/_bulk_docs");
        let put = send("POST", &path, Some(&docs.to_string())).expect("a server");
        assert!(put.status < 300, "{put:?}");
        one.run(database).expect("it runs");
        other.run(database).expect("it runs");
        one.run(database).expect("it runs");
        assert_eq!(one.notes(), other.notes());
        assert_eq!(one.notes().len(), 2);
        let path = format!("{database}/{}?conflicts=true", name.replace(':', "%3A"));
        let shown = send("GET", &path, None).expect("a server");
        let shown: Value = serde_json::from_str(&shown.body).expect("a document");
        assert_eq!(shown.get("_conflicts"), None, "{shown}");
        assert_eq!(shown["type"], "Annotation");
    });
}

#[test]
fn what_is_wrong_is_told() {
    let device = Device::new("one");
    let nowhere = device.run("postil-test-nowhere");
    assert_eq!(nowhere, Err(Stopped::Server(Trouble::Missing)));
}

fn phrase(words: &str) -> Secret {
    Secret::Passphrase(words.to_owned())
}

fn looks(database: &str, secret: &Secret) -> Result<Looked, Trouble> {
    let http = Database(database.to_owned());
    let looked = now(joining::look(&http, &Counting::default(), secret));
    looked.map(|(looked, _)| looked)
}

fn joins(database: &str, secret: &Secret, dice: u8) -> Result<Option<u8>, Trouble> {
    let http = Database(database.to_owned());
    let dice: Dice = [dice; 48];
    let key = now(joining::join(&http, &Counting::default(), secret, &dice));
    key.map(|key| key.map(|key| key[0]))
}

#[test]
fn who_has_the_passphrase_gets_the_key_that_the_first_has_drawn() {
    let database = "postil-test-sealed";
    send("DELETE", database, None).expect("a server");
    assert_eq!(
        looks(database, &Secret::None).map(|looked| looked.is_new),
        Ok(true)
    );
    // Joining makes it.
    assert_eq!(joins(database, &phrase("open sesame"), 1), Ok(Some(1)));
    assert_eq!(joins(database, &phrase("open sesame"), 2), Ok(Some(1)));
    let looked = looks(database, &phrase("open sesame")).expect("it is there");
    assert_eq!((looked.is_new, looked.documents), (false, 1));
    assert_eq!(
        joins(database, &phrase("open barley"), 3),
        Err(Trouble::WrongPassphrase)
    );
    assert_eq!(joins(database, &Secret::None, 4), Err(Trouble::Sealed));
    // Who was passed the key needs no passphrase; another key is told.
    let key = |byte: u8| Secret::Key(base64::encode(&[byte; 32], STANDARD));
    assert_eq!(joins(database, &key(1), 5), Ok(Some(1)));
    assert_eq!(joins(database, &key(2), 6), Err(Trouble::WrongPassphrase));
    // It can be cleared, and begun anew.
    now(joining::clear(&Database(database.to_owned()))).expect("it is cleared");
    let looked = looks(database, &Secret::None).expect("it is there");
    assert_eq!((looked.is_new, looked.documents), (false, 0));
    send("DELETE", database, None).expect("a server");
}

#[test]
fn what_is_open_to_all_is_not_sealed_by_accident() {
    with_database("postil-test-plain", |database| {
        assert_eq!(joins(database, &Secret::None, 1), Ok(None));
        let one = Device::new("one");
        one.write(0..2, "one");
        one.run(database).expect("it runs");
        let sealed = looks(database, &phrase("open sesame"));
        assert_eq!(sealed, Err(Trouble::NotSealed));
        assert_eq!(joins(database, &Secret::None, 2), Ok(None));
    });
}

#[test]
fn a_database_has_one_name_until_it_is_made_anew() {
    let name = |fresh: &str| {
        let http = Database("postil-test-identity".to_owned());
        now(joining::identity(&http, fresh))
    };
    for life in ["one", "two"] {
        with_database("postil-test-identity", |_| {
            assert_eq!(name(life).as_deref(), Ok(life));
            assert_eq!(name("another").as_deref(), Ok(life));
        });
    }
    assert_eq!(name("gone"), Err(Trouble::Missing));
}

#[test]
fn a_text_comes_back_whole_and_not_with_the_changes() {
    with_database("postil-test-texts", |database| {
        let sealed = |master: u8| {
            let codec = Sealed {
                keys: Keys::of(&[master; 32]),
                cipher: Rc::new(Counting::default()),
            };
            Couch::new(Database(database.to_owned()), codec)
        };
        // Hardly smaller when it is deflated, so that it has several parts.
        let mut seed = Seed(7);
        let long: String = (0..900_000)
            .map(|_| char::from(b'!' + u8::try_from(seed.next(90)).expect("few")))
            .collect();
        for text in ["", "Salz – “塩”", &long] {
            let digest = Digest::of(text);
            let (server, plain) = (sealed(1), Couch::new(Database(database.to_owned()), Plain));
            assert_eq!(now(server.text(digest.clone())), Ok(None));
            // Twice is once.
            for _ in 0..2 {
                now(server.put_text(digest.clone(), text.to_owned())).expect("it is stored");
                now(plain.put_text(digest.clone(), text.to_owned())).expect("it is stored");
            }
            let back = Ok(Some(text.to_owned()));
            assert_eq!(now(server.text(digest.clone())), back);
            assert_eq!(now(plain.text(digest.clone())), back);
            // Who has another key does not even find it.
            assert_eq!(now(sealed(2).text(digest)), Ok(None));
        }
        let changes = "_changes?include_docs=true&conflicts=true&limit=500";
        let changes = send("GET", &format!("{database}/{changes}"), None).expect("a server");
        assert!(changes.body.len() < 20_000, "{}", changes.body.len());
        let device = Device::new("one");
        let in_step = device.run(database).expect("it runs");
        assert_eq!((in_step.received, in_step.unreadable), (0, 0));
    });
}
