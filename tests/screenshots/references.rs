//! The references: how each screen looked when it was last accepted, in one file of text.

use std::fmt::Write;
use std::path::PathBuf;

use postil_testing::grid::Grid;

use crate::studio::{Part, Shot, Width};

const FILE: &str = "tests/screenshots/references.txt";

/// By how many pixels a part of the page may be elsewhere.
const NEAR: i64 = 1;
/// Parts whose width does not follow their words: compared whatever the fonts are.
const FIRM: [&str; 3] = ["main", "complementary", "dialog"];

/// What is kept of one picture.
#[derive(Clone)]
struct Kept {
    name: String,
    boxes: Vec<Part>,
    grid: Grid,
}

/// All references, with what they were made with.
pub struct References {
    /// Widths of a text in the page's typefaces.
    pub fonts: Vec<u64>,
    kept: Vec<Kept>,
}

impl References {
    pub fn of(fonts: Vec<u64>, shots: &[Shot]) -> Self {
        let kept = shots.iter().map(|shot| Kept {
            name: shot.name.clone(),
            boxes: shot.boxes.clone(),
            grid: shot.grid.clone(),
        });
        Self {
            fonts,
            kept: kept.collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Those of some windows.
    pub fn of_widths(mut self, widths: &[&Width]) -> Self {
        self.kept.retain(|kept| {
            let width = kept
                .name
                .split(' ')
                .next()
                .and_then(|width| width.parse().ok());
            widths.iter().any(|it| Some(it.size.0) == width)
        });
        self
    }

    /// What differs in the pictures, or in the layouts alone where the fonts do.
    pub fn faults_of(&self, seen: &Self) -> Vec<String> {
        let mut faults = Vec::new();
        let known = |one: &Kept| self.kept.iter().any(|kept| kept.name == one.name);
        for new in seen.kept.iter().filter(|one| !known(one)) {
            faults.push(format!("{}: there is no reference", new.name));
        }
        for kept in &self.kept {
            let name = &kept.name;
            let Some(now) = seen.kept.iter().find(|one| one.name == *name) else {
                faults.push(format!("{name}: was not seen"));
                continue;
            };
            if self.fonts != seen.fonts {
                if firm(&kept.boxes) != firm(&now.boxes) {
                    faults.push(format!(
                        "{name}: {:?} and not {:?}",
                        firm(&now.boxes),
                        firm(&kept.boxes)
                    ));
                }
                continue;
            }
            if let Some(fault) = moved(&kept.boxes, &now.boxes) {
                faults.push(format!("{name}: {fault}"));
            } else if !kept.grid.looks_like(&now.grid) {
                let share = kept.grid.difference(&now.grid);
                let share = share.map_or("another size".to_owned(), |share| {
                    format!("{:.2} % of it differ", share * 100.0)
                });
                faults.push(format!("{name}: {share}"));
            }
        }
        faults
    }

    /// Writes the file, and returns its name.
    pub fn write(&self) -> Result<&'static str, String> {
        let mut text = String::from("fonts");
        for width in &self.fonts {
            let _ = write!(text, " {width}");
        }
        text.push_str("\n\n");
        let mut before = Grid::default();
        for Kept { name, boxes, grid } in &self.kept {
            let _ = writeln!(text, "{name}");
            for (role, [x, y, width, height]) in boxes {
                let _ = write!(text, "{role} {x} {y} {width} {height};");
            }
            text.push('\n');
            grid.write(&before, &mut text);
            text.push('\n');
            before = grid.clone();
        }
        std::fs::write(file(), text).map_err(|error| format!("{FILE}: {error}"))?;
        Ok(FILE)
    }

    /// Reads the file.
    pub fn read() -> Result<Self, String> {
        let text = std::fs::read_to_string(file()).map_err(|error| format!("{FILE}: {error}"))?;
        parse(&text).ok_or_else(|| format!("{FILE} is not a file of references"))
    }
}

fn parse(text: &str) -> Option<References> {
    let mut lines = text.lines();
    let fonts = lines.next()?.strip_prefix("fonts ")?.split(' ');
    let fonts = fonts.map(|width| width.parse().ok());
    let fonts = fonts.collect::<Option<Vec<u64>>>()?;
    lines.next()?;
    let mut kept: Vec<Kept> = Vec::new();
    while let Some(name) = lines.next() {
        let boxes = lines.next()?.split_terminator(';').map(part);
        let before = kept.last().map(|kept| kept.grid.clone());
        kept.push(Kept {
            name: name.to_owned(),
            boxes: boxes.collect::<Option<_>>()?,
            grid: Grid::read(&mut lines, &before.unwrap_or_default())?,
        });
    }
    Some(References { fonts, kept })
}

fn part(text: &str) -> Option<Part> {
    let (role, numbers) = text.split_once(' ')?;
    let numbers = numbers.split(' ').map(|number| number.parse().ok());
    let numbers = numbers.collect::<Option<Vec<i64>>>()?;
    Some((role.to_owned(), numbers.try_into().ok()?))
}

/// Left edges and widths of what does not follow its words.
fn firm(boxes: &[Part]) -> Vec<(&str, i64, i64)> {
    let firm = boxes
        .iter()
        .filter(|(role, _)| FIRM.contains(&role.as_str()));
    firm.map(|(role, [x, _, width, _])| (role.as_str(), *x, *width))
        .collect()
}

/// What is elsewhere than it was.
fn moved(kept: &[Part], now: &[Part]) -> Option<String> {
    if kept.len() != now.len() {
        return Some(format!("{} parts and not {}", now.len(), kept.len()));
    }
    let far = |one: &[i64; 4], other: &[i64; 4]| {
        one.iter()
            .zip(other)
            .any(|(one, other)| (one - other).abs() > NEAR)
    };
    let mut pairs = kept.iter().zip(now);
    let (was, is) = pairs.find(|(was, is)| was.0 != is.0 || far(&was.1, &is.1))?;
    Some(format!(
        "{} is at {:?} and not {} at {:?}",
        is.0, is.1, was.0, was.1
    ))
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(FILE)
}
