//! Agreement: tabs exchange checksums of what they have, and send each other the records whose sums
//! differ, so that each tab gets everything, whatever message, event or read it has missed.
//!
//! Messages are pairs of texts: a record's path and its text, or the name of a folder's sums and
//! the sums. A build that does not know sums takes them for an unknown record and ignores them.

use std::fmt;
use std::rc::Rc;

use super::record::Record;
use super::replica::Replica;
use super::{RecordRead, read};

/// Number of sums of a folder. Each record counts in one of them. Among ten thousand records a sum
/// that differs covers about forty; all sums take two thousand characters.
const SUMS: usize = 256;
/// Hexadecimal digits of a sum.
const DIGITS: usize = 8;
/// Number of records after which an answer is full; the rest follows with the next one.
const ENOUGH: usize = 500;
/// Prefix of the name of sums that ask for an answer.
const ASKING: &str = "sums/";
/// Prefix of the name of sums that are an answer.
const ANSWERING: &str = "summed/";

/// A path or name, and its text.
pub type Pair = (String, Rc<str>);

/// Checksums of a tab's records in a folder; equal in two tabs with the same records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums(Box<[u32]>);

impl Sums {
    /// Computes the sums of records, in any order.
    pub fn of(records: &[Rc<Record>]) -> Self {
        let mut sums = vec![0_u32; SUMS];
        for record in records {
            let sum = &mut sums[place(record)];
            // Mixed, since checksums of similar records are similar and could cancel out.
            *sum = sum.wrapping_add(mixed(record.check()));
        }
        Self(sums.into())
    }

    /// Reads the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes().chunks(DIGITS);
        let sum = |digits: &[u8]| u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok();
        let sums: Vec<u32> = digits.map(sum).collect::<Option<_>>()?;
        (sums.len() == SUMS && text.len() == SUMS * DIGITS).then(|| Self(sums.into()))
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut sums = self.0.iter();
        sums.try_for_each(|sum| write!(formatter, "{sum:08x}"))
    }
}

/// Returns the index of the sum in which a record counts, which depends only on its path.
fn place(record: &Record) -> usize {
    let mut hash = 0_u32;
    for byte in record.path().as_str().bytes() {
        hash = hash.wrapping_mul(31).wrapping_add(u32::from(byte));
    }
    mixed(hash) as usize % SUMS
}

/// Makes each bit depend on every bit, one-to-one: the finaliser of MurmurHash3.
fn mixed(mut number: u32) -> u32 {
    number = (number ^ (number >> 16)).wrapping_mul(0x85eb_ca6b);
    number = (number ^ (number >> 13)).wrapping_mul(0xc2b2_ae35);
    number ^ (number >> 16)
}

/// The sums that another tab has sent of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderSums {
    /// The folder.
    pub folder: String,
    sums: Sums,
    asks: bool,
}

/// The valid parts of a message: anybody on this origin can send anything.
#[derive(Debug, Default)]
pub struct Heard {
    /// The records.
    pub records: Vec<Record>,
    /// The sums; the sender already had the message's records when it computed them.
    pub said: Vec<FolderSums>,
}

impl Heard {
    /// Reads pairs of texts.
    pub fn of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut heard = Self::default();
        for (name, text) in pairs {
            if let Some(said) = said(name, text) {
                heard.said.push(said);
            } else if let RecordRead::Record(record) = read(name, text) {
                heard.records.push(record);
            }
        }
        heard
    }
}

fn said(name: &str, text: &str) -> Option<FolderSums> {
    let asked = name.strip_prefix(ASKING);
    let folder = asked.or_else(|| name.strip_prefix(ANSWERING))?;
    Some(FolderSums {
        folder: folder.to_owned(),
        sums: Sums::parse(text)?,
        asks: asked.is_some(),
    })
}

/// Returns a record as it is sent.
pub fn pair_of(record: &Rc<Record>) -> Pair {
    (record.path().as_str().to_owned(), record.text().clone())
}

/// Returns the sums of a folder that this tab has read, as a question for what it lacks.
pub fn ask(replica: &Replica, folder: &str) -> Pair {
    say(ASKING, folder, &Sums::of(&replica.folder(folder)))
}

fn say(how: &str, folder: &str, sums: &Sums) -> Pair {
    ([how, folder].concat(), sums.to_string().into())
}

/// Returns this tab's answer about a folder that it has read: nothing if both tabs have the same;
/// else records that the other may lack and, to a question, its own sums, to get the other's.
pub fn answer(replica: &Replica, said: &FolderSums) -> Vec<Pair> {
    let records = replica.folder(&said.folder);
    let sums = Sums::of(&records);
    if sums == said.sums {
        return Vec::new();
    }
    let mut pairs: Vec<Pair> = differing(&records, &sums, &said.sums)
        .into_iter()
        .map(pair_of)
        .collect();
    if said.asks {
        pairs.push(say(ANSWERING, &said.folder, &sums));
    }
    pairs
}

/// Returns the records of the sums that differ: all of a sum or none, so that it then agrees.
fn differing<'a>(records: &'a [Rc<Record>], own: &Sums, other: &Sums) -> Vec<&'a Rc<Record>> {
    let mut by_place = vec![Vec::new(); SUMS];
    for record in records {
        by_place[place(record)].push(record);
    }
    let mut differing = Vec::new();
    for (place, records) in by_place.into_iter().enumerate() {
        if own.0[place] != other.0[place] && differing.len() < ENOUGH {
            differing.extend(records);
        }
    }
    differing
}

/// The intervals at which a tab repeats its sums while there are other tabs: short after a change,
/// then longer and longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm(u32);

impl Rhythm {
    /// Milliseconds after a change; messages under way have mostly arrived by then.
    pub const SOON: u32 = 2_000;
    /// Longest interval in milliseconds; hardly anybody watches a tab longer without touching it.
    pub const LONGEST: u32 = 60_000;

    /// Returns the milliseconds until the next repetition, and doubles the interval.
    pub fn wait(&mut self) -> u32 {
        let wait = self.0;
        self.0 = (wait * 2).min(Self::LONGEST);
        wait
    }
}

impl Default for Rhythm {
    fn default() -> Self {
        Self(Self::SOON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_back_and_nonsense_is_not() {
        let sums = Sums((0..SUMS as u32).map(mixed).collect());
        assert_eq!(Sums::parse(&sums.to_string()), Some(sums.clone()));
        let text = sums.to_string();
        for bad in [
            "",
            "00000000",
            &text[1..],
            &format!("{text}0"),
            &"é".repeat(1024),
        ] {
            assert_eq!(Sums::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_waits_grow_and_have_an_end() {
        let mut rhythm = Rhythm::default();
        let waits: Vec<u32> = (0..8).map(|_| rhythm.wait() / 1000).collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
