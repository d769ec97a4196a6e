//! Tests with ordinary books and hostile ones.

mod hostile;

use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::super::notation::walk;
use super::super::{ImportError, Imported, Input, read};
use crate::model::article::Source;

const CONTAINER: &str = "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/>\
    </rootfiles></container>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0";

/// Makes an archive of files, the first one stored, the others deflated.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packed: Vec<(&str, Vec<u8>)> = Vec::new();
    for (name, bytes) in files {
        let is_first = packed.is_empty();
        packed.push((
            name,
            if is_first {
                bytes.to_vec()
            } else {
                compress_to_vec(bytes, 6)
            },
        ));
    }
    zip_of_packed(&packed)
}

/// Makes an archive of files that are already packed, except for the first.
fn zip_of_packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (at, (name, packed)) in files.iter().enumerate() {
        let method = match at {
            0 => CompressionMethod::STORE,
            _ => CompressionMethod::DEFLATE,
        };
        let file = archive.new_file(*name).compression_method(method);
        let (mut entry, config) = file.start().expect("memory can be written");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(packed).expect("memory can be written");
        let (_, sizes) = writer.finish().expect("memory can be written");
        entry.finish(sizes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written");
    out
}

/// Makes a book of a package and the files beside it.
fn book(package: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut all = vec![
        ("mimetype", &b"application/epub+zip"[..]),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
    ];
    all.extend_from_slice(files);
    zip(&all)
}

/// Makes a package of files in a manifest (`id href`) and a spine of ids.
fn package(manifest: &[&str], spine: &[&str]) -> String {
    let items = manifest.iter().map(|said| {
        let (id, rest) = said.split_once(' ').expect("an item has an address");
        let (href, more) = rest.split_once(' ').unwrap_or((rest, ""));
        format!("<item id=\"{id}\" href=\"{href}\" {more}/>")
    });
    let order = spine.iter().map(|id| format!("<itemref idref=\"{id}\"/>"));
    format!(
        "<package xmlns:dc=\"x\"><metadata><dc:title>A Book</dc:title></metadata>\
         <manifest>{}</manifest><spine>{}</spine></package>",
        items.collect::<String>(),
        order.collect::<String>()
    )
}

fn file(bytes: &[u8]) -> Result<Imported, ImportError> {
    read(Input {
        bytes: bytes.to_vec(),
        kind: None,
        charset: None,
        source: Source::File("book.epub".to_owned()),
        title: None,
    })
}

fn opened(bytes: &[u8]) -> Imported {
    file(bytes).expect("there is a book in it")
}

fn said(bytes: &[u8]) -> String {
    walk(&opened(bytes).article)
}

/// Makes a book of version 3 with most of what books contain.
fn good() -> Vec<u8> {
    book(
        "<?xml version=\"1.0\"?><package xmlns:dc=\"x\"><metadata><dc:title>A Book</dc:title>\
         <dc:creator>A. Uthor</dc:creator><dc:creator>B. Uthor</dc:creator>\
         <dc:language>en</dc:language><dc:date>2020-01-02</dc:date></metadata><manifest>\
         <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\"/>\
         <item id=\"two\" href=\"text/two%20b.xhtml\"/><item id=\"one\" href=\"text/one.xhtml\"/>\
         <item id=\"notes\" href=\"text/notes.xhtml\"/>\
         <item id=\"p\" href=\"p.png\" media-type=\"image/png\"/></manifest><spine>\
         <itemref idref=\"n\"/><itemref idref=\"notes\" linear=\"no\"/><itemref idref=\"one\"/>\
         <itemref idref=\"two\"/></spine></package>",
        &[
            (
                "OEBPS/nav.xhtml",
                b"<nav epub:type=\"toc\"><ol><li><a href=\"text/one.xhtml\">First</a></li>\
                  <li><a href=\"text/two%20b.xhtml\">Second</a></li></ol></nav>",
            ),
            (
                "OEBPS/text/one.xhtml",
                b"<?xml version=\"1.0\"?><html xml:lang=\"en\"><head><title/><script src=\"x\"/></head>\
                  <body><h1 id=\"t\">First</h1><p>See <a href=\"two%20b.xhtml#t\">there</a>\
                  <a epub:type=\"noteref\" href=\"notes.xhtml#n1\">1</a>, \
                  <a href=\"none.xhtml\">not</a> <a href=\"https://e.org/\">out</a>.</p>\
                  <img src=\"../p.png\" alt=\"P\"/></body></html>",
            ),
            (
                "OEBPS/text/two b.xhtml",
                b"<html><body><p><a id=\"t\"/>Words &amp; <i/>more. <a href='#t'>Here</a></p></body></html>",
            ),
            (
                "OEBPS/text/notes.xhtml",
                b"<html><body><aside epub:type=\"footnote\" id=\"n1\"><p>A note.</p></aside></body></html>",
            ),
            ("OEBPS/p.png", PNG),
        ],
    )
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let imported = opened(&good());
    assert_eq!(
        walk(&imported.article),
        "h1(id=c1-t)*[First] p*[See a(href=#c2-t)[there] noteref(href=#c3-n1)(label=1)[], not \
         a(href=https://e.org/)[out].] \
         p[img(src=data:image/png;base64,iVBORw0KGgoA)(alt=P)[]] \
         h1*[Second] p*[span(id=c2-t)[Words & ]more. a(href=#c2-t)[Here]] p(id=c3-n1)*[A note.]"
    );
    let description = imported.article.description();
    assert_eq!(description.title, "A Book");
    assert_eq!(description.byline.as_deref(), Some("A. Uthor, B. Uthor"));
    assert_eq!(description.language.as_deref(), Some("en"));
    assert_eq!(description.published.as_deref(), Some("2020-01-02"));
    assert_eq!(description.source, Source::File("book.epub".to_owned()));
    assert!(!imported.cut);
}

#[test]
fn headings_come_from_an_ncx() {
    let ncx = b"<ncx><navMap><navPoint><navLabel><text>Part</text></navLabel>\
        <content src=\"a.html\"/><navPoint><navLabel><text>Chapter One</text></navLabel>\
        <content src=\"a.html#one\"/></navPoint></navPoint></navMap></ncx>";
    let bytes = book(
        &package(
            &[
                "a a.html",
                "ncx toc.ncx media-type=\"application/x-dtbncx+xml\"",
            ],
            &["a"],
        ),
        &[
            ("OEBPS/toc.ncx", ncx),
            (
                "OEBPS/a.html",
                b"<body><p>Words.</p><p id='one'><b>Chapter  one</b></p><p>More.</p></body>",
            ),
        ],
    );
    assert_eq!(
        said(&bytes),
        "h2*[Part] p*[Words.] h3(id=c1-one)*[b[Chapter one]] p*[More.]"
    );
}

#[test]
fn equal_ids_of_two_chapters_stay_two() {
    let bytes = book(
        &package(&["a a.html", "b b.html"], &["a", "b"]),
        &[
            ("OEBPS/a.html", b"<h1 id='x'>A</h1><h2 id='c2-x'>AA</h2><p><a href='#x'>a</a> <a href='b.html#x'>b</a> <a href='b.html'>B</a>"),
            ("OEBPS/b.html", b"<h1 id='x'>B</h1><p><a href='#x'>b</a> <a href='a.html#c2-x'>a</a>"),
        ],
    );
    assert_eq!(
        said(&bytes),
        "h1(id=c1-x)*[A] h2(id=c1-c2-x)*[AA] p*[a(href=#c1-x)[a] a(href=#c2-x)[b] a(href=#c2)[B]] \
         h1(id=c2-x)*[span(id=c2)[B]] p*[a(href=#c2-x)[b] a(href=#c1-c2-x)[a]]"
    );
}

#[test]
fn what_a_chapter_leaves_open_ends_with_it() {
    let bytes = book(
        &package(&["a a.html", "b b.html", "c c.html"], &["a", "b", "c"]),
        &[
            (
                "OEBPS/a.html",
                b"<div><blockquote><b><a href='https://e.org/'><!-- x --><ul><li>A",
            ),
            ("OEBPS/b.html", b"</div></section></body><p>B<!-- open"),
            (
                "OEBPS/c.html",
                b"<script>if (a<b) \"</script><p title='<'>C &lt; <![CDATA[<d>]]>",
            ),
        ],
    );
    assert_eq!(
        said(&bytes),
        "blockquote[ul[li*[b[a(href=https://e.org/)[A]]]]] p*[B] p*[C < <d>]"
    );
}

#[test]
fn a_page_that_is_one_picture_shows_it() {
    let bytes = book(
        &package(
            &["a a.xhtml", "p p.png media-type=\"image/png\""],
            &["a", "p"],
        ),
        &[
            (
                "OEBPS/a.xhtml",
                b"<body><svg><image xlink:href='p.png'/><text>x</text></svg><p>A",
            ),
            ("OEBPS/p.png", PNG),
        ],
    );
    let picture = "p[img(src=data:image/png;base64,iVBORw0KGgoA)(alt=)[]]";
    assert_eq!(said(&bytes), format!("{picture} p*[A] {picture}"));
}

#[test]
fn charsets_are_those_that_the_files_say() {
    let mut utf16 = b"\xff\xfe".to_vec();
    let text = "<?xml version='1.0' encoding='utf-16'?><html><body><p>Größe</p></body></html>";
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let bytes = book(
        &package(&["a a.html", "b b.html"], &["a", "b"]),
        &[
            (
                "OEBPS/a.html",
                b"<?xml version='1.0' encoding='iso-8859-7'?><p>\xe1\xe2",
            ),
            ("OEBPS/b.html", &utf16),
        ],
    );
    assert_eq!(said(&bytes), "p*[αβ] p*[Größe]");
}

#[test]
fn pages_that_turn_left_are_no_lines_that_run_left_in_columns() {
    let direction = |language: &str| {
        let package = package(&["a a.html"], &["a"])
            .replace("<spine>", "<spine page-progression-direction=\"rtl\">")
            .replace(
                "</metadata>",
                &format!("<dc:language>{language}</dc:language></metadata>"),
            );
        let imported = opened(&book(&package, &[("OEBPS/a.html", b"<p>x")]));
        imported.article.description().direction.clone()
    };
    assert_eq!(direction("ar").as_deref(), Some("rtl"));
    assert_eq!(direction("ja-JP"), None);
}
