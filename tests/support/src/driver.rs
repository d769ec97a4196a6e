//! Browsers: starts one through its driver with a fresh profile, and ends both when dropped.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// How long a driver may take to listen; it takes 0.1 s on an idle machine.
const DRIVER_PATIENCE: Duration = Duration::from_secs(30);

/// How long a browser may take to quit.
const FAREWELL: Duration = Duration::from_secs(10);

const GLANCE: Duration = Duration::from_millis(20);

/// The browsers that journeys run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, driven by WebKitWebDriver, which needs a display.
    WebKit,
}

impl Engine {
    fn driver(self, port: u16) -> Command {
        let (variable, name) = match self {
            Engine::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Engine::Firefox => ("GECKODRIVER", "geckodriver"),
            Engine::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        };
        let mut command = Command::new(std::env::var_os(variable).unwrap_or_else(|| name.into()));
        command.arg(format!("--port={port}"));
        if self == Engine::Firefox {
            // Two Firefoxes on the default port would lock each other out.
            command.arg(format!("--websocket-port={}", free_port()));
        }
        command
    }

    fn capabilities(self, setup: &Setup, downloads: &Path) -> Capabilities {
        let (name, value) = match self {
            Engine::Chromium => ("goog:chromeOptions", chromium_options(setup, downloads)),
            Engine::Firefox => ("moz:firefoxOptions", firefox_options(setup, downloads)),
            Engine::WebKit => ("webkitgtk:browserOptions", webkit_options()),
        };
        let mut capabilities = Capabilities::new();
        capabilities.insert(name.to_owned(), value);
        if self == Engine::Chromium {
            capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        }
        capabilities
    }
}

/// How the browser of a test differs from the usual one.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Width and height of the page's window, in CSS pixels. Firefox's minimum width is 450.
    pub size: (u32, u32),
    /// The reader prefers dark pages.
    pub dark: bool,
    /// More that the reader asks for, as media features with their values; only Chromium has them.
    pub media: &'static [(&'static str, &'static str)],
    /// True if the reader has blocked site data.
    pub site_data_blocked: bool,
    /// Uses the build with fault injection and the robot; `POSTIL_CHAOS` names its folder.
    pub chaos: bool,
    /// The reader's time zone, by its IANA name.
    pub time_zone: Option<&'static str>,
    /// The languages that the reader's browser wants, in order; empty for its usual one, English.
    pub languages: &'static str,
    /// The reader has chosen German in the app, whatever the browser wants.
    pub german: bool,
    /// Additional arguments for Chromium.
    pub chromium_arguments: Vec<String>,
    /// Additional preferences, by their names in Chromium and in Firefox.
    pub chromium_prefs: Vec<(&'static str, Value)>,
    /// More preferences of Firefox, by name.
    pub firefox_prefs: Vec<(&'static str, Value)>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            size: (1280, 800),
            dark: false,
            media: &[],
            site_data_blocked: false,
            chaos: false,
            time_zone: None,
            languages: "",
            german: false,
            chromium_arguments: Vec::new(),
            chromium_prefs: Vec::new(),
            firefox_prefs: Vec::new(),
        }
    }
}

impl Setup {
    /// True if a browser that was started for this setup can take one for the other too: each tab
    /// has its size and, in Chromium, its media features, and each reader their own server, for whose
    /// origin alone the browser keeps what the reader has chosen.
    pub(crate) fn shares_browser(&self, other: &Setup, engine: Engine) -> bool {
        let browser = |setup: &Setup| Setup {
            size: (0, 0),
            dark: setup.dark && engine == Engine::Firefox,
            media: &[],
            chaos: false,
            german: false,
            ..setup.clone()
        };
        browser(self) == browser(other)
    }
}

fn chromium_options(setup: &Setup, downloads: &Path) -> Value {
    let mut prefs = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        // Otherwise a page's second download asks for permission.
        "profile.default_content_setting_values.automatic_downloads": 1,
    });
    if setup.site_data_blocked {
        prefs["profile.default_content_setting_values.cookies"] = json!(2);
    }
    if !setup.languages.is_empty() {
        prefs["intl.accept_languages"] = json!(setup.languages);
    }
    for (name, value) in &setup.chromium_prefs {
        prefs[*name] = value.clone();
    }
    let flags = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
                 --disable-component-update --disable-sync --no-first-run --disable-quic";
    let wanted =
        (!setup.languages.is_empty()).then(|| format!("--accept-lang={}", setup.languages));
    let more = setup.chromium_arguments.iter().map(String::as_str);
    let all = flags
        .split_whitespace()
        .chain(more)
        .chain(wanted.as_deref());
    json!({ "args": all.collect::<Vec<_>>(), "prefs": prefs })
}

fn firefox_options(setup: &Setup, downloads: &Path) -> Value {
    let mut prefs = json!({
        // 2: the folder named on the next line.
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
        "browser.download.useDownloadDir": true,
        "browser.download.alwaysOpenPanel": false,
        // 0: dark, 1: light.
        "layout.css.prefers-color-scheme.content-override": if setup.dark { 0 } else { 1 },
    });
    if setup.site_data_blocked {
        prefs["network.cookie.cookieBehavior"] = json!(2);
        prefs["dom.storage.enabled"] = json!(false);
    }
    if !setup.languages.is_empty() {
        prefs["intl.accept_languages"] = json!(setup.languages);
    }
    for (name, value) in &setup.firefox_prefs {
        prefs[*name] = value.clone();
    }
    json!({ "args": ["-headless"], "prefs": prefs })
}

/// A folder with the setting by which WebKitGTK knows where downloads go.
fn of_the_user(downloads: &Path) -> &Path {
    let folder = downloads.parent().unwrap_or(downloads);
    let setting = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    std::fs::write(folder.join("user-dirs.dirs"), setting).expect("a setting");
    folder
}

fn webkit_options() -> Value {
    // Debian has it in a folder of the architecture and of the library's version.
    let folders = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let versions = folders.flat_map(|folder| {
        std::fs::read_dir(folder.path())
            .into_iter()
            .flatten()
            .flatten()
    });
    let browser = versions
        .map(|version| version.path().join("MiniBrowser"))
        .find(|path| path.exists());
    let browser = browser.expect("WebKitGTK's MiniBrowser, of Debian's package webkit2gtk-driver");
    json!({ "binary": browser, "args": ["--automation"] })
}

/// A running browser with its driver and a folder for its files; dropping it removes all three.
pub struct Browser {
    /// The connection to the driver.
    pub client: Client,
    /// The browser's own folder, removed when it ends.
    pub folder: PathBuf,
    process: Child,
    port: u16,
    session: String,
}

/// How often starting a driver is tried: on a busy machine one sometimes never answers.
const ATTEMPTS: u32 = 3;

/// Starts a driver that answers, and a browser.
async fn connect(engine: Engine, setup: &Setup, downloads: &Path) -> (Client, KilledOnDrop, u16) {
    for attempt in 1.. {
        let port = free_port();
        // Wrapped at once, so that the driver is killed too if no browser starts.
        let mut driver = engine.driver(port);
        driver.envs(setup.time_zone.map(|zone| ("TZ", zone)));
        if engine == Engine::WebKit {
            driver.env("XDG_CONFIG_HOME", of_the_user(downloads));
        }
        let waiting = KilledOnDrop(Some(launch(driver, port)));
        let connected = ClientBuilder::new(HttpConnector::new())
            .capabilities(engine.capabilities(setup, downloads))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match connected {
            Ok(client) => return (client, waiting, port),
            Err(error) if attempt < ATTEMPTS => {
                eprintln!("{engine:?} did not start, once more: {error}")
            }
            Err(error) => panic!("{engine:?} did not start: {error}"),
        }
    }
    unreachable!("the last attempt returns or panics")
}

impl Browser {
    /// Starts a browser with a fresh profile.
    pub async fn start(engine: Engine, setup: &Setup) -> Self {
        let folder = fresh_folder();
        let downloads = folder.join("downloads");
        std::fs::create_dir_all(&downloads).expect("a folder for downloads");
        let (client, mut waiting, port) = connect(engine, setup, &downloads).await;
        let session = client
            .session_id()
            .await
            .ok()
            .flatten()
            .expect("a session has a name");
        let process = waiting.0.take().expect("the driver is still ours");
        Self {
            client,
            folder,
            process,
            port,
            session,
        }
    }

    /// Process id of the driver, the ancestor of the browser's processes.
    pub fn driver(&self) -> u32 {
        self.process.id()
    }

    /// Closes every tab but a new one, and forgets what the last reader pressed, downloaded or was told:
    /// then the browser is as good as new for pages of other origins.
    pub(crate) async fn tidy(&self) -> Result<(), CmdError> {
        self.client.release_actions().await?;
        let old = self.client.windows().await?;
        let new = self.client.new_window(true).await?.handle;
        for tab in old {
            self.client.switch_to_window(tab).await?;
            self.client.close_window().await?;
        }
        self.client.switch_to_window(new).await?;
        // Only Chromium's driver keeps a log.
        self.client
            .issue_cmd(VendorCommand::console_log())
            .await
            .ok();
        for file in std::fs::read_dir(self.downloads())
            .into_iter()
            .flatten()
            .flatten()
        {
            std::fs::remove_file(file.path()).ok();
        }
        Ok(())
    }

    /// The folder into which the browser saves files.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }
}

impl Drop for Browser {
    /// Asks the driver to quit the browser first: a killed driver leaves its browser running.
    fn drop(&mut self) {
        end_session(self.port, &self.session).ok();
        self.process.kill().ok();
        self.process.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

struct KilledOnDrop(Option<Child>);

impl Drop for KilledOnDrop {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

/// Works without the client, whose runtime may be gone after a failed test.
fn end_session(port: u16, session: &str) -> std::io::Result<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(FAREWELL))?;
    let request = format!(
        "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    // The answer comes once the browser has quit.
    stream.read(&mut [0]).map(drop)
}

fn launch(mut command: Command, port: u16) -> Child {
    let program = command.get_program().to_owned();
    let spawned = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut process =
        spawned.unwrap_or_else(|error| panic!("{program:?} could not be started: {error}"));
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if let Ok(Some(status)) = process.try_wait() {
            panic!("{program:?} ended early ({status})");
        }
        assert!(
            start.elapsed() < DRIVER_PATIENCE,
            "{program:?} does not listen"
        );
        thread::sleep(GLANCE);
    }
    process
}

/// A free port for a driver.
fn free_port() -> u16 {
    let listener = listener().local_addr();
    listener.expect("a listener has an address").port()
}

/// Listens on a port that this program has not had before, and so on an origin that no browser knows.
///
/// It is below the range that systems use for outgoing connections: a port in that range may be
/// taken before a driver listens on it, or may connect to itself when probed.
pub(crate) fn listener() -> TcpListener {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    const FIRST: u32 = 10_000;
    const COUNT: u32 = 20_000;
    // Test runs in parallel start at different ports.
    let start = std::process::id().wrapping_mul(97);
    let candidates = std::iter::repeat_with(|| {
        start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT + FIRST
    });
    let mut ports = candidates.take(COUNT as usize).map(|port| port as u16);
    ports
        .find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .expect("a free port")
}

/// The folder `tmp` of the build that runs: what Cargo calls `CARGO_TARGET_TMPDIR`, and tells only to
/// the tests themselves.
pub(crate) fn scratch() -> PathBuf {
    let program = std::env::current_exe().expect("the program has a path");
    // The program is in `deps/` of a profile.
    let target = program.ancestors().nth(3).expect("a folder of builds");
    target.join("tmp")
}

fn fresh_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = scratch().join(format!("e2e-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the browser's files");
    folder
}

/// A driver-specific command, or one that the client lacks, below `/session/{id}/`.
#[derive(Debug)]
pub struct VendorCommand {
    path: &'static str,
    body: Value,
}

impl VendorCommand {
    /// A method of Chromium's DevTools protocol, <https://chromedevtools.github.io/devtools-protocol/>.
    pub fn devtools(method: &str, params: Value) -> Self {
        Self {
            path: "goog/cdp/execute",
            body: json!({ "cmd": method, "params": params }),
        }
    }

    /// Prints the page to a Base64 PDF (<https://www.w3.org/TR/webdriver2/#print>).
    pub fn print() -> Self {
        Self {
            path: "print",
            body: json!({ "background": true }),
        }
    }

    /// Messages in Chromium's console since the last call.
    pub fn console_log() -> Self {
        Self {
            path: "se/log",
            body: json!({ "type": "browser" }),
        }
    }
}

impl WebDriverCompatibleCommand for VendorCommand {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

#[test]
fn who_has_chosen_german_shares_the_usual_browser() {
    let german = Setup {
        german: true,
        ..Setup::default()
    };
    let wants_german = Setup {
        languages: "de",
        ..Setup::default()
    };
    for engine in [Engine::Chromium, Engine::Firefox] {
        assert!(german.shares_browser(&Setup::default(), engine));
        assert!(!wants_german.shares_browser(&Setup::default(), engine));
    }
}
