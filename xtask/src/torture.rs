//! The torture run: kills, tabs, refusals, damage, panics and attacks, against sites built for it.

use std::fs;

use crate::project::{Project, Result, run};
use crate::{browsers, site};

/// The release site with failures on demand and a robot; never what is shipped.
pub const CHAOS: &str = "target/chaos";

/// Builds both sites, then runs the parts that `passed_on` names, or all.
pub fn torture(project: &Project, passed_on: &[String]) -> Result<()> {
    browsers::both(project)?;
    site::build(project)?;
    build_chaos(project)?;
    run_parts(project, passed_on)
}

/// Builds the site that can be made to fail.
pub fn build_chaos(project: &Project) -> Result<()> {
    fs::create_dir_all(project.path(CHAOS)).map_err(|error| format!("{CHAOS}: {error}."))?;
    site::build_into(project, CHAOS, &["--features", "split,chaos"])
}

/// Runs parts of the torture against the sites as they are.
pub fn run_parts(project: &Project, passed_on: &[String]) -> Result<()> {
    let mut command = project.cargo("test");
    command
        .args(["--package", "postil", "--features", "e2e"])
        .args(["--test", "torture", "--"])
        .args(passed_on)
        .env("POSTIL_DIST", project.path(site::DIST))
        .env("POSTIL_CHAOS", project.path(CHAOS));
    run(&mut command)
}
