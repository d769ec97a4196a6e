//! Generators of articles, passages and notes in every script, for the laws of the model.

use std::rc::Rc;

use postil::model::anchoring::{Anchor, Candidate, Confidence, describe};
use postil::model::annotation::{
    Annotation, AnnotationId, Attachment, Colour, Extra, Quote, Stamp, Target, Timestamp,
};
use postil::model::article::builder::ArticleBuilder;
use postil::model::article::{
    Article, Attribute, Attributes, Counterpart, Description, Source, Tag,
};
use postil::model::digest::Digest;
use postil::model::findings::Findings;
use postil::model::notebook::{Change, Intent, Notebook, Transaction};
use postil::model::text::{CodePointRange, TextRange, snap_to_graphemes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A configuration with this many cases; a failure is printed in full, so no file records it.
pub fn laws(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Words that differ in their numbers of bytes, UTF-16 units, code points and graphemes.
pub const WORDS: [&str; 30] = [
    "the",
    "passage",
    "a",
    "words",
    "42",
    "naïve",
    "re\u{301}sume\u{301}",
    "👨‍👩‍👧‍👦",
    "🇺🇳🇩🇪🇫🇷",
    "🏳️‍🌈",
    "👍🏽",
    "😀",
    "𝔘𝔫𝔦",
    "שָׁלוֹם",
    "עולם",
    "مرحبا",
    "لغة",
    "字典",
    "日本語。",
    "ภาษาไทย",
    "น้ำ",
    "नमस्ते",
    "한국어",
    "soft\u{ad}hyphen",
    "\u{2067}isolated\u{2069}",
    "\u{200f}mark",
    "a\u{a0}b",
    "zero\u{200b}width",
    "\u{301}alone",
    "\u{feff}",
];

const GAPS: [&str; 7] = [" ", " ", " ", "", "  ", "\n", "\t"];
const INLINES: [Tag; 8] = [
    Tag::Em,
    Tag::Strong,
    Tag::A,
    Tag::Code,
    Tag::Sub,
    Tag::Span,
    Tag::Bdi,
    Tag::Ruby,
];
const HEADINGS: [Tag; 4] = [Tag::H1, Tag::H2, Tag::H3, Tag::H6];

/// Words with white space of every kind between them.
pub fn phrase() -> impl Strategy<Value = String> {
    vec((select(&WORDS[..]), select(&GAPS[..])), 0..9).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect()
    })
}

/// Any text, with a preference for difficult ones.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => phrase(),
        1 => vec(phrase(), 8..24).prop_map(|phrases| phrases.concat()),
        1 => any::<String>(),
    ]
}

/// A call of the builder by an importer.
#[derive(Debug, Clone)]
pub enum Step {
    Open(Tag, Attributes),
    Close,
    Words(String),
    Break,
    Void(Tag, Attributes),
    Part,
}

fn void(tag: Tag, attribute: Attribute, value: &str) -> Step {
    Step::Void(tag, Attributes::none().with(attribute, value))
}

fn wrapped(tag: Tag, inner: Vec<Step>) -> Vec<Step> {
    let attributes = match tag {
        Tag::A => Attributes::none().with(Attribute::Href, "https://example.org/?a=b#c"),
        Tag::Span => Attributes::none().with(Attribute::Dir, "rtl"),
        _ => Attributes::none(),
    };
    let mut steps = vec![Step::Open(tag, attributes)];
    steps.extend(inner);
    steps.push(Step::Close);
    steps
}

fn inlines() -> BoxedStrategy<Vec<Step>> {
    let plain = prop_oneof![
        8 => phrase().prop_map(|words| vec![Step::Words(words)]),
        1 => Just(vec![Step::Break]),
        1 => Just(vec![void(Tag::Img, Attribute::Src, "https://example.org/a.png")]),
        1 => Just(vec![void(Tag::NoteReference, Attribute::Label, "1")]),
    ];
    let inline = plain.prop_recursive(3, 10, 3, |inner| {
        (select(&INLINES[..]), vec(inner, 1..4))
            .prop_map(|(tag, parts)| wrapped(tag, parts.concat()))
    });
    vec(inline, 1..4).prop_map(|parts| parts.concat()).boxed()
}

fn list_of(tag: Tag, items: Vec<Vec<Step>>) -> Vec<Step> {
    let items = items.into_iter().flat_map(|item| wrapped(Tag::Li, item));
    wrapped(tag, items.collect())
}

fn table_of(rows: Vec<Vec<Vec<Step>>>) -> Vec<Step> {
    let row = |cells: Vec<Vec<Step>>| {
        let cells = cells.into_iter().flat_map(|cell| wrapped(Tag::Td, cell));
        wrapped(Tag::Tr, cells.collect())
    };
    wrapped(Tag::Table, rows.into_iter().flat_map(row).collect())
}

fn blocks() -> BoxedStrategy<Vec<Step>> {
    let leaf = prop_oneof![
        5 => inlines().prop_map(|inner| wrapped(Tag::P, inner)),
        1 => (select(&HEADINGS[..]), inlines()).prop_map(|(tag, inner)| wrapped(tag, inner)),
        1 => "[ \t\na-cé字\u{ad}]{0,16}".prop_map(|code| wrapped(Tag::Pre, vec![Step::Words(code)])),
        1 => inlines(),
        1 => Just(vec![Step::Void(Tag::Hr, Attributes::none())]),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            (select(&[Tag::Ul, Tag::Ol][..]), vec(inner.clone(), 1..4))
                .prop_map(|(tag, items)| list_of(tag, items)),
            vec(vec(inner.clone(), 1..4), 1..4).prop_map(table_of),
            vec(inner, 1..4).prop_map(|parts| wrapped(Tag::Blockquote, parts.concat())),
        ]
    })
    .boxed()
}

/// Steps that no correct importer takes: unmatched closing and opening.
fn soup() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => phrase().prop_map(Step::Words),
        3 => select(Tag::ALL).prop_map(|tag| Step::Open(tag, Attributes::none())),
        2 => Just(Step::Close),
        1 => Just(Step::Break),
        1 => Just(Step::Part),
        1 => select(&[Tag::Hr, Tag::Img, Tag::Reading, Tag::NoteReturn][..])
            .prop_map(|tag| Step::Void(tag, Attributes::none())),
    ];
    vec(step, 0..50)
}

fn description() -> impl Strategy<Value = Description> {
    let source = prop_oneof![
        Just(Source::Pasted),
        Just(Source::Bundled("sample".to_owned())),
        Just(Source::Address("https://example.org/a?b=c".to_owned())),
        Just(Source::File("ein Text.md".to_owned())),
    ];
    (source, phrase(), any::<bool>()).prop_map(|(source, title, known)| Description {
        language: known.then(|| "he".to_owned()),
        direction: known.then(|| "rtl".to_owned()),
        byline: known.then(|| title.clone()),
        work: known.then(|| "https://example.org/work".to_owned()),
        other: known.then(|| Counterpart::Page(Digest::of(&title))),
        ..Description::new(source, &title)
    })
}

fn build(steps: &[Step], description: Description) -> Article {
    let mut builder = ArticleBuilder::new();
    for step in steps.iter().cloned() {
        match step {
            Step::Open(tag, attributes) => builder.open(tag, attributes),
            Step::Close => builder.close(),
            Step::Words(words) => builder.text(&words),
            Step::Break => builder.line_break(),
            Step::Void(tag, attributes) => builder.void(tag, attributes),
            Step::Part => builder.part(),
        }
    }
    builder
        .finish(description)
        .expect("the builder keeps the invariants of an article")
}

fn built(steps: impl Strategy<Value = Vec<Step>>) -> impl Strategy<Value = Article> {
    (steps, description()).prop_map(|(steps, description)| build(&steps, description))
}

/// An article of any shape, perhaps without words.
pub fn article() -> BoxedStrategy<Article> {
    prop_oneof![
        6 => built(vec(blocks(), 0..6).prop_map(|blocks| blocks.concat())),
        2 => built(soup()),
        1 => long_article(),
    ]
    .boxed()
}

/// An article of enough paragraphs for several chunks.
pub fn long_article() -> BoxedStrategy<Article> {
    let paragraph = prop_oneof![
        20 => phrase(),
        1 => phrase().prop_map(|words| words.repeat(400)),
    ]
    .prop_map(|words| wrapped(Tag::P, vec![Step::Words(words)]));
    built(vec(paragraph, 30..130).prop_map(|blocks| blocks.concat())).boxed()
}

/// An article with at least one word.
pub fn worded() -> BoxedStrategy<Article> {
    let first = || wrapped(Tag::P, vec![Step::Words("first words 😀".to_owned())]);
    let steps = vec(blocks(), 0..5).prop_map(move |blocks| [first(), blocks.concat()].concat());
    built(steps).boxed()
}

/// An article of these paragraphs.
pub fn of_paragraphs(paragraphs: &[&str]) -> Article {
    of_page(paragraphs, None)
}

/// The same, with the page's other text.
pub fn of_page(paragraphs: &[&str], other: Option<Counterpart>) -> Article {
    let steps = paragraphs
        .iter()
        .flat_map(|words| wrapped(Tag::P, vec![Step::Words((*words).to_owned())]));
    let source = Source::Address("https://example.org/a".to_owned());
    let description = Description {
        other,
        ..Description::new(source, "Test")
    };
    build(&steps.collect::<Vec<_>>(), description)
}

/// The range between two places of a text, in bytes; it may cut a character.
pub fn between(text: &str, one: &Index, other: &Index) -> TextRange {
    let places = text.len() + 1;
    TextRange::from_usize(one.index(places), other.index(places))
}

/// The range between two places, in whole graphemes; not empty unless the text is.
pub fn passage(text: &str, one: &Index, other: &Index) -> TextRange {
    let range = snap_to_graphemes(text, between(text, one, other));
    match range.start() as usize {
        _ if !range.is_empty() => range,
        start if start < text.len() => {
            snap_to_graphemes(text, TextRange::from_usize(start, text.len()))
        }
        _ => TextRange::from_usize(0, text.len()),
    }
}

/// Ingredients of a note, independent of any article.
#[derive(Debug, Clone)]
pub struct Seed {
    place: (Index, Index),
    put: (Index, Index),
    kind: u8,
    settled: u8,
    id: u128,
    note: String,
    tags: Vec<&'static str>,
    colour: Colour,
    created: Option<u8>,
    modified: Option<u8>,
}

const TAGS: [&str; 7] = [
    "law",
    "to read",
    "字典",
    "שלום",
    "👍🏽",
    "Moss, Ida",
    "\"so\"",
];

/// A seed, for `plant` to make a note of.
pub fn seed() -> impl Strategy<Value = Seed> {
    let words = prop_oneof![Just(String::new()), phrase(), any::<String>(),];
    let tags = proptest::sample::subsequence(&TAGS[..], 0..3);
    let dates = (
        proptest::option::of(0..60_u8),
        proptest::option::of(0..60_u8),
    );
    let (places, said) = (
        any::<[(Index, Index); 2]>(),
        (words, tags, select(&Colour::ALL[..]), dates),
    );
    let kinds = (0..10_u8, 0..12_u8);
    (places, kinds, any::<u128>(), said).prop_map(|(places, kinds, id, said)| {
        let ([place, put], (kind, settled)) = (places, kinds);
        let (note, tags, colour, (created, modified)) = said;
        Seed {
            place,
            put,
            kind,
            settled,
            id,
            note,
            tags,
            colour,
            created,
            modified,
        }
    })
}

impl Seed {
    /// Makes the note on an article: mostly on a passage, else on the whole or unanchored.
    pub fn plant(&self, article: &Article) -> Annotation {
        let range = passage(article.text(), &self.place.0, &self.place.1);
        let target = match self.kind {
            0 => Target {
                source: article.iri(),
                digest: Some(article.digest().clone()),
                ..Target::default()
            },
            1 => unanchored(article),
            _ if range.is_empty() => unanchored(article),
            _ => describe(article, range),
        };
        let further = passage(article.text(), &self.put.0, &self.put.1);
        let has_more = self.kind > 6 && target.quote.is_some() && !further.is_empty();
        Annotation {
            id: id(self.id),
            article: article.id(),
            target,
            more: has_more
                .then(|| describe(article, further))
                .into_iter()
                .collect(),
            attached: self.attached(article),
            note: self.note.clone(),
            tags: self.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            colour: self.colour,
            created: self.created.map(at),
            modified: self.modified.map(at),
            extra: Extra::default(),
        }
    }
}

impl Seed {
    /// How the reader has resolved the note, in this text or in another one.
    fn attached(&self, article: &Article) -> Option<Attachment> {
        let other = of_paragraphs(&["another text", "of the same article"]);
        let put = |on: &Article| {
            let target = describe(on, passage(on.text(), &self.put.0, &self.put.1));
            let source = article.iri();
            Attachment::At(Target { source, ..target })
        };
        match self.settled {
            0 => Some(put(article)),
            1 => Some(put(&other)),
            2 => Some(Attachment::Nowhere(article.digest().clone())),
            3 => Some(Attachment::Nowhere(Digest::of("yet another text"))),
            _ => None,
        }
    }
}

/// Ingredients of an anchor, independent of any text.
#[derive(Debug, Clone)]
pub struct Search {
    kind: u8,
    places: Vec<(Index, Index)>,
    thousandths: u16,
}

/// A search, for `in_text` to make an anchor of.
pub fn search() -> impl Strategy<Value = Search> {
    let places = vec(any::<(Index, Index)>(), 2..5);
    (0..8_u8, places, 0..=1_000_u16).prop_map(|(kind, places, thousandths)| Search {
        kind,
        places,
        thousandths,
    })
}

impl Search {
    /// The anchor that the search gives in a text.
    pub fn in_text(&self, text: &str) -> Anchor {
        let candidate = |(one, other): &(Index, Index)| Candidate {
            range: passage(text, one, other),
            confidence: Confidence::of_thousandths(self.thousandths),
        };
        let places: Vec<Candidate> = self.places.iter().map(candidate).collect();
        let start = places[0].range.start();
        let gap = TextRange::new(start, start);
        match self.kind {
            0 => Anchor::Exact(places[0].range),
            1 => Anchor::Moved(places[0]),
            2 => Anchor::Changed(places[0]),
            3 => Anchor::Ambiguous(places),
            4 => Anchor::Replaced(places[0]),
            5 => Anchor::Replaced(Candidate {
                range: gap,
                ..places[0]
            }),
            6 => Anchor::Orphan {
                suggestion: Some(places[0]),
            },
            _ => Anchor::orphan(),
        }
    }
}

fn unanchored(article: &Article) -> Target {
    Target {
        source: article.iri(),
        quote: Some(Quote {
            exact: "words that stand nowhere ⁂".to_owned(),
            ..Quote::default()
        }),
        position: Some(CodePointRange::new(1, 4)),
        ..Target::default()
    }
}

/// The id with this number, in the form of a UUID.
pub fn id(number: u128) -> AnnotationId {
    let hex = format!("{number:032x}");
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    AnnotationId::parse(&parts.join("-")).expect("a UUID is an id")
}

fn at(second: u8) -> Timestamp {
    Timestamp(format!("2024-05-06T07:08:{second:02}.000Z").into())
}

/// The id and time of the edit with this number.
pub fn stamp(number: u32) -> Stamp {
    Stamp {
        id: id(number.into()),
        at: Timestamp(format!("2025-01-01T00:00:00.{number:06}Z").into()),
    }
}

/// A notebook that holds these notes.
pub fn notebook_of(notes: impl IntoIterator<Item = Annotation>) -> Notebook {
    let changes = notes.into_iter().map(|note| Change::add(Rc::new(note)));
    let transaction = Transaction {
        intent: Intent::Import,
        changes: changes.collect(),
    };
    Notebook::default()
        .apply(&transaction)
        .expect("an empty notebook conflicts with nothing")
}

/// The results of these searches as findings for a notebook's notes.
pub fn findings_of(article: &Article, notebook: &Notebook, searches: &[Search]) -> Findings {
    let mut findings = Findings::of(article.digest());
    let found = notebook.iter().zip(searches);
    let found = found.map(|(note, search)| (note.clone(), search.in_text(article.text())));
    findings.add(found.collect());
    findings
}

/// An article with notes on it.
pub fn annotated() -> impl Strategy<Value = (Article, Notebook)> {
    (worded(), vec(seed(), 0..8)).prop_map(|(article, seeds)| {
        let notes: Vec<Annotation> = seeds.iter().map(|seed| seed.plant(&article)).collect();
        (article, notebook_of(notes))
    })
}
