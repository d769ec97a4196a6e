//! Pictures of every screen in every theme and at every width, compared with those that were kept.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::project::{Project, Result, run, run_with};
use crate::{browsers, site};

/// Builds the site and passes the flags on, see `tests/screenshots/main.rs`.
pub fn screenshots(project: &Project, flags: &[String]) -> Result<()> {
    browsers::both(project)?;
    site::build_dist(project)?;
    run(&mut pictures(project, flags))
}

/// Compares the screens of the site as built, on a phone and at a desk, with their references;
/// `closing` becomes the last line that was printed, which says what was compared.
pub fn compare(project: &Project, closing: &mut String) -> Result<()> {
    browsers::chromium(project)?;
    let mut command = pictures(project, &["--brief".to_owned()]);
    run_with(&mut command, |command| {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        if let Some(output) = child.stdout.take() {
            *closing = passed_through(output);
        }
        child.wait()
    })
}

fn pictures(project: &Project, flags: &[String]) -> Command {
    let mut command = project.cargo("test");
    command
        .args(["--package", "postil", "--test", "screenshots", "--"])
        .args(flags)
        .env("POSTIL_DIST", project.path(site::DIST));
    command
}

/// Prints what a command prints, and returns its last line.
fn passed_through(output: impl Read) -> String {
    let mut last = String::new();
    for line in BufReader::new(output).lines().map_while(|line| line.ok()) {
        println!("{line}");
        if !line.trim().is_empty() {
            last = line;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_last_that_says_something() {
        let printed = "other fonts\n4 pictures are compared, 0 differ.\n\n";
        assert_eq!(
            passed_through(printed.as_bytes()),
            "4 pictures are compared, 0 differ."
        );
        assert_eq!(passed_through(&b""[..]), "");
    }
}
