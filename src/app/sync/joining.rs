//! Joining: looks at a database, and opens what is kept there or begins it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::couch::{Http, Request, ask, trouble_of};
use super::sealing::{Cipher, Cost, Key, Locked, Salt, VAULT, Vault};
use super::server::Trouble;

/// What a reader says of a database.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entered {
    /// Its address, as it was typed.
    pub address: String,
    /// The reader's name on the server; empty if it wants none.
    pub name: String,
    /// The password there.
    pub password: String,
    /// What seals the notes; `None` if others are to read them, too.
    pub passphrase: Option<String>,
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
    passphrase: Option<&str>,
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
    let key = match (vault, passphrase) {
        (Some(vault), Some(passphrase)) => {
            let key = vault.open(cipher, passphrase).await;
            Some(key.map_err(|why| match why {
                Locked::WrongPassphrase => Trouble::WrongPassphrase,
                Locked::Unknown => Trouble::Newer,
            })?)
        }
        (Some(_), None) => return Err(Trouble::Sealed),
        (None, _) => {
            if has(http, SEALED).await? {
                return Err(Trouble::Newer);
            }
            for begin in PLAIN {
                if passphrase.is_some() && has(http, begin).await? {
                    return Err(Trouble::NotSealed);
                }
            }
            None
        }
    };
    Ok((looked, key))
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
    // Nothing in a name sorts between the last character of a beginning and the next one.
    let mut end = begin.to_owned();
    let last = end
        .pop()
        .and_then(|last| char::from_u32(u32::from(last) + 1));
    end.extend(last);
    let query = format!("_all_docs?limit=1&startkey=%22{begin}%22&endkey=%22{end}%22");
    let listed: Listed = ask(http, "GET", query.replace(';', "%3B"), None).await?;
    Ok(!listed.rows.is_empty())
}

/// Joins a database: makes it if it is not there, and the vault in it if it lacks one. Returns the
/// master key, unless nothing is to be sealed.
///
/// # Errors
/// The same as [`look`], and if the server does not let this reader write.
pub async fn join(
    http: &impl Http,
    cipher: &dyn Cipher,
    passphrase: Option<&str>,
    dice: &Dice,
) -> Result<Option<Key>, Trouble> {
    for _ in 0..ATTEMPTS {
        let (looked, key) = look(http, cipher, passphrase).await?;
        if looked.is_new {
            // Somebody may have made it meanwhile (412).
            write(http, String::new(), None, &[412]).await?;
        }
        match (key, passphrase) {
            (Some(key), _) => return Ok(Some(key)),
            (None, None) => return Ok(None),
            (None, Some(passphrase)) => {
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
