//! Writes what other programs say in forms of their own as the Recommendation demands.

use serde_json::Value;

use crate::model::exchange::dates::date_time;

/// The class of a range that has no selectors at its ends (§4.2.8), such as those of Hypothesis: it
/// is none of the model's.
const OTHER_RANGE: &str = "urn:postil:RangeSelector";
const RANGE: &str = "RangeSelector";
const ENDS: [&str; 2] = ["startSelector", "endSelector"];

/// Writes the dates of an annotation and of its targets' states in UTC (§3.3.1, §4.3.1), and gives
/// other programs' ranges a class of their own. What is no date stays as it came.
pub(super) fn mend(item: &mut Value) {
    for name in ["created", "modified", "generated"] {
        put_in_utc(item.get_mut(name));
    }
    for target in several(item.get_mut("target")) {
        let state = target.get_mut("state");
        put_in_utc(state.and_then(|state| state.get_mut("sourceDate")));
        for selector in several(target.get_mut("selector")) {
            rename_range(selector);
        }
    }
}

/// Gives a range the class back that it came with.
pub(super) fn restore_range(selector: &mut Value) {
    if selector
        .get("type")
        .is_some_and(|class| class == OTHER_RANGE)
    {
        selector["type"] = RANGE.into();
    }
}

fn rename_range(selector: &mut Value) {
    let is_range = selector.get("type").is_some_and(|class| class == RANGE);
    if is_range && ENDS.iter().any(|end| selector.get(end).is_none()) {
        selector["type"] = OTHER_RANGE.into();
    }
}

fn several(value: Option<&mut Value>) -> &mut [Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_mut(value),
        None => &mut [],
    }
}

fn put_in_utc(date: Option<&mut Value>) {
    if let Some(Value::String(date)) = date
        && let Some(in_utc) = date_time(date)
    {
        *date = in_utc.0.to_string();
    }
}
