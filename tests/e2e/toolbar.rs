//! The toolbar of a selection: never over the selected words nor the line after them, and what its
//! colours do with a passage that has a note already.

use postil::ui::strings::EN;
use serde::Deserialize;
use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{items, quote_of};

const SCRIPT: &str = concat!(include_str!("selecting.js"), include_str!("toolbar.js"));

in_both_browsers!(
    it_is_beside_the_words_wherever_they_are_in_the_window,
    it_goes_away_while_dragging_and_after_copying,
    the_same_swatch_removes_and_another_recolours,
);

in_both_browsers!(
    Setup { size: (500, 900), ..Setup::default() } =>
    on_a_phone_it_is_at_the_bottom_edge_or_at_the_top,
);

const PARAGRAPH: &str = "The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it \
    brings bread, a lamp and something to read that can bear a little soot on its margins; by the time the first cups \
    are set in rows nobody counts them any more.";

async fn open_article(reader: &Reader) {
    reader.open_site().await;
    let paragraphs: Vec<String> = (10..40)
        .map(|number| format!("Number{number} {PARAGRAPH} End{number}"))
        .collect();
    reader.open_pasted(&paragraphs.join("\n\n")).await;
    let shown = async || {
        rect_of(reader, "Number12")
            .await
            .map(|_| ())
            .ok_or_else(String::new)
    };
    reader.wait_for(shown).await;
    // What it says of the opening lies over the text.
    reader.button(EN.buttons.dismiss).click().await;
    reader.button(EN.buttons.dismiss).wait_gone().await;
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Rect {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The toolbar and what it must not cover.
#[derive(Clone, Debug, Deserialize)]
struct Seen {
    toolbar: Rect,
    selected: Vec<Rect>,
    next: Option<Rect>,
    bar: Rect,
    height: f64,
}

impl Seen {
    fn covers_nothing(&self, what: &str) {
        let Seen { toolbar, .. } = self;
        for words in self.selected.iter().chain(&self.next) {
            let apart = toolbar.bottom <= words.top || words.bottom <= toolbar.top;
            assert!(apart, "{what}: {words:?} is covered: {self:?}");
        }
        assert!(
            toolbar.top >= 0.0 && toolbar.bottom <= self.height,
            "{what}: {self:?}"
        );
        if self.bar.top <= 0.0 {
            assert!(toolbar.top >= self.bar.bottom, "{what}: {self:?}");
        }
    }

    fn first(&self) -> Rect {
        self.selected[0]
    }

    fn last(&self) -> Rect {
        self.selected[self.selected.len() - 1]
    }
}

async fn look(reader: &Reader, expression: &str, arguments: Vec<Value>) -> Value {
    reader
        .run(&format!("{SCRIPT} return {expression};"), arguments)
        .await
}

async fn rect_of(reader: &Reader, words: &str) -> Option<Rect> {
    let rect = look(reader, "rectOf(arguments[0])", vec![json!(words)]).await;
    serde_json::from_value(rect).expect("a rectangle or nothing")
}

/// Drags over words as they are in the window now; returns what is to be seen.
async fn drag(reader: &Reader, from: &str, to: &str) -> Seen {
    let (from, to) = (rect_of(reader, from).await, rect_of(reader, to).await);
    let (from, to) = (from.expect("words"), to.expect("words"));
    let press = (from.left + 1.0, (from.top + from.bottom) / 2.0);
    let release = (to.right - 1.0, (to.top + to.bottom) / 2.0);
    reader.drag_between(press, release, None).await;
    seen(reader).await
}

async fn seen(reader: &Reader) -> Seen {
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .wait()
        .await;
    let placed = async || {
        let seen = look(reader, "seen()", vec![]).await;
        serde_json::from_value::<Seen>(seen).map_err(|error| error.to_string())
    };
    reader.wait_for(placed).await
}

/// Scrolls until words are at a height in the window.
async fn bring(reader: &Reader, words: &str, height: f64) {
    look(
        reader,
        "bring(...arguments)",
        vec![json!(words), json!(height)],
    )
    .await;
    let there = async || match rect_of(reader, words).await {
        Some(rect) if (rect.top - height).abs() < 2.0 => Ok(()),
        other => Err(format!("{words} is at {other:?}")),
    };
    reader.wait_for(there).await;
}

async fn nothing_selected(reader: &Reader) {
    reader.run("getSelection().removeAllRanges()", vec![]).await;
    reader.selection_toolbar().wait_gone().await;
}

async fn it_is_beside_the_words_wherever_they_are_in_the_window(reader: &Reader) {
    open_article(reader).await;
    let shifts = "window.shifts = [];
        if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) window.shifts.push(entry.value);
            }).observe({ type: 'layout-shift' });
        }";
    reader.run(shifts, vec![]).await;
    // In the middle: above the first line.
    bring(reader, "Number15", 400.0).await;
    let middle = drag(reader, "Number15", "Number15 The kiln").await;
    middle.covers_nothing("in the middle");
    assert!(middle.toolbar.bottom <= middle.first().top, "{middle:?}");
    assert!(
        middle.first().top - middle.toolbar.bottom < 30.0,
        "{middle:?}"
    );
    nothing_selected(reader).await;
    // High: below the line after the last one.
    bring(reader, "Number16", 64.0).await;
    let high = drag(reader, "Number16", "Number16 The kiln").await;
    high.covers_nothing("high");
    let next = high.next.expect("a next line");
    assert!(
        high.toolbar.top >= next.bottom && high.toolbar.top - next.bottom < 30.0,
        "{high:?}"
    );
    nothing_selected(reader).await;
    // At the end of a paragraph, the next line is the next paragraph's.
    bring(reader, "End17", 64.0).await;
    let end = drag(reader, "End17", "End17").await;
    end.covers_nothing("at a paragraph's end");
    assert!(
        end.next.is_some_and(|next| next.top > end.last().bottom),
        "{end:?}"
    );
    assert!(end.toolbar.top > end.last().bottom, "{end:?}");
    nothing_selected(reader).await;
    // Low: above.
    bring(reader, "Number18", 760.0).await;
    let low = drag(reader, "Number18", "Number18 The kiln").await;
    low.covers_nothing("low");
    assert!(low.toolbar.bottom <= low.first().top, "{low:?}");
    nothing_selected(reader).await;
    // Nearly the whole window: at the edge that is free.
    bring(reader, "Number19", 70.0).await;
    let mut far = "Number20".to_owned();
    for number in 20..30 {
        let words = format!("Number{number}");
        match rect_of(reader, &words).await {
            Some(rect) if rect.bottom < 640.0 => far = words,
            _ => break,
        }
    }
    let most = drag(reader, "Number19", &far).await;
    most.covers_nothing("most of the window");
    nothing_selected(reader).await;
    // Backwards it is where it is forwards.
    bring(reader, "Number15", 400.0).await;
    let from = rect_of(reader, "Number15").await.expect("words");
    let middle_of = (from.top + from.bottom) / 2.0;
    reader
        .drag_between(
            (from.right - 1.0, middle_of),
            (from.left + 1.0, middle_of),
            None,
        )
        .await;
    let backwards = seen(reader).await;
    backwards.covers_nothing("backwards");
    assert!(
        backwards.toolbar.bottom <= backwards.first().top,
        "{backwards:?}"
    );
    let shifts = reader.run("return window.shifts", vec![]).await;
    assert_eq!(shifts, json!([]), "nothing moves");
}

async fn it_goes_away_while_dragging_and_after_copying(reader: &Reader) {
    open_article(reader).await;
    bring(reader, "Number15", 400.0).await;
    drag(reader, "Number15", "Number15").await;
    let watch = "window.shown = [];
        addEventListener('pointermove', (event) => {
            if (event.buttons === 0) return;
            const toolbar = document.querySelector('[role=toolbar][aria-label=Selection]');
            window.shown.push(toolbar?.checkVisibility({ visibilityProperty: true }) ?? false);
        })";
    reader.run(watch, vec![]).await;
    drag(reader, "Number16", "Number16").await;
    let shown = reader.run("return window.shown", vec![]).await;
    assert!(
        shown.as_array().is_some_and(|shown| !shown.is_empty()),
        "the mouse moved"
    );
    assert!(!shown.to_string().contains("true"), "{shown}");
    // Who copies wants nothing else; the words stay selected.
    reader.press("Control+c").await;
    reader.selection_toolbar().wait_gone().await;
    assert_eq!(reader.selected_text().await, "Number16");
    reader.by_role("article", Name::Any).focus().await;
    reader.press("Control+Shift+ArrowRight").await;
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .wait()
        .await;
    // The keys work on what was copied.
    reader.press("Control+c").await;
    reader.selection_toolbar().wait_gone().await;
    reader.press("h").await;
    reader.wait_until_saved().await;
    assert_eq!(items(&reader.export().await).len(), 1);
}

async fn on_a_phone_it_is_at_the_bottom_edge_or_at_the_top(reader: &Reader) {
    open_article(reader).await;
    bring(reader, "Number15", 400.0).await;
    let middle = drag(reader, "Number15", "Number15").await;
    middle.covers_nothing("in the middle");
    let bottom = middle.toolbar;
    assert!(
        bottom.top > 700.0 && bottom.bottom <= middle.bar.top,
        "{middle:?}"
    );
    nothing_selected(reader).await;
    bring(reader, "Number16", 20.0).await;
    let high = drag(reader, "Number16", "Number16").await;
    high.covers_nothing("high");
    assert_eq!(high.toolbar.top, bottom.top, "{high:?}");
    nothing_selected(reader).await;
    bring(reader, "Number17", bottom.top + 6.0).await;
    let from = rect_of(reader, "Number17").await.expect("words");
    let height = (from.top + from.bottom) / 2.0;
    reader
        .drag_between((from.left + 1.0, height), (from.right - 1.0, height), None)
        .await;
    let low = seen(reader).await;
    low.covers_nothing("low");
    assert!(low.toolbar.bottom < 200.0, "{low:?}");
}

/// Presses a colour of the toolbar with these words selected.
async fn colour(reader: &Reader, words: &str, colour: &str) {
    reader.take_hold(words, words).await;
    reader.selection_toolbar().button(colour).click().await;
    reader.selection_toolbar().wait_gone().await;
    reader.wait_until_saved().await;
}

/// The quotes of the notes with their colours as they are painted.
async fn painted(reader: &Reader) -> Value {
    let marks = "return Array.from(document.querySelectorAll('main mark[data-note]'), (mark) => [mark.textContent, mark.dataset.colour])";
    reader.run(marks, vec![]).await
}

async fn expect_painted(reader: &Reader, wanted: Value) {
    let look = async || match painted(reader).await {
        found if found == wanted => Ok(()),
        found => Err(format!("painted is {found} and not {wanted}")),
    };
    reader.wait_for(look).await;
}

async fn expect_pressed(reader: &Reader, words: &str, wanted: &[&str]) {
    reader.take_hold(words, words).await;
    let pressed = "return Array.from(element.querySelectorAll('[aria-pressed=true]'), (button) => button.getAttribute('aria-label'))";
    let toolbar = reader.selection_toolbar();
    assert_eq!(toolbar.evaluate(pressed).await, json!(wanted), "{words}");
    nothing_selected(reader).await;
}

async fn the_same_swatch_removes_and_another_recolours(reader: &Reader) {
    open_article(reader).await;
    colour(reader, "Number12", "Green").await;
    expect_painted(reader, json!([["Number12", "green"]])).await;
    expect_pressed(reader, "Number12", &["Green"]).await;
    expect_pressed(reader, "Number12 The", &[]).await;
    colour(reader, "Number12", "Blue").await;
    expect_painted(reader, json!([["Number12", "blue"]])).await;
    assert_eq!(items(&reader.export().await).len(), 1);
    reader.press("Control+z").await;
    expect_painted(reader, json!([["Number12", "green"]])).await;
    // By key: number 4 is blue.
    reader.take_hold("Number12", "Number12").await;
    reader.press("4").await;
    expect_painted(reader, json!([["Number12", "blue"]])).await;
    reader.take_hold("Number12", "Number12").await;
    reader.press("4").await;
    expect_painted(reader, json!([])).await;
    reader.press("Control+z").await;
    expect_painted(reader, json!([["Number12", "blue"]])).await;
    // The key without a colour takes any highlight away.
    reader.take_hold("Number12", "Number12").await;
    reader.press("3").await;
    colour(reader, "Number13", "Red").await;
    reader.take_hold("Number12", "Number12").await;
    reader.press("h").await;
    expect_painted(reader, json!([["Number13", "red"]])).await;
    // Words are never lost by a colour.
    reader.write_note("Number14", "With words", "").await;
    let colours = painted(reader).await;
    let own = colours[1][1].as_str().expect("a colour").to_owned();
    let name = format!("{}{}", own[..1].to_uppercase(), &own[1..]);
    colour(reader, "Number14", &name).await;
    expect_painted(reader, json!([["Number13", "red"], ["Number14", own]])).await;
    colour(reader, "Number14", "Purple").await;
    expect_painted(reader, json!([["Number13", "red"], ["Number14", "purple"]])).await;
    let file = reader.export().await;
    let quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    assert_eq!(quotes, ["Number13", "Number14"]);
    if reader.engine == Engine::Chromium {
        return;
    }
    // Of several passages each gets the colour, and one undo takes it back.
    reader.select_text("Number13", "Number13").await;
    for words in ["Number14", "Number15"] {
        let rect = rect_of(reader, words).await.expect("words");
        let height = (rect.top + rect.bottom) / 2.0;
        let (press, release) = ((rect.left + 1.0, height), (rect.right - 1.0, height));
        reader.drag_between(press, release, Some("Control")).await;
    }
    reader.selection_toolbar().button("Orange").click().await;
    let orange = json!([
        ["Number13", "orange"],
        ["Number14", "orange"],
        ["Number15", "orange"]
    ]);
    expect_painted(reader, orange).await;
    reader.press("Control+z").await;
    expect_painted(reader, json!([["Number13", "red"], ["Number14", "purple"]])).await;
}
