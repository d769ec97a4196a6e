//! The torture run: kills, tabs, a dying server, refusals, damage, panics, attacks and a long reading
//! in real browsers, with figures.
//!
//! `cargo xtask torture` runs it. Every figure goes to the screen and to `torture-results.json`; the
//! run fails where a note was lost, something ran or a limit was passed.

mod attacks;
mod clock;
mod damage;
mod figures;
mod kill;
mod load;
mod panics;
mod raw;
mod refusal;
mod robot;
mod server;
mod soak;
mod strings;
mod tabs;
mod tear;
mod weight;

use std::process::ExitCode;

use figures::Report;
use postil_testing::driver::Engine;

/// How much the run does, and with which random seed.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    pub seed: u64,
    /// Runs for seconds instead of minutes.
    pub short: bool,
    /// Restricts the run to one engine.
    pub only: Option<Engine>,
    /// Number of runs of each part.
    pub repeat: usize,
    /// Number of threads that keep the machine busy.
    pub load: usize,
    /// Length of the soak, if it is not the usual one.
    pub minutes: Option<usize>,
}

impl Scope {
    /// True if an engine takes part.
    pub fn has(self, engine: Engine) -> bool {
        self.only.is_none_or(|only| only == engine)
    }

    /// The number for the run's form: `long` or `short`.
    pub fn of(self, long: usize, short: usize) -> usize {
        if self.short { short } else { long }
    }
}

const NAMES: [&str; 10] = [
    "attacks", "kill", "tabs", "server", "refusal", "damage", "panics", "clock", "weight", "soak",
];

fn main() -> ExitCode {
    let mut scope = Scope {
        seed: 4,
        short: false,
        only: None,
        repeat: 1,
        load: 0,
        minutes: None,
    };
    let mut wanted = Vec::new();
    for word in std::env::args().skip(1) {
        match word.split_once('=') {
            Some(("--seed", seed)) => scope.seed = number(seed),
            Some(("--repeat", runs)) => scope.repeat = number(runs),
            Some(("--load", threads)) => scope.load = number(threads),
            Some(("--minutes", minutes)) => scope.minutes = Some(number(minutes)),
            None if word == "--short" => scope.short = true,
            None if word == "--chromium" => scope.only = Some(Engine::Chromium),
            None if word == "--firefox" => scope.only = Some(Engine::Firefox),
            _ => wanted.push(word),
        }
    }
    let unknown = wanted.iter().find(|name| !NAMES.contains(&name.as_str()));
    assert!(
        unknown.is_none(),
        "there is no {unknown:?}; there are {NAMES:?}"
    );
    let mut report = Report::begin(scope);
    let _load = load::Load::of(scope.load);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for name in NAMES {
        if wanted.is_empty() || wanted.iter().any(|other| other == name) {
            report.part(name, scope.repeat, || runtime.block_on(run(name, scope)));
        }
    }
    report.finish()
}

fn number<T: std::str::FromStr>(word: &str) -> T {
    let number = word.parse().ok();
    number.unwrap_or_else(|| panic!("{word:?} is no number"))
}

async fn run(name: &str, scope: Scope) -> figures::Part {
    match name {
        "attacks" => attacks::run(scope).await,
        "kill" => kill::run(scope).await,
        "tabs" => tabs::run(scope).await,
        "server" => server::run(scope).await,
        "refusal" => refusal::run(scope).await,
        "damage" => damage::run(scope).await,
        "panics" => panics::run(scope).await,
        "clock" => clock::run(scope).await,
        "weight" => weight::run(scope).await,
        _ => soak::run(scope).await,
    }
}
