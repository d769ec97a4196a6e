//! Days of use: time limits count the days on which Postil was open.
//!
//! A clock can be wrong by years and then be corrected; a count of days on which the app was opened
//! only goes forward, one by one.

/// The number of days of use, and the date of the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDays {
    /// Number of days of use, including the last one.
    pub day: u32,
    /// The date of the last one, in ISO 8601.
    pub date: String,
}

impl UsageDays {
    /// Returns the days of use on a date, counted on from the earlier ones.
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

    /// Reads the output of [`UsageDays::to_text`].
    pub fn parse(text: &str) -> Option<Self> {
        let (day, date) = text.split_once(' ')?;
        Some(Self {
            day: day.parse().ok()?,
            date: date.to_owned(),
        })
    }

    /// Writes the days of use for storage.
    pub fn to_text(&self) -> String {
        [&self.day.to_string(), " ", &self.date].concat()
    }

    /// Returns how many days of use something removed on a day has left.
    pub fn stays(&self, removed_on: u32) -> u32 {
        removed_on.saturating_add(TRASH).saturating_sub(self.day)
    }
}

/// Days of use for which removed things stay in the trash.
pub const TRASH: u32 = 30;
/// Number of days of use whose snapshots are kept.
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
