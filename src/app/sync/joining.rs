//! Joining: looks at a database, and opens what is kept there or begins it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::couch::{Http, Request, ask, trouble_of};
use super::sealing::{Cipher, Cost, Key, Locked, Salt, VAULT, Vault};
use super::server::Trouble;
use crate::model::base64::{self, URL_SAFE};
use crate::model::links::decoded;

/// What a reader says of a database.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entered {
    /// Its address, as it was typed.
    pub address: String,
    /// The reader's name on the server; empty if it wants none.
    pub name: String,
    /// The password there.
    pub password: String,
    /// What seals the notes.
    pub secret: Secret,
    /// The reader's name for the others who read there; `None` if nobody else does.
    #[serde(default)]
    pub maker: Option<String>,
}

impl Entered {
    /// The same with a name and a password that were typed into the address (RFC 3986, §3.2.1) taken out
    /// of it, and into the boxes that are empty. A password goes with its own name only.
    pub fn with_credentials_apart(mut self) -> Self {
        let typed = self.address.trim();
        let begin = typed.find("://").map_or(0, |at| at + "://".len());
        let (scheme, rest) = typed.split_at(begin);
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let Some((credentials, host)) = authority.rsplit_once('@') else {
            return self;
        };
        let (name, password) = credentials.split_once(':').unwrap_or((credentials, ""));
        let (name, password) = (decoded(name), decoded(password));
        self.address = [scheme, host, path].concat();
        if self.name.is_empty() {
            self.name = name.clone();
        }
        if self.password.is_empty() && self.name == name {
            self.password = password;
        }
        self
    }
}

/// What seals the notes of a reader.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Secret {
    /// Nothing: others are to read them, too.
    #[default]
    None,
    /// A passphrase.
    Passphrase(String),
    /// The master key itself in base64, which another device has passed on.
    Key(String),
}

/// What a device passes on to another one of the same reader, so that nobody types a key. The password
/// is not in it: who finds it has no access to the server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The address of the database.
    #[serde(rename = "a")]
    pub address: String,
    /// The reader's name on the server.
    #[serde(rename = "n")]
    pub name: String,
    /// The master key in base64, if anything is sealed.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// True if several readers share the database; then no name of one of them is in here.
    #[serde(rename = "t", default, skip_serializing_if = "is_not")]
    pub is_together: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // So serde calls it.
fn is_not(value: &bool) -> bool {
    !value
}

impl fmt::Debug for Invitation {
    /// Nothing secret is written anywhere.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Invitation")
    }
}

impl Invitation {
    /// Longest text of an invitation, in bytes.
    const LONGEST: usize = 4_096;

    /// The invitation to an account.
    pub fn to(account: &Account) -> Self {
        let is_together = account.maker.is_some();
        Self {
            address: account.address.clone(),
            name: match is_together {
                true => String::new(),
                false => account.name.clone(),
            },
            key: account.key.clone(),
            is_together,
        }
    }

    /// Writes it for the fragment of an address.
    pub fn to_text(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        let text = base64::encode(json.as_bytes(), URL_SAFE);
        text.trim_end_matches('=').to_owned()
    }

    /// Reads it.
    pub fn from_text(text: &str) -> Option<Self> {
        let json = base64::decode(text.as_bytes(), Self::LONGEST);
        serde_json::from_slice(&json).ok()
    }

    /// What the reader would have entered on another device of theirs.
    pub fn entered(self, password: String) -> Entered {
        Entered {
            address: self.address,
            name: self.name,
            password,
            secret: self.key.map_or(Secret::None, Secret::Key),
            maker: None,
        }
    }
}

/// A database that this browser keeps in step with. It is never shown, logged or exported.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The address of the database, without a slash at its end.
    pub address: String,
    /// The reader's name on the server; empty if it wants none.
    pub name: String,
    /// The password there.
    pub password: String,
    /// The master key in base64; `None` if nothing is sealed.
    pub key: Option<String>,
    /// The reader's name for the others who read there; `None` if nobody else does.
    #[serde(default)]
    pub maker: Option<String>,
}

/// What a database is to a reader who wants to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// True if it is not there yet.
    pub is_new: bool,
    /// Number of documents in it.
    pub documents: u64,
}

/// Random bytes, for a salt and a master key.
pub type Dice = [u8; 48];

/// The document that names one life of a database: it is not copied to others, and gone with it.
const IDENTITY: &str = "_local/postil";
/// How often a document is read again that others write at the same time.
const ATTEMPTS: usize = 3;
/// What begins the names of documents that are not sealed, and of those that are.
const PLAIN: [&str; 2] = ["article:", "note:"];
const SEALED: &str = "p-";

#[derive(Deserialize)]
struct Info {
    #[serde(rename = "db_name")]
    _name: String,
    #[serde(default)]
    doc_count: u64,
}

#[derive(Deserialize)]
struct Listed {
    rows: Vec<Value>,
}

/// Looks at a database without changing anything, and opens what is sealed there.
///
/// # Errors
/// Why it cannot be used as the reader wants to.
pub async fn look(
    http: &impl Http,
    cipher: &dyn Cipher,
    secret: &Secret,
) -> Result<(Looked, Option<Key>), Trouble> {
    let Some(info) = info(http).await? else {
        let (is_new, documents) = (true, 0);
        return Ok((Looked { is_new, documents }, None));
    };
    let looked = Looked {
        is_new: false,
        documents: info.doc_count,
    };
    let vault: Option<Vault> = match ask(http, "GET", VAULT.to_owned(), None).await {
        Err(Trouble::Missing) => None,
        // It is a document, but not such a one.
        Err(Trouble::Unknown) => return Err(Trouble::Newer),
        answer => Some(answer?),
    };
    let key = match (vault, secret) {
        (Some(vault), Secret::Passphrase(passphrase)) => {
            let key = vault.open(cipher, passphrase).await;
            Some(key.map_err(|why| match why {
                Locked::WrongPassphrase => Trouble::WrongPassphrase,
                Locked::Unknown => Trouble::Newer,
                Locked::NoMemory => Trouble::Unsafe,
            })?)
        }
        (Some(vault), Secret::Key(key)) => {
            let key = key_of(key).filter(|key| vault.is_of(key));
            Some(key.ok_or(Trouble::WrongPassphrase)?)
        }
        (Some(_), Secret::None) => return Err(Trouble::Sealed),
        (None, Secret::Key(_)) => return Err(Trouble::Newer),
        (None, secret) => {
            if has(http, SEALED).await? {
                return Err(Trouble::Newer);
            }
            for begin in PLAIN {
                if *secret != Secret::None && has(http, begin).await? {
                    return Err(Trouble::NotSealed);
                }
            }
            None
        }
    };
    Ok((looked, key))
}

/// The key that base64 stands for.
pub fn key_of(text: &str) -> Option<Key> {
    Key::try_from(base64::decode(text.as_bytes(), size_of::<Key>())).ok()
}

/// What the server says of the database; `None` if it has none of that name.
async fn info(http: &impl Http) -> Result<Option<Info>, Trouble> {
    let (method, path, body) = ("GET", String::new(), None);
    let reply = http.send(Request { method, path, body }).await?;
    match reply.status {
        200..=299 => serde_json::from_str(&reply.body)
            .map(Some)
            .map_err(|_| Trouble::Unknown),
        // Any server may say that it has nothing there.
        404 => match serde_json::from_str::<Value>(&reply.body) {
            Ok(said) if said["error"] == "not_found" => Ok(None),
            _ => Err(Trouble::Unknown),
        },
        status => Err(trouble_of(status)),
    }
}

/// True if the database has a document whose name begins so.
async fn has(http: &impl Http, begin: &str) -> Result<bool, Trouble> {
    let listed: Listed = ask(http, "GET", names_from(begin, 1), None).await?;
    Ok(!listed.rows.is_empty())
}

/// Asks for the first documents whose names begin so.
fn names_from(begin: &str, most: usize) -> String {
    // Nothing in a name sorts between the last character of a beginning and the next one.
    let mut end = begin.to_owned();
    let last = end
        .pop()
        .and_then(|last| char::from_u32(u32::from(last) + 1));
    end.extend(last);
    let query = format!("_all_docs?limit={most}&startkey=%22{begin}%22&endkey=%22{end}%22");
    query.replace(';', "%3B")
}

/// Joins a database: makes it if it is not there, and the vault in it if it lacks one. Returns the
/// master key, unless nothing is to be sealed.
///
/// # Errors
/// The same as [`look`], and if the server does not let this reader write.
pub async fn join(
    http: &impl Http,
    cipher: &dyn Cipher,
    secret: &Secret,
    dice: &Dice,
) -> Result<Option<Key>, Trouble> {
    for _ in 0..ATTEMPTS {
        let (looked, key) = look(http, cipher, secret).await?;
        if looked.is_new {
            // Somebody may have made it meanwhile (412).
            write(http, String::new(), None, &[412]).await?;
        }
        match (key, secret) {
            (Some(key), _) => return Ok(Some(key)),
            (None, Secret::None) => return Ok(None),
            (None, Secret::Key(_)) => return Err(Trouble::Newer),
            (None, Secret::Passphrase(passphrase)) => {
                let (salt, master) = dice.split_at(size_of::<Salt>());
                let (mut own_salt, mut key) = (Salt::default(), Key::default());
                own_salt.copy_from_slice(salt);
                key.copy_from_slice(master);
                let vault = Vault::seal(cipher, &key, passphrase, own_salt, Cost::USUAL).await;
                let vault = vault.map_err(|_| Trouble::Unsafe)?;
                let vault = json!(vault);
                if write(http, VAULT.to_owned(), Some(vault), &[409]).await? {
                    return Ok(Some(key));
                }
            }
        }
    }
    Err(Trouble::Busy)
}

/// The name of this life of the database, which begins with `fresh` if it has none; empty if it has
/// none and this reader may not write.
///
/// # Errors
/// If the server does not answer.
pub async fn identity(http: &impl Http, fresh: &str) -> Result<String, Trouble> {
    for _ in 0..ATTEMPTS {
        match ask::<Value>(http, "GET", IDENTITY.to_owned(), None).await {
            Err(Trouble::Missing) => {}
            answer => {
                let name = answer?["database"].as_str().map(str::to_owned);
                return name.ok_or(Trouble::Unknown);
            }
        }
        let named = json!({ "database": fresh });
        match write(http, IDENTITY.to_owned(), Some(named), &[409]).await {
            Err(Trouble::Forbidden) => return Ok(String::new()),
            written => written?,
        };
    }
    Err(Trouble::Busy)
}

/// Puts a document; false if the server answers with one of these statuses instead.
async fn write(
    http: &impl Http,
    path: String,
    body: Option<Value>,
    unless: &[u16],
) -> Result<bool, Trouble> {
    let body = body.map(|body| body.to_string());
    let method = "PUT";
    let reply = http.send(Request { method, path, body }).await?;
    match reply.status {
        200..=299 => Ok(true),
        status if unless.contains(&status) => Ok(false),
        // The name of a database cannot be so.
        400 => Err(Trouble::NoAddress),
        status => Err(trouble_of(status)),
    }
}

/// Number of documents that are deleted at a time.
const DELETED: usize = 500;

#[derive(Deserialize)]
struct Named {
    rows: Vec<NamedRow>,
}

#[derive(Deserialize)]
struct NamedRow {
    id: String,
    value: NamedVersion,
}

#[derive(Deserialize)]
struct NamedVersion {
    rev: String,
}

/// Deletes every document of Postil's, the vault last.
///
/// # Errors
/// If the server does not allow it or cannot be reached; it can be done again.
pub async fn clear(http: &impl Http) -> Result<(), Trouble> {
    let ours = ["article:", "note:", "text:", SEALED, VAULT];
    for begin in ours {
        loop {
            let named: Named = ask(http, "GET", names_from(begin, DELETED), None).await?;
            if named.rows.is_empty() {
                break;
            }
            let deleted = named
                .rows
                .iter()
                .map(|row| json!({ "_id": row.id, "_rev": row.value.rev, "_deleted": true }));
            let docs = json!({ "docs": deleted.collect::<Vec<_>>() });
            let done: Vec<Value> = ask(http, "POST", "_bulk_docs".to_owned(), Some(docs)).await?;
            if done.iter().any(|one| one["error"] == "forbidden") {
                return Err(Trouble::Forbidden);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(address: &str, name: &str, password: &str) -> [String; 3] {
        let entered = Entered {
            address: address.to_owned(),
            name: name.to_owned(),
            password: password.to_owned(),
            ..Entered::default()
        };
        let Entered {
            address,
            name,
            password,
            secret: _,
            maker: _,
        } = entered.with_credentials_apart();
        [address, name, password]
    }

    #[test]
    fn a_name_and_a_password_in_the_address_fill_the_empty_boxes() {
        for (address, taken) in [
            (
                "https://ada:pw@host.example/notes",
                ["https://host.example/notes", "ada", "pw"],
            ),
            (
                " ada%40home:a%3Ab%2Fc:d%25@host.example:5984/a@b ",
                ["host.example:5984/a@b", "ada@home", "a:b/c:d%"],
            ),
            (
                "http://%C3%A4da@localhost/notes",
                ["http://localhost/notes", "äda", ""],
            ),
            // Of several signs the last one ends it, as in a browser.
            ("http://ada:p@w@host/n", ["http://host/n", "ada", "p@w"]),
            ("http://ada:100%@host/n", ["http://host/n", "ada", "100%"]),
            ("http://@host/n", ["http://host/n", "", ""]),
            ("https://host/ada:pw@n", ["https://host/ada:pw@n", "", ""]),
            ("https://host?ada:pw@n", ["https://host?ada:pw@n", "", ""]),
            ("host/notes", ["host/notes", "", ""]),
            ("", ["", "", ""]),
        ] {
            assert_eq!(apart(address, "", ""), taken, "{address}");
        }
    }

    #[test]
    fn what_stands_in_the_boxes_goes_before() {
        let address = "https://ada:pw@host/notes";
        for (name, password, taken) in [
            ("ada", "", ["ada", "pw"]),
            ("", "other", ["ada", "other"]),
            ("ben", "other", ["ben", "other"]),
            // The password of another name is not sent with this one.
            ("ben", "", ["ben", ""]),
        ] {
            let [address, name, password] = apart(address, name, password);
            assert_eq!(address, "https://host/notes");
            assert_eq!([name, password], taken);
        }
    }
}
