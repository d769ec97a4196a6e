//! The ends of a passage, moved by hand and by keys.

use postil::model::notebook::Intent;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::journey::in_both_browsers;
use postil_testing::reader::Reader;

in_both_browsers!(
    an_end_is_dragged_from_word_to_word,
    keys_move_the_ends_of_the_chosen_passage,
    the_ends_are_sliders,
);

/// The middle of the first letter of some words in one text node, in pixels of the window.
async fn point_of(reader: &Reader, words: &str) -> (f64, f64) {
    let script = "const [words] = arguments;
        const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return [(left + right) / 2, (top + bottom) / 2];
        }
        return null;";
    let point = reader.run(script, vec![json!(words)]).await;
    serde_json::from_value(point).expect("the words are in one text node")
}

/// The middle of a slider, in pixels of the window.
async fn middle_of(reader: &Reader, slider: &str) -> (f64, f64) {
    let place = "const { left, right, top, bottom } = element.getBoundingClientRect();
        return [(left + right) / 2, (top + bottom) / 2];";
    let slider = reader.by_role("slider", slider);
    slider.wait_still().await;
    serde_json::from_value(slider.evaluate(place).await).expect("a place")
}

async fn drag_end(reader: &Reader, slider: &str, words: &str) {
    let from = middle_of(reader, slider).await;
    let (x, y) = point_of(reader, words).await;
    // The knob is above or below its line.
    let knob = match slider == EN.ends.start {
        true => -17.0,
        false => 17.0,
    };
    reader.drag_between(from, (x, y + knob), None).await;
}

async fn an_end_is_dragged_from_word_to_word(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("many engineers").await;
    let (start, end) = (EN.ends.start, EN.ends.end);
    drag_end(reader, end, "as a teacher").await;
    reader.wait_painted(&["many engineers as"]).await;
    drag_end(reader, start, "engineers as").await;
    reader.wait_painted(&["engineers as"]).await;
    reader.card("engineers as").wait().await;
    assert_eq!(reader.selected_text().await, "", "nothing is selected");
    reader.wait_until_saved().await;
    // Steps of one end in a row are one edit.
    reader.press("Control+z").await;
    reader.wait_painted(&["many engineers as"]).await;
    reader.press("Control+z").await;
    reader.wait_painted(&["many engineers"]).await;
    reader
        .hear_of(Message::Undone {
            intent: Intent::Move,
            elsewhere: false,
        })
        .await;
    reader.press("Control+Shift+Z").await;
    reader.wait_painted(&["many engineers as"]).await;
    reader.press("Control+Shift+Z").await;
    reader.wait_painted(&["engineers as"]).await;
    reader.wait_until_saved().await;
    reader.reload().await;
    reader.wait_painted(&["engineers as"]).await;
    let file = reader.export().await;
    let quote = &file["first"]["items"][0]["target"]["selector"][0]["exact"];
    assert_eq!(quote, "engineers as");
    assert!(reader.console_errors().await.is_empty());
}

async fn keys_move_the_ends_of_the_chosen_passage(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("many engineers").await;
    for (keys, painted) in [
        ("Alt+Shift+ArrowRight", "many engineers as"),
        ("Shift+ArrowLeft", "many engineers a"),
        ("Alt+Shift+ArrowLeft", "many engineers"),
        ("Control+Shift+ArrowRight", "any engineers"),
        ("Control+Alt+Shift+ArrowRight", "engineers"),
        ("Control+Alt+Shift+ArrowLeft", "many engineers"),
    ] {
        reader.press(keys).await;
        reader.wait_painted(&[painted]).await;
    }
    reader.press("Control+z").await;
    reader.wait_painted(&["many engineers"]).await;
    reader.press("Escape").await;
    reader.by_role("slider", EN.ends.end).wait_gone().await;
}

async fn the_ends_are_sliders(reader: &Reader) {
    reader.open_site().await;
    reader.highlight("many engineers").await;
    let end = reader.by_role("slider", EN.ends.end);
    end.wait_attribute("aria-valuetext", "many engineers").await;
    end.focus().await;
    reader.press("ArrowRight").await;
    end.wait_attribute("aria-valuetext", "many engineers as")
        .await;
    reader.press("Shift+ArrowLeft").await;
    end.wait_attribute("aria-valuetext", "many engineers a")
        .await;
    let start = reader.by_role("slider", EN.ends.start);
    start.focus().await;
    reader.press("ArrowRight").await;
    start.wait_attribute("aria-valuetext", "engineers a").await;
    reader.wait_painted(&["engineers a"]).await;
    reader.expect_accessible().await;
}
