//! Recognises the form of a file of notes by its content, whatever its name, and reads it.

use super::w3c::{self, DecodeError};
use super::{
    Arrivals, LARGEST_FILE, MOST_NOTES, clipper, hypothesis, karakeep, link, linkwarden, readest,
    readium, records, tables, web_page,
};

/// Reads a file of one form; `None` if it has another form.
type Reader = fn(&str) -> Option<Arrivals>;

/// The readers of the forms that are recognised by themselves, the surest first.
const READERS: [Reader; 10] = [
    web_page::decode,
    records::decode,
    link::decode,
    tables::decode,
    hypothesis::decode,
    readium::decode,
    clipper::decode,
    karakeep::decode,
    readest::decode,
    linkwarden::decode,
];

/// Reads a file in any form that is known. What is none of the others is read as annotations of the
/// W3C's model, which are read most liberally.
///
/// # Errors
/// If the file as a whole is not understood; [`Arrivals::not_understood`] reports single entries
/// that are not.
pub fn decode(file: &str) -> Result<Arrivals, DecodeError> {
    if file.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge);
    }
    let read = READERS.iter().find_map(|read| read(file));
    let arrivals = match read {
        Some(arrivals) => arrivals,
        // What is wrong with its JSON says nothing to whoever gives words or a picture.
        None if !file.trim_start().starts_with(['{', '[']) => {
            return Err(DecodeError::NoAnnotations);
        }
        None => w3c::decode(file)?,
    };
    match arrivals.annotations.len() + arrivals.not_understood.len() {
        0..=MOST_NOTES => Ok(arrivals),
        _ => Err(DecodeError::TooMany),
    }
}
