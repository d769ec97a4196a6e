//! The site: serves it during development, and builds the release into dist/.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::project::{Project, Result, run};
use crate::split::keeps_names;
use crate::tools;

pub const DIST: &str = "dist";

/// Interval of the checks whether the first build is done and the server answers.
const GLANCE: Duration = Duration::from_millis(100);

/// Builds and serves until interrupted, and rebuilds after each change.
pub fn serve(project: &Project, port: u16) -> Result<()> {
    tools::for_site(project)?;
    let address = (Ipv4Addr::LOCALHOST, port);
    if TcpListener::bind(address).is_err() {
        return Err(format!(
            "Port {port} is taken; choose another with `cargo xtask serve --port N`."
        ));
    }
    eprintln!("Building; the first time usually takes a minute or two, later ones a second.");
    // Not into dist/, which holds the release site.
    fs::create_dir_all(project.path("target/serve"))
        .map_err(|error| format!("target/serve: {error}."))?;
    let mut trunk = trunk(project, "serve");
    trunk.args([
        "--dist",
        "target/serve",
        "--address",
        "127.0.0.1",
        "--port",
        &port.to_string(),
    ]);
    let mut server = trunk
        .spawn()
        .map_err(|error| format!("Trunk could not be started: {error}."))?;
    loop {
        if let Some(status) = server.try_wait().map_err(|error| error.to_string())? {
            return Err(format!("Trunk ended early ({status})."));
        }
        if TcpStream::connect(address).is_ok() {
            break;
        }
        thread::sleep(GLANCE);
    }
    println!("Postil is at http://127.0.0.1:{port} (Ctrl-C ends it).");
    match server.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("Trunk ended ({status}).")),
        Err(error) => Err(error.to_string()),
    }
}

/// Builds the release site and prints the size of each file.
pub fn build(project: &Project) -> Result<()> {
    build_dist(project)?;
    print_sizes(project)
}

/// Builds the release site.
pub fn build_dist(project: &Project) -> Result<()> {
    tools::for_site(project)?;
    eprintln!("Building the release site; from nothing this usually takes a minute or two.");
    build_into(project, DIST, &[])
}

/// Builds the release site into a folder, with additional arguments for Trunk.
pub fn build_into(project: &Project, folder: &str, more: &[&str]) -> Result<()> {
    let mut trunk = trunk(project, "build");
    trunk
        .args(["--release", "--dist", folder])
        .args(more)
        .env(FLAGS_VARIABLE, release_flags(project));
    run(&mut trunk)?;
    // Chaos and names make the program larger, and are not shipped.
    match more.is_empty() && !keeps_names() {
        true => check_first_visit(&project.path(folder)),
        false => Ok(()),
    }
}

/// Most bytes that a first visit may download, with brotli; see CONTRIBUTING.md.
const FIRST_VISIT: usize = 200_000;
/// Names, in part, of files that a first visit does not load: the lazy part, the worker, and files
/// for hosts, app shops and later visits.
pub const LATER: [&str; 9] = [
    "lazy",
    "bookmarklet",
    "importer",
    ".md",
    "sw.js",
    "_headers",
    "icons/",
    "screenshots/",
    "fonts/",
];

/// Fails if a first visit of a built site would download too much.
fn check_first_visit(dist: &Path) -> Result<()> {
    let mut bytes = 0;
    for file in files_in(dist)? {
        let name = file
            .strip_prefix(dist)
            .unwrap_or(&file)
            .display()
            .to_string();
        if !LATER.iter().any(|later| name.contains(later)) {
            bytes += in_brotli(&read(&file)?);
        }
    }
    match bytes <= FIRST_VISIT {
        true => Ok(()),
        false => Err(format!(
            "A first visit would download {bytes} bytes with brotli; at most {FIRST_VISIT} are allowed, see CONTRIBUTING.md."
        )),
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{}: {error}.", file.display()))
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    list_files(folder, &mut files)
        .map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
    files.sort();
    Ok(files)
}

/// Size after the best compression with brotli.
fn in_brotli(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut input = bytes;
    // To memory, which takes everything.
    let _ = brotli::BrotliCompress(&mut input, &mut packed, &settings);
    packed.len()
}

/// Cargo's variable for the flags of the wasm target; `.cargo/config.toml` has the usual ones.
const FLAGS_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The usual flags, and short names for this machine's folders: otherwise their paths are stored in
/// the module with every possible panic, reveal where it was built, and make it larger.
fn release_flags(project: &Project) -> String {
    let mut flags = "-Clink-arg=--keep-section=target_features".to_owned();
    let home = |name: &str| std::env::var(name).unwrap_or_default();
    let cargo_home = match std::env::var("CARGO_HOME") {
        Ok(folder) => folder,
        Err(_) => format!("{}/.cargo", home("HOME")),
    };
    let sources = Path::new(&cargo_home).join("registry/src");
    let registries = fs::read_dir(&sources).into_iter().flatten().flatten();
    for folder in registries
        .map(|entry| entry.path())
        .chain([project.path("")])
    {
        let folder = folder.display().to_string();
        // Flags are separated by spaces.
        if !folder.contains(' ') {
            flags += &format!(" --remap-path-prefix={}=", folder.trim_end_matches('/'));
        }
    }
    flags
}

/// A Trunk command; the tools that Trunk would download are on the search path by [`tools`].
fn trunk(project: &Project, subcommand: &str) -> Command {
    let mut command = project.command("trunk");
    // Trunk reads NO_COLOR as a boolean and refuses the usual `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command.args([subcommand, "--skip-version-check"]);
    command
}

fn print_sizes(project: &Project) -> Result<()> {
    let dist = project.path(DIST);
    println!("{:>12} {:>10} {:>10}  file", "bytes", "gzip", "brotli");
    let mut totals = [0_usize; 3];
    let files = files_in(&dist)?;
    for file in &files {
        let bytes = read(file)?;
        let gzip = compressed(project.command("gzip").args(["-9", "-c"]), &bytes);
        let brotli = Some(in_brotli(&bytes));
        let name = file.strip_prefix(&dist).unwrap_or(file).display();
        println!(
            "{:>12} {:>10} {:>10}  {name}",
            bytes.len(),
            shown(gzip),
            shown(brotli)
        );
        for (total, size) in totals.iter_mut().zip([Some(bytes.len()), gzip, brotli]) {
            *total += size.unwrap_or_default();
        }
    }
    let [bytes, gzip, brotli] = totals;
    println!(
        "{bytes:>12} {gzip:>10} {brotli:>10}  {} files in dist/",
        files.len()
    );
    Ok(())
}

pub fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list_files(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// Size of `bytes` after compression, or `None` if there is no such program.
fn compressed(program: &mut Command, bytes: &[u8]) -> Option<usize> {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    // Written in parallel to the reading: a full pipe would block both sides.
    let output = thread::scope(|scope| {
        scope.spawn(move || input.write_all(bytes));
        child.wait_with_output()
    });
    output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| output.stdout.len())
}

fn shown(size: Option<usize>) -> String {
    size.map_or_else(|| "–".to_owned(), |size| size.to_string())
}
