//! Files of hostile size or shape: the page shows what it can, says what it leaves out, and stays
//! responsive.

use postil::model::failure::Failure;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::hostile::bomb;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_browsers!(
    the_page_answers_while_a_million_paragraphs_are_read,
    what_is_too_much_is_cut_with_a_notice,
    what_is_broken_shows_its_words,
    what_has_no_words_is_refused,
);

const CUT: &str = "without its end: it is longer than Postil can read";

/// Drops a file onto the window, made there of an expression: what is large comes by no wire.
async fn drop_made(reader: &Reader, name: &str, parts: &str) {
    let script = format!(
        "const transfer = new DataTransfer();
         transfer.items.add(new File({parts}, arguments[0]));
         dispatchEvent(new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));"
    );
    reader.run(&script, vec![json!(name)]).await;
}

async fn drop_bytes(reader: &Reader, name: &str, bytes: &[u8]) {
    drop_made(reader, name, &format!("[new Uint8Array({bytes:?})]")).await;
}

/// Waits until an article of this title is there, and returns its text.
async fn shown(reader: &Reader, title: &str) -> String {
    reader.article(title).wait().await;
    reader.article_text().await
}

async fn the_page_answers_while_a_million_paragraphs_are_read(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    // Records whether the dialog or the article came first.
    let watch = "window.came = [];
        const seen = { dialog: () => document.querySelector('dialog[open]'),
            article: () => document.querySelector('article')?.getAttribute('aria-label') === 'million' };
        new MutationObserver(() => {
            for (const [name, look] of Object.entries(seen)) {
                if (!window.came.includes(name) && look()) window.came.push(name);
            }
        }).observe(document, { subtree: true, childList: true, attributes: true });";
    reader.run(watch, vec![]).await;
    drop_made(
        reader,
        "million.html",
        "['<p>first words', '<p>word'.repeat(1e6)]",
    )
    .await;
    reader.press("?").await;
    reader.dialog(EN.bar.keys).wait().await;
    reader.press("Escape").await;
    reader.dialog(EN.bar.keys).wait_gone().await;
    reader.be_warned(CUT).await;
    assert!(
        shown(reader, "million")
            .await
            .starts_with("first words\nword\nword\n")
    );
    let came = reader.run("return window.came", vec![]).await;
    assert_eq!(came, json!(["dialog", "article"]));
    reader.highlight("first words").await;
}

async fn what_is_too_much_is_cut_with_a_notice(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    for (name, unit) in [
        ("divisions", "<div>"),
        ("lists", "<ul><li>"),
        ("tables", "<table><tr><td>"),
    ] {
        let parts = format!("['<p>first words</p>', '{unit}'.repeat(1e5), 'deep']");
        drop_made(reader, &format!("{name}.html"), &parts).await;
        let text = shown(reader, name).await;
        assert!(
            text.starts_with("first words") && text.ends_with("deep"),
            "{name}"
        );
        reader.be_warned(&format!("“{name}”, {CUT}")).await;
    }
    reader.highlight("first words").await;
    reader.open_file("bomb.epub", &bomb()).await;
    assert!(shown(reader, "bomb").await.starts_with("first words"));
    reader.be_warned(&format!("“bomb”, {CUT}")).await;
    reader.highlight("first words").await;
    // Two hundred megabytes, of which only the first are read.
    drop_made(reader, "huge.html", "['<p>first words</p>', '<p>word</p>'.repeat(5e4), '<!--', ...Array(200).fill(new Uint8Array(1e6).fill(120))]")
        .await;
    assert!(shown(reader, "huge").await.starts_with("first words"));
    reader.be_warned(&format!("“huge”, {CUT}")).await;
}

async fn what_is_broken_shows_its_words(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let unclosed = "<p>first words <b>bold <i>slanted <a href='#x'>linked <table><tr><td>in a cell <ul><li>in a list \
        <details><summary>summed up <blockquote>quoted <ruby>read <pre>as it is <select><option>chosen \
        <svg><text>drawn <math><mtext>reckoned <!-- and the rest is silence <p>unseen";
    let files: [(&str, &[u8], &str); 7] = [
        (
            "half a letter.html",
            b"<meta charset=utf-8><p>first a\xffb c\xe2\x82",
            "first a\u{fffd}b c\u{fffd}",
        ),
        (
            "no such charset.html",
            "<meta charset=no-such><p>first é".as_bytes(),
            "first é",
        ),
        (
            "a lie.html",
            "\u{feff}<meta charset=latin1><p>first é字".as_bytes(),
            "first é字",
        ),
        (
            "odd.txt",
            b"\xff\xfef\0i\0r\0s\0t\0 \0\x3d\xd8a",
            "first \u{fffd}",
        ),
        (
            "unclosed.html",
            unclosed.as_bytes(),
            "first words bold slanted linked",
        ),
        (
            "unclosed script.html",
            b"<p>first words<script>if (<p>x",
            "first words",
        ),
        (
            "unclosed.md",
            b"first words\n\n> ```\n> **never [closed](",
            "first words",
        ),
    ];
    for (name, bytes, words) in files {
        drop_bytes(reader, name, bytes).await;
        let (title, _) = name.rsplit_once('.').expect("a name with an ending");
        let text = shown(reader, title).await;
        assert!(text.contains(words), "{text:?} of {name}");
        reader.hear(&format!("Opened “{title}”")).await;
    }
    reader.highlight("first words").await;
}

async fn what_has_no_words_is_refused(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let before = reader.article_text().await;
    let files: [(&str, &[u8]); 5] = [
        ("empty.html", b""),
        ("silent.html", b"<script>first()</script><!-- words -->"),
        (
            "torn.epub",
            b"PK\x03\x04\x14\0\0\0\0\0 and then nothing of a book",
        ),
        ("a.txt", b"%PDF-1.7 and so on"),
        ("a.md", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0"),
    ];
    for (name, bytes) in files {
        drop_bytes(reader, name, bytes).await;
        reader.be_warned("The article was not opened").await;
        reader
            .alert(Name::Any)
            .button(EN.buttons.dismiss)
            .click()
            .await;
        reader
            .alert(Name::Has("The article was not opened"))
            .wait_gone()
            .await;
    }
    // What is larger than Postil reads, and worth nothing without its end.
    drop_made(
        reader,
        "huge.epub",
        "['PK', ...Array(61).fill(new Uint8Array(1 << 20))]",
    )
    .await;
    reader
        .be_warned_of(Message::OpenFailed {
            why: Failure::FileTooLarge,
        })
        .await;
    assert_eq!(reader.article_text().await, before);
    reader.highlight("public roads").await;
}
