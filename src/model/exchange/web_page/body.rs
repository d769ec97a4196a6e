//! The blocks of an article, or of a note, as HTML, with marks where notes are.

use super::marks::{Marks, Passage};
use super::markup::Markup;
use super::notes::{Notes, element_id};
use crate::model::address::{is_link, is_remote};
use crate::model::article::{Article, Attribute, Attributes, Piece, Tag};
use crate::model::exchange::Export;
use crate::model::links::{OWN_FRAGMENT, Target};
use crate::model::text::TextRange;

/// What stands before the ids of the article's own elements.
const OWN: &str = "a-";

/// Writes an article, each block followed by the notes that begin in it.
pub fn write_article(page: &mut Markup, export: &Export, notes: &Notes) {
    let mut body = Body::of(export, notes, OWN);
    body.marks = Marks::of(notes.passages());
    let (article, mut offset, mut depth, mut noted) = (export.article, 0, 0_usize, 0);
    for piece in article.pieces() {
        if depth == 0 && matches!(piece, Piece::Open { .. }) {
            page.raw("\n");
        }
        body.piece(page, article, piece, offset);
        offset += piece.length();
        match piece {
            Piece::Open { .. } => depth += 1,
            Piece::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    noted = notes.write_beside(page, noted, offset);
                }
            }
            _ => {}
        }
    }
    notes.write_beside(page, noted, u32::MAX);
    page.raw("\n");
}

/// Writes the words of a note; `ids` stands before the ids of its elements.
pub fn write_note(page: &mut Markup, export: &Export, notes: &Notes, note: &Article, ids: &str) {
    let mut body = Body::of(export, notes, ids);
    let mut offset = 0;
    for piece in note.pieces() {
        body.piece(page, note, piece, offset);
        offset += piece.length();
    }
}

/// Writes one piece after the other.
struct Body<'a> {
    export: &'a Export<'a>,
    notes: &'a Notes<'a>,
    ids: &'a str,
    marks: Marks<'a>,
    open: Vec<Opened>,
    /// True within a leaf.
    is_in_leaf: bool,
}

/// A tag that is open.
struct Opened {
    tag: Tag,
    is_leaf: bool,
    /// Number of its elements.
    elements: u8,
}

impl<'a> Body<'a> {
    fn of(export: &'a Export<'a>, notes: &'a Notes<'a>, ids: &'a str) -> Self {
        Self {
            export,
            notes,
            ids,
            marks: Marks::default(),
            open: Vec::new(),
            is_in_leaf: false,
        }
    }

    fn piece(&mut self, page: &mut Markup, article: &Article, piece: &Piece, offset: u32) {
        match piece {
            Piece::Open {
                tag,
                leaf: is_leaf,
                attributes,
            } => {
                let elements = self.opened(page, *tag, attributes);
                self.is_in_leaf |= is_leaf;
                self.open.push(Opened {
                    tag: *tag,
                    is_leaf: *is_leaf,
                    elements,
                });
            }
            Piece::Text(length) => {
                let range = TextRange::new(offset, offset + length);
                self.words(page, article.text(), range);
            }
            Piece::Break => {
                // The line feed is part of the text; the element breaks the line.
                self.words(page, article.text(), TextRange::new(offset, offset + 1));
                page.void("br", &[]);
            }
            Piece::Separator(_) => {}
            Piece::Close => self.close(page),
        }
    }

    fn close(&mut self, page: &mut Markup) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        if closed.is_leaf {
            self.refer(page);
            self.is_in_leaf = false;
        }
        for _ in 0..closed.elements {
            page.close();
        }
        self.refer_if_free(page);
    }

    /// Writes words, in a `mark` where notes are on them.
    fn words(&mut self, page: &mut Markup, text: &str, range: TextRange) {
        let mut from = range.start();
        while from < range.end() {
            for number in self.marks.begin(from) {
                let id = ["p-", &number.to_string()].concat();
                page.element("span", &[("id", &id)], "");
            }
            let to = self.marks.same_until(range.end());
            let words = TextRange::new(from, to).slice(text).unwrap_or_default();
            let is_marked = open_mark(page, self.marks.open());
            page.text(words);
            if is_marked {
                page.close();
            }
            self.marks.end(to);
            self.refer_if_free(page);
            from = to;
        }
    }

    /// Writes references within a leaf, unless something is open that may hold none.
    fn refer_if_free(&mut self, page: &mut Markup) {
        let holds_links =
            |tag: Tag| !matches!(tag, Tag::A | Tag::Ruby | Tag::Tex) && !tag.is_mathematical();
        if self.is_in_leaf && self.open.iter().all(|open| holds_links(open.tag)) {
            self.refer(page);
        }
    }

    /// Writes the numbers of the notes whose passages have ended.
    fn refer(&mut self, page: &mut Markup) {
        for number in std::mem::take(&mut self.marks.ended) {
            let Some(note) = self.notes.numbered(number) else {
                continue;
            };
            let target = ["#", &element_id(&note.id)].concat();
            let number = number.to_string();
            let label = [&self.export.wording.note, " ", &number].concat();
            page.open("sup", &[("class", "ref")]);
            page.element("a", &[("href", &target), ("aria-label", &label)], &number);
            page.close();
        }
    }

    /// Opens the elements of a tag; returns their number.
    fn opened(&self, page: &mut Markup, tag: Tag, attributes: &Attributes) -> u8 {
        let label = attributes.get(Attribute::Label).unwrap_or_default();
        match tag {
            Tag::Img => {
                self.picture(page, attributes);
                return 0;
            }
            Tag::Hr => {
                page.void("hr", &[]);
                return 0;
            }
            Tag::NoteReference => page.open("sup", &[]),
            Tag::Table => page.open("div", &[("class", "table")]),
            _ => {}
        }
        let values = self.values(tag, attributes);
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let element = match tag {
            // What leads nowhere is no link.
            Tag::A if !values.iter().any(|(name, _)| *name == "href") => "span",
            tag => tag.element(),
        };
        page.open(element, &values);
        match tag {
            Tag::Reading | Tag::NoteReference | Tag::NoteReturn => page.text(label),
            Tag::Footnote if !label.is_empty() => {
                page.element("span", &[("class", "label")], &[label, ". "].concat());
            }
            Tag::Callout => self.say_kind(page, attributes),
            Tag::Li => match attributes.get(Attribute::Checked) {
                Some("true") => page.text("☑ "),
                Some(_) => page.text("☐ "),
                None => {}
            },
            _ => {}
        }
        1 + u8::from(matches!(tag, Tag::NoteReference | Tag::Table))
    }

    /// Writes what a boxed remark is, in the article's own words or by the name of its kind.
    fn say_kind(&self, page: &mut Markup, attributes: &Attributes) {
        let kind = attributes.get(Attribute::Kind).unwrap_or_default();
        let label = attributes.get(Attribute::Label).unwrap_or(kind);
        if !label.is_empty() {
            page.element("p", &[("class", "label")], label);
        }
    }

    /// The attributes of a tag in HTML.
    fn values(&self, tag: Tag, attributes: &Attributes) -> Vec<(&'static str, String)> {
        let mut values = Vec::new();
        let class = match tag {
            Tag::Callout => "callout",
            Tag::Footnotes => "footnotes",
            Tag::Footnote => "footnote",
            _ => "",
        };
        if !class.is_empty() {
            values.push(("class", class.to_owned()));
        }
        for (attribute, value) in attributes.iter() {
            match attribute {
                Attribute::Href => {
                    if let Some(address) = self.address(value) {
                        values.push(("href", address));
                        values.push(("rel", "noopener noreferrer".to_owned()));
                    }
                }
                Attribute::Id => values.push(("id", [self.ids, value].concat())),
                Attribute::Space => values.push(("width", value.to_owned())),
                Attribute::Align => values.push(("data-align", value.to_owned())),
                Attribute::Reversed if value == "true" => {
                    values.push(("reversed", String::new()));
                }
                // What is folded could not be printed.
                Attribute::Open | Attribute::Reversed => {}
                Attribute::Scope if tag != Tag::Th => {}
                Attribute::Src
                | Attribute::Alt
                | Attribute::Width
                | Attribute::Height
                | Attribute::Label
                | Attribute::Kind
                | Attribute::Checked
                | Attribute::Code => {}
                other => values.push((other.code(), value.to_owned())),
            }
        }
        if tag == Tag::Details {
            values.push(("open", String::new()));
        }
        values
    }

    /// Where a link of the article or of a note leads in the page.
    fn address(&self, value: &str) -> Option<String> {
        let Some(fragment) = value.strip_prefix('#') else {
            return is_link(value).then(|| value.to_owned());
        };
        let Some(own) = fragment.strip_prefix(OWN_FRAGMENT) else {
            return Some(["#", self.ids, fragment].concat());
        };
        match Target::parse(own)? {
            Target::Note(id) => {
                let is_here = self.notes.has(&id);
                is_here.then(|| ["#", &element_id(&id)].concat())
            }
            Target::Heading { article, .. } => is_remote(&article).then(|| own.to_owned()),
        }
    }

    /// Writes a picture that is in the file itself; of another one its description, which leads to
    /// it. Nothing is fetched by who opens the page.
    fn picture(&self, page: &mut Markup, attributes: &Attributes) {
        let alt = attributes.get(Attribute::Alt).unwrap_or_default();
        let source = attributes.get(Attribute::Src).unwrap_or_default();
        if !source.is_empty() && !is_remote(source) {
            let mut values = vec![("src", source), ("alt", alt)];
            for attribute in [Attribute::Width, Attribute::Height, Attribute::Title] {
                values.extend(attributes.get(attribute).map(|it| (attribute.code(), it)));
            }
            return page.void("img", &values);
        }
        let words = match alt {
            "" => &self.export.wording.picture,
            alt => alt,
        };
        let is_in_link = self.open.iter().any(|open| open.tag == Tag::A);
        match source.is_empty() || is_in_link {
            true => page.element("span", &[("class", "picture")], words),
            false => page.element(
                "a",
                &[
                    ("class", "picture"),
                    ("href", source),
                    ("rel", "noopener noreferrer"),
                ],
                words,
            ),
        }
    }
}

/// Opens the `mark` of words on which notes are: in the colour of the last one, with another's
/// beneath, as in the app. False if there are none.
fn open_mark(page: &mut Markup, passages: &[Passage]) -> bool {
    let last =
        |fits: &dyn Fn(&Passage) -> bool| passages.iter().rev().find(|passage| fits(passage));
    let Some(top) = last(&|passage| !passage.changed).or(passages.last()) else {
        return false;
    };
    let mut ids: Vec<&str> = passages.iter().map(|one| one.note.id.as_str()).collect();
    ids.dedup();
    let mut class = top.note.colour.name().to_owned();
    if let Some(under) = last(&|passage| passage.note.id != top.note.id) {
        class.extend([" under-", under.note.colour.name()]);
    }
    if top.changed {
        class.push_str(" changed");
    }
    page.open("mark", &[("class", &class), ("data-note", &ids.join(" "))]);
    true
}
