//! The single entry point: turns any input into an article.

use crate::model::article::{Article, Counterpart, Description, Leaf, Malformed, Piece, Source};

use super::html::{self, MOST_BYTES, Page};
use super::own_page::{self, OwnPage};
use super::types::{ImportError, Imported, Input, Titled, Watch};
use super::{Census, Letters};
use super::{Kind, census, charset, epub, kind, kind_of, markdown, mhtml, plain, signature};

/// Maximum length of a file name's extension, in bytes; a longer one counts as part of the name.
const LONGEST_ENDING: usize = 8;
/// Maximum number of lines of plain text or Markdown, twice those of a book of 3,000 pages: each
/// may be a paragraph, and an article of a million takes seconds to build and to draw.
const MOST_LINES: usize = 300_000;

/// Progress when a page is parsed, and when its article is found: finding it takes as long as all
/// the rest.
const PARSED: f32 = 0.4;
const FOUND: f32 = 0.8;

/// Reads an article from an input.
///
/// A container is recognised by its bytes, whatever `kind` says, except that input declared as
/// plain text or Markdown is never taken for MHTML: a message may be pasted as text.
///
/// # Errors
/// If there is nothing to read: see [`ImportError`].
pub fn read(input: Input) -> Result<Imported, ImportError> {
    read_watched(input, &|_| {})
}

/// Like [`read`], but reports progress.
///
/// # Errors
/// The same as of [`read`].
pub fn read_watched(mut input: Input, watch: Watch<'_>) -> Result<Imported, ImportError> {
    if let Some(page) = own_page_of(&input) {
        return Ok(page);
    }
    if let Some(kind) = container_of(&input) {
        let source = std::mem::replace(&mut input.source, Source::Pasted);
        let title = title_for(&input, &source);
        return finished(read_container(kind, &input.bytes, source, watch)?, title);
    }
    if let Some(name) = signature::not_text(&input.bytes) {
        return Err(ImportError::Binary(name));
    }
    let file_name = match &input.source {
        Source::File(name) => Some(name.as_str()),
        _ => None,
    };
    let title = title_for(&input, &input.source);
    let whole = input.bytes.len() <= MOST_BYTES;
    let bytes = &input.bytes[..input.bytes.len().min(MOST_BYTES)];
    let text = charset::decode(bytes, input.charset.as_deref());
    let kind = input.kind.unwrap_or_else(|| kind_of(&text, file_name));
    let (text, has_few_lines) = match kind {
        Kind::Plain | Kind::Markdown => first_lines(&text),
        Kind::Html | Kind::Mhtml | Kind::Epub => (&*text, true),
    };
    let read = match kind {
        Kind::Mhtml | Kind::Epub => read_container(kind, &input.bytes, input.source, watch)?,
        Kind::Plain => Read::of(plain::read_titled(text, input.source)?).from(Letters {
            prose: census::in_text(text),
            ..Letters::default()
        }),
        Kind::Html => {
            let page = html::parse_watched(text, &|share| watch(share * PARSED));
            let description = html::describe(&page, input.source);
            read_page(&page, description, watch)?
        }
        Kind::Markdown => match markdown::read_best(text, input.source)? {
            markdown::Reading::Article(read) => Read::of(read),
            markdown::Reading::Html { description, html } => {
                let page = html::parse(&html);
                Read::of(described(&page, description)?).cut_if(page.is_cut())
            }
        }
        .from(census::in_markdown(text)),
    };
    let mut imported = finished(read, title)?;
    imported.cut |= !(whole && has_few_lines);
    Ok(imported)
}

/// Returns the first lines of a text, and whether those are all of them.
fn first_lines(text: &str) -> (&str, bool) {
    match text.match_indices('\n').nth(MOST_LINES) {
        Some((end, _)) => (&text[..end], text[end..].trim().is_empty()),
        None => (text, true),
    }
}

/// Returns the kind of container, if the input is one and may be read as one.
fn container_of(input: &Input) -> Option<Kind> {
    let found = kind::container_of(&input.bytes);
    let is_said_to_be_text = matches!(input.kind, Some(Kind::Plain | Kind::Markdown));
    found.filter(|kind| *kind == Kind::Epub || !is_said_to_be_text)
}

/// Returns the title to use for a text that has none itself.
fn title_for(input: &Input, source: &Source) -> Option<String> {
    let file_name = match source {
        Source::File(name) => Some(name.as_str()),
        _ => None,
    };
    let title = input.title.as_deref().or(file_name).map(without_ending);
    title.map(str::to_owned)
}

/// Finishes a read under its own title or the given one; fails if it is empty.
fn finished(mut read: Read, title: Option<String>) -> Result<Imported, ImportError> {
    if read.article.leaves().is_empty() {
        return Err(ImportError::Empty);
    }
    if let Some(title) = title.filter(|title| !read.has_title && !title.trim().is_empty()) {
        read.article = under_title(read.article, title.clone());
        read.page = read.page.map(|page| under_title(page, title));
    }
    Ok(Imported {
        article: read.article,
        page: read.page,
        cut: read.cut,
        census: read.census,
        notes: None,
    })
}

/// Reads a page that Postil has written. A page in the web is read as any other: it has the address
/// that it was fetched from, and cannot say that it has another one.
fn own_page_of(input: &Input) -> Option<Imported> {
    let is_said_to_be_text = matches!(input.kind, Some(Kind::Plain | Kind::Markdown));
    if is_said_to_be_text || matches!(input.source, Source::Address(_)) {
        return None;
    }
    let OwnPage { article, notes } = own_page::read(&input.bytes)?;
    Some(Imported {
        census: Census {
            article: census::of_article(&article),
            ..Census::default()
        },
        article,
        page: None,
        cut: false,
        notes,
    })
}

/// An intermediate result.
struct Read {
    article: Article,
    /// The whole page, if the article is only a part of it.
    page: Option<Article>,
    /// True if the text contains its own title.
    has_title: bool,
    cut: bool,
    census: Census,
}

impl Read {
    fn of(Titled { article, has_title }: Titled) -> Self {
        let census = Census {
            article: census::of_article(&article),
            ..Census::default()
        };
        Self {
            article,
            page: None,
            has_title,
            cut: false,
            census,
        }
    }

    /// Sets the count of what the page contains.
    fn from(mut self, letters: Letters) -> Self {
        self.census.page = letters;
        self
    }

    /// Adds the count of other parts of a file, which are not shown.
    fn with_others(mut self, letters: usize) -> Self {
        self.census.page.unshown += letters;
        self
    }

    fn cut_if(mut self, cut: bool) -> Self {
        self.cut |= cut;
        self
    }
}

/// Reads a page: the article in it, if one is found, and the whole page.
fn read_page(page: &Page, description: Description, watch: Watch<'_>) -> Result<Read, Malformed> {
    let has_title = !description.title.is_empty();
    watch(PARSED);
    let part = html::article_of(page);
    watch(FOUND);
    let whole = html::read_described(page, description.clone())?;
    let letters = census::of_page(page);
    let read = |article| {
        Read::of(Titled { article, has_title })
            .cut_if(page.is_cut())
            .from(letters)
    };
    let Some(part) = part else {
        return Ok(read(whole));
    };
    let article = html::read_part_described(page, &part, description)?;
    if article.leaves().is_empty() || article.text() == whole.text() {
        return Ok(read(whole));
    }
    let (part, page) = (article.digest().clone(), whole.digest().clone());
    let mut read = read(article.beside(Counterpart::Page(page)));
    read.census.whole = Some(census::of_article(&whole));
    read.page = Some(whole.beside(Counterpart::Article(part)));
    Ok(read)
}

/// Reads a page from its container.
fn read_container(
    kind: Kind,
    bytes: &[u8],
    source: Source,
    watch: Watch<'_>,
) -> Result<Read, ImportError> {
    if kind == Kind::Epub {
        let book = epub::read(bytes, source)?;
        watch(FOUND);
        let letters = census::of_page(&book.page);
        let read = described(&book.page, book.description)?;
        let read = Read::of(read).cut_if(book.cut).from(letters);
        return Ok(read.with_others(book.letters.saturating_sub(letters.all())));
    }
    let saved = mhtml::read(bytes, source)?;
    let description = html::describe(&saved.page, saved.source);
    let read = read_page(&saved.page, description, watch)?;
    Ok(read.cut_if(saved.cut).with_others(saved.others))
}

/// Reads the whole page under a description.
fn described(page: &Page, description: Description) -> Result<Titled, Malformed> {
    let has_title = !description.title.is_empty();
    let article = html::read_described(page, description)?;
    Ok(Titled { article, has_title })
}

/// Gives the article another title, unless it has a heading to be named after.
fn under_title(article: Article, title: String) -> Article {
    let is_heading = |leaf: &Leaf| match &article.pieces()[leaf.pieces.start] {
        Piece::Open { tag, .. } => tag.heading_level().is_some(),
        _ => false,
    };
    if article.leaves().iter().any(is_heading) {
        return article;
    }
    article.with_title(title)
}

/// Returns a file name without its extension.
fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && (1..=LONGEST_ENDING).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::notation::walk;
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
        read(Input {
            bytes: bytes.to_vec(),
            kind: None,
            charset: None,
            source: Source::File(name.to_owned()),
            title: None,
        })
    }

    fn title_of(name: &str, text: &str) -> String {
        let imported = file(name, text.as_bytes()).expect("there are words in it");
        imported.article.title().to_owned()
    }

    #[test]
    fn the_title_is_the_articles_or_the_files() {
        assert_eq!(title_of("a.md", "---\ntitle: T\n---\n# H\n"), "T");
        assert_eq!(title_of("a.md", "# H\n\nwords"), "H");
        assert_eq!(title_of("My notes.md", "words"), "My notes");
        assert_eq!(title_of("a.html", "<title>T</title><h1>H</h1>"), "T");
        assert_eq!(title_of("a.html", "<h1>H</h1>"), "H");
        assert_eq!(title_of("3.5 and more", "words"), "3.5 and more");
    }

    #[test]
    fn of_a_page_the_article_is_read_and_the_whole_is_at_hand() {
        let words = "A gloss stands in the margin and speaks to its text, for ever. ".repeat(8);
        let page = format!(
            "<!doctype html><title>Glosses</title><body><nav><a href=/>Home</a> <a href=/b>More</a></nav>\
             <article><h1>Glosses</h1><p>{words}</p><p>{words}</p></article><footer>Imprint</footer>"
        );
        let read = file("a.html", page.as_bytes()).expect("there are words in it");
        let whole = read.page.expect("there is more on the page");
        assert!(!read.article.text().contains("Imprint"));
        assert!(whole.text().contains("Home") && whole.text().contains("Imprint"));
        assert!(whole.text().contains(read.article.text()));
        assert_eq!(read.article.title(), whole.title());
        let other = |article: &Article| article.description().other.clone();
        let digest = |article: &Article| article.digest().clone();
        assert_eq!(
            other(&read.article),
            Some(Counterpart::Page(digest(&whole)))
        );
        assert_eq!(
            other(&whole),
            Some(Counterpart::Article(digest(&read.article)))
        );
        // A page that consists of the article alone has no counterpart.
        let read = file("a.html", format!("<!doctype html><p>{words}").as_bytes());
        assert!(read.is_ok_and(|read| read.page.is_none()));
    }

    #[test]
    fn reading_tells_how_far_it_has_come() {
        let shares = std::cell::RefCell::new(Vec::new());
        let page = format!("<!doctype html><p>{}", "word ".repeat(50_000));
        let input = Input {
            bytes: page.into_bytes(),
            kind: Some(Kind::Html),
            charset: None,
            source: Source::Pasted,
            title: None,
        };
        let read = read_watched(input, &|share| shares.borrow_mut().push(share));
        assert!(read.is_ok());
        let shares = shares.into_inner();
        assert!(shares.len() > 5 && shares.is_sorted());
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn nothing_to_read_is_said_so() {
        assert_eq!(file("a.txt", b" \n").err(), Some(ImportError::Empty));
        assert_eq!(
            file("a.html", b"<script>x</script>").err(),
            Some(ImportError::Empty)
        );
        assert_eq!(
            file("a.txt", b"%PDF-1.4").err(),
            Some(ImportError::Binary("PDF"))
        );
    }

    #[test]
    fn markdown_with_html_is_read_as_both() {
        let imported = file(
            "a.md",
            b"# T\n\nAn *x* <sub>2</sub> www.a.b\n\n<div>\n\n- y\n\n</div>\n",
        );
        assert_eq!(
            walk(&imported.expect("there are words in it").article),
            "h1(id=t)*[T] p*[An em[x] sub[2] a(href=http://www.a.b)[www.a.b]] ul[li*[y]]"
        );
    }

    #[test]
    fn relative_addresses_of_fetched_markdown_are_resolved() {
        let read = read(Input {
            bytes: b"![a](a.png) [b](b.html)".to_vec(),
            kind: Some(Kind::Markdown),
            charset: None,
            source: Source::Address("https://example.org/x/".to_owned()),
            title: None,
        });
        assert_eq!(
            walk(&read.expect("there are words in it").article),
            "p*[img(src=https://example.org/x/a.png)(alt=a)[] a(href=https://example.org/x/b.html)[b]]"
        );
    }
}
