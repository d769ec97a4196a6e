//! Four tabs in four processes: edits of separate notes and of a shared one, and their delay.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Scope;
use crate::figures::Part;
use crate::panics::ready;
use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::percentile;
use postil_testing::processes::renderers;
use postil_testing::reader::{GLANCE, Reader, WindowHandle};

const SCRIPT: &str = include_str!("tabs.js");

const TABS: usize = 4;

/// Number of own notes that each tab edits.
const OWN: usize = 40;

/// How soon another tab shows an edit, in milliseconds.
const SOON: f64 = 300.0;

/// Time limit for all tabs to show the same.
const CALM: Duration = Duration::from_secs(30);
/// Time limit for the tabs' edits.
const PATIENCE: Duration = Duration::from_secs(600);

pub async fn run(scope: Scope) -> Part {
    let mut part = Part::default();
    let arguments = [
        "--site-per-process",
        "--process-per-tab",
        // Hidden tabs must be as fast as the one in front.
        "--disable-background-timer-throttling",
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
    ];
    for engine in [Engine::Chromium, Engine::Firefox] {
        if !scope.has(engine) || (scope.short && engine == Engine::Firefox) {
            continue;
        }
        let setup = Setup {
            chaos: true,
            chromium_arguments: arguments.map(str::to_owned).to_vec(),
            ..Setup::default()
        };
        let tabs = Tabs::open(Reader::start(engine, setup).await).await;
        let fewer = if engine == Engine::Firefox { 10 } else { 1 };
        tabs.different(scope.of(10_000 / fewer, 200), &mut part)
            .await;
        tabs.one(scope.of(1_000 / fewer, 60), &mut part).await;
        tabs.latency(scope.of(100, 15), &mut part).await;
    }
    part
}

struct Tabs {
    reader: Reader,
    handles: Vec<WindowHandle>,
    processes: usize,
}

impl Tabs {
    async fn open(reader: Reader) -> Self {
        let mut handles = vec![reader.this_tab().await];
        for _ in 1..TABS {
            handles.push(reader.new_tab().await);
        }
        for handle in &handles {
            reader.switch_to(handle).await;
            reader.open_site().await;
            ready(&reader).await;
            reader.run(SCRIPT, vec![]).await;
        }
        let processes = renderers(reader.browser.driver()).len();
        Self {
            reader,
            handles,
            processes,
        }
    }

    fn name(&self, what: &str) -> String {
        format!("{:?}: {what}", self.reader.engine)
    }

    async fn in_each(&self, script: &str, argument: impl Fn(usize) -> Vec<Value>) -> Vec<Value> {
        let mut answers = Vec::new();
        for (tab, handle) in self.handles.iter().enumerate() {
            self.reader.switch_to(handle).await;
            answers.push(self.reader.run(script, argument(tab)).await);
        }
        answers
    }

    /// Waits until every tab has done its work; returns each tab's results.
    async fn finish(&self) -> Vec<Value> {
        let start = Instant::now();
        let script = "return { ...torture, own: null, shared: null, speak: null, listen: null }";
        for handle in &self.handles {
            self.reader.switch_to(handle).await;
            while self.reader.run("return torture.done", vec![]).await != true {
                assert!(start.elapsed() < PATIENCE, "the tabs do not come to an end");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        self.in_each(script, |_| vec![]).await
    }

    /// Texts of the current tab's notes by id.
    async fn notes(&self) -> HashMap<String, String> {
        let notes = self.reader.run("return postilRobot.notes()", vec![]).await;
        let notes: Vec<(String, String, String)> = serde_json::from_value(notes).expect("notes");
        notes.into_iter().map(|(id, _, text)| (id, text)).collect()
    }

    /// The notes in every tab and in a newly opened one, once nothing changes any more.
    async fn every_view(&self) -> Vec<HashMap<String, String>> {
        let mut views = Vec::new();
        let start = Instant::now();
        loop {
            views.clear();
            for handle in &self.handles {
                self.reader.switch_to(handle).await;
                views.push(self.notes().await);
            }
            if views.iter().all(|view| *view == views[0]) || start.elapsed() > CALM {
                break;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.reader.switch_to(&self.handles[0]).await;
        self.reader.reload().await;
        ready(&self.reader).await;
        let start = Instant::now();
        let anew = loop {
            let anew = self.notes().await;
            if anew == views[0] || start.elapsed() > CALM {
                break anew;
            }
            tokio::time::sleep(GLANCE).await;
        };
        views.push(anew);
        self.reader.run(SCRIPT, vec![]).await;
        views
    }

    async fn different(&self, edits: usize, part: &mut Part) {
        let each = edits / TABS;
        let own = OWN.min(each);
        self.in_each("torture.own(...arguments)", |tab| {
            vec![json!(tab), json!(each), json!(own)]
        })
        .await;
        let told = self.finish().await;
        let acknowledged: HashMap<String, String> = acknowledged(&told);
        let mut lost = Vec::new();
        for (view, notes) in self.every_view().await.iter().enumerate() {
            let gone = acknowledged
                .iter()
                .filter(|(id, text)| notes.get(*id) != Some(text));
            lost.extend(
                gone.map(|(id, text)| {
                    format!("view {view}: {text:?} of {id} is {:?}", notes.get(id))
                }),
            );
        }
        if self.reader.engine == Engine::Chromium {
            part.count(&self.name("processes of tabs"), self.processes);
            part.must("each tab has a process of its own", self.processes >= TABS);
        }
        part.count(&self.name("edits of different notes"), each * TABS);
        part.none(
            &self.name("edits of different notes lost, in any tab or after a reload"),
            &lost,
        );
        self.tell_trouble("different notes", &told, part);
    }

    fn tell_trouble(&self, what: &str, told: &[Value], part: &mut Part) {
        let errors: Vec<String> = told
            .iter()
            .filter(|told| !told["error"].is_null())
            .map(|told| told["error"].to_string())
            .collect();
        part.none(&self.name(&format!("{what}: tabs that broke off")), &errors);
        let unsaved: u64 = told
            .iter()
            .filter_map(|told| told["unsaved"].as_u64())
            .sum();
        part.count(
            &self.name(&format!("{what}: edits that were never shown as saved")),
            unsaved as usize,
        );
        let longest = told.iter().filter_map(|told| told["longest"].as_f64());
        part.number(
            &self.name(&format!(
                "{what}: longest time until an edit was shown as saved"
            )),
            longest.fold(0.0, f64::max),
            "ms",
        );
        part.must(
            &self.name(&format!("{what}: every edit was shown as saved")),
            unsaved == 0,
        );
    }

    async fn one_note(&self) -> String {
        self.reader.switch_to(&self.handles[0]).await;
        let id = self
            .reader
            .run("return postilRobot.add(10, 40, 'begun')", vec![])
            .await;
        id.as_str().unwrap_or_default().to_owned()
    }

    async fn one(&self, edits: usize, part: &mut Part) {
        let id = self.one_note().await;
        let each = edits / TABS;
        self.in_each("torture.shared(...arguments)", |tab| {
            vec![json!(tab), json!(each), json!(id)]
        })
        .await;
        let told = self.finish().await;
        let words: Vec<String> = told
            .iter()
            .flat_map(|told| told["acknowledged"].as_object().into_iter().flatten())
            .map(|(word, _)| word.clone())
            .collect();
        let mut lost = Vec::new();
        let views = self.every_view().await;
        for (view, notes) in views.iter().enumerate() {
            let all = notes.values().cloned().collect::<Vec<_>>().join(" ");
            let there: std::collections::HashSet<&str> = all.split(' ').collect();
            let gone = words.iter().filter(|word| !there.contains(word.as_str()));
            lost.extend(gone.map(|word| format!("view {view}: {word} is nowhere")));
        }
        let copies = views.last().map_or(0, |notes| {
            notes.values().filter(|text| text.contains("begun")).count()
        });
        part.count(&self.name("acknowledged edits of one note"), words.len());
        part.count(
            &self.name("notes that they are in, with conflict copies"),
            copies,
        );
        part.none(
            &self.name("edits of one note lost, in any tab or after a reload"),
            &lost,
        );
        let differ: Vec<String> = views
            .iter()
            .enumerate()
            .filter(|(_, view)| **view != views[0])
            .map(|(index, view)| {
                format!(
                    "view {index} has {} notes, the first {}",
                    view.len(),
                    views[0].len()
                )
            })
            .collect();
        part.none(
            &self.name("tabs that end with other notes than the first"),
            &differ,
        );
        self.tell_trouble("one note", &told, part);
    }

    async fn latency(&self, times: usize, part: &mut Part) {
        let id = self.one_note().await;
        for handle in &self.handles {
            self.reader.switch_to(handle).await;
            self.reader
                .wait_for(async || {
                    let text = self
                        .reader
                        .run("return postilRobot.text(arguments[0])", vec![json!(id)])
                        .await;
                    text.is_string()
                        .then_some(())
                        .ok_or_else(|| "the note has not come".to_owned())
                })
                .await;
        }
        for handle in &self.handles[1..] {
            self.reader.switch_to(handle).await;
            self.reader
                .run("torture.listen(...arguments)", vec![json!(id)])
                .await;
        }
        self.reader.switch_to(&self.handles[0]).await;
        self.reader
            .run("torture.speak(...arguments)", vec![json!(id), json!(times)])
            .await;
        let told = self.finish().await;
        let ages: Vec<f64> = told
            .iter()
            .flat_map(|told| told["ages"].as_array().into_iter().flatten())
            .filter_map(Value::as_f64)
            .collect();
        part.series(
            &self.name("time until another tab has an edit"),
            &ages,
            "ms",
        );
        let p95 = percentile(&ages, 0.95);
        part.at_most(
            &self.name("time until another tab has an edit, p95"),
            p95,
            SOON,
            "ms",
        );
        part.must(
            &self.name("the other tabs heard"),
            ages.len() >= times * (TABS - 1) / 2,
        );
    }
}

fn acknowledged(told: &[Value]) -> HashMap<String, String> {
    let all = told
        .iter()
        .flat_map(|told| told["acknowledged"].as_object().into_iter().flatten());
    all.map(|(id, text)| (id.clone(), text.as_str().unwrap_or_default().to_owned()))
        .collect()
}
