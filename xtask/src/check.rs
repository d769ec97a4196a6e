//! What must hold besides the tests: formatting, lints and rustdoc, each warning being an error.

use std::process::Command;

use crate::tools;
use crate::workshop::{Result, Workshop, run};

/// Runs every check, also after one has failed, so that one sees all there is to mend.
pub fn check(workshop: &Workshop) -> Result<()> {
    tools::wasm_target(workshop)?;
    let failures: Vec<String> = checks(workshop)
        .iter_mut()
        .filter_map(|check| run(check).err())
        .collect();
    match failures.is_empty() {
        true => {
            println!("Formatting, lints and documentation are in order.");
            Ok(())
        }
        false => Err(failures.join("\n")),
    }
}

fn checks(workshop: &Workshop) -> Vec<Command> {
    let cargo = |words: &str| {
        let mut words = words.split(' ');
        let mut command = workshop.cargo(words.next().unwrap_or_default());
        command.args(words).env("RUSTDOCFLAGS", "-D warnings");
        command
    };
    // `-D warnings` stands here: a RUSTFLAGS variable would replace the flags of .cargo/config.toml.
    vec![
        cargo("fmt --all --check"),
        cargo("fmt --manifest-path fuzz/Cargo.toml --check"),
        cargo("clippy --workspace --all-targets -- -D warnings"),
        cargo("clippy --package postil --all-targets --features e2e -- -D warnings"),
        cargo(
            "clippy --package postil --target wasm32-unknown-unknown --lib --bins --test browser -- -D warnings",
        ),
        cargo("doc --workspace --no-deps --document-private-items"),
        cargo(
            "doc --package postil --target wasm32-unknown-unknown --no-deps --document-private-items",
        ),
    ]
}
