//! Every number by which a passage is recognised, with its name.
//!
//! They are chosen on one real edit history and reported on another, and the other way round.

/// The numbers. Weights of tokens are information in nats; shares are of such weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// An equal run between two edits is kept if it weighs this many times less than the
    /// smaller of them: more keeps more by chance, less loses words that stayed.
    pub island: f32,
    /// Letters from which a quote that stands once in both texts is believed without more.
    pub unique_letters: f32,
    /// Share of a quote's weight that has to survive in one cluster.
    pub survives: f32,
    /// The same where the neighbours on both sides stand: words between them are the passage's.
    pub survives_in_gap: f32,
    /// New tokens between two surviving ones of a cluster, beside the quote's own length.
    pub cluster_gap: f32,
    /// What it costs to begin a gap when tokens are aligned.
    pub gap_open: f32,
    /// What each token in a gap costs.
    pub gap_token: f32,
    /// Tokens over which the worth of context halves.
    pub context_reach: f32,
    /// Share of the context that must agree for a quote that says next to nothing.
    pub context_needed: f32,
    /// Weight of a quote at which no context is needed any more.
    pub context_free: f32,
    /// The same where the words stood and stand once.
    pub context_free_unique: f32,
    /// What context counts for beside the quote in a candidate's score.
    pub context_worth: f32,
    /// What nearness to the old position counts for.
    pub position_worth: f32,
    /// Scores nearer than this are not told apart.
    pub near_equal: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            island: 2.0,
            unique_letters: 16.0,
            survives: 0.5,
            survives_in_gap: 0.35,
            cluster_gap: 60.0,
            gap_open: 4.0,
            gap_token: 0.15,
            context_reach: 8.0,
            context_needed: 0.6,
            context_free: 60.0,
            context_free_unique: 30.0,
            context_worth: 1.0,
            position_worth: 0.02,
            near_equal: 0.03,
        }
    }
}
