//! What each format cannot hold of a note, as data: the laws of the round trips take it from here.

use postil::model::annotation::{Annotation, Attachment, Colour, Extra, Target};
use postil::model::article::ArticleId;
use postil::model::exchange::Format;
use postil::ui::strings::EN;

use super::strategies::id;

/// The formats that are read back, and the fields that each cannot hold.
pub const LOSSES: [(Format, &[Field]); 7] = [
    (Format::WebAnnotation, &[Field::Occurrences]),
    (Format::AnnotationList, &[Field::Occurrences]),
    (Format::WebPage, &[Field::Occurrences]),
    (Format::Hypothesis, &[Field::Occurrences]),
    (Format::Readium, &[Field::Occurrences]),
    (Format::Csv, &[Field::Occurrences]),
    (
        Format::Readwise,
        &[
            Field::Id,
            Field::Article,
            Field::Surroundings,
            Field::Position,
            Field::Text,
            Field::Occurrences,
            Field::Attachment,
            Field::SpacesInTags,
            Field::Colour,
            Field::Modified,
            Field::Other,
        ],
    ),
];

/// A field of a note, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The id: another one is made from the content.
    Id,
    /// The IRI of the article, unless it is an address of the web.
    Article,
    /// The text before and after a passage.
    Surroundings,
    /// The position of a passage.
    Position,
    /// The digest and the date of the text that the position refers to.
    Text,
    /// How often the words of a passage occur in that text.
    Occurrences,
    /// What the reader has resolved about a passage that changed.
    Attachment,
    /// White space within tags, which becomes a hyphen, and full stops before them.
    SpacesInTags,
    /// The colour.
    Colour,
    /// The date of the last edit.
    Modified,
    /// The fields of other programs.
    Other,
}

impl Field {
    const ALL: [Self; 11] = [
        Self::Id,
        Self::Article,
        Self::Surroundings,
        Self::Position,
        Self::Text,
        Self::Occurrences,
        Self::Attachment,
        Self::SpacesInTags,
        Self::Colour,
        Self::Modified,
        Self::Other,
    ];

    /// What it is for a reader.
    fn said(self) -> &'static str {
        match self {
            Self::Id => "The note's identity; one is made from its content",
            Self::Article => "The address of an article that is not on the web",
            Self::Surroundings => "The words around a passage",
            Self::Position => "The position of a passage",
            Self::Text => "Which version of the text was read",
            Self::Occurrences => "How often the words of a passage occur in that version",
            Self::Attachment => "What was decided about a passage that had changed",
            Self::SpacesInTags => "Spaces within tags, which become hyphens",
            Self::Colour => "The colour",
            Self::Modified => "The date of the last edit",
            Self::Other => "Fields of other programs",
        }
    }
}

/// The name of a format in the documentation.
fn name(format: Format) -> &'static str {
    (EN.bar.format)(format)
}

/// The table of the documentation: a row for each field, a column for each format.
fn table() -> String {
    let heads = LOSSES
        .iter()
        .map(|(format, _)| format!(" {} |", name(*format)));
    let rules = LOSSES.iter().map(|_| " :-: |".to_owned());
    let mut table = format!("| What a note has |{}\n", heads.collect::<String>());
    table += &format!("| --- |{}\n", rules.collect::<String>());
    for field in Field::ALL {
        let cell = |(_, lost): &(_, &[Field])| {
            if lost.contains(&field) {
                " lost |"
            } else {
                " ✓ |"
            }
        };
        let cells: String = LOSSES.iter().map(cell).collect();
        table += &format!("| {} |{cells}\n", field.said());
    }
    table
}

#[test]
fn the_documentation_says_what_is_lost() {
    let documentation = include_str!("../../docs/formats.md");
    let table = table();
    assert!(
        documentation.contains(&table),
        "docs/formats.md should have:\n{table}"
    );
}

/// The fields that a format cannot hold.
pub fn losses(format: Format) -> &'static [Field] {
    let losses = LOSSES.iter().find(|(other, _)| *other == format);
    losses.expect("the format is read back").1
}

/// The note as a format holds it: without what it cannot hold.
pub fn as_held(format: Format, note: &Annotation) -> Annotation {
    let mut note = note.clone();
    for field in losses(format) {
        lose(&mut note, *field);
    }
    note
}

fn lose(note: &mut Annotation, field: Field) {
    match field {
        Field::Id => note.id = id(0),
        Field::Article => {
            note.article = ArticleId::of_iri("");
            each(note, |target| target.source.clear());
        }
        Field::Surroundings => each(note, |target| {
            if let Some(quote) = &mut target.quote {
                quote.prefix.clear();
                quote.suffix.clear();
            }
        }),
        Field::Position => each(note, |target| target.position = None),
        Field::Text => each(note, |target| {
            (target.digest, target.version) = (None, None)
        }),
        Field::Occurrences => each(note, |target| target.standing = None),
        Field::Attachment => note.attached = None,
        Field::SpacesInTags => {
            let mut tags: Vec<String> = Vec::new();
            for tag in &note.tags {
                let words: Vec<&str> = tag.trim_start_matches('.').split_whitespace().collect();
                let tag = words.join("-");
                if !tag.is_empty() && !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            note.tags = tags;
        }
        Field::Colour => note.colour = Colour::default(),
        Field::Modified => note.modified = None,
        Field::Other => note.extra = Extra::default(),
    }
}

fn each(note: &mut Annotation, change: impl Fn(&mut Target)) {
    change(&mut note.target);
    note.more.iter_mut().for_each(&change);
    if let Some(Attachment::At(target)) = &mut note.attached {
        change(target);
    }
}

#[test]
fn each_format_is_listed_once() {
    for (index, (format, _)) in LOSSES.iter().enumerate() {
        assert!(!LOSSES[..index].iter().any(|(other, _)| other == format));
    }
}
