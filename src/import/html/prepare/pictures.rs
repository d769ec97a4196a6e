//! Inserts pictures that a script would have inserted: those in `noscript`, in `picture` without an
//! `img`, and of AMP pages.

mod scriptless;

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashSet;

use super::super::pictures::{candidates, counts_visits, has_address, is_lazy, names_picture};
use super::super::words::words_at;
use scriptless::pictures_in;

/// Picture elements of AMP pages (<https://amp.dev/documentation/components/amp-img>).
const QUICK: [&str; 2] = ["amp-img", "amp-anim"];
/// Maximum number of siblings searched for the picture that a `noscript` replaces.
const MOST_SIBLINGS: usize = 6;
/// Maximum number of nodes examined in such a sibling.
const MOST_NODES: usize = 40;
/// Attributes that the picture takes over from the one it replaces.
const KEPT: [&str; 5] = ["alt", "height", "id", "title", "width"];
/// Elements that mark a picture as meant to be looked at.
const FRAMES: [&str; 2] = ["figure", "picture"];
const STEPS_TO_FRAME: usize = 4;

/// Inserts the pictures.
pub(super) fn prepare(document: &Document) {
    let root = document.root();
    let nodes: Vec<NodeRef<'_>> = root.descendants_it().collect();
    for node in &nodes {
        if QUICK.iter().any(|name| node.has_name(name)) {
            unwrap_quick(node);
        } else if node.has_name("picture") {
            fill(node);
        }
    }
    let scriptless: Vec<&NodeRef<'_>> = nodes
        .iter()
        .filter(|node| node.has_name("noscript") && !is_in_head(node))
        .collect();
    if scriptless.is_empty() {
        return;
    }
    let mut shown: FxHashSet<String> = FxHashSet::default();
    for node in root.descendants_it().filter(|node| node.has_name("img")) {
        shown.extend(first_address(&node));
    }
    for noscript in scriptless {
        take_out(noscript, &mut shown);
    }
}

fn is_in_head(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|parent| parent.has_name("head"))
}

/// Turns an AMP element into the picture that it loads.
fn unwrap_quick(node: &NodeRef<'_>) {
    let inside = images_in(node);
    if inside.iter().any(has_picture) {
        return node.rename("span");
    }
    node.remove_children();
    node.rename("img");
}

/// Gives a picture without a usable address that of its first source.
fn fill(picture: &NodeRef<'_>) {
    let image = picture
        .children_it(false)
        .find(|child| child.has_name("img"));
    if image.as_ref().is_some_and(has_picture) {
        return;
    }
    let sources: Vec<NodeRef<'_>> = picture.children();
    let source = sources
        .into_iter()
        .find(|child| child.has_name("source") && has_picture(child));
    let Some(source) = source else {
        return;
    };
    let Some(address) = first_address(&source) else {
        return;
    };
    match image {
        Some(image) => image.set_attr("src", &address),
        None => {
            let image = picture.tree.new_element("img");
            image.set_attr("src", &address);
            picture.append_child(&image);
        }
    }
}

fn has_picture(node: &NodeRef<'_>) -> bool {
    node.element_ref()
        .is_some_and(|element| has_address(&element))
}

fn first_address(node: &NodeRef<'_>) -> Option<String> {
    let element = node.element_ref()?;
    candidates(&element)
        .first()
        .map(|address| (*address).to_owned())
}

fn images_in<'a>(node: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let inside = node.descendants_it().take(MOST_NODES);
    inside.filter(|inside| inside.has_name("img")).collect()
}

/// Moves the pictures of a `noscript` into the page.
fn take_out(noscript: &NodeRef<'_>, shown: &mut FxHashSet<String>) {
    let mut found = pictures_in(noscript);
    found.retain(|image| {
        image
            .element_ref()
            .is_some_and(|element| !counts_visits(&element) && has_address(&element))
    });
    if let [image] = found.as_slice()
        && let Some(twin) = twin_of(noscript).filter(|twin| is_same(twin, image))
    {
        for name in KEPT {
            let own = image.attr(name).filter(|own| !own.trim().is_empty());
            if own.is_none()
                && let Some(value) = twin.attr(name)
            {
                image.set_attr(name, &value);
            }
        }
        shown.extend(first_address(image));
        twin.replace_with(image);
        return;
    }
    for image in &found {
        let address = first_address(image).unwrap_or_default();
        if is_to_look_at(noscript, image, &address) && shown.insert(address) {
            noscript.insert_before(image);
        }
    }
}

/// True if a picture that occurs nowhere else does more than count visits.
fn is_to_look_at(noscript: &NodeRef<'_>, image: &NodeRef<'_>, address: &str) -> bool {
    let mut around = noscript.ancestors_it(Some(STEPS_TO_FRAME));
    let is_framed = around.any(|around| FRAMES.iter().any(|frame| around.has_name(frame)));
    let is_named = image.attr("alt").is_some_and(|alt| !alt.trim().is_empty());
    let is_file = names_picture(address) && !address.to_ascii_lowercase().contains(".gif");
    let is_sized = image.has_attr("width") && image.has_attr("height");
    let is_off = image.attr("style").is_some_and(|style| {
        let style = style.to_ascii_lowercase();
        style.contains("absolute") || style.contains("fixed") || style.contains("none")
    });
    is_framed || (!is_off && (is_named || is_file || is_sized))
}

/// Returns the picture beside a `noscript`, alone or in a wrapper.
fn twin_of<'a>(noscript: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let look = |forward: bool| {
        let mut at = *noscript;
        for _ in 0..MOST_SIBLINGS {
            at = match forward {
                true => at.next_sibling()?,
                false => at.prev_sibling()?,
            };
            if at.has_name("img") {
                return Some(at);
            }
            if at.has_name("noscript") {
                continue;
            }
            let has_words = !words_at(&at).trim().is_empty()
                || at.descendants_it().take(MOST_NODES).any(|inside| {
                    !inside
                        .parent()
                        .is_some_and(|parent| parent.has_name("noscript"))
                        && !words_at(&inside).trim().is_empty()
                });
            if has_words {
                return None;
            }
            match images_in(&at).as_slice() {
                [] => {}
                [image] => return Some(*image),
                _ => return None,
            }
        }
        None
    };
    look(false).or_else(|| look(true))
}

/// True if two elements are the same picture.
fn is_same(twin: &NodeRef<'_>, image: &NodeRef<'_>) -> bool {
    let (Some(one), Some(other)) = (twin.element_ref(), image.element_ref()) else {
        return false;
    };
    let (ones, others) = (candidates(&one), candidates(&other));
    let is_held = ones.iter().all(|address| address.starts_with("data:"));
    let alt = |node: &NodeRef<'_>| node.attr("alt").filter(|alt| !alt.trim().is_empty());
    let shares_file = || {
        let files: Vec<String> = others.iter().map(|address| file(address)).collect();
        ones.iter().any(|address| files.contains(&file(address)))
    };
    let shares_words = || alt(twin).is_some() && alt(twin) == alt(image);
    is_held || is_lazy(&one) || shares_file() || shares_words()
}

/// Returns the file name in an address without its size and ending.
fn file(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_size = |c: char| c.is_ascii_digit() || "x-_@".contains(c);
    let bare = stem.trim_end_matches(is_size);
    match bare.is_empty() {
        true => stem.to_owned(),
        false => bare.to_owned(),
    }
}
