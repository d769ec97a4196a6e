//! Language and direction of blocks that are not kept, on their way to blocks that are.

use crate::model::article::{Attribute, Attributes};

/// The attributes that reach all that is in an element.
const REACHING: [Attribute; 2] = [Attribute::Dir, Attribute::Lang];

/// What is said of language and direction.
#[derive(Clone, Default)]
pub(super) struct Said(Attributes);

impl Said {
    /// What an element's attributes say.
    pub(super) fn of(attributes: &Attributes) -> Self {
        let mut said = Attributes::none();
        for reaching in REACHING {
            if let Some(value) = attributes.get(reaching) {
                said.set(reaching, value);
            }
        }
        Self(said)
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This, but for what an element within says.
    pub(super) fn with(mut self, within: Self) -> Self {
        for (attribute, value) in within.0.iter() {
            self.0.set(attribute, value);
        }
        self
    }

    /// Adds it to an element that does not say otherwise.
    pub(super) fn add_to(&self, attributes: &mut Attributes) {
        for (attribute, value) in self.0.iter() {
            if attributes.get(attribute).is_none() {
                attributes.set(attribute, value);
            }
        }
    }
}
