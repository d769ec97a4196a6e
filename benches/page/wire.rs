//! Bytes on the wire, by file and for a first visit.

use std::path::{Path, PathBuf};
use std::process::Command;

use postil_testing::figures::Report;

/// Weighs every file of the built site, raw and compressed.
pub fn weigh(report: &mut Report) {
    let dist =
        PathBuf::from(std::env::var("POSTIL_DIST").expect("POSTIL_DIST names the built site"));
    let later =
        std::env::var("POSTIL_LATER").expect("POSTIL_LATER names what a first visit leaves");
    let mut first = [0.0; 3];
    let mut files = Vec::new();
    collect(&dist, &mut files);
    files.sort();
    for file in files {
        let name = file
            .strip_prefix(&dist)
            .expect("a file of the site")
            .display()
            .to_string();
        let raw = std::fs::metadata(&file).map_or(0.0, |data| data.len() as f64);
        let sizes = [
            raw,
            packed("gzip", &["-9", "-c"], &file),
            packed("brotli", &["-q", "11", "-c"], &file),
        ];
        for (unit, size) in ["raw", "gzip", "brotli"].iter().zip(sizes) {
            report.number(&format!("wire {name} {unit}"), size, "bytes");
        }
        if !later.split(' ').any(|later| name.contains(later)) {
            first
                .iter_mut()
                .zip(sizes)
                .for_each(|(sum, size)| *sum += size);
        }
    }
    for (unit, size) in ["raw", "gzip", "brotli"].iter().zip(first) {
        report.number(&format!("wire first visit {unit}"), size, "bytes");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder)
        .expect("the site can be read")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files)
        } else {
            files.push(path)
        }
    }
}

/// Size of the file as compressed by a command, in bytes; NaN if there is no such command.
fn packed(command: &str, arguments: &[&str], file: &Path) -> f64 {
    let output = Command::new(command).args(arguments).arg(file).output();
    output.map_or(f64::NAN, |output| output.stdout.len() as f64)
}
