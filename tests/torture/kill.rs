//! Kills the whole browser while a robot writes notes, and checks what is left when it restarts.

use std::collections::HashMap;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::robot::{served, told};
use crate::tear;
use postil_testing::driver::Engine;
use postil_testing::seed::Seed;
use postil_testing::server::{Answer, SITE, Server};

const SCRIPT: &str = include_str!("kill.js");

/// Number of kills with one profile, before a fresh one is used.
const ONE_PROFILE: usize = 25;

/// How long a browser may take until the robot is ready.
const PATIENCE: Duration = Duration::from_secs(40);

const GLANCE: Duration = Duration::from_millis(5);

/// Shortest and longest life of the robot, in milliseconds.
const LIFE: (usize, usize) = (30, 3000);

/// Tolerated age of a lost keystroke, in milliseconds.
const KEYSTROKE: f64 = 300.0;

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    for (engine, tears, kills) in [
        (Engine::Chromium, false, scope.of(200, 5)),
        (Engine::Chromium, true, scope.of(50, 5)),
        (Engine::Firefox, false, scope.of(20, 0)),
    ] {
        if kills > 0 && scope.has(engine) {
            let mut series = Series::new(engine, tears, scope.seed);
            series.kill(kills);
            series.tell(&mut part);
        }
    }
    part
}

/// A browser in a process group of its own, so that all of it is killed at once.
struct Victim(Child);

impl Victim {
    fn start(engine: Engine, profile: &Path, address: &str) -> Self {
        let (name, arguments) = match engine {
            Engine::Chromium => (
                "chromium",
                format!(
                    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
                     --disable-component-update --disable-sync --no-first-run --disable-quic --disable-breakpad \
                     --user-data-dir={}",
                    profile.display()
                ),
            ),
            Engine::Firefox => (
                "firefox-esr",
                format!("--headless --no-remote --profile {}", profile.display()),
            ),
            Engine::WebKit => unreachable!("no series is in WebKit"),
        };
        let child = Command::new(name)
            .args(arguments.split_whitespace())
            .arg(address)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap_or_else(|error| panic!("{name} could not be started: {error}")))
    }
}

impl Victim {
    /// Kills the whole group; returns the time in milliseconds.
    fn kill(self) -> f64 {
        self.send_kill();
        milliseconds()
    }

    fn send_kill(&self) {
        let group = format!("-{}", self.0.id());
        let mut kill = Command::new("kill");
        kill.args(["-KILL", "--", &group]).stderr(Stdio::null());
        kill.status().ok();
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        self.send_kill();
        self.0.wait().ok();
    }
}

/// A series of kills in one engine, and its results.
struct Series {
    engine: Engine,
    /// True if the logs of the two databases are torn now and then.
    tears: bool,
    /// Logs found truncated or replaced at a browser's start, so that their content was dropped.
    dropped: usize,
    random: Seed,
    kills: usize,
    acknowledged: usize,
    lost: Vec<String>,
    stuck: Vec<String>,
    /// Ages of the oldest keystroke that each kill lost, in milliseconds.
    ages: Vec<f64>,
    /// Descriptions of the losses that were too old.
    late: Vec<String>,
    profiles: usize,
}

/// What is known about one profile.
struct Profile {
    folder: PathBuf,
    server: Server,
    heard: usize,
    /// The versions of notes that the page has shown as saved.
    saved: HashMap<String, u64>,
    /// Texts typed in the last life, with their times.
    typed: Vec<(f64, String)>,
    killed_at: f64,
    /// Lengths of the two databases' logs, in bytes.
    lengths: [u64; 2],
}

impl Drop for Profile {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Series {
    fn new(engine: Engine, tears: bool, seed: u64) -> Self {
        Self {
            engine,
            tears,
            dropped: 0,
            random: Seed(seed),
            kills: 0,
            acknowledged: 0,
            lost: Vec::new(),
            stuck: Vec::new(),
            ages: Vec::new(),
            late: Vec::new(),
            profiles: 0,
        }
    }

    fn kill(&mut self, kills: usize) {
        while self.kills < kills {
            let mut profile = self.profile();
            let until = (self.kills + ONE_PROFILE).min(kills);
            while self.kills < until {
                self.live(&mut profile, true);
                self.kills += 1;
            }
            // A last life only checks.
            self.live(&mut profile, false);
            self.acknowledged += profile.saved.len();
        }
    }

    fn profile(&mut self) -> Profile {
        self.profiles += 1;
        let name = format!(
            "kill-{}-{:?}-{}",
            std::process::id(),
            self.engine,
            self.profiles
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).expect("a folder for a profile");
        // A browser restarted after a kill must not ask what to do.
        let quiet = "user_pref(\"browser.sessionstore.resume_from_crash\", false);
            user_pref(\"toolkit.startup.max_resumed_crashes\", -1);
            user_pref(\"browser.shell.checkDefaultBrowser\", false);
            user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);
            user_pref(\"app.update.enabled\", false);\n";
        std::fs::write(folder.join("user.js"), quiet).expect("preferences");
        Profile {
            folder,
            server: served(
                &SCRIPT.replace("SEED = 0", &format!("SEED = {}", self.random.next(1 << 30))),
            ),
            heard: 0,
            saved: HashMap::new(),
            typed: Vec::new(),
            killed_at: 0.0,
            lengths: [0; 2],
        }
    }

    /// One life of a browser: compares what it finds with what was saved before, then kills it.
    fn live(&mut self, profile: &mut Profile, writes: bool) {
        let expected: Vec<(&String, &u64)> = profile.saved.iter().collect();
        let expected = Answer::new("application/json", json!(expected).to_string());
        let path = format!("{SITE}expected.json");
        profile.server.put(&path, expected);
        let address = profile.server.site(&format!("?run={}", self.kills));
        let victim = Victim::start(self.engine, &profile.folder, &address);
        let Some(found) = wait_for(profile, "found") else {
            self.stuck
                .push(format!("kill {}: the page did not come", self.kills));
            return;
        };
        self.compare(profile, &found);
        profile.typed.clear();
        if writes {
            if profile.saved.is_empty() {
                // On a slow machine, short lives alone would have nothing to lose.
                self.wait_for_saved(profile);
            }
            let life = self.random.between(LIFE.0, LIFE.1);
            std::thread::sleep(Duration::from_millis(life as u64));
        }
        profile.killed_at = victim.kill();
        if self.tears {
            self.tear(profile);
        }
        for news in told(&profile.server, profile.heard) {
            profile.heard += 1;
            self.hear(profile, &news);
        }
    }

    /// Waits until the page has shown the first note as saved, and leaves the news for later.
    fn wait_for_saved(&mut self, profile: &Profile) {
        let start = Instant::now();
        let is_saved = |news: &Value| news["what"] == "saved";
        while !told(&profile.server, profile.heard).iter().any(is_saved) {
            if start.elapsed() > PATIENCE {
                self.stuck
                    .push(format!("kill {}: nothing was saved", self.kills));
                return;
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Tears a log every third time: by then each database has restored its losses from the other.
    fn tear(&mut self, profile: &mut Profile) {
        let databases = tear::databases(&profile.folder);
        for (database, before) in databases.iter().zip(&mut profile.lengths) {
            let length = database.as_deref().map_or(0, tear::length);
            self.dropped += usize::from(length < *before);
            *before = length;
        }
        if self.kills.is_multiple_of(3)
            && let Some(database) = &databases[self.kills / 3 % 2]
        {
            tear::tear(database, &mut self.random);
        }
    }

    fn hear(&mut self, profile: &mut Profile, news: &Value) {
        match news["what"].as_str() {
            Some("saved") => {
                for (note, version) in news["notes"].as_object().into_iter().flatten() {
                    profile
                        .saved
                        .insert(note.clone(), version.as_u64().unwrap_or_default());
                }
            }
            Some("typed") => {
                let text = news["text"].as_str().unwrap_or_default().to_owned();
                profile
                    .typed
                    .push((news["at"].as_f64().unwrap_or_default(), text));
            }
            Some("stuck") => self.stuck.push(news["error"].to_string()),
            _ => {}
        }
    }

    fn compare(&mut self, profile: &mut Profile, found: &Value) {
        let texts: Vec<&str> = texts(&found["notes"], 2)
            .chain(texts(&found["drafts"], 1))
            .collect();
        let saved_texts: Vec<&str> = texts_of_notes(found);
        let is_there = |note: &String, version: &u64| {
            let versions = saved_texts.iter().map(|text| version_of(text, note));
            versions.flatten().any(|found| found >= *version)
        };
        let kill = self.kills;
        let gone = profile
            .saved
            .extract_if(|note, version| !is_there(note, version));
        let gone = gone.map(|(note, version)| {
            let instead: Vec<&&str> = texts
                .iter()
                .filter(|text| text.starts_with(&note))
                .collect();
            format!("kill {kill}: {note} v{version} was shown as saved; there is {instead:?}; in the stores: {}", found["raw"])
        });
        let gone: Vec<String> = gone.collect();
        self.acknowledged += gone.len();
        self.lost.extend(gone);
        let Some((_, last)) = profile.typed.last() else {
            return;
        };
        let begin = last.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let kept = texts
            .iter()
            .filter(|text| text.starts_with(&begin) && last.starts_with(**text));
        let kept = kept.map(|text| text.len()).max().unwrap_or(0);
        let begun_at = profile
            .typed
            .iter()
            .rposition(|(_, text)| text.len() == 1)
            .unwrap_or(0);
        let lost = profile.typed[begun_at..]
            .iter()
            .find(|(_, text)| text.len() > kept);
        let note = last.split(' ').next().unwrap_or_default();
        let version = version_of(last, note);
        // A later version of the note, which was pasted, has replaced the typed text.
        let is_over = |text: &&str| version.is_some() && version_of(text, note) > version;
        let is_whole = texts
            .iter()
            .any(|text| text.starts_with(last.as_str()) || is_over(text));
        let age = lost
            .filter(|_| !is_whole)
            .map_or(0.0, |(at, _)| profile.killed_at - at);
        self.ages.push(age);
        if age > KEYSTROKE {
            let drafts = &found["drafts"];
            self.late.push(format!(
                "kill {kill}: {age:.0} ms, {last:?}, of the drafts {drafts}"
            ));
        }
    }

    fn tell(&self, part: &mut Part) {
        let torn = if self.tears { ", logs torn" } else { "" };
        let name = |what: &str| format!("{:?}{torn}: {what}", self.engine);
        part.count(&name("kills"), self.kills);
        part.count(&name("notes shown as saved"), self.acknowledged);
        part.none(&name("notes lost that were shown as saved"), &self.lost);
        part.none(&name("lives in which the robot was stuck"), &self.stuck);
        part.series(&name("age of the oldest lost keystroke"), &self.ages, "ms");
        part.none(&name("drafts that lost more than 300 ms"), &self.late);
        if self.tears {
            part.count(&name("databases that the browser dropped"), self.dropped);
            part.must(&name("a tear did harm"), self.dropped > 0);
        }
        part.must(
            &name("the robot had written something"),
            self.acknowledged >= self.kills / 4,
        );
    }
}

fn texts(list: &Value, place: usize) -> impl Iterator<Item = &str> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(move |one| one[place].as_str())
}

fn texts_of_notes(found: &Value) -> Vec<&str> {
    texts(&found["notes"], 2).collect()
}

/// The version number in a text, if it is a text of this note.
fn version_of(text: &str, note: &str) -> Option<u64> {
    let rest = text.strip_prefix(note)?.strip_prefix(" v")?;
    rest.split(' ').next()?.parse().ok()
}

/// Waits for a message of this kind from the page, and skips earlier ones.
fn wait_for(profile: &mut Profile, what: &str) -> Option<Value> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        for news in told(&profile.server, profile.heard) {
            profile.heard += 1;
            if news["what"] == what {
                return Some(news);
            }
        }
        std::thread::sleep(GLANCE);
    }
    None
}

fn milliseconds() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64() * 1000.0
}
