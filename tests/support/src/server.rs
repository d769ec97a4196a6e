//! A small web server for tests: the built site in a subfolder, pages made by a test, and a log.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::driver::listener;

/// The site's path, a subfolder to prove that its addresses are relative.
pub const SITE: &str = "/some/folder/";

/// The path below which pages can post messages to the test.
pub const TOLD: &str = "/told/";

/// Read timeout: browsers open connections in advance and send nothing on them.
const PATIENCE: Duration = Duration::from_secs(30);

/// Interval at which a request that is held looks whether it still is.
const GLANCE: Duration = Duration::from_millis(5);

/// A page, or any other response, made by a test.
#[derive(Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Vec<u8>,
    /// Never sent: the client waits until it gives up.
    pub held_back: bool,
}

impl Answer {
    /// A successful answer of this media type.
    pub fn new(mime: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            held_back: false,
        }
        .with_header("Content-Type", mime)
    }

    /// A successful answer that is a page.
    pub fn html(body: &str) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, never sent.
    pub fn held_back(mut self) -> Self {
        self.held_back = true;
        self
    }

    /// The same with this HTTP status.
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

/// Serves on a free port, and so on an origin of its own, until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    site: Option<PathBuf>,
    made_up: Mutex<HashMap<String, Answer>>,
    asked: Mutex<Vec<String>>,
    /// Bodies of the requests below [`TOLD`].
    told: Mutex<Vec<String>>,
    closed: AtomicBool,
    /// Paths whose requests wait for now.
    held: Mutex<HashSet<String>>,
    /// True while no request is answered.
    silent: AtomicBool,
    /// True if answers carry the headers of the built site's `_headers`.
    headers: AtomicBool,
    /// The site's files as compressed by [`compress`](Server::compress), by path.
    packed: Mutex<HashMap<String, Vec<u8>>>,
}

impl Server {
    /// Serves the built site, if the environment names it, and every answer [`put`](Self::put).
    pub fn start() -> Self {
        Self::of(std::env::var_os("POSTIL_DIST").map(PathBuf::from))
    }

    /// Serves the build with fault injection.
    pub fn of_chaos() -> Self {
        let site = std::env::var_os("POSTIL_CHAOS");
        Self::of(Some(
            site.expect("POSTIL_CHAOS names the site with the feature `chaos`")
                .into(),
        ))
    }

    fn of(site: Option<PathBuf>) -> Self {
        let listener = listener();
        let address = listener.local_addr().expect("the port we were given");
        let shared = Arc::new(Shared {
            site,
            ..Shared::default()
        });
        let theirs = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if theirs.closed.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&theirs);
                // A client may break the connection, which does not matter.
                thread::spawn(move || shared.converse(stream).ok());
            }
        });
        Self { address, shared }
    }

    /// The full address of a path that starts with a slash.
    pub fn address_of(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The full address of the site, or of a file in it.
    pub fn site(&self, inside: &str) -> String {
        self.address_of(&format!("{SITE}{inside}"))
    }

    /// Sets the answer for `path`, in addition to the site or instead of one of its files.
    pub fn put(&self, path: &str, answer: Answer) {
        lock(&self.shared.made_up).insert(path.to_owned(), answer);
    }

    /// Lets requests for a path wait until [`release`](Self::release).
    pub fn hold(&self, path: &str) {
        lock(&self.shared.held).insert(path.to_owned());
    }

    /// Answers every request that was held.
    pub fn release(&self) {
        lock(&self.shared.held).clear();
    }

    /// The requested paths with their queries since [`forget`](Self::forget), in order.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.shared.asked).clone()
    }

    /// The messages posted below [`TOLD`], in order, without the first `but`.
    pub fn told(&self, but: usize) -> Vec<String> {
        let told = lock(&self.shared.told);
        told.get(but..).unwrap_or_default().to_vec()
    }

    /// Forgets which paths were asked for.
    pub fn forget(&self) {
        lock(&self.shared.asked).clear();
    }

    /// Stops answering, as without a network, or starts again.
    pub fn be_silent(&self, silent: bool) {
        self.shared.silent.store(silent, Ordering::SeqCst);
    }

    /// Sends the headers that the site's `_headers` requests from its host.
    pub fn obey_headers(&self) {
        self.shared.headers.store(true, Ordering::SeqCst);
    }

    /// Sends the site's files, and every answer there is by now, compressed with brotli, as hosts do.
    pub fn compress(&self) {
        let site = self.shared.site.as_ref().expect("a built site");
        let files = fs::read_dir(site).expect("a built site").flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let paths = names
            .map(|name| [SITE, &name].concat())
            .chain([SITE.into()]);
        let made_up = lock(&self.shared.made_up).keys().cloned().collect();
        let paths: Vec<String> = paths.chain::<Vec<String>>(made_up).collect();
        for path in paths {
            let packed = in_brotli(&self.shared.answer(&path).body);
            lock(&self.shared.packed).insert(path, packed);
        }
    }

    /// The bytes of a file of the built site.
    pub fn built(&self, inside: &str) -> Vec<u8> {
        let site = self.shared.site.as_ref().expect("a built site");
        fs::read(site.join(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
    }

    /// The name of the site's file that starts and ends like this, with a digest in between.
    pub fn built_name(&self, start: &str, ending: &str) -> String {
        let site = self.shared.site.as_ref().expect("a built site");
        let files = fs::read_dir(site).expect("a built site");
        let names = files.flatten().map(|file| file.file_name());
        let mut names = names
            .filter_map(|name| name.into_string().ok())
            .filter(|name| name.starts_with(start) && name.ends_with(ending));
        match (names.next(), names.next()) {
            (Some(name), None) => name,
            names => panic!("{start}…{ending}: {names:?}"),
        }
    }

    /// Accepts no more connections, as without a network.
    pub fn close(&self) {
        if !self.shared.closed.swap(true, Ordering::SeqCst) {
            // The listener checks the flag at the next connection.
            TcpStream::connect(self.address).ok();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Ok(());
        };
        let (takes_brotli, body) = read_rest(&mut reader)?;
        if target.starts_with(TOLD) {
            lock(&self.told).push(String::from_utf8_lossy(&body).into_owned());
            return send(&stream, &Answer::new("text/plain", ""), true);
        }
        lock(&self.asked).push(target.to_owned());
        if self.silent.load(Ordering::SeqCst) {
            return Ok(());
        }
        let path = target.split('?').next().unwrap_or(target);
        while lock(&self.held).contains(path) && !self.closed.load(Ordering::SeqCst) {
            thread::sleep(GLANCE);
        }
        let mut answer = self.answer(path);
        if let Some(packed) = lock(&self.packed).get(path).filter(|_| takes_brotli) {
            answer.body = packed.clone();
            answer = answer.with_header("Content-Encoding", "br");
        }
        if self.headers.load(Ordering::SeqCst) {
            answer.headers.extend(self.site_headers());
        }
        if answer.held_back {
            // Waits until the client leaves or the read times out.
            return reader.read_line(&mut line).map(drop);
        }
        send(&stream, &answer, method != "HEAD")
    }

    /// The headers that `_headers` sets for every file.
    fn site_headers(&self) -> Vec<(String, String)> {
        let site = self.site.as_ref().expect("a built site");
        let all = fs::read_to_string(site.join("_headers")).expect("the site's headers");
        let (_, of_all) = all.split_once("/*\n").expect("headers of every file");
        let lines = of_all.lines().take_while(|line| line.starts_with(' '));
        let pairs = lines.filter_map(|line| line.trim().split_once(": "));
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn answer(&self, path: &str) -> Answer {
        if let Some(answer) = lock(&self.made_up).get(path) {
            return answer.clone();
        }
        let inside = path
            .strip_prefix(SITE)
            .filter(|inside| !inside.contains(".."));
        let file = inside
            .zip(self.site.as_ref())
            .map(|(inside, site)| match inside {
                "" => site.join("index.html"),
                inside => site.join(inside),
            });
        match file.and_then(|file| Some(Answer::new(mime(&file), fs::read(&file).ok()?))) {
            Some(answer) => answer,
            None => Answer::new("text/plain", "not here").with_status(404),
        }
    }
}

/// The bytes compressed with brotli, as small as possible.
fn in_brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    let mut input = bytes;
    brotli::BrotliCompress(&mut input, &mut packed, &settings).expect("memory takes everything");
    packed
}

/// Reads headers and body, since closing over unread bytes resets the connection; returns whether
/// the client takes brotli, and the body.
fn read_rest(reader: &mut impl BufRead) -> std::io::Result<(bool, Vec<u8>)> {
    let (mut length, mut takes_brotli) = (0, false);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "accept-encoding" => {
                takes_brotli = value.split(',').any(|coding| coding.trim() == "br");
            }
            _ => {}
        }
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    Ok((takes_brotli, body))
}

fn send(mut stream: &TcpStream, answer: &Answer, with_body: bool) -> std::io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {} .\r\nConnection: close\r\nCache-Control: no-store\r\n",
        answer.status
    );
    head += &format!("Content-Length: {}\r\n", answer.body.len());
    for (name, value) in &answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(if with_body { &answer.body } else { &[] })
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("md") => "text/markdown; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A test that fails while holding a lock leaves the data intact.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
