//! Reads the built page's tags, as far as sealing needs them, and refuses inline code.

use std::ops::Range;

use crate::project::Result;

/// The range of the tag that starts the app, and the files it names: the glue and the program.
pub(super) fn boot_of(page: &str) -> Result<(Range<usize>, String, String)> {
    let file = |tag: &str, name: &str| {
        let address = attribute(tag, name)?;
        Some(address.trim_start_matches("./").to_owned())
    };
    tags(page, "script")
        .find_map(|tag| {
            let text = &page[tag.clone()];
            Some((
                tag.clone(),
                file(text, "data-script")?,
                file(text, "data-wasm")?,
            ))
        })
        .ok_or_else(|| {
            "The page does not start the app; see `pattern_script` in Trunk.toml.".into()
        })
}

/// Fails on inline scripts, styles and handlers: the policy blocks them, so the page would break.
pub(super) fn no_inline_code(page: &str) -> Result<()> {
    let is_inline = |tag: &Range<usize>| {
        let text = &page[tag.clone()];
        // A data block is no code: nothing runs it.
        let is_data = attribute(text, "type").as_deref() == Some("application/json");
        attribute(text, "src").is_none() && !is_data
    };
    let inline = tags(page, "script").find(is_inline);
    if let Some(tag) = inline.or_else(|| tags(page, "style").next()) {
        return Err(format!(
            "The page has inline code, {}…: put it into a file.",
            &page[tag]
        ));
    }
    for tag in tags(page, "") {
        let forbidden = names(&page[tag.clone()])
            .into_iter()
            .find(|name| name == "style" || name.starts_with("on"));
        if let Some(name) = forbidden {
            return Err(format!(
                "The page has an attribute `{name}`, in {}: put it into a file.",
                &page[tag]
            ));
        }
    }
    Ok(())
}

/// Opening tags with this name, or all if it is empty. No value in our own page contains `>`.
pub(super) fn tags<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    page.match_indices('<').filter_map(move |(start, _)| {
        let rest = page[start + 1..].strip_prefix(name)?;
        let next = rest.chars().next()?;
        let fits = match name {
            "" => next.is_ascii_alphabetic(),
            _ => next == '>' || next.is_whitespace(),
        };
        fits.then_some(())?;
        Some(start..start + page[start..].find('>')? + 1)
    })
}

/// Names and values of a tag's attributes, quoted or not.
pub(super) fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut rest = tag.trim_start_matches('<').trim_end_matches('>');
    rest = rest.find(char::is_whitespace).map_or("", |at| &rest[at..]);
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let inside = quote.map_or(after, |_| &after[1..]);
            let is_end = |c: char| quote.map_or(c.is_whitespace(), |quote| c == quote);
            let end = inside.find(is_end).unwrap_or(inside.len());
            value = &inside[..end];
            rest = inside[end..].trim_start_matches(['"', '\'']);
        }
        found.push((name, value.to_owned()));
    }
}

pub(super) fn names(tag: &str) -> Vec<String> {
    attributes(tag).into_iter().map(|(name, _)| name).collect()
}

pub(super) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut attributes = attributes(tag).into_iter();
    attributes.find_map(|(name, value)| (name == wanted).then_some(value))
}
