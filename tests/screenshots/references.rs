//! The references: how each screen looked when it was last accepted, in one file of text.

use std::fmt::Write;
use std::path::PathBuf;

use postil_testing::grid::Grid;

use crate::studio::{Part, Shot, Tools, Width};

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
    pub tools: Tools,
    kept: Vec<Kept>,
}

impl References {
    pub fn of(shots: &[Shot]) -> Self {
        let tools = shots.first().map(|shot| shot.tools.clone());
        let kept = shots.iter().map(|shot| Kept {
            name: shot.name.clone(),
            boxes: shot.boxes.clone(),
            grid: shot.grid.clone(),
        });
        Self {
            tools: tools.unwrap_or_default(),
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

    /// Says what was not made with the same fonts or browser, if anything.
    pub fn other_tools(&self, seen: &Self) -> Option<String> {
        let Tools { fonts, browser } = &self.tools;
        let mut others = Vec::new();
        if seen.tools.fonts != *fonts {
            others.push(format!(
                "the fonts are others (widths {:?} and not {fonts:?})",
                seen.tools.fonts
            ));
        }
        if seen.tools.browser != *browser {
            others.push(format!(
                "the browser is Chromium {} and not {browser}",
                seen.tools.browser
            ));
        }
        (!others.is_empty()).then(|| others.join(" and "))
    }

    /// What differs in the pictures, or in the places of parts alone where the tools do.
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
            if self.tools != seen.tools {
                let fault = moved(&firm(&kept.boxes), &firm(&now.boxes));
                faults.extend(fault.map(|fault| format!("{name}: {fault}")));
            } else if let Some(fault) = moved(&kept.boxes, &now.boxes) {
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
        for width in &self.tools.fonts {
            let _ = write!(text, " {width}");
        }
        let _ = writeln!(text, "\nbrowser {}", self.tools.browser);
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
    let browser = lines.next()?.strip_prefix("browser ")?.parse().ok()?;
    let tools = Tools { fonts, browser };
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
    Some(References { tools, kept })
}

fn part(text: &str) -> Option<Part> {
    let (role, numbers) = text.split_once(' ')?;
    let numbers = numbers.split(' ').map(|number| number.parse().ok());
    let numbers = numbers.collect::<Option<Vec<i64>>>()?;
    Some((role.to_owned(), numbers.try_into().ok()?))
}

/// What does not follow its words, by its left edge and its width; how high its words make it is
/// left out.
fn firm(boxes: &[Part]) -> Vec<Part> {
    let firm = boxes
        .iter()
        .filter(|(role, _)| FIRM.contains(&role.as_str()));
    firm.map(|(role, [x, _, width, _])| (role.clone(), [*x, 0, *width, 0]))
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
