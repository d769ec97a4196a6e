//! A notation for articles in tests: `h1*[Title] ul[li*[one] li*[two]]`.

use crate::model::article::{Article, Piece};

/// Writes an article's walk in short: an element with its attributes, `*` if it is a leaf, its
/// content in brackets; `⏎` is a break within a leaf. Separators are left out: the text has them.
pub(super) fn walk(article: &Article) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for piece in article.pieces() {
        match piece {
            Piece::Open {
                tag,
                leaf,
                attributes,
            } => {
                if !out.is_empty() && !out.ends_with(['[', ' ']) {
                    out.push(' ');
                }
                out.push_str(tag.code());
                for (attribute, value) in attributes.iter() {
                    out.push_str(&format!("({}={value})", attribute.code()));
                }
                out.push_str(if *leaf { "*[" } else { "[" });
            }
            Piece::Text(length) => {
                out.push_str(&article.text()[at..at + *length as usize]);
                at += *length as usize;
            }
            Piece::Separator(_) => at += 1,
            Piece::Break => {
                at += 1;
                out.push('⏎');
            }
            Piece::Close => out.push(']'),
        }
    }
    out
}
