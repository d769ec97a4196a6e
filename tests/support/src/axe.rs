//! Accessibility rules of axe-core, <https://github.com/dequelabs/axe-core>, applied to the page.

use serde::Deserialize;
use serde_json::Value;

use crate::reader::Reader;

/// A rule that the page breaks, with the elements that break it.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule's name in axe-core.
    pub id: String,
    /// What the rule asks for.
    pub help: String,
    /// The elements that break it.
    pub nodes: Vec<Offender>,
}

/// An element that breaks a rule.
#[derive(Debug, Deserialize)]
pub struct Offender {
    /// The element's markup.
    pub html: String,
    /// What would mend it.
    #[serde(rename = "failureSummary")]
    pub summary: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}: {}", self.id, self.help)?;
        for Offender { html, summary } in &self.nodes {
            writeln!(f, "  {html}\n    {}", summary.replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

impl Reader {
    /// What axe-core finds wrong with the page.
    pub async fn violations(&self) -> Vec<Violation> {
        let file = std::env::var("POSTIL_AXE").expect("POSTIL_AXE names the file axe.min.js");
        let source =
            std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.run(&source, vec![]).await;
        let script = "return axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)";
        let found: Value = self.run(script, vec![]).await;
        serde_json::from_value(found).expect("axe-core reports rules with nodes")
    }

    /// Fails with a readable list unless the page breaks no rule.
    pub async fn expect_accessible(&self) {
        let violations = self.violations().await;
        let list: String = violations.iter().map(Violation::to_string).collect();
        assert!(
            violations.is_empty(),
            "the page breaks {} rules:\n{list}",
            violations.len()
        );
    }
}
