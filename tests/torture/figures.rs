//! Figures of the torture run, printed line by line and written as JSON, and its faults.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use postil_testing::figures::percentile;
use serde_json::{Map, Value, json};

use crate::Scope;

/// The file of figures; other parts' figures of earlier runs are kept in it.
const RESULTS: &str = "torture-results.json";

/// Figures and faults of one part.
#[derive(Default)]
pub struct Part {
    figures: Map<String, Value>,
    faults: Vec<String>,
}

impl Part {
    /// Records a figure.
    pub fn number(&mut self, name: &str, value: f64, unit: &str) {
        println!("  {name:64} {value:10.1} {unit}");
        self.figures
            .insert(name.to_owned(), json!({ "value": value, "unit": unit }));
    }

    /// Records a count.
    pub fn count(&mut self, name: &str, value: usize) {
        println!("  {name:64} {value:10}");
        self.figures.insert(name.to_owned(), json!(value));
    }

    /// Records the number of findings that must not exist, and prints some of them.
    pub fn none(&mut self, name: &str, found: &[String]) {
        self.count(name, found.len());
        for one in found.iter().take(12) {
            println!("    {one}");
        }
        if !found.is_empty() {
            self.faults
                .push(format!("{name}: {}; first: {}", found.len(), found[0]));
        }
    }

    /// Records a figure with an upper limit.
    pub fn at_most(&mut self, name: &str, value: f64, limit: f64, unit: &str) {
        self.number(name, value, &format!("{unit} (at most {limit})"));
        if value > limit || value.is_nan() {
            self.faults
                .push(format!("{name}: {value} {unit}, at most {limit}"));
        }
    }

    /// Records a series as median, 95th and 99th percentile and maximum.
    pub fn series(&mut self, name: &str, values: &[f64], unit: &str) {
        let [median, p95, p99, most] =
            [0.5, 0.95, 0.99, 1.0].map(|share| percentile(values, share));
        println!(
            "  {name:48} {median:8.1} {unit}  p95 {p95:8.1}  p99 {p99:8.1}  max {most:8.1}  of {}",
            values.len()
        );
        self.figures.insert(
            name.to_owned(),
            json!({ "median": median, "p95": p95, "p99": p99, "max": most, "unit": unit, "of": values.len() }),
        );
    }

    /// Records a fault unless the condition holds.
    pub fn must(&mut self, what: &str, is_so: bool) {
        if !is_so {
            println!("  NOT SO: {what}");
            self.faults.push(what.to_owned());
        }
    }
}

/// Figures and faults of the whole run.
pub struct Report {
    figures: Map<String, Value>,
    faults: Vec<String>,
}

impl Report {
    pub fn begin(scope: Scope) -> Self {
        println!(
            "Torture with seed {}{}",
            scope.seed,
            if scope.short { ", short" } else { "" }
        );
        let written = std::fs::read(RESULTS).ok();
        let mut figures: Map<String, Value> = written
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        figures.insert("seed".to_owned(), json!(scope.seed));
        Self {
            figures,
            faults: Vec::new(),
        }
    }

    /// Runs a part a number of times and keeps the figures of the last run. A run that panics is a
    /// fault and does not stop the others.
    pub fn part(&mut self, name: &str, runs: usize, run: impl Fn() -> Part) {
        let mut failed = 0;
        for number in 1..=runs {
            match runs {
                1 => println!("{name}"),
                _ => println!("{name}, {number} of {runs}"),
            }
            let start = Instant::now();
            let mut part = catch_unwind(AssertUnwindSafe(&run)).unwrap_or_else(|_| Part {
                faults: vec!["it broke off".to_owned()],
                ..Part::default()
            });
            part.number("seconds", start.elapsed().as_secs_f64(), "s");
            failed += usize::from(!part.faults.is_empty());
            if runs > 1 {
                part.count("runs", number);
                part.count("runs that failed", failed);
            }
            part.figures.insert("faults".to_owned(), json!(part.faults));
            let faults = part.faults.iter().map(|fault| format!("{name}: {fault}"));
            self.faults.extend(faults);
            self.figures
                .insert(name.to_owned(), Value::Object(part.figures));
            self.write();
        }
    }

    fn write(&self) {
        let figures = Value::Object(self.figures.clone());
        let json = serde_json::to_string_pretty(&figures).expect("figures are JSON");
        std::fs::write(RESULTS, json + "\n").expect("the figures are written");
    }

    /// Prints the faults; the exit code says whether there were any.
    pub fn finish(self) -> ExitCode {
        println!("The figures are in {RESULTS}.");
        for fault in &self.faults {
            println!("FAULT {fault}");
        }
        match self.faults.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }
    }
}
