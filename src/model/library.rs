//! The library: every article that was opened, searchable by title and notes, and sortable.

use super::article::ArticleId;
use super::order::sorted;

/// An article in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The site or publication.
    pub site: Option<String>,
    /// Its publication date, as the article states it.
    pub published: Option<String>,
    /// When it was last opened, in ISO 8601; empty if unknown.
    pub opened: String,
    /// How much of it was ever read, in percent.
    pub read: u32,
    /// Number of its notes.
    pub notes: usize,
    /// The words, passages and tags of its notes, for the search.
    pub words: String,
}

/// The order of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Last opened first.
    #[default]
    Opened,
    /// By title.
    Title,
    /// Most notes first.
    Notes,
    /// Least read first.
    Read,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Opened, Self::Title, Self::Notes, Self::Read];
}

/// Returns the indices, in order, of the entries that have every word of a query in their title,
/// site or notes. `fold` makes words comparable (see [`folding`](super::folding)).
pub fn found(
    entries: &[Entry],
    query: &str,
    order: Order,
    fold: &dyn Fn(&str) -> String,
) -> Vec<usize> {
    let query = fold(query);
    let needles: Vec<&str> = query.split_whitespace().collect();
    let has_all = |entry: &Entry| {
        let site = entry.site.as_deref().unwrap_or_default();
        let words = fold(&[&entry.title, "\n", site, "\n", &entry.words].concat());
        needles.iter().all(|needle| words.contains(needle))
    };
    let chosen = (0..entries.len()).filter(|index| needles.is_empty() || has_all(&entries[*index]));
    let chosen: Vec<usize> = chosen.collect();
    let title = |entry: &Entry| fold(&entry.title);
    let order = sorted(chosen.len(), &|one, other| {
        let (one, other) = (&entries[chosen[one]], &entries[chosen[other]]);
        let by_order = match order {
            Order::Opened => other.opened.cmp(&one.opened),
            Order::Title => std::cmp::Ordering::Equal,
            Order::Notes => other.notes.cmp(&one.notes),
            Order::Read => one.read.cmp(&other.read),
        };
        by_order.then_with(|| title(one).cmp(&title(other)))
    });
    order.into_iter().map(|index| chosen[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, opened: &str, read: u32, notes: usize, words: &str) -> Entry {
        Entry {
            id: ArticleId::of_iri(title),
            title: title.to_owned(),
            site: Some("Example".to_owned()),
            published: None,
            opened: opened.to_owned(),
            read,
            notes,
            words: words.to_owned(),
        }
    }

    fn titles(query: &str, order: Order) -> String {
        let entries = [
            entry("Über Ränder", "2026-11-02", 40, 2, "Glosse am Rand"),
            entry("a margin", "2026-11-03", 90, 0, ""),
            entry("Zeta", "", 0, 7, "about the margin #law"),
        ];
        let found = found(&entries, query, order, &|words| words.to_lowercase());
        let titles: Vec<&str> = found.iter().map(|index| &*entries[*index].title).collect();
        titles.join(", ")
    }

    #[test]
    fn the_library_is_in_the_order_that_is_chosen() {
        assert_eq!(titles("", Order::Opened), "a margin, Über Ränder, Zeta");
        assert_eq!(titles("", Order::Title), "a margin, Zeta, Über Ränder");
        assert_eq!(titles("", Order::Notes), "Zeta, Über Ränder, a margin");
        assert_eq!(titles("", Order::Read), "Zeta, Über Ränder, a margin");
    }

    #[test]
    fn titles_sites_and_notes_are_searched_for_every_word() {
        assert_eq!(titles("MARGIN", Order::Title), "a margin, Zeta");
        assert_eq!(titles("margin law", Order::Title), "Zeta");
        assert_eq!(titles("glosse über", Order::Title), "Über Ränder");
        assert_eq!(titles("example zeta", Order::Title), "Zeta");
        assert_eq!(titles("nowhere", Order::Title), "");
    }
}
