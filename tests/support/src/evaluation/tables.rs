//! The tables of the evaluation: by class of quote with goals, by kind of edit, by language.

use super::editor::Kind;
use super::quotes::{Class, Quote};
use super::score::{Tally, Verdict};
use crate::figures::Report;

/// A way to find quotes again.
struct Way {
    name: &'static str,
    /// Goal for the percentage of deleted quotes placed wrongly, where there are goals.
    misplaced_goal: Option<f64>,
}

/// All ways, in the order of their answers.
const WAYS: [Way; 5] = [
    way("Postil, older text at hand", Some(1.0)),
    way("Postil, selectors only", Some(2.5)),
    way("Hypothesis' scoring", None),
    way("exact words", None),
    way("position", None),
];

/// Number of ways in the tables by edit and by language.
const IN_DETAIL: usize = 3;

/// Goals for surviving quotes in percent: found (minimum), both ends right (minimum), in a wrong
/// place (maximum). A quote of which no trigram is left must never be placed.
const FOUND_GOAL: f64 = 99.6;
const PRECISE_GOAL: f64 = 97.0;
const WRONG_GOAL: f64 = 0.1;

const fn way(name: &'static str, misplaced_goal: Option<f64>) -> Way {
    Way {
        name,
        misplaced_goal,
    }
}

/// Tallies by name, in the order of the table.
#[derive(Default)]
struct Rows(Vec<(&'static str, Tally)>);

impl Rows {
    fn of(names: impl Iterator<Item = &'static str>) -> Self {
        Self(names.map(|name| (name, Tally::default())).collect())
    }

    fn add(&mut self, name: &'static str, verdict: Verdict) {
        match self.0.iter_mut().find(|row| row.0 == name) {
            Some((_, tally)) => tally.add(verdict),
            None => {
                self.0.push((name, Tally::default()));
                self.add(name, verdict);
            }
        }
    }
}

/// The results of one way.
struct Deeds {
    classes: Rows,
    kinds: Rows,
    languages: Rows,
    all: Tally,
}

/// The results of every way.
pub struct Tables(Vec<Deeds>);

impl Tables {
    /// Empty tables.
    pub fn new() -> Self {
        let classes = || Class::ALL.iter().map(|(class, _)| class.name());
        let kinds = || Kind::ALL.iter().map(|kind| kind.name());
        let deeds = |_: &Way| Deeds {
            classes: Rows::of(classes()),
            kinds: Rows::of(kinds()),
            languages: Rows::default(),
            all: Tally::default(),
        };
        Self(WAYS.iter().map(deeds).collect())
    }

    /// Counts a verdict. A quote counts for every kind of edit that touched it.
    pub fn add(&mut self, way: usize, language: &'static str, quote: &Quote, verdict: Verdict) {
        let deeds = &mut self.0[way];
        deeds.all.add(verdict);
        deeds.classes.add(quote.class.name(), verdict);
        deeds.languages.add(language, verdict);
        for kind in &quote.kinds {
            deeds.kinds.add(kind.name(), verdict);
        }
        if quote.kinds.is_empty() {
            deeds.kinds.add("none near", verdict);
        }
    }

    /// Prints all tables, and records their shares.
    pub fn print(&self, report: &mut Report) {
        heading("By class of quote, %");
        for (way, deeds) in WAYS.iter().zip(&self.0) {
            println!("{}", way.name);
            rows(way, &deeds.classes, report);
            row(way, "all", &deeds.all, report);
            if let Some(misplaced) = way.misplaced_goal {
                goals(misplaced, &deeds.all);
            }
        }
        let details = || WAYS.iter().zip(&self.0).take(IN_DETAIL);
        heading("By kind of edit that touched the quote, %");
        for (way, deeds) in details() {
            println!("{}", way.name);
            rows(way, &deeds.kinds, report);
        }
        heading("By language, %");
        for (way, deeds) in details() {
            println!("{}", way.name);
            rows(way, &deeds.languages, report);
        }
        println!();
    }
}

fn heading(title: &str) {
    println!(
        "\n{title:44} survives    found  both ends    wrong   missed | deleted  misplaced |  gone  placed"
    );
}

fn rows(way: &Way, rows: &Rows, report: &mut Report) {
    for (name, tally) in &rows.0 {
        row(way, name, tally, report);
    }
}

fn row(way: &Way, name: &str, tally: &Tally, report: &mut Report) {
    let of_survivors = |count| share(count, tally.survives);
    let shares = [
        ("found", of_survivors(tally.found)),
        ("both ends", of_survivors(tally.precise)),
        ("wrong", of_survivors(tally.wrong)),
        ("missed", of_survivors(tally.missed)),
        ("misplaced", share(tally.misplaced, tally.deleted)),
    ];
    let told = shares
        .map(|(_, share)| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.2}")));
    let [found, precise, wrong, missed, misplaced] = told;
    let count = |number: usize| number.to_string();
    let (survives, deleted) = (count(tally.survives), count(tally.deleted));
    let (gone, placed) = (count(tally.gone), count(tally.gone_placed));
    line(
        name,
        [
            survives, found, precise, wrong, missed, deleted, misplaced, gone, placed,
        ],
    );
    for (what, share) in shares {
        if let Some(share) = share {
            report.keep(
                &format!("anchoring, {}, {name}: {what}", way.name),
                share,
                "%",
            );
        }
    }
    let placed = format!("anchoring, {}, {name}: gone, yet placed", way.name);
    report.keep(&placed, tally.gone_placed as f64, "quotes");
}

/// Prints the goals, and whether each is reached.
fn goals(misplaced_goal: f64, tally: &Tally) {
    let survivors = |count| share(count, tally.survives).unwrap_or_default();
    let misplaced = share(tally.misplaced, tally.deleted).unwrap_or_default();
    let at_least = |share, goal| (format!("≥ {goal:.2}"), share >= goal);
    let at_most = |share, goal| (format!("≤ {goal:.2}"), share <= goal);
    let goals = [
        at_least(survivors(tally.found), FOUND_GOAL),
        at_least(survivors(tally.precise), PRECISE_GOAL),
        at_most(survivors(tally.wrong), WRONG_GOAL),
        at_most(misplaced, misplaced_goal),
        ("0".to_owned(), tally.gone_placed == 0),
    ];
    let no = String::new;
    let cells = |cell: &dyn Fn(usize) -> String| {
        let [found, precise, wrong, misplaced, placed] = std::array::from_fn(cell);
        [
            no(),
            found,
            precise,
            wrong,
            no(),
            no(),
            misplaced,
            no(),
            placed,
        ]
    };
    line("goal", cells(&|goal| goals[goal].0.clone()));
    let reached = |goal: usize| if goals[goal].1 { "yes" } else { "NO" };
    line("reached", cells(&|goal| reached(goal).to_owned()));
}

/// Prints a line of a table.
fn line(name: &str, cells: [String; 9]) {
    let [
        survives,
        found,
        precise,
        wrong,
        missed,
        deleted,
        misplaced,
        gone,
        placed,
    ] = cells;
    println!(
        "  {name:42} {survives:>8} {found:>8} {precise:>10} {wrong:>8} {missed:>8} | {deleted:>7} {misplaced:>10} | {gone:>5} {placed:>7}"
    );
}

/// A share in percent; `None` if there is nothing to share.
fn share(count: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| 100.0 * count as f64 / all as f64)
}
