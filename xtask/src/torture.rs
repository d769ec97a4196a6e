//! The torture run: kills, tabs, refusals, damage, panics, attacks and a long reading, against sites
//! built for it.

use std::fs;

use crate::project::{Project, Result, run};
use crate::{browsers, couch, site};

/// The release site with fault injection and a robot; never shipped.
pub const CHAOS: &str = "target/chaos";

/// Builds both sites, then runs the parts that `passed_on` names, or all of them.
pub fn torture(project: &Project, passed_on: &[String]) -> Result<()> {
    browsers::both(project)?;
    site::build_dist(project)?;
    build_chaos(project)?;
    run_parts(project, passed_on)
}

/// Builds the site with fault injection.
pub fn build_chaos(project: &Project) -> Result<()> {
    fs::create_dir_all(project.path(CHAOS)).map_err(|error| format!("{CHAOS}: {error}."))?;
    site::build_into(project, CHAOS, &["--features", "split,chaos"])
}

/// Runs parts of the torture run against the existing sites.
pub fn run_parts(project: &Project, passed_on: &[String]) -> Result<()> {
    let mut command = project.cargo("test");
    command
        .args(["--package", "postil", "--test", "torture", "--"])
        .args(passed_on)
        .env("POSTIL_DIST", project.path(site::DIST))
        .env("POSTIL_CHAOS", project.path(CHAOS))
        .env(couch::PROGRAM, couch::program(project)?);
    run(&mut command)
}
