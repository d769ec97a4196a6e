//! A reader's year in notes: how many were made on each day, in which colours, on which articles.
//!
//! Days are local ones, counted from 1970-01-01: whoever calls knows the clock and its zone.

use super::annotation::Colour;
use super::order::sorted;

/// Number of weeks: a year and what begins and ends it.
pub const WEEKS: usize = 53;
/// Number of days in a week.
pub const WEEK: usize = 7;
/// Number of steps in which days are told apart by how many notes were made on them.
pub const STEPS: usize = 5;
/// Most articles that are listed.
pub const MOST_ARTICLES: usize = 10;
/// The weekday of day 0, a Thursday, counted from Monday.
const FIRST_WEEKDAY: i32 = 3;

/// A note as a year counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The day on which it was made.
    pub day: i32,
    /// Its colour.
    pub colour: Colour,
    /// The index of its article.
    pub article: usize,
}

/// The last 53 weeks, the present one among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The Monday of the first week.
    first: i32,
    /// Number of notes of each day, up to today.
    days: Vec<usize>,
    /// Colours with their numbers of notes, in the order of [`Colour::ALL`].
    pub colours: Vec<(Colour, usize)>,
    /// Articles with their numbers of notes, most notes first; at most [`MOST_ARTICLES`].
    pub top_articles: Vec<(usize, usize)>,
    /// Number of articles with notes.
    pub articles: usize,
    /// Number of notes.
    pub notes: usize,
}

/// A week: its Monday, and the number of notes of each of its days; `None` for days to come.
pub type Week = (i32, [Option<usize>; WEEK]);

impl Year {
    /// Counts the notes that were made in the weeks up to today.
    pub fn of(today: i32, notes: impl Iterator<Item = Made>) -> Self {
        let weekday = (today + FIRST_WEEKDAY).rem_euclid(WEEK as i32);
        let first = today - weekday - ((WEEKS - 1) * WEEK) as i32;
        let mut days = vec![0; (today - first + 1) as usize];
        let mut colours = Colour::ALL.map(|colour| (colour, 0));
        let mut by_article: Vec<usize> = Vec::new();
        for made in notes {
            let index = usize::try_from(made.day.saturating_sub(first));
            let Some(day) = index.ok().and_then(|index| days.get_mut(index)) else {
                continue;
            };
            *day += 1;
            colours[made.colour as usize].1 += 1;
            if by_article.len() <= made.article {
                by_article.resize(made.article + 1, 0);
            }
            by_article[made.article] += 1;
        }
        let most_first = sorted(by_article.len(), &|one, other| {
            by_article[other].cmp(&by_article[one])
        });
        let articles = most_first
            .into_iter()
            .map(|index| (index, by_article[index]));
        let articles: Vec<(usize, usize)> = articles.filter(|(_, count)| *count > 0).collect();
        Self {
            first,
            notes: days.iter().sum(),
            days,
            colours: colours
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .collect(),
            top_articles: articles.iter().take(MOST_ARTICLES).copied().collect(),
            articles: articles.len(),
        }
    }

    /// The weeks, the present one last.
    pub fn weeks(&self) -> impl Iterator<Item = Week> {
        (0..WEEKS).map(|week| {
            let from = week * WEEK;
            let day = |day: usize| self.days.get(from + day).copied();
            (self.first + from as i32, std::array::from_fn(day))
        })
    }

    /// Number of days on which a note was made.
    pub fn days_with_notes(&self) -> usize {
        self.days.iter().filter(|count| **count > 0).count()
    }

    /// The steps by which days are told apart: the least and the most notes of each. Where no day
    /// has many notes there are fewer than [`STEPS`].
    pub fn steps(&self) -> Vec<(usize, usize)> {
        let most = self.days.iter().copied().max().unwrap_or_default();
        let mut steps = Vec::new();
        let mut from = 1;
        for step in 1..=STEPS {
            let to = (most * step).div_ceil(STEPS);
            if to >= from {
                steps.push((from, to));
                from = to + 1;
            }
        }
        steps
    }
}

/// The step of a number of notes, from 1; 0 if there are none.
pub fn step_of(steps: &[(usize, usize)], count: usize) -> usize {
    match count {
        0 => 0,
        count => steps.partition_point(|(_, most)| *most < count) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-25, a Wednesday.
    const TODAY: i32 = 20_782;

    fn made(day: i32, colour: Colour, article: usize) -> Made {
        Made {
            day,
            colour,
            article,
        }
    }

    #[test]
    fn notes_stand_in_their_weeks() {
        let first = TODAY - 2 - 52 * 7;
        let notes = [
            made(TODAY, Colour::Red, 2),
            made(TODAY, Colour::Blue, 0),
            made(TODAY - 2, Colour::Red, 2),
            made(first, Colour::Red, 1),
            // Before the first week, and by a clock that was wrong.
            made(first - 1, Colour::Green, 3),
            made(TODAY + 1, Colour::Green, 3),
            made(i32::MIN, Colour::Green, 3),
        ];
        let year = Year::of(TODAY, notes.into_iter());
        let weeks: Vec<Week> = year.weeks().collect();
        assert_eq!(weeks.len(), WEEKS);
        assert_eq!(weeks[0].0, first);
        assert_eq!(weeks[0].1[0], Some(1));
        let last = [Some(1), Some(0), Some(2), None, None, None, None];
        assert_eq!(weeks[52], (TODAY - 2, last));
        assert_eq!(
            (year.notes, year.days_with_notes(), year.articles),
            (4, 3, 3)
        );
        assert_eq!(year.colours, [(Colour::Red, 3), (Colour::Blue, 1)]);
        assert_eq!(year.top_articles, [(2, 2), (0, 1), (1, 1)]);
    }

    #[test]
    fn a_week_begins_on_monday_whatever_day_it_is() {
        for today in TODAY..TODAY + 14 {
            let year = Year::of(today, std::iter::empty());
            let (monday, days) = year.weeks().last().expect("a week");
            assert_eq!((monday - (TODAY - 2)).rem_euclid(7), 0);
            assert!((monday..monday + 7).contains(&today));
            let counted = days.iter().flatten().count();
            assert_eq!(counted as i32, today - monday + 1);
        }
        // Before 1970 too.
        assert_eq!(
            Year::of(-1, std::iter::empty())
                .weeks()
                .last()
                .map(|week| week.0),
            Some(-3)
        );
    }

    #[test]
    fn every_number_of_notes_has_a_step() {
        for most in 1..40 {
            let notes = (0..most).map(|_| made(TODAY, Colour::Red, 0));
            let steps = Year::of(TODAY, notes).steps();
            assert!(steps.len() <= STEPS && steps.len() == most.min(STEPS));
            assert_eq!((steps[0].0, steps[steps.len() - 1].1), (1, most));
            for count in 1..=most {
                let (from, to) = steps[step_of(&steps, count) - 1];
                assert!((from..=to).contains(&count));
            }
            assert_eq!(step_of(&steps, 0), 0);
        }
        assert_eq!(Year::of(TODAY, std::iter::empty()).steps(), []);
    }

    #[test]
    fn only_the_articles_with_the_most_notes_are_listed() {
        let notes = (0..30).flat_map(|article| (0..=article).map(move |_| article));
        let year = Year::of(
            TODAY,
            notes.map(|article| made(TODAY, Colour::Red, article)),
        );
        assert_eq!(year.articles, 30);
        assert_eq!(year.top_articles.len(), MOST_ARTICLES);
        assert_eq!(year.top_articles[0], (29, 30));
    }
}
