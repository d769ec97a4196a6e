//! Writes the paragraphs of a plain text as blocks of an article.

use crate::import::links::add_words;
use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Attribute, Attributes, Tag};

use super::book::add_emphasised;
use super::drawn::{is_drawn, without_margin};
use super::headings::{is_capitals, is_chapter, is_roman, is_rule, underlined};
use super::lists::{List, before_list, is_item_apart, list};
use super::wrapping::{is_wrapped, join};

/// What a text is expected to contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Anything.
    Any,
    /// A book, in which underscores emphasise and bare numbers head chapters.
    Book,
}

/// Writes paragraphs, each given by its lines.
pub(super) fn add(builder: &mut ArticleBuilder, paragraphs: &[Vec<&str>], style: Style) {
    let is_alone = paragraphs.len() == 1;
    let capitals = paragraphs
        .iter()
        .filter(|lines| are_capitals(lines))
        .count();
    // If everything is in capitals, they mean nothing.
    let trusts_capitals = capitals * 2 <= paragraphs.len();
    let mut rest = paragraphs;
    while let Some((lines, after)) = rest.split_first() {
        let apart = rest.iter().take_while(|lines| is_item_apart(lines)).count();
        if apart > 1 {
            let items;
            (items, rest) = rest.split_at(apart);
            match list(&items.concat()) {
                Some(list) => add_list(builder, &list, style),
                None => items
                    .iter()
                    .for_each(|lines| add_paragraph(builder, lines, style)),
            }
            continue;
        }
        rest = after;
        let level = heading(lines, style, trusts_capitals).filter(|_| !is_alone);
        match level {
            Some(level) => add_heading(builder, lines, level, style),
            None => add_paragraph(builder, lines, style),
        }
    }
}

/// Writes a paragraph or a list, or whatever else is between two blank lines.
pub(super) fn add_paragraph(builder: &mut ArticleBuilder, lines: &[&str], style: Style) {
    let lines = match style {
        Style::Any => after_headings(builder, lines),
        Style::Book => lines,
    };
    if let Some(list) = list(lines) {
        return add_list(builder, &list, style);
    }
    if matches!(lines, [line] if is_rule(line)) {
        return builder.void(Tag::Hr, Attributes::none());
    }
    if style == Style::Any
        && let Some(before) = before_list(lines)
    {
        let (words, items) = lines.split_at(before);
        add_paragraph(builder, words, style);
        return add_paragraph(builder, items, style);
    }
    if style == Style::Any && is_drawn(lines) {
        builder.open(Tag::Pre, Attributes::none());
        builder.text(&without_margin(lines));
        builder.close();
        return;
    }
    builder.open(Tag::P, Attributes::none());
    if is_wrapped(lines) {
        let mut joined = String::new();
        lines.iter().for_each(|line| join(&mut joined, line));
        add_styled(builder, &joined, style);
    } else {
        add_lines(builder, lines, style);
    }
    builder.close();
}

/// Writes the underlined headings that a paragraph begins with; returns the lines after them.
fn after_headings<'a, 'b>(builder: &mut ArticleBuilder, mut lines: &'a [&'b str]) -> &'a [&'b str] {
    while let Some((heading, words)) = lines.split_at_checked(2)
        && !words.is_empty()
        && let Some((_, level)) = underlined(heading)
    {
        add_heading(builder, heading, level, Style::Any);
        lines = words;
    }
    lines
}

fn add_heading(builder: &mut ArticleBuilder, lines: &[&str], level: u8, style: Style) {
    let underlined = underlined(lines).map(|(line, _)| [line.trim()]);
    let lines = underlined.as_ref().map_or(lines, |line| &line[..]);
    builder.open(Tag::heading(level), Attributes::none());
    add_lines(builder, lines, style);
    builder.close();
}

fn add_lines(builder: &mut ArticleBuilder, lines: &[&str], style: Style) {
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            builder.line_break();
        }
        add_styled(builder, line, style);
    }
}

fn add_list(builder: &mut ArticleBuilder, list: &List, style: Style) {
    let (tag, said) = match list.first {
        None => (Tag::Ul, Attributes::none()),
        Some(1) => (Tag::Ol, Attributes::none()),
        Some(first) => (
            Tag::Ol,
            Attributes::none().with(Attribute::Start, &first.to_string()),
        ),
    };
    builder.open(tag, said);
    for item in &list.items {
        builder.open(Tag::Li, Attributes::none());
        add_styled(builder, &item.words, style);
        if let Some(within) = &item.within {
            add_list(builder, within, style);
        }
        builder.close();
    }
    builder.close();
}

fn add_styled(builder: &mut ArticleBuilder, words: &str, style: Style) {
    match style {
        Style::Any => add_words(builder, words),
        Style::Book => add_emphasised(builder, words),
    }
}

fn are_capitals(lines: &[&str]) -> bool {
    matches!(lines, [line] if is_capitals(line))
}

/// Returns the level of the heading that a paragraph is, if it is one.
fn heading(lines: &[&str], style: Style, trusts_capitals: bool) -> Option<u8> {
    if let Some((_, level)) = underlined(lines) {
        return Some(level);
    }
    let is_heading = match lines {
        [line] => {
            is_chapter(line)
                || (trusts_capitals && is_capitals(line))
                || (style == Style::Book && is_roman(line))
        }
        // Books put a chapter's title below its number.
        [line, title] => style == Style::Book && is_chapter(line) && is_title(title),
        _ => false,
    };
    is_heading.then_some(2)
}

/// True if a line may be the title below a chapter's number: short, and not a second number, as in
/// a table of contents.
fn is_title(line: &str) -> bool {
    super::wrapping::columns(line.trim()) < super::wrapping::NARROWEST && !is_chapter(line)
}
