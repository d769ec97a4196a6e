//! An article as an entry of a bibliography, with its notes as text.

pub mod bibtex;
pub mod csl;

use super::Export;
use super::described::address;
use super::located::Located;
use crate::model::article::Article;

/// Prefixes of an author's line that are not part of a name.
const PREFIXES: [&str; 5] = ["By ", "by ", "BY ", "Von ", "Par "];
/// What stands between the names of authors, apart from commas.
const BETWEEN: [&str; 5] = [";", " and ", " & ", " und ", " et "];
/// Resolvers of digital object identifiers (<https://www.doi.org/the-identifier/resources/handbook>).
const RESOLVERS: [&str; 2] = ["doi.org/", "dx.doi.org/"];
/// What every such identifier begins with (ISO 26324).
const DIRECTORY: &str = "10.";

/// The names of the authors, each as it is written.
pub fn authors(article: &Article) -> Vec<String> {
    let said = article.description().byline.as_deref().unwrap_or_default();
    let said = said.trim();
    let bare = PREFIXES.iter().find_map(|prefix| said.strip_prefix(prefix));
    let mut names = vec![bare.unwrap_or(said)];
    for between in BETWEEN {
        names = names
            .into_iter()
            .flat_map(|name| name.split(between))
            .collect();
    }
    let is_list = said.contains(';');
    let names = names.into_iter().flat_map(|name| match is_list {
        true => vec![name],
        false => at_commas(name),
    });
    let names = names
        .map(str::trim)
        .filter(|name| name.contains(char::is_alphanumeric));
    names.map(str::to_owned).collect()
}

/// Splits names at commas, except between a family name and a first name.
fn at_commas(names: &str) -> Vec<&str> {
    let parts: Vec<&str> = names.split(',').map(str::trim).collect();
    let is_word = |part: &&str| !part.is_empty() && !part.contains(char::is_whitespace);
    match parts.len() == 2 && parts.iter().all(is_word) {
        true => vec![names],
        false => parts,
    }
}

/// A day, a month or only a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: u32,
    /// The month, from 1.
    pub month: Option<u32>,
    /// The day of the month, from 1.
    pub day: Option<u32>,
}

impl Day {
    /// When an article was published, if it says so in numbers.
    pub fn of(article: &Article) -> Option<Self> {
        Self::parse(article.description().published.as_deref()?)
    }

    /// Reads `2024-05-06` and whatever follows it, `2024-05`, `2024`, or the year in other words.
    pub fn parse(said: &str) -> Option<Self> {
        let numbers = said.split(|c: char| !c.is_ascii_digit());
        let mut numbers = numbers.filter(|digits| !digits.is_empty());
        let is_year = |digits: &&str| digits.len() == 4;
        let begins = said.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let first = numbers.clone().next().filter(is_year).filter(|_| begins);
        let Some(year) = first else {
            let year = numbers.find(is_year)?.parse().ok()?;
            return Some(Self {
                year,
                month: None,
                day: None,
            });
        };
        let dashed = said.trim_start().get(4..).unwrap_or_default();
        let mut parts = dashed.split('-').skip(1);
        let mut next = |most: u32| {
            let part = parts.next().filter(|_| dashed.starts_with('-'))?;
            let number: u32 = part.get(..2)?.parse().ok()?;
            (1..=most).contains(&number).then_some(number)
        };
        let month = next(12);
        let day = month.and_then(|_| next(31));
        Some(Self {
            year: year.parse().ok()?,
            month,
            day,
        })
    }

    /// The day in ISO 8601, as far as it is known.
    pub fn iso(self) -> String {
        let part = |part: Option<u32>| part.map_or(String::new(), |part| format!("-{part:02}"));
        format!("{:04}{}{}", self.year, part(self.month), part(self.day))
    }
}

/// The digital object identifier that an article's address holds, without its resolver.
pub fn doi(article: &Article) -> Option<&str> {
    let after_scheme = address(article)?.split_once("://")?.1;
    let bare = after_scheme.strip_prefix("www.").unwrap_or(after_scheme);
    let name = RESOLVERS.iter().find_map(|host| bare.strip_prefix(host))?;
    let name = name.split(['?', '#']).next().unwrap_or(name);
    (name.starts_with(DIRECTORY) && name.contains('/')).then_some(name)
}

/// The key of the entry: the first author's family name, the year and the title's first long word,
/// in ASCII. It follows from what the article says of itself, so that it stays the same.
pub fn key(article: &Article) -> String {
    let author = authors(article).into_iter().next().unwrap_or_default();
    let family = match author.split_once(',') {
        Some((family, _)) => ascii(family),
        None => author
            .split_whitespace()
            .last()
            .map(ascii)
            .unwrap_or_default(),
    };
    let year = Day::of(article).map_or(String::new(), |day| day.year.to_string());
    let words = article.title().split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words.map(ascii).filter(|word| !word.is_empty()).collect();
    let long = words
        .iter()
        .find(|word| word.len() > SHORT)
        .or(words.first());
    let key = [&*family, &*year, long.map_or("", String::as_str)].concat();
    match key.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => key,
        // A name in another script: that of the article here.
        false => format!("a{key}-{}", article.id().as_str()),
    }
}

/// Most letters of a word that says little: "the", "von".
const SHORT: usize = 3;
/// Most characters of each part of a key.
const LONGEST_PART: usize = 24;

/// The letters and digits of a word in ASCII, in lower case. Accents of Latin letters are dropped.
fn ascii(word: &str) -> String {
    let mut out = String::new();
    for c in word.to_lowercase().chars() {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c => out.extend(
                PLAIN
                    .iter()
                    .find_map(|(plain, accented)| accented.contains(c).then_some(*plain)),
            ),
        }
    }
    out.truncate(LONGEST_PART);
    out
}

/// Plain letters with those that are the same with an accent.
const PLAIN: [(char, &str); 20] = [
    ('a', "àáâãåāăą"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('b', "ƀ"),
];

/// The notes as text, a paragraph each: the quoted passages, the words, the tags. A very long passage
/// that is not in the article is only its beginning.
pub fn notes(export: &Export) -> String {
    let located = export.located();
    let notes = located.iter().map(|located| note(export.article, located));
    let notes: Vec<String> = notes.filter(|note| !note.is_empty()).collect();
    notes.join("\n\n")
}

fn note(article: &Article, located: &Located) -> String {
    let annotation = located.annotation;
    let quoted = annotation.target.quote.as_ref().map(|quote| {
        let here = located.range.and_then(|range| range.slice(article.text()));
        let more = if here.is_none() && quote.rest.is_some() {
            "…"
        } else {
            ""
        };
        format!("“{}{more}”", here.unwrap_or(&quote.exact))
    });
    let further = annotation.more.iter().filter_map(|passage| passage.words());
    let further = further.map(|words| format!("“{words}”"));
    let tags = annotation.tags.iter().map(|tag| format!("#{tag}"));
    let tags = tags.collect::<Vec<String>>().join(" ");
    let parts = quoted.into_iter().chain(further);
    let parts = parts.chain([annotation.note.clone(), tags]);
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts.collect::<Vec<String>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn a_date_is_read_as_far_as_it_is_told() {
        for (said, iso) in [
            ("2024-05-06T07:08:09Z", "2024-05-06"),
            ("2024-05-06", "2024-05-06"),
            ("2024-05", "2024-05"),
            ("2024", "2024"),
            ("2024-13-40", "2024"),
            ("6 May 2024", "2024"),
            ("May 6th, 1843, at noon", "1843"),
            ("2024/25", "2024"),
        ] {
            assert_eq!(
                Day::parse(said).map(Day::iso).as_deref(),
                Some(iso),
                "{said}"
            );
        }
        for said in ["", "yesterday", "12-34", "12345"] {
            assert_eq!(Day::parse(said), None, "{said}");
        }
    }
}
