//! The torture run: kills, tabs, refusals, damage, panics and attacks, against sites built for it.

use std::fs;

use crate::workshop::{Result, Workshop, run};
use crate::{browsers, site};

/// The release site with failures on demand and a robot; never what is shipped.
pub const CHAOS: &str = "target/chaos";

/// Builds both sites, then runs the parts that `passed_on` names, or all.
pub fn torture(workshop: &Workshop, passed_on: &[String]) -> Result<()> {
    browsers::both(workshop)?;
    site::build(workshop)?;
    build_chaos(workshop)?;
    run_parts(workshop, passed_on)
}

/// Builds the site that can be made to fail.
pub fn build_chaos(workshop: &Workshop) -> Result<()> {
    fs::create_dir_all(workshop.path(CHAOS)).map_err(|error| format!("{CHAOS}: {error}."))?;
    site::build_into(workshop, CHAOS, &["--features", "parted,chaos"])
}

/// Runs parts of the torture against the sites as they are.
pub fn run_parts(workshop: &Workshop, passed_on: &[String]) -> Result<()> {
    let mut command = workshop.cargo("test");
    command
        .args(["--package", "postil", "--features", "e2e"])
        .args(["--test", "torture", "--"])
        .args(passed_on)
        .env("POSTIL_DIST", workshop.path(site::DIST))
        .env("POSTIL_CHAOS", workshop.path(CHAOS));
    run(&mut command)
}
