//! Pseudorandom numbers that are the same in every run.

/// State of the generator (Vigna's SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
pub struct Seed(pub u64);

impl Seed {
    /// The next number below `below`, which must not be zero.
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    /// A random index below `count`, which must not be zero.
    pub fn index(&mut self, count: usize) -> usize {
        self.next(count as u64) as usize
    }

    /// A number from `first` to `last` inclusive.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.index(last - first + 1)
    }

    /// A random element; there must be at least one.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.index(things.len())]
    }

    /// True with a probability in percent.
    pub fn percent(&mut self, times: u64) -> bool {
        self.next(100) < times
    }

    /// Shuffles things (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.index(last + 1));
        }
    }
}
