//! Checks besides the tests: formatting, lints and rustdoc, with warnings as errors, and the rules
//! of deny.toml for the dependencies.

use std::process::Command;

use crate::project::{Project, Result, run};
use crate::tools;

/// Runs every check, even after a failure, so that all problems show at once.
pub fn check(project: &Project) -> Result<()> {
    tools::wasm_target(project)?;
    let mut failures: Vec<String> = checks(project)
        .iter_mut()
        .filter_map(|check| run(check).err())
        .collect();
    let dependencies = dependencies(project);
    failures.extend(dependencies.as_ref().err().cloned());
    match failures.is_empty() {
        true => {
            println!("Formatting, lints, documentation and dependencies are in order.");
            if dependencies == Ok(Advisories::NotChecked) {
                println!("{NOT_CHECKED}");
            }
            Ok(())
        }
        false => Err(failures.join("\n")),
    }
}

/// Whether the dependencies were checked for known vulnerabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Advisories {
    Checked,
    NotChecked,
}

const NOT_CHECKED: &str = "Advisories were NOT checked: their database could not be fetched from \
    github.com/RustSec/advisory-db. Licences, bans and sources were.";

/// Start of cargo-deny's message that it has no database.
const NO_DATABASE: &str = "failed to fetch advisory database";

fn dependencies(project: &Project) -> Result<Advisories> {
    tools::cargo_deny(project)?;
    run(project
        .cargo("deny")
        .args(["check", "bans", "licenses", "sources"]))?;
    let output = project
        .cargo("deny")
        .args(["check", "advisories"])
        .output()
        .map_err(|error| format!("cargo-deny could not be started: {error}."))?;
    let said = String::from_utf8_lossy(&output.stderr);
    judge(output.status.success(), &said).inspect(|advisories| {
        if *advisories == Advisories::NotChecked {
            eprintln!("{NOT_CHECKED}");
        }
    })
}

fn judge(success: bool, said: &str) -> Result<Advisories> {
    match success {
        true => Ok(Advisories::Checked),
        false if said.contains(NO_DATABASE) => Ok(Advisories::NotChecked),
        false => Err(format!("{said}\nThe dependencies have known holes.")),
    }
}

fn checks(project: &Project) -> Vec<Command> {
    let cargo = |words: &str| {
        let mut words = words.split(' ');
        let mut command = project.cargo(words.next().unwrap_or_default());
        command.args(words).env("RUSTDOCFLAGS", "-D warnings");
        command
    };
    // With `-D warnings` here: a RUSTFLAGS variable would replace the flags of .cargo/config.toml.
    vec![
        cargo("fmt --all --check"),
        cargo("fmt --manifest-path fuzz/Cargo.toml --check"),
        cargo("clippy --workspace --all-targets -- -D warnings"),
        // What plain test runs leave out is left out of all targets too.
        cargo(
            "clippy --test couch --test e2e --test screenshots --test torture --bench page -- -D warnings",
        ),
        cargo(
            "clippy --package postil --target wasm32-unknown-unknown --lib --bins --test browser -- -D warnings",
        ),
        cargo("doc --workspace --no-deps --document-private-items"),
        cargo(
            "doc --package postil --target wasm32-unknown-unknown --no-deps --document-private-items",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_fails_the_check_and_a_missing_database_is_told() {
        assert_eq!(judge(true, ""), Ok(Advisories::Checked));
        let offline = "[ERROR] failed to fetch advisory database https://example.org";
        assert_eq!(judge(false, offline), Ok(Advisories::NotChecked));
        let hole = judge(false, "error[vulnerability]: a hole in a crate");
        assert!(hole.is_err_and(|message| message.contains("a hole in a crate")));
    }
}
