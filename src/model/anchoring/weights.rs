//! Every number used to recognise passages, with its name.
//!
//! They are fitted on one real edit history and reported on another, and vice versa: `cargo run
//! --release --example weigh`.

/// The evidence for a place. Weights are information in nats; shares are shares of such weight.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// Share of the quote that is there.
    pub share: f32,
    /// Share of the context that is there, on the side with less of it.
    pub weaker_side: f32,
    /// The same on the other side.
    pub stronger_side: f32,
    /// Share of the place's tokens that are not part of the quote.
    pub loose: f32,
    /// Weight of what is there of the quote; the heavier, the less likely by chance.
    pub says: f32,
    /// 1 if the quote is there word for word.
    pub whole: f32,
    /// 1 if it is, and occurred once in the text it was made on.
    pub once: f32,
    /// 1 if it is, and occurred there several times.
    pub often: f32,
}

impl Evidence {
    /// Returns the features, in the order of their weights.
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

/// Weight of a quote, in nats, above which more says no more.
const MOST_SAID: f32 = 80.0;

/// The numbers that decide where a passage is.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// An equal run between two edits is dropped if it weighs less than the lighter one divided by
    /// this: higher keeps more chance equalities, lower loses more words that stayed.
    pub island: f32,
    /// Fewest letters of a quote that is believed because it occurred once and occurs once.
    pub unique_letters: f32,
    /// The confidence in such a place if its neighbours differ.
    pub unique_confidence: f32,
    /// Share of a passage that must survive the diff in one place.
    pub survives: f32,
    /// The same between its surviving neighbours, in any order.
    pub survives_in_gap: f32,
    /// Share of letters that must agree between the neighbours.
    pub like_in_gap: f32,
    /// Factor that lowers the confidence between the neighbours.
    pub gap_confidence: f32,
    /// New tokens that are always allowed between two surviving ones.
    pub gap_free: f32,
    /// Most of these for each nat of weight on the lighter side.
    pub gap_by_weight: f32,
    /// New tokens that are allowed for each surviving one on the lighter side.
    pub gap_vouched: f32,
    /// Cost of opening a gap in an alignment.
    pub gap_open: f32,
    /// Cost of each token in a gap.
    pub gap_token: f32,
    /// Distance in tokens over which the worth of context halves.
    pub context_reach: f32,
    /// Least worth of a side without context if the quote is still at its end of the text.
    pub end_kept: f32,
    /// Worth of a side without context, relative to the other side, if the quote is no longer at
    /// its end of the text.
    pub end_lost: f32,
    /// Share of each side's context that must survive for a gap to be reported.
    pub neighbours: f32,
    /// The same if no three consecutive words of the quote survive.
    pub neighbours_alone: f32,
    /// The constant term of the logarithm of the odds of a place.
    pub bias: f32,
    /// The coefficients of [`Evidence::features`].
    pub evidence: [f32; Weights::FEATURES],
    /// Least logarithm of the odds for a place to be believed.
    pub believed: f32,
    /// The same if the diff has not found the passage.
    pub believed_elsewhere: f32,
    /// Least logarithm of the odds for a place to be suggested.
    pub suggested: f32,
    /// Least share of a quote that must be there.
    pub least_share: f32,
    /// Differences in log odds below this do not tell places apart.
    pub near_equal: f32,
}

impl Weights {
    /// Number of features of the evidence.
    pub const FEATURES: usize = 9;

    /// Returns the logarithm of the odds that a place is the passage.
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
