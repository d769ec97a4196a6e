//! Pictures of every screen, and whether they still are what they were.
//!
//! `cargo xtask screenshots` takes all of them, with `--compare` only those of which there are
//! references, with `--brief` those of a phone and of a desk; `--accept` writes the references anew.

mod references;
mod studio;

use std::process::ExitCode;
use std::sync::Mutex;

use references::References;
use studio::{Shot, Width};

/// The windows in which every screen is looked at.
const WIDTHS: [Width; 4] = [
    Width {
        size: (320, 568),
        kept: &["light"],
    },
    Width {
        size: (390, 844),
        kept: &["light", "dark"],
    },
    Width {
        size: (768, 1024),
        kept: &["light"],
    },
    Width {
        size: (1280, 800),
        kept: &["light", "dark"],
    },
];

/// The windows of `--brief`.
const BRIEF: [u32; 2] = [390, 1280];

/// Browsers at a time.
const BROWSERS: usize = 2;

fn main() -> ExitCode {
    let wants = |flag: &str| std::env::args().any(|argument| argument == flag);
    let (accept, brief) = (wants("--accept"), wants("--brief"));
    let all = !brief && !wants("--compare");
    let widths = WIDTHS
        .iter()
        .filter(|it| !brief || BRIEF.contains(&it.size.0));
    let widths: Vec<&Width> = widths.collect();
    let look = || References::of(&take(&widths, all));
    let seen = look();
    if accept {
        return match seen.write() {
            Ok(file) => {
                println!("{} references are written to {file}.", seen.len());
                ExitCode::SUCCESS
            }
            Err(error) => fail(&[error]),
        };
    }
    match References::read() {
        Ok(kept) => compare(&kept.of_widths(&widths), &seen, look),
        Err(error) => fail(&[error]),
    }
}

/// Compares what was seen with what was kept. Only what differs twice is another picture and not a
/// busy machine's. The last line says what was compared; the test run has it in its summary.
fn compare(kept: &References, seen: &References, look: impl Fn() -> References) -> ExitCode {
    let mut faults = kept.faults_of(seen);
    if !faults.is_empty() {
        let again = kept.faults_of(&look());
        faults.retain(|fault| again.contains(fault));
    }
    let (count, differ) = (kept.len(), faults.len());
    match kept.other_tools(seen) {
        None => println!("{count} pictures are compared, {differ} differ."),
        Some(others) => println!(
            "{count} layouts are compared and no pictures, since {others}: {differ} differ."
        ),
    }
    fail(&faults)
}

/// Takes the pictures of some widths, some at a time, in their order.
fn take(widths: &[&Width], all: bool) -> Vec<Shot> {
    let waiting = Mutex::new(widths.iter().enumerate());
    let taken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..BROWSERS {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().expect("no thread panics with it").next();
                    let Some((index, width)) = next else { return };
                    let shots = studio::visit(width, all);
                    let mut taken = taken.lock().expect("no thread panics with it");
                    taken.push((index, shots));
                }
            });
        }
    });
    let mut taken = taken.into_inner().expect("no thread panics with it");
    taken.sort_by_key(|(index, _)| *index);
    taken.into_iter().flat_map(|(_, shots)| shots).collect()
}

/// Tells what is wrong, if anything is.
fn fail(faults: &[String]) -> ExitCode {
    for fault in faults {
        eprintln!("{fault}");
    }
    match faults {
        [] => ExitCode::SUCCESS,
        _ => {
            eprintln!(
                "The pictures are in target/screenshots. If they are as they should be, `cargo xtask screenshots --accept` makes them the references."
            );
            ExitCode::FAILURE
        }
    }
}
