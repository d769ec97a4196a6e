//! Reads a book's package document: its title and other metadata, its files, and their reading
//! order (EPUB 3.3, §5, <https://www.w3.org/TR/epub-33/#sec-package-doc>; EPUB 2's OPF).

use std::collections::{HashMap, HashSet};

use crate::import::markdown::is_language;
use crate::model::article::{Description, Source};

use super::archive::Archive;
use super::markup::{Attributes, Token, Tokens, is_named, words};
use super::paths::{Place, place};
use super::text_of;

/// The file in which a book names its package document
/// (<https://www.w3.org/TR/epub-33/#sec-container-metainf-container.xml>).
const CONTAINER: &str = "META-INF/container.xml";
/// Maximum number of files read from a manifest or a spine: as many as entries of the archive.
const MOST_ITEMS: usize = 10_000;
/// Longest title or author name that is kept, in characters.
const LONGEST: usize = 500;
/// Languages set in columns from right to left: pages turn that way, but lines do not run so.
const IN_COLUMNS: [&str; 3] = ["ja", "ko", "zh"];
/// File name endings of the pages that are read if there is no manifest.
const PAGES: [&str; 3] = [".xhtml", ".html", ".htm"];

/// A file of the book.
#[derive(Default)]
pub(super) struct Item {
    /// Its path in the archive.
    pub(super) path: String,
    /// Its media type according to the manifest.
    pub(super) kind: String,
    is_contents: bool,
}

/// A package document.
#[derive(Default)]
pub(super) struct Package {
    items: Vec<Item>,
    by_id: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    /// The indices into `items` of what is read, in order, and whether each is in the main order.
    spine: Vec<(usize, bool)>,
    titles: Vec<String>,
    creators: Vec<String>,
    languages: Vec<String>,
    dates: Vec<String>,
    turns_left: bool,
}

impl Package {
    /// Reads the package of an archive: the one it names, or else the first; without one, its pages
    /// in the order of the archive.
    pub(super) fn of(archive: &Archive<'_>) -> Self {
        let named = text_of(archive, CONTAINER).and_then(|container| root_file(&container));
        let named = named.filter(|path| archive.has(path));
        let first = || archive.names().find(|name| ends_with(name, ".opf"));
        let path = named.or_else(|| first().map(str::to_owned));
        let mut package = match path {
            Some(path) => {
                let text = text_of(archive, &path).unwrap_or_default();
                Self::parse(&path, &text)
            }
            None => Self::default(),
        };
        package.complete(archive);
        package
    }

    /// Returns the files that are read: those in the main order, then the others. Each occurs once;
    /// the book's own table of contents is left out.
    pub(super) fn chapters(&self) -> Vec<&Item> {
        let main = self.spine.iter().filter(|(_, linear)| *linear);
        let others = self.spine.iter().filter(|(_, linear)| !*linear);
        let mut seen = HashSet::new();
        main.chain(others)
            .map(|(at, _)| &self.items[*at])
            .filter(|item| !item.is_contents && seen.insert(item.path.as_str()))
            .collect()
    }

    /// Returns the path of the table of contents (the navigation document, or else the NCX), and
    /// whether it is the NCX.
    pub(super) fn contents(&self) -> Option<(&str, bool)> {
        let navigation = self.items.iter().find(|item| item.is_contents);
        let ncx = || self.items.iter().find(|item| is_ncx(item));
        match navigation {
            Some(item) => Some((&item.path, false)),
            None => ncx().map(|item| (item.path.as_str(), true)),
        }
    }

    /// Returns the media type of a file according to the manifest.
    pub(super) fn kind_of(&self, path: &str) -> Option<&str> {
        let at = self.by_path.get(path)?;
        Some(&self.items[*at].kind)
    }

    /// Returns the package's description of the book. The title may be empty.
    pub(super) fn description(&self, source: Source) -> Description {
        let language = self.languages.first().filter(|name| is_language(name));
        let in_columns = language.is_some_and(|name| {
            let primary = name.split('-').next().unwrap_or_default();
            IN_COLUMNS
                .iter()
                .any(|other| primary.eq_ignore_ascii_case(other))
        });
        Description {
            source,
            title: self.titles.first().cloned().unwrap_or_default(),
            byline: (!self.creators.is_empty()).then(|| self.creators.join(", ")),
            site: None,
            published: self.dates.first().cloned(),
            language: language.cloned(),
            direction: (self.turns_left && !in_columns).then(|| "rtl".to_owned()),
            address: None,
            work: None,
            other: None,
        }
    }

    fn parse(path: &str, text: &str) -> Self {
        let mut package = Self::default();
        let mut order = Vec::new();
        let mut said: Option<(Field, String)> = None;
        for token in Tokens::of(text) {
            match token {
                Token::Start {
                    name, attributes, ..
                } => {
                    if is_named(name, "item") {
                        package.add_item(path, &attributes);
                    } else if is_named(name, "itemref") && order.len() < MOST_ITEMS {
                        let linear = attributes.get("linear").is_none_or(|said| said != "no");
                        order.extend(attributes.get("idref").map(|id| (id.into_owned(), linear)));
                    } else if is_named(name, "spine") {
                        let turns = attributes.get("page-progression-direction");
                        package.turns_left = turns.is_some_and(|turns| turns == "rtl");
                    }
                    said = Field::of(name, &attributes).map(|field| (field, String::new()));
                }
                Token::Words(more) => {
                    if let Some((_, held)) = &mut said {
                        held.push_str(&words(more));
                    }
                }
                Token::Verbatim(more) => {
                    if let Some((_, held)) = &mut said {
                        held.push_str(more);
                    }
                }
                Token::End(_) => package.say(said.take()),
            }
        }
        let known = |(id, linear): (String, bool)| Some((*package.by_id.get(&id)?, linear));
        package.spine = order.into_iter().filter_map(known).collect();
        package
    }

    fn add_item(&mut self, from: &str, attributes: &Attributes<'_>) {
        let href = attributes.get("href").unwrap_or_default();
        let Place::Inside { path, .. } = place(from, &href) else {
            return;
        };
        if self.items.len() >= MOST_ITEMS {
            return;
        }
        let properties = attributes.get("properties").unwrap_or_default();
        if let Some(id) = attributes.get("id") {
            self.by_id
                .entry(id.into_owned())
                .or_insert(self.items.len());
        }
        self.by_path.entry(path.clone()).or_insert(self.items.len());
        self.items.push(Item {
            path,
            kind: attributes
                .get("media-type")
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase(),
            is_contents: properties.split_whitespace().any(|word| word == "nav"),
        });
    }

    fn say(&mut self, said: Option<(Field, String)>) {
        let Some((field, words)) = said else {
            return;
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words: String = words.replace('\0', "").chars().take(LONGEST).collect();
        if words.is_empty() {
            return;
        }
        let list = match field {
            Field::Title => &mut self.titles,
            Field::Creator => &mut self.creators,
            Field::Language => &mut self.languages,
            Field::Date => &mut self.dates,
        };
        list.push(words);
    }

    /// If the spine leads to no files, makes one of the package's pages, or the archive's.
    fn complete(&mut self, archive: &Archive<'_>) {
        self.spine
            .retain(|(at, _)| archive.has(&self.items[*at].path));
        if !self.spine.is_empty() {
            return;
        }
        let is_page = |path: &str| PAGES.iter().any(|ending| ends_with(path, ending));
        if !self
            .items
            .iter()
            .any(|item| is_page(&item.path) && archive.has(&item.path))
        {
            let pages = archive.names().filter(|name| is_page(name));
            self.items.extend(pages.map(|name| Item {
                path: name.to_owned(),
                ..Item::default()
            }));
        }
        let places = 0..self.items.len();
        let are_pages = places.filter(|at| {
            let path = &self.items[*at].path;
            is_page(path) && archive.has(path)
        });
        self.spine = are_pages.map(|at| (at, true)).collect();
    }
}

/// A description field in Dublin Core's terms.
enum Field {
    Title,
    Creator,
    Language,
    Date,
}

impl Field {
    fn of(name: &str, attributes: &Attributes<'_>) -> Option<Self> {
        // In EPUB 2, translators and illustrators are creators with a role.
        let is_author = || attributes.get("role").is_none_or(|role| role == "aut");
        let is_published = || {
            let event = attributes.get("event");
            event.is_none_or(|event| event.contains("publication"))
        };
        match name.to_ascii_lowercase().strip_prefix("dc:")? {
            "title" => Some(Self::Title),
            "creator" => is_author().then_some(Self::Creator),
            "language" => Some(Self::Language),
            "date" => is_published().then_some(Self::Date),
            _ => None,
        }
    }
}

/// Returns the path that a container names.
fn root_file(container: &str) -> Option<String> {
    Tokens::of(container).find_map(|token| match token {
        Token::Start {
            name, attributes, ..
        } if is_named(name, "rootfile") => {
            // Relative to the archive, wherever the container is.
            match place("", &attributes.get("full-path")?) {
                Place::Inside { path, .. } => Some(path),
                _ => None,
            }
        }
        _ => None,
    })
}

fn is_ncx(item: &Item) -> bool {
    item.kind == "application/x-dtbncx+xml" || ends_with(&item.path, ".ncx")
}

fn ends_with(path: &str, ending: &str) -> bool {
    let from = path.len().checked_sub(ending.len());
    from.and_then(|from| path.get(from..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending))
}
