//! Speaks the protocol of Apache CouchDB (<https://docs.couchdb.org/en/stable/api/>), over any way to
//! send a request and with any way to write a record as a document.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::joining::identity;
use super::sealing::VAULT;
use super::server::{
    Answer, Changes, Current, Document, Kept, Put, Revision, Sequence, Server, Trouble,
};
use crate::app::ports::BoxFuture;
use crate::model::digest::Digest;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::version::Dot;

/// Milliseconds that a server waits for a change before it answers that there is none.
pub const WAIT: u32 = 25_000;

/// A request to a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method: GET without a body, POST or PUT with one.
    pub method: &'static str,
    /// What follows the database's address and a slash, with its query; empty for the database.
    pub path: String,
    /// The body, as JSON.
    pub body: Option<String>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// Sends requests to one database, as one reader.
pub trait Http {
    /// Sends a request.
    fn send(&self, request: Request) -> Answer<Reply>;
}

/// Fields of a document.
pub type Fields = Map<String, Value>;

/// How records are written as documents.
pub trait Codec {
    /// The name of the document of a record (`_id`).
    fn name_of(&self, path: &Path) -> String;

    /// Writes a record.
    fn write(&self, record: Rc<Record>) -> BoxFuture<Fields>;

    /// Reads the document of this name; `None` if it is no record, or a damaged one.
    fn read(&self, name: String, fields: Fields) -> BoxFuture<Option<Record>>;

    /// The path of the record in the document of this name, if the name says it.
    fn path_of(&self, name: &str) -> Option<Path>;

    /// True unless the vault of the database has another key than this.
    fn fits(&self, vault: &Fields) -> bool;

    /// The name of the document with a part of a text, counted from 0.
    fn name_of_part(&self, digest: &Digest, part: usize) -> String;

    /// Writes bytes that go into the document of this name.
    fn write_part(&self, name: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>>;

    /// Reads them; `None` if they are damaged.
    fn read_part(&self, name: &str, bytes: Vec<u8>) -> BoxFuture<Option<Vec<u8>>>;
}

/// A database of a CouchDB.
pub struct Couch<H, C> {
    http: Rc<H>,
    codec: Rc<C>,
}

impl<H: Http + 'static, C: Codec + 'static> Couch<H, C> {
    /// Creates the server that these requests lead to.
    pub fn new(http: H, codec: C) -> Self {
        Self {
            http: Rc::new(http),
            codec: Rc::new(codec),
        }
    }
}

impl<H, C> Couch<H, C> {
    pub(super) fn http(&self) -> Rc<H> {
        self.http.clone()
    }

    pub(super) fn codec(&self) -> Rc<C> {
        self.codec.clone()
    }
}

/// A document, or what stands for a deleted one. It is read by itself, since one that is nested more
/// deeply than anything of ours must stop none of the others.
type Stored = Box<RawValue>;

#[derive(Deserialize)]
struct Feed {
    results: Vec<Entry>,
    last_seq: Value,
    /// Number of changes that follow; not every server says it.
    #[serde(default)]
    pending: Option<u64>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    doc: Option<Stored>,
}

#[derive(Deserialize)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    value: Option<Summary>,
    #[serde(default)]
    doc: Option<Stored>,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(default)]
    deleted: bool,
}

#[derive(Deserialize)]
struct Gathered {
    results: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    docs: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    ok: Option<Stored>,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    #[serde(default)]
    rev: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

impl<H: Http + 'static, C: Codec + 'static> Server for Couch<H, C> {
    fn identity(&self, fresh: String) -> Answer<String> {
        let http = self.http.clone();
        Box::pin(async move { identity(&*http, &fresh).await })
    }

    fn changes(&self, since: Option<Sequence>, most: usize) -> Answer<Changes> {
        let (http, codec) = (self.http.clone(), self.codec.clone());
        Box::pin(async move {
            let since = since.map(|since| format!("&since={}", encoded(&since)));
            let since = since.unwrap_or_default();
            let path = format!("_changes?include_docs=true&conflicts=true&limit={most}{since}");
            let feed: Feed = ask(&*http, "GET", path, None).await?;
            let more = feed
                .pending
                .map_or(feed.results.len() >= most, |left| left > 0);
            let mut documents = Vec::new();
            for Entry { id, deleted, doc } in feed.results {
                let path = codec.path_of(&id);
                let doc = doc.filter(|_| !deleted);
                // Somebody has changed the passphrase, and with it the key.
                let vault = doc.as_ref().filter(|_| id == VAULT);
                if vault.is_some_and(|vault| !codec.fits(&fields_of(vault))) {
                    return Err(Trouble::WrongPassphrase);
                }
                documents.extend(current_of(&*codec, id, path, doc).await);
            }
            Ok(Changes {
                documents,
                // A number or a text, which is given back as it came.
                last: match feed.last_seq {
                    Value::String(text) => text.into(),
                    other => other.to_string().into(),
                },
                more,
            })
        })
    }

    fn wait(&self, since: Option<Sequence>) -> Answer<()> {
        let http = self.http.clone();
        Box::pin(async move {
            let since = since.map(|since| encoded(&since));
            let since = since.as_deref().unwrap_or("0");
            let path = format!("_changes?feed=longpoll&limit=1&timeout={WAIT}&since={since}");
            let _: Feed = ask(&*http, "GET", path, None).await?;
            Ok(())
        })
    }

    fn current(&self, paths: Vec<Path>) -> Answer<Vec<Current>> {
        let (http, codec) = (self.http.clone(), self.codec.clone());
        Box::pin(async move {
            let names: Vec<String> = paths.iter().map(|path| codec.name_of(path)).collect();
            let query = "_all_docs?include_docs=true&conflicts=true".to_owned();
            let body = json!({ "keys": names });
            let found: Rows = ask(&*http, "POST", query, Some(body)).await?;
            let mut all = Vec::new();
            for Row { id, value, doc } in found.rows {
                // What is not there has no id.
                let Some((id, value)) = id.zip(value) else {
                    continue;
                };
                let asked = names.iter().position(|name| *name == id);
                let path = asked.map(|index| paths[index].clone());
                let doc = doc.filter(|_| !value.deleted);
                all.extend(current_of(&*codec, id, path, doc).await);
            }
            Ok(all)
        })
    }

    fn versions(&self, wanted: Vec<(Path, Revision)>) -> Answer<Vec<(Path, Kept)>> {
        let (http, codec) = (self.http.clone(), self.codec.clone());
        Box::pin(async move {
            let names: Vec<String> = wanted.iter().map(|(path, _)| codec.name_of(path)).collect();
            let asked = names.iter().zip(&wanted);
            let asked = asked.map(|(id, (_, rev))| json!({ "id": id, "rev": &**rev }));
            let body = json!({ "docs": asked.collect::<Vec<_>>() });
            let gathered: Gathered =
                ask(&*http, "POST", "_bulk_get".to_owned(), Some(body)).await?;
            let mut all = Vec::new();
            for Group { id, docs } in gathered.results {
                let Some(index) = names.iter().position(|name| *name == id) else {
                    continue;
                };
                let path = &wanted[index].0;
                for doc in docs.into_iter().filter_map(|member| member.ok) {
                    let current = current_of(&*codec, id.clone(), Some(path.clone()), Some(doc));
                    let shown = current.await.and_then(|current| current.shown);
                    all.extend(shown.map(|kept| (path.clone(), kept)));
                }
            }
            Ok(all)
        })
    }

    fn put(&self, documents: Vec<Document>) -> Answer<Vec<Put>> {
        let (http, codec) = (self.http.clone(), self.codec.clone());
        Box::pin(async move {
            let (mut docs, mut names) = (Vec::new(), Vec::new());
            for Document {
                path,
                before,
                record,
            } in documents
            {
                let name = codec.name_of(&path);
                let mut fields = match record {
                    Some(record) => codec.write(record).await,
                    None => Fields::from_iter([("_deleted".to_owned(), true.into())]),
                };
                fields.insert("_id".to_owned(), name.as_str().into());
                if let Some(before) = before {
                    fields.insert("_rev".to_owned(), (*before).into());
                }
                docs.push(Value::Object(fields));
                names.push(name);
            }
            let body = json!({ "docs": docs });
            let written: Vec<Written> =
                ask(&*http, "POST", "_bulk_docs".to_owned(), Some(body)).await?;
            // CouchDB answers in the order in which it was asked, others as they come.
            let written = written
                .into_iter()
                .map(|one| (one.id, (one.rev, one.error)));
            let mut written: BTreeMap<_, _> = written.collect();
            let put = names.iter().map(|name| match written.remove(name)? {
                (Some(revision), None) => Some(Put::Kept(revision.into())),
                (_, Some(error)) if error == "conflict" => Some(Put::Conflict),
                _ => Some(Put::Refused),
            });
            put.collect::<Option<_>>().ok_or(Trouble::Unknown)
        })
    }
}

/// The fields of a document, without those that are nested too deeply.
fn fields_of(doc: &RawValue) -> Fields {
    let fields: BTreeMap<String, Box<RawValue>> =
        serde_json::from_str(doc.get()).unwrap_or_default();
    let read = fields.into_iter().filter_map(|(name, value)| {
        let value = serde_json::from_str(value.get()).ok()?;
        Some((name, value))
    });
    read.collect()
}

/// Reads a document as it is now; `None` if it is none of ours.
async fn current_of(
    codec: &impl Codec,
    name: String,
    path: Option<Path>,
    doc: Option<Stored>,
) -> Option<Current> {
    let Some(mut fields) = doc.as_deref().map(fields_of) else {
        return Some(Current {
            path: path?,
            shown: None,
            others: Vec::new(),
        });
    };
    let others = match fields.remove("_conflicts") {
        Some(Value::Array(others)) => others,
        _ => Vec::new(),
    };
    let others = others.iter().filter_map(Value::as_str).map(Revision::from);
    let others = others.collect();
    let revision = fields.remove("_rev")?.as_str()?.into();
    // Whatever a server calls a document, it is that of its record.
    let record = codec.read(name.clone(), fields).await;
    let record = record.filter(|record| {
        let is_believed = record.version().dot().lamport <= Dot::FARTHEST;
        is_believed && codec.name_of(record.path()) == name
    });
    let path = match &record {
        Some(record) => record.path().clone(),
        None => path?,
    };
    let shown = Some(Kept { revision, record });
    Some(Current {
        path,
        shown,
        others,
    })
}

/// Sends a request, and reads its answer.
pub(super) async fn ask<T: for<'de> Deserialize<'de>>(
    http: &impl Http,
    method: &'static str,
    path: String,
    body: Option<Value>,
) -> Result<T, Trouble> {
    let body = body.map(|body| body.to_string());
    let reply = http.send(Request { method, path, body }).await?;
    match reply.status {
        200..=299 => serde_json::from_str(&reply.body).map_err(|_| Trouble::Unknown),
        status => Err(trouble_of(status)),
    }
}

/// Says what a status means.
pub(super) fn trouble_of(status: u16) -> Trouble {
    match status {
        401 => Trouble::SignIn,
        403 => Trouble::Forbidden,
        404 => Trouble::Missing,
        408 | 425 | 429 | 500 | 502..=504 => Trouble::Busy,
        507 => Trouble::Full,
        _ => Trouble::Unknown,
    }
}

/// Percent-encodes a value of a query.
fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(byte).collect()
}
