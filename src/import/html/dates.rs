//! Reads dates as pages write them, if there is no doubt which day is meant.

/// English names of months by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// Longest date that is read, in bytes.
const LONGEST: usize = 100;

/// Returns the day as `YYYY-MM-DD` (ISO 8601) if a date begins like that, also with slashes or
/// dots, or names its month in English. `None` if it names no day or could mean two: 3/4/2024 is in
/// March in one country and in April in another.
pub(super) fn day(date: &str) -> Option<String> {
    let date = date.trim();
    if date.len() > LONGEST {
        return None;
    }
    numbered(date).or_else(|| named(date))
}

/// `2024-03-12`, `2024/3/12`, `2024.03.12`, alone or before a time.
fn numbered(date: &str) -> Option<String> {
    let end = date
        .find(|c: char| !c.is_ascii_digit() && !"-/.".contains(c))
        .unwrap_or(date.len());
    let after = date[end..].chars().next();
    if !after.is_none_or(|c| c == 'T' || c == 't' || c.is_whitespace()) {
        return None;
    }
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = date[..end].split(separator).collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    written(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `12 March 2024`, `March 12th, 2024`, `Tue, 12 Mar 2024 10:00:00 GMT`.
fn named(date: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in date.split(|c: char| c.is_whitespace() || c == ',') {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let (number, rest) = (digits.parse::<u32>().ok(), &word[digits.len()..]);
        let is_ordinal = matches!(rest, "" | "." | "st" | "nd" | "rd" | "th");
        match number {
            Some(number) if digits.len() == 4 && rest.is_empty() => set(&mut year, number)?,
            Some(number) if digits.len() <= 2 && is_ordinal => set(&mut day, number)?,
            Some(_) => return None,
            None => {
                if let Some(number) = month_of(word) {
                    set(&mut month, number)?;
                }
            }
        }
    }
    written(year?, month?, day?)
}

/// Returns the month that a word names, in full or abbreviated.
fn month_of(word: &str) -> Option<u32> {
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let place = full.iter().zip(MONTHS).position(|(full, short)| {
        word == *full || word == short || (word == "sept" && short == "sep")
    })?;
    u32::try_from(place + 1).ok()
}

/// Sets a value once; a second one leaves a doubt.
fn set(slot: &mut Option<u32>, number: u32) -> Option<()> {
    slot.replace(number).is_none().then_some(())
}

fn written(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let valid = (1..=days).contains(&day) && (1000..=9999).contains(&year);
    valid.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_read_where_there_is_no_doubt() {
        for (said, expected) in [
            ("2024-03-12", Some("2024-03-12")),
            (" 2024-03-12T10:11:12+02:00", Some("2024-03-12")),
            ("2024/3/2", Some("2024-03-02")),
            ("2024.03.12 10:00", Some("2024-03-12")),
            ("12 March 2024", Some("2024-03-12")),
            ("Sept. 1st, 2024", Some("2024-09-01")),
            ("Tue, 12 Mar 2024", Some("2024-03-12")),
            ("2024-02-29", Some("2024-02-29")),
            ("2023-02-29", None),
            ("2024-13-01", None),
            ("03/04/2024", None),
            ("2024-03-12-13", None),
            ("2024", None),
            ("12 Marching 2024", None),
            ("12 13 March 2024", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(day(said).as_deref(), expected, "{said}");
        }
    }
}
