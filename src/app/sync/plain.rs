//! Records as documents that other programs can read: each note as a Web Annotation
//! (<https://www.w3.org/TR/annotation-model/>), with the record itself beside it.

use std::rc::Rc;

use serde_json::Value;

use super::couch::{Codec, Fields};
use crate::app::ports::BoxFuture;
use crate::model::colour_names::ColourNames;
use crate::model::digest::Digest;
use crate::model::exchange::w3c;
use crate::model::sync::record::{Path, Record};
use crate::model::sync::{RecordRead, read};

/// The field with the record.
const RECORD: &str = "postil";
/// What begins the names of parts of texts.
const TEXT: &str = "text:";
/// What stands between the parts of a name, where a path has slashes.
const BETWEEN: &str = ":";

/// Writes records so that others can read them, too.
pub struct Plain;

impl Codec for Plain {
    fn name_of(&self, path: &Path) -> String {
        path.as_str().replacen('/', BETWEEN, 2)
    }

    fn path_of(&self, name: &str) -> Option<Path> {
        Path::parse(&name.replacen(BETWEEN, "/", 2))
    }

    fn fits(&self, _: &Fields) -> bool {
        // Somebody seals by now what was open to all.
        false
    }

    fn name_of_part(&self, digest: &Digest, part: usize) -> String {
        [TEXT, digest.as_str(), BETWEEN, &part.to_string()].concat()
    }

    fn write_part(&self, _: &str, bytes: Vec<u8>) -> BoxFuture<Vec<u8>> {
        Box::pin(async move { bytes })
    }

    fn read_part(&self, _: &str, bytes: Vec<u8>) -> BoxFuture<Option<Vec<u8>>> {
        Box::pin(async move { Some(bytes) })
    }

    fn write(&self, record: Rc<Record>) -> BoxFuture<Fields> {
        Box::pin(async move {
            let note = record.note().filter(|_| record.is_live());
            let said = note.map(|note| w3c::item(&note, None, &ColourNames::default()));
            let mut fields = match said {
                Some(Value::Object(fields)) => fields,
                _ => Fields::new(),
            };
            // Names with this beginning are the server's own.
            fields.retain(|name, _| !name.starts_with('_'));
            fields.insert(RECORD.to_owned(), (**record.text()).into());
            fields
        })
    }

    fn read(&self, name: String, mut fields: Fields) -> BoxFuture<Option<Record>> {
        let path = self.path_of(&name);
        Box::pin(async move {
            let text = match fields.remove(RECORD) {
                Some(Value::String(text)) => text,
                _ => return None,
            };
            match read(path?.as_str(), &text) {
                RecordRead::Record(record) => Some(record),
                _ => None,
            }
        })
    }
}
