//! The margin: places cards as level with their passages as they can be without overlap, and
//! computes the boxes around a passage.

/// Pixels between two cards.
const GAP: f64 = 8.0;
/// How much more the chosen card weighs than another: enough to stay level with its passage.
const CHOSEN: f64 = 10_000.0;

/// A card and its preferred place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Card {
    /// The top of its passage, in pixels.
    pub wanted: f64,
    /// Its height, in pixels.
    pub height: f64,
    /// True if it is the chosen card, which stays level with its passage.
    pub chosen: bool,
}

/// Returns the tops of cards, given in order, such that they do not overlap and the weighted sum of
/// the squared distances from their passages is least: isotonic regression by pooling adjacent
/// violators (Barlow et al., Statistical Inference under Order Restrictions, 1972). Linear time.
pub fn tops(cards: &[Card]) -> Vec<f64> {
    struct Pool {
        mean: f64,
        weight: f64,
        cards: usize,
    }
    let mut pools: Vec<Pool> = Vec::with_capacity(cards.len());
    let mut above = 0.0;
    for card in cards {
        let weight = if card.chosen { CHOSEN } else { 1.0 };
        let mut pool = Pool {
            mean: card.wanted - above,
            weight,
            cards: 1,
        };
        while let Some(last) = pools.pop_if(|last| last.mean > pool.mean) {
            let weight = last.weight + pool.weight;
            pool.mean = (last.mean * last.weight + pool.mean * pool.weight) / weight;
            pool.weight = weight;
            pool.cards += last.cards;
        }
        pools.push(pool);
        above += card.height + GAP;
    }
    let mut tops = Vec::with_capacity(cards.len());
    let mut above = 0.0;
    for pool in pools {
        for _ in 0..pool.cards {
            tops.push(pool.mean.max(0.0) + above);
            above += cards[tops.len() - 1].height + GAP;
        }
    }
    tops
}

/// A rectangle, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // Their names say it.
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Merges the rectangles of words and their elements, given in reading order, into one for each
/// line. Two are on one line if they share more than half the height of the smaller one.
pub fn lines(areas: &[Area]) -> Vec<Area> {
    let mut lines: Vec<Area> = Vec::new();
    for area in areas.iter().filter(|area| area.right - area.left >= 1.0) {
        if let Some(line) = lines.last_mut() {
            let shared = line.bottom.min(area.bottom) - line.top.max(area.top);
            let lower = (line.bottom - line.top).min(area.bottom - area.top);
            if shared > lower / 2.0 {
                line.left = line.left.min(area.left);
                line.top = line.top.min(area.top);
                line.right = line.right.max(area.right);
                line.bottom = line.bottom.max(area.bottom);
                continue;
            }
        }
        lines.push(*area);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, top: f64, right: f64, bottom: f64) -> Area {
        Area {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn words_on_a_line_are_in_one_box() {
        let areas = [
            area(50.0, 0.0, 50.0, 20.0),
            area(50.0, 0.0, 90.0, 20.0),
            area(90.0, 3.0, 120.0, 17.0),
            area(0.0, 30.0, 70.0, 50.0),
        ];
        let boxes = [area(50.0, 0.0, 120.0, 20.0), areas[3]];
        assert_eq!(lines(&areas), boxes);
    }

    fn card(wanted: f64, height: f64) -> Card {
        Card {
            wanted,
            height,
            chosen: false,
        }
    }

    #[test]
    fn cards_with_room_are_level_with_their_passages() {
        assert_eq!(tops(&[card(0.0, 50.0), card(100.0, 50.0)]), [0.0, 100.0]);
    }

    #[test]
    fn crowded_cards_share_the_distance_and_never_overlap() {
        let cards = [
            card(200.0, 100.0),
            card(200.0, 100.0),
            card(210.0, 40.0),
            card(900.0, 10.0),
        ];
        let tops = tops(&cards);
        for (index, pair) in tops.windows(2).enumerate() {
            assert!(
                pair[1] >= pair[0] + cards[index].height + GAP - 1e-9,
                "{tops:?}"
            );
        }
        assert!(tops[0] < 200.0 && tops[1] > 200.0);
        assert_eq!(tops[3], 900.0);
    }

    #[test]
    fn the_chosen_card_stays_level() {
        let mut cards = [card(500.0, 100.0), card(500.0, 100.0), card(500.0, 100.0)];
        cards[2].chosen = true;
        assert!((tops(&cards)[2] - 500.0).abs() < 1.0);
    }

    #[test]
    fn no_card_leaves_the_page() {
        assert!(tops(&[card(0.0, 80.0), card(0.0, 80.0)])[0] >= 0.0);
    }
}
