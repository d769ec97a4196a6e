//! Long articles, plain pages of the same words, and notes on them, all generated from a seed.

use std::rc::Rc;

use postil::model::anchoring::describe;
use postil::model::annotation::{Annotation, AnnotationId, Colour, Extra, Timestamp};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{Article, Attributes, Description, Source, Tag};
use postil::model::text::TextRange;

use postil_testing::seed::Seed;

const WORDS: [&str; 48] = [
    "the", "court", "of", "a", "reader", "notes", "in", "margin", "whose", "claims", "were",
    "heard", "and", "answered", "before", "any", "ruling", "that", "followed", "from", "evidence",
    "which", "scholars", "had", "gathered", "over", "years", "with", "patience", "letters",
    "drafts", "maps", "records", "some", "lost", "others", "found", "again", "by", "chance", "so",
    "each", "passage", "keeps", "its", "own", "history", "here",
];

/// A block of the article: a heading, or a paragraph with an emphasis and a link in it.
enum Block {
    Heading(String),
    Paragraph([String; 5]),
}

fn blocks(bytes: usize) -> Vec<Block> {
    let mut seed = Seed(7);
    let mut blocks = Vec::new();
    let mut written = 0;
    while written < bytes {
        let mut sentence = |words: u64| -> String {
            let count = words + seed.next(words);
            (0..count)
                .map(|_| WORDS[seed.next(WORDS.len() as u64) as usize])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let block = if blocks.len() % 12 == 0 {
            Block::Heading(sentence(3))
        } else {
            Block::Paragraph([
                sentence(30),
                sentence(2),
                sentence(20),
                sentence(3),
                sentence(10),
            ])
        };
        written += match &block {
            Block::Heading(words) => words.len(),
            Block::Paragraph(parts) => parts.iter().map(String::len).sum::<usize>() + 5,
        };
        blocks.push(block);
    }
    blocks
}

/// An article of about this many bytes of text.
pub fn article(bytes: usize) -> Article {
    article_from(bytes, Source::Pasted)
}

/// The same from another source.
pub fn article_from(bytes: usize, source: Source) -> Article {
    let mut builder = ArticleBuilder::new();
    let none = Attributes::none;
    for block in blocks(bytes) {
        match block {
            Block::Heading(words) => builder.element(Tag::H2, &words),
            Block::Paragraph([a, b, c, d, e]) => {
                builder.open(Tag::P, none());
                builder.text(&format!("{a} "));
                builder.element(Tag::Em, &b);
                builder.text(&format!(" {c} "));
                builder.element(Tag::Strong, &d);
                builder.text(&format!(" {e}."));
                builder.close();
            }
        }
    }
    builder
        .finish(Description::new(source, "A long article"))
        .expect("an article")
}

/// The same words as a page without scripts, in the style given.
pub fn plain_page(bytes: usize, style: &str) -> String {
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>Plain</title><style>{style}</style><main class=reader><article>"
    );
    for block in blocks(bytes) {
        match block {
            Block::Heading(words) => page += &format!("<h2>{words}</h2>\n"),
            Block::Paragraph([a, b, c, d, e]) => {
                page += &format!("<p>{a} <em>{b}</em> {c} <strong>{d}</strong> {e}.</p>\n");
            }
        }
    }
    page + "</article></main>"
}

/// Notes spread evenly over an article: every fourth has words, every eighth a tag.
pub fn notes(article: &Article, count: usize) -> Vec<Rc<Annotation>> {
    let leaves = article.leaves();
    let mut seed = Seed(11);
    let note = |index: usize| {
        let leaf = leaves[index * leaves.len() / count].text;
        let from = leaf.start() + seed.next(u64::from(leaf.len().saturating_sub(50)).max(1)) as u32;
        let range = TextRange::new(from, (from + 40).min(leaf.end()));
        Rc::new(Annotation {
            more: Vec::new(),
            id: id(index),
            article: article.id(),
            target: describe(article, range),
            attached: None,
            note: if index.is_multiple_of(4) {
                format!("Note {index}")
            } else {
                String::new()
            },
            tags: if index.is_multiple_of(8) {
                vec!["law".to_owned()]
            } else {
                Vec::new()
            },
            colour: Colour::ALL[index % 8],
            created: Some(Timestamp("2026-01-01T00:00:00Z".into())),
            modified: None,
            extra: Extra::default(),
        })
    };
    (0..count).map(note).collect()
}

/// Ids that differ as much as random UUIDs do (Knuth's multiplicative hash).
fn id(index: usize) -> AnnotationId {
    let spread = (index as u32).wrapping_mul(2_654_435_761);
    AnnotationId::parse(&format!("{spread:08x}-0000-4000-8000-{index:012}")).expect("an id")
}
