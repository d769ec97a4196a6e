//! The words of a file of any supported format, extracted without the importer.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dom_query::Document;
use encoding_rs::Encoding;
use miniz_oxide::inflate::decompress_to_vec;
use rawzip::{CompressionMethod, ZipArchive};

use super::count::{Place, Word, words_of};
use super::{markdown, page};

/// Number of bytes in which a page declares its charset.
const PRESCAN: usize = 1_024;

/// The format of a file, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    Html,
    Mhtml,
    Markdown,
    Plain,
    Epub,
}

impl Format {
    pub const ALL: [Self; 5] = [
        Self::Html,
        Self::Mhtml,
        Self::Markdown,
        Self::Plain,
        Self::Epub,
    ];

    /// The format of a file, if it is supported.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match &*ending {
            "html" | "htm" | "xhtml" => Self::Html,
            "mhtml" | "mht" => Self::Mhtml,
            "md" | "markdown" => Self::Markdown,
            "txt" => Self::Plain,
            "epub" => Self::Epub,
            _ => return None,
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Mhtml => "MHTML",
            Self::Markdown => "Markdown",
            Self::Plain => "plain text",
            Self::Epub => "EPUB",
        }
    }
}

/// All supported files below a folder, in a stable order.
pub fn all_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(path) = folders.pop() {
        if path.is_symlink() {
            continue;
        }
        if !path.is_dir() {
            found.extend(Format::of(&path).map(|_| path));
            continue;
        }
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path()));
    }
    found.sort();
    found
}

/// The words of a file.
pub fn words(format: Format, bytes: &[u8]) -> Vec<Word> {
    match format {
        Format::Html => page::words(&decoded(bytes)),
        Format::Markdown => markdown::words(&decoded(bytes).replace("\r\n", "\n")),
        Format::Plain => {
            let mut words = Vec::new();
            for line in decoded(bytes).lines() {
                words_of(markdown::without_marker(line), |word| {
                    words.push(Word {
                        text: word.to_owned(),
                        place: Place::Text,
                    });
                });
            }
            words
        }
        Format::Mhtml => page_in_message(bytes).map_or_else(Vec::new, |page| page::words(&page)),
        Format::Epub => chapters(bytes)
            .iter()
            .flat_map(|chapter| page::words(&decoded(chapter)))
            .collect(),
    }
}

fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_lowercase();
    let label = head
        .split_once("charset=")
        .map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|rest| rest.split(['"', '\'', ' ', ';', '>', '/']).next());
    let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let guessed = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    };
    let encoding = named.unwrap_or_else(guessed);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The chapters of a book, in the order of its spine.
fn chapters(bytes: &[u8]) -> Vec<Vec<u8>> {
    let entries = unpacked(bytes);
    let package = entries.iter().find(|(name, _)| name.ends_with(".opf"));
    let Some((package_name, package)) = package else {
        return Vec::new();
    };
    let base = package_name.rsplit_once('/').map_or("", |(base, _)| base);
    let document = Document::from(decoded(package));
    let mut paths = HashMap::new();
    for item in document.select("item").iter() {
        let (id, path) = (item.attr("id"), item.attr("href"));
        if let (Some(id), Some(path)) = (id, path) {
            paths.insert(id.to_string(), path.replace("%20", " "));
        }
    }
    let mut chapters = Vec::new();
    for reference in document.select("itemref").iter() {
        let path = reference.attr("idref").and_then(|id| paths.get(&*id));
        let Some(path) = path else { continue };
        let name = if base.is_empty() {
            path.clone()
        } else {
            format!("{base}/{path}")
        };
        let is_page = Format::of(Path::new(&name)) == Some(Format::Html);
        chapters.extend(entries.get(&name).filter(|_| is_page).cloned());
    }
    chapters
}

fn unpacked(bytes: &[u8]) -> HashMap<String, Vec<u8>> {
    let mut files = HashMap::new();
    let Ok(archive) = ZipArchive::from_slice(bytes) else {
        return files;
    };
    let mut listed = archive.entries();
    while let Ok(Some(entry)) = listed.next_entry() {
        let Ok(local) = archive.get_entry(entry.wayfinder()) else {
            continue;
        };
        let (start, end) = local.compressed_data_range();
        let packed = &bytes[start as usize..end as usize];
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let unpacked = match entry.compression_method() {
            CompressionMethod::STORE => Some(packed.to_vec()),
            _ => decompress_to_vec(packed).ok(),
        };
        files.extend(unpacked.map(|unpacked| (name, unpacked)));
    }
    files
}

/// The first HTML page among the parts of a message.
fn page_in_message(bytes: &[u8]) -> Option<String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let text = text.replace("\r\n", "\n");
    let part = match text.split_once("boundary=") {
        Some((_, rest)) => {
            let boundary = rest
                .trim_start_matches('"')
                .split(['"', '\n', ';'])
                .next()?;
            let between = format!("--{boundary}\n");
            let mut parts = text.split(&between);
            parts
                .find(|part| head_of(part).contains("content-type: text/html"))?
                .to_owned()
        }
        None => text,
    };
    let head = head_of(&part);
    let (_, body) = part.split_once("\n\n")?;
    let bytes = if head.contains("quoted-printable") {
        unquoted(body)
    } else if head.contains("base64") {
        unbased(body)
    } else {
        body.chars().map(|c| c as u8).collect()
    };
    Some(decoded(&bytes))
}

fn head_of(part: &str) -> String {
    part.split("\n\n")
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn unquoted(body: &str) -> Vec<u8> {
    let body: Vec<u8> = body.replace("=\n", "").chars().map(|c| c as u8).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let code = body
            .get(at + 1..at + 3)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(code) if *byte == b'=' => {
                out.push(code);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fn unbased(body: &str) -> Vec<u8> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for byte in body.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}
