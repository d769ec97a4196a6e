//! A server that speaks CouchDB's protocol, for one test: PouchDB Server, with its data in a folder of
//! its own, so that it can be killed and started again.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The variable that names its program; `cargo xtask test` installs it.
const PROGRAM: &str = "POSTIL_COUCH";
/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(50);

/// A server that ends with its last use.
pub struct Couch {
    folder: PathBuf,
    child: Option<Child>,
    line: Line,
}

/// A way to a server, whether or not it is there.
#[derive(Clone)]
pub struct Line {
    port: u16,
    /// What is sent with each request.
    authorization: String,
}

impl Couch {
    /// Starts one that lets anybody do anything.
    pub fn start() -> Self {
        Self::with(&json!({}), "")
    }

    /// Starts one that knows one name with one password; `authorization` is the header of both.
    pub fn with_sign_in(name: &str, password: &str, authorization: &str) -> Self {
        let settings = json!({
            "admins": { name: password },
            "couch_httpd_auth": { "require_valid_user": true },
        });
        Self::with(&settings, authorization)
    }

    /// Starts one whose answers pages of other sites cannot read.
    pub fn closed() -> Self {
        Self::with(&json!({ "httpd": { "enable_cors": false } }), "")
    }

    fn with(settings: &Value, authorization: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("postil-couch-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder for the server's data");
        let settings = settings.to_string();
        std::fs::write(folder.join("config.json"), settings).expect("its settings");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener
            .local_addr()
            .expect("the port we were given")
            .port();
        drop(listener);
        let mut couch = Self {
            folder,
            child: None,
            line: Line {
                port,
                authorization: authorization.to_owned(),
            },
        };
        couch.resume();
        couch
    }

    /// Starts it again, with what it has stored.
    pub fn resume(&mut self) {
        let program = std::env::var_os(PROGRAM);
        let program = program.expect("POSTIL_COUCH names pouchdb-server's program");
        let child = Command::new("node")
            .arg(program)
            .args(["--no-stdout-logs", "--host", "127.0.0.1", "--port"])
            .arg(self.line.port.to_string())
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .spawn();
        self.child = Some(child.expect("node starts"));
        let end = Instant::now() + PATIENCE;
        while !matches!(self.line.ask("GET", "", None), Ok((200 | 401, _))) {
            assert!(Instant::now() < end, "the server does not answer");
            thread::sleep(GLANCE);
        }
    }

    /// Kills it, in the middle of whatever it is doing.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
    }

    /// The address of a database.
    pub fn address_of(&self, database: &str) -> String {
        format!("http://127.0.0.1:{}/{database}", self.line.port)
    }

    /// The way there.
    pub fn line(&self) -> Line {
        self.line.clone()
    }

    /// Puts a document into a database, which is made if it is not there; false if the server does not take
    /// it.
    pub fn put(&self, database: &str, document: &str) -> bool {
        let ask = |method, body| self.line.ask(method, database, body);
        let (status, said) = ask("PUT", None).expect("the server answers");
        assert!(matches!(status, 201 | 412), "{said}");
        matches!(ask("POST", Some(document)), Ok((200..=299, _)))
    }

    /// True if something in a database says this.
    pub fn says(&self, database: &str, said: &str) -> bool {
        self.everything(database).contains(said)
    }

    /// Everything that a database holds, as the server has it.
    pub fn documents(&self, database: &str) -> Vec<Value> {
        let all: Value = serde_json::from_str(&self.everything(database)).expect("it is JSON");
        let rows = all["rows"].as_array().expect("a list of documents");
        rows.iter().map(|row| row["doc"].clone()).collect()
    }

    /// The same as the server answers it.
    fn everything(&self, database: &str) -> String {
        let path = format!("{database}/_all_docs?include_docs=true&conflicts=true");
        let answer = self.line.ask("GET", &path, None);
        let (status, all) = answer.expect("the server answers");
        assert_eq!(status, 200, "{all}");
        all
    }
}

impl Line {
    /// Sends a request by HTTP 1.0, so that the answer ends with the connection; returns the status and
    /// the body.
    ///
    /// # Errors
    /// If the server cannot be reached or breaks off.
    pub fn ask(&self, method: &str, path: &str, body: Option<&str>) -> io::Result<(u16, String)> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        let body = body.unwrap_or_default();
        let mut head = format!(
            "{method} /{path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        if !self.authorization.is_empty() {
            head += &format!("Authorization: {}\r\n", self.authorization);
        }
        stream.write_all(head.as_bytes())?;
        stream.write_all(b"\r\n")?;
        stream.write_all(body.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let broken = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Ok((status.ok_or_else(broken)?, body.to_owned()))
    }
}

impl Drop for Couch {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
