//! The language of the search in notes: words, `"phrases"` and fields (`tag:law`, `color:red,blue`).
//!
//! Every term has to fit. A word fits where it occurs in the note, its quote or a tag. A field looks
//! at one thing only, for any of its values, between which stand commas; with a `-` before it, it
//! must not fit. What is compared is folded (see [`folding`](super::folding)) on both sides. The
//! filters of the notes are terms too: there is one text that says what is shown.

use std::cell::OnceCell;

use super::anchoring::Anchor;
use super::annotation::{Annotation, Colour};
use super::exchange::author;
use super::order::sorted;
use super::placements::{AnchorStatus, Placed, Unanchored};

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// What a note's anchor is like, as a search and a filter tell notes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// On its words, where they were.
    InPlace,
    /// On its words, in another place.
    Moved,
    /// On changed words.
    Changed,
    /// Its words are gone, and others are in their place.
    Replaced,
    /// It could be in several places.
    Several,
    /// In no place.
    Lost,
    /// On the page but outside the article.
    Beside,
    /// On the article as a whole.
    Whole,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::InPlace,
        Self::Moved,
        Self::Changed,
        Self::Replaced,
        Self::Several,
        Self::Lost,
        Self::Beside,
        Self::Whole,
    ];

    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::InPlace => "exact",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Replaced => "replaced",
            Self::Several => "ambiguous",
            Self::Lost => "lost",
            Self::Beside => "beside",
            Self::Whole => "article",
        }
    }

    /// The state of a note that has a place.
    pub fn of_placed(placed: &Placed) -> Self {
        match placed.status {
            AnchorStatus::Exact => Self::InPlace,
            AnchorStatus::Moved => Self::Moved,
            AnchorStatus::Changed => Self::Changed,
            AnchorStatus::Replaced => Self::Replaced,
        }
    }

    /// The state of a note that has none.
    pub fn of_unanchored(unanchored: &Unanchored) -> Self {
        match unanchored.anchor {
            Anchor::Whole => Self::Whole,
            _ if unanchored.beside => Self::Beside,
            Anchor::Ambiguous(_) => Self::Several,
            _ => Self::Lost,
        }
    }
}

/// What a term with a field looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The tags; a value between quotation marks is a whole tag.
    Tag,
    /// The words that are annotated.
    Quote,
    /// The words that were written.
    Note,
    /// Who made it: [`Maker`].
    By,
    /// The colour, by its own name or the reader's.
    Colour,
    /// The state of the anchor.
    State,
    /// Whether something was written: [`Kind`].
    Is,
    /// When it was last changed.
    Since,
    /// The title of the article.
    In,
    /// The order: [`Sort`].
    Sort,
}

impl Field {
    /// Every field, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Tag,
        Self::Quote,
        Self::Note,
        Self::By,
        Self::Colour,
        Self::State,
        Self::Is,
        Self::Since,
        Self::In,
        Self::Sort,
    ];

    /// The names by which it can be typed; the first is the one that is offered.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Tag => &["tag"],
            Self::Quote => &["quote"],
            Self::Note => &["note", "text"],
            Self::By => &["by"],
            Self::Colour => &["color", "colour"],
            Self::State => &["state"],
            Self::Is => &["is"],
            Self::Since => &["since"],
            Self::In => &["in"],
            Self::Sort => &["sort"],
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| {
            let mut names = field.names().iter();
            names.any(|known| known.eq_ignore_ascii_case(name))
        })
    }
}

/// Whether something was written on a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is a text.
    Written,
    /// It is highlighted only.
    Empty,
}

impl Kind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Written, Self::Empty];

    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Empty => "empty",
        }
    }

    /// The kind of a note.
    pub fn of(annotation: &Annotation) -> Self {
        match annotation.note.trim().is_empty() {
            true => Self::Empty,
            false => Self::Written,
        }
    }
}

/// The order of the notes that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By place in the text.
    #[default]
    Place,
    /// The latest made first.
    Made,
    /// The latest changed first.
    Changed,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Place, Self::Made, Self::Changed];

    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Made => "made",
            Self::Changed => "changed",
        }
    }

    /// Puts the indices of notes, which are by place, in this order; those of the same moment stay
    /// by place.
    pub fn arrange<'a>(self, found: &mut Vec<usize>, of: &dyn Fn(usize) -> &'a Annotation) {
        let moment = |note: &'a Annotation| match self {
            Self::Place => None,
            Self::Made => note.created.as_ref(),
            Self::Changed => note.last_touched(),
        };
        if self == Self::Place {
            return;
        }
        // Moments in the form that Postil writes are in the order of their letters.
        let key = |index: usize| moment(of(index)).map(|at| &*at.0);
        let places = sorted(found.len(), &|one, other| {
            key(found[other]).cmp(&key(found[one]))
        });
        *found = places.into_iter().map(|place| found[place]).collect();
    }
}

/// What a query is read with.
pub trait Surroundings {
    /// Folds words (see [`folding`](super::folding)).
    fn folded(&self, words: &str) -> String;
    /// The reader's name of a colour, if it has one.
    fn colour_name(&self, colour: Colour) -> Option<String>;
    /// The name that the reader's own notes may bear, if there is one.
    fn me(&self) -> Option<String>;
    /// Now, in milliseconds since 1970.
    fn now(&self) -> f64;
    /// The local midnight with which today begins, in milliseconds since 1970.
    fn today(&self) -> f64;
    /// The milliseconds since 1970 of a time in ISO 8601; in local time if it has no offset.
    fn moment(&self, time: &str) -> Option<f64>;
}

/// Who made a note, as it is typed after [`Field::By`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker<'a> {
    /// The reader: no author is stated, or one of the reader's own name.
    Reader,
    /// Who is called so.
    Named(&'a str),
    /// Whose name has these words in it.
    Like(&'a str),
}

impl<'a> Maker<'a> {
    /// The word that means the reader, unless it stands between quotation marks.
    const READER: &'static str = "me";

    fn of(value: &Value<'a>) -> Self {
        match value.quoted {
            true => Self::Named(value.text),
            false if value.text.eq_ignore_ascii_case(Self::READER) => Self::Reader,
            false => Self::Like(value.text),
        }
    }

    fn written(self) -> String {
        match self {
            Self::Reader => Self::READER.to_owned(),
            Self::Named(name) => quoted(name),
            Self::Like(words) => words.to_owned(),
        }
    }
}

/// Folded words to look for.
#[derive(Debug, Clone, PartialEq)]
struct Words {
    folded: String,
    /// True if nothing may stand beside them.
    whole: bool,
}

impl Words {
    /// True if whatever has these words has the others too.
    fn imply(&self, other: &Self) -> bool {
        self == other || (!other.whole && self.folded.contains(&*other.folded))
    }

    fn are_in(&self, folded: &str) -> bool {
        match self.whole {
            true => folded == self.folded,
            false => folded.contains(&*self.folded),
        }
    }
}

/// What a term asks for: any of its values.
#[derive(Debug, Clone, PartialEq)]
enum Condition {
    /// Occurs anywhere.
    Words(String),
    Tag(Vec<Words>),
    Quote(Vec<Words>),
    Note(Vec<Words>),
    In(Vec<Words>),
    By {
        /// True if the notes fit that have no stated author.
        unstated: bool,
        names: Vec<Words>,
    },
    Colour(Vec<Colour>),
    State(Vec<State>),
    Is(Vec<Kind>),
    Since(f64),
}

#[derive(Debug, Clone, PartialEq)]
struct Term {
    condition: Condition,
    /// True if the condition must not hold.
    absent: bool,
}

impl Term {
    /// True if whatever fits this fits the other, as far as that can be told quickly.
    fn implies(&self, other: &Self) -> bool {
        let all = |these: &[Words], others: &[Words]| {
            let implies_any = |one: &Words| others.iter().any(|other| one.imply(other));
            these.iter().all(implies_any)
        };
        let narrows = match (&self.condition, &other.condition) {
            (Condition::Words(this), Condition::Words(other)) => this.contains(&**other),
            (Condition::Tag(these), Condition::Tag(others))
            | (Condition::Quote(these), Condition::Quote(others))
            | (Condition::Note(these), Condition::Note(others))
            | (Condition::In(these), Condition::In(others)) => all(these, others),
            (
                Condition::By {
                    unstated: this,
                    names: these,
                },
                Condition::By {
                    unstated: other,
                    names: others,
                },
            ) => (*other || !*this) && all(these, others),
            _ => false,
        };
        self == other || (narrows && !self.absent && !other.absent)
    }
}

/// A query as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    terms: Vec<Term>,
    order: Sort,
    misread: Option<Field>,
}

impl Query {
    /// Reads a query; what has no meaning yet, such as a field without a value, is no condition.
    pub fn read(typed: &str, with: &dyn Surroundings) -> Self {
        let mut query = Self::default();
        for token in tokens(typed) {
            query.take(&token, with);
        }
        query
    }

    fn take(&mut self, token: &Token<'_>, with: &dyn Surroundings) {
        let values = token.values.iter().map(|value| Words {
            folded: with.folded(value.text),
            whole: value.quoted && token.field == Some(Field::Tag),
        });
        let values: Vec<Words> = values.filter(|value| !value.folded.is_empty()).collect();
        let Some(first) = values.first() else { return };
        let begins = |name: &str| {
            let name = with.folded(name);
            values.iter().any(|value| name.starts_with(&*value.folded))
        };
        let condition = match token.field {
            None => Condition::Words(first.folded.clone()),
            Some(Field::Tag) => Condition::Tag(values),
            Some(Field::Quote) => Condition::Quote(values),
            Some(Field::Note) => Condition::Note(values),
            Some(Field::In) => Condition::In(values),
            Some(Field::By) => by(&token.values, with),
            Some(Field::Colour) => Condition::Colour(chosen(&Colour::ALL, |colour| {
                begins(colour.name()) || with.colour_name(*colour).is_some_and(|name| begins(&name))
            })),
            Some(Field::State) => {
                Condition::State(chosen(&State::ALL, |state| begins(state.name())))
            }
            Some(Field::Is) => Condition::Is(chosen(&Kind::ALL, |kind| begins(kind.name()))),
            Some(Field::Since) => {
                let from = token
                    .values
                    .first()
                    .and_then(|value| since(value.text, with));
                Condition::Since(from.unwrap_or(f64::NAN))
            }
            Some(Field::Sort) => {
                let meant = Sort::ALL.into_iter().find(|order| begins(order.name()));
                match meant {
                    Some(order) => self.order = order,
                    None => self.misread = token.field,
                }
                return;
            }
        };
        let has_no_meaning = match &condition {
            Condition::Colour(colours) => colours.is_empty(),
            Condition::State(states) => states.is_empty(),
            Condition::Is(kinds) => kinds.is_empty(),
            Condition::Since(moment) => moment.is_nan(),
            _ => false,
        };
        if has_no_meaning {
            self.misread = token.field;
        }
        self.terms.push(Term {
            condition,
            absent: token.absent,
        });
    }

    /// The colours that are asked for; none if any will do.
    pub fn colours(&self) -> Vec<Colour> {
        self.asked_for(|condition| match condition {
            Condition::Colour(colours) => Some(colours),
            _ => None,
        })
    }

    /// The states that are asked for; none if any will do.
    pub fn states(&self) -> Vec<State> {
        self.asked_for(|condition| match condition {
            Condition::State(states) => Some(states),
            _ => None,
        })
    }

    /// The kinds that are asked for; none if either will do.
    pub fn kinds(&self) -> Vec<Kind> {
        self.asked_for(|condition| match condition {
            Condition::Is(kinds) => Some(kinds),
            _ => None,
        })
    }

    fn asked_for<T: Copy>(&self, of: impl Fn(&Condition) -> Option<&Vec<T>>) -> Vec<T> {
        let present = self.terms.iter().filter(|term| !term.absent);
        let values = present.filter_map(|term| of(&term.condition));
        values.flatten().copied().collect()
    }

    /// The order in which the notes are wanted.
    pub fn order(&self) -> Sort {
        self.order
    }

    /// The field whose value has no meaning, so that no note fits.
    pub fn misread(&self) -> Option<Field> {
        self.misread
    }

    /// The folded words that are looked for in quotes and in what was written, to mark them there.
    pub fn words(&self) -> Vec<&str> {
        let present = self.terms.iter().filter(|term| !term.absent);
        let words = present.flat_map(|term| match &term.condition {
            Condition::Words(words) => vec![&**words],
            Condition::Quote(words) | Condition::Note(words) => {
                words.iter().map(|words| &*words.folded).collect()
            }
            _ => Vec::new(),
        });
        words.collect()
    }

    /// True if every note that fits this query fits an earlier one too, so that no others need to be
    /// looked at: as when more is typed.
    pub fn narrows(&self, earlier: &Self) -> bool {
        let is_implied = |old: &Term| self.terms.iter().any(|new| new.implies(old));
        earlier.misread.is_none() && earlier.terms.iter().all(is_implied)
    }

    /// True if a note fits.
    pub fn fits(&self, note: &Searched<'_>) -> bool {
        let fits = |term: &Term| note.is(&term.condition) != term.absent;
        self.misread.is_none() && self.terms.iter().all(fits)
    }
}

/// Reads who is meant, so that a note with the reader's own name is the reader's too.
fn by(values: &[Value<'_>], with: &dyn Surroundings) -> Condition {
    let makers = values.iter().map(Maker::of);
    let words = |name: &str, whole: bool| Words {
        folded: with.folded(name),
        whole,
    };
    let names = makers.clone().filter_map(|maker| match maker {
        Maker::Reader => with.me().map(|name| words(&name, true)),
        Maker::Named(name) => Some(words(name, true)),
        Maker::Like(part) => Some(words(part, false)),
    });
    Condition::By {
        unstated: makers.clone().any(|maker| maker == Maker::Reader),
        names: names.filter(|name| !name.folded.is_empty()).collect(),
    }
}

fn chosen<T: Copy>(all: &[T], is_meant: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|one| is_meant(one)).copied().collect()
}

/// The values that the terms of a field ask for, as they were typed.
pub fn values_of(typed: &str, field: Field) -> Vec<&str> {
    let values = typed_values(typed, field).into_iter();
    values.map(|value| value.text).collect()
}

/// The people whose notes the terms of [`Field::By`] ask for, as they were typed.
pub fn makers_of(typed: &str) -> Vec<Maker<'_>> {
    let values = typed_values(typed, Field::By);
    values.iter().map(Maker::of).collect()
}

fn typed_values(typed: &str, field: Field) -> Vec<Value<'_>> {
    let of_field = tokens(typed)
        .into_iter()
        .filter(|token| token.field == Some(field) && !token.absent);
    let values = of_field.flat_map(|token| token.values);
    values.filter(|value| !value.text.is_empty()).collect()
}

/// Returns a query in which a field asks for any of these values, or for none; the rest stays as it
/// was typed.
pub fn with_values(typed: &str, field: Field, values: &[&str]) -> String {
    let values = values.iter().map(|value| written(field, value));
    with_written(typed, field, &values.collect::<Vec<_>>())
}

/// Returns a query that asks for the notes of any of these people, or of all; the rest stays as it was
/// typed.
pub fn with_makers(typed: &str, makers: &[Maker<'_>]) -> String {
    let makers = makers.iter().map(|maker| maker.written());
    with_written(typed, Field::By, &makers.collect::<Vec<_>>())
}

fn with_written(typed: &str, field: Field, values: &[String]) -> String {
    let tokens = tokens(typed);
    let others = tokens
        .iter()
        .filter(|token| token.field != Some(field) || token.absent);
    let mut terms: Vec<String> = others.map(|token| token.typed.to_owned()).collect();
    if !values.is_empty() {
        terms.push(format!("{}:{}", field.names()[0], values.join(",")));
    }
    terms.join(" ")
}

/// A value as a query has it: between quotation marks where it needs any.
fn written(field: Field, value: &str) -> String {
    let is_plain = |c: char| !c.is_whitespace() && !",\"“„«".contains(c);
    match field {
        Field::Tag => quoted(value),
        _ if value.chars().all(is_plain) => value.to_owned(),
        _ => quoted(value),
    }
}

/// A value between the marks that it does not contain.
fn quoted(value: &str) -> String {
    match value.contains('"') {
        true => format!("“{value}”"),
        false => format!("\"{value}\""),
    }
}

/// The words of a note as a search compares them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedNote {
    note: String,
    tags: Vec<String>,
    quotes: Vec<String>,
    /// The name of its stated author, once a search has asked for it: to find it takes reading JSON.
    maker: OnceCell<Option<String>>,
}

impl FoldedNote {
    /// Folds the [words of a note](Annotation::texts) in their order.
    pub fn of(annotation: &Annotation, fold: &mut dyn FnMut(&str) -> String) -> Self {
        let tags = annotation.tags.len();
        let mut folded = annotation.texts().map(fold);
        Self {
            note: folded.next().unwrap_or_default(),
            tags: folded.by_ref().take(tags).collect(),
            quotes: folded.collect(),
            maker: OnceCell::new(),
        }
    }
}

/// A note with what a query can ask about it.
pub struct Searched<'a> {
    /// Its words.
    pub folded: &'a FoldedNote,
    /// The note.
    pub annotation: &'a Annotation,
    /// The state of its anchor; `None` while it is looked for.
    pub state: Option<State>,
    /// The folded title of its article.
    pub title: &'a str,
    /// What the query was read with.
    pub with: &'a dyn Surroundings,
}

impl Searched<'_> {
    /// The folded name of its stated author.
    fn maker(&self) -> Option<&str> {
        let read = || author(&self.annotation.extra).map(|name| self.with.folded(&name));
        self.folded.maker.get_or_init(read).as_deref()
    }

    fn is(&self, condition: &Condition) -> bool {
        let FoldedNote {
            note,
            tags,
            quotes,
            maker: _,
        } = self.folded;
        let any = |among: &[String], words: &[Words]| {
            let has = |words: &Words| among.iter().any(|one| words.are_in(one));
            words.iter().any(has)
        };
        match condition {
            Condition::Words(words) => {
                let mut all = std::iter::once(note).chain(quotes).chain(tags);
                all.any(|one| one.contains(&**words))
            }
            Condition::Tag(words) => any(tags, words),
            Condition::Quote(words) => any(quotes, words),
            Condition::Note(words) => words.iter().any(|words| words.are_in(note)),
            Condition::In(words) => words.iter().any(|words| words.are_in(self.title)),
            Condition::By { unstated, names } => match self.maker() {
                Some(maker) => names.iter().any(|name| name.are_in(maker)),
                None => *unstated,
            },
            Condition::Colour(colours) => colours.contains(&self.annotation.colour),
            Condition::State(states) => self.state.is_some_and(|state| states.contains(&state)),
            Condition::Is(kinds) => kinds.contains(&Kind::of(self.annotation)),
            Condition::Since(from) => {
                let touched = self.annotation.last_touched();
                let touched = touched.and_then(|at| self.with.moment(&at.0));
                touched.is_some_and(|touched| touched >= *from)
            }
        }
    }
}

/// A value of a term as it was typed.
struct Value<'a> {
    text: &'a str,
    quoted: bool,
}

/// A term as it was typed.
struct Token<'a> {
    typed: &'a str,
    absent: bool,
    field: Option<Field>,
    values: Vec<Value<'a>>,
}

fn tokens(typed: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let token = Token::first_of(rest);
        rest = rest[token.typed.len()..].trim_start();
        tokens.push(token);
    }
    tokens
}

impl<'a> Token<'a> {
    /// Reads the first term of a text that does not begin with white space.
    fn first_of(typed: &'a str) -> Self {
        let bare = typed.strip_prefix('-').unwrap_or(typed);
        let named = bare.split_once([':', '：']).and_then(|(name, after)| {
            let field = Field::from_name(name)?;
            Some((field, after))
        });
        let up_to = |rest: &str| &typed[..typed.len() - rest.len()];
        // A hyphen before a word is one that is looked for.
        let Some((field, mut rest)) = named else {
            let (value, rest) = first_value(typed, false);
            return Self {
                typed: up_to(rest),
                absent: false,
                field: None,
                values: vec![value],
            };
        };
        let mut values = Vec::new();
        loop {
            let (value, after) = first_value(rest, true);
            values.push(value);
            match after.strip_prefix(',') {
                Some(more) => rest = more,
                None => {
                    return Self {
                        typed: up_to(after),
                        absent: bare.len() < typed.len(),
                        field: Some(field),
                        values,
                    };
                }
            }
        }
    }
}

/// Splits off a word, which ends at white space and in a list at a comma, or what is between
/// quotation marks; a mark that nobody closes goes to the end.
fn first_value(typed: &str, in_list: bool) -> (Value<'_>, &str) {
    let closing: &[char] = match typed.chars().next() {
        Some('"') => &['"'],
        Some('“' | '„') => &['”', '“'],
        Some('«') => &['»'],
        _ => {
            let ends = |c: char| c.is_whitespace() || (in_list && c == ',');
            let (text, rest) = typed.split_at(typed.find(ends).unwrap_or(typed.len()));
            let quoted = false;
            return (Value { text, quoted }, rest);
        }
    };
    let after_mark = |text: &'_ str| text.chars().next().map_or(0, char::len_utf8);
    let inner = &typed[after_mark(typed)..];
    let end = inner.find(closing).unwrap_or(inner.len());
    let (text, rest) = inner.split_at(end);
    let value = Value { text, quoted: true };
    (value, &rest[after_mark(rest)..])
}

/// Reads a day (`2026-11-01`, `2026-11`, `2026`, `today`, `yesterday`) or a length of time before now
/// (`12h`, `3days`, `"2 weeks"`; a bare number counts days).
fn since(typed: &str, with: &dyn Surroundings) -> Option<f64> {
    let typed = typed.trim().to_ascii_lowercase();
    match typed.as_str() {
        "today" => return Some(with.today()),
        "yesterday" => return Some(with.today() - DAY),
        _ => {}
    }
    let digits = typed
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(typed.len());
    let (number, unit) = typed.split_at(digits);
    let day = match (number.len(), typed.len()) {
        (4, 4) => Some(format!("{typed}-01-01")),
        (4, 7) => Some(format!("{typed}-01")),
        (4, 10) => Some(typed.clone()),
        _ => None,
    };
    if let Some(day) = day {
        return with.moment(&format!("{day}T00:00"));
    }
    let count: u32 = number.parse().ok()?;
    let unit = unit.trim();
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    let length = match singular {
        "min" | "minute" => DAY / 1_440.0,
        "h" | "hour" => DAY / 24.0,
        "" | "d" | "day" => DAY,
        "w" | "week" => 7.0 * DAY,
        "month" => 30.0 * DAY,
        "y" | "year" => 365.0 * DAY,
        _ => return None,
    };
    Some(with.now() - f64::from(count) * length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::annotation::{AnnotationId, Extra, Quote, Target, Timestamp};
    use crate::model::article::ArticleId;

    const TODAY: f64 = 1_000.0 * DAY;

    struct Plain;

    impl Surroundings for Plain {
        fn folded(&self, words: &str) -> String {
            words.trim().to_lowercase()
        }
        fn colour_name(&self, colour: Colour) -> Option<String> {
            (colour == Colour::Red).then(|| "Doubt".to_owned())
        }
        fn me(&self) -> Option<String> {
            Some("Meg".to_owned())
        }
        fn now(&self) -> f64 {
            TODAY + DAY / 2.0
        }
        fn today(&self) -> f64 {
            TODAY
        }
        fn moment(&self, time: &str) -> Option<f64> {
            // Days since the first one, for tests.
            let day = time.strip_suffix("T00:00").unwrap_or(time);
            let known = [
                ("2026-11-01", 990.0),
                ("2026-11", 990.0),
                ("2026-01-01", 700.0),
            ];
            let known = known.into_iter().find(|(name, _)| *name == day);
            known
                .map(|(_, day)| day)
                .or_else(|| day.parse().ok())
                .map(|day| day * DAY)
        }
    }

    fn note(quote: &str, words: &str, tags: &[&str], colour: Colour, day: u32) -> Annotation {
        let target = Target {
            quote: Some(Quote {
                exact: quote.to_owned(),
                ..Quote::default()
            }),
            ..Target::default()
        };
        Annotation {
            id: AnnotationId::parse("1").expect("an id"),
            article: ArticleId::of_iri("https://example.org/"),
            target,
            more: Vec::new(),
            attached: None,
            note: words.to_owned(),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            colour,
            created: Some(Timestamp(day.to_string().into())),
            modified: None,
            extra: Extra::default(),
        }
    }

    /// The same note with a stated author.
    fn by(name: &str, mut note: Annotation) -> Annotation {
        let json = format!(r#"{{"a":{{"creator":{{"name":"{name}"}}}}}}"#);
        note.extra = Extra::of_json(&json);
        note
    }

    fn notes() -> [Annotation; 4] {
        [
            note(
                "the long arm",
                "of the law",
                &["law", "to read"],
                Colour::Red,
                998,
            ),
            by(
                "Ada Moss",
                note("a margin", "", &["law school"], Colour::Yellow, 999),
            ),
            by(
                "ADA",
                note(
                    "of glosses",
                    "Long ago: a tag:line",
                    &[],
                    Colour::Blue,
                    1_000,
                ),
            ),
            by(
                "meg",
                note("Der Rand", "", &["Recht, altes"], Colour::Grey, 900),
            ),
        ]
    }

    fn found(typed: &str) -> Vec<usize> {
        let query = Query::read(typed, &Plain);
        let fits = |note: &Annotation| {
            query.fits(&Searched {
                folded: &FoldedNote::of(note, &mut |words| Plain.folded(words)),
                annotation: note,
                state: Some(match note.colour {
                    Colour::Grey => State::Lost,
                    _ => State::InPlace,
                }),
                title: "on margins",
                with: &Plain,
            })
        };
        let notes = notes();
        let all = notes.iter().enumerate();
        all.filter(|(_, note)| fits(note))
            .map(|(index, _)| index)
            .collect()
    }

    #[test]
    fn every_word_and_every_field_has_to_fit() {
        for (typed, wanted) in [
            ("", &[0, 1, 2, 3][..]),
            ("long", &[0, 2]),
            ("long law", &[0]),
            ("\"long arm\"", &[0]),
            ("“long arm", &[0]),
            ("tag:law", &[0, 1]),
            ("tag:\"law\"", &[0]),
            ("TAG:„to read“", &[0]),
            ("tag:\"recht, altes\",\"to read\"", &[0, 3]),
            ("-tag:law", &[2, 3]),
            ("quote:long", &[0]),
            ("note:long", &[2]),
            ("text:long", &[2]),
            ("color:doubt", &[0]),
            ("colour:ye,blue", &[1, 2]),
            ("state:lost", &[3]),
            ("-state:lost is:empty", &[1]),
            ("is:written", &[0, 2]),
            ("by:ada", &[1, 2]),
            ("by:\"ada\"", &[2]),
            ("BY:“Ada Moss”,meg", &[1, 3]),
            ("by:me", &[0, 3]),
            ("by:\"me\"", &[]),
            ("by:m", &[1, 3]),
            ("by:Me,moss", &[0, 1, 3]),
            ("-by:me", &[1, 2]),
            ("-by:\"ada\",\"meg\" long", &[0]),
            ("by:nobody", &[]),
            ("by: long", &[0, 2]),
            ("in:margins", &[0, 1, 2, 3]),
            ("in:glosses", &[]),
            ("tag: long", &[0, 2]),
            ("ago: tag:", &[2]),
            ("-long", &[]),
            ("sort:made", &[0, 1, 2, 3]),
        ] {
            assert_eq!(found(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn since_takes_days_and_lengths_of_time() {
        for (typed, wanted) in [
            ("since:today", &[2][..]),
            ("since:yesterday", &[1, 2]),
            ("since:2d", &[1, 2]),
            ("since:3", &[0, 1, 2]),
            ("since:\"2 weeks\"", &[0, 1, 2]),
            ("since:1h", &[]),
            ("since:1000h", &[0, 1, 2]),
            ("since:2026-11-01", &[0, 1, 2]),
            ("since:2026-11", &[0, 1, 2]),
            ("since:2026", &[0, 1, 2, 3]),
        ] {
            assert_eq!(found(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn what_has_no_meaning_finds_nothing_and_is_told() {
        for (typed, field) in [
            ("color:ultraviolet", Field::Colour),
            ("-state:nowhere", Field::State),
            ("since:soon", Field::Since),
            ("sort:beauty", Field::Sort),
            ("is:good", Field::Is),
        ] {
            assert_eq!(found(typed), [0; 0], "{typed}");
            assert_eq!(Query::read(typed, &Plain).misread(), Some(field));
        }
        assert_eq!(Query::read("color:", &Plain).misread(), None);
    }

    #[test]
    fn the_words_to_mark_are_those_that_are_looked_for() {
        let query = Query::read(
            "Long quote:\"the Arm\" -note:law tag:x sort:changed",
            &Plain,
        );
        assert_eq!(query.words(), ["long", "the arm"]);
        assert_eq!(query.order(), Sort::Changed);
    }

    #[test]
    fn a_filter_is_a_term_and_leaves_the_others() {
        let typed = "long  color:red -tag:x";
        let blue = with_values(typed, Field::Colour, &["red", "blue"]);
        assert_eq!(blue, "long -tag:x color:red,blue");
        assert_eq!(values_of(&blue, Field::Colour), ["red", "blue"]);
        assert_eq!(with_values(&blue, Field::Colour, &[]), "long -tag:x");
        let tags = ["to read", "Moss, Ida", "5\" pipe", "law"];
        let tagged = with_values("", Field::Tag, &tags);
        assert_eq!(tagged, "tag:\"to read\",\"Moss, Ida\",“5\" pipe”,\"law\"");
        assert_eq!(values_of(&tagged, Field::Tag), tags);
        assert_eq!(values_of("tag: -tag:a", Field::Tag), [""; 0]);
    }

    #[test]
    fn people_are_chosen_by_their_whole_names() {
        let people = [
            Maker::Reader,
            Maker::Named("me"),
            Maker::Named("Ada, \"A\""),
        ];
        let typed = with_makers("long by:moss -by:x", &people);
        assert_eq!(typed, "long -by:x by:me,\"me\",“Ada, \"A\"”");
        assert_eq!(makers_of(&typed), people);
        assert_eq!(
            makers_of("by:moss,\"Ada\""),
            [Maker::Like("moss"), Maker::Named("Ada")]
        );
        assert_eq!(with_makers(&typed, &[]), "long -by:x");
    }

    #[test]
    fn only_what_is_among_the_found_may_be_looked_for_among_them() {
        let narrows = |typed: &str, earlier: &str| {
            let [query, earlier] = [typed, earlier].map(|typed| Query::read(typed, &Plain));
            query.narrows(&earlier)
        };
        assert!(narrows("by:mos", "by:mo"));
        assert!(narrows("by:\"ada moss\"", "by:moss,me"));
        assert!(narrows("by:me", "by:me,moss"));
        // "me" is somebody else than those whose names begin with it.
        assert!(!narrows("by:meg", "by:me") && !narrows("by:me", "by:m"));
        assert!(!narrows("by:moss", "by:me") && !narrows("-by:moss", "-by:mos"));
    }
}
