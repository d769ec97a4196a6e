//! Files of stored records: what the rescue saves when it can make nothing better of them.

use serde::Deserialize;

use super::Arrivals;
use crate::model::sync::salvage;

/// The type that the file states.
const NAME: &str = "records";

#[derive(Deserialize)]
struct File {
    postil: String,
    records: Vec<(String, String)>,
}

/// Returns the notes in such a file; `None` if it is another kind of file.
pub fn decode(file: &str) -> Option<Arrivals> {
    // Spares others from being read in vain.
    if !file.contains("\"postil\"") {
        return None;
    }
    let file: File = serde_json::from_str(file).ok()?;
    (file.postil == NAME).then(|| Arrivals {
        annotations: salvage(&file.records),
        ..Arrivals::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, decode};

    #[test]
    fn only_a_file_of_records_is_one() {
        assert_eq!(
            decode(r#"{"postil":"records","records":[["a","b"]]}"#),
            Some(Arrivals::default())
        );
        for other in ["[]", "{}", r#"{"postil":"other","records":[]}"#, "not JSON"] {
            assert_eq!(decode(other), None, "{other}");
        }
    }
}
