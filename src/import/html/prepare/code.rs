//! Restores the lines of code: pages number them, put each into its own element, or mark them by
//! style alone.

use dom_query::{Document, NodeRef};

use super::super::attributes::{attribute, classes};
use super::super::words::{after, words_at};

/// Classes of elements that only number lines.
const GUTTERS: [&str; 16] = [
    "blob-num",
    "code-snippet__line-index",
    "gutter",
    "hljs-ln-n",
    "hljs-ln-numbers",
    "line-index",
    "line-number",
    "line-numbers",
    "line-numbers-rows",
    "lineno",
    "linenos",
    "linenodiv",
    "linenumber",
    "linenumbers",
    "lnt",
    "rouge-gutter",
];
/// Classes of elements that contain code, which tell a table of lines from one of data.
const CODE: [&str; 12] = [
    "blob-code",
    "blob-wrapper",
    "code",
    "codehilite",
    "crayon",
    "hljs",
    "highlight",
    "highlighttable",
    "lntable",
    "rouge",
    "rouge-table",
    "syntaxhighlighter",
];
/// Classes of spans that are a line each.
const LINE_CLASSES: [&str; 8] = [
    "line",
    "code-line",
    "codeline",
    "hljs-ln-line",
    "token-line",
    "view-line",
    "react-code-line",
    "cl",
];
/// Longest line number, in bytes: more digits number nothing that is read.
const LONGEST_NUMBER: usize = 6;
/// Maximum number of nodes of one block that are searched for lines.
const MOST_NODES: usize = 50_000;

/// Restores the lines of code in the whole page.
pub(super) fn prepare(document: &Document) {
    let root = document.root();
    let mut next = Some(root);
    while let Some(node) = next {
        let mut goes_in = true;
        let mut at = node;
        if node.has_name("table") && is_of_code(&node) {
            at = as_preformatted(&node).unwrap_or(node);
        } else if is_styled_as_lines(&node) {
            at = as_lines(&node);
        }
        if at.has_name("pre") {
            without_gutters(&at);
            with_line_ends(&at);
            goes_in = false;
        } else if is_gutter(&at) && (at.has_name("ul") || at.has_name("ol") || at.has_name("pre")) {
            let gone = at;
            next = after(at, &root);
            gone.remove_from_parent();
            continue;
        }
        let inside = at.first_child().filter(|_| goes_in);
        next = inside.or_else(|| after(at, &root));
    }
}

fn has_class(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.element_ref().is_some_and(|element| {
        classes(&element).any(|class| {
            let class = class.to_ascii_lowercase();
            names.contains(&&*class)
        })
    })
}

/// True if a node only numbers lines, by its class or attribute and by its words.
fn is_gutter(node: &NodeRef<'_>) -> bool {
    let named = has_class(node, &GUTTERS)
        || node.element_ref().is_some_and(|element| {
            attribute(&element, "data-line-number").is_some()
                && words_of(node).trim().len() <= LONGEST_NUMBER
                && !has_class(node, &["blob-code"])
        });
    named && are_numbers(&words_of(node))
}

fn words_of(node: &NodeRef<'_>) -> String {
    let inside = node.descendants_it().take(MOST_NODES);
    inside.map(|inside| words_at(&inside)).collect()
}

fn are_numbers(words: &str) -> bool {
    words
        .split_whitespace()
        .all(|word| word.len() <= LONGEST_NUMBER && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True if a table lays out lines of code, according to itself or to what is around it.
fn is_of_code(table: &NodeRef<'_>) -> bool {
    let says = |node: &NodeRef<'_>| has_class(node, &CODE);
    let around = [
        table.parent(),
        table.parent().and_then(|parent| parent.parent()),
    ];
    let is_marked = says(table)
        || around.iter().flatten().any(says)
        || table
            .parent()
            .is_some_and(|parent| parent.has_name("code") || parent.has_name("pre"));
    is_marked && {
        let mut inside = table.descendants_it().take(MOST_NODES);
        inside.any(|node| {
            (node.has_name("td") || node.has_name("th")) && (is_gutter(&node) || says(&node))
        }) || table
            .parent()
            .is_some_and(|parent| parent.has_name("code") || parent.has_name("pre"))
    }
}

/// Turns a table of code into preformatted text: the cells with code, a line for each row. A single
/// block in it that has its own lines replaces it; `None` if there are several.
fn as_preformatted<'a>(table: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let nodes: Vec<NodeRef<'a>> = table.descendants_it().take(MOST_NODES).collect();
    let is_cell = |node: &NodeRef<'_>| node.has_name("td") || node.has_name("th");
    for node in nodes.iter().filter(|node| is_cell(node) && is_gutter(node)) {
        node.remove_from_parent();
    }
    let blocks: Vec<&NodeRef<'a>> = nodes
        .iter()
        .filter(|node| {
            node.has_name("pre") && node.ancestors_it(None).any(|around| around.id == table.id)
        })
        .collect();
    if let [block] = blocks[..] {
        table.insert_before(block);
        table.remove_from_parent();
        return Some(*block);
    }
    if blocks.len() > 1 {
        return None;
    }
    let rows: Vec<&NodeRef<'a>> = nodes.iter().filter(|node| node.has_name("tr")).collect();
    let is_inside =
        |node: &NodeRef<'_>| node.ancestors_it(None).any(|around| around.has_name("pre"));
    let inside = is_inside(table);
    let block = table.tree.new_element(if inside { "span" } else { "pre" });
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            block.append_child(&table.tree.new_text("\n"));
        }
        let cells: Vec<NodeRef<'a>> = row.children_it(false).filter(is_cell).collect();
        for cell in cells {
            for node in cell.children() {
                block.append_child(&node);
            }
        }
    }
    table.insert_before(&block);
    table.remove_from_parent();
    Some(block)
}

/// Returns how a style preserves white space, if it does.
fn white_space(node: &NodeRef<'_>) -> Option<String> {
    let element = node.element_ref()?;
    let style = attribute(&element, "style")?.to_ascii_lowercase();
    let value = style.split(';').rev().find_map(|part| {
        let (name, value) = part.split_once(':')?;
        (name.trim() == "white-space")
            .then(|| value.trim_end_matches("!important").trim().to_owned())
    });
    value.filter(|value| matches!(&**value, "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
}

/// True if an element preserves its lines by its own style, and has any.
fn is_styled_as_lines(node: &NodeRef<'_>) -> bool {
    let is_plain = !node.has_name("pre") && !node.has_name("textarea");
    is_plain
        && white_space(node).is_some()
        && words_of(node).trim().contains('\n')
        && !node.ancestors_it(None).any(|around| around.has_name("pre"))
}

/// Turns lines by style into preformatted text if they are code, else into lines with breaks.
fn as_lines<'a>(node: &NodeRef<'a>) -> NodeRef<'a> {
    let has_blocks = node.descendants_it().take(MOST_NODES).any(|inside| {
        inside.element_ref().is_some_and(|element| {
            matches!(
                &*element.name.local,
                "p" | "div"
                    | "ul"
                    | "ol"
                    | "table"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "section"
                    | "article"
                    | "pre"
            )
        })
    });
    if is_code(node) && !has_blocks {
        match node.has_name("code") || node.has_name("span") {
            true => {
                let block = node.tree.new_element("pre");
                node.insert_before(&block);
                block.append_child(node);
                return block;
            }
            false => node.rename("pre"),
        }
        return *node;
    }
    let inside: Vec<NodeRef<'a>> = node.descendants_it().take(MOST_NODES).collect();
    for text in inside.iter().filter(|inside| inside.is_text()) {
        let words = text.text().to_string();
        let between_blocks = has_blocks && words.trim().is_empty();
        if !words.contains('\n') || between_blocks {
            continue;
        }
        let words = words.trim_matches('\n');
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                text.insert_before(&node.tree.new_element("br"));
            }
            text.insert_before(&node.tree.new_text(line.to_owned()));
        }
        text.remove_from_parent();
    }
    *node
}

/// True if lines by style are code or columns, in which every space counts.
fn is_code(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").unwrap_or_default().to_ascii_lowercase();
    let is_monospaced = ["mono", "courier", "consolas", "menlo"]
        .iter()
        .any(|face| style.contains(face));
    let keeps_all = white_space(node).is_some_and(|value| value == "pre");
    let is_marked = node.has_name("code") || has_class(node, &CODE);
    let holds = node
        .descendants_it()
        .take(MOST_NODES)
        .any(|inside| inside.has_name("code"));
    is_monospaced || keeps_all || is_marked || holds
}

/// Removes line numbers from preformatted text.
fn without_gutters(block: &NodeRef<'_>) {
    let inside: Vec<NodeRef<'_>> = block.descendants_it().take(MOST_NODES).collect();
    for node in inside
        .iter()
        .filter(|node| node.is_element() && is_gutter(node))
    {
        node.remove_from_parent();
    }
}

/// Adds a line end to each line that has its own element.
fn with_line_ends(block: &NodeRef<'_>) {
    let inside: Vec<NodeRef<'_>> = block.descendants_it().take(MOST_NODES).collect();
    for node in inside.iter().filter(|node| is_line(node)) {
        let Some(next) = node.next_sibling() else {
            continue;
        };
        let next_has = next.is_text() && next.text().starts_with(['\n', '\r']);
        // White space between elements that are laid out as lines is not shown.
        if !ends_line(node) && !next_has {
            node.insert_after(&node.tree.new_text("\n"));
        }
    }
}

/// True if an element is one of several lines.
fn is_line(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else {
        return false;
    };
    let name = &*element.name.local;
    let style = attribute(&element, "style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_block = style.replace(' ', "").contains("display:block");
    let is_named = name == "span" && classes(&element).any(|class| LINE_CLASSES.contains(&class));
    let has_twin = || {
        let is_like = |other: &NodeRef<'_>| other.has_name(name);
        let before = node.prev_element_sibling();
        let after = node.next_element_sibling();
        before.iter().chain(&after).any(is_like)
    };
    match name {
        "code" => node
            .parent()
            .is_some_and(|parent| is_of_code_lines(&parent)),
        // Blocks are separate anyway.
        _ => is_block || (is_named && has_twin()),
    }
}

/// True if a block consists of several `code` elements: each is a line. Between words, or in an
/// element that is itself a line, `code` is a part marked by a highlighter.
fn is_of_code_lines(block: &NodeRef<'_>) -> bool {
    let is_line = |node: &NodeRef<'_>| node.has_name("code");
    block.has_name("pre")
        && block.children_it(false).filter(is_line).nth(1).is_some()
        && block
            .children_it(false)
            .all(|node| is_line(&node) || node.is_text() && node.text().trim().is_empty())
}

/// True if the last node in an element ends its line.
fn ends_line(node: &NodeRef<'_>) -> bool {
    let mut at = *node;
    loop {
        if at.is_text() {
            return at.text().ends_with('\n');
        }
        if at.has_name("br") {
            return true;
        }
        match at.last_child() {
            Some(last) => at = last,
            None => return false,
        }
    }
}
