//! Speaks with the server of a reader: sends requests, and seals and opens what goes there.

use std::cell::RefCell;
use std::rc::Rc;

use postil::app::sync::couch::{Codec, Couch, Http, Reply, Request, WAIT};
use postil::app::sync::joining::{self, Account, Entered, Looked, Secret};
use postil::app::sync::messages::{AskServer, Asked, Join, Joined, ServerAnswer};
use postil::app::sync::plain::Plain;
use postil::app::sync::sealing::{Keys, Sealed};
use postil::app::sync::server::{Answer, Server, TextServer, Trouble};
use postil::app::sync::signing::Signed;
use postil::browser::cipher::{self, BrowserCipher};
use postil::browser::network::{self, FetchError, Sent};
use postil::import::address;
use postil::model::base64::{self, STANDARD};

/// Milliseconds after which a server counts as not answering; the page waits a little longer.
const PATIENCE: u32 = 50_000;
/// The same while it waits for a change.
const PATIENCE_OF_WAITING: u32 = WAIT + 10_000;
/// Longest answer, in bytes: a list of changes has the documents in it.
const LONGEST: usize = 64 << 20;
/// Addresses that begin so, without a scheme, are of this machine.
const HERE: [&str; 2] = ["localhost", "127.0.0.1"];

/// Sends requests to one database, as one reader.
#[derive(Clone)]
struct Database {
    address: String,
    authorization: Option<String>,
}

impl Database {
    fn new(address: &str, name: &str, password: &str) -> Self {
        // RFC 7617, §2.1: in UTF-8.
        let pair = [name, ":", password].concat();
        let basic = || ["Basic ", &base64::encode(pair.as_bytes(), STANDARD)].concat();
        Self {
            address: address.to_owned(),
            authorization: (!name.is_empty()).then(basic),
        }
    }
}

impl Http for Database {
    fn send(&self, request: Request) -> Answer<Reply> {
        let database = self.clone();
        Box::pin(async move {
            let address = match request.path.is_empty() {
                true => database.address.clone(),
                false => [&database.address, "/", &request.path].concat(),
            };
            let waits = request.path.contains("feed=longpoll");
            let sent = Sent {
                method: request.method,
                address: &address,
                authorization: database.authorization.as_deref(),
                body: request.body.as_deref(),
                patience: if waits { PATIENCE_OF_WAITING } else { PATIENCE },
                most: LONGEST,
            };
            let (status, bytes) = network::send(&sent).await.map_err(|error| match error {
                FetchError::TooLarge => Trouble::TooLong,
                _ => Trouble::Unreachable,
            })?;
            let body = String::from_utf8_lossy(&bytes).into_owned();
            Ok(Reply { status, body })
        })
    }
}

/// Looks at a database, or joins it.
pub async fn join(question: Join) -> Joined {
    let Join {
        entered,
        only_looks,
    } = question;
    Joined(joined(entered, only_looks).await)
}

async fn joined(entered: Entered, only_looks: bool) -> Result<(Looked, Account), Trouble> {
    let Entered {
        address,
        name,
        password,
        secret,
        maker,
    } = entered.with_credentials_apart();
    let address = database_address(&address).ok_or(Trouble::NoAddress)?;
    if secret != Secret::None && !cipher::is_there() {
        return Err(Trouble::Unsafe);
    }
    let database = Database::new(&address, &name, &password);
    let cipher = BrowserCipher::default();
    let (looked, mut key) = match joining::look(&database, &cipher, &secret).await {
        Err(Trouble::Unreachable) if network::is_answered(&address).await => {
            return Err(Trouble::Closed);
        }
        outcome => outcome?,
    };
    if !only_looks {
        let dice = cipher::random();
        key = joining::join(&database, &cipher, &secret, &dice).await?;
    }
    let account = Account {
        address,
        name,
        password,
        key: key.map(|key| base64::encode(&key, STANDARD)),
        maker,
    };
    Ok((looked, account))
}

/// The address of a database, without a slash at its end; `None` if it is none.
fn database_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_here = HERE.iter().any(|host| typed.starts_with(host));
    let typed = match is_here {
        true => ["http://", typed].concat(),
        false => typed.to_owned(),
    };
    let address = address::normalise(&typed).ok()?;
    let address = address.split('?').next()?.trim_end_matches('/');
    let (_, rest) = address.split_once("://")?;
    rest.contains('/').then(|| address.to_owned())
}

thread_local! {
    /// The cipher, which holds the key used last.
    static CIPHER: RefCell<Option<Rc<BrowserCipher>>> = const { RefCell::new(None) };
}

/// Asks something of the server with a database.
pub async fn ask(question: AskServer) -> ServerAnswer {
    let AskServer { account, asked } = question;
    let database = Database::new(&account.address, &account.name, &account.password);
    let codec: Box<dyn Codec> = match &account.key {
        Some(key) => match joining::key_of(key) {
            Some(key) => Box::new(Sealed {
                keys: Keys::of(&key),
                cipher: CIPHER.with_borrow_mut(|held| held.get_or_insert_default().clone()),
            }),
            None => return ServerAnswer::Trouble(Trouble::WrongPassphrase),
        },
        None => Box::new(Plain),
    };
    let maker = account.maker.as_deref().map(Rc::from);
    let server = Couch::new(database.clone(), Signed { codec, maker });
    let answer = match asked {
        Asked::Identity(fresh) => server.identity(fresh).await.map(ServerAnswer::Identity),
        Asked::Changes(since, most) => server.changes(since, most).await.map(ServerAnswer::Changes),
        Asked::Wait(since) => server.wait(since).await.map(|()| ServerAnswer::Changed),
        Asked::Current(paths) => server.current(paths).await.map(ServerAnswer::Current),
        Asked::Versions(wanted) => server.versions(wanted).await.map(ServerAnswer::Versions),
        Asked::Text(digest) => server.text(digest).await.map(ServerAnswer::Text),
        Asked::PutText(digest, json) => {
            let put = server.put_text(digest, json).await;
            put.map(|()| ServerAnswer::TextIsThere)
        }
        Asked::Clear => joining::clear(&database)
            .await
            .map(|()| ServerAnswer::Cleared),
        Asked::Put(documents) => server.put(documents).await.map(ServerAnswer::Put),
    };
    answer.unwrap_or_else(ServerAnswer::Trouble)
}
