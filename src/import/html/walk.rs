//! Walks a page's tree and builds the article, on a stack of its own, so that nesting does not use
//! the program's.

mod formulas;
mod inlines;
mod said;
mod stand_ins;

use std::cell::Ref;
use std::collections::HashSet;

use dom_query::{Element, NodeData, NodeRef};

use crate::model::article::builder::ArticleBuilder;
use crate::model::article::{Article, Attribute, Attributes, Description, Malformed, Role, Tag};

use super::addresses::Addresses;
use super::attributes::{
    attribute, attributes_of, both, callout, classes, said_of_callout, with_language,
};
use super::elements::{is_block, is_part_of_table, tag_of};
use super::extent::Extent;
use super::hidden::{FOREIGN, is_drawn, is_left_out, swallows_words};
use super::page::Page;
use super::{attributes, footnotes, media};

use said::OwnAttributes;

/// Reads a page, or a part of it, into an article.
pub(super) fn walk(
    page: &Page,
    part: Option<&Extent>,
    description: Description,
) -> Result<Article, Malformed> {
    let root = page.document.root();
    let mut walker = Walker {
        part,
        addresses: Addresses::of(page, part, &description.source),
        builder: ArticleBuilder::new(),
        levels: Vec::new(),
        said: OwnAttributes::default(),
        ids: Vec::new(),
        given: HashSet::new(),
        tables: Vec::new(),
        drawn: 0,
    };
    let mut node = root;
    loop {
        if let Some(child) = walker.enter(&node) {
            node = child;
            continue;
        }
        // Climbs to the next node that has a sibling after it.
        while node.next_sibling().is_none() || node.id == root.id {
            match node.parent() {
                Some(parent) if node.id != root.id => node = parent,
                _ => return walker.builder.finish(description),
            }
            walker.leave();
        }
        match node.next_sibling() {
            Some(next) => node = next,
            None => return walker.builder.finish(description),
        }
    }
}

struct Walker<'p> {
    /// The part of the page that is read, if that is not the whole.
    part: Option<&'p Extent>,
    builder: ArticleBuilder,
    addresses: Addresses,
    /// The elements around the present node, outermost first.
    levels: Vec<Level>,
    /// Language and direction to set on the next block.
    said: OwnAttributes,
    /// Ids of elements that are not kept, for whatever comes next.
    ids: Vec<String>,
    /// Ids given to an element so far: the first element with an id gets it.
    given: HashSet<String>,
    /// For each table around the present node, whether it is only for layout.
    tables: Vec<bool>,
    /// Total length of the addresses of drawings so far, in bytes.
    drawn: usize,
}

/// What to do when an element is left.
#[derive(Default)]
struct Level {
    /// Number of elements of the article to close.
    closes: usize,
    /// True if words after it are separate from those in it.
    parts: bool,
    /// The language and direction before it, if it changed them.
    said: Option<OwnAttributes>,
    is_table: bool,
}

impl Walker<'_> {
    /// Enters a node; returns its first child if that is to be entered next.
    fn enter<'a>(&mut self, node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut words = None;
        node.query(|data| {
            if let NodeData::Text { contents } = &data.data {
                words = Some(contents.clone());
            }
        });
        if let Some(words) = words
            && self.is_read(node)
        {
            self.text(&words);
        }
        let level = match node.element_ref() {
            Some(element) => self.element(node, &element)?,
            None => Level::default(),
        };
        let child = node.first_child();
        self.levels.push(level);
        if child.is_none() {
            self.leave();
        }
        child
    }

    /// True if words, breaks and rules are read at a node's position.
    fn is_read(&self, node: &NodeRef<'_>) -> bool {
        let in_part = |parent: &NodeRef<'_>| self.part.is_none_or(|part| part.keeps(parent));
        node.parent()
            .is_none_or(|parent| in_part(&parent) && !swallows_words(&parent))
    }

    fn leave(&mut self) {
        let Some(level) = self.levels.pop() else {
            return;
        };
        for _ in 0..level.closes {
            self.builder.close();
        }
        if level.parts {
            self.builder.part();
        }
        if let Some(said) = level.said {
            self.say(said);
        }
        if level.is_table {
            self.tables.pop();
        }
    }

    /// Begins an element; `None` if nothing in it is to be entered.
    fn element(&mut self, node: &NodeRef<'_>, element: &Ref<'_, Element>) -> Option<Level> {
        let name = &*element.name.local;
        if media::is_holder(name) {
            self.medium(node, element);
            return None;
        }
        if self.formula(node, element) || is_left_out(name, element) {
            return None;
        }
        if matches!(name, "br" | "hr") {
            self.rule(node, name);
            return None;
        }
        if self.part.is_some_and(|part| !part.reaches(node)) {
            return None;
        }
        if is_drawn(element) {
            if name == "svg" && self.drawing(node, element) {
                return None;
            }
            let foreign = (name == FOREIGN).then(|| self.pass(element));
            return Some(foreign.unwrap_or_default());
        }
        match name {
            "img" => self.picture(element),
            "rt" | "rtc" => self.reading(node),
            "a" => self.link(node, element),
            "sup" => self.raised(node, element),
            "table" => Some(self.table(node, element)),
            name if is_block(name) => self.block(node, element),
            name => match tag_of(name) {
                Some(tag) if self.is_layout(tag) => Some(self.pass(element)),
                Some(tag) if !is_undone(tag, node, element) => self.keep(node, element, tag),
                _ => Some(self.styled(element)),
            },
        }
    }

    /// Adds a break or a rule.
    fn rule(&mut self, node: &NodeRef<'_>, name: &str) {
        match name {
            _ if !self.is_read(node) => {}
            "br" => self.builder.line_break(),
            _ => self.builder.void(Tag::Hr, Attributes::none()),
        }
    }

    /// True if a part of a table belongs to one that only lays out the page.
    fn is_layout(&self, tag: Tag) -> bool {
        is_part_of_table(tag) && self.tables.last() != Some(&false)
    }

    fn table(&mut self, node: &NodeRef<'_>, element: &Ref<'_, Element>) -> Level {
        let role = attribute(element, "role").unwrap_or_default();
        // A table around the part that is read only laid out the page.
        let is_around = self.part.is_some_and(|part| !part.keeps(node));
        let is_layout = is_around || matches!(role, "presentation" | "none");
        self.tables.push(is_layout);
        let level = if is_layout {
            Some(self.pass(element))
        } else {
            self.keep(node, element, Tag::Table)
        };
        Level {
            is_table: true,
            ..level.unwrap_or_default()
        }
    }

    /// Enters a block without a tag of its own, unless its class makes it a part of the article.
    fn block(&mut self, node: &NodeRef<'_>, element: &Ref<'_, Element>) -> Option<Level> {
        if callout(element).is_some() {
            self.keep(node, element, Tag::Callout)
        } else if footnotes::are_footnotes(element) {
            self.keep(node, element, Tag::Footnotes)
        } else if footnotes::is_footnote(element) {
            self.keep(node, element, Tag::Footnote)
        } else {
            Some(self.pass(element))
        }
    }

    /// Enters a block that is not kept.
    fn pass(&mut self, element: &Element) -> Level {
        self.builder.part();
        self.note_id(element);
        // The page's own language and direction are in the article's description.
        let said = match &*element.name.local {
            "html" | "body" => OwnAttributes::default(),
            _ => OwnAttributes::of(&with_language(Attributes::none(), element)),
        };
        let before = (!said.is_empty()).then(|| self.said.clone());
        if before.is_some() {
            self.say(self.said.clone().with(said));
        }
        Level {
            parts: true,
            said: before,
            ..Level::default()
        }
    }

    /// Keeps an element.
    fn keep(&mut self, node: &NodeRef<'_>, element: &Element, tag: Tag) -> Option<Level> {
        let (tag, mut said) = match (tag, callout(element)) {
            (Tag::Callout | Tag::Blockquote, Some(kind)) => (
                Tag::Callout,
                with_language(said_of_callout(kind, element), element),
            ),
            (Tag::P, _) if is_title_of_callout(element) => return None,
            (tag, _) => (tag, attributes_of(tag, node, element)),
        };
        if let Some(id) = self.id_for(tag, element) {
            said = both(Attributes::none().with(Attribute::Id, &id), &said);
        }
        if tag == Tag::Footnote
            && let Some(label) = footnotes::label_of(node)
        {
            said.set(Attribute::Label, &label);
        }
        if tag.role() == Role::Inline {
            self.builder.open(tag, said);
            return Some(Level {
                closes: 1,
                ..Level::default()
            });
        }
        self.said.add_to(&mut said);
        self.builder.open(tag, said);
        let before = (!self.said.is_empty()).then(|| self.said.clone());
        if before.is_some() {
            self.say(OwnAttributes::default());
        }
        Some(Level {
            closes: 1,
            said: before,
            ..Level::default()
        })
    }

    /// Sets language and direction for the next block.
    fn say(&mut self, said: OwnAttributes) {
        let mut attributes = Attributes::none();
        said.add_to(&mut attributes);
        self.builder.say_of_loose_words(attributes);
        self.said = said;
    }
}

/// True if an element is less than its name says: an office's clipboard wraps everything in a `b`
/// that is not bold, and in preformatted text `code` adds nothing.
fn is_undone(tag: Tag, node: &NodeRef<'_>, element: &Element) -> bool {
    match tag {
        Tag::B | Tag::Strong => attributes::bold(element) == Some(false),
        Tag::I | Tag::Em => attributes::italic(element) == Some(false),
        Tag::Code => node.parent().is_some_and(|parent| parent.has_name("pre")),
        _ => false,
    }
}

/// True for the word "Warning" over a warning: the callout shows it already.
fn is_title_of_callout(element: &Element) -> bool {
    classes(element).any(|class| class == "markdown-alert-title")
}
