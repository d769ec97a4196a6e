//! Figures: medians and 95th percentiles, told on the screen and kept as JSON.

use serde_json::{Map, Value, json};

/// Everything that was measured in one run.
#[derive(Default)]
pub struct Report {
    figures: Map<String, Value>,
}

impl Report {
    /// Keeps a series of measurements, in milliseconds.
    pub fn series(&mut self, name: &str, values: &[f64]) {
        let (median, p95) = (percentile(values, 0.5), percentile(values, 0.95));
        println!(
            "{name:64} {median:9.1} ms   p95 {p95:9.1} ms   of {}",
            values.len()
        );
        let figure = json!({ "median_ms": median, "p95_ms": p95, "runs": values.len() });
        self.figures.insert(name.to_owned(), figure);
    }

    /// Keeps one number, with what it counts.
    pub fn number(&mut self, name: &str, value: f64, unit: &str) {
        println!("{name:64} {value:9.2} {unit}");
        self.keep(name, value, unit);
    }

    /// Keeps one number that a table tells on the screen.
    pub fn keep(&mut self, name: &str, value: f64, unit: &str) {
        self.figures
            .insert(name.to_owned(), json!({ "value": value, "unit": unit }));
    }

    /// Tells how busy the machine was, and writes the file. What another benchmark has written
    /// there stays: `cargo xtask bench` takes the file away before it starts the first one.
    pub fn finish(mut self, file: &str) {
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load: f64 = load
            .split(' ')
            .next()
            .and_then(|load| load.parse().ok())
            .unwrap_or(0.0);
        self.number("load of the machine at the end", load, "processes");
        let written = std::fs::read(file).ok();
        let mut figures: Map<String, Value> = written
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        figures.extend(self.figures);
        let json = serde_json::to_string_pretty(&Value::Object(figures)).expect("figures are JSON");
        std::fs::write(file, json + "\n").expect("the figures are written");
        println!("The figures are in {file}.");
    }
}

/// The value below which a share of the values lies.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = ((sorted.len() as f64 - 1.0) * share).ceil();
    sorted.get(index as usize).copied().unwrap_or(f64::NAN)
}
