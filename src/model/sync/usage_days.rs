//! Days of use: what is kept for so many days is kept for so many on which Postil was open.
//!
//! A clock can be wrong by years and be put right; a count of days on which the app was opened
//! only goes forward, one by one.

/// The days so far, and the date of the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDays {
    /// How many days of use there were, this one included.
    pub day: u32,
    /// Its date, as ISO 8601 writes it.
    pub date: String,
}

impl UsageDays {
    /// The days of use on a day of that date.
    pub fn on(earlier: Option<Self>, date: &str) -> Self {
        let day = match &earlier {
            Some(earlier) if earlier.date == date => earlier.day,
            Some(earlier) => earlier.day.saturating_add(1),
            None => 1,
        };
        Self {
            day,
            date: date.to_owned(),
        }
    }

    /// Reads what [`UsageDays::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, date) = text.split_once(' ')?;
        Some(Self {
            day: day.parse().ok()?,
            date: date.to_owned(),
        })
    }

    /// The days of use as they are stored.
    pub fn to_text(&self) -> String {
        [&self.day.to_string(), " ", &self.date].concat()
    }

    /// The days of use that something removed on a day stays yet.
    pub fn stays(&self, removed_on: u32) -> u32 {
        removed_on.saturating_add(TRASH).saturating_sub(self.day)
    }
}

/// Days that what was removed stays.
pub const TRASH: u32 = 30;
/// Days of which there are snapshots.
pub const SNAPSHOTS: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_use_and_not_by_the_clock() {
        let first = UsageDays::on(None, "2026-11-22");
        assert_eq!(UsageDays::on(Some(first.clone()), "2026-11-22"), first);
        let later = UsageDays::on(Some(first.clone()), "2036-11-22");
        assert_eq!((later.day, later.stays(first.day)), (2, 29));
        let back = UsageDays::on(Some(later), "2016-01-01");
        assert_eq!(back.day, 3);
        assert_eq!(UsageDays::parse(&back.to_text()), Some(back));
        assert_eq!(UsageDays::parse("soon"), None);
    }
}
