//! Laws of the archive of the whole library: it is read back as it was, and other programs read it.

use std::io::{Cursor, Read};

use postil::import::library::{Library, read};
use postil::import::markdown;
use postil::model::annotation::Annotation;
use postil::model::article::Article;
use postil::model::colour_names::ColourNames;
use postil::model::exchange::Format;
use postil::model::exchange::library_file::{LibraryWriter, Settings, is_library};
use postil::model::exchange::{Export, Wording};
use postil::model::findings::Findings;
use postil::model::notebook::Notebook;
use postil::model::placements::Placements;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use zip::ZipArchive;

use super::exchange_losses::as_held;
use super::strategies::{annotated, laws, notebook_of, of_paragraphs, stamp};

/// Writes a library of articles with their notes.
fn written(articles: &[(Article, Notebook)], settings: &[(String, String)]) -> Vec<u8> {
    let settings = Settings::of(settings.to_vec());
    let mut writer =
        LibraryWriter::begin(Vec::new(), &settings, "What is what").expect("memory can be written");
    for (article, notebook) in articles {
        let placements = Placements::of(article, notebook, &Findings::default());
        let export = Export {
            article,
            placements: &placements,
            colour_names: &ColourNames::default(),
            template: None,
            wording: &Wording::default(),
            read_note: &|note| markdown::read_note(note, true),
            stamp: stamp(0),
        };
        writer.article(&export).expect("memory can be written");
    }
    writer.finish().expect("memory can be written")
}

fn notes_of(library: &Library) -> Vec<Annotation> {
    let mut notes = library.notes.clone();
    notes.sort_by(|one, other| (&one.article, &one.id).cmp(&(&other.article, &other.id)));
    notes
}

fn all(articles: &[(Article, Notebook)]) -> Vec<Annotation> {
    let all = articles.iter().flat_map(|(_, notebook)| notebook.iter());
    let mut notes: Vec<Annotation> = all.map(|note| as_held(Format::WebPage, note)).collect();
    notes.sort_by(|one, other| (&one.article, &one.id).cmp(&(&other.article, &other.id)));
    notes
}

/// Notes that belong to their article, as those of a library do.
fn shelf() -> impl Strategy<Value = Vec<(Article, Notebook)>> {
    vec(annotated(), 0..4).prop_map(|shelf| {
        let own = |(article, notebook): (Article, Notebook)| {
            let notes = notebook.iter().map(|note| (**note).clone());
            let notes = notes.filter(|note| note.article == article.id());
            let notebook = notebook_of(notes.collect::<Vec<_>>());
            (article, notebook)
        };
        shelf.into_iter().map(own).collect()
    })
}

proptest! {
    #![proptest_config(laws(48))]

    #[test]
    fn a_library_is_read_back(shelf in shelf(), value: String) {
        let settings = [("theme".to_owned(), value)];
        let file = written(&shelf, &settings);
        prop_assert!(is_library(&file));
        let library = read(&file).expect("it is a library");
        let articles: Vec<&Article> = shelf.iter().map(|(article, _)| article).collect();
        prop_assert_eq!(library.articles.iter().collect::<Vec<_>>(), articles);
        prop_assert_eq!(notes_of(&library), all(&shelf));
        prop_assert_eq!(&library.settings[..], &settings[..]);
        prop_assert_eq!(library.damaged, 0);
    }

    #[test]
    fn other_programs_read_it(shelf in shelf()) {
        let file = written(&shelf, &[]);
        let mut archive = ZipArchive::new(Cursor::new(&file)).expect("it is an archive");
        prop_assert_eq!(archive.len(), shelf.len() + 2);
        for (index, (article, _)) in shelf.iter().enumerate() {
            let mut entry = archive.by_index(index + 2).expect("it is listed");
            prop_assert!(entry.name().starts_with("articles/") && entry.name().ends_with(".html"));
            let mut page = String::new();
            entry.read_to_string(&mut page).expect("its sum is right");
            prop_assert!(page.contains("<article dir="), "{}", article.title());
        }
        // The same library is the same file.
        prop_assert_eq!(written(&shelf, &[]), file);
    }

    #[test]
    fn a_damaged_library_is_read_or_refused(shelf in shelf(), edits in vec(any::<(Index, u8)>(), 1..6)) {
        let mut file = written(&shelf, &[]);
        for (at, byte) in &edits {
            let at = at.index(file.len());
            file[at] = *byte;
        }
        let _ = read(&file);
    }
}

#[test]
fn names_keep_every_script_and_are_each_there_once() {
    let titled = |title: &str, words: &str| {
        let article = of_paragraphs(&[words]).with_title(title.to_owned());
        let iri = format!("https://example.org/{words}");
        (article.as_version_of(&iri), Notebook::default())
    };
    let shelf = [
        titled("港の朝", "one"),
        titled("港の朝", "two"),
        titled("Kiln", "three"),
        titled("kiln", "four"),
    ];
    let file = written(&shelf, &[]);
    let archive = ZipArchive::new(Cursor::new(&file)).expect("it is an archive");
    let names: Vec<&str> = archive.file_names().collect();
    assert!(names.contains(&"articles/港の朝.html"), "{names:?}");
    assert!(names.contains(&"articles/Kiln.html"), "{names:?}");
    let mut lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    lower.sort();
    lower.dedup();
    assert_eq!(lower.len(), names.len(), "{names:?}");
    assert_eq!(read(&file).expect("it is a library").articles.len(), 4);
}

#[test]
fn another_archive_is_none() {
    assert!(!is_library(b"PK\x03\x04mimetypeapplication/epub+zip"));
    assert!(read(b"PK\x03\x04").is_err());
    assert!(read(b"").is_err());
}
