//! Tools that Cargo can build: finds each, and installs missing ones into target/tools.

use std::path::Path;

use crate::lock::{locked_version, printed_version};
use crate::project::{Project, Result, output_of, run};

const WASM: &str = "wasm32-unknown-unknown";

/// The newest Trunk that the toolchain of `rust-toolchain.toml` can build.
const TRUNK_VERSION: &str = "0.21.14";

/// Later versions might need a later toolchain; any installed one is accepted.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// The tested version; any installed one is accepted.
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// Another release series may read deny.toml differently.
const CARGO_DENY_VERSION: &str = "0.20.2";

/// A program that `cargo install` provides.
struct Tool<'a> {
    package: &'a str,
    /// Programs that must all exist, in a version that starts with `version`.
    programs: &'a [&'a str],
    version: &'a str,
    /// What to install, in the notation of `cargo install`.
    install: String,
    features: &'a [&'a str],
    minutes: &'a str,
}

/// Installs the tools to build the site: the wasm target, Trunk, and wasm-bindgen as in Cargo.lock.
pub fn for_site(project: &Project) -> Result<()> {
    wasm_target(project)?;
    trunk(project)?;
    wasm_bindgen(project)
}

/// Installs what compiling and running wasm tests needs.
pub fn for_wasm_tests(project: &Project) -> Result<()> {
    wasm_target(project)?;
    wasm_bindgen(project)
}

/// The standard library for wasm, which rustup usually installs along with the toolchain.
pub fn wasm_target(project: &Project) -> Result<()> {
    let mut ask = project.command("rustc");
    ask.args(["--print", "target-libdir", "--target", WASM]);
    if output_of(&mut ask).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if project.find("rustup").is_none() {
        return Err(format!(
            "The Rust standard library for {WASM} is missing; install it, or rustup."
        ));
    }
    announce(
        &format!("the Rust standard library for {WASM}"),
        "half a minute",
    );
    run(project.command("rustup").args(["target", "add", WASM]))
}

/// The WebDriver server for Firefox; Debian's Chromium includes its own.
pub fn geckodriver(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            package: "geckodriver",
            programs: &["geckodriver"],
            version: "",
            install: format!("geckodriver@{GECKODRIVER_VERSION}"),
            features: &[],
            minutes: "2 minutes",
        },
    )
}

/// The runner of the fuzz targets.
pub fn cargo_fuzz(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            package: "cargo-fuzz",
            programs: &["cargo-fuzz"],
            version: "",
            install: format!("cargo-fuzz@{CARGO_FUZZ_VERSION}"),
            features: &[],
            minutes: "a minute",
        },
    )
}

/// The checker of the dependencies' licences, sources and known vulnerabilities.
pub fn cargo_deny(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            package: "cargo-deny",
            programs: &["cargo-deny"],
            version: "0.20.",
            install: format!("cargo-deny@{CARGO_DENY_VERSION}"),
            features: &["--no-default-features"],
            minutes: "a minute or two",
        },
    )
}

fn trunk(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            package: "trunk",
            programs: &["trunk"],
            // Every release of this series reads the same index.html.
            version: "0.21.",
            install: format!("trunk@{TRUNK_VERSION}"),
            features: &["--no-default-features"],
            minutes: "3 minutes",
        },
    )
}

/// The generated JavaScript and the library must have exactly the same version.
fn wasm_bindgen(project: &Project) -> Result<()> {
    let lock = std::fs::read_to_string(project.path("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}."))?;
    let version =
        locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock does not name wasm-bindgen.")?;
    ensure(
        project,
        &Tool {
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            version,
            install: format!("wasm-bindgen-cli@{version}"),
            features: &["--no-default-features"],
            minutes: "2 minutes",
        },
    )
}

fn ensure(project: &Project, tool: &Tool) -> Result<()> {
    if tool
        .programs
        .iter()
        .all(|program| is_there(project, program, tool.version))
    {
        return Ok(());
    }
    announce(&tool.install, tool.minutes);
    // A lock file that names a yanked version must not stop the installation.
    install(project, tool, &["--locked"]).or_else(|_| install(project, tool, &[]))?;
    match tool
        .programs
        .iter()
        .all(|program| is_there(project, program, tool.version))
    {
        true => Ok(()),
        false => Err(format!(
            "{} was installed, yet has not version {}.",
            tool.package, tool.version
        )),
    }
}

fn is_there(project: &Project, program: &str, version: &str) -> bool {
    project.find(program).is_some()
        && output_of(project.command(program).arg("--version")).is_some_and(|output| {
            printed_version(&output).is_some_and(|found| matches(found, version))
        })
}

/// True if a version is as wanted; one that ends in a dot, or is empty, stands for a whole series.
fn matches(found: &str, wanted: &str) -> bool {
    match wanted.is_empty() || wanted.ends_with('.') {
        true => found.starts_with(wanted),
        false => found == wanted,
    }
}

/// Builds without optimisation, in a third of the time: the tools run for a second at a time.
fn install(project: &Project, tool: &Tool, locked: &[&str]) -> Result<()> {
    // wasm-bindgen reads the whole wasm file, for which unoptimised code is too slow.
    let level = if tool.package == "wasm-bindgen-cli" {
        "1"
    } else {
        "0"
    };
    let mut command = project.cargo("install");
    command
        .args(["--debug", "--force", "--root"])
        .arg(project.tools())
        .args(locked)
        .args(tool.features)
        .arg(&tool.install)
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", level)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_INCREMENTAL", "false");
    run(&mut command)
}

/// Announces an installation and its usual duration.
pub fn announce(what: &str, duration: &str) {
    eprintln!("Installing {what}; this usually takes {duration}, once.");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_takes_any_of_its_releases_and_a_version_only_itself() {
        assert!(matches("0.21.14", "0.21."));
        assert!(!matches("0.22.1", "0.21."));
        assert!(!matches("0.2.1300", "0.2.130"));
        assert!(matches("0.37.1", ""));
    }
}
