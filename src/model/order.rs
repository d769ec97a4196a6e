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

/// Puts things in order, of which the first `from` are in order already: only the others are sorted,
/// and then merged with them. Stable.
pub fn arrange<T: Clone>(things: &mut Vec<T>, from: usize, compare: &dyn Fn(&T, &T) -> Ordering) {
    let order = merged(things.len(), from, &|one, other| {
        compare(&things[one], &things[other])
    });
    *things = order
        .into_iter()
        .map(|index| things[index].clone())
        .collect();
}

/// Returns the indices of `count` things in order, of which the first `from` are in order already.
fn merged(count: usize, from: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut rest = sorted(count - from, &|one, other| {
        compare(from + one, from + other)
    });
    rest.iter_mut().for_each(|index| *index += from);
    if from == 0 {
        return rest;
    }
    let mut order = Vec::with_capacity(count);
    let mut first = 0;
    for index in rest {
        while first < from && compare(first, index).is_le() {
            order.push(first);
            first += 1;
        }
        order.push(index);
    }
    order.extend(first..from);
    order
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
    fn what_is_in_order_already_stays_so_and_comes_before_its_equals() {
        let compare = |one: &(i32, &str), other: &(i32, &str)| one.0.cmp(&other.0);
        let mut things = vec![(1, "a"), (3, "a"), (4, "b"), (0, "b"), (3, "b"), (3, "c")];
        arrange(&mut things, 2, &compare);
        assert_eq!(
            things,
            [(0, "b"), (1, "a"), (3, "a"), (3, "b"), (3, "c"), (4, "b")]
        );
        arrange(&mut things, 6, &compare);
        assert_eq!(things.last(), Some(&(4, "b")));
    }
}
