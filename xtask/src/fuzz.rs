//! Looks for inputs that break the importers or the finding of passages: with cargo-fuzz, and by the
//! laws with a new seed each run.

use std::fs;
use std::time::{Duration, Instant, SystemTime};

use crate::project::{Project, Result, output_of, run};
use crate::tools;

/// What is fuzzed: the files of `fuzz/fuzz_targets/` that are programs.
const TARGETS: [&str; 7] = [
    "versions", "targets", "html", "markdown", "plain", "mhtml", "epub",
];

/// Files of the project that a target begins with, so that it knows what such files look like.
const SEEDS: [(&str, &str); 3] = [
    ("html", "tests/fixtures/languages"),
    ("markdown", "static/articles"),
    ("plain", "static/articles"),
];

/// The longest that one input may take, in seconds: then it is reported as one that breaks it.
const LONGEST: u32 = 10;

/// Runs every target for its share of the seconds, also after one has found something.
pub fn fuzz(project: &Project, seconds: u32) -> Result<()> {
    tools::cargo_fuzz(project)?;
    // The laws are one more.
    let share = (seconds / (TARGETS.len() as u32 + 1)).max(1);
    let mut failures: Vec<String> = TARGETS
        .iter()
        .filter_map(|target| one(project, target, share).err())
        .collect();
    failures.extend(laws(project, share).err());
    match failures.is_empty() {
        true => {
            println!("Nothing was found in {share} seconds for each target.");
            Ok(())
        }
        false => Err(failures.join("\n")),
    }
}

fn one(project: &Project, target: &str, seconds: u32) -> Result<()> {
    let mut command = if has_nightly(project) {
        let mut command = project.command("rustup");
        command.args(["run", "nightly", "cargo", "fuzz"]);
        command
    } else {
        // Instrumented code needs flags that only a nightly toolchain gives freely.
        let mut command = project.cargo("fuzz");
        command.env("RUSTC_BOOTSTRAP", "1");
        command
    };
    // There is no unsafe code here to watch, and without a sanitizer it runs twice as fast.
    command.args(["run", "--sanitizer", "none", target]);
    if let Some((_, seeds)) = SEEDS.iter().find(|(seeded, _)| *seeded == target) {
        // What is found goes into the first folder, which is not made where there are several.
        let found = project.path("fuzz/corpus").join(target);
        fs::create_dir_all(&found).map_err(|error| format!("{}: {error}", found.display()))?;
        command.arg(found).arg(project.path(seeds));
    }
    command.arg("--");
    command.args([
        format!("-max_total_time={seconds}"),
        format!("-timeout={LONGEST}"),
        // What it finds is told, not each input that leads somewhere new.
        "-verbosity=0".to_owned(),
    ]);
    run(&mut command)
}

/// The laws of `tests/model/` again and again, each time with another seed; the command that is shown
/// says with which, so that a failure can be had again.
fn laws(project: &Project, seconds: u32) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(seconds.into());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let mut seed = now.map_or(0, |now| now.as_secs());
    loop {
        println!("The laws with PROPTEST_RNG_SEED={seed}:");
        let mut command = project.cargo("test");
        command.args(["--quiet", "--package", "postil", "--test", "model"]);
        run(command.env("PROPTEST_RNG_SEED", seed.to_string()))?;
        seed += 1;
        if Instant::now() >= end {
            return Ok(());
        }
    }
}

/// Asked of the list, since asking for the toolchain itself may install it.
fn has_nightly(project: &Project) -> bool {
    let list = output_of(project.command("rustup").args(["toolchain", "list"]));
    list.is_some_and(|list| list.lines().any(|line| line.starts_with("nightly")))
}
