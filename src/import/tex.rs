//! Reads TeX of a reader's note into the elements of a formula. In articles TeX stays text, in which
//! notes are anchored.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage, push_mathml};

use super::html;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Piece, Source, Tag};

/// Longest formula that is read, in bytes: a screen of them.
const LONGEST: usize = 4_000;
/// Most groups, fractions and the like within each other; of deeper ones an article keeps only the
/// words.
const DEEPEST: usize = 40;
/// Commands that define others, since what they expand to has no bound, and those whose numbers the
/// parser reads by bytes, or without a limit.
const LEFT_OUT: [&str; 12] = [
    "\\def",
    "\\edef",
    "\\gdef",
    "\\xdef",
    "\\let",
    "\\futurelet",
    "\\newcommand",
    "\\renewcommand",
    "\\providecommand",
    "\\char",
    "alignat",
    "alignedat",
];
/// Elements of a formula.
type Pieces<'a> = (&'a [Piece], usize);

/// Writes TeX as a formula; false if it is not understood, and nothing is written.
pub(super) fn write(builder: &mut ArticleBuilder, tex: &str, is_block: bool) -> bool {
    let read = mathml(tex, is_block).and_then(|mathml| html::read(&mathml, Source::Pasted).ok());
    let Some(article) = read else { return false };
    let Some((pieces, start)) = formula(&article) else {
        return false;
    };
    let mut at = start;
    for piece in pieces {
        let length = piece.length() as usize;
        match piece {
            Piece::Open {
                tag, attributes, ..
            } => builder.open(*tag, attributes.clone()),
            Piece::Close => builder.close(),
            Piece::Text(_) | Piece::Break | Piece::Separator(_) => {
                builder.text(&article.text()[at..at + length]);
            }
        }
        at += length;
    }
    true
}

/// Returns the elements of the formula that an article consists of, and where its text begins.
fn formula(article: &Article) -> Option<Pieces<'_>> {
    let pieces = article.pieces();
    let is_math = |piece: &Piece| matches!(piece, Piece::Open { tag: Tag::Math, .. });
    let first = pieces.iter().position(is_math)?;
    let mut depth = 0_usize;
    let length = pieces[first..].iter().position(|piece| {
        match piece {
            Piece::Open { .. } => depth += 1,
            Piece::Close => depth -= 1,
            Piece::Text(_) | Piece::Break | Piece::Separator(_) => {}
        }
        depth == 0
    })?;
    let before = pieces[..first].iter().map(|piece| piece.length() as usize);
    Some((&pieces[first..=first + length], before.sum()))
}

/// Returns TeX as MathML; `None` if it is not understood.
fn mathml(tex: &str, is_block: bool) -> Option<String> {
    if !is_bounded(tex) {
        return None;
    }
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, ParserError> = Parser::new(tex, &storage).collect();
    let events = events.ok()?.into_iter().map(Ok::<_, ParserError>);
    let config = RenderConfig {
        display_mode: match is_block {
            true => DisplayMode::Block,
            false => DisplayMode::Inline,
        },
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events, config).ok()?;
    Some(mathml)
}

/// True if the work and the nesting that TeX asks for have a bound. What takes an argument nests
/// without braces too, as in `\sqrt\sqrt x`, so neighbouring commands count as nested.
fn is_bounded(tex: &str) -> bool {
    let is_left_out = LEFT_OUT.iter().any(|name| tex.contains(name));
    if tex.len() > LONGEST || tex.trim().is_empty() || is_left_out {
        return false;
    }
    let (mut depth, mut run) = (0_usize, 0_usize);
    let mut rest = tex;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        match sign {
            '\\' => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic());
                let name = &rest[..end.unwrap_or(rest.len())];
                rest = match name {
                    "" => rest.char_indices().nth(1).map_or("", |(at, _)| &rest[at..]),
                    _ => &rest[name.len()..],
                };
                run += 1;
                depth = match name {
                    "left" | "begin" => depth + 1,
                    "right" | "end" => depth.saturating_sub(1),
                    _ => depth,
                };
            }
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                run = 0;
            }
            '^' | '_' | '\'' => run += 1,
            // A comment may hide what closes a group; other spaces than these are no bytes.
            '%' => return false,
            sign if sign.is_whitespace() && !sign.is_ascii() => return false,
            sign if sign.is_whitespace() => {}
            _ => run = 0,
        }
        if depth + run > DEEPEST {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::notation::walk;
    use super::*;
    use crate::model::article::Description;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn read(tex: &str) -> Option<String> {
        let mut builder = ArticleBuilder::new();
        let read = write(&mut builder, tex, false);
        let article = builder.finish(Description::new(Source::Pasted, ""));
        let article = article.expect("it is well formed");
        assert_eq!(read, !article.pieces().is_empty());
        read.then(|| walk(&article))
    }

    #[test]
    fn tex_becomes_a_formula() {
        let walk = read("a^2 + \\frac{1}{b}").expect("it is understood");
        assert_eq!(
            walk,
            "p*[math[msup[mi[a] mn[2]] mo[+] mfrac[mrow[mn[1]] mrow[mi[b]]]]]"
        );
    }

    #[test]
    fn what_is_not_understood_is_left() {
        assert!(read("a \\bullet \\text{let}").is_some());
        for tex in [
            "",
            " ",
            "\\frac{1}",
            "\\nosuchcommand",
            "{",
            "\\def\\a{\\a\\a}\\a",
            "\\left(",
        ] {
            assert_eq!(read(tex), None, "{tex}");
        }
        for part in [
            "\\sqrt",
            "{",
            "a^",
            "\\frac",
            "\\left(",
            "\\begin{matrix}",
            "'",
            "\\hat ",
        ] {
            // There is a bound to everything, on a stack as small as a worker's.
            let tex = part.repeat(LONGEST / part.len());
            let small = std::thread::Builder::new().stack_size(512 * 1024);
            let read = small.spawn(move || mathml(&tex, true).is_some());
            assert!(
                !read.expect("there is a thread").join().expect("it ends"),
                "{part}"
            );
        }
    }

    fn tex() -> impl Strategy<Value = String> {
        const PARTS: [&str; 46] = [
            "a",
            "1",
            " ",
            "{",
            "}",
            "[",
            "]",
            "^",
            "_",
            "'",
            "&",
            "\\\\",
            "\\frac",
            "\\sqrt",
            "\\left(",
            "\\right)",
            "\\left.",
            "\\begin{matrix}",
            "\\end{matrix}",
            "\\begin{array}{c|c}",
            "\\end{array}",
            "\\begin{cases}",
            "\\end{cases}",
            "\\begin{align}",
            "\\end{align}",
            "\\sum",
            "\\int",
            "\\limits",
            "\\mathbb",
            "\\mathrm",
            "\\text{",
            "\\hat",
            "\\overline",
            "\\color{red}",
            "\\hline",
            "\\kern",
            "2em",
            "\\hspace{1em}",
            "\\genfrac",
            "\\binom",
            "\\not",
            "\\operatorname",
            "\\char",
            "\"41",
            "é",
            "\\big",
        ];
        vec(select(&PARTS[..]), 1..14).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_tex_panics(tex in tex(), is_block: bool) {
            let mut builder = ArticleBuilder::new();
            let _ = write(&mut builder, &tex, is_block);
            prop_assert!(builder.finish(Description::new(Source::Pasted, "")).is_ok());
        }

        #[test]
        fn no_words_panic(tex in "\\PC{0,40}") {
            let _ = mathml(&tex, false);
        }
    }
}
