//! Opening articles: by paste, file, drop, address and from the list; and what cannot be opened.

use postil::model::failure::Failure;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};
use postil_testing::steps::BUNDLED;

in_both_browsers!(
    what_is_pasted_is_read,
    files_of_three_kinds_are_read,
    a_saved_page_and_a_book_are_read,
    a_page_of_the_web_is_read_and_keeps_its_notes,
    a_page_that_forbids_it_is_not_read,
    a_wiki_and_a_blog_are_read_by_their_interfaces,
    what_cannot_be_opened_changes_nothing,
    the_library_leads_back_to_an_article_and_its_notes,
    a_dropped_file_is_read,
    pictures_wait_until_they_are_asked_for,
);

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Of Margins</title></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>Of Margins</h1>
<p>A gloss stands in the <a href="next.html">margin of a page</a> and speaks to its text, as it has done for a
thousand years and more, in every library of the world.</p>
<p>A second paragraph follows the first one, so that there is enough to read and to mark for anybody, and it leads
to <a href="/top.html#part">another page</a> in the end.</p></article>
</body></html>"#;

fn site_with_page(allows: bool) -> Server {
    let site = Server::start();
    let mut answer = Answer::html(PAGE);
    if allows {
        answer = answer.with_header("Access-Control-Allow-Origin", "*");
    }
    site.put("/folder/page.html", answer);
    site
}

async fn what_is_pasted_is_read(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted("# A *pasted* title\n\nSome **bold** words and a [link](https://example.org/).\n\n- one\n- two").await;
    let article = reader.article("A pasted title");
    article.wait().await;
    assert!(article.heading("A pasted title").is_there().await);
    assert_eq!(
        article.link("link").attribute("href").await.as_deref(),
        Some("https://example.org/")
    );
    assert_eq!(article.listitem(Name::Any).count().await, 2);
    reader.hear("Opened").await;
    reader.highlight("bold").await;

    reader
        .open_pasted("<h1>Source of HTML</h1><p>With <em>emphasis</em> &amp; an entity.</p>")
        .await;
    let article = reader.article("Source of HTML");
    article.wait().await;
    assert!(article.text().await.contains("With emphasis & an entity."));
    reader.wait_painted(&[]).await;
    reader.highlight("emphasis").await;
    reader.reload().await;
    article.wait().await;
    reader.wait_painted(&["emphasis"]).await;
}

async fn files_of_three_kinds_are_read(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_file(
            "notes.md",
            "# Müller’s file\n\nWith *Markdown* in it.".as_bytes(),
        )
        .await;
    reader.article("Müller’s file").wait().await;
    assert!(
        reader
            .article(Name::Any)
            .text()
            .await
            .contains("With Markdown in it.")
    );
    reader.highlight("Markdown").await;

    reader
        .open_file(
            "plain.txt",
            b"First *line* of a text.\n\nAnother paragraph <b>of it</b>.",
        )
        .await;
    reader.article(Name::Has("plain")).wait().await;
    let text = reader.article_text().await;
    assert!(
        text.contains("First *line* of a text.")
            && text.contains("Another paragraph <b>of it</b>."),
        "{text}"
    );
    reader.highlight("Another paragraph").await;

    reader.open_file("page.html", PAGE.as_bytes()).await;
    reader.article("Of Margins").wait().await;
    reader.highlight("enough to read").await;

    // The same words are the same article, wherever they come from.
    reader
        .open_file(
            "notes.md",
            "# Müller’s file\n\nWith *Markdown* in it.".as_bytes(),
        )
        .await;
    reader.article("Müller’s file").wait().await;
    reader.wait_painted(&["Markdown"]).await;
}

async fn a_page_of_the_web_is_read_and_keeps_its_notes(reader: &Reader) {
    let site = site_with_page(true);
    reader.open_site().await;
    reader
        .open_address(&site.address_of("/folder/page.html"))
        .await;
    let article = reader.article("Of Margins");
    article.wait().await;
    let href = |name: &'static str| article.link(name);
    assert_eq!(
        href("margin of a page").attribute("href").await,
        Some(site.address_of("/folder/next.html"))
    );
    assert_eq!(
        href("another page").attribute("href").await,
        Some(site.address_of("/top.html#part"))
    );
    assert_eq!(site.asked(), ["/folder/page.html"]);
    reader
        .write_note("enough to read", "quite so", "margins")
        .await;
    // The site is gone; the article is still here.
    site.close();
    reader.reload().await;
    article.wait().await;
    reader.wait_painted(&["enough to read"]).await;
    assert!(
        reader
            .card("enough to read")
            .text()
            .await
            .contains("quite so")
    );
}

async fn a_page_that_forbids_it_is_not_read(reader: &Reader) {
    let site = site_with_page(false);
    reader.open_site().await;
    reader.highlight("public roads").await;
    let text = reader.article_text().await;
    reader
        .open_address(&site.address_of("/folder/page.html"))
        .await;
    reader.be_warned("not opened").await;
    // The message names alternatives.
    reader.be_warned("save it as a file").await;
    reader.be_warned("copy its text").await;
    reader.article(BUNDLED).wait().await;
    assert_eq!(reader.article_text().await, text);
    reader.wait_painted(&["public roads"]).await;
    reader
        .alert(Name::Any)
        .button(EN.buttons.dismiss)
        .click()
        .await;
    reader.alert(Name::Has("not opened")).wait_gone().await;
}

/// The pages themselves do not allow cross-origin reads.
async fn a_wiki_and_a_blog_are_read_by_their_interfaces(reader: &Reader) {
    let site = Server::start();
    for path in ["/wiki/Gloss", "/2026/11/marginal-notes/"] {
        site.put(path, Answer::html(PAGE));
    }
    let answer = |json: &serde_json::Value| {
        Answer::new("application/json", json.to_string())
            .with_header("Access-Control-Allow-Origin", "*")
    };
    let words =
        "<p>A gloss stands in the <a href='/wiki/Margin'>margin</a> and speaks to its text.</p>";
    let wiki = json!({ "parse": { "title": "Gloss", "displaytitle": "<i>Gloss</i>", "pageid": 1, "text": words } });
    site.put("/w/api.php", answer(&wiki));
    reader.open_site().await;
    reader.open_address(&site.address_of("/wiki/Gloss")).await;
    reader.article("Gloss").wait().await;
    let article = reader.article(Name::Any);
    assert!(article.text().await.contains("speaks to its text"));
    assert_eq!(
        article.link("margin").attribute("href").await,
        Some(site.address_of("/wiki/Margin"))
    );
    reader.highlight("speaks to its text").await;

    let post = json!([{
        "title": { "rendered": "Marginal &#8220;notes&#8221;" },
        "content": { "rendered": "<p>Notes in the margin are older than print.</p>" },
        "link": site.address_of("/2026/11/marginal-notes/"),
        "date": "2026-11-02T10:00:00",
    }]);
    site.put("/wp-json/wp/v2/posts", answer(&post));
    reader
        .open_address(&site.address_of("/2026/11/marginal-notes/"))
        .await;
    reader.article("Marginal “notes”").wait().await;
    assert!(reader.article_text().await.contains("older than print"));
    // The same address is the same article, with its notes.
    reader.open_address(&site.address_of("/wiki/Gloss")).await;
    reader.article("Gloss").wait().await;
    reader.wait_painted(&["speaks to its text"]).await;
}

async fn what_cannot_be_opened_changes_nothing(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let text = reader.article_text().await;
    for nonsense in [
        "not an address",
        "javascript:alert(1)",
        "ftp://example.org/a",
        "http://",
    ] {
        reader.open_address(nonsense).await;
        reader.be_warned("not opened").await;
        assert_eq!(reader.article_text().await, text, "{nonsense}");
        reader
            .alert(Name::Any)
            .button(EN.buttons.dismiss)
            .click()
            .await;
        reader.alert(Name::Has("not opened")).wait_gone().await;
    }
    let pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
    reader.open_file("paper.pdf", pdf).await;
    reader.be_warned("PDF").await;
    assert_eq!(reader.article_text().await, text);
    reader
        .alert(Name::Any)
        .button(EN.buttons.dismiss)
        .click()
        .await;
    reader.open_file("empty.txt", b"  \n").await;
    reader
        .be_warned_of(Message::OpenFailed {
            why: Failure::Empty,
        })
        .await;
    assert_eq!(reader.article_text().await, text);

    let dialog = reader.open_dialog().await;
    dialog.button(EN.buttons.open).click().await;
    dialog.alert(Name::Has(EN.open.nothing_given)).wait().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader
        .choose_notes("broken.json", b"{\"type\": \"Annot")
        .await;
    reader.be_warned("No notes were imported").await;
    assert_eq!(reader.article_text().await, text);
    assert_eq!(reader.note_records().await, []);
}

async fn the_library_leads_back_to_an_article_and_its_notes(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("public roads", "which roads?", "").await;
    reader
        .open_pasted("# Another one\n\nWith words of its own.")
        .await;
    reader.article("Another one").wait().await;
    reader.wait_painted(&[]).await;
    reader.highlight("words of its own").await;
    let dialog = reader.open_library().await;
    assert!(
        dialog
            .button(Name::Begins("Another one"))
            .text()
            .await
            .contains("1 note")
    );
    dialog.button(Name::Begins(BUNDLED)).click().await;
    reader.article(BUNDLED).wait().await;
    reader.wait_painted(&["public roads"]).await;
    assert!(
        reader
            .card("public roads")
            .text()
            .await
            .contains("which roads?")
    );
    let dialog = reader.open_library().await;
    dialog.button(Name::Begins("Another one")).click().await;
    reader.article("Another one").wait().await;
    reader.wait_painted(&["words of its own"]).await;
}

async fn a_dropped_file_is_read(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let drop = "const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[1]], arguments[0], { type: arguments[2] }));
        for (const kind of ['dragenter', 'dragover', 'drop']) {
            const event = new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
            document.querySelector('main').dispatchEvent(event);
            if (kind !== 'dragenter' && !event.defaultPrevented) return `${kind} would lead away`;
        }
        return 'taken'";
    let arguments = vec![
        json!("dropped.md"),
        json!("# Dropped\n\nFrom above."),
        json!("text/markdown"),
    ];
    assert_eq!(reader.run(drop, arguments).await, "taken");
    reader.article("Dropped").wait().await;
    reader.highlight("From above").await;
    let file = reader.export().await;
    reader.card("From above").click().await;
    reader
        .card("From above")
        .button(EN.card.remove)
        .click()
        .await;
    reader.wait_painted(&[]).await;
    let arguments = vec![
        json!("notes.json"),
        json!(file.to_string()),
        json!("application/json"),
    ];
    assert_eq!(reader.run(drop, arguments).await, "taken");
    // Notes of its own are taken at once.
    reader.wait_painted(&["From above"]).await;
}

async fn pictures_wait_until_they_are_asked_for(reader: &Reader) {
    let site = Server::start();
    let dot = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10'/></svg>";
    let answer = Answer::new("image/svg+xml", dot).with_header("Access-Control-Allow-Origin", "*");
    site.put("/dot.svg", answer);
    let address = site.address_of("/dot.svg");
    reader.open_site().await;
    let page = format!(
        "# With a picture\n\nBefore it. ![A dot]({address}) Behind it.\n\n![Again]({address}?2)"
    );
    reader.open_pasted(&page).await;
    reader.article("With a picture").wait().await;
    let label = (EN.reader.show_pictures)("");
    let show = reader.button(Name::Has(&label));
    show.wait().await;
    reader.highlight("Behind it").await;
    assert_eq!(site.asked(), Vec::<String>::new());
    show.click().await;
    show.wait_gone().await;
    let shown = async || {
        let script = "return [...element.querySelectorAll('img')].filter((img) => img.naturalWidth > 0).length";
        match reader.article(Name::Any).evaluate(script).await {
            count if count == 2 => Ok(()),
            count => Err(format!("{count} pictures are shown")),
        }
    };
    reader.wait_for(shown).await;
    reader.wait_painted(&["Behind it"]).await;
}

const SAVED: &str = "From: <Saved by a browser>\r\n\
Snapshot-Content-Location: https://example.org/saved.html\r\n\
Subject: A saved page\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Part\"\r\n\r\n\r\n\
------Part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
Content-Location: https://example.org/saved.html\r\n\r\n\
<!doctype html><html><head><title>A saved page</title></head><body><h1>A saved page</h1>\r\n\
<p>Caf=C3=A9 tables and <a href=3D\"next.html\">what comes next</a>, kept in=\r\n one file.</p></body></html>\r\n\
------Part--\r\n";

/// A book of two uncompressed chapters.
fn book() -> Vec<u8> {
    let chapter = |words: &str| {
        format!(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body>{words}</body></html>"
        )
    };
    let files = [
        ("mimetype", "application/epub+zip".to_owned()),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>".to_owned()),
        ("book.opf", "<package><metadata><dc:title>A book of two</dc:title><dc:language>en</dc:language></metadata>\
            <manifest><item id=\"b\" href=\"two.xhtml\" media-type=\"application/xhtml+xml\"/>\
            <item id=\"a\" href=\"one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
            <spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>".to_owned()),
        ("one.xhtml", chapter("<h1>The first chapter</h1><p>It leads to <a href=\"two.xhtml#there\">the second one</a>.</p>")),
        ("two.xhtml", chapter("<h1>The second chapter</h1><p id=\"there\">And there it ends.</p>")),
    ];
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, text) in files {
        let file = archive.new_file(name);
        let (mut entry, config) = file.start().expect("memory can be written");
        let mut writer = config.wrap(&mut entry);
        std::io::Write::write_all(&mut writer, text.as_bytes()).expect("memory can be written");
        let (_, sizes) = writer.finish().expect("memory can be written");
        entry.finish(sizes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written");
    bytes
}

async fn a_saved_page_and_a_book_are_read(reader: &Reader) {
    reader.open_site().await;
    reader.open_file("saved.mhtml", SAVED.as_bytes()).await;
    let saved = reader.article("A saved page");
    saved.wait().await;
    assert!(
        reader
            .article_text()
            .await
            .contains("Café tables and what comes next, kept in one file.")
    );
    assert_eq!(
        saved
            .link("what comes next")
            .attribute("href")
            .await
            .as_deref(),
        Some("https://example.org/next.html")
    );
    reader.highlight("in one file").await;

    reader.open_file("book.epub", &book()).await;
    let opened = reader.article("A book of two");
    opened.wait().await;
    let text = reader.article_text().await;
    let (first, second) = (
        text.find("The first chapter"),
        text.find("The second chapter"),
    );
    assert!(first.is_some() && first < second, "{text}");
    assert_eq!(opened.heading(Name::Any).count().await, 2);
    opened.link("the second one").click().await;
    reader.highlight("And there it ends").await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.article("A book of two").wait().await;
    reader.wait_painted(&["And there it ends"]).await;
}
