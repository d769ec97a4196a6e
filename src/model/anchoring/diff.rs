//! What became of each token of an older text in the new one.
//!
//! The diff is the histogram algorithm's (`imara-diff`, after JGit's), then mended for reading:
//! what is equal by chance between two large edits is let go, edits slide to where words and
//! sentences begin, and what was moved is found by runs of tokens that stand once in each text.

use imara_diff::{Algorithm, Diff};
use rustc_hash::FxHashMap;

use super::index::Index;
use super::tokens::Tokens;
use super::weights::Weights;

/// The token of the new text that an old one became; [`GONE`] where it is not there any more.
pub type Fates = Vec<u32>;
/// Said of a token that is not there any more.
pub const GONE: u32 = u32::MAX;

/// Tokens of a run by which moved passages are recognised.
const MOVE_RUN: usize = 6;
/// Furthest that an edit slides, in tokens.
const LONGEST_SLIDE: usize = 64;

/// A text with its tokens.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a Tokens,
}

/// Tokens that are equal in both texts: so many from these on.
#[derive(Debug, Clone, Copy)]
struct Run {
    old: usize,
    new: usize,
    length: usize,
}

/// The fates of the tokens of `old` in `new`. `index` is that of the newest text, for weights.
pub fn fates(old: Side, new: Side, vocabulary: usize, index: &Index, weights: &Weights) -> Fates {
    let mut runs = equal_runs(&old.tokens.ids, &new.tokens.ids, vocabulary);
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

fn as_tokens(ids: &[u32]) -> Vec<imara_diff::Token> {
    ids.iter().map(|&id| imara_diff::Token::from(id)).collect()
}

/// The runs of equal tokens of a diff. Tokens are numbers below `kinds`.
fn equal_runs(old: &[u32], new: &[u32], kinds: usize) -> Vec<Run> {
    let mut diff = Diff::default();
    diff.compute_with(
        Algorithm::Histogram,
        &as_tokens(old),
        &as_tokens(new),
        kinds as u32,
    );
    let mut runs = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    let end = imara_diff::Hunk {
        before: old.len() as u32..old.len() as u32,
        after: new.len() as u32..new.len() as u32,
    };
    for hunk in diff.hunks().chain([end]) {
        let length = hunk.before.start as usize - from_old;
        if length > 0 {
            runs.push(Run {
                old: from_old,
                new: from_new,
                length,
            });
        }
        from_old = hunk.before.end as usize;
        from_new = hunk.after.end as usize;
    }
    runs
}

/// Lets go what is equal by chance: a light run between two heavier edits, as the semantic
/// clean-up of diff-match-patch does with characters.
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
        // Dropping one makes its neighbours' edits larger: look back as far as that goes.
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

/// Moves pure insertions and deletions to where they part the text best.
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

/// By how many tokens the edit `from..to` of a text is best moved.
fn best_slide(side: Side, from: usize, to: usize, before: &Run, after: &Run) -> isize {
    let ids = &side.tokens.ids;
    let score = |shift: isize| {
        let (from, to) = (from.strict_add_signed(shift), to.strict_add_signed(shift));
        parting(side, from) + parting(side, to)
    };
    // One token of each run stays, so that runs never vanish.
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

/// How well a text is parted before a token: by a line, a sentence, a space, or not at all.
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

/// Finds what was moved: runs of six tokens that stand once among the gone and once among the
/// come, and grow from there as far as both sides agree.
pub fn add_moves(fates: &mut Fates, old: &Tokens, new: &Tokens) {
    let mut taken = vec![false; new.len()];
    for &fate in fates.iter().filter(|&&fate| fate != GONE) {
        taken[fate as usize] = true;
    }
    let mut grams: FxHashMap<u64, Gram> = FxHashMap::default();
    each_gram(
        &old.ids,
        |at| fates[at] == GONE,
        |key, at| {
            let gram = grams.entry(key).or_default();
            gram.old = at;
            gram.in_old += 1;
        },
    );
    if grams.is_empty() {
        return;
    }
    each_gram(
        &new.ids,
        |at| !taken[at],
        |key, at| {
            if let Some(gram) = grams.get_mut(&key) {
                gram.new = at;
                gram.in_new += 1;
            }
        },
    );
    let mut moved: Vec<(usize, usize)> = grams
        .values()
        .filter(|gram| gram.in_old == 1 && gram.in_new == 1)
        .map(|gram| (gram.old, gram.new))
        .collect();
    moved.sort_unstable();
    for (from, to) in moved {
        grow(fates, &mut taken, old, new, from, to);
    }
}

#[derive(Default)]
struct Gram {
    old: usize,
    new: usize,
    in_old: u32,
    in_new: u32,
}

/// Calls `found` for each run of [`MOVE_RUN`] free tokens.
fn each_gram(ids: &[u32], free: impl Fn(usize) -> bool, mut found: impl FnMut(u64, usize)) {
    let mut since = 0;
    for at in 0..ids.len() {
        since = if free(at) { since + 1 } else { 0 };
        if since >= MOVE_RUN {
            let start = at + 1 - MOVE_RUN;
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

/// The fates through two diffs, one after the other.
pub fn through(first: &Fates, second: &Fates) -> Fates {
    first
        .iter()
        .map(|&fate| second.get(fate as usize).copied().unwrap_or(GONE))
        .collect()
}
