//! Laws of articles: walk and text agree, articles survive storage, stored input is not trusted.

use postil::import::html;
use std::rc::Rc;

use postil::app::layout::{Around, Layout};
use postil::model::article::{Article, Leaf, Piece, Source, Tag};
use postil::model::digest::Digest;
use postil::model::text::TextRange;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::strategies::{article, laws, long_article};

/// The leaves computed independently from the walk, checking every invariant on the way.
fn walked(article: &Article) -> Vec<Leaf> {
    let (mut at, mut open, mut leaves) = (0_usize, Vec::new(), Vec::new());
    for (index, piece) in article.pieces().iter().enumerate() {
        let in_leaf = open.iter().any(|(_, leaf, _)| *leaf);
        match piece {
            Piece::Open {
                leaf, attributes, ..
            } => {
                assert!(!(*leaf && in_leaf), "leaves do not nest");
                assert!(
                    attributes
                        .iter()
                        .all(|(attribute, value)| attribute.admits(value))
                );
                open.push((index, *leaf, at));
            }
            Piece::Close => {
                let (from, leaf, start) = open.pop().expect("what is closed was opened");
                if leaf {
                    assert!(start < at, "every leaf has words");
                    let (pieces, text) = (from..index + 1, TextRange::from_usize(start, at));
                    leaves.push(Leaf { pieces, text });
                }
            }
            Piece::Text(length) => {
                assert!(in_leaf, "words stand in a leaf");
                assert!(article.text().get(at..at + *length as usize).is_some());
                at += *length as usize;
            }
            Piece::Separator(separator) => {
                assert!(!in_leaf && matches!(separator, '\n' | '\t'));
                assert!(article.text()[at..].starts_with(*separator));
                at += 1;
            }
            Piece::Break => {
                assert!(in_leaf && article.text()[at..].starts_with('\n'));
                at += 1;
            }
        }
    }
    assert!(open.is_empty(), "what was opened is closed");
    assert_eq!(at, article.text().len(), "the pieces add up to the text");
    leaves
}

/// Checks the invariants of any article, however it was made.
fn keeps_its_word(article: &Article) {
    assert_eq!(walked(article), article.leaves());
    assert_eq!(*article.digest(), Digest::of(article.text()));
    // A title has words, or there is none.
    assert_eq!(
        article.title().is_empty(),
        article.title().trim().is_empty()
    );
    chunks_tile(article);
}

/// The elements open before a piece, with the number of list items in each so far.
fn around(article: &Article, end: usize) -> Vec<Around> {
    let mut open: Vec<Around> = Vec::new();
    for (piece, opened) in article.pieces()[..end].iter().enumerate() {
        match opened {
            Piece::Open { tag, .. } => {
                let item = u32::from(*tag == Tag::Li);
                open.iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|list| list.items += item);
                open.push(Around { piece, items: 0 });
            }
            Piece::Close => drop(open.pop()),
            _ => {}
        }
    }
    open
}

/// Very long lists, tables and quotations are split into chunks; other elements are not.
#[test]
fn what_is_very_long_is_drawn_in_parts() {
    let chunks = |markup: &str| {
        let article = html::read(markup, Source::Pasted).expect("there are words");
        keeps_its_word(&article);
        let layout = Layout::of(Rc::new(article));
        let leaves = layout.chunks().iter().map(|chunk| chunk.leaves.len());
        (layout.chunks().len(), leaves.max().unwrap_or_default())
    };
    let items = "<li>word</li>".repeat(1_000);
    assert_eq!(chunks(&format!("<ul>{items}</ul>")), (7, 150));
    let rows = "<tr><td>one</td><td>two</td><td>three</td></tr>".repeat(1_000);
    assert_eq!(chunks(&format!("<table>{rows}</table>")), (3, 1_200));
    let words = "<p>word</p>".repeat(1_000);
    assert_eq!(
        chunks(&format!("<blockquote>{words}</blockquote>")),
        (7, 150)
    );
    assert_eq!(chunks(&format!("<details open>{words}</details>")).0, 1);
    assert_eq!(
        chunks(&format!("<ol><li><p>a</p>{words}</li></ol>")),
        (7, 150)
    );
    let short = "<li>word</li>".repeat(100);
    assert_eq!(chunks(&format!("<ul>{short}</ul>")).0, 1);
}

/// Stretches hold all chunks in order, and none has many blocks if it could have fewer.
fn stretches_tile(layout: &Layout) {
    let mut chunk = 0;
    for (number, stretch) in layout.stretches().iter().enumerate() {
        assert_eq!(stretch.start, chunk);
        let chunks = &layout.chunks()[stretch.clone()];
        let blocks: usize = chunks.iter().map(|chunk| chunk.leaves.len()).sum();
        assert!(chunks.len() == 1 || (chunks.len() <= 4 && blocks <= 150));
        for index in stretch.clone() {
            assert_eq!(layout.stretch_of(index), number);
        }
        let text = layout.text_of_stretch(number);
        let ends = chunks.first().zip(chunks.last());
        let ends = ends.map(|(first, last)| (first.text.start(), last.text.end()));
        assert_eq!(ends, Some((text.start(), text.end())));
        chunk = stretch.end;
    }
    assert_eq!(chunk, layout.chunks().len());
    let end = layout.text().len() as u32;
    let after = layout.text_of_stretch(layout.stretches().len());
    assert_eq!((after.start(), after.end()), (end, end));
}

fn chunks_tile(article: &Article) {
    let (mut piece, mut leaf, mut byte) = (0, 0, 0);
    let layout = Layout::of(Rc::new(article.clone()));
    for chunk in layout.chunks() {
        assert!(!chunk.pieces.is_empty());
        assert_eq!(
            (chunk.pieces.start, chunk.leaves.start, chunk.text.start()),
            (piece, leaf, byte)
        );
        assert_eq!(around(article, chunk.pieces.start), chunk.around);
        for inner in &article.leaves()[chunk.leaves.clone()] {
            assert!(
                chunk.pieces.start <= inner.pieces.start && inner.pieces.end <= chunk.pieces.end
            );
            assert_eq!(chunk.text.intersection(inner.text), Some(inner.text));
        }
        (piece, leaf, byte) = (chunk.pieces.end, chunk.leaves.end, chunk.text.end());
    }
    stretches_tile(&layout);
    let whole = (
        article.pieces().len(),
        article.leaves().len(),
        article.text().len() as u32,
    );
    assert_eq!((piece, leaf, byte), whole);
}

/// How a stored walk is damaged.
#[derive(Debug, Clone)]
enum Damage {
    Gone(Index),
    Twice(Index),
    Swapped(Index, Index),
    Other(Index, Value),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let token = select(
        &[
            "p*", "p", "/", "br", "\n", "\t", "em", "em*", "@dir=rtl", "img*", "td*",
        ][..],
    );
    let token = prop_oneof![
        token.prop_map(|code| json!(code)),
        (0..9_u32).prop_map(|n| json!(n))
    ];
    prop_oneof![
        any::<Index>().prop_map(Damage::Gone),
        any::<Index>().prop_map(Damage::Twice),
        any::<(Index, Index)>().prop_map(|(one, other)| Damage::Swapped(one, other)),
        (any::<Index>(), token).prop_map(|(at, token)| Damage::Other(at, token)),
        any::<Index>().prop_map(Damage::Cut),
    ]
}

fn damaged(article: &Article, damages: &[Damage]) -> String {
    let mut stored: Value = serde_json::from_str(&article.to_json()).expect("to_json writes JSON");
    let pieces = stored["pieces"].as_array_mut().expect("the walk is a list");
    for damage in damages {
        let count = pieces.len();
        match damage {
            Damage::Other(at, token) if at.index(count + 1) == count => pieces.push(token.clone()),
            _ if count == 0 => {}
            Damage::Other(at, token) => pieces[at.index(count)] = token.clone(),
            Damage::Gone(at) => drop(pieces.remove(at.index(count))),
            Damage::Twice(at) => pieces.insert(at.index(count), pieces[at.index(count)].clone()),
            Damage::Swapped(one, other) => pieces.swap(one.index(count), other.index(count)),
            Damage::Cut(at) => pieces.truncate(at.index(count)),
        }
    }
    stored.to_string()
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn what_the_builder_makes_keeps_its_word(article in article()) {
        keeps_its_word(&article);
    }

    #[test]
    fn leaves_and_one_separator_between_them_are_the_text(article in article()) {
        let text = article.text();
        let mut joined = String::new();
        for (index, leaf) in article.leaves().iter().enumerate() {
            if index > 0 {
                let separator = text[joined.len()..].chars().next();
                prop_assert!(matches!(separator, Some('\n' | '\t')));
                joined.extend(separator);
            }
            joined.push_str(leaf.text.slice(text).expect("a leaf lies in the text"));
        }
        prop_assert_eq!(joined, text);
    }

    #[test]
    fn a_stored_article_is_read_back(article in article()) {
        prop_assert_eq!(Article::from_json(&article.to_json()), Ok(article));
    }

    #[test]
    fn a_version_goes_by_the_name_of_its_article(article in article()) {
        let version = article.clone().as_version_of("urn:x:work");
        prop_assert_eq!(version.iri(), "urn:x:work");
        prop_assert_eq!(version.digest(), article.digest());
        prop_assert_eq!(Article::from_json(&version.to_json()), Ok(version.clone()));
        let own = version.as_version_of(&article.iri());
        prop_assert_eq!(own.id(), article.id());
    }

    #[test]
    fn a_damaged_walk_is_refused_or_keeps_its_word(article in article(), damages in vec(damage(), 1..4)) {
        if let Ok(article) = Article::from_json(&damaged(&article, &damages)) {
            keeps_its_word(&article);
            prop_assert_eq!(Article::from_json(&article.to_json()), Ok(article));
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_keep_their_word(article in article(), edits in vec(any::<(Index, u8)>(), 1..5)) {
        let mut bytes = article.to_json().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(article) = Article::from_json(&String::from_utf8_lossy(&bytes)) {
            keeps_its_word(&article);
        }
    }

    #[test]
    fn a_byte_is_found_in_its_leaf_and_chunk(article in article(), byte: Index) {
        let byte = byte.index(article.text().len() + 1) as u32;
        let begun = |start: u32| start <= byte;
        let leaf = article.leaves().iter().rposition(|leaf| begun(leaf.text.start()));
        let layout = Layout::of(Rc::new(article.clone()));
        let chunk = layout.chunks().iter().rposition(|chunk| begun(chunk.text.start()));
        prop_assert_eq!(article.leaf_at(byte), leaf);
        prop_assert_eq!(layout.chunk_at(byte), chunk);
    }
}

proptest! {
    #![proptest_config(laws(24))]

    #[test]
    fn a_long_article_is_drawn_in_several_chunks(article in long_article()) {
        keeps_its_word(&article);
        let layout = Layout::of(Rc::new(article.clone()));
        for chunk in layout.chunks() {
            prop_assert!(chunk.leaves.len() <= 40);
        }
        prop_assert!(layout.chunks().len() > 1 || article.leaves().len() <= 40);
    }
}
