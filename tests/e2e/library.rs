//! The library: articles are kept, found, left and returned to; a page is read in part or whole.

use postil::model::library::Order;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, Server};
use postil_testing::steps::BUNDLED;

in_both_browsers!(
    articles_are_searched_sorted_and_removed_for_a_while,
    what_was_removed_with_its_notes_comes_back_later,
    the_place_of_reading_is_kept,
    the_contents_lead_through_a_long_article,
    a_page_is_shown_in_part_or_whole_with_its_notes,
    what_takes_long_can_be_stopped,
);

/// A page that contains more than its article.
fn page(title: &str, parts: usize) -> String {
    let body: String = (1..=parts)
        .map(|part| {
            format!(
                "<h2>Part {part}</h2><p>Gloss number {part} stands in the margin, and speaks to the text beside it \
                 as it has done for a thousand years and more in every library of the world.</p>\
                 <p>Another paragraph of part {part} follows, so that there is enough to read and to mark for \
                 anybody who comes by and has an hour or two to spend among these words.</p>"
            )
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>{title}</title><meta property='og:site_name' content='The Shelf'>\
         </head><body><nav><a href=/>Home</a> <a href=/more>More of it</a></nav><article><h1>{title}</h1>{body}\
         </article><aside>Subscribe to our letter.</aside><footer>The imprint of the site</footer></body></html>"
    )
}

async fn titles(dialog: &Locator<'_>) -> Vec<String> {
    let script =
        "return [...element.querySelectorAll('.entry .title')].map((title) => title.textContent)";
    let titles = dialog.evaluate(script).await;
    serde_json::from_value(titles).expect("a list of titles")
}

async fn wait_titles(reader: &Reader, dialog: &Locator<'_>, wanted: &[&str]) {
    let look = async || match titles(dialog).await {
        titles if titles == wanted => Ok(()),
        titles => Err(format!("there are {titles:?} and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

async fn articles_are_searched_sorted_and_removed_for_a_while(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    reader
        .open_file("glosses.html", page("Of Glosses", 2).as_bytes())
        .await;
    reader.article("Of Glosses").wait().await;
    reader
        .write_note("Gloss number 2", "an unusual remark", "law")
        .await;
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;

    let dialog = reader.open_library().await;
    wait_titles(reader, &dialog, &["Zeta", "Of Glosses", BUNDLED]).await;
    let about = dialog.button(Name::Begins("Of Glosses")).text().await;
    assert!(
        about.contains("The Shelf") && about.contains("1 note") && about.contains("% read"),
        "{about}"
    );
    let sort = dialog.combobox(EN.library.sort_by);
    let choose = async |order: &str| {
        let choose = format!(
            "element.value = {}; element.dispatchEvent(new Event('change', {{ bubbles: true }}))",
            json!(order)
        );
        sort.evaluate(&choose).await;
    };
    choose((EN.library.order)(Order::Title)).await;
    wait_titles(reader, &dialog, &[BUNDLED, "Of Glosses", "Zeta"]).await;
    choose((EN.library.order)(Order::Notes)).await;
    wait_titles(reader, &dialog, &["Of Glosses", BUNDLED, "Zeta"]).await;
    // Titles, sites and the words of notes.
    let search = dialog.searchbox(EN.library.search);
    for (words, found) in [
        ("zet", "Zeta"),
        ("unusual LAW", "Of Glosses"),
        ("shelf", "Of Glosses"),
    ] {
        search.type_text(words).await;
        wait_titles(reader, &dialog, &[found]).await;
        // By keys: a driver's clear sends no input event.
        search.focus().await;
        reader.press("Control+a").await;
        reader.press("Delete").await;
    }
    wait_titles(reader, &dialog, &["Of Glosses", BUNDLED, "Zeta"]).await;

    dialog
        .button(&(EN.library.remove)("Of Glosses"))
        .click()
        .await;
    wait_titles(reader, &dialog, &[BUNDLED, "Zeta"]).await;
    dialog.status(Name::Has("with 1 note")).wait().await;
    dialog.button(EN.notices.bring_back).click().await;
    wait_titles(reader, &dialog, &["Of Glosses", BUNDLED, "Zeta"]).await;
    dialog.button(Name::Begins("Of Glosses")).click().await;
    reader.article("Of Glosses").wait().await;
    reader.wait_painted(&["Gloss number 2"]).await;
    reader.wait_until_saved().await;
}

async fn what_was_removed_with_its_notes_comes_back_later(reader: &Reader) {
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;
    reader.highlight("last of the letters").await;
    // Removing the open article shows another one.
    let dialog = reader.open_library().await;
    dialog.button(&(EN.library.remove)("Zeta")).click().await;
    wait_titles(reader, &dialog, &[BUNDLED]).await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.article(BUNDLED).wait().await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.article(BUNDLED).wait().await;
    let dialog = reader.open_library().await;
    wait_titles(reader, &dialog, &[BUNDLED]).await;
    dialog.by_role("button", EN.library.removed).click().await;
    dialog.button(EN.buttons.restore).click().await;
    dialog.button(Name::Begins("Zeta")).click().await;
    reader.article("Zeta").wait().await;
    reader.wait_painted(&["last of the letters"]).await;
}

/// Text of the first block below the top bar.
async fn top_of_window(reader: &Reader) -> String {
    let script = "const bar = document.querySelector('header.bar').getBoundingClientRect().bottom;
        const blocks = [...document.querySelectorAll('article [data-b]')];
        return blocks.find((block) => block.getBoundingClientRect().top >= bar)?.textContent ?? ''";
    let words = reader.run(script, vec![]).await;
    words.as_str().unwrap_or_default().to_owned()
}

async fn wait_for_top(reader: &Reader, wanted: &str) {
    let look = async || match top_of_window(reader).await {
        top if top.starts_with(wanted) => Ok(()),
        top => Err(format!("at the top is {top:?} and not {wanted:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until it is kept that the reader is far in an article.
pub(crate) async fn wait_for_bookmark(reader: &Reader) {
    let kept = async || {
        let script =
            "return Object.entries(localStorage).filter(([key]) => key.includes('bookmark/'))
            .some(([, value]) => Number(value.split(' ')[1]) > 5000)";
        match reader.run(script, vec![]).await {
            Value::Bool(true) => Ok(()),
            _ => Err("no bookmark is that far".to_owned()),
        }
    };
    reader.wait_for(kept).await;
}

async fn the_place_of_reading_is_kept(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_file("glosses.html", page("Of Glosses", 60).as_bytes())
        .await;
    reader.article("Of Glosses").wait().await;
    reader.choose_more(EN.bar.contents).await;
    let dialog = reader.dialog(EN.bar.contents);
    dialog.button("Part 40").click().await;
    dialog.wait_gone().await;
    wait_for_top(reader, "Part 40").await;
    wait_for_bookmark(reader).await;
    reader.reload().await;
    reader.article("Of Glosses").wait().await;
    wait_for_top(reader, "Part 40").await;
    // The same from another article through the library, which shows the progress.
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;
    let dialog = reader.open_library().await;
    let about = dialog.button(Name::Begins("Of Glosses")).text().await;
    let read = about.split("% read").next().unwrap_or_default();
    let read = read.rsplit(' ').next().unwrap_or_default();
    let read: u32 = read.parse().expect("a share in percent");
    assert!((60..80).contains(&read), "{about}");
    dialog.button(Name::Begins("Of Glosses")).click().await;
    reader.article("Of Glosses").wait().await;
    wait_for_top(reader, "Part 40").await;
}

async fn the_contents_lead_through_a_long_article(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted("# Short\n\nWithout parts.").await;
    reader.article("Short").wait().await;
    reader.press("c").await;
    let dialog = reader.dialog(EN.bar.contents);
    dialog.wait().await;
    assert!(dialog.text().await.contains(EN.bar.no_contents));
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.button(EN.bar.more).click().await;
    let menu = reader.menu(EN.bar.more);
    menu.menuitem(EN.bar.keys).wait().await;
    assert!(!menu.menuitem(EN.bar.contents).is_there().await);
    reader.press("Escape").await;
    menu.wait_gone().await;
    // The focus stays where it is when another article comes.
    reader.button(EN.bar.open_article).focus().await;
    let script = "const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[0]], 'glosses.html'));
        dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))";
    reader
        .run(script, vec![json!(page("Of Glosses", 30))])
        .await;
    reader.article("Of Glosses").wait().await;
    let focused = "return document.activeElement?.getAttribute('aria-label') ?? ''";
    assert_eq!(reader.run(focused, vec![]).await, EN.bar.open_article);
    reader.choose_more(EN.bar.contents).await;
    let dialog = reader.dialog(EN.bar.contents);
    dialog.button("Part 20").click().await;
    dialog.wait_gone().await;
    wait_for_top(reader, "Part 20").await;
    // By keyboard; the list opens at the heading above the current place.
    reader.press("c").await;
    let here = dialog.button("Part 20");
    here.wait_attribute("aria-current", "location").await;
    let focused = "return document.activeElement?.textContent ?? ''";
    let look = async || match reader.run(focused, vec![]).await {
        words if words == "Part 20" => Ok(()),
        words => Err(format!("the focus is on {words}")),
    };
    reader.wait_for(look).await;
    reader.press("Tab").await;
    reader.press("Enter").await;
    dialog.wait_gone().await;
    wait_for_top(reader, "Part 21").await;
}

/// Scrolls to the switch at the article's head, which the top bar may cover. For some frames after
/// drawing, the page still scrolls an article to its bookmark.
async fn to_the_top(reader: &Reader) {
    let script = "scrollTo(0, 0);
        return new Promise((done) => {
            let frames = 0;
            const look = () => (++frames > 8 || scrollY > 0 ? done(scrollY) : requestAnimationFrame(look));
            requestAnimationFrame(look);
        })";
    let top = async || match reader.run(script, vec![]).await.as_f64() {
        Some(0.0) => Ok(()),
        at => Err(format!("the page is scrolled to {at:?}")),
    };
    reader.wait_for(top).await;
}

async fn a_page_is_shown_in_part_or_whole_with_its_notes(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_file("glosses.html", page("Of Glosses", 3).as_bytes())
        .await;
    reader.article("Of Glosses").wait().await;
    let article = reader.article_text().await;
    assert!(
        !article.contains("imprint") && !article.contains("More of it"),
        "{article}"
    );
    reader
        .button(EN.reader.article)
        .wait_attribute("aria-pressed", "true")
        .await;
    reader.highlight("Gloss number 3").await;

    to_the_top(reader).await;
    reader.button(EN.reader.whole_page).click().await;
    reader
        .button(EN.reader.whole_page)
        .wait_attribute("aria-pressed", "true")
        .await;
    reader.wait_painted(&["Gloss number 3"]).await;
    let whole = reader.article_text().await;
    assert!(
        whole.contains("imprint") && whole.contains("More of it"),
        "{whole}"
    );
    reader.highlight("imprint of the site").await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader
        .button(EN.reader.whole_page)
        .wait_attribute("aria-pressed", "true")
        .await;
    reader
        .wait_painted(&["Gloss number 3", "imprint of the site"])
        .await;

    // Notes on what stands beside the article are not lost, only not found there.
    to_the_top(reader).await;
    reader.button(EN.reader.article).click().await;
    reader
        .button(EN.reader.article)
        .wait_attribute("aria-pressed", "true")
        .await;
    reader.wait_painted(&["Gloss number 3"]).await;
    assert_eq!(reader.article_text().await, article);
    let beside = reader.region(EN.notes.beside_article);
    beside.wait().await;
    let listed = beside.text().await;
    assert!(listed.contains("imprint of the site") && listed.contains("Whole page"));
    assert!(!reader.region(EN.notes.not_found).is_there().await);
    assert_eq!(reader.note_records().await.len(), 2);
    let dialog = reader.open_library().await;
    let about = dialog.button(Name::Begins("Of Glosses"));
    assert_eq!(about.count().await, 1);
    assert!(about.text().await.contains("2 notes"));
}

async fn what_takes_long_can_be_stopped(reader: &Reader) {
    let site = Server::start();
    let slow = Answer::html("<!doctype html><title>Never</title><p>words")
        .with_header("Access-Control-Allow-Origin", "*")
        .held_back();
    site.put("/slow.html", slow);
    reader.open_site().await;
    reader.article(BUNDLED).wait().await;
    let text = reader.article_text().await;
    reader.open_address(&site.address_of("/slow.html")).await;
    reader
        .hear_of(Message::Reading {
            fetched: true,
            percent: None,
        })
        .await;
    reader.button(EN.buttons.stop).click().await;
    reader.hear_of(Message::Stopped).await;
    assert_eq!(reader.article_text().await, text);
    // The next article is read as usual.
    reader
        .open_pasted("# Zeta\n\nThe last of the letters.")
        .await;
    reader.article("Zeta").wait().await;
}
