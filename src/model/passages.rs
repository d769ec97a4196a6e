//! The reader's selection: one passage or, where the browser allows it, several.

use std::rc::Rc;

use super::order::sorted_once;
use super::text::TextRange;

/// One or more passages in text order, of which no two share a byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passages(Rc<[TextRange]>);

impl Passages {
    /// Creates a selection of one passage.
    pub fn one(range: TextRange) -> Self {
        Self(Rc::new([range]))
    }

    /// Creates a selection of passages in any order and merges those that overlap; `None` if empty.
    pub fn of(ranges: &[TextRange]) -> Option<Self> {
        let mut passages: Vec<TextRange> = Vec::new();
        for range in sorted_once(ranges) {
            match passages.last_mut() {
                Some(last) if range.start() < last.end() => {
                    *last = TextRange::new(last.start(), last.end().max(range.end()));
                }
                _ => passages.push(range),
            }
        }
        (!passages.is_empty()).then(|| Self(passages.into()))
    }

    /// The first passage in the text.
    pub fn first(&self) -> TextRange {
        self.0[0]
    }

    /// All passages.
    pub fn all(&self) -> &[TextRange] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_in_order_and_share_nothing() {
        let range = TextRange::new;
        let of = |ranges: &[TextRange]| Passages::of(ranges).map(|all| all.all().to_vec());
        assert_eq!(of(&[]), None);
        let three = [range(20, 30), range(0, 5), range(4, 9)];
        assert_eq!(of(&three), Some(vec![range(0, 9), range(20, 30)]));
        let beside = [range(0, 5), range(5, 9)];
        assert_eq!(of(&beside), Some(beside.to_vec()));
    }
}
