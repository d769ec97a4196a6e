//! Fills a template: the language is that of Jinja (<https://docs.rs/minijinja>), without files,
//! clock or anything else outside of the notes.

use minijinja::filters as of_minijinja;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

use super::chapters::{Chapter, Document, Entry};
use super::filters;
use super::problem::{Problem, TemplateError};

/// Work that any template may do: at most a second of it. One unit is a step, or 64 bytes of text.
const WORK: u64 = 1_000_000;
/// Work for each note, on top of its words: some ten times what the templates here do.
const WORK_PER_NOTE: u64 = 1_000;
/// How many times the words of all notes may be handled.
const HANDLED: u64 = 16;
/// How deep loops may stand in each other.
const DEPTH: usize = 50;
/// Longest template, in bytes; a longer one is no template.
const LONGEST: usize = 100_000;

/// Fills a template with a document.
///
/// # Errors
/// If the template is not understood, asks for what there is not, or comes to no end.
pub fn render(template: &str, document: &Document) -> Result<String, TemplateError> {
    if template.len() > LONGEST {
        return Err(TemplateError::new(1, Problem::Endless, ""));
    }
    let filled = environment(document).and_then(|environment| {
        let template = environment.template_from_str(template)?;
        template.render(values(document))
    });
    let text = filled.map_err(|error| explained(&error, template))?;
    Ok([text.trim_end(), "\n"].concat())
}

fn environment(document: &Document) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::empty();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_recursion_limit(DEPTH);
    let notes: u64 = document.notes().count() as u64;
    let bytes: u64 = document.notes().map(|note| note.bytes() as u64).sum();
    environment.set_fuel(Some(WORK + notes * WORK_PER_NOTE + bytes * HANDLED / 64));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    environment.set_syntax(syntax);
    of_jinja(&mut environment);
    environment.add_filter("quote", |text: &str| filters::quote(text));
    environment.add_filter("literal", |text: &str| filters::literal(text));
    environment.add_filter("yaml", |value: Value| match value.as_str() {
        Some(text) => filters::yaml(text),
        None => filters::yaml(&value.to_string()),
    });
    environment.add_filter("block", |id: &str| filters::block(id));
    environment.add_filter("tag", tags);
    Ok(environment)
}

/// Adds the filters of Jinja that are of use for notes: all of them would double the engine's weight.
fn of_jinja(environment: &mut Environment) {
    environment.add_filter("upper", of_minijinja::upper);
    environment.add_filter("lower", of_minijinja::lower);
    environment.add_filter("trim", of_minijinja::trim);
    environment.add_filter("replace", of_minijinja::replace);
    environment.add_filter("indent", of_minijinja::indent);
    environment.add_filter("default", of_minijinja::default);
    environment.add_filter("join", of_minijinja::join);
    environment.add_filter("length", of_minijinja::length);
    environment.add_filter("first", of_minijinja::first);
    environment.add_filter("last", of_minijinja::last);
}

/// A hashtag of a tag, or hashtags of a list of them.
fn tags(value: Value) -> Result<String, Error> {
    if value.kind() != ValueKind::Seq {
        return Ok(filters::tag(&value.to_string()));
    }
    let tags = value.try_iter()?.map(|tag| filters::tag(&tag.to_string()));
    let tags: Vec<String> = tags.filter(|tag| !tag.is_empty()).collect();
    Ok(tags.join(" "))
}

/// Everything that a template can ask for, by the names that are promised.
fn values(document: &Document) -> Value {
    let words = Value::from_pairs([("link", document.link_name.clone())]);
    Value::from_pairs([
        ("title", Value::from(&document.title)),
        ("author", Value::from(&document.author)),
        ("source", Value::from(&document.source)),
        ("exportDate", Value::from(&document.date)),
        ("tags", list(&document.tags, |tag| Value::from(tag))),
        ("chapters", list(&document.chapters, chapter)),
        ("words", words),
    ])
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::from(items.iter().map(value).collect::<Vec<Value>>())
}

fn chapter(chapter: &Chapter) -> Value {
    Value::from_pairs([
        ("heading", Value::from(&chapter.heading)),
        ("level", Value::from(chapter.level)),
        ("annotations", list(&chapter.notes, note)),
    ])
}

fn note(note: &Entry) -> Value {
    Value::from_pairs([
        ("text", Value::from(&note.text)),
        ("note", Value::from(&note.note)),
        ("colour", Value::from(note.colour)),
        ("colourName", Value::from(&note.colour_name)),
        ("tags", list(&note.tags, |tag| Value::from(tag))),
        ("link", Value::from(&note.link)),
        ("id", Value::from(&note.id)),
        ("timestamp", Value::from(&note.created)),
        ("modified", Value::from(&note.modified)),
    ])
}

/// Says what is wrong with a template, in terms that can be translated.
fn explained(error: &Error, template: &str) -> TemplateError {
    let part = error.range().and_then(|range| template.get(range));
    let part = part.map(|part| part.trim_matches('.'));
    let (problem, detail) = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => (Problem::Syntax, error.detail()),
        ErrorKind::UndefinedError => (Problem::UnknownVariable, part),
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod => (Problem::UnknownName, error.detail()),
        ErrorKind::OutOfFuel => (Problem::Endless, None),
        _ => (Problem::Unusable, error.detail()),
    };
    TemplateError::new(
        error.line().unwrap_or(1),
        problem,
        detail.unwrap_or_default(),
    )
}
