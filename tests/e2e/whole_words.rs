//! What a hand selects grows to whole words when it lets go; what keys select stays as it is.

use postil::ui::strings::EN;
use serde::Deserialize;
use serde_json::{Value, json};

use postil_testing::driver::Engine;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{items, quote_of};

const SCRIPT: &str = include_str!("selecting.js");

in_both_browsers!(
    a_drag_selects_whole_words_in_both_directions,
    letters_can_be_selected_with_a_key_held_by_keys_and_by_a_setting,
    words_are_whole_in_scripts_without_spaces,
    each_of_several_passages_grows,
    what_a_finger_selects_grows_once_it_rests,
    the_very_first_selection_grows_too,
);

const ARTICLE: &str = "The kiln is lit before dawn, and whoever tends it brings bread.\n\n\
    The potter says that a shelf is full when the eye isn’t restless, and that she learned this.\n\n\
    我们昨天在图书馆里读书。\n\n\
    ฉันอ่านหนังสือทุกวัน\n\n\
    東京の図書館で本を読む。";

async fn open_article(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(ARTICLE).await;
    let shown = async || match rect_of(reader, "kiln is lit").await {
        Some(_) => Ok(()),
        None => Err("the article is not there".to_owned()),
    };
    reader.wait_for(shown).await;
}

#[derive(Clone, Copy, Deserialize)]
struct Rect {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

async fn rect_of(reader: &Reader, words: &str) -> Option<Rect> {
    let rect = reader
        .run(
            &format!("{SCRIPT} return rectOf(arguments[0]);"),
            vec![json!(words)],
        )
        .await;
    serde_json::from_value(rect).expect("a rectangle or nothing")
}

/// The points before some letters and behind others.
async fn points(reader: &Reader, from: &str, to: &str) -> [(f64, f64); 2] {
    let (from, to) = (rect_of(reader, from).await, rect_of(reader, to).await);
    let (from, to) = (from.expect("letters"), to.expect("letters"));
    [
        (from.left + 1.0, (from.top + from.bottom) / 2.0),
        (to.right - 1.0, (to.top + to.bottom) / 2.0),
    ]
}

async fn nothing_selected(reader: &Reader) {
    reader.run("getSelection().removeAllRanges()", vec![]).await;
    reader.selection_toolbar().wait_gone().await;
}

/// Drags from before some letters to behind others, and waits for the toolbar.
async fn drag(reader: &Reader, from: &str, to: &str, held: Option<&str>) -> String {
    let [press, release] = points(reader, from, to).await;
    reader.drag_between(press, release, held).await;
    reader.selection_toolbar().wait().await;
    reader.selected_text().await
}

/// Highlights what is selected, says what is quoted, and takes it back.
async fn quoted(reader: &Reader) -> Vec<String> {
    reader.press("h").await;
    reader.selection_toolbar().wait_gone().await;
    reader.wait_until_saved().await;
    let file = reader.export().await;
    let quotes = items(&file).iter().map(|item| quote_of(item).to_owned());
    let quotes = quotes.collect();
    reader.press("Control+z").await;
    reader.wait_until_saved().await;
    quotes
}

async fn a_drag_selects_whole_words_in_both_directions(reader: &Reader) {
    open_article(reader).await;
    // Whoever looks right after the button is let go sees what will be marked.
    let watch = "addEventListener('pointerup', () => { window.seen = String(getSelection()) })";
    reader.run(watch, vec![]).await;
    for (from, to, whole) in [
        ("iln is", "s li", "kiln is lit"),
        (
            "elf is",
            "at she learn",
            "shelf is full when the eye isn’t restless, and that she learned",
        ),
        ("hel", "hel", "shelf"),
        ("n’t rest", "n’t rest", "isn’t restless"),
        ("before dawn", "before dawn", "before dawn"),
        ("otter", "says", "potter says"),
    ] {
        assert_eq!(drag(reader, from, to, None).await, whole);
        let seen = reader.run("return window.seen", vec![]).await;
        assert_eq!(seen, json!(whole), "at once");
        assert_eq!(quoted(reader).await, [whole]);
    }
    let [press, release] = points(reader, "elf is", "at she learn").await;
    reader.drag_between(release, press, None).await;
    reader.selection_toolbar().wait().await;
    let selected = reader.selected_text().await;
    assert!(
        selected.starts_with("shelf is") && selected.ends_with("she learned"),
        "{selected}"
    );
    let backwards =
        "const { anchorOffset, focusOffset } = getSelection(); return anchorOffset > focusOffset";
    assert_eq!(reader.run(backwards, vec![]).await, json!(true));
    nothing_selected(reader).await;
    // Two clicks select a word as ever, three a paragraph.
    let whole = reader.click_thrice("shelf is").await;
    assert!(
        whole.trim().starts_with("The potter") && whole.trim().ends_with("this."),
        "{whole}"
    );
    assert_eq!(quoted(reader).await.len(), 1);
}

async fn letters_can_be_selected_with_a_key_held_by_keys_and_by_a_setting(reader: &Reader) {
    open_article(reader).await;
    assert_eq!(
        drag(reader, "elf is", "ful", Some("Alt")).await,
        "elf is ful"
    );
    assert_eq!(quoted(reader).await, ["elf is ful"]);
    // By keys.
    assert_eq!(drag(reader, "kiln", "is lit", None).await, "kiln is lit");
    reader.by_role("article", Name::Any).focus().await;
    reader.press("Shift+ArrowLeft").await;
    let shorter = async || match reader.selected_text().await {
        selected if selected == "kiln is li" => Ok(()),
        selected => Err(selected),
    };
    reader.wait_for(shorter).await;
    assert_eq!(quoted(reader).await, ["kiln is li"]);
    // By the setting, which is kept.
    reader.button(EN.bar.reading_settings).click().await;
    let dialog = reader.dialog(EN.bar.reading_settings);
    let whole = dialog.by_role("checkbox", EN.look.whole_words);
    assert_eq!(whole.evaluate("return element.checked").await, json!(true));
    whole.click().await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    assert_eq!(drag(reader, "elf is", "ful", None).await, "elf is ful");
    nothing_selected(reader).await;
    reader.reload().await;
    let shown = async || {
        rect_of(reader, "elf is")
            .await
            .map(|_| ())
            .ok_or_else(String::new)
    };
    reader.wait_for(shown).await;
    assert_eq!(drag(reader, "elf is", "ful", None).await, "elf is ful");
    nothing_selected(reader).await;
    reader.button(EN.bar.reading_settings).click().await;
    assert_eq!(whole.evaluate("return element.checked").await, json!(false));
    dialog.button(EN.look.reset).click().await;
    assert_eq!(whole.evaluate("return element.checked").await, json!(true));
    reader.press("Escape").await;
    dialog.wait_gone().await;
    assert_eq!(drag(reader, "elf is", "ful", None).await, "shelf is full");
}

async fn words_are_whole_in_scripts_without_spaces(reader: &Reader) {
    open_article(reader).await;
    for (from, to, whole) in [
        ("天在", "天在图", "昨天在图书"),
        ("们昨", "们昨", "我们昨天"),
        ("นังสือ", "นัง", "หนังสือ"),
        ("京の", "書", "東京の図書館"),
    ] {
        assert_eq!(drag(reader, from, to, None).await, whole);
        assert_eq!(quoted(reader).await, [whole]);
    }
}

async fn each_of_several_passages_grows(reader: &Reader) {
    if reader.engine == Engine::Chromium {
        // Chromium selects one passage at a time.
        return;
    }
    open_article(reader).await;
    drag(reader, "iln is", "s li", None).await;
    for (from, to) in [("elf is", "ful"), ("hoever", "ten")] {
        let [press, release] = points(reader, from, to).await;
        reader.drag_between(press, release, Some("Control")).await;
    }
    let ranges = "const all = getSelection();
        return Array.from({ length: all.rangeCount }, (_, index) => String(all.getRangeAt(index))).sort()";
    let wanted = ["kiln is lit", "shelf is full", "whoever tends"];
    let whole = async || match reader.run(ranges, vec![]).await {
        Value::Array(found) if found == wanted => Ok(()),
        found => Err(found.to_string()),
    };
    reader.wait_for(whole).await;
    let mut quotes = quoted(reader).await;
    quotes.sort_unstable();
    assert_eq!(quotes, wanted);
}

/// The ends of such a selection are moved by handles, of which the page gets no events but that the
/// selection has changed.
async fn what_a_finger_selects_grows_once_it_rests(reader: &Reader) {
    open_article(reader).await;
    let touch = "const [block] = document.querySelectorAll('article [data-b]');
        for (const kind of ['pointerdown', 'pointercancel']) {
            block.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: 'touch' }));
        }
        const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
        const at = words.data.indexOf('iln is li');
        getSelection().setBaseAndExtent(words, at + 9, words, at);";
    reader.run(touch, vec![]).await;
    let whole = async || match reader.selected_text().await {
        selected if selected == "kiln is lit" => Ok(()),
        selected => Err(selected),
    };
    reader.wait_for(whole).await;
    let backwards =
        "const { anchorOffset, focusOffset } = getSelection(); return anchorOffset > focusOffset";
    assert_eq!(reader.run(backwards, vec![]).await, json!(true));
    assert_eq!(quoted(reader).await, ["kiln is lit"]);
}

/// On a first visit what knows words comes only with the first drag.
async fn the_very_first_selection_grows_too(reader: &Reader) {
    reader.open_site().await;
    let shown = async || {
        rect_of(reader, "ndrej Karp")
            .await
            .map(|_| ())
            .ok_or_else(String::new)
    };
    reader.wait_for(shown).await;
    drag(reader, "ndrej Karp", "ndrej Karp", None).await;
    let whole = async || match reader.selected_text().await {
        selected if selected == "Andrej Karpathy" => Ok(()),
        selected => Err(selected),
    };
    reader.wait_for(whole).await;
    assert_eq!(quoted(reader).await, ["Andrej Karpathy"]);
}
