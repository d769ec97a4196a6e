//! Writes an article as Markdown, so that what was copied from a page becomes a note's words.

mod blocks;
mod dollars;
mod escaping;
mod inlines;
mod marks;

use super::article::{Article, Attribute, Piece, Role, Tag};

use blocks::Blocks;
use inlines::{Line, Style};
use marks::Marks;

pub use dollars::{SIGNS_OF_TEX, are_prices};
pub use escaping::escaped_line as escaped;
pub use marks::Highlight;

/// Writes an article's blocks, emphasis, links, code, lists, quotations and tables as Markdown. Read
/// again as a note, it has the same words.
pub fn as_markdown(article: &Article) -> String {
    with_highlights(article, &[])
}

/// Writes an article as Markdown with passages between `==`, within each block, followed by
/// references to their footnotes. In code there are no signs: a reference stands after it.
pub fn with_highlights(article: &Article, highlights: &[Highlight]) -> String {
    let mut writer = Writer {
        marks: Marks::of(highlights),
        ..Writer::default()
    };
    let mut at = 0;
    for piece in article.pieces() {
        let length = piece.length() as usize;
        writer.piece(piece, &article.text()[at..at + length], at);
        at += length;
    }
    writer.blocks.finish()
}

/// True if an article has anything that its bare text has not.
pub fn has_markup(article: &Article) -> bool {
    article.pieces().iter().any(|piece| match piece {
        Piece::Open { tag, .. } => {
            !matches!(tag, Tag::P | Tag::Span | Tag::Bdi | Tag::Bdo | Tag::Img)
        }
        _ => false,
    })
}

/// Writes one piece after the other.
#[derive(Default)]
struct Writer {
    marks: Marks,
    blocks: Blocks,
    /// The open elements, innermost last.
    open: Vec<Tag>,
    /// The numbers of the next items of the open lists; `None` in one without numbers.
    lists: Vec<Option<i64>>,
    /// The open leaf, with the number of elements around it.
    leaf: Option<(usize, Line)>,
    /// The styles of the open inlines of the leaf, innermost last.
    styles: Vec<Style>,
    /// The language of the open preformatted text.
    language: String,
    table: Option<Table>,
}

/// A table that is being written: its rows of cells.
#[derive(Default)]
struct Table {
    /// Number of elements around it.
    depth: usize,
    rows: Vec<Vec<String>>,
}

impl Writer {
    /// Writes a piece with its words, which begin at a byte of the text.
    fn piece(&mut self, piece: &Piece, words: &str, at: usize) {
        match piece {
            Piece::Open {
                tag,
                leaf,
                attributes,
            } => {
                let said = |attribute| attributes.get(attribute);
                if tag.role() == Role::Inline || self.leaf.is_some() {
                    let style = self.styles.last().cloned().unwrap_or_default();
                    self.styles.push(style.within(*tag, said(Attribute::Href)));
                } else {
                    self.open_block(*tag, &said);
                }
                if *leaf {
                    self.leaf = Some((self.open.len(), Line::default()));
                    self.language = said(Attribute::Code).unwrap_or_default().to_owned();
                }
                self.open.push(*tag);
            }
            Piece::Text(_) | Piece::Break => {
                if let Some((_, line)) = &mut self.leaf {
                    let style = self.styles.last().cloned().unwrap_or_default();
                    for stretch in self.marks.part(words, at, !style.is_code()) {
                        line.add(&stretch, &style);
                    }
                }
            }
            Piece::Separator(_) => {}
            Piece::Close => self.close(),
        }
    }

    fn open_block<'a>(&mut self, tag: Tag, said: &dyn Fn(Attribute) -> Option<&'a str>) {
        match tag {
            Tag::Table if self.table.is_none() => {
                let depth = self.open.len();
                self.table = Some(Table {
                    depth,
                    rows: Vec::new(),
                });
            }
            Tag::Tr | Tag::Th | Tag::Td => self.open_cell(tag),
            _ if self.table.is_some() => {}
            Tag::Blockquote | Tag::Callout => self.blocks.open("> ", "> "),
            Tag::Ul => self.lists.push(None),
            Tag::Ol => {
                let first = said(Attribute::Start).and_then(|start| start.parse().ok());
                self.lists
                    .push(Some(first.unwrap_or(1).clamp(0, LARGEST_NUMBER)));
            }
            Tag::Li => self.open_item(said(Attribute::Checked)),
            Tag::Hr => self.blocks.write("***"),
            _ => {}
        }
    }

    fn open_item(&mut self, checked: Option<&str>) {
        let mut sign = String::from("- ");
        if let Some(Some(number)) = self.lists.last_mut() {
            sign = format!("{number}. ");
            *number = (*number + 1).min(LARGEST_NUMBER);
        }
        let rest = " ".repeat(sign.len());
        match checked {
            Some("true") => sign += "[x] ",
            Some(_) => sign += "[ ] ",
            None => {}
        }
        self.blocks.open_item(&sign, &rest);
    }

    fn open_cell(&mut self, tag: Tag) {
        let depth = self.open.len();
        let Some(table) = &mut self.table else { return };
        // Of a table within a cell, only the words are kept.
        let is_own = !self.open[table.depth + 1..].contains(&Tag::Table);
        match tag {
            _ if !is_own || depth == 0 => {}
            Tag::Tr => table.rows.push(Vec::new()),
            _ => table
                .rows
                .last_mut()
                .into_iter()
                .for_each(|row| row.push(String::new())),
        }
    }

    fn close(&mut self) {
        let Some(tag) = self.open.pop() else { return };
        if let Some((depth, line)) = self.leaf.take_if(|(depth, _)| *depth == self.open.len()) {
            debug_assert_eq!(depth, self.open.len());
            self.styles.clear();
            self.write_leaf(tag, &line);
        } else if self.leaf.is_some() || tag.role() == Role::Inline {
            self.styles.pop();
            return;
        }
        if self
            .table
            .as_ref()
            .is_some_and(|table| table.depth == self.open.len() && tag == Tag::Table)
        {
            let rows = self.table.take().map(|table| table.rows);
            self.write_table(rows.unwrap_or_default());
            return;
        }
        match tag {
            _ if self.table.is_some() => {}
            Tag::Blockquote | Tag::Callout | Tag::Li => self.blocks.close(),
            Tag::Ul | Tag::Ol => {
                self.lists.pop();
            }
            _ => {}
        }
    }

    fn write_leaf(&mut self, tag: Tag, line: &Line) {
        if let Some(table) = &mut self.table {
            let cell = table.rows.last_mut().and_then(|row| row.last_mut());
            match cell {
                Some(cell) => {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(&line.in_cell());
                }
                // A caption, or words beside the cells.
                None => self.blocks.write(&line.in_lines()),
            }
            return;
        }
        match (tag, tag.heading_level()) {
            (Tag::Pre, _) => {
                self.blocks.write(&line.in_fence(&self.language));
                self.blocks.write(&line.references());
            }
            (_, Some(level)) => {
                let sign = "#".repeat(level.into());
                self.blocks
                    .write(&[&sign, " ", &line.in_heading()].concat());
            }
            _ => self.blocks.write(&line.in_lines()),
        }
    }

    fn write_table(&mut self, rows: Vec<Vec<String>>) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (number, row) in rows.iter().filter(|row| !row.is_empty()).enumerate() {
            let none = String::new();
            let cells = (0..columns).map(|column| row.get(column).unwrap_or(&none));
            let cells: Vec<&str> = cells.map(String::as_str).collect();
            lines.push(["| ", &cells.join(" | "), " |"].concat());
            // Markdown has no table without a head.
            if number == 0 {
                lines.push(["|", &" --- |".repeat(columns)].concat());
            }
        }
        if !lines.is_empty() {
            self.blocks.write(&lines.join("\n"));
        }
    }
}

/// The largest number of an item (<https://spec.commonmark.org/0.31.2/#ordered-list-marker>).
const LARGEST_NUMBER: i64 = 999_999_999;

#[cfg(test)]
mod tests {
    use super::super::article::builder::ArticleBuilder;
    use super::super::article::{Attributes, Description, Source};
    use super::*;

    /// Builds an article from a few elements: `(tag, words)`, with empty words to open and `/` to
    /// close.
    fn written(steps: &[(Tag, &str)]) -> String {
        let mut builder = ArticleBuilder::new();
        for (tag, words) in steps {
            match *words {
                "" => builder.open(*tag, Attributes::none()),
                "/" => builder.close(),
                words if *tag == Tag::Span => builder.text(words),
                words => builder.element(*tag, words),
            }
        }
        let article = builder.finish(Description::new(Source::Pasted, ""));
        as_markdown(&article.expect("it is well formed"))
    }

    #[test]
    fn blocks_are_written() {
        use Tag::*;
        assert_eq!(
            written(&[(H2, "Title"), (P, "one"), (P, "two")]),
            "## Title\n\none\n\ntwo"
        );
        assert_eq!(
            written(&[(Ul, ""), (Li, "one"), (Li, "two"), (Ul, "/"), (P, "after")]),
            "- one\n- two\n\nafter"
        );
        assert_eq!(
            written(&[
                (Blockquote, ""),
                (P, "one"),
                (P, "two"),
                (Blockquote, "/"),
                (P, "x")
            ]),
            "> one\n>\n> two\n\nx"
        );
        assert_eq!(
            written(&[
                (Table, ""),
                (Tr, ""),
                (Td, "a"),
                (Td, "b|"),
                (Tr, "/"),
                (Tr, ""),
                (Td, "c")
            ]),
            "| a | b\\| |\n| --- | --- |\n| c |  |"
        );
        assert_eq!(written(&[(Pre, "a ``` b\n c")]), "````\na ``` b\n c\n````");
    }

    #[test]
    fn words_stay_what_they_are() {
        use Tag::*;
        assert_eq!(
            written(&[
                (P, ""),
                (Span, "a "),
                (Strong, "bold"),
                (Span, " *b* snake_case "),
                (Code, "x`y")
            ]),
            "a **bold** \\*b\\* snake_case ``x`y``"
        );
        assert_eq!(written(&[(P, "- no list")]), "\\- no list");
        assert_eq!(written(&[(P, "1. no list")]), "1\\. no list");
        // Where marks would not be read, they are left out.
        assert_eq!(
            written(&[(P, ""), (Strong, "note:"), (Span, "so")]),
            "note:so"
        );
    }
}
