//! Gathers a page's facts about itself from wherever pages state them, the most reliable first.

mod head;

use dom_query::NodeRef;
use url::Url;

use crate::import::markdown::is_language;
use crate::model::article::Source;

use super::attributes::attribute;
use super::page::Page;
use super::words::words_of;
use super::{dates, json_ld};

use head::Head;

/// Longest fact that is kept, in code points: longer ones are not titles but texts.
const LONGEST: usize = 300;
/// Longest address that is kept, in bytes.
const LONGEST_ADDRESS: usize = 2_000;
/// Maximum number of `time` elements that are examined.
const MOST_TIMES: usize = 2_000;
/// Separators between the title of an article and the name of its site.
const SEPARATORS: [&str; 11] = ["-", "–", "—", "|", "¦", "·", "•", ":", "»", "«", "/"];

/// A page's facts about itself. Each is one non-empty line without control characters, of at most
/// 300 code points.
///
/// The order of trust is: JSON-LD (<https://schema.org/Article>), the metadata of scholarly pages
/// for catalogues (`citation_…`), OpenGraph (<https://ogp.me/>), Dublin Core
/// (<https://www.dublincore.org/specifications/dublin-core/dcq-html/>), plain `meta`, and the
/// page's own elements. For language and direction it is the reverse, since browsers show the page
/// by those of the elements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title, without the site's name if the page states that.
    pub title: Option<String>,
    /// The authors, separated by commas.
    pub byline: Option<String>,
    /// The site or publication.
    pub site: Option<String>,
    /// The date of publication: `YYYY-MM-DD` (ISO 8601) if it can be read with certainty, else as
    /// the page states it.
    pub date: Option<String>,
    /// The language (BCP 47).
    pub language: Option<String>,
    /// `ltr` or `rtl`.
    pub direction: Option<String>,
    /// The address that the page claims: `http` or `https`, without a fragment. For a page that
    /// came from an address only one on the same host (ignoring a leading `www.`), so that no page
    /// can take another's place; a saved or pasted page has only its own word for it.
    pub canonical: Option<String>,
}

/// Returns the facts of a page from a source.
pub fn facts_of(page: &Page, source: &Source) -> Facts {
    let head = Head::of(page);
    let said = json_ld::of(&page.document);
    let json = |value: &Option<String>| value.as_deref().and_then(cleaned);
    let site = head
        .first(&["og:site_name"])
        .or_else(|| json(&said.site))
        .or_else(|| head.first(&["citation_journal_title", "application-name"]));
    let title = title_said(page, &said.titles)
        .or_else(|| head.first(&["citation_title", "og:title", "dc.title", "dcterms.title"]))
        .or_else(|| cleaned(&title_element(page)));
    let byline = json(&said.byline)
        .or_else(|| head.all("citation_author"))
        .or_else(|| head.all("citation_authors"))
        .or_else(|| head.all("article:author"))
        .or_else(|| head.all("dc.creator"))
        .or_else(|| head.all("dcterms.creator"))
        .or_else(|| head.all("author"))
        .or_else(|| byline_element(page));
    let date = json(&said.date)
        .or_else(|| head.first(&DATES))
        .or_else(|| date_element(page));
    Facts {
        title: title.map(|title| without_site(title, site.as_deref())),
        byline,
        site,
        date: date.map(|date| dates::day(&date).unwrap_or(date)),
        language: language(page, &head, &said),
        direction: direction(page),
        canonical: canonical(&head, &said, source),
    }
}

/// Returns the program that wrote a page, as the page names it.
pub(super) fn generator(page: &Page) -> Option<String> {
    Head::of(page).first(&["generator"])
}

/// Names under which a `meta` states when a page was published.
const DATES: [&str; 10] = [
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "article:published_time",
    "og:published_time",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "date",
];

/// Returns the unchanged words of a page's `title`; empty without one.
fn title_element(page: &Page) -> String {
    let title = Head::of(page).element("title");
    title.map_or_else(String::new, |title| title.text().to_string())
}

/// Returns the title in a page's data with which its `title` and first heading agree best, or the
/// first if they agree with none. The "headline" of an encyclopaedia describes its subject.
fn title_said(page: &Page, titles: &[String]) -> Option<String> {
    let titles: Vec<String> = titles.iter().filter_map(|title| cleaned(title)).collect();
    let heading = element_where(page, |node| node.has_name("h1"));
    let heading = heading
        .and_then(|heading| cleaned(&heading.text()))
        .unwrap_or_default();
    let head = cleaned(&title_element(page)).unwrap_or_default();
    let (heading, head) = (heading.to_lowercase(), head.to_lowercase());
    let agreement = |title: &String| {
        let title = title.to_lowercase();
        2 * u8::from(title == heading)
            + u8::from(head.starts_with(&title) || head.ends_with(&title))
    };
    let most = titles.iter().map(agreement).max()?;
    // If the page calls itself something else twice, that is its title.
    if most == 0 && heading.chars().count() > 1 && head.starts_with(&heading) {
        return None;
    }
    titles.into_iter().find(|title| agreement(title) == most)
}

/// Returns the first of a page's elements that passes a test.
fn element_where(page: &Page, is: impl Fn(&NodeRef<'_>) -> bool) -> Option<NodeRef<'_>> {
    page.document.root().descendants_it().find(|node| is(node))
}

/// True if an attribute of an element contains a word.
fn has_word(node: &NodeRef<'_>, name: &str, word: &str) -> bool {
    node.element_ref().is_some_and(|element| {
        let said = attribute(&element, name).unwrap_or_default();
        said.split_ascii_whitespace().any(|said| said == word)
    })
}

fn byline_element(page: &Page) -> Option<String> {
    let author = element_where(page, |node| {
        has_word(node, "rel", "author") || has_word(node, "itemprop", "author")
    })?;
    cleaned(&words_of(&author))
}

/// Returns the date of the `time` marked as the publication date, or of the page's only one.
fn date_element(page: &Page) -> Option<String> {
    let root = page.document.root();
    let times: Vec<NodeRef<'_>> = root
        .descendants_it()
        .filter(|node| node.has_name("time"))
        .take(MOST_TIMES)
        .collect();
    let is_said = |node: &&NodeRef<'_>| {
        has_word(node, "itemprop", "datePublished") || node.attr("pubdate").is_some()
    };
    let only = (times.len() == 1).then(|| times.first()).flatten();
    let time = times.iter().find(is_said).or(only)?;
    let said = time.attr("datetime").and_then(|said| cleaned(&said));
    // Words such as "two hours ago" mean nothing later.
    said.or_else(|| dates::day(&words_of(time)))
}

fn language(page: &Page, head: &Head<'_>, said: &json_ld::StructuredFacts) -> Option<String> {
    let own = || of_page(page, "lang").or_else(|| of_page(page, "xml:lang"));
    let others = [
        head.first(&["content-language"]),
        said.language.as_deref().and_then(cleaned),
        head.first(&["og:locale", "dc.language", "citation_language"]),
    ];
    let mut all = std::iter::once(own()).chain(others).flatten();
    all.find_map(|language| {
        let language = language.replace('_', "-");
        is_language(&language).then_some(language)
    })
}

fn direction(page: &Page) -> Option<String> {
    let direction = of_page(page, "dir")?.to_ascii_lowercase();
    matches!(direction.as_str(), "ltr" | "rtl").then_some(direction)
}

/// Returns an attribute of the root, or else of the body.
fn of_page(page: &Page, name: &str) -> Option<String> {
    let of = |node: NodeRef<'_>| attribute(&*node.element_ref()?, name).and_then(cleaned);
    of(page.document.html_root()).or_else(|| of(page.document.tree.body()?))
}

/// Returns the first address that the page claims and is allowed to.
fn canonical(head: &Head<'_>, said: &json_ld::StructuredFacts, source: &Source) -> Option<String> {
    // A saved page has only the address that it claims.
    let here = match source {
        Source::Address(here) => Some(Url::parse(here).ok()?),
        Source::File(_) | Source::Pasted | Source::Bundled(_) => None,
    };
    let claims = head.links("canonical").into_iter();
    let claims = claims.chain(head.contents("og:url"));
    claims.chain(said.address.clone()).find_map(|claim| {
        // Not relative to the page's `base`, which may be another site's.
        let mut url = match &here {
            Some(here) => here.join(claim.trim()),
            None => Url::parse(claim.trim()),
        }
        .ok()?;
        url.set_fragment(None);
        let is_plain = url.username().is_empty() && url.password().is_none();
        let fits = is_plain && url.as_str().len() <= LONGEST_ADDRESS;
        let is_web = matches!(url.scheme(), "http" | "https");
        let is_own = here
            .as_ref()
            .map_or(is_web, |here| is_same_site(&url, here));
        (fits && is_own).then(|| url.to_string())
    })
}

/// True if two addresses are on one site, that is, on the same host. Which hosts below a domain
/// belong together would take a list of all public domains (<https://publicsuffix.org/>).
fn is_same_site(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| {
        let host = url.host_str()?.trim_end_matches('.').to_owned();
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web.then(|| {
            host.strip_prefix("www.")
                .map_or(host.clone(), str::to_owned)
        })
    };
    host(one).is_some_and(|name| Some(name) == host(other)) && one.port() == other.port()
}

/// Removes the site's name before or after a title.
fn without_site(title: String, site: Option<&str>) -> String {
    let Some(site) = site else {
        return title;
    };
    let is_site = |part: &str| part.trim().to_lowercase() == site.to_lowercase();
    for separator in SEPARATORS {
        let parted = |from_end: bool| {
            let (before, after) = match from_end {
                true => title.rsplit_once(separator)?,
                false => title.split_once(separator)?,
            };
            // "Site: Title" and "Site | Title", but nothing within a word.
            let is_apart = after.starts_with(' ') && (separator == ":" || before.ends_with(' '));
            is_apart.then_some((before, after))
        };
        if let Some((before, after)) = parted(true)
            && is_site(after)
            && !before.trim().is_empty()
        {
            return before.trim().to_owned();
        }
        if let Some((before, after)) = parted(false)
            && is_site(before)
            && !after.trim().is_empty()
        {
            return after.trim().to_owned();
        }
    }
    title
}

/// Puts words on one line without control characters; `None` if none are left.
fn cleaned(words: &str) -> Option<String> {
    // Characters that change text direction would affect more than the title.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut line = String::new();
    for word in words.split_whitespace() {
        let word: String = word
            .chars()
            .filter(|c| !c.is_control() && !turns(*c))
            .collect();
        if !word.is_empty() && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
        if line.chars().count() > LONGEST {
            break;
        }
    }
    let line: String = line.chars().take(LONGEST).collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests;
