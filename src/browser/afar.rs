//! What this browser keeps of a reader's server: the account, and what was seen there. It is among the
//! handles in the database, where no export looks.

use std::collections::BTreeSet;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore};

use super::database::{self, HANDLES};
use super::js;
use super::tabs;
use crate::app::ports::BoxFuture;
use crate::app::sync::circle::Among;
use crate::app::sync::desk::{Digest, Known, Seen};
use crate::app::sync::joining::Account;
use crate::app::sync::server::Sequence;
use crate::model::digest::Digest as ArticleDigest;
use crate::model::sync::record::Path;
use crate::model::sync::version::Dot;

/// The names under which something is kept of a database.
struct Names {
    /// Keys of the account, of the name of the database's life, and of how far its changes were read.
    account: &'static str,
    life: &'static str,
    since: &'static str,
    /// What begins the keys of documents that were seen, and what follows all of them.
    seen: [&'static str; 2],
    /// The same of texts that are there.
    texts: [&'static str; 2],
    /// The lock of the tab that synchronises.
    lock: &'static str,
}

const DEVICES: Names = Names {
    account: "server",
    life: "server life",
    since: "server since",
    seen: ["seen/", "seen0"],
    texts: ["text/", "text0"],
    lock: "postil synchronises",
};

const READERS: Names = Names {
    account: "circle",
    life: "circle life",
    since: "circle since",
    seen: ["circle seen/", "circle seen0"],
    texts: ["circle text/", "circle text0"],
    lock: "postil reads together",
};

fn names(among: Among) -> &'static Names {
    match among {
        Among::Devices => &DEVICES,
        Among::Readers => &READERS,
    }
}

/// Stands between the fields of what was seen; none has white space.
const BETWEEN: char = ' ';
/// Stands for a field that is not there.
const NONE: &str = "-";

/// The account, if there is one.
pub async fn account(among: Among) -> Option<Account> {
    let text = database::read_one(HANDLES, &names(among).account.into())
        .await
        .ok()?;
    serde_json::from_str(&text.as_string()?).ok()
}

/// Keeps the account, or forgets it, and forgets what was known of another.
pub async fn keep_account(among: Among, account: Option<String>) -> Result<(), JsValue> {
    write(move |store| {
        forget(among, store)?;
        let key = names(among).account.into();
        match &account {
            Some(account) => store.put_with_key(&account.into(), &key)?,
            None => store.delete(&key)?,
        };
        Ok(())
    })
    .await
}

/// Forgets what was seen, and remembers the name of the database's life.
pub async fn begin_anew(among: Among, life: String) -> Result<(), JsValue> {
    write(move |store| {
        forget(among, store)?;
        store.put_with_key(&life.into(), &names(among).life.into())?;
        Ok(())
    })
    .await
}

/// Remembers documents that were seen, and how far the changes were read.
pub async fn remember(
    among: Among,
    seen: Vec<(Path, Seen)>,
    since: Option<Sequence>,
) -> Result<(), JsValue> {
    write(move |store| {
        for (path, seen) in &seen {
            let key = [names(among).seen[0], path.as_str()].concat();
            store.put_with_key(&text_of(seen).into(), &key.into())?;
        }
        if let Some(since) = &since {
            store.put_with_key(&(&**since).into(), &names(among).since.into())?;
        }
        Ok(())
    })
    .await
}

/// The digests of the texts that the server has.
pub async fn texts(among: Among) -> BTreeSet<ArticleDigest> {
    read_texts(&names(among).texts).await.unwrap_or_default()
}

async fn read_texts(range: &[&'static str; 2]) -> Result<BTreeSet<ArticleDigest>, JsValue> {
    let database = database::open().await?;
    let reading = database::to_read(&database, HANDLES)?;
    let store = reading.object_store(HANDLES)?;
    let keys = store.get_all_keys_with_key(&all(range)?.into())?;
    database::complete_and_close(&reading, &database).await?;
    let keys = js::texts(&keys.result()?.dyn_into()?).into_iter();
    let digest = |key: String| ArticleDigest::parse(key.strip_prefix(range[0])?);
    Ok(keys.filter_map(digest).collect())
}

/// Remembers that the server has a text.
pub async fn remember_text(among: Among, digest: ArticleDigest) -> Result<(), JsValue> {
    write(move |store| {
        let key = [names(among).texts[0], digest.as_str()].concat();
        store.put_with_key(&true.into(), &key.into())?;
        Ok(())
    })
    .await
}

/// True if the reader wants to have as little sent as possible
/// (<https://wicg.github.io/savedata/>).
pub fn saves_data() -> bool {
    let connection = js::get(&super::system::window().navigator(), "connection");
    js::get(&connection, "saveData").is_truthy()
}

/// What is known of the server. What cannot be read is forgotten: it is compared anew.
pub async fn known(among: Among) -> Known {
    read_known(names(among)).await.unwrap_or_default()
}

async fn read_known(names: &Names) -> Result<Known, JsValue> {
    let database = database::open().await?;
    let reading = database::to_read(&database, HANDLES)?;
    let store = reading.object_store(HANDLES)?;
    let (life, since) = (
        store.get(&names.life.into())?,
        store.get(&names.since.into())?,
    );
    let range = all(&names.seen)?.into();
    let keys = store.get_all_keys_with_key(&range)?;
    let values = store.get_all_with_key(&range)?;
    database::complete_and_close(&reading, &database).await?;
    let text = |request: &web_sys::IdbRequest| request.result().ok()?.as_string();
    let texts = |request: &web_sys::IdbRequest| -> Result<Vec<String>, JsValue> {
        Ok(js::texts(&request.result()?.dyn_into()?))
    };
    let pairs = texts(&keys)?.into_iter().zip(texts(&values)?);
    let documents = pairs.filter_map(|(key, value)| {
        let path = Path::parse(key.strip_prefix(names.seen[0])?)?;
        Some((path, seen_of(&value)?))
    });
    Ok(Known {
        life: text(&life),
        since: text(&since).map(Sequence::from),
        documents: documents.collect(),
    })
}

fn text_of(seen: &Seen) -> String {
    let revision = seen.revision.as_deref().unwrap_or(NONE);
    let record = match &seen.record {
        Some(Digest { dot, check }) => format!("{dot}{BETWEEN}{check}"),
        None => NONE.to_owned(),
    };
    format!("{revision}{BETWEEN}{record}")
}

fn seen_of(text: &str) -> Option<Seen> {
    let (revision, record) = text.split_once(BETWEEN)?;
    let record = match record.split_once(BETWEEN) {
        Some((dot, check)) => Some(Digest {
            dot: Dot::parse(dot)?,
            check: check.parse().ok()?,
        }),
        None => None,
    };
    Some(Seen {
        revision: (revision != NONE).then(|| revision.into()),
        record,
    })
}

fn all([first, after]: &[&'static str; 2]) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&(*first).into(), &(*after).into())
}

/// Forgets everything but the account.
fn forget(among: Among, store: &IdbObjectStore) -> Result<(), JsValue> {
    let names = names(among);
    for key in [names.life, names.since] {
        store.delete(&key.into())?;
    }
    for range in [&names.seen, &names.texts] {
        store.delete(&all(range)?.into())?;
    }
    Ok(())
}

fn write(
    change: impl FnOnce(&IdbObjectStore) -> Result<(), JsValue> + 'static,
) -> BoxFuture<Result<(), JsValue>> {
    Box::pin(async move {
        let database = database::open().await?;
        let writing = database::to_write(&database, HANDLES)?;
        change(&writing.object_store(HANDLES)?)?;
        database::complete_and_close(&writing, &database).await
    })
}

/// Makes this tab the one that synchronises; false if another one does and is not to stop. Where tabs
/// cannot tell, two may do the same, which does no harm.
pub async fn lead(among: Among, takes: bool) -> bool {
    tabs::lead(names(among).lock, takes).await
}

/// True while this tab is the one that synchronises.
pub fn leads(among: Among) -> bool {
    tabs::leads(names(among).lock)
}
