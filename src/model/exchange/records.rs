//! Records as they were stored: what is saved when nothing better could be made of them.

use serde::Deserialize;

use crate::model::annotation::Annotation;
use crate::model::sync::salvage;

/// What the file says that it is.
const NAME: &str = "records";

#[derive(Deserialize)]
struct File {
    postil: String,
    records: Vec<(String, String)>,
}

/// The notes in such a file; `None` where it is none.
pub fn decode(file: &str) -> Option<Vec<Annotation>> {
    let file: File = serde_json::from_str(file).ok()?;
    (file.postil == NAME).then(|| salvage(&file.records))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn only_a_file_of_records_is_one() {
        assert_eq!(
            decode(r#"{"postil":"records","records":[["a","b"]]}"#),
            Some(Vec::new())
        );
        for other in ["[]", "{}", r#"{"postil":"other","records":[]}"#, "not JSON"] {
            assert_eq!(decode(other), None, "{other}");
        }
    }
}
