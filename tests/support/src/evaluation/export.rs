//! Exports the pairs of articles as cases for `examples/reanchor.rs` with the truth, one JSON
//! object a line: to examine single quotes, and for judges that are not written in Rust.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;

use serde_json::{Value, json};

use super::quality::Pair;
use super::quotes::Quote;
use super::truth::Fate;

/// Exports every pair.
pub fn write(pairs: &[Pair], file: &str) -> io::Result<()> {
    let mut output = BufWriter::new(File::create(file)?);
    for (number, pair) in pairs.iter().enumerate() {
        let quotes: Vec<Value> = pair
            .quotes
            .iter()
            .map(|quote| range(&quote.place))
            .collect();
        let truth: Vec<Value> = pair.quotes.iter().map(truth).collect();
        let case = json!({
            "id": format!("{}-{number}", pair.language),
            "old": pair.old,
            "new": pair.new,
            "quotes": quotes,
            "truth": truth,
        });
        writeln!(output, "{case}")?;
    }
    output.flush()
}

fn truth(quote: &Quote) -> Value {
    let (fate, place, gap) = match &quote.fate {
        Fate::Survives(place) => ("survives", range(place), Value::Null),
        Fate::Deleted(gap) => ("deleted", Value::Null, range(gap)),
        Fate::Unclear => ("unclear", Value::Null, Value::Null),
    };
    let edits: Vec<&str> = quote.kinds.iter().map(|kind| kind.name()).collect();
    json!({ "class": quote.class.name(), "fate": fate, "place": place, "gap": gap, "edits": edits })
}

fn range(range: &Range<u32>) -> Value {
    json!([range.start, range.end])
}
