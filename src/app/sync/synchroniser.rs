//! Keeps this device in step with a reader's server, or a group's, while the program runs: one tab does
//! it for all.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::circle::{Among, Circle, show_others};
use super::device::Device;
use super::joining::{Account, Entered, Invitation, Looked, Secret};
use super::replicator::{InStep, Replicator, Stopped};
use super::server::{Server, TextServer, Trouble};
use crate::app::App;
use crate::app::ports::{BoxFuture, Failed, LazyPlatform};
use crate::model::annotation::Timestamp;
use crate::model::article::Article;
use crate::model::digest::Digest;
use crate::model::notice::Message;
use crate::model::sync::record::{Record, RecordKind};

/// The settings that say, to every tab, that there is a server: the reader's own, and a group's.
const SETTING: &str = "server";
const SETTING_OF_GROUP: &str = "server of group";
/// Their values.
const ON: &str = "on";
const PAUSED: &str = "paused";
/// Milliseconds after the start until the server is asked.
const AFTER_START: u32 = 1_500;
/// Milliseconds between two looks whether something is to be done.
const GLANCE: u32 = 250;
/// Milliseconds until the server is asked again although nothing has happened.
const REST: f64 = 120_000.0;
/// Milliseconds until it is asked again that could not be reached: first, and at most.
const RETRY: f64 = 3_000.0;
const MOST_RETRY: f64 = 120_000.0;
/// How often everything is sealed anew while other devices write.
const ATTEMPTS: usize = 3;

/// The state of this device and a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is no server.
    None,
    /// The reader has paused it.
    Paused,
    /// Another tab does it, or did when this one looked last.
    Elsewhere,
    /// Records are on their way.
    Working,
    /// Both have the same.
    InStep(InStep),
    /// Something is wrong.
    Stopped(Stopped),
}

/// What a reader is shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The state.
    pub state: State,
    /// When both had the same last.
    pub at: Option<Timestamp>,
    /// The address of the database, and the reader's name there.
    pub place: Option<(String, String)>,
    /// True if what goes there is sealed.
    pub is_sealed: bool,
    /// Number of records that the server does not have yet.
    pub waiting: usize,
}

/// Keeps a device and a server in step. One of each kind for each tab.
pub struct Synchroniser {
    among: Among,
    app: App,
    platform: Rc<dyn LazyPlatform>,
    status: RefCell<Status>,
    /// Called when the status has changed.
    watch: RefCell<Option<Rc<dyn Fn()>>>,
    /// Number of the run that counts: an earlier one ends.
    run: Cell<u32>,
    /// True if something is to be done at once.
    is_asked: Cell<bool>,
    /// The run that has asked the server to say when something changes, while that lasts.
    listens: Cell<Option<u32>>,
    /// What was told of what is wrong, so that it is told once.
    told: Cell<Option<Trouble>>,
}

impl Synchroniser {
    /// Creates it.
    pub fn new(among: Among, app: &App, platform: Rc<dyn LazyPlatform>) -> Rc<Self> {
        Rc::new(Self {
            among,
            app: app.clone(),
            platform,
            status: RefCell::new(Status {
                state: State::None,
                at: None,
                place: None,
                is_sealed: false,
                waiting: 0,
            }),
            watch: RefCell::default(),
            run: Cell::default(),
            is_asked: Cell::default(),
            listens: Cell::default(),
            told: Cell::default(),
        })
    }

    /// With whom it keeps this device in step.
    pub fn among(&self) -> Among {
        self.among
    }

    /// What a reader is shown.
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    /// Calls back when the status has changed; instead of whoever was called before.
    pub fn watch(&self, run: Option<Rc<dyn Fn()>>) {
        self.watch.replace(run);
    }

    /// Begins at the start of the program, if there is a server. Called when everything can be read.
    pub fn begin(self: &Rc<Self>) {
        match self.setting().as_deref() {
            Some(ON) => {
                let there = self.clone();
                let begin = move || there.start();
                self.app
                    .platform()
                    .surely_after(AFTER_START, Box::new(begin));
            }
            Some(_) => self.show_paused(),
            None => {}
        }
    }

    /// Looks at a database without changing anything.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub async fn look(&self, entered: Entered) -> Result<Looked, Trouble> {
        let joined = self.platform.join_server(entered, true).await;
        joined.map(|(looked, _)| looked)
    }

    /// Joins a database and begins.
    ///
    /// # Errors
    /// Why it cannot be used, or [`Trouble::Unsafe`] if the browser keeps nothing.
    pub async fn join(self: &Rc<Self>, entered: Entered) -> Result<(), Trouble> {
        let (_, account) = self.platform.join_server(entered, false).await?;
        self.stop();
        let kept = self.platform.keep_account(self.among, Some(&account)).await;
        kept.map_err(|Failed| Trouble::Unsafe)?;
        if let Some(name) = account.maker {
            let mut circle = Circle::of(&self.app).unwrap_or_default();
            circle.name = name;
            circle.keep(&self.app);
        }
        self.set(ON);
        self.start();
        Ok(())
    }

    /// Asks the server now, whatever went wrong before.
    pub fn ask_now(self: &Rc<Self>) {
        self.is_asked.set(true);
    }

    /// Stops until [`Synchroniser::resume`].
    pub fn pause(&self) {
        self.stop();
        self.set(PAUSED);
        self.change(|status| status.state = State::Paused);
    }

    /// Goes on.
    pub fn resume(self: &Rc<Self>) {
        self.set(ON);
        self.start();
    }

    /// Returns an article's JSON from the server, and stores it; `None` if there is none, or it is not the
    /// text that it should be.
    pub fn text(self: &Rc<Self>, digest: &Digest) -> BoxFuture<Option<String>> {
        let (there, digest) = (self.clone(), digest.clone());
        Box::pin(async move {
            there.setting()?;
            let account = there.account().await?;
            let server = there.platform.text_server(account);
            let json = server.text(digest.clone()).await.ok()??;
            let article = Article::from_json(&json).ok()?;
            if *article.digest() != digest {
                return None;
            }
            let kept = Rc::from(&*json);
            // It is shown even if it is not kept.
            let _ = there.app.lazy_stores().put_text(&digest, kept).await;
            let among = there.among;
            there.platform.remember_text_of_server(among, &digest).await;
            Some(json)
        })
    }

    /// Joins the same database with the passphrase that it has by now.
    ///
    /// # Errors
    /// The same as [`Synchroniser::join`].
    pub async fn join_again(self: &Rc<Self>, passphrase: String) -> Result<(), Trouble> {
        let account = self.account().await.ok_or(Trouble::NoAddress)?;
        self.join(with_passphrase(account, passphrase)).await
    }

    /// Has everything on the server sealed anew by another key, which another passphrase seals. Until the
    /// new documents are there the notes are on this device only, and on the reader's others.
    ///
    /// # Errors
    /// If the server does not do it; then this device does not synchronise until it is done again.
    pub async fn change_passphrase(self: &Rc<Self>, passphrase: String) -> Result<(), Trouble> {
        let account = self.account().await.ok_or(Trouble::NoAddress)?;
        self.stop();
        self.change(|status| status.state = State::Working);
        let changed = self.seal_anew(account, passphrase).await;
        if changed.is_err() {
            self.start();
        }
        changed
    }

    async fn seal_anew(
        self: &Rc<Self>,
        account: Account,
        passphrase: String,
    ) -> Result<(), Trouble> {
        self.app.read_everything().await;
        // What other devices have written there, and texts that are nowhere else.
        let server = self.platform.server(account.clone());
        let device = Device::new(&self.app, self.platform.clone(), self.among);
        let known = self.platform.known_of_server(self.among).await;
        let last = Replicator::new(server, device, known).run().await;
        let in_step = last.map_err(|stopped| match stopped {
            Stopped::Server(why) => why,
            Stopped::Device(_) => Trouble::Unsafe,
        })?;
        // What this build cannot read it cannot seal either.
        if in_step.unreadable > 0 {
            return Err(Trouble::Newer);
        }
        for digest in self.texts() {
            if self.app.lazy_stores().text(&digest).await.is_none() {
                self.text(&digest).await;
            }
        }
        let entered = with_passphrase(account.clone(), passphrase);
        let mut outcome = Err(Trouble::Busy);
        for _ in 0..ATTEMPTS {
            self.platform.clear_server(account.clone()).await?;
            outcome = self.join(entered.clone()).await;
            // Another device may have written something by the old key meanwhile.
            if outcome != Err(Trouble::Newer) {
                break;
            }
        }
        outcome
    }

    /// The digests of the texts that are to be there: of all articles that are kept, or of those that the
    /// reader has a group read.
    fn texts(&self) -> Vec<Digest> {
        let circle = match self.among {
            Among::Devices => None,
            Among::Readers => Some(Circle::of(&self.app).unwrap_or_default()),
        };
        let is_shared = |record: &&Rc<Record>| match (&circle, record.path().article()) {
            (Some(circle), Some(article)) => circle.shares(&article),
            _ => true,
        };
        let articles = self.app.replica().folder(RecordKind::Article.folder());
        let article = |record: &Rc<Record>| self.app.records().article(&record.path().article()?);
        let articles = articles.iter().filter(is_shared).filter_map(article);
        let kept = articles.filter(|article| article.removed.is_none());
        kept.filter_map(|article| article.digest).collect()
    }

    /// The invitation that another device of the reader's can follow.
    pub async fn invitation(&self) -> Option<Invitation> {
        let account = self.account().await;
        account.as_ref().map(Invitation::to)
    }

    /// Forgets the server and how to get there. The notes stay here, and there unless they are to be
    /// deleted.
    ///
    /// # Errors
    /// If nothing was deleted although it was to be: then nothing was forgotten.
    pub async fn leave(self: &Rc<Self>, deletes: bool) -> Result<(), Trouble> {
        self.stop();
        if deletes && let Some(account) = self.account().await {
            self.change(|status| status.state = State::Working);
            let cleared = self.platform.clear_server(account).await;
            if cleared.is_err() {
                self.start();
                return cleared;
            }
        }
        self.app.platform().remove_setting(self.setting_name());
        if self.among == Among::Readers {
            show_others(&self.app, true);
            Circle::forget(&self.app);
        }
        let _ = self.platform.keep_account(self.among, None).await;
        self.change(|status| {
            status.state = State::None;
            status.place = None;
        });
        Ok(())
    }

    async fn account(&self) -> Option<Account> {
        self.platform.account(self.among).await
    }

    fn setting_name(&self) -> &'static str {
        match self.among {
            Among::Devices => SETTING,
            Among::Readers => SETTING_OF_GROUP,
        }
    }

    fn setting(&self) -> Option<String> {
        self.app.platform().setting(self.setting_name())
    }

    fn set(&self, value: &str) {
        let _ = self.app.platform().set_setting(self.setting_name(), value);
    }

    fn stop(&self) {
        self.run.set(self.run.get() + 1);
        self.told.take();
    }

    fn change(&self, change: impl FnOnce(&mut Status)) {
        let before = self.status.borrow().clone();
        change(&mut self.status.borrow_mut());
        let watch = self.watch.borrow().clone();
        if let Some(watch) = watch.filter(|_| *self.status.borrow() != before) {
            watch();
        }
    }

    fn show_account(&self, account: &Account) {
        self.change(|status| {
            status.place = Some((account.address.clone(), account.name.clone()));
            status.is_sealed = account.key.is_some();
        });
    }

    fn show_paused(self: &Rc<Self>) {
        let there = self.clone();
        self.app.spawn(async move {
            if let Some(account) = there.account().await {
                there.show_account(&account);
                there.change(|status| status.state = State::Paused);
            }
        });
    }

    fn start(self: &Rc<Self>) {
        if self.app.session().read_only {
            return;
        }
        self.stop();
        let (there, run) = (self.clone(), self.run.get());
        self.app.spawn(async move {
            let Some(account) = there.account().await else {
                return;
            };
            there.show_account(&account);
            let mut takes = there.platform.is_in_front();
            while there.wait_to_lead(takes, run).await {
                there.change(|status| status.state = State::Working);
                there.app.read_everything().await;
                let texts = there.platform.text_server(account.clone());
                let server = there.platform.server(account.clone());
                let device = Device::new(&there.app, there.platform.clone(), there.among);
                let known = there.platform.known_of_server(there.among).await;
                let replicator = Rc::new(Replicator::new(server, device, known));
                there.keep_in_step(&replicator, &*texts, run).await;
                // Another tab has come to the front.
                takes = false;
            }
            // Another tab may have paused or left.
            let setting = there.setting();
            if there.run.get() == run {
                there.change(|status| {
                    status.state = match setting {
                        Some(_) => State::Paused,
                        None => State::None,
                    };
                });
            }
        });
    }

    /// Waits until this tab is the one that does it; false if the run is over before. The tab that comes
    /// to the front takes it over: timers of others hardly run.
    async fn wait_to_lead(&self, mut takes: bool, run: u32) -> bool {
        let mut was_in_front = self.platform.is_in_front();
        while self.is_on(run) {
            if self.platform.lead(self.among, takes).await {
                return true;
            }
            self.change(|status| status.state = State::Elsewhere);
            self.app.sleep(GLANCE).await;
            let is_in_front = self.platform.is_in_front();
            takes = is_in_front && !was_in_front;
            was_in_front = is_in_front;
        }
        false
    }

    /// True while a run counts.
    fn is_on(&self, run: u32) -> bool {
        self.run.get() == run && self.setting().as_deref() == Some(ON)
    }

    /// True if a run does not count any more, or another tab goes on with it.
    fn is_over(&self, run: u32) -> bool {
        !self.is_on(run) || !self.platform.leads(self.among)
    }

    async fn keep_in_step<S: Server + 'static>(
        self: &Rc<Self>,
        replicator: &Rc<Replicator<S, Device>>,
        texts: &dyn TextServer,
        run: u32,
    ) {
        let mut failures = 0;
        let mut texts_there = self.platform.texts_of_server(self.among).await;
        while !self.is_over(run) {
            self.is_asked.set(false);
            let before = self.app.replica().changes();
            let waiting = replicator.waiting();
            self.change(|status| {
                status.waiting = waiting;
                // What is quickly done is not shown.
                if waiting > 0 || !matches!(status.state, State::InStep(_)) {
                    status.state = State::Working;
                }
            });
            let outcome = replicator.run().await;
            if self.is_over(run) {
                break;
            }
            failures = match outcome {
                Ok(_) => 0,
                Err(_) => failures + 1,
            };
            self.show_outcome(outcome, replicator.waiting(), failures);
            if outcome.is_ok() {
                self.listen(replicator);
                self.send_texts(texts, &mut texts_there, before, run).await;
            }
            self.rest(before, failures, run).await;
        }
    }

    fn show_outcome(&self, outcome: Result<InStep, Stopped>, waiting: usize, failures: u32) {
        let now = self.app.platform().now();
        self.change(|status| {
            status.waiting = waiting;
            match outcome {
                Ok(in_step) => {
                    status.state = State::InStep(in_step);
                    status.at = Some(now);
                }
                Err(why) => status.state = State::Stopped(why),
            }
        });
        match outcome {
            Ok(_) => drop(self.told.take()),
            // A network's own page may answer once.
            Err(Stopped::Server(Trouble::Unknown)) if failures < 2 => {}
            Err(Stopped::Server(why))
                if !why.passes() && self.told.replace(Some(why)) != Some(why) =>
            {
                self.app.tell(Message::OutOfStep { why });
            }
            Err(_) => {}
        }
    }

    /// Sends the texts of articles that the server lacks, until something is edited.
    async fn send_texts(
        &self,
        server: &dyn TextServer,
        there: &mut BTreeSet<Digest>,
        before: u64,
        run: u32,
    ) {
        if self.platform.saves_data() {
            return;
        }
        for digest in self.texts() {
            if there.contains(&digest) {
                continue;
            }
            if self.is_over(run) || self.app.replica().changes() != before {
                return;
            }
            let Some(json) = self.app.lazy_stores().text(&digest).await else {
                continue;
            };
            if server.put_text(digest.clone(), json).await.is_err() {
                return;
            }
            let among = self.among;
            self.platform.remember_text_of_server(among, &digest).await;
            there.insert(digest);
        }
    }

    /// Has the server say when something changes, as long as the tab is in front.
    fn listen<S: Server + 'static>(self: &Rc<Self>, replicator: &Rc<Replicator<S, Device>>) {
        let run = Some(self.run.get());
        if !self.platform.is_in_front() || self.listens.get() == run {
            return;
        }
        self.listens.set(run);
        let (there, replicator) = (self.clone(), replicator.clone());
        self.app.spawn(async move {
            let changed = replicator.wait().await;
            if there.listens.get() != run {
                return;
            }
            there.listens.take();
            if changed.is_ok() {
                there.is_asked.set(true);
            }
        });
    }

    /// Waits until something is to be done.
    async fn rest(&self, before: u64, failures: u32, run: u32) {
        let clock = || self.app.platform().milliseconds();
        let start = clock();
        let mut was_in_front = self.platform.is_in_front();
        let rest = match failures {
            0 => REST,
            _ => (RETRY * f64::from(1_u32 << failures.min(10))).min(MOST_RETRY),
        };
        loop {
            self.app.sleep(GLANCE).await;
            let is_in_front = self.platform.is_in_front();
            let comes_to_front = is_in_front && !was_in_front;
            was_in_front = is_in_front;
            // While the server cannot be reached, edits wait for the next attempt.
            let is_edited = failures == 0 && self.app.replica().changes() != before;
            let is_due = clock() - start > rest;
            if self.is_over(run) || self.is_asked.get() || comes_to_front || is_edited || is_due {
                return;
            }
        }
    }
}

fn with_passphrase(account: Account, passphrase: String) -> Entered {
    Entered {
        address: account.address,
        name: account.name,
        password: account.password,
        secret: Secret::Passphrase(passphrase),
        maker: account.maker,
    }
}
