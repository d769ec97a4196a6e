//! The tools that Cargo can build: looks for each, and installs the missing ones into target/tools.

use std::path::Path;

use crate::lock::{locked_version, printed_version};
use crate::workshop::{Result, Workshop, output_of, run};

const WASM: &str = "wasm32-unknown-unknown";

/// The newest Trunk that the toolchain of `rust-toolchain.toml` can build.
const TRUNK_VERSION: &str = "0.21.14";

/// A later one might ask for a later toolchain; any that is there already will do.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// The one that was tried; any that is there already will do.
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// Releases of another series may read another deny.toml.
const CARGO_DENY_VERSION: &str = "0.20.2";

/// One program that `cargo install` provides.
struct Tool<'a> {
    package: &'a str,
    /// All must be there, in a version that begins with `version`.
    programs: &'a [&'a str],
    version: &'a str,
    /// What to install, as `cargo install` names it.
    install: String,
    features: &'a [&'a str],
    minutes: &'a str,
}

/// What building the site takes: the wasm target, Trunk, and wasm-bindgen just as in Cargo.lock.
pub fn for_site(workshop: &Workshop) -> Result<()> {
    wasm_target(workshop)?;
    trunk(workshop)?;
    wasm_bindgen(workshop)
}

/// What compiling and running wasm tests takes.
pub fn for_wasm_tests(workshop: &Workshop) -> Result<()> {
    wasm_target(workshop)?;
    wasm_bindgen(workshop)
}

/// The standard library for the browser, which rustup usually installed along with the toolchain.
pub fn wasm_target(workshop: &Workshop) -> Result<()> {
    let mut ask = workshop.command("rustc");
    ask.args(["--print", "target-libdir", "--target", WASM]);
    if output_of(&mut ask).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if workshop.find("rustup").is_none() {
        return Err(format!(
            "The Rust standard library for {WASM} is missing; install it, or rustup."
        ));
    }
    announce(
        &format!("the Rust standard library for {WASM}"),
        "half a minute",
    );
    run(workshop.command("rustup").args(["target", "add", WASM]))
}

/// The bridge from Firefox to WebDriver; Debian's Chromium brings its own.
pub fn geckodriver(workshop: &Workshop) -> Result<()> {
    ensure(
        workshop,
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

/// What runs the fuzz targets.
pub fn cargo_fuzz(workshop: &Workshop) -> Result<()> {
    ensure(
        workshop,
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

/// What looks at the licences, the origin and the known holes of the dependencies.
pub fn cargo_deny(workshop: &Workshop) -> Result<()> {
    ensure(
        workshop,
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

fn trunk(workshop: &Workshop) -> Result<()> {
    ensure(
        workshop,
        &Tool {
            package: "trunk",
            programs: &["trunk"],
            // Any release of this series reads the same index.html.
            version: "0.21.",
            install: format!("trunk@{TRUNK_VERSION}"),
            features: &["--no-default-features"],
            minutes: "3 minutes",
        },
    )
}

/// The generated JavaScript and the library must be of one version, to the last digit.
fn wasm_bindgen(workshop: &Workshop) -> Result<()> {
    let lock = std::fs::read_to_string(workshop.path("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}."))?;
    let version =
        locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock does not name wasm-bindgen.")?;
    ensure(
        workshop,
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

fn ensure(workshop: &Workshop, tool: &Tool) -> Result<()> {
    if tool
        .programs
        .iter()
        .all(|program| is_there(workshop, program, tool.version))
    {
        return Ok(());
    }
    announce(&tool.install, tool.minutes);
    // A lock file that names a version since withdrawn must not stop the installation.
    install(workshop, tool, &["--locked"]).or_else(|_| install(workshop, tool, &[]))?;
    match tool
        .programs
        .iter()
        .all(|program| is_there(workshop, program, tool.version))
    {
        true => Ok(()),
        false => Err(format!(
            "{} was installed, yet has not version {}.",
            tool.package, tool.version
        )),
    }
}

fn is_there(workshop: &Workshop, program: &str, version: &str) -> bool {
    workshop.find(program).is_some()
        && output_of(workshop.command(program).arg("--version")).is_some_and(|output| {
            printed_version(&output).is_some_and(|found| matches(found, version))
        })
}

/// A version that ends in a dot, or is empty, stands for a whole series.
fn matches(found: &str, wanted: &str) -> bool {
    match wanted.is_empty() || wanted.ends_with('.') {
        true => found.starts_with(wanted),
        false => found == wanted,
    }
}

/// Unoptimised builds: these tools run for a second at a time, and compile in a third of the time.
fn install(workshop: &Workshop, tool: &Tool, locked: &[&str]) -> Result<()> {
    // wasm-bindgen reads the whole wasm file, which unoptimised code does too slowly.
    let level = if tool.package == "wasm-bindgen-cli" {
        "1"
    } else {
        "0"
    };
    let mut command = workshop.cargo("install");
    command
        .args(["--debug", "--force", "--root"])
        .arg(workshop.tools())
        .args(locked)
        .args(tool.features)
        .arg(&tool.install)
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", level)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_INCREMENTAL", "false");
    run(&mut command)
}

/// Says what is about to be installed and how long that usually takes.
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
