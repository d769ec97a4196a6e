//! The whole library as an archive (ZIP): a page for each article with its notes, the notes on
//! articles whose texts are not at hand, and the settings.

use std::collections::BTreeSet;
use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::{CompressionMethod, Error, ZipArchiveWriter};
use serde::{Deserialize, Serialize};

use super::Export;
use super::web_page;
use crate::model::file_name::file_name;

/// The first file of the archive, which is not compressed: its words show what the archive is.
pub const SETTINGS: &str = "settings.json";
/// The folder of the articles.
pub const ARTICLES: &str = "articles/";
/// The notes on articles whose texts are not at hand.
pub const NOTES: &str = "notes.json";
const README: &str = "README.txt";
/// What an archive begins with (APPNOTE, §4.3.7), and what is near its beginning if it is a library.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const KIND: &str = "{\"postil\":\"library\"";
/// Number of bytes at the beginning of an archive that are looked at.
const HEAD: usize = 256;
/// How much is compressed: 6 of 10 is what most programs choose, twice as fast as 9.
const LEVEL: u8 = 6;

/// The settings of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// `library`.
    postil: String,
    /// Names and values.
    #[serde(default)]
    pub settings: Vec<(String, String)>,
}

impl Settings {
    /// Settings with these names and values.
    pub fn of(settings: Vec<(String, String)>) -> Self {
        Self {
            postil: "library".to_owned(),
            settings,
        }
    }
}

/// True if the beginning of a file shows that it is an archive of a library.
pub fn is_library(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD)];
    let kind = KIND.as_bytes();
    head.starts_with(ARCHIVE) && head.windows(kind.len()).any(|part| part == kind)
}

/// Writes an archive file by file, so that only one of them is in memory.
pub struct LibraryWriter<W> {
    archive: ZipArchiveWriter<W>,
    names: BTreeSet<String>,
}

impl<W: Write> LibraryWriter<W> {
    /// Begins an archive with the settings, and with what tells people what it is.
    ///
    /// # Errors
    /// If `to` cannot be written.
    pub fn begin(to: W, settings: &Settings, readme: &str) -> Result<Self, Error> {
        let mut writer = Self {
            archive: ZipArchiveWriter::new(to),
            names: BTreeSet::new(),
        };
        let settings = serde_json::to_string(settings).unwrap_or_default();
        writer.add(SETTINGS, settings.as_bytes(), CompressionMethod::STORE)?;
        writer.deflate(README, readme)?;
        Ok(writer)
    }

    /// Adds an article with its notes, as the page that it is exported as.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn article(&mut self, export: &Export) -> Result<(), Error> {
        let (title, id) = (export.article.title(), export.article.id());
        let mut name = file_name(title, id.as_str(), "html");
        // Names that differ in case only are one name to some systems.
        if !self.names.insert(name.to_lowercase()) {
            name = file_name(&[title, " ", id.as_str()].concat(), id.as_str(), "html");
            self.names.insert(name.to_lowercase());
        }
        self.deflate(&[ARTICLES, &name].concat(), &web_page::encode(export))
    }

    /// Adds notes on articles that are not in the archive, as a file of the W3C's form.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn notes(&mut self, notes: &str) -> Result<(), Error> {
        self.deflate(NOTES, notes)
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<W, Error> {
        self.archive.finish()
    }

    fn deflate(&mut self, name: &str, content: &str) -> Result<(), Error> {
        self.add(name, content.as_bytes(), CompressionMethod::DEFLATE)
    }

    fn add(&mut self, name: &str, content: &[u8], method: CompressionMethod) -> Result<(), Error> {
        let file = self.archive.new_file(name).compression_method(method);
        let (mut entry, config) = file.start()?;
        let packing = Packing {
            to: &mut entry,
            deflates: method == CompressionMethod::DEFLATE,
        };
        let mut writer = config.wrap(packing);
        writer.write_all(content)?;
        let (_, sizes) = writer.finish()?;
        entry.finish(sizes)?;
        Ok(())
    }
}

/// Packs a file that is given as a whole.
struct Packing<W> {
    to: W,
    deflates: bool,
}

impl<W: Write> Write for Packing<W> {
    fn write(&mut self, content: &[u8]) -> std::io::Result<usize> {
        match self.deflates {
            true => self.to.write_all(&compress_to_vec(content, LEVEL))?,
            false => self.to.write_all(content)?,
        }
        Ok(content.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
