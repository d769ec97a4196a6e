//! Measurements of the release site in a real browser.

use crate::workshop::{Result, Workshop, run};
use crate::{browsers, site};

/// Builds the release site, then runs `benches/page.rs`; `passed_on` may name one measurement.
pub fn bench(workshop: &Workshop, passed_on: &[String]) -> Result<()> {
    browsers::chromium(workshop)?;
    site::build(workshop)?;
    let mut command = workshop.cargo("bench");
    command
        .args([
            "--package",
            "postil",
            "--bench",
            "page",
            "--features",
            "e2e",
            "--",
        ])
        .args(passed_on)
        .env("POSTIL_DIST", workshop.path(site::DIST));
    run(&mut command)
}
