//! Figures: medians and 95th percentiles, printed and saved as JSON.

use serde_json::{Map, Value, json};

/// All measurements of one run.
#[derive(Default)]
pub struct Report {
    figures: Map<String, Value>,
}

impl Report {
    /// Records a series of measurements, in milliseconds.
    pub fn series(&mut self, name: &str, values: &[f64]) {
        let (median, p95) = (percentile(values, 0.5), percentile(values, 0.95));
        println!(
            "{name:64} {median:9.2} ms   p95 {p95:9.2} ms   of {}",
            values.len()
        );
        let figure = json!({ "median_ms": median, "p95_ms": p95, "runs": values.len() });
        self.figures.insert(name.to_owned(), figure);
    }

    /// Records and prints a number with its unit.
    pub fn number(&mut self, name: &str, value: f64, unit: &str) {
        println!("{name:64} {value:9.2} {unit}");
        self.keep(name, value, unit);
    }

    /// Records a number that a table prints.
    pub fn keep(&mut self, name: &str, value: f64, unit: &str) {
        self.figures
            .insert(name.to_owned(), json!({ "value": value, "unit": unit }));
    }

    /// Prints how busy the machine was, and writes the file. Figures of other benchmarks in it are
    /// kept: `cargo xtask bench` removes the file before the first benchmark.
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

/// The given quantile, by the nearest value above.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = ((sorted.len() as f64 - 1.0) * share).ceil();
    sorted.get(index as usize).copied().unwrap_or(f64::NAN)
}
