//! Pictures of every screen in every theme and at every width, compared with those that were kept.

use crate::project::{Project, Result, run};
use crate::{browsers, site};

/// Builds the site and passes the flags on, see `tests/screenshots/main.rs`.
pub fn screenshots(project: &Project, flags: &[String]) -> Result<()> {
    browsers::both(project)?;
    site::build_dist(project)?;
    let mut command = project.cargo("test");
    command
        .args(["--package", "postil", "--features", "e2e"])
        .args(["--test", "screenshots", "--"])
        .args(flags)
        .env("POSTIL_DIST", project.path(site::DIST));
    run(&mut command)
}
