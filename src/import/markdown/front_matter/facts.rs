//! What front matter says, in whichever of its three languages it is written.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::yaml::Entries;

/// Tables in which some generators keep what they do not know themselves.
const WITHIN: [&str; 3] = ["params", "extra", "metadata"];
/// Tables in each other that are looked into.
const DEEPEST: usize = 16;

/// Keys and values.
pub(super) enum Facts<'a> {
    /// Of YAML, as lines.
    Lines(Entries<'a>),
    /// Of TOML or JSON.
    Table(Map<String, Value>),
}

impl<'a> Facts<'a> {
    /// Of YAML.
    pub(super) fn of_yaml(text: &'a str) -> Option<Self> {
        Entries::of(text).map(Self::Lines)
    }

    /// Of TOML; what is not understood of it is passed over, as long as something is.
    pub(super) fn of_toml(text: &str) -> Option<Self> {
        let (table, _) = DeTable::parse_recoverable(text);
        let table = table_of(table.get_ref(), DEEPEST);
        (!table.is_empty()).then_some(Self::Table(table))
    }

    /// Of JSON, with or without the braces around it; where it is not quite JSON, of its lines.
    pub(super) fn of_json(text: &'a str) -> Option<Self> {
        let whole = text.trim();
        let braced = format!("{{{}}}", whole.trim_end_matches(','));
        let read = |json: &str| serde_json::from_str::<Map<String, Value>>(json).ok();
        if let Some(table) = read(whole).or_else(|| read(&braced)) {
            return (!table.is_empty()).then_some(Self::Table(table));
        }
        let inside = whole.strip_prefix('{').unwrap_or(whole);
        let inside = inside.strip_suffix('}').unwrap_or(inside);
        Entries::of_json_lines(inside).map(Self::Lines)
    }

    /// The first value under one of some keys that is one text and not empty.
    pub(super) fn first(&self, keys: &[&str]) -> Option<String> {
        let value = |key: &&str| self.all(key, &[]).into_iter().next();
        keys.iter().find_map(value)
    }

    /// The values under a key: one, or those of a list; of things with keys that under `names`.
    pub(super) fn all(&self, key: &str, names: &[&str]) -> Vec<String> {
        let table = match self {
            Self::Lines(entries) => return entries.all(key, names),
            Self::Table(table) => table,
        };
        let within = WITHIN
            .iter()
            .filter_map(|name| table.get(*name)?.as_object());
        let tables = [table].into_iter().chain(within);
        let mut values = tables.filter_map(|table| {
            let mut entries = table.iter();
            entries.find_map(|(name, value)| name.eq_ignore_ascii_case(key).then_some(value))
        });
        values
            .next()
            .map_or_else(Vec::new, |value| texts(value, names))
    }
}

/// The texts that a value is.
fn texts(value: &Value, names: &[&str]) -> Vec<String> {
    let values = match value {
        Value::Array(values) => &values[..],
        value => std::slice::from_ref(value),
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(table) => {
            let name = names.iter().find_map(|name| table.get(*name)?.as_str());
            name.map(|name| name.trim().to_owned())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    };
    let texts = values.iter().filter_map(text);
    texts.filter(|text| !text.is_empty()).collect()
}

fn table_of(table: &DeTable<'_>, deepest: usize) -> Map<String, Value> {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        (key.to_string(), value_of(value.get_ref(), deepest))
    };
    table.iter().map(entry).collect()
}

fn value_of(value: &DeValue<'_>, deepest: usize) -> Value {
    match value {
        _ if deepest == 0 => Value::Null,
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => Value::String(number.as_str().to_owned()),
        DeValue::Float(number) => Value::String(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(values) => {
            let values = values.iter();
            values
                .map(|value| value_of(value.get_ref(), deepest - 1))
                .collect()
        }
        DeValue::Table(table) => Value::Object(table_of(table, deepest - 1)),
    }
}
