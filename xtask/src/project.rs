//! The environment of the commands: the project's folder, its own tools, and running programs.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// The error is a sentence for the person at the terminal.
pub type Result<T> = std::result::Result<T, String>;

/// The project's folder, with the tools that were installed for it alone.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the project by this package's location, so that it can be started from any folder.
    pub fn open() -> Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").ok_or("Start this as `cargo xtask`.")?;
        let root = Path::new(&package)
            .parent()
            .ok_or("This package stands in no workspace.")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// A path inside the project.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Folder for missing tools: `cargo install --root`, `npm install --prefix`.
    pub fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }

    /// Finds a program by name, among the project's own tools first.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let file = format!("{program}{}", env::consts::EXE_SUFFIX);
        self.search_path()
            .into_iter()
            .map(|folder| folder.join(&file))
            .find(|path| path.is_file())
    }

    fn search_path(&self) -> Vec<PathBuf> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        std::iter::once(self.tools().join("bin"))
            .chain(env::split_paths(&inherited))
            .collect()
    }

    /// A command to run in the project's folder, with the project's own tools first on its path.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.find(program).unwrap_or_else(|| program.into()));
        command.current_dir(&self.root).stdin(Stdio::null());
        if let Ok(path) = env::join_paths(self.search_path()) {
            command.env("PATH", path);
        }
        command
    }

    /// The Cargo that runs this program, and so the toolchain of `rust-toolchain.toml`.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = self.command(&env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        command.arg(subcommand);
        command
    }
}

/// Prints the command as typed, runs it with inherited output, and fails if it does.
pub fn run(command: &mut Command) -> Result<()> {
    run_with(command, |command| command.status())
}

/// Like [`run`]; `start` runs the command.
pub fn run_with(
    command: &mut Command,
    start: impl FnOnce(&mut Command) -> io::Result<ExitStatus>,
) -> Result<()> {
    eprintln!("$ {}", typed(command));
    match start(command) {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` failed ({status}).", typed(command))),
        Err(error) => Err(format!(
            "`{}` could not be started: {error}.",
            typed(command)
        )),
    }
}

/// A command's output without surrounding white space, if it succeeds.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as typed, with the program's name but not its folder.
fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(
            typed(Command::new("/opt/bin/cargo").args(["test", "--workspace"])),
            "cargo test --workspace"
        );
    }
}
