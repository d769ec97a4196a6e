//! What goes out as a page or as an archive holds everything, and is taken in again.

use postil::model::exchange::Format;
use serde_json::json;

use postil_testing::journey::in_both_languages;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::Answer;

in_both_languages!(
    an_exported_page_is_read_anywhere_and_taken_in_again,
    a_library_goes_out_and_comes_back,
);

const WORDS: &str = "# The kiln\n\nThe kiln is lit before dawn and whoever tends it brings bread.\n\nThe cups are set in rows.\n\nالفخار يجف.";
const ONE: &str = "lit before dawn";
const OTHER: &str = "dawn and whoever tends";

async fn an_exported_page_is_read_anywhere_and_taken_in_again(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(WORDS).await;
    reader
        .write_note(ONE, "At **four**? </script>", "bread")
        .await;
    reader.highlight(OTHER).await;
    reader.press("Escape").await;
    let painted = reader.painted().await;
    let text = reader.article_text().await;
    let words = reader.words();
    reader.button(words.bar.export).click().await;
    let menu = reader.menu(words.bar.export);
    menu.menuitem((words.bar.format)(Format::WebPage))
        .click()
        .await;
    let file = reader.wait_for_download("*.html").await;

    // As any browser shows it: nothing in it can run, and everything is there.
    reader.server.put("/exported", Answer::html(&file.text()));
    reader.open(&reader.server.address_of("/exported")).await;
    let script = "const marked = (id) => [...document.querySelectorAll('mark[data-note]')]
            .filter((mark) => mark.dataset.note.split(' ').includes(id))
            .map((mark) => mark.textContent).join('');
        const ids = new Set([...document.querySelectorAll('mark[data-note]')].flatMap((mark) => mark.dataset.note.split(' ')));
        return {
            run: document.querySelectorAll('script:not([type=\"application/ld+json\"], [type=\"application/json\"])').length,
            passages: [...ids].map(marked).sort(),
            note: document.querySelector('aside .words').innerText.trim(),
            strong: document.querySelector('aside .words strong').textContent,
            tag: document.querySelector('.tag').textContent,
            back: document.getElementById(document.querySelector('.ref a').hash.slice(1)) !== null,
            // Each paragraph begins where its own script does.
            ends: [...document.querySelectorAll('article > p')].map((paragraph) => {
                const words = document.createRange();
                words.selectNodeContents(paragraph);
                const [box, room] = [words.getBoundingClientRect(), paragraph.getBoundingClientRect()];
                return box.left - room.left < 2 ? 'left' : room.right - box.right < 2 ? 'right' : 'neither';
            }),
            wide: document.documentElement.scrollWidth <= window.innerWidth,
        }";
    let shown = reader.run(script, vec![]).await;
    assert_eq!(
        shown,
        json!({
            "run": 0,
            "passages": [OTHER, ONE],
            "note": "At four? </script>",
            "strong": "four",
            "tag": "bread",
            "back": true,
            "ends": ["left", "left", "right"],
            "wide": true,
        })
    );
    reader.expect_accessible().await;

    // In a Postil that knows nothing of it.
    reader.open_site().await;
    reader.forget_everything().await;
    reader.open_file(&file.name, file.text().as_bytes()).await;
    let painted: Vec<&str> = painted.iter().map(String::as_str).collect();
    reader.wait_painted(&painted).await;
    assert_eq!(reader.article_text().await, text);
    let card = reader.card(ONE);
    card.list(words.editor.tags).listitem("bread").wait().await;
    let says = async || match card.text().await {
        text if text.contains("At four?") => Ok(()),
        text => Err(format!("the note says {text:?}")),
    };
    reader.wait_for(says).await;
}

/// Opens an article from the library.
async fn open_from_library(reader: &Reader, title: &str) {
    let dialog = reader.open_library().await;
    dialog.button(Name::Begins(title)).click().await;
    dialog.wait_gone().await;
    reader.article(title).wait().await;
}

async fn a_library_goes_out_and_comes_back(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(WORDS).await;
    reader.write_note(ONE, "At four?", "bread").await;
    reader
        .open_pasted("# 港の朝\n\nThe boats are counted twice.")
        .await;
    reader.article("港の朝").wait().await;
    reader.highlight("counted twice").await;
    reader.press("Escape").await;
    reader.wait_until_saved().await;
    let words = reader.words();
    reader.button(words.bar.export).click().await;
    let menu = reader.menu(words.bar.export);
    menu.menuitem(words.library_file.label).click().await;
    let file = reader.wait_for_download("*.zip").await;
    let names = String::from_utf8_lossy(&file.bytes).into_owned();
    for name in [
        "settings.json",
        "README.txt",
        "articles/The-kiln.html",
        "articles/港の朝.html",
    ] {
        assert!(names.contains(name), "{name} is not in the archive");
    }

    reader.forget_everything().await;
    reader.open_file(&file.name, &file.bytes).await;
    // The library lists both as soon as their notes are there.
    let known = async || match reader.known_articles().await {
        known if known == 2 => Ok(()),
        known => Err(format!("{known} articles are known")),
    };
    reader.wait_for(known).await;
    let noted = async || match reader.note_records().await.len() {
        2 => Ok(()),
        count => Err(format!("{count} notes are kept")),
    };
    reader.wait_for(noted).await;
    open_from_library(reader, "The kiln").await;
    reader.wait_painted(&[ONE]).await;
    reader
        .card(ONE)
        .list(words.editor.tags)
        .listitem("bread")
        .wait()
        .await;
    open_from_library(reader, "港の朝").await;
    reader.wait_painted(&["counted twice"]).await;
}
