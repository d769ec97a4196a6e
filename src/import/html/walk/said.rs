//! Carries language and direction from blocks that are not kept to blocks that are.

use crate::model::article::{Attribute, Attributes};

/// The attributes that apply to everything in an element.
const REACHING: [Attribute; 2] = [Attribute::Dir, Attribute::Lang];

/// A language and a direction, if declared.
#[derive(Clone, Default)]
pub(super) struct OwnAttributes(Attributes);

impl OwnAttributes {
    /// Takes them from an element's attributes.
    pub(super) fn of(attributes: &Attributes) -> Self {
        let mut said = Attributes::none();
        for reaching in REACHING {
            if let Some(value) = attributes.get(reaching) {
                said.set(reaching, value);
            }
        }
        Self(said)
    }

    /// True if neither is declared.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns this, overridden by what an inner element declares.
    pub(super) fn with(mut self, within: Self) -> Self {
        for (attribute, value) in within.0.iter() {
            self.0.set(attribute, value);
        }
        self
    }

    /// Adds them to an element that does not declare its own.
    pub(super) fn add_to(&self, attributes: &mut Attributes) {
        for (attribute, value) in self.0.iter() {
            if attributes.get(attribute).is_none() {
                attributes.set(attribute, value);
            }
        }
    }
}
