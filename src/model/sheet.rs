//! The sheet of notes in a narrow window: its three heights, and what a hand means that pulls it.

/// A height of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    /// Its head, and the chosen note.
    Low,
    /// Half of the window or so.
    Half,
    /// All of the window, but the bar.
    Full,
}

impl Height {
    /// All heights, the lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Half, Self::Full];
}

/// Milliseconds for which a sheet would go on by itself.
const GLIDE: f64 = 180.0;

/// Pixels by which a hand may have passed a height that it still means.
const PASSED: f64 = 64.0;

/// Returns the height at which a sheet comes to rest that was pulled `from` some pixels and let go of
/// at `top`, while it grew by `speed` pixels per millisecond: the nearest to where it would glide, but
/// not beyond the first height on its way. `stops` are the pixels of each height, the lowest first.
pub fn rest(from: f64, top: f64, speed: f64, stops: [f64; 3]) -> Height {
    let is_below = |stop: &f64| *stop < top || (*stop < from && *stop < top + PASSED);
    let is_above = |stop: &f64| *stop > top || (*stop > from && *stop > top - PASSED);
    let below = stops.into_iter().rfind(is_below);
    let above = stops.into_iter().find(is_above);
    let mut to = top + speed * GLIDE;
    if speed < 0.0 {
        to = to.max(below.unwrap_or(top));
    } else if speed > 0.0 {
        to = to.min(above.unwrap_or(top));
    }
    let distance = |(_, stop): &(Height, f64)| (stop - to).abs();
    let heights = Height::ALL.into_iter().zip(stops);
    let nearest = heights.min_by(|one, other| distance(one).total_cmp(&distance(other)));
    nearest.map_or(Height::Low, |(height, _)| height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_pull_ends_at_the_nearest_height_and_a_quick_one_goes_on() {
        let stops = [56.0, 400.0, 750.0];
        for (from, top, speed, height) in [
            (56.0, 60.0, 0.0, Height::Low),
            (56.0, 227.0, 0.0, Height::Low),
            (56.0, 229.0, 0.0, Height::Half),
            (400.0, 574.0, 0.0, Height::Half),
            (400.0, 576.0, 0.0, Height::Full),
            (56.0, 80.0, 1.0, Height::Half),
            (56.0, 386.0, 5.0, Height::Half),
            (56.0, 440.0, 5.0, Height::Half),
            (56.0, 480.0, 5.0, Height::Full),
            (400.0, 401.0, 1.0, Height::Full),
            (750.0, 740.0, -1.0, Height::Half),
            (750.0, 370.0, -3.0, Height::Half),
            (750.0, 300.0, -3.0, Height::Low),
            (400.0, 390.0, -1.0, Height::Low),
            (400.0, 360.0, -3.0, Height::Low),
            (750.0, 760.0, 2.0, Height::Full),
            (56.0, 40.0, -2.0, Height::Low),
        ] {
            assert_eq!(
                rest(from, top, speed, stops),
                height,
                "{from} to {top} at {speed}"
            );
        }
    }
}
