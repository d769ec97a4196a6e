//! Where the toolbar of a selection goes: never over the selected words, nor over the line after them.

/// Distance between the toolbar and words, in pixels.
const DISTANCE: f64 = 10.0;

/// Where a selected passage is in the window, in pixels below its top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Words {
    /// The top of its first line.
    pub top: f64,
    /// The bottom of the line after its last one; infinite if that is far below the window.
    pub bottom: f64,
}

/// What the toolbar has to find room in, in pixels below the window's top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// The highest place for its top.
    pub top: f64,
    /// The lowest place for its bottom.
    pub bottom: f64,
    /// Its height.
    pub height: f64,
    /// Its top when it is docked at the bottom edge.
    pub docked: f64,
    /// True if it may be beside the words: not where the system's own menu is, or a thumb.
    pub near: bool,
}

/// A place for the toolbar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spot {
    /// Above or below the words, with its top at this height.
    Near(f64),
    /// At the bottom edge.
    Bottom,
    /// At the top edge.
    Top,
}

/// Returns the place for the toolbar of some passages: near the one that was selected `last`, above
/// it if there is room, else below; else at an edge.
pub fn spot(words: &[Words], last: usize, room: &Room) -> Spot {
    let covers = |top: f64| {
        let is_beside = |words: &Words| top + room.height <= words.top || words.bottom <= top;
        !words.iter().all(is_beside)
    };
    let fits = |top: &f64| *top >= room.top && top + room.height <= room.bottom && !covers(*top);
    let near = words.get(last).filter(|_| room.near).and_then(|words| {
        let above = words.top - DISTANCE - room.height;
        [above, words.bottom + DISTANCE].into_iter().find(fits)
    });
    // Where the words fill the window, their end stays in view.
    let ends_in_view = words
        .iter()
        .all(|words| words.bottom <= room.bottom + room.height);
    match near {
        Some(top) => Spot::Near(top),
        None if covers(room.docked) && (!covers(room.top) || ends_in_view) => Spot::Top,
        None => Spot::Bottom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room {
        top: 60.0,
        bottom: 792.0,
        height: 44.0,
        docked: 680.0,
        near: true,
    };

    fn of(top: f64, bottom: f64) -> Spot {
        spot(&[Words { top, bottom }], 0, &ROOM)
    }

    #[test]
    fn it_is_above_where_there_is_room_then_below_then_at_an_edge() {
        assert_eq!(of(400.0, 460.0), Spot::Near(346.0));
        assert_eq!(of(760.0, 830.0), Spot::Near(706.0));
        // High in the window, or begun above it.
        assert_eq!(of(100.0, 160.0), Spot::Near(170.0));
        assert_eq!(of(-300.0, 160.0), Spot::Near(170.0));
        // From the first line to nearly the last.
        assert_eq!(of(100.0, 660.0), Spot::Near(670.0));
        // Down to the bottom edge, or beyond.
        assert_eq!(of(104.0, 760.0), Spot::Top);
        assert_eq!(of(70.0, 820.0), Spot::Top);
        assert_eq!(of(70.0, f64::INFINITY), Spot::Bottom);
        assert_eq!(of(-900.0, f64::INFINITY), Spot::Bottom);
        // Scrolled out of the window.
        assert_eq!(of(-200.0, -100.0), Spot::Bottom);
        assert_eq!(of(1_200.0, 1_300.0), Spot::Bottom);
    }

    #[test]
    fn by_hand_it_is_at_an_edge() {
        let room = Room {
            near: false,
            ..ROOM
        };
        let of = |top, bottom| spot(&[Words { top, bottom }], 0, &room);
        assert_eq!(of(300.0, 360.0), Spot::Bottom);
        assert_eq!(of(640.0, 700.0), Spot::Top);
        assert_eq!(of(100.0, 790.0), Spot::Top);
        assert_eq!(of(20.0, f64::INFINITY), Spot::Bottom);
    }

    #[test]
    fn none_of_several_passages_is_covered() {
        let words = |top: f64| Words {
            top,
            bottom: top + 50.0,
        };
        // Above the second one is the first.
        let two = [words(300.0), words(360.0)];
        assert_eq!(spot(&two, 1, &ROOM), Spot::Near(420.0));
        assert_eq!(spot(&two, 0, &ROOM), Spot::Near(246.0));
    }
}
