//! Texts, targets and archives from arbitrary bytes, and the properties of every anchor.

use std::io::Write;

use arbitrary::Arbitrary;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use unicode_segmentation::GraphemeCursor;

use postil::model::anchoring::{Anchor, OlderText};
use postil::model::digest::Digest;
use postil::model::text::TextRange;

/// Words, punctuation and characters that break code: letters of several code points, capitals
/// whose small letters differ in length, scripts without spaces, unusual spaces.
const VOCABULARY: [&str; 64] = [
    "a ",
    "e",
    "the ",
    "river ",
    "bridge ",
    "Bridge",
    "of ",
    "reads ",
    "slowly",
    "and ",
    "and ",
    "don’t ",
    "don't ",
    "“",
    "”",
    "\"",
    "–",
    "-",
    ", ",
    ". ",
    "; ",
    "…",
    "...",
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{0}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "\u{301}",
    "ß",
    "SS",
    "İ",
    "ı",
    "ſ",
    "ﬁ",
    "Ǆ",
    "桥",
    "河流",
    "。",
    "，",
    "は",
    "ﾊﾞ",
    "が",
    "เรื่อง",
    "น้ำ",
    "\u{e49}",
    "نهر ",
    "ـ",
    "\u{64e}",
    "\u{202e}",
    "क्षि",
    "각",
    "👨‍👩‍👧",
    "🇩🇪",
    "🇩",
    "\u{200d}",
    "1,240 ",
];
/// Maximum number of a text's repetitions, which make long texts and look-alikes of few bytes.
const MOST_REPEATS: usize = 24;
/// Maximum length of a repeated text in bytes: enough for quotes that are too long to be stored
/// whole, and small enough for hundreds of texts a second.
const LONGEST_REPEATED: usize = 32 * 1024;

/// A text: words of the vocabulary, and raw characters.
#[derive(Arbitrary, Debug)]
pub struct Prose {
    words: Vec<u8>,
    raw: String,
    repeats: u8,
}

impl Prose {
    /// The resulting text.
    pub fn text(&self) -> String {
        let once: String = self.words().chain([self.raw.as_str()]).collect();
        let most = (LONGEST_REPEATED / once.len().max(1)).clamp(1, MOST_REPEATS);
        once.repeat(1 + usize::from(self.repeats) % most)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let word = |byte: &u8| VOCABULARY[usize::from(*byte) % VOCABULARY.len()];
        self.words.iter().map(word)
    }
}

/// A replacement of some characters.
#[derive(Arbitrary, Debug)]
pub struct Edit {
    at: u16,
    removed: u8,
    inserted: Vec<u8>,
}

/// The text after the edits.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits {
        let range = range(&text, edit.at, edit.at.saturating_add(edit.removed.into()));
        let word = |byte: &u8| VOCABULARY[usize::from(*byte) % VOCABULARY.len()];
        let inserted: String = edit.inserted.iter().map(word).collect();
        text.replace_range(range.start() as usize..range.end() as usize, &inserted);
    }
    text
}

/// A range on character boundaries; numbers beyond the text wrap around.
pub fn range(text: &str, one: u16, other: u16) -> TextRange {
    let byte = |number: u16| {
        let number = usize::from(number) % (text.len() + 1);
        (0..=number)
            .rev()
            .find(|&byte| text.is_char_boundary(byte))
            .unwrap_or(0)
    };
    TextRange::from_usize(byte(one), byte(other))
}

/// An older version with this text.
pub fn version(text: String) -> OlderText {
    let digest = Digest::of(&text);
    OlderText { digest, text }
}

/// Fails if an anchor claims or suggests something that is not a passage of the text.
pub fn check(text: &str, anchor: &Anchor) {
    for range in ranges(text, anchor) {
        for end in [range.start(), range.end()] {
            let mut cursor = GraphemeCursor::new(end as usize, text.len(), true);
            assert_eq!(
                cursor.is_boundary(text, 0),
                Ok(true),
                "inside a grapheme: {anchor:?}"
            );
        }
    }
}

/// Every range that an anchor names; fails if one is outside of the text or cuts a character.
pub fn ranges(text: &str, anchor: &Anchor) -> Vec<TextRange> {
    let ranges: Vec<TextRange> = match anchor {
        Anchor::Exact(range) => vec![*range],
        Anchor::Moved(place) | Anchor::Changed(place) | Anchor::Replaced(place) => {
            vec![place.range]
        }
        Anchor::Ambiguous(places) => {
            assert!(places.len() >= 2, "one place is not ambiguous: {anchor:?}");
            places.iter().map(|place| place.range).collect()
        }
        Anchor::Orphan { suggestion } => suggestion.iter().map(|place| place.range).collect(),
        Anchor::Whole => Vec::new(),
    };
    let within = |range: &TextRange| range.slice(text).is_some();
    assert!(
        ranges.iter().all(within),
        "no passage of the text: {anchor:?}"
    );
    ranges
}

/// An uncompressed archive of files: testing decompression is another project's business. `None` if it cannot be written.
pub fn archive(files: &[(&str, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, bytes) in files {
        let file = archive
            .new_file(name)
            .compression_method(CompressionMethod::STORE);
        let (mut entry, config) = file.start().ok()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes).ok()?;
        let (_, sizes) = writer.finish().ok()?;
        entry.finish(sizes).ok()?;
    }
    archive.finish().ok()?;
    Some(out)
}
