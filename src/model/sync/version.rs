//! Versions: which edit a record is, and which edits its author had seen.
//!
//! Counters determine the order, never a clock (L. Lamport, "Time, Clocks, and the Ordering of
//! Events in a Distributed System", 1978); dotted version vectors record what was seen (Preguiça et
//! al., "Dotted Version Vectors", 2010).

use std::fmt::{self, Write};
use std::rc::Rc;

use super::base36::{from_digits, push_digits};
use crate::model::order::{sorted, sorted_once};

/// The id of one run of the app in one tab. No two runs have the same id.
///
/// Invariant: one to [`ReplicaId::LONGEST`] ASCII letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReplicaId(Rc<str>);

impl ReplicaId {
    /// Longest id, in characters.
    pub const LONGEST: usize = 16;

    /// Parses an id.
    pub fn parse(name: &str) -> Option<Self> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (plain && (1..=Self::LONGEST).contains(&name.len())).then(|| Self(name.into()))
    }

    /// The characters of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of an edit: the counter of the run that made it, and the run.
///
/// An edit that had seen another is greater than it; between edits of which neither had seen the
/// other, the order is arbitrary but the same in every tab.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dot {
    /// Greater than every counter that the run had seen. At most [`Dot::LAST`].
    pub lamport: u64,
    /// The id of the run.
    pub replica: ReplicaId,
}

impl Dot {
    /// The greatest counter. A damaged record that claims a greater one is rejected, since no edit
    /// could follow it.
    pub const LAST: u64 = 1 << 52;
    /// The greatest counter that is believed of an edit from afar: half of them are left for the edits
    /// of this device that follow it.
    pub const FARTHEST: u64 = Self::LAST / 2;

    /// Reads the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let (lamport, replica) = text.split_once('.')?;
        let lamport = from_digits(lamport).filter(|lamport| *lamport <= Self::LAST)?;
        let replica = ReplicaId::parse(replica)?;
        Some(Self { lamport, replica })
    }
}

impl fmt::Display for Dot {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut digits = String::new();
        push_digits(&mut digits, self.lamport);
        formatter.write_str(&digits)?;
        formatter.write_char('.')?;
        formatter.write_str(self.replica.as_str())
    }
}

/// An edit, with the edits that it had seen.
///
/// Invariant: `seen` has at most [`Version::LONGEST`] entries, only the last of each run, latest
/// first; `copied` has at most as many, latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    dot: Dot,
    seen: Vec<Dot>,
    /// Seen edits whose words are in copies that may not be safe yet.
    copied: Vec<Copied>,
}

/// An edit whose words are in a copy, followed by the edits that it replaced, except those that the
/// winning edit had seen.
///
/// Invariant: never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Copied(Vec<Dot>);

impl Copied {
    /// Records that the edit `loser` is in a copy because `winner` stays in its place.
    pub fn of(loser: &Version, winner: &Version) -> Self {
        let unseen = loser.seen.iter().filter(|dot| !winner.covers(dot));
        let own = std::iter::once(&loser.dot);
        Self(own.chain(unseen).cloned().collect())
    }

    /// The edit that the copy is named after.
    pub fn dot(&self) -> &Dot {
        &self.0[0]
    }

    /// How surely the copy has the words of an edit, the least the most: those of the very edit that
    /// it is named after come first. `None` if it has not.
    fn distance(&self, dot: &Dot) -> Option<(u64, usize)> {
        let mut dots = (0..).zip(&self.0);
        let (at, known) =
            dots.find(|(_, known)| known.replica == dot.replica && known.lamport >= dot.lamport)?;
        Some((known.lamport - dot.lamport, at))
    }

    fn parse(text: &str) -> Option<Self> {
        let dots = text.split(ALSO).map(Dot::parse);
        Some(Self(dots.collect::<Option<Vec<_>>>()?))
    }
}

/// Prefix of an edit whose words are in a copy.
const COPIED: char = '!';
/// Separates it from the edits that it replaced.
const ALSO: char = ';';

impl Version {
    /// Number of runs whose last seen edit is remembered. A forgotten one counts as unseen; at
    /// worst a text is kept twice.
    pub const LONGEST: usize = 8;

    /// Creates the version of an edit that had seen these edits.
    pub fn new(dot: Dot, seen: Vec<Dot>) -> Self {
        let order = sorted(seen.len(), &|one, other| seen[other].cmp(&seen[one]));
        let mut last: Vec<Dot> = Vec::new();
        for index in order {
            let known = |other: &Dot| other.replica == seen[index].replica;
            let own = dot.replica == seen[index].replica && dot >= seen[index];
            if !own && !last.iter().any(known) && last.len() < Self::LONGEST {
                last.push(seen[index].clone());
            }
        }
        Self {
            dot,
            seen: last,
            copied: Vec::new(),
        }
    }

    /// Returns the version with these edits added to those in copies.
    pub fn with_copied(mut self, copied: &[Copied]) -> Self {
        let mut all = sorted_once(&[&self.copied[..], copied].concat());
        all.reverse();
        all.truncate(Self::LONGEST);
        self.copied = all;
        self
    }

    /// Returns the same without the copies: they are somebody else's to make.
    pub fn without_copies(mut self) -> Self {
        self.copied.clear();
        self
    }

    /// The edits whose words are in copies.
    pub fn copied(&self) -> &[Copied] {
        &self.copied
    }

    /// Returns the copy that has the words of an edit, or words that replaced them. An edit whose
    /// words went into one copy may also have been seen by an edit that went into another.
    pub fn copy_for(&self, dot: &Dot) -> Option<&Copied> {
        let distance = |copied: &&Copied| copied.distance(dot).unwrap_or((u64::MAX, 0));
        let nearest = self.copied.iter().min_by_key(distance)?;
        nearest.distance(dot).map(|_| nearest)
    }

    /// The edit.
    pub fn dot(&self) -> &Dot {
        &self.dot
    }

    /// True if this is that edit or had seen it.
    pub fn covers(&self, dot: &Dot) -> bool {
        let reaches = |known: &Dot| known.replica == dot.replica && known.lamport >= dot.lamport;
        reaches(&self.dot) || self.seen.iter().any(reaches)
    }

    /// True if it may have seen more than it remembers.
    pub fn is_full(&self) -> bool {
        self.seen.len() >= Self::LONGEST
    }

    /// Returns the version of an edit on top of this one.
    pub fn followed_by(&self, dot: Dot) -> Self {
        Self::new(dot, self.everything())
    }

    /// Returns the version of this edit as if it had also seen the other one and all that had seen.
    pub fn joined(&self, other: &Self) -> Self {
        let mut seen = self.seen.clone();
        seen.extend(other.everything());
        let joined = Self::new(self.dot.clone(), seen);
        joined.with_copied(&self.copied).with_copied(&other.copied)
    }

    fn everything(&self) -> Vec<Dot> {
        let own = std::iter::once(&self.dot);
        own.chain(&self.seen).cloned().collect()
    }

    /// Reads the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut seen, mut copied) = (Vec::new(), Vec::new());
        let mut dots = text.split(',');
        let dot = Dot::parse(dots.next()?)?;
        for entry in dots {
            match entry.strip_prefix(COPIED) {
                Some(entry) => copied.push(Copied::parse(entry)?),
                None => seen.push(Dot::parse(entry)?),
            }
        }
        Some(Self::new(dot, seen).with_copied(&copied))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}", self.dot)?;
        let mut seen = self.seen.iter();
        seen.try_for_each(|dot| write!(formatter, ",{dot}"))?;
        for Copied(dots) in &self.copied {
            write!(formatter, ",{COPIED}{}", dots[0])?;
            dots[1..]
                .iter()
                .try_for_each(|dot| write!(formatter, "{ALSO}{dot}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    fn dot(text: &str) -> Dot {
        Dot::parse(text).expect("a dot")
    }

    #[test]
    fn an_edit_covers_itself_what_came_before_it_and_what_it_had_seen() {
        let edit = version("9.a,7.b");
        for seen in ["9.a", "3.a", "7.b", "1.b"] {
            assert!(edit.covers(&dot(seen)), "{seen}");
        }
        for unseen in ["a.a", "8.b", "1.c"] {
            assert!(!edit.covers(&dot(unseen)), "{unseen}");
        }
        assert!(edit.followed_by(dot("c.c")).covers(&dot("9.a")));
    }

    #[test]
    fn a_version_is_read_back_and_nonsense_is_not() {
        for text in ["zz.Tab1,9.b,3.c", "zz.Tab1,9.b,!7.b;2.d,!3.c"] {
            assert_eq!(version(text).to_string(), text);
        }
        let too_late = format!("{}.a", "z".repeat(12));
        for bad in ["", "1", ".a", "1.", "1.a,", "-1.a", "1.a b", &too_late] {
            assert_eq!(Version::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_the_latest_runs_are_remembered() {
        let seen = (1..30).map(|number| Dot {
            lamport: number,
            replica: ReplicaId::parse(&format!("r{number}")).expect("a name"),
        });
        let version = Version::new(dot("zz.a"), seen.collect());
        assert!(version.covers(&dot("t.r29")) && !version.covers(&dot("1.r1")));
    }
}
