//! Tests of saved pages as browsers write them, and as they are altered on the way.

use super::super::notation::walk;
use super::super::{ImportError, Imported, Input, read};
use crate::model::article::Source;

/// A page with a paragraph with soft breaks and a picture by its id, as Chromium writes it.
const CHROMIUM: &str = "From: <Saved by Blink>\r
Snapshot-Content-Location: https://example.org/deep/page.html?a=1\r
Subject: A page\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype=\"text/html\";\r
\tboundary=\"----MultipartBoundary--x1----\"\r
\r
\r
------MultipartBoundary--x1----\r
Content-Type: text/html\r
Content-ID: <frame-1@mhtml.blink>\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://example.org/deep/page.html?a=1\r
\r
<!DOCTYPE html><html lang=3D\"en\"><head><meta http-equiv=3D\"Content-Type\" con=\r
tent=3D\"text/html; charset=3DUTF-8\"><title>A p=\r
age</title></head><body><h1>Caf=C3=A9</h1><p>One lo=\r
ng word, <a href=3D\"other.html\">a link</a>.</p><img alt=3D\"By id\" src=3D\"cid:pi=\r
cture@x\"><img alt=3D\"By place\" src=3D\"../b.png\" srcset=3D\"c.png 2x\">=\r
<iframe src=3D\"cid:frame-2@mhtml.blink\"></iframe></body></html>\r
------MultipartBoundary--x1----\r
Content-Type: image/png\r
Content-ID: <picture@x>\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0K\r
GgoAAAA=\r
------MultipartBoundary--x1----\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://example.org/b.png\r
\r
iVBORw0KGgoB\r
\r
------MultipartBoundary--x1----\r
Content-Type: text/html\r
Content-ID: <frame-2@mhtml.blink>\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>In a frame\r
------MultipartBoundary--x1------\r
";

fn file(bytes: &[u8]) -> Result<Imported, ImportError> {
    read(Input {
        bytes: bytes.to_vec(),
        kind: None,
        charset: None,
        source: Source::File("saved.mhtml".to_owned()),
        title: None,
    })
}

fn page(bytes: &[u8]) -> Imported {
    file(bytes).expect("there is a page in it")
}

#[test]
fn a_page_of_chromium_is_read_with_its_pictures() {
    let imported = page(CHROMIUM.as_bytes());
    assert_eq!(
        walk(&imported.article),
        "h1*[Café] p*[One long word, a(href=https://example.org/deep/other.html)[a link].] \
         p[img(src=data:image/png;base64,iVBORw0KGgoAAAA=)(alt=By id)[] \
         img(src=data:image/png;base64,iVBORw0KGgoB)(alt=By place)[]]"
    );
    let description = imported.article.description();
    assert_eq!(description.title, "A page");
    assert_eq!(description.language.as_deref(), Some("en"));
    assert_eq!(
        description.source,
        Source::Address("https://example.org/deep/page.html?a=1".to_owned())
    );
    assert!(!imported.cut);
}

#[test]
fn what_was_fetched_keeps_its_address_and_the_pages_own_base() {
    let imported = read(Input {
        bytes: CHROMIUM.as_bytes().to_vec(),
        kind: None,
        charset: None,
        source: Source::Address("https://files.example/a.mht".to_owned()),
        title: None,
    });
    let article = imported.expect("there is a page in it").article;
    // It is kept under the address that it was fetched from, but its links are the page's.
    assert_eq!(
        article.description().source,
        Source::Address("https://files.example/a.mht".to_owned())
    );
    assert!(walk(&article).contains("a(href=https://example.org/deep/other.html)[a link]"));
}

#[test]
fn a_page_of_another_machine_keeps_its_files_name() {
    let text = CHROMIUM.replace(
        "https://example.org/deep/page.html?a=1",
        "file:///x/page.html",
    );
    let article = page(text.as_bytes()).article;
    assert_eq!(
        article.description().source,
        Source::File("saved.mhtml".to_owned())
    );
}

#[test]
fn charsets_are_those_of_the_part() {
    let western = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\
        Content-Type: text/html; charset=\"windows-1252\"\nContent-Transfer-Encoding: 8bit\n\n\
        <p>Caf\xe9 \x93x\x94\n--x--\n";
    assert_eq!(walk(&page(western).article), "p*[Café “x”]");
    let encoded = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\
        Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: BASE64\n\n\
        PHA+R3LDvMOf\nZQ==\n--x--\n";
    assert_eq!(walk(&page(encoded).article), "p*[Grüße]");
    let printable = b"MIME-Version: 1.0\nContent-Type: text/html; charset=koi8-r\n\
        Content-Transfer-Encoding: quoted-printable\n\n<p>=C1=C2=\n=D7";
    assert_eq!(walk(&page(printable).article), "p*[абв]");
}

#[test]
fn the_root_is_the_one_that_is_said_or_the_first() {
    let related = |start: &str| {
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; {start}boundary=x\n\n--x\n\
             Content-Type: text/html\nContent-ID: <one>\n\n<p>One\n--x\n\
             Content-Type: text/html\nContent-ID: <two>\n\n<p>Two\n--x--\n"
        )
    };
    let read = |start: &str| walk(&page(related(start).as_bytes()).article);
    assert_eq!(read(""), "p*[One]");
    assert_eq!(read("start=\"<two>\"; "), "p*[Two]");
    assert_eq!(read("start=three; "), "p*[One]");
}

#[test]
fn parts_in_parts_are_looked_at() {
    let text = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\
        Content-Type: multipart/alternative; boundary=\"y y\"\n\n--y y\nContent-Type: text/plain\n\n\
        plain\n--y y\nContent-Type: text/html\n\n<p>rich <img src='cid:a%40b' alt=A>\n--y y--\n\n--x\n\
        Content-Type: image/gif\nContent-ID: <a@b>\n\nGIF89a\n--x--\n";
    assert_eq!(
        walk(&page(text).article),
        "p*[rich img(src=data:image/gif;base64,R0lGODlh)(alt=A)[]]"
    );
}

#[test]
fn a_boundary_that_is_not_said_is_found() {
    let text = CHROMIUM.replace(
        "\tboundary=\"----MultipartBoundary--x1----\"\r\n",
        "\tx=y\r\n",
    );
    let imported = page(text.as_bytes());
    assert!(walk(&imported.article).starts_with("h1*[Café] p*[One long word"));
    let none = b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<p>Words\n";
    assert_eq!(walk(&page(none).article), "p*[Words]");
}

#[test]
fn what_broke_off_is_shown_as_far_as_it_goes() {
    let end = CHROMIUM.find("ng word").expect("it is in the page");
    let imported = page(&CHROMIUM.as_bytes()[..end]);
    assert_eq!(walk(&imported.article), "h1*[Café] p*[One lo]");
    assert!(imported.cut);
}

#[test]
fn a_message_without_a_page_is_said_so() {
    let text = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\
        Content-Type: image/gif\n\nGIF89a\n--x--\n";
    assert_eq!(file(text).err(), Some(ImportError::Damaged("MHTML")));
    let empty = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n";
    assert_eq!(file(empty).err(), Some(ImportError::Damaged("MHTML")));
}

#[test]
fn parts_without_end_are_cut() {
    let mut text =
        String::from("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n");
    text.push_str("--x\nContent-Type: text/html\n\n<p>Words\n");
    text.push_str(&"--x\nContent-Type: multipart/related; boundary=x\n\n".repeat(30_000));
    let imported = page(text.as_bytes());
    assert_eq!(walk(&imported.article), "p*[Words]");
    assert!(imported.cut);
}

#[cfg(not(target_arch = "wasm32"))]
mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn bytes_changed_at_random_never_panic(
            changes in prop::collection::vec((0..CHROMIUM.len(), any::<u8>()), 1..40),
            end in 0..=CHROMIUM.len(),
        ) {
            let mut bytes = CHROMIUM.as_bytes().to_vec();
            for (at, byte) in changes {
                bytes[at] = byte;
            }
            for bytes in [&bytes[..], &bytes[..end]] {
                if let Ok(imported) = file(bytes) {
                    prop_assert!(!imported.article.text().is_empty());
                }
            }
        }
    }
}
