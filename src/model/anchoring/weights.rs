//! Every number by which a passage is recognised, with its name.
//!
//! They are chosen on one real edit history and reported on another, and the other way round:
//! `cargo run --release --example weigh`.

/// What speaks for a place. Weights are information in nats; shares are of such weight.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Share of the quote that is there.
    pub share: f32,
    /// Share of the context that is there, on the side where less of it is.
    pub weaker_side: f32,
    /// The same on the other side.
    pub stronger_side: f32,
    /// Share of the place's tokens that are not the quote's.
    pub loose: f32,
    /// Weight of what is there of the quote: how little it is by chance.
    pub says: f32,
    /// 1 where the quote is there word for word.
    pub whole: f32,
    /// 1 where it is, and stood once in the text it was made on.
    pub once: f32,
    /// 1 where it is, and stood there several times.
    pub often: f32,
}

impl Evidence {
    /// What the weights are applied to, in their order.
    pub fn features(&self) -> [f32; Weights::FEATURES] {
        let says = self.says.min(MOST_SAID);
        [
            self.share,
            self.weaker_side,
            self.stronger_side,
            self.loose,
            (1.0 + says).ln(),
            self.share * says,
            self.whole,
            self.once,
            self.often,
        ]
    }
}

/// Weight of a quote, in nats, beyond which more of it says no more.
const MOST_SAID: f32 = 80.0;

/// The numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// An equal run between two edits is let go if it weighs this many times less than the
    /// lighter of them: more keeps less by chance, less loses fewer words that stayed.
    pub island: f32,
    /// Letters from which a quote that stood once and stands once is believed without more.
    pub unique_letters: f32,
    /// The confidence of such a place where its neighbours are others.
    pub unique_confidence: f32,
    /// Share of a passage that has to survive the diff in one place.
    pub survives: f32,
    /// The same between its surviving neighbours, in any order.
    pub survives_in_gap: f32,
    /// Share of letters that have to agree there.
    pub like_in_gap: f32,
    /// By what the confidence is lowered there.
    pub gap_confidence: f32,
    /// New tokens that may always be put in between two surviving ones.
    pub gap_free: f32,
    /// Most of these for each nat that the lighter side weighs.
    pub gap_by_weight: f32,
    /// New tokens that may be put in for each surviving one on the lighter side.
    pub gap_vouched: f32,
    /// What it costs to begin a gap when tokens are aligned.
    pub gap_open: f32,
    /// What each token in a gap costs.
    pub gap_token: f32,
    /// Tokens over which the worth of context halves.
    pub context_reach: f32,
    /// What a side without context is worth at least where the quote still stands at its end of the
    /// text.
    pub end_kept: f32,
    /// What a side without context is worth beside the other where the quote has lost its place at
    /// an end of the text.
    pub end_lost: f32,
    /// Share of each side's context that has to stand for a gap to be told.
    pub neighbours: f32,
    /// The same for a place where no three words in a row of the quote stand any more.
    pub neighbours_alone: f32,
    /// The logarithm of the odds of a place, by its evidence: the constant.
    pub bias: f32,
    /// The same for each of [`Evidence::features`].
    pub evidence: [f32; Weights::FEATURES],
    /// Odds from which a place is believed.
    pub believed: f32,
    /// The same where the diff has not found the passage.
    pub believed_elsewhere: f32,
    /// Odds from which a place is suggested.
    pub suggested: f32,
    /// Least share of a quote that has to be there.
    pub least_share: f32,
    /// Odds nearer than this are not told apart.
    pub near_equal: f32,
}

impl Weights {
    /// How many numbers speak for a place.
    pub const FEATURES: usize = 9;

    /// The logarithm of the odds that a place is the passage's.
    pub fn odds(&self, evidence: &Evidence) -> f32 {
        let features = evidence.features();
        let weighed = features
            .iter()
            .zip(&self.evidence)
            .map(|(feature, weight)| feature * weight);
        self.bias + weighed.sum::<f32>()
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            island: 2.0,
            unique_letters: 16.0,
            unique_confidence: 0.98,
            survives: 0.5,
            survives_in_gap: 0.5,
            like_in_gap: 0.6,
            gap_confidence: 0.8,
            gap_free: 18.0,
            gap_by_weight: 6.0,
            gap_vouched: 3.0,
            gap_open: 4.0,
            gap_token: 0.25,
            context_reach: 8.0,
            end_kept: 0.8,
            end_lost: 0.7,
            neighbours: 0.3,
            neighbours_alone: 0.75,
            bias: -2.07,
            evidence: [0.82, 2.17, 2.70, -0.39, 0.17, 0.021, 0.21, 0.64, -0.43],
            believed: 0.7,
            believed_elsewhere: 1.3,
            suggested: -0.5,
            least_share: 0.4,
            near_equal: 0.3,
        }
    }
}
