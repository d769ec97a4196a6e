//! The reader: opens pages and tabs, and waits for what they show.

use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
pub use fantoccini::wd::WindowHandle;
use postil::ui::strings::{Language, Strings};
use serde_json::{Value, json};

use crate::driver::{Browser, Engine, Setup, VendorCommand};
use crate::locator::Name;
use crate::server::{Answer, Server};

/// How long a reader waits for anything to happen. Long, since a machine may be busy: only what
/// never happens takes so long.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Interval at which a waiting reader looks.
pub const GLANCE: Duration = Duration::from_millis(40);

/// A browser with its current tab, and the server of the site.
pub struct Reader {
    /// The kind of browser.
    pub engine: Engine,
    /// The server of the site.
    pub server: Server,
    /// The running browser.
    pub browser: Browser,
    setup: Setup,
}

/// True once the app has taken over the page as it was built, and speaks the language that was chosen
/// by hand, or says why it cannot. On any other page than the app's there is nothing to wait for.
const STARTED: &str = "
    const [chosen] = arguments;
    const waits = document.querySelector('.app.still, [data-another] #article, #article[data-digest]');
    const speaks = !chosen || !document.querySelector('#postil') || document.documentElement.lang === chosen;
    return (!waits && speaks) || !!document.querySelector('.needs:not([hidden]), #panicked[open]')";

/// Key of the setting with the language: see `src/browser/preferences.rs`.
const LANGUAGE: &str = "postil/1/setting/language";

/// Path of a page of the site's origin that is not the app's: there a choice is stored before the app
/// is opened.
const BEFORE: &str = "/before";

impl Reader {
    /// Starts a browser, and a server of the built site.
    pub async fn start(engine: Engine, setup: Setup) -> Self {
        let browser = Browser::start(engine, &setup).await;
        Self::at(browser, engine, setup).await
    }

    /// A reader at a browser that shows an empty tab, and a server of the built site.
    pub(crate) async fn at(browser: Browser, engine: Engine, setup: Setup) -> Self {
        let reader = Self {
            engine,
            server: if setup.chaos {
                Server::of_chaos()
            } else {
                Server::start()
            },
            browser,
            setup,
        };
        reader.prepare_tab().await;
        if reader.setup.german {
            reader.choose_language().await;
        }
        reader
    }

    /// The language in which the app speaks to the reader; English unless [`Setup::german`] says
    /// otherwise.
    pub fn language(&self) -> Language {
        match self.setup.german {
            true => Language::German,
            false => Language::English,
        }
    }

    /// Everything that the app says to the reader, in the reader's language.
    pub fn words(&self) -> &'static Strings {
        self.language().strings()
    }

    /// Stores the reader's language where the app looks for it, and leaves an empty tab again.
    async fn choose_language(&self) {
        // Its icon is in it, so that the server is asked for nothing else.
        let page = "<!doctype html><title>Before</title><link rel=icon href=data:,>";
        self.server.put(BEFORE, Answer::html(page));
        self.go_to(&self.server.address_of(BEFORE)).await;
        self.set_local_storage(LANGUAGE, self.language().tag())
            .await;
        self.go_to("about:blank").await;
        self.server.forget();
    }

    /// Opens the site, and waits for the landmark `main`, which the app draws.
    pub async fn open_site(&self) {
        self.open(&self.server.site("")).await;
        self.by_role("main", Name::Any).wait().await;
    }

    /// Opens this address; if it is the app's, waits until the app has started or says why not.
    pub async fn open(&self, address: &str) {
        self.go_to(address).await;
        self.wait_until_started().await;
    }

    async fn go_to(&self, address: &str) {
        self.browser
            .client
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    /// Waits until the app has taken over the page as it was built, and speaks German if the reader
    /// has chosen that, or says why it cannot.
    pub async fn wait_until_started(&self) {
        let chosen = self.setup.german.then(|| self.language().tag());
        self.wait_for(async || {
            let started = self.run(STARTED, vec![json!(chosen)]).await;
            let started = started.as_bool().filter(|started| *started);
            started.map(drop).ok_or_else(|| match chosen {
                None => "the app does not start".to_owned(),
                Some(tag) => format!("the app does not start, or not in the language {tag}"),
            })
        })
        .await;
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.browser
            .client
            .refresh()
            .await
            .expect("the page loads again");
        self.wait_until_started().await;
    }

    /// Resizes the page's window to a width and height in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics)
                .await;
            return;
        }
        let client = &self.browser.client;
        client
            .set_window_size(width, height)
            .await
            .expect("the window takes a size");
        // The window's size includes bars and borders; the page's does not.
        let inner: (u32, u32) =
            serde_json::from_value(self.run("return [innerWidth, innerHeight]", vec![]).await)
                .expect("two numbers");
        let (wider, higher) = (
            width.saturating_sub(inner.0),
            height.saturating_sub(inner.1),
        );
        client
            .set_window_size(width + wider, height + higher)
            .await
            .expect("the window takes a size");
    }

    /// Opens a tab and switches to it.
    pub async fn new_tab(&self) -> WindowHandle {
        let handle = self
            .browser
            .client
            .new_window(true)
            .await
            .expect("a new tab")
            .handle;
        self.switch_to(&handle).await;
        self.prepare_tab().await;
        handle
    }

    /// The tab that the reader looks at.
    pub async fn this_tab(&self) -> WindowHandle {
        self.browser.client.window().await.expect("the tab's name")
    }

    /// Switches to this tab.
    pub async fn switch_to(&self, tab: &WindowHandle) {
        self.browser
            .client
            .switch_to_window(tab.clone())
            .await
            .expect("the tab is still open");
    }

    /// Closes the tab that the reader looks at; another one is to be switched to.
    pub async fn close_tab(&self) {
        let closed = self.browser.client.close_window().await;
        closed.expect("the tab closes");
    }

    /// Has a script run in this tab before those of each page that is opened from now on; only Chromium does
    /// that.
    pub async fn run_before_pages(&self, script: &str) {
        let params = json!({ "source": script });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", params)
            .await;
    }

    /// Runs a function body in the page and returns its result, awaiting promises.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_run(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("a script failed: {error}"))
    }

    /// The same where the script may fail.
    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.browser.client.execute(script, arguments).await
    }

    /// Calls a method of Chromium's DevTools protocol.
    pub async fn devtools(&self, method: &str, params: Value) -> Value {
        let command = VendorCommand::devtools(method, params);
        self.browser
            .client
            .issue_cmd(command)
            .await
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Chromium keeps the size and the colour scheme for each tab, Firefox for the whole window.
    async fn prepare_tab(&self) {
        let (width, height) = self.setup.size;
        self.resize(width, height).await;
        if self.engine == Engine::Chromium {
            let scheme = if self.setup.dark { "dark" } else { "light" };
            let scheme = [("prefers-color-scheme", scheme)];
            let asked = scheme.iter().chain(self.setup.media);
            let features: Vec<Value> = asked
                .map(|(name, value)| json!({ "name": name, "value": value }))
                .collect();
            self.devtools(
                "Emulation.setEmulatedMedia",
                json!({ "features": features }),
            )
            .await;
        }
    }

    /// Waits until `look` succeeds; panics with its last message when patience ends.
    pub async fn wait_for<T>(&self, look: impl AsyncFn() -> Result<T, String>) -> T {
        let start = Instant::now();
        loop {
            match look().await {
                Ok(seen) => return seen,
                Err(instead) if start.elapsed() > PATIENCE => {
                    panic!("after {} s: {instead}", PATIENCE.as_secs())
                }
                Err(_) => tokio::time::sleep(GLANCE).await,
            }
        }
    }
}
