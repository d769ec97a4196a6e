//! The W3C Web Annotation Data Model (Recommendation of 2017-02-23), Postil's own format.
//!
//! <https://www.w3.org/TR/annotation-model/>. Written strictly, read liberally: parts of an
//! annotation that are not understood are kept with it and written back.

mod choice;
mod decode;
mod encode;
mod extra;
mod iri;
mod replies;
mod strict;

pub(super) use decode::annotation;
pub use decode::{DecodeError, decode};
pub use encode::item;
pub use encode::{encode, encode_list, encode_stored};
pub(super) use extra::with_fields;
pub use extra::{CREATOR, by_author, by_nobody, person};
pub(super) use iri::{id_of, iri_of};
pub(super) use replies::{REPLYING, is_reply, resource};

/// The field of the contexts (JSON-LD), and the context that the model demands (§3.1).
const AT_CONTEXT: &str = "@context";
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const UUID: &str = "urn:uuid:";
/// What follows a collection's IRI in that of its page.
const FIRST_PAGE: &str = "#first";
const OWN: &str = "urn:postil:annotation:";
/// The field that holds the digest of the text in which the passage is not to be found.
const DETACHED: &str = "urn:postil:detached";
/// The field of a further target that is derived: where the passage was found in the text at hand.
/// Importers look for the passage themselves.
const FOUND: &str = "urn:postil:found";
/// The field of a further target that is a further passage of the note, in Postil's own form.
const PASSAGE: &str = "urn:postil:passage";
/// What only a specific resource has (§4): an object with an id and none of these is the resource
/// itself.
const SPECIFIC: [&str; 6] = [
    "selector",
    "state",
    STYLE_CLASS,
    "renderedVia",
    "scope",
    "purpose",
];
/// Most targets of other programs that are taken for further passages; more are only kept.
const MOST_PASSAGES: usize = 500;
/// The fields of a range selector that hold its length in code points and the digest of its words.
const LENGTH: &str = "urn:postil:length";
const DIGEST: &str = "urn:postil:digest";
/// A target has the class of its colour if the reader has given that a name (`styleClass`,
/// <https://www.w3.org/TR/annotation-model/#styles>): this and the colour's own name.
const CLASS: &str = "postil-";
const STYLE_CLASS: &str = "styleClass";
/// The field of a colour's body that holds the reader's name of it.
const LABEL: &str = "label";

/// Fields in which other programs write tags and a colour into a textual body.
const TAGS: [&str; 3] = ["tags", "tag", "keyword"];
const COLOURS: [&str; 2] = ["color", "colour"];

/// Names of the parts of an annotation whose extra fields are kept in `ExtraFields::parts`.
mod part {
    pub const COMMENT: &str = "comment";
    /// The choice that the comment is the preferred item of, without it.
    pub const CHOICE: &str = "choice";
    pub const COLOUR: &str = "colour";
    pub const QUOTE: &str = "quote";
    pub const POSITION: &str = "position";
    pub const STATE: &str = "state";
    pub const SOURCE: &str = "source";

    pub fn tag(tag: &str) -> String {
        format!("tag:{tag}")
    }
}
