//! All tests: runs each part, even after failures, and prints a summary.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::arguments::{Native, Parts};
use crate::project::{Project, Result, run};
use crate::{browsers, couch, screenshots, site, tools, torture};

/// Time limit for the wasm tests in a browser; the runner's default of 20 s suits fast machines.
const WASM_TEST_SECONDS: &str = "180";

/// The seed of the laws unless the variable is set. A fixed seed judges the change and not its
/// luck; `cargo xtask fuzz` draws new ones.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20261127");

/// Journeys that are under way at once. All but two wait for their browser's turn: then neither
/// browser rests while the journeys of only one of them come.
const WAITING: &str = "--test-threads=16";

/// How long a driver may take to listen.
const DRIVER_SECONDS: &str = "30";

/// A line of the summary.
struct Verdict {
    part: &'static str,
    outcome: Result<()>,
    took: Duration,
    /// What it said at its end, if that is worth a place in the summary.
    closing: String,
}

/// Runs the chosen parts; `passed_on` goes to the test binaries.
pub fn test(project: &Project, parts: Parts, passed_on: &[String]) -> Result<()> {
    let mut verdicts = Vec::new();
    thread::scope(|scope| {
        // Beside the tests that need no site: the linker, which takes longest, uses one core.
        let sites = parts.e2e.then(|| scope.spawn(|| sites(project)));
        verdicts.extend(without_site(project, parts, passed_on));
        verdicts.extend(sites.into_iter().flat_map(|sites| {
            let broke_off = || vec![judge("sites", |_| Err("It broke off.".to_owned()))];
            sites.join().unwrap_or_else(|_| broke_off())
        }));
    });
    if parts.e2e {
        verdicts.push(judge("end-to-end tests", |closing| {
            e2e(project, passed_on, closing)
        }));
        // Its parts have names of their own, which a selection of tests cannot mean.
        if passed_on.is_empty() {
            verdicts.extend(torture_and_pictures(project));
        }
    }
    sum_up(&verdicts)
}

/// The torture run, and beside it the pictures: kills and waiting tabs leave the machine time.
fn torture_and_pictures(project: &Project) -> Vec<Verdict> {
    thread::scope(|scope| {
        let pictures = scope.spawn(|| {
            judge("pictures of the screens", |closing| {
                screenshots::compare(project, closing)
            })
        });
        let short = ["--short".to_owned()];
        let torture = judge("torture, short form", |_| {
            torture::run_parts(project, &short)
        });
        let broke_off = || judge("pictures", |_| Err("They broke off.".to_owned()));
        vec![pictures.join().unwrap_or_else(|_| broke_off()), torture]
    })
}

/// The tests that need no site.
fn without_site(project: &Project, parts: Parts, passed_on: &[String]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    if let Some(which) = parts.native {
        verdicts.push(judge("native tests", |_| native(project, which, passed_on)));
    }
    if parts.browser {
        for (name, variable, driver) in [
            ("wasm tests in Chromium", "CHROMEDRIVER", "chromedriver"),
            ("wasm tests in Firefox", "GECKODRIVER", "geckodriver"),
        ] {
            verdicts.push(judge(name, |_| wasm(project, variable, driver, passed_on)));
        }
    }
    if parts.couch {
        verdicts.push(judge("replicator with a server", |_| {
            couch::test(project, passed_on)
        }));
    }
    verdicts
}

/// Builds the sites for the tests in browsers.
fn sites(project: &Project) -> Vec<Verdict> {
    vec![
        judge("release site", |_| site::build_dist(project)),
        judge("site with chaos", |_| torture::build_chaos(project)),
    ]
}

/// Runs one part, which may say something at its end.
fn judge(part: &'static str, work: impl FnOnce(&mut String) -> Result<()>) -> Verdict {
    eprintln!("\n== {part}");
    let start = Instant::now();
    let mut closing = String::new();
    let outcome = work(&mut closing);
    if let Err(message) = &outcome {
        eprintln!("{message}");
    }
    Verdict {
        part,
        outcome,
        took: start.elapsed(),
        closing,
    }
}

/// The tests that need no browser.
fn native(project: &Project, which: Native, passed_on: &[String]) -> Result<()> {
    let targets: &[&str] = match which {
        Native::All => &["--workspace"],
        Native::Unit => &["--workspace", "--lib", "--bins"],
        Native::Model => &["--package", "postil", "--test", "model"],
        Native::Extraction => &["--package", "postil", "--test", "extraction"],
    };
    if matches!(which, Native::All | Native::Model) {
        browsers::python(project)?;
    }
    let (variable, usual) = SEED;
    let seed = std::env::var(variable).unwrap_or_else(|_| usual.to_owned());
    let mut command = project.cargo("test");
    command.args(targets).arg("--").args(passed_on);
    run(command.env(variable, seed))
}

/// The tests in the page itself, by the driver that the variable names.
fn wasm(project: &Project, variable: &str, driver: &str, passed_on: &[String]) -> Result<()> {
    tools::for_wasm_tests(project)?;
    browsers::both(project)?;
    let driver = project
        .find(driver)
        .ok_or_else(|| format!("{driver} is missing."))?;
    let mut command = project.cargo("test");
    command
        .args([
            "--package",
            "postil",
            "--target",
            "wasm32-unknown-unknown",
            "--test",
            "browser",
            "--",
        ])
        .args(passed_on)
        // Either variable would override the one set here.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(variable, driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", WASM_TEST_SECONDS)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", DRIVER_SECONDS);
    run(&mut command)
}

/// Number of slow journeys that the summary names.
const SLOWEST: usize = 12;

/// Runs the journeys through the release site, in both browsers. `closing` names the slowest, and those
/// that failed.
fn e2e(project: &Project, passed_on: &[String], closing: &mut String) -> Result<()> {
    // Each journey that fails leaves a file with its reason.
    let failures = project.path("target/tmp/failures");
    let times = project.path("target/tmp/times");
    let _ = fs::remove_dir_all(&failures);
    let _ = fs::remove_file(&times);
    let outcome = run_journeys(project, passed_on, &failures, &times);
    *closing += &slowest(&fs::read_to_string(&times).unwrap_or_default());
    let mut reasons: Vec<_> = fs::read_dir(&failures).into_iter().flatten().collect();
    reasons.sort_by_key(|file| file.as_ref().map(|file| file.path()).ok());
    for file in reasons.into_iter().flatten() {
        let reason = fs::read_to_string(file.path()).unwrap_or_default();
        *closing += &format!("\n  {}: {reason}", file.file_name().display());
    }
    outcome
}

/// Names the slowest of the journeys in a list of times, and their share of all time.
fn slowest(times: &str) -> String {
    let lines = times.lines().filter_map(|line| line.split_once(' '));
    let times = lines.filter_map(|(took, name)| Some((took.parse::<u64>().ok()?, name)));
    let mut times: Vec<(u64, &str)> = times.collect();
    times.sort_unstable_by(|one, other| other.cmp(one));
    let all: u64 = times.iter().map(|(took, _)| took).sum();
    times.truncate(SLOWEST);
    let slow: u64 = times.iter().map(|(took, _)| took).sum();
    let named = times
        .iter()
        .map(|(took, name)| format!("{name} {} s", took / 1_000));
    let named: Vec<String> = named.collect();
    match all {
        0 => String::new(),
        _ => format!(
            "slowest ({} % of the time): {}",
            slow * 100 / all,
            named.join(", ")
        ),
    }
}

fn run_journeys(
    project: &Project,
    passed_on: &[String],
    failures: &Path,
    times: &Path,
) -> Result<()> {
    browsers::both(project)?;
    let axe = browsers::axe(project)?;
    let couch = couch::program(project)?;
    let mut command = project.cargo("test");
    command
        .env(couch::PROGRAM, couch)
        .args(["--package", "postil", "--test", "e2e", "--", WAITING])
        .args(passed_on)
        .env("POSTIL_DIST", project.path(site::DIST))
        .env("POSTIL_CHAOS", project.path(torture::CHAOS))
        .env("POSTIL_AXE", axe)
        .env("POSTIL_FAILURES", failures)
        .env("POSTIL_TIMES", times);
    run(&mut command)
}

fn sum_up(verdicts: &[Verdict]) -> Result<()> {
    println!();
    for verdict in verdicts {
        println!("{}", line(verdict));
    }
    match verdicts
        .iter()
        .filter(|verdict| verdict.outcome.is_err())
        .count()
    {
        0 => Ok(()),
        failed => Err(format!("{failed} of {} parts failed.", verdicts.len())),
    }
}

fn line(
    Verdict {
        part,
        outcome,
        took,
        closing,
    }: &Verdict,
) -> String {
    let word = if outcome.is_ok() { "passed" } else { "FAILED" };
    let line = format!("{part:<24} {word} {:>5} s  {closing}", took.as_secs());
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_journeys_are_named_with_their_share() {
        assert_eq!(slowest(""), "");
        let times = "1000 a::Chromium\n3000 b::Firefox\nbroken\n";
        let said = "slowest (100 % of the time): b::Firefox 3 s, a::Chromium 1 s";
        assert_eq!(slowest(times), said);
    }

    #[test]
    fn the_summary_has_a_line_for_each_part_and_counts_failures() {
        let verdict = |part, outcome| Verdict {
            part,
            outcome,
            took: Duration::from_secs(12),
            closing: String::new(),
        };
        let good = verdict("native tests", Ok(()));
        assert_eq!(line(&good), "native tests             passed    12 s");
        assert_eq!(sum_up(&[good]), Ok(()));
        let telling = Verdict {
            closing: "4 pictures are compared, 0 differ.".to_owned(),
            ..verdict("pictures of the screens", Ok(()))
        };
        assert_eq!(
            line(&telling),
            "pictures of the screens  passed    12 s  4 pictures are compared, 0 differ."
        );
        let mixed = [
            verdict("native tests", Ok(())),
            verdict("release site", Err(String::new())),
        ];
        assert_eq!(sum_up(&mixed), Err("1 of 2 parts failed.".to_owned()));
    }
}
