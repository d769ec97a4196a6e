//! The facts in front matter, whichever of the three languages it is written in.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::yaml::Entries;

/// Tables in which some generators keep entries that they do not define themselves.
const WITHIN: [&str; 3] = ["params", "extra", "metadata"];
/// Maximum nesting depth of tables that are read.
const DEEPEST: usize = 16;

/// Keys and values.
pub(super) enum Facts<'a> {
    /// From YAML, as lines.
    Lines(Entries<'a>),
    /// From TOML or JSON.
    Table(Map<String, Value>),
}

impl<'a> Facts<'a> {
    /// Reads YAML.
    pub(super) fn of_yaml(text: &'a str) -> Option<Self> {
        Entries::of(text).map(Self::Lines)
    }

    /// Reads TOML; skips what is not understood, as long as something is.
    pub(super) fn of_toml(text: &str) -> Option<Self> {
        let (table, _) = DeTable::parse_recoverable(text);
        let table = table_of(table.get_ref(), DEEPEST);
        (!table.is_empty()).then_some(Self::Table(table))
    }

    /// Reads JSON, with or without the braces around it; if it is not quite JSON, line by line.
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

    /// Returns the first value under one of the keys that is a single, non-empty text.
    pub(super) fn first(&self, keys: &[&str]) -> Option<String> {
        let value = |key: &&str| self.all(key, &[]).into_iter().next();
        keys.iter().find_map(value)
    }

    /// Returns the values under a key: one, or a list's; for tables, those under `names`.
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

/// Returns the texts in a value.
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
