//! Texts of articles on a CouchDB: deflated, in parts of less than a megabyte, each the attachment of a
//! document of its own. The list of changes names attachments without their bytes, so that no device
//! gets a text before it asks for it.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::Deserialize;
use serde_json::{Value, json};

use super::couch::{Codec, Couch, Http, ask};
use super::server::{Answer, TextServer, Trouble};
use crate::model::base64::{self, STANDARD};
use crate::model::digest::Digest;

/// Bytes of a text in one part.
const PART: usize = 512 * 1024;
/// Most parts of a text that are read, and most bytes of the text.
const MOST_PARTS: usize = 128;
const LONGEST: usize = 64 << 20;
/// How well a text is deflated, from 0 to 10: more takes much longer and saves little.
const LEVEL: u8 = 6;
/// The name of the attachment.
const NAME: &str = "part";
/// Bytes before those of the text: the number of all parts, and how many bytes of this one count.
const HEAD: usize = 8;

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    error: Option<String>,
}

impl<H: Http + 'static, C: Codec + 'static> TextServer for Couch<H, C> {
    fn text(&self, digest: Digest) -> Answer<Option<String>> {
        let (http, codec) = (self.http(), self.codec());
        Box::pin(async move {
            let (mut deflated, mut parts) = (Vec::new(), 1);
            let mut part = 0;
            while part < parts {
                let name = codec.name_of_part(&digest, part);
                let path = format!("{}?attachments=true", name.replace(':', "%3A"));
                let document = match ask::<Value>(&*http, "GET", path, None).await {
                    Err(Trouble::Missing) => return Ok(None),
                    document => document?,
                };
                let data = document["_attachments"][NAME]["data"].as_str();
                let bytes = base64::decode(data.unwrap_or_default().as_bytes(), 4 * PART);
                let bytes = codec.read_part(&name, bytes).await;
                let Some((all, bytes)) = bytes.as_deref().and_then(opened) else {
                    return Ok(None);
                };
                (parts, part) = (all.min(MOST_PARTS), part + 1);
                deflated.extend_from_slice(bytes);
            }
            let bytes = decompress_to_vec_with_limit(&deflated, LONGEST).ok();
            Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
        })
    }

    fn put_text(&self, digest: Digest, json: String) -> Answer<()> {
        let (http, codec) = (self.http(), self.codec());
        Box::pin(async move {
            let deflated = compress_to_vec(json.as_bytes(), LEVEL);
            let parts = deflated.chunks(PART);
            let all = parts.len();
            for (number, part) in parts.enumerate() {
                let name = codec.name_of_part(&digest, number);
                let bytes = codec.write_part(&name, closed(all, part)).await;
                let attachment = json!({
                    "content_type": "application/octet-stream",
                    "data": base64::encode(&bytes, STANDARD),
                });
                let document = json!({ "_id": name, "_attachments": { NAME: attachment } });
                let body = json!({ "docs": [document] });
                let path = "_bulk_docs".to_owned();
                let written: Vec<Written> = ask(&*http, "POST", path, Some(body)).await?;
                match written.first().and_then(|written| written.error.as_deref()) {
                    // It is there: the same text under the same name.
                    None | Some("conflict") => {}
                    Some(_) => return Err(Trouble::Forbidden),
                }
            }
            Ok(())
        })
    }
}

fn closed(all: usize, part: &[u8]) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    [&number(all)[..], &number(part.len()), part].concat()
}

/// The number of all parts, and the bytes of this one.
fn opened(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let number = |at: usize| {
        let bytes = [head[at], head[at + 1], head[at + 2], head[at + 3]];
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    Some((number(0)?, rest.get(..number(4)?)?))
}
