//! The fate of each token of an older text in the new one.
//!
//! Starts from the histogram diff (`imara-diff`, after JGit's) and improves it for prose: drops
//! what is equal by chance between two large edits, slides edits to where words and sentences
//! begin, and finds moves by runs of tokens that occur once in each text.

use imara_diff::{Algorithm, Diff};
use rustc_hash::FxHashMap;

use super::index::Index;
use super::tokens::Tokens;
use super::weights::Weights;

/// For each old token the token of the new text that it became, or [`GONE`].
pub type Fates = Vec<u32>;
/// The fate of a token that the new text does not have.
pub const GONE: u32 = u32::MAX;

/// Length, in tokens, of the runs that identify moved passages.
const MOVE_RUN: usize = 6;
/// Lengths, in tokens, of the runs that split large stretches, the most reliable first.
const ANCHORS: [usize; 3] = [6, 3, 1];
/// Most pairs of tokens of two stretches that go to the histogram diff without a split.
const MOST_PAIRS: usize = 1 << 22;
/// Furthest that an edit may slide, in tokens.
const LONGEST_SLIDE: usize = 64;

/// A text with its tokens.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a Tokens,
}

/// A run of equal tokens: where it begins in both texts, and its length.
#[derive(Debug, Clone, Copy)]
struct Run {
    old: usize,
    new: usize,
    length: usize,
}

impl Run {
    /// Returns the position after some tokens of each text, as an empty run.
    fn after(self, old: usize, new: usize) -> Self {
        Self {
            old: self.old + old,
            new: self.new + new,
            length: 0,
        }
    }
}

/// Returns the fates of the tokens of `old` in `new`. `index` is the newest text's, for weights.
pub fn fates(old: Side, new: Side, index: &Index, weights: &Weights) -> Fates {
    let mut runs = equal_runs(&old.tokens.ids, &new.tokens.ids);
    drop_islands(&mut runs, old.tokens, new.tokens, index, weights);
    slide(&mut runs, old, new);
    let mut fates = vec![GONE; old.tokens.len()];
    for run in &runs {
        for step in 0..run.length {
            fates[run.old + step] = (run.new + step) as u32;
        }
    }
    fates
}

/// Returns the runs of equal tokens of two texts, in order.
fn equal_runs(old: &[u32], new: &[u32]) -> Vec<Run> {
    let mut runs = Runs(Vec::new());
    let all = Run {
        old: 0,
        new: 0,
        length: 0,
    };
    equal_in(old, new, all, &ANCHORS, &mut runs);
    runs.0
}

/// Finds the equal runs of two stretches that begin at `at`. Small ones go to the histogram diff;
/// large ones are first split at runs of tokens that occur once on either side (as in B. Cohen's
/// patience diff), so that the whole takes linear time however much the texts repeat.
fn equal_in(old: &[u32], new: &[u32], at: Run, anchors: &[usize], runs: &mut Runs) {
    let head = common(old.iter(), new.iter());
    runs.push(at.old, at.new, head);
    let (old, new) = (&old[head..], &new[head..]);
    let at = at.after(head, head);
    let tail = common(old.iter().rev(), new.iter().rev());
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    if !old.is_empty() && !new.is_empty() {
        match anchors {
            _ if old.len() * new.len() <= MOST_PAIRS => histogram(old, new, at, runs),
            // Hardly anything in it occurs once, so nothing can be told apart.
            [] => {}
            [length, finer @ ..] => {
                let (mut from_old, mut from_new) = (0, 0);
                for (one, other) in unique_runs(old, new, *length) {
                    if one < from_old || other < from_new {
                        continue;
                    }
                    let between = (&old[from_old..one], &new[from_new..other]);
                    equal_in(
                        between.0,
                        between.1,
                        at.after(from_old, from_new),
                        finer,
                        runs,
                    );
                    runs.push(at.old + one, at.new + other, *length);
                    (from_old, from_new) = (one + length, other + length);
                }
                let rest = at.after(from_old, from_new);
                equal_in(&old[from_old..], &new[from_new..], rest, finer, runs);
            }
        }
    }
    runs.push(at.old + old.len(), at.new + new.len(), tail);
}

fn common<'a>(one: impl Iterator<Item = &'a u32>, other: impl Iterator<Item = &'a u32>) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// Runs of `length` tokens that occur once on either side, as many as go forward on both.
fn unique_runs(old: &[u32], new: &[u32], length: usize) -> Vec<(usize, usize)> {
    let mut grams: FxHashMap<u64, Gram> = FxHashMap::default();
    each_gram(
        old,
        length,
        |_| true,
        |key, at| grams.entry(key).or_default().see_old(at),
    );
    each_gram(
        new,
        length,
        |_| true,
        |key, at| {
            if let Some(gram) = grams.get_mut(&key) {
                gram.see_new(at);
            }
        },
    );
    let unique = grams.values().filter_map(|gram| gram.only());
    let mut pairs: Vec<(usize, usize)> = unique
        // Keys are hashes, which may collide.
        .filter(|&(one, other)| old[one..one + length] == new[other..other + length])
        .collect();
    pairs.sort_unstable();
    longest_rising(&pairs)
}

/// Returns the longest subsequence of some pairs, sorted by their first, that also rises in the
/// second (patience sorting, C. Schensted 1961).
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|&top| pairs[top].1 < pair.1);
        before.push(pile.checked_sub(1).map(|pile| piles[pile]));
        if pile == piles.len() {
            piles.push(index);
        } else {
            piles[pile] = index;
        }
    }
    let mut rising = Vec::new();
    let mut at = piles.last().copied();
    while let Some(index) = at {
        rising.push(pairs[index]);
        at = before[index];
    }
    rising.reverse();
    rising
}

fn histogram(old: &[u32], new: &[u32], at: Run, runs: &mut Runs) {
    // Renumbers the tokens, so that the diff's tables do not grow with the vocabulary.
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut tokens = |ids: &[u32]| -> Vec<imara_diff::Token> {
        let mut number = |id: u32| {
            let next = numbers.len() as u32;
            *numbers.entry(id).or_insert(next)
        };
        ids.iter().map(|&id| number(id).into()).collect()
    };
    let (one, other) = (tokens(old), tokens(new));
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &one, &other, numbers.len() as u32);
    let (mut from_old, mut from_new) = (0, 0);
    for hunk in diff.hunks() {
        let start = hunk.before.start as usize;
        runs.push(at.old + from_old, at.new + from_new, start - from_old);
        from_old = hunk.before.end as usize;
        from_new = hunk.after.end as usize;
    }
    runs.push(at.old + from_old, at.new + from_new, old.len() - from_old);
}

/// Runs in order, with adjacent ones joined.
struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, old: usize, new: usize, length: usize) {
        match self.0.last_mut() {
            _ if length == 0 => {}
            Some(last) if last.old + last.length == old && last.new + last.length == new => {
                last.length += length
            }
            _ => self.0.push(Run { old, new, length }),
        }
    }
}

/// Drops what is equal by chance: a light run between two heavier edits, as the semantic clean-up
/// of diff-match-patch does for characters.
fn drop_islands(runs: &mut Vec<Run>, old: &Tokens, new: &Tokens, index: &Index, weights: &Weights) {
    let sums = |tokens: &Tokens| {
        let mut sum = 0.0;
        let mut sums = Vec::with_capacity(tokens.len() + 1);
        sums.push(0.0);
        for &id in &tokens.ids {
            sum += f64::from(index.weight(id));
            sums.push(sum);
        }
        sums
    };
    let (old_sums, new_sums) = (sums(old), sums(new));
    let edit = |before: Run, after: Run| {
        let gone = old_sums[after.old] - old_sums[before.old + before.length];
        let come = new_sums[after.new] - new_sums[before.new + before.length];
        gone.max(come)
    };
    let first = Run {
        old: 0,
        new: 0,
        length: 0,
    };
    let last = Run {
        old: old.len(),
        new: new.len(),
        length: 0,
    };
    let mut kept: Vec<Run> = vec![first];
    for at in 0..runs.len() {
        let next = runs.get(at + 1).copied().unwrap_or(last);
        kept.push(runs[at]);
        // Dropping a run enlarges its neighbours' edits, so runs further back may have to go too.
        let mut after = next;
        while kept.len() > 1 {
            let run = kept[kept.len() - 1];
            let before = kept[kept.len() - 2];
            let weight = old_sums[run.old + run.length] - old_sums[run.old];
            let least = edit(before, run).min(edit(run, after));
            if weight * f64::from(weights.island) >= least {
                break;
            }
            kept.pop();
            after = next;
        }
    }
    kept.remove(0);
    *runs = kept;
}

/// Moves pure insertions and deletions to the best divisions of the text.
fn slide(runs: &mut [Run], old: Side, new: Side) {
    for at in 1..runs.len() {
        let (before, after) = runs.split_at_mut(at);
        let (before, after) = (&mut before[at - 1], &mut after[0]);
        let gone = after.old - (before.old + before.length);
        let come = after.new - (before.new + before.length);
        let shift = match (gone, come) {
            (0, 1..) => best_slide(new, before.new + before.length, after.new, before, after),
            (1.., 0) => best_slide(old, before.old + before.length, after.old, before, after),
            _ => 0,
        };
        before.length = before.length.strict_add_signed(shift);
        after.old = after.old.strict_add_signed(shift);
        after.new = after.new.strict_add_signed(shift);
        after.length = after.length.strict_add_signed(-shift);
    }
}

/// Returns by how many tokens the edit `from..to` of a text is best moved.
fn best_slide(side: Side, from: usize, to: usize, before: &Run, after: &Run) -> isize {
    let ids = &side.tokens.ids;
    let score = |shift: isize| {
        let (from, to) = (from.strict_add_signed(shift), to.strict_add_signed(shift));
        parting(side, from) + parting(side, to)
    };
    // One token of each run stays, so that no run vanishes.
    let up = (1..before.length.min(LONGEST_SLIDE))
        .take_while(|&by| ids[from - by] == ids[to - by])
        .count();
    let down = (0..(after.length - 1).min(LONGEST_SLIDE))
        .take_while(|&by| ids[from + by] == ids[to + by])
        .count();
    let shifts = -(up as isize)..=(down as isize);
    shifts
        .max_by_key(|&shift| (score(shift), std::cmp::Reverse(shift.unsigned_abs())))
        .unwrap_or(0)
}

/// Rates how well a text divides before a token: at a line, a sentence, a space, or not at all.
fn parting(side: Side, at: usize) -> u32 {
    let tokens = side.tokens;
    if at == 0 || at >= tokens.len() {
        return 4;
    }
    let between = &side.text[tokens.ends[at - 1] as usize..tokens.starts[at] as usize];
    let before = &side.text[tokens.starts[at - 1] as usize..tokens.ends[at - 1] as usize];
    if between.contains(['\n', '\t']) {
        4
    } else if before.ends_with([
        '.', '!', '?', ':', ';', '。', '！', '？', '；', '：', '؟', '۔', '।',
    ]) {
        if between.is_empty() && before.is_ascii() {
            1
        } else {
            3
        }
    } else if before.ends_with([',', '、', '，', '،', ')', '）', '」', '』', '”', '"']) {
        2
    } else {
        u32::from(!between.is_empty())
    }
}

/// Finds moves: runs of six tokens that occur once among the deleted and once among the inserted
/// tokens, extended as far as both sides agree.
pub fn add_moves(fates: &mut Fates, old: &Tokens, new: &Tokens) {
    let mut taken = vec![false; new.len()];
    for &fate in fates.iter().filter(|&&fate| fate != GONE) {
        taken[fate as usize] = true;
    }
    let mut grams: FxHashMap<u64, Gram> = FxHashMap::default();
    let gone = |at: usize| fates[at] == GONE;
    each_gram(&old.ids, MOVE_RUN, gone, |key, at| {
        grams.entry(key).or_default().see_old(at)
    });
    if grams.is_empty() {
        return;
    }
    each_gram(
        &new.ids,
        MOVE_RUN,
        |at| !taken[at],
        |key, at| {
            if let Some(gram) = grams.get_mut(&key) {
                gram.see_new(at);
            }
        },
    );
    let mut moved: Vec<(usize, usize)> = grams.values().filter_map(Gram::only).collect();
    moved.sort_unstable();
    for (from, to) in moved {
        grow(fates, &mut taken, old, new, from, to);
    }
}

/// How often a run of tokens occurs in two texts, and where it last did.
#[derive(Default)]
struct Gram {
    old: usize,
    new: usize,
    in_old: u32,
    in_new: u32,
}

impl Gram {
    fn see_old(&mut self, at: usize) {
        self.old = at;
        self.in_old += 1;
    }

    fn see_new(&mut self, at: usize) {
        self.new = at;
        self.in_new += 1;
    }

    /// Returns its positions in both texts, if it occurs once in each.
    fn only(&self) -> Option<(usize, usize)> {
        (self.in_old == 1 && self.in_new == 1).then_some((self.old, self.new))
    }
}

/// Calls `found` with the key and the start of each run of `length` free tokens.
fn each_gram(
    ids: &[u32],
    length: usize,
    free: impl Fn(usize) -> bool,
    mut found: impl FnMut(u64, usize),
) {
    let mut since = 0;
    for at in 0..ids.len() {
        since = if free(at) { since + 1 } else { 0 };
        if since >= length {
            let start = at + 1 - length;
            let key = ids[start..=at].iter().fold(0_u64, |key, &id| {
                (key.rotate_left(7) ^ u64::from(id)).wrapping_mul(0x517c_c1b7_2722_0a95)
            });
            found(key, start);
        }
    }
}

fn grow(fates: &mut Fates, taken: &mut [bool], old: &Tokens, new: &Tokens, from: usize, to: usize) {
    let fits = |fates: &Fates, taken: &[bool], from: usize, to: usize| {
        fates[from] == GONE && !taken[to] && old.ids[from] == new.ids[to]
    };
    let (mut one, mut other) = (from, to);
    while one > 0 && other > 0 && fits(fates, taken, one - 1, other - 1) {
        one -= 1;
        other -= 1;
    }
    while one < old.len() && other < new.len() && fits(fates, taken, one, other) {
        fates[one] = other as u32;
        taken[other] = true;
        one += 1;
        other += 1;
    }
}

/// Composes the fates of two successive diffs.
pub fn through(first: &Fates, second: &Fates) -> Fates {
    first
        .iter()
        .map(|&fate| second.get(fate as usize).copied().unwrap_or(GONE))
        .collect()
}
