//! The main job in WebKit: `tests/e2e/webkit.rs`.

use crate::project::{Project, Result, run};
use crate::{browsers, site};

/// Builds the site, and runs what the usual run ignores, on a display that nobody sees.
pub fn webkit(project: &Project) -> Result<()> {
    browsers::webkit(project)?;
    site::build_dist(project)?;
    let mut command = project.command("xvfb-run");
    command
        .args(["--auto-servernum", "cargo", "test"])
        .args(["--package", "postil", "--test", "e2e", "--"])
        .args(["--ignored", "webkit::"])
        .env("POSTIL_DIST", project.path(site::DIST));
    run(&mut command)
}
