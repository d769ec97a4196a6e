//! The reading cursor: an article is read and annotated sentence by sentence, by keys alone, by eye or
//! by ear; and reading aloud, with a voice made for the test.

use std::cell::Cell;

use postil::model::annotation::Colour;
use postil::model::cursor::Unit;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;

in_both_browsers!(
    sentences_are_reached_by_arrows,
    what_is_there_is_said_once,
    the_sentence_under_the_cursor_is_annotated,
    the_cursor_takes_in_more,
    arrows_scroll_until_the_cursor_is_wanted,
    sentences_of_every_script_are_found,
    a_step_through_a_long_article_is_quick,
    the_palette_moves_the_cursor_too,
    an_article_is_read_aloud,
    what_cannot_be_read_aloud_is_said,
);
in_both_browsers!(Setup { size: (390, 844), ..Setup::default() } => the_place_stays_in_view_on_a_phone);

/// A paragraph, a list, a table, code and a figure: leaves of every kind.
const PAGE: &str = "<article lang='en'><h1>Places</h1><p>One stands here. Two stands there.</p>\
    <h2>Kinds</h2><ul><li>An item. With more.</li></ul>\
    <table><tr><th>Name</th><td>A cell. Its rest.</td></tr></table>\
    <pre><code>let it = be;</code></pre><figure><img src='x.png' alt=''><figcaption>A caption.</figcaption></figure>\
    <p lang='ja'>猫がいる。犬もいる。</p><p dir='rtl' lang='ar'>هذه جملة. وهذه جملة أخرى.</p>\
    <p lang='hi'>यह एक वाक्य है। यह दूसरा है।</p><h3>End</h3><p>It is over.</p></article>";

/// The words that the page shows as the place.
const SHOWN: &str = "const shown = CSS.highlights.get('cursor');
    return shown ? [...shown].map(String).join('') : null";

/// Waits until the cursor is at these words.
async fn wait_at(reader: &Reader, words: &str) {
    let look = async || match reader.run(SHOWN, vec![]).await {
        Value::String(shown) if shown == words => Ok(()),
        shown => Err(format!("the cursor is at {shown} and not at {words:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until nothing is shown as the place.
async fn wait_nowhere(reader: &Reader) {
    let look = async || match reader.run(SHOWN, vec![]).await {
        Value::Null => Ok(()),
        shown => Err(format!("the cursor is still at {shown}")),
    };
    reader.wait_for(look).await;
    let current = "return document.querySelectorAll('article [aria-current]').length";
    assert_eq!(reader.run(current, vec![]).await, 0);
}

async fn step(reader: &Reader, keys: &str, words: &str) {
    reader.press(keys).await;
    wait_at(reader, words).await;
}

async fn open_places(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(PAGE).await;
    reader.article("Places").wait().await;
    reader.run("document.activeElement.blur()", vec![]).await;
}

async fn sentences_are_reached_by_arrows(reader: &Reader) {
    open_places(reader).await;
    step(reader, "ArrowRight", "Places").await;
    step(reader, "ArrowRight", "One stands here.").await;
    step(reader, "ArrowRight", "Two stands there.").await;
    let place = "const at = document.querySelectorAll('article [aria-current=location]');
        return [at.length, at[0]?.localName, at[0]?.textContent]";
    assert_eq!(
        reader.run(place, vec![]).await,
        json!([1, "p", "One stands here. Two stands there."])
    );
    step(reader, "ArrowLeft", "One stands here.").await;
    step(reader, "ArrowRight", "Two stands there.").await;
    step(reader, "ArrowUp", "One stands here.").await;
    step(reader, "ArrowDown", "Kinds").await;
    step(reader, "ArrowDown", "An item.").await;
    step(reader, "ArrowRight", "With more.").await;
    step(reader, "ArrowRight", "Name").await;
    step(reader, "ArrowRight", "A cell.").await;
    step(reader, "ArrowRight", "Its rest.").await;
    step(reader, "ArrowRight", "let it = be;").await;
    step(reader, "ArrowRight", "A caption.").await;
    step(reader, "Control+ArrowUp", "Kinds").await;
    step(reader, "Control+ArrowUp", "Places").await;
    step(reader, "Control+ArrowDown", "Kinds").await;
    step(reader, "Control+ArrowDown", "End").await;
    reader.press("Escape").await;
    wait_nowhere(reader).await;
    // It was in no selection all the while.
    assert!(!reader.selection_toolbar().is_there().await);
}

async fn what_is_there_is_said_once(reader: &Reader) {
    open_places(reader).await;
    let said = "window.said = [];
        new MutationObserver(() => {
            const words = document.querySelector('body > [role=status]')?.textContent;
            if (words) said.push(words);
        }).observe(document.body, { childList: true, subtree: true })";
    reader.run(said, vec![]).await;
    reader.press("ArrowRight").await;
    reader.hear("Heading level 1: Places").await;
    // Of rapid steps only the last is said.
    for _ in 0..3 {
        reader.press("ArrowRight").await;
    }
    reader.hear("Heading level 2: Kinds").await;
    step(reader, "ArrowUp", "One stands here.").await;
    reader.hear("One stands here.").await;
    reader.press("h").await;
    reader
        .hear_of(Message::Highlighted {
            colour: Colour::Yellow,
        })
        .await;
    step(reader, "ArrowRight", "Two stands there.").await;
    step(reader, "ArrowLeft", "One stands here.").await;
    reader.hear("One stands here. – marked yellow").await;
    assert_eq!(
        reader.status(Name::Has("One stands here.")).count().await,
        1
    );
    step(reader, "Control+ArrowDown", "Kinds").await;
    step(reader, "Control+ArrowDown", "End").await;
    reader.hear("Heading level 3: End").await;
    reader.press("Control+ArrowDown").await;
    reader.hear((EN.cursor.no_more)(Unit::Heading, true)).await;
    let words = reader.run("return said", vec![]).await;
    let words = words.as_array().expect("a list");
    let times = |said: &str| words.iter().filter(|words| **words == *said).count();
    assert_eq!(times("Heading level 1: Places"), 1, "{words:?}");
}

async fn the_sentence_under_the_cursor_is_annotated(reader: &Reader) {
    open_places(reader).await;
    step(reader, "ArrowRight", "Places").await;
    step(reader, "ArrowRight", "One stands here.").await;
    reader.press("h").await;
    reader.wait_painted(&["One stands here."]).await;
    // The cursor outlives that its words are drawn anew.
    wait_at(reader, "One stands here.").await;
    step(reader, "ArrowRight", "Two stands there.").await;
    reader.press("3").await;
    reader
        .hear_of(Message::Highlighted {
            colour: Colour::Green,
        })
        .await;
    step(reader, "ArrowDown", "Kinds").await;
    step(reader, "ArrowDown", "An item.").await;
    reader.press("n").await;
    reader.note_box().type_text("by keys alone").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    let painted = ["One stands here.", "Two stands there.", "An item."];
    reader.wait_painted(&painted).await;
    step(reader, "ArrowRight", "With more.").await;
    step(reader, "ArrowLeft", "An item.").await;
    reader.hear("An item. – marked green, with a note").await;
    // The note is chosen, and then written on.
    reader.press("Enter").await;
    reader
        .card("An item.")
        .wait_attribute("aria-current", "true")
        .await;
    reader.press("Enter").await;
    assert_eq!(reader.note_box().value().await, "by keys alone");
    reader.press("Escape").await;
    reader.note_box().wait_gone().await;
    // Its words, the passage, and the highlight before it.
    for _ in 0..2 {
        reader.press("Control+z").await;
    }
    reader.card("An item.").wait_gone().await;
    reader.press("Control+z").await;
    reader.wait_painted(&painted[..1]).await;
    // Where there is no note, the words are selected, to be trimmed.
    reader.run("document.activeElement.blur()", vec![]).await;
    step(reader, "ArrowRight", "With more.").await;
    reader.press("Enter").await;
    reader.selection_toolbar().wait().await;
    assert_eq!(reader.selected_text().await, "With more.");
    reader.press("Escape").await;
    reader.selection_toolbar().wait_gone().await;
    wait_at(reader, "With more.").await;
}

async fn the_cursor_takes_in_more(reader: &Reader) {
    open_places(reader).await;
    step(reader, "ArrowRight", "Places").await;
    step(reader, "ArrowRight", "One stands here.").await;
    let both = "One stands here. Two stands there.";
    step(reader, "Shift+ArrowRight", both).await;
    step(reader, "Shift+ArrowLeft", "One stands here.").await;
    step(reader, "Shift+ArrowDown", both).await;
    reader.press("h").await;
    reader.wait_painted(&[both]).await;
    reader.press("Escape").await;
    step(reader, "ArrowRight", "Kinds").await;
}

async fn arrows_scroll_until_the_cursor_is_wanted(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    let scrolled = async |reader: &Reader| {
        let look = async || match reader.run("return scrollY", vec![]).await {
            y if y.as_f64() > Some(0.0) => Ok(()),
            y => Err(format!("the page is at {y}")),
        };
        reader.wait_for(look).await;
    };
    reader.press("ArrowDown").await;
    scrolled(reader).await;
    wait_nowhere(reader).await;
    // The first press is for what the window shows.
    let script = "document.querySelectorAll('article h2')[1].scrollIntoView(); return scrollY";
    let there = reader.run(script, vec![]).await;
    reader.press("ArrowRight").await;
    let look = async || match reader.run(SHOWN, vec![]).await {
        Value::String(shown) if !shown.is_empty() => Ok(()),
        shown => Err(format!("the cursor is at {shown}")),
    };
    reader.wait_for(look).await;
    let seen = "const { top, bottom } = [...CSS.highlights.get('cursor')][0].getBoundingClientRect();
        return top >= document.querySelector('.bar').getBoundingClientRect().bottom && bottom < innerHeight";
    assert_eq!(reader.run(seen, vec![]).await, true, "scrolled to {there}");
    // And again, once a reader has gone elsewhere.
    let first = reader.run(SHOWN, vec![]).await;
    // The scrolling that a key began goes on in another process of the browser, and may win.
    let looks_at_top = Cell::new(0);
    let at_rest = async || {
        let script = "const was = scrollY; scrollTo(0, 0); return was";
        let was = reader.run(script, vec![]).await;
        let is_at_top = was.as_f64() == Some(0.0);
        looks_at_top.set(if is_at_top { looks_at_top.get() + 1 } else { 0 });
        let is_enough = looks_at_top.get() == 5;
        is_enough
            .then_some(())
            .ok_or(format!("the page was at {was}"))
    };
    reader.wait_for(at_rest).await;
    step(
        reader,
        "ArrowRight",
        "Andrej Karpathy joins Anthropic's pretraining team",
    )
    .await;
    assert_ne!(reader.run(SHOWN, vec![]).await, first);
}

async fn sentences_of_every_script_are_found(reader: &Reader) {
    open_places(reader).await;
    step(reader, "Control+ArrowDown", "Places").await;
    step(reader, "Control+ArrowDown", "Kinds").await;
    step(reader, "Control+ArrowDown", "End").await;
    step(reader, "ArrowUp", "यह एक वाक्य है।").await;
    step(reader, "ArrowRight", "यह दूसरा है।").await;
    step(reader, "ArrowUp", "यह एक वाक्य है।").await;
    step(reader, "ArrowUp", "هذه جملة.").await;
    // Here the next sentence is on the left.
    step(reader, "ArrowLeft", "وهذه جملة أخرى.").await;
    step(reader, "ArrowRight", "هذه جملة.").await;
    step(reader, "ArrowUp", "猫がいる。").await;
    step(reader, "ArrowRight", "犬もいる。").await;
    reader.press("h").await;
    reader.wait_painted(&["犬もいる。"]).await;
}

/// Milliseconds that a step may take in an article of a megabyte, on a machine that does other things.
const QUICK: f64 = 60.0;

async fn a_step_through_a_long_article_is_quick(reader: &Reader) {
    reader.open_site().await;
    let paragraph = "The kiln is lit before dawn. The wind from the marsh is low then. Whoever tends it brings bread.\n\n";
    let text = format!("# Kilns\n\n{}", paragraph.repeat(10_000));
    reader.open_pasted(&text).await;
    reader.article("Kilns").wait().await;
    reader.run("document.activeElement.blur()", vec![]).await;
    step(reader, "ArrowRight", "Kilns").await;
    step(reader, "ArrowDown", "The kiln is lit before dawn.").await;
    let timed = "const times = [];
        for (let step = 0; step < 40; step += 1) {
            const start = performance.now();
            const key = step % 4 === 3 ? 'ArrowDown' : 'ArrowRight';
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            times.push(performance.now() - start);
            await new Promise((done) => setTimeout(done, 10));
        }
        return times.sort((one, other) => one - other)[20]";
    let median = reader
        .run(&format!("return (async () => {{ {timed} }})()"), vec![])
        .await;
    let median = median.as_f64().expect("a time");
    println!("a step takes {median:.1} ms");
    assert!(median < QUICK, "a step takes {median} ms");
}

async fn command(reader: &Reader, name: &str) {
    reader.press("Control+k").await;
    let dialog = reader.dialog(EN.commands.label);
    dialog.combobox(EN.commands.command).type_text(name).await;
    dialog.option(Name::Begins(name)).wait().await;
    reader.press("Enter").await;
    dialog.wait_gone().await;
}

async fn the_palette_moves_the_cursor_too(reader: &Reader) {
    open_places(reader).await;
    command(reader, EN.cursor.next_sentence).await;
    wait_at(reader, "Places").await;
    command(reader, EN.cursor.next_heading).await;
    wait_at(reader, "Kinds").await;
    command(reader, EN.cursor.previous_paragraph).await;
    wait_at(reader, "One stands here.").await;
    command(reader, EN.cursor.highlight).await;
    reader.wait_painted(&["One stands here."]).await;
}

async fn the_place_stays_in_view_on_a_phone(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    reader.press("ArrowRight").await;
    wait_at(reader, "Andrej Karpathy joins Anthropic's pretraining team").await;
    for _ in 0..30 {
        reader.press("ArrowRight").await;
        let seen = "const { top } = [...CSS.highlights.get('cursor')][0].getBoundingClientRect();
            return top >= 0 && top < innerHeight - 60";
        let look = async || match reader.run(seen, vec![]).await {
            seen if seen == true => Ok(()),
            _ => Err("the place is out of view".to_owned()),
        };
        reader.wait_for(look).await;
    }
}

/// A voice for the test: it keeps what it is to say, and says it when told.
const VOICE: &str = "window.heard = [];
    const engine = {
        now: null,
        speaking: false,
        getVoices: () => [{ lang: 'ja_JP', default: false, name: 'Kyoko' }, { lang: 'en-GB', default: true, name: 'Kate' }],
        speak(utterance) { this.now = utterance; heard.push(utterance); utterance.onstart?.(); },
        cancel() { const last = this.now; this.now = null; last?.onerror?.({ error: 'canceled' }); },
        pause() {}, resume() {},
    };
    Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: engine });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };";
/// The words that are spoken now.
const NOW: &str = "return speechSynthesis.now?.text ?? null";
/// The words are said to the end.
const SAID: &str = "const said = speechSynthesis.now; speechSynthesis.now = null; said.onend?.()";

async fn wait_spoken(reader: &Reader, words: Option<&str>) {
    let look = async || match reader.run(NOW, vec![]).await {
        now if now.as_str() == words => Ok(()),
        now => Err(format!("{now} is spoken and not {words:?}")),
    };
    reader.wait_for(look).await;
}

async fn an_article_is_read_aloud(reader: &Reader) {
    open_places(reader).await;
    reader.run(VOICE, vec![]).await;
    reader.choose_more(EN.cursor.read_aloud).await;
    wait_spoken(reader, Some("Places")).await;
    wait_at(reader, "Places").await;
    reader.run(SAID, vec![]).await;
    wait_spoken(reader, Some("One stands here.")).await;
    wait_at(reader, "One stands here.").await;
    let told = "const { lang, voice } = speechSynthesis.now; return [lang, voice?.name]";
    assert_eq!(reader.run(told, vec![]).await, json!(["en", "Kate"]));
    // What is spoken is not said twice.
    let quiet = "return document.querySelector('body > [role=status]')?.textContent ?? ''";
    assert_eq!(reader.run(quiet, vec![]).await, "");
    reader.run("document.activeElement.blur()", vec![]).await;
    reader.press("h").await;
    reader.wait_painted(&["One stands here."]).await;
    wait_spoken(reader, Some("One stands here.")).await;
    reader.press("r").await;
    wait_spoken(reader, None).await;
    reader.hear(EN.cursor.resting).await;
    reader.press("r").await;
    wait_spoken(reader, Some("One stands here.")).await;
    // The arrows lead elsewhere, and the voice goes with them.
    reader.press("ArrowRight").await;
    wait_spoken(reader, Some("Two stands there.")).await;
    for words in [
        "Kinds",
        "An item.",
        "With more.",
        "Name",
        "A cell.",
        "Its rest.",
        "let it = be;",
        "A caption.",
        "猫がいる。",
    ] {
        reader.run(SAID, vec![]).await;
        wait_spoken(reader, Some(words)).await;
    }
    assert_eq!(reader.run(told, vec![]).await, json!(["ja", "Kyoko"]));
    reader.press("Escape").await;
    wait_spoken(reader, None).await;
    wait_at(reader, "猫がいる。").await;
    // To the end of the article.
    command(reader, EN.cursor.next_heading).await;
    wait_at(reader, "End").await;
    reader.press("r").await;
    wait_spoken(reader, Some("End")).await;
    reader.run(SAID, vec![]).await;
    wait_spoken(reader, Some("It is over.")).await;
    reader.run(SAID, vec![]).await;
    reader.hear((EN.cursor.no_more)(Unit::Sentence, true)).await;
    wait_spoken(reader, None).await;
    wait_at(reader, "It is over.").await;
    reader.press("Escape").await;
    wait_nowhere(reader).await;
}

async fn what_cannot_be_read_aloud_is_said(reader: &Reader) {
    open_places(reader).await;
    reader.run(VOICE, vec![]).await;
    reader.press("r").await;
    wait_spoken(reader, Some("Places")).await;
    reader
        .run(
            "speechSynthesis.now.onerror({ error: 'voice-unavailable' })",
            vec![],
        )
        .await;
    reader
        .be_warned_of(Message::NotSpoken { absent: false })
        .await;
    wait_spoken(reader, None).await;
    let none = "Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: undefined })";
    reader.run(none, vec![]).await;
    reader.press("r").await;
    reader
        .be_warned_of(Message::NotSpoken { absent: true })
        .await;
    // And everything else goes on.
    step(reader, "ArrowRight", "One stands here.").await;
    reader.press("h").await;
    reader.wait_painted(&["One stands here."]).await;
}

/// How wide a phone is.
const PHONE: (u32, u32) = (390, 844);

in_both_browsers!(Setup { size: PHONE, dark: true, ..Setup::default() } => the_cursor_and_its_keys_are_accessible);

async fn the_cursor_and_its_keys_are_accessible(reader: &Reader) {
    open_places(reader).await;
    step(reader, "ArrowRight", "Places").await;
    step(reader, "ArrowRight", "One stands here.").await;
    reader.press("h").await;
    reader.wait_painted(&["One stands here."]).await;
    // With a chosen note Shift is for its passage.
    reader.press("Escape").await;
    step(
        reader,
        "Shift+ArrowDown",
        "One stands here. Two stands there.",
    )
    .await;
    reader.expect_accessible().await;
}
