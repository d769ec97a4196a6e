//! Records as documents that only who has the passphrase can read: the server sees how many there
//! are, roughly how long they are and when they change, and nothing else.
//!
//! A random master key seals them. It is kept on the server too, in the [`Vault`], sealed by a key
//! that is derived from the passphrase (Argon2id, RFC 9106). The name of a document is a digest of its
//! path that only the key can make (HMAC, RFC 2104); its content is sealed together with that name
//! (AES-GCM, NIST SP 800-38D), so that no document passes for another.

use std::rc::Rc;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use hkdf::hmac::{Hmac, Mac};
use pbkdf2::pbkdf2_hmac;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::couch::{Codec, Fields};
use crate::app::ports::BoxFuture;
use crate::model::base64::{self, URL_SAFE};
use crate::model::digest::Digest;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::{RecordRead, read};

/// A key of 256 bits.
pub type Key = [u8; 32];
/// What makes the same passphrase another key.
pub type Salt = [u8; 16];

/// Seals bytes by AES-GCM with a key of 256 bits.
pub trait Cipher {
    /// Seals bytes; the result begins with the nonce, which is drawn at random. `name` is what they
    /// are sealed together with.
    fn seal(&self, key: &Key, name: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>>;

    /// Opens what was sealed; `None` unless the key and the name are the same, and every byte.
    fn open(&self, key: &Key, name: &str, sealed: Vec<u8>) -> BoxFuture<Option<Vec<u8>>>;
}

/// The field with what is sealed.
const SEALED: &str = "sealed";
/// Longest content that is opened, in bytes: a note has at most a megabyte, and its quote as much.
const LONGEST: usize = 8 << 20;
/// Smallest size of a content, so that a mere highlight is as large as a short note.
const SMALLEST: usize = 512;
/// Bytes by which master keys are told apart.
const CHECK: usize = 12;
/// Stands between a path and its record, and after the record.
const END: u8 = 0;

/// The keys that seal documents.
#[derive(Clone)]
pub struct Keys {
    names: Key,
    contents: Key,
    check: Key,
}

impl Keys {
    /// Derives the keys from the master key (HKDF, RFC 5869).
    pub fn of(master: &Key) -> Self {
        let derived = |purpose: &str| {
            let mut key = Key::default();
            let made = Hkdf::<Sha256>::new(None, master).expand(purpose.as_bytes(), &mut key);
            made.unwrap_or_else(|_| unreachable!("32 bytes are few enough"));
            key
        };
        Self {
            names: derived("postil: names of documents"),
            contents: derived("postil: contents of documents"),
            check: derived("postil: check of the master key"),
        }
    }

    /// What tells one master key from another, and nothing about it.
    fn check(&self) -> String {
        base64::encode(&self.check[..CHECK], URL_SAFE)
    }
}

/// Writes records that nobody else can read.
pub struct Sealed {
    /// The keys.
    pub keys: Keys,
    /// What seals.
    pub cipher: Rc<dyn Cipher>,
}

impl Sealed {
    /// The name of the document with what is called so.
    fn name(&self, called: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(&self.keys.names);
        let mut mac = mac.unwrap_or_else(|_| unreachable!("a key may have any length"));
        mac.update(called.as_bytes());
        let digest = base64::encode(&mac.finalize().into_bytes(), URL_SAFE);
        // Names with an underscore at the beginning are the server's own.
        ["p-", digest.trim_end_matches('=')].concat()
    }
}

impl Codec for Sealed {
    fn name_of(&self, path: &Path) -> String {
        self.name(path.as_str())
    }

    fn fits(&self, vault: &Fields) -> bool {
        vault.get("check").and_then(Value::as_str) == Some(&*self.keys.check())
    }

    fn name_of_part(&self, digest: &Digest, part: usize) -> String {
        // No path of a record begins so.
        self.name(&format!("text/{}/{part}", digest.as_str()))
    }

    fn write_part(&self, name: &str, mut bytes: Vec<u8>) -> BoxFuture<Vec<u8>> {
        bytes.resize(padme(bytes.len().max(SMALLEST)), END);
        self.cipher.seal(&self.keys.contents, name, bytes)
    }

    fn read_part(&self, name: &str, bytes: Vec<u8>) -> BoxFuture<Option<Vec<u8>>> {
        self.cipher.open(&self.keys.contents, name, bytes)
    }

    fn path_of(&self, _: &str) -> Option<Path> {
        None
    }

    fn write(&self, record: Rc<Record>) -> BoxFuture<Fields> {
        let name = self.name_of(record.path());
        let bytes = padded(&record);
        let sealed = self.cipher.seal(&self.keys.contents, &name, bytes);
        Box::pin(async move {
            let sealed = base64::encode(&sealed.await, URL_SAFE);
            Fields::from_iter([(SEALED.to_owned(), sealed.into())])
        })
    }

    fn read(&self, name: String, mut fields: Fields) -> BoxFuture<Option<Record>> {
        let (key, cipher) = (self.keys.contents, self.cipher.clone());
        Box::pin(async move {
            let sealed = match fields.remove(SEALED) {
                Some(Value::String(sealed)) => base64::decode(sealed.as_bytes(), LONGEST),
                _ => return None,
            };
            let bytes = cipher.open(&key, &name, sealed).await?;
            let mut parts = bytes.split(|byte| *byte == END);
            let path = std::str::from_utf8(parts.next()?).ok()?;
            let text = std::str::from_utf8(parts.next()?).ok()?;
            match read(path, text) {
                RecordRead::Record(record) => Some(record),
                _ => None,
            }
        })
    }
}

/// A record with its path, as long as others that are about as long: only about log(log n) bits are
/// told of its length (Padmé; Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
/// Communication with PURBs", 2019).
fn padded(record: &Record) -> Vec<u8> {
    let mut bytes = [record.path().as_str(), "\0", record.text(), "\0"]
        .concat()
        .into_bytes();
    bytes.resize(padme(bytes.len().max(SMALLEST)), END);
    bytes
}

fn padme(length: usize) -> usize {
    let bits = length.max(2).ilog2();
    let kept = bits.max(1).ilog2() + 1;
    let low = (1_usize << bits.saturating_sub(kept)) - 1;
    (length + low) & !low
}

/// The cost of deriving a key from a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Number of passes over it.
    pub passes: u32,
}

impl Cost {
    /// The second of the two that RFC 9106, §4, recommends, with one lane.
    pub const USUAL: Self = Self {
        memory: 64 * 1024,
        passes: 3,
    };
    /// The most that is done because a server says so.
    const MOST: Self = Self {
        memory: 256 * 1024,
        passes: 10,
    };
    /// Where there is not so much memory: rounds of PBKDF2 with HMAC-SHA-256, as OWASP's "Password Storage
    /// Cheat Sheet" has them.
    const WITHOUT_MEMORY: Self = Self {
        memory: 0,
        passes: 600_000,
    };
    /// The most of those that are done because a server says so.
    const MOST_ROUNDS: u32 = 10_000_000;
}

/// Why a vault is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Locked {
    /// The passphrase is another one.
    #[error("this is not the passphrase")]
    WrongPassphrase,
    /// It is none, or one of a newer build.
    #[error("what is kept there cannot be read")]
    Unknown,
    /// This device lacks the memory to open it.
    #[error("this takes more memory than there is")]
    NoMemory,
}

/// The master key, sealed by a passphrase: a document that can be read by whoever has that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    /// The number of this form.
    postil: u32,
    /// What derives the key.
    derivation: String,
    #[serde(flatten)]
    cost: Cost,
    salt: String,
    key: String,
    /// See [`Keys`]: who has the master key itself can tell that it is the one in here.
    check: String,
}

/// The name of the vault's document.
pub const VAULT: &str = "postil:vault";
const FORM: u32 = 1;
const ARGON2ID: &str = "argon2id";
const PBKDF2: &str = "pbkdf2-sha-256";

impl Vault {
    /// Seals a master key by a passphrase. If there is no memory for this cost, PBKDF2 is used instead.
    ///
    /// # Errors
    /// If the cost is none that is possible.
    pub async fn seal(
        cipher: &dyn Cipher,
        master: &Key,
        passphrase: &str,
        salt: Salt,
        cost: Cost,
    ) -> Result<Self, Locked> {
        let (derivation, cost, key) = match derived(ARGON2ID, passphrase, &salt, cost) {
            Err(Locked::NoMemory) => {
                let cost = Cost::WITHOUT_MEMORY;
                (PBKDF2, cost, derived(PBKDF2, passphrase, &salt, cost)?)
            }
            key => (ARGON2ID, cost, key?),
        };
        let sealed = cipher.seal(&key, VAULT, master.to_vec()).await;
        Ok(Self {
            postil: FORM,
            derivation: derivation.to_owned(),
            cost,
            salt: base64::encode(&salt, URL_SAFE),
            key: base64::encode(&sealed, URL_SAFE),
            check: Keys::of(master).check(),
        })
    }

    /// True if this master key is the one in here.
    pub fn is_of(&self, master: &Key) -> bool {
        self.check == Keys::of(master).check()
    }

    /// Opens the master key.
    ///
    /// # Errors
    /// See [`Locked`].
    pub async fn open(&self, cipher: &dyn Cipher, passphrase: &str) -> Result<Key, Locked> {
        let Cost { memory, passes } = self.cost;
        let fits = match &*self.derivation {
            ARGON2ID => memory <= Cost::MOST.memory && passes <= Cost::MOST.passes,
            PBKDF2 => (1..=Cost::MOST_ROUNDS).contains(&passes),
            _ => false,
        };
        if self.postil != FORM || !fits {
            return Err(Locked::Unknown);
        }
        let bytes = |text: &str| base64::decode(text.as_bytes(), SMALLEST);
        let salt = Salt::try_from(bytes(&self.salt)).map_err(|_| Locked::Unknown)?;
        let key = derived(&self.derivation, passphrase, &salt, self.cost)?;
        let master = cipher.open(&key, VAULT, bytes(&self.key)).await;
        let master = master.ok_or(Locked::WrongPassphrase)?;
        Key::try_from(master).map_err(|_| Locked::Unknown)
    }
}

/// Derives a key from a passphrase, however its letters are typed.
fn derived(derivation: &str, passphrase: &str, salt: &Salt, cost: Cost) -> Result<Key, Locked> {
    let passphrase: String = passphrase.nfkc().collect();
    let mut key = Key::default();
    if derivation == PBKDF2 {
        pbkdf2_hmac::<Sha256>(passphrase.as_bytes(), salt, cost.passes, &mut key);
        return Ok(key);
    }
    let params = Params::new(cost.memory, cost.passes, 1, Some(size_of::<Key>()));
    let params = params.map_err(|_| Locked::Unknown)?;
    let mut memory = Vec::new();
    let blocks = params.block_count();
    memory
        .try_reserve_exact(blocks)
        .map_err(|_| Locked::NoMemory)?;
    memory.resize(blocks, Block::default());
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(passphrase.as_bytes(), salt, &mut key, memory)
        .map_err(|_| Locked::Unknown)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::padme;

    #[test]
    fn little_is_told_of_a_length() {
        for length in 512..70_000 {
            let padded = padme(length);
            assert!(
                padded >= length && padded <= length + length / 8,
                "{length}"
            );
            assert_eq!(padme(padded), padded, "{length}");
        }
        let sizes: std::collections::BTreeSet<usize> = (512..1_000_000).map(padme).collect();
        assert!(sizes.len() < 300, "{}", sizes.len());
    }
}
