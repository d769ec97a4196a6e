//! The one sort for everything: each instance of a generic sort adds kilobytes to the download.

use std::cmp::Ordering;

/// Returns the indices of `count` things in the order given by `compare`, which takes two indices.
/// The sort is stable.
pub fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    indices.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    indices
}

/// Returns the things in order, each once.
pub fn sorted_once<T: Ord + Clone>(things: &[T]) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for index in sorted(things.len(), &|one, other| things[one].cmp(&things[other])) {
        if once.last() != Some(&things[index]) {
            once.push(things[index].clone());
        }
    }
    once
}

/// Merges two lists that are in order into one. Of equal things, those of the first list come first.
pub fn merged<T>(one: Vec<T>, other: Vec<T>, is_before: &dyn Fn(&T, &T) -> bool) -> Vec<T> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let mut one = one.into_iter().peekable();
    for thing in other {
        while let Some(earlier) = one.next_if(|earlier| !is_before(&thing, earlier)) {
            all.push(earlier);
        }
        all.push(thing);
    }
    all.extend(one);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_stay_in_their_order() {
        let things = [3, 1, 3, 1];
        assert_eq!(
            sorted(4, &|one, other| things[one].cmp(&things[other])),
            [1, 3, 0, 2]
        );
        assert_eq!(sorted_once(&things), [1, 3]);
    }

    #[test]
    fn equal_things_of_the_first_list_come_first() {
        let is_before = |one: &(i32, &str), other: &(i32, &str)| one.0 < other.0;
        let all = merged(
            vec![(1, "a"), (3, "a")],
            vec![(0, "b"), (3, "b"), (4, "b")],
            &is_before,
        );
        assert_eq!(all, [(0, "b"), (1, "a"), (3, "a"), (3, "b"), (4, "b")]);
    }
}
