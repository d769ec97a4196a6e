//! Searches for inputs that break the importers or the finding of passages: with cargo-fuzz, and
//! with the laws under a new seed for each run.

use std::fs;
use std::time::{Duration, Instant, SystemTime};

use crate::project::{Project, Result, output_of, run};
use crate::tools;

/// The fuzz targets: those files of `fuzz/fuzz_targets/` that are programs.
const TARGETS: [&str; 9] = [
    "versions", "targets", "html", "markdown", "plain", "mhtml", "epub", "notes", "archives",
];

/// Files of the project from which a target starts, as samples of its format.
const SEEDS: [(&str, &str); 4] = [
    ("html", "tests/fixtures/languages"),
    ("markdown", "static/articles"),
    ("plain", "static/articles"),
    ("notes", "fuzz/seeds/notes"),
];

/// Time limit for one input, in seconds; a slower one is reported as a failure.
const LONGEST: u32 = 10;

/// Runs every target for so many seconds, even after a failure.
pub fn fuzz(project: &Project, seconds: u32) -> Result<()> {
    tools::cargo_fuzz(project)?;
    let mut failures: Vec<String> = TARGETS
        .iter()
        .filter_map(|target| one(project, target, seconds).err())
        .collect();
    failures.extend(laws(project, seconds).err());
    match failures.is_empty() {
        true => {
            println!("Nothing was found in {seconds} seconds for each target.");
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
        // Instrumentation needs flags that only a nightly toolchain accepts by itself.
        let mut command = project.cargo("fuzz");
        command.env("RUSTC_BOOTSTRAP", "1");
        command
    };
    // There is no unsafe code to sanitize, and without a sanitizer it runs twice as fast.
    command.args(["run", "--sanitizer", "none", target]);
    if let Some((_, seeds)) = SEEDS.iter().find(|(seeded, _)| *seeded == target) {
        // New inputs go into the first folder, which is not created if there are several.
        let found = project.path("fuzz/corpus").join(target);
        fs::create_dir_all(&found).map_err(|error| format!("{}: {error}", found.display()))?;
        command.arg(found).arg(project.path(seeds));
    }
    command.arg("--");
    command.args([
        format!("-max_total_time={seconds}"),
        format!("-timeout={LONGEST}"),
        // Reports failures, not each input that covers new code.
        "-verbosity=0".to_owned(),
    ]);
    run(&mut command)
}

/// Repeats the laws of `tests/model/`, each time with another seed; the printed command names the
/// seed, so that a failure can be reproduced.
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

/// Reads the list, since asking for the toolchain itself may install it.
fn has_nightly(project: &Project) -> bool {
    let list = output_of(project.command("rustup").args(["toolchain", "list"]));
    list.is_some_and(|list| list.lines().any(|line| line.starts_with("nightly")))
}
