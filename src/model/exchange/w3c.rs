//! The W3C Web Annotation Data Model (Recommendation of 2017-02-23), Postil's own format.
//!
//! <https://www.w3.org/TR/annotation-model/>. Written strictly, read liberally: whatever is not
//! understood within an annotation is kept with it and written back.

mod decode;
mod encode;
mod further;

pub use decode::{DecodeError, decode};
pub use encode::{Export, encode};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const UUID: &str = "urn:uuid:";
const OWN: &str = "urn:postil:annotation:";

/// Names of the parts of an annotation whose further fields are kept in `Further::parts`.
mod part {
    pub const COMMENT: &str = "comment";
    pub const COLOUR: &str = "colour";
    pub const QUOTE: &str = "quote";
    pub const POSITION: &str = "position";
    pub const STATE: &str = "state";
    pub const SOURCE: &str = "source";

    pub fn tag(tag: &str) -> String {
        format!("tag:{tag}")
    }
}
