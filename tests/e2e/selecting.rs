//! A selection ends on the line level with the pointer, wherever beside the text that is released.

use postil::ui::strings::EN;
use serde::Deserialize;
use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{items, quote_of, solid};

const SCRIPT: &str = include_str!("selecting.js");

in_both_browsers!(
    Setup { size: (1600, 900), ..Setup::default() } =>
    a_drag_that_ends_beside_the_text_ends_on_that_line,
    a_drag_that_begins_beside_the_text_begins_on_that_line,
    above_and_below_the_text_are_its_begin_and_its_end,
    shift_and_a_click_beside_the_text_extend_to_that_line,
    text_from_right_to_left_ends_on_that_line_too,
    a_selection_that_ends_in_the_notes_by_other_means_ends_level_with_them,
    what_was_right_stays_right,
    a_drag_that_leaves_the_window_keeps_what_was_meant,
    several_passages_become_several_notes_with_one_undo,
);

in_both_browsers!(
    Setup { size: (500, 900), ..Setup::default() } =>
    over_the_sheet_and_the_bar_a_drag_ends_level_with_the_pointer,
);

const PARAGRAPHS: [&str; 6] = [
    "The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it brings bread, a lamp and something to read that can bear a little soot on its margins.",
    "By the time the first cups are set in rows nobody counts them any more; the potter says that a shelf is full when the eye is content, and that she learned this from a broken one.",
    "Glaze is the part that cannot be hurried, since it runs where it likes and only later shows what it has covered, as a tide does with the names that children write into the sand.",
    "The second firing is lit at noon, when the wind from the marsh has turned around, and whoever tends it brings cheese, a hat and something to mend that can bear a little ash on it.",
    "By the time the last bowls are set in rows nobody lifts them any more; the apprentice says that a shelf is empty when the hand is tired, and that he learned this from a full one.",
    "Smoke is the part that cannot be painted, since it goes where it likes and only later tells what it has carried, as a road does with the letters that neighbours never wrote.",
];

/// The passages that already have notes.
const NOTED: [&str; 2] = ["kiln is lit", "second firing"];

#[derive(Clone, Copy, Debug, Deserialize)]
struct Rect {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Rect {
    fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }
}

#[derive(Debug, Deserialize)]
struct Selected {
    words: String,
    inside: bool,
    #[expect(dead_code, reason = "told where a test fails")]
    from: Option<String>,
    #[expect(dead_code, reason = "told where a test fails")]
    to: Option<String>,
    lines: Vec<(f64, f64)>,
    #[serde(rename = "anchorLines")]
    anchor_lines: Vec<(f64, f64)>,
}

impl Selected {
    /// Asserts that both ends are in the article, and the moving one on the line at this height.
    fn ends_at(&self, height: f64, what: &str) {
        assert!(self.inside, "{what}: {self:?}");
        assert!(
            is_level(&self.lines, height),
            "{what}: {height} is not level with {self:?}"
        );
    }
}

/// True if a line is at this height; a line is taller than its letters.
fn is_level(lines: &[(f64, f64)], height: f64) -> bool {
    let mut lines = lines.iter();
    lines.any(|(top, bottom)| top - 6.0 <= height && height <= bottom + 6.0)
}

async fn look(reader: &Reader, expression: &str, arguments: Vec<Value>) -> Value {
    reader
        .run(&format!("{SCRIPT} return {expression};"), arguments)
        .await
}

async fn rect_of(reader: &Reader, words: &str) -> Rect {
    let rect = look(reader, "rectOf(arguments[0])", vec![json!(words)]).await;
    serde_json::from_value(rect).unwrap_or_else(|_| panic!("{words:?} is not in the article"))
}

async fn column(reader: &Reader) -> Rect {
    let rect = look(reader, "columnRect()", vec![]).await;
    serde_json::from_value(rect).expect("a rectangle")
}

async fn selected_now(reader: &Reader) -> Selected {
    // The page may set the end right just after the mouse was let go.
    let frames = "return new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true)), 50))";
    reader.run(frames, vec![]).await;
    let selected = look(reader, "selectedNow()", vec![]).await;
    serde_json::from_value(selected).expect("a selection")
}

/// The six paragraphs, with notes on the first and the fourth.
async fn open_paragraphs_with_notes(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&PARAGRAPHS.join("\n\n")).await;
    reader.by_role("main", Name::Any).wait().await;
    reader
        .write_note("kiln is lit", "Who brings the bread on Sundays?", "")
        .await;
    reader
        .write_note("second firing", "Noon is late for it.", "")
        .await;
    reader.run("scrollTo(0, 0)", vec![]).await;
    reader.press("Escape").await;
    nothing_selected(reader).await;
}

async fn nothing_selected(reader: &Reader) {
    reader.run("getSelection().removeAllRanges()", vec![]).await;
    reader.selection_toolbar().wait_gone().await;
}

/// Highlights what is selected, says what is quoted, and takes it back.
async fn quote_by_key(reader: &Reader) -> String {
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .wait()
        .await;
    reader.press("h").await;
    reader.selection_toolbar().wait_gone().await;
    reader.wait_until_saved().await;
    let file = reader.export().await;
    let mut quotes = items(&file).iter().map(quote_of);
    let quote = quotes.find(|quote| !NOTED.contains(quote));
    let quote = quote.expect("there is one more note").to_owned();
    reader.press("Control+z").await;
    reader.wait_until_saved().await;
    quote
}

/// From the second paragraph to points level with the first, the third and itself: in the gap, over
/// a card, in either margin and at the window's edge.
async fn a_drag_that_ends_beside_the_text_ends_on_that_line(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let column = column(reader).await;
    let from = rect_of(reader, "a shelf is full").await;
    let press = (from.left + 1.0, from.middle());
    let beside = [
        column.right + 20.0,
        column.right + 60.0,
        column.right + 120.0,
        column.right + 300.0,
        1590.0,
        column.left - 30.0,
        4.0,
    ];
    for x in beside {
        for level in [
            "a shelf is full",
            "only later shows",
            "and whoever tends it brings cheese",
            "something to read",
        ] {
            let line = rect_of(reader, level).await;
            reader.drag_between(press, (x, line.middle()), None).await;
            let selected = selected_now(reader).await;
            selected.ends_at(line.middle(), &format!("{level} at {x}"));
            assert!(
                !selected.words.contains("Search") && !selected.words.contains("Sundays"),
                "{selected:?}"
            );
            nothing_selected(reader).await;
        }
    }
    // And what is selected is what is quoted.
    let line = rect_of(reader, "only later shows").await;
    reader
        .drag_between(press, (column.right + 150.0, line.middle()), None)
        .await;
    let selected = selected_now(reader).await;
    let record = quote_by_key(reader).await;
    let last = solid(&selected.words);
    let last: String = last
        .chars()
        .rev()
        .take(20)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    assert!(solid(&record).contains(&last), "{record} quotes {last}");
    assert!(!record.contains("second firing"), "{record}");
}

async fn a_drag_that_begins_beside_the_text_begins_on_that_line(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let column = column(reader).await;
    let to = rect_of(reader, "only later shows").await;
    let release = (to.right - 1.0, to.middle());
    for x in [
        column.left - 40.0,
        column.right + 40.0,
        column.left - 200.0,
        1560.0,
    ] {
        let level = rect_of(reader, "a shelf is full").await;
        reader
            .drag_between((x, level.middle()), release, None)
            .await;
        let selected = selected_now(reader).await;
        selected.ends_at(to.middle(), "it begins beside");
        assert!(
            is_level(&selected.anchor_lines, level.middle()),
            "{x}: {selected:?}"
        );
        assert!(
            selected.words.trim_end().ends_with("only later shows"),
            "{selected:?}"
        );
        nothing_selected(reader).await;
    }
}

async fn above_and_below_the_text_are_its_begin_and_its_end(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let column = column(reader).await;
    let from = rect_of(reader, "a shelf is full").await;
    let press = (from.left + 1.0, from.middle());
    for x in [column.left + 200.0, column.right + 200.0] {
        reader.drag_between(press, (x, 10.0), None).await;
        let selected = selected_now(reader).await;
        assert!(selected.inside, "{selected:?}");
        let words = solid(&selected.words);
        assert!(
            words.starts_with(&solid("The kiln is lit")),
            "{x}: {selected:?}"
        );
        assert!(
            words.ends_with(&solid("the potter says that")),
            "{x}: {selected:?}"
        );
        nothing_selected(reader).await;
        let last = rect_of(reader, "never wrote").await;
        if last.bottom + 40.0 < 899.0 {
            reader
                .drag_between(press, (x, last.bottom + 40.0), None)
                .await;
            let selected = selected_now(reader).await;
            assert!(selected.inside, "{selected:?}");
            assert!(
                solid(&selected.words).ends_with(&solid("neighbours never wrote.")),
                "{x}: {selected:?}"
            );
            nothing_selected(reader).await;
        }
        // Between two paragraphs the end goes to the nearer one.
        let (above, below) = (
            rect_of(reader, "from a broken one").await,
            rect_of(reader, "Glaze is the part").await,
        );
        let height = above.bottom + (below.top - above.bottom) * 0.25;
        reader.drag_between(press, (x, height), None).await;
        let selected = selected_now(reader).await;
        assert!(
            solid(&selected.words).ends_with(&solid("from a broken one.")),
            "{x}: {selected:?}"
        );
        nothing_selected(reader).await;
    }
}

async fn shift_and_a_click_beside_the_text_extend_to_that_line(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let column = column(reader).await;
    let from = rect_of(reader, "a shelf is full").await;
    for x in [
        column.right + 30.0,
        column.right + 150.0,
        column.left - 50.0,
    ] {
        reader
            .click_at((from.left + 1.0, from.middle()), None)
            .await;
        let line = rect_of(reader, "only later shows").await;
        reader.click_at((x, line.middle()), Some("Shift")).await;
        let selected = selected_now(reader).await;
        selected.ends_at(line.middle(), &format!("Shift and a click at {x}"));
        assert!(
            solid(&selected.words).starts_with(&solid("a shelf is full")),
            "{selected:?}"
        );
        nothing_selected(reader).await;
    }
}

async fn text_from_right_to_left_ends_on_that_line_too(reader: &Reader) {
    reader.open_site().await;
    let paragraphs = [
        "בבוקר מדליקים את התנור לפני הזריחה כשהרוח מן הביצה עוד נמוכה ומי ששומר עליו מביא לחם ומנורה ומשהו לקרוא שיכול לספוג מעט פיח בשוליו",
        "עד שהספלים הראשונים עומדים בשורות איש אינו סופר אותם עוד והקדרית אומרת שמדף מלא כאשר העין מרוצה ושאת זה למדה ממדף שבור אחד",
        "הזיגוג הוא החלק שאי אפשר לזרז כי הוא נוזל לאן שהוא רוצה ורק אחר כך מראה מה כיסה כמו גאות עם השמות שילדים כותבים בחול",
    ];
    reader.open_pasted(&paragraphs.join("\n\n")).await;
    rect_after_opening(reader, "והקדרית").await;
    let column = column(reader).await;
    let from = rect_of(reader, "והקדרית").await;
    let press = (from.right - 1.0, from.middle());
    for x in [
        column.right + 40.0,
        column.right + 200.0,
        column.left - 60.0,
    ] {
        let line = rect_of(reader, "ורק אחר כך").await;
        reader.drag_between(press, (x, line.middle()), None).await;
        let selected = selected_now(reader).await;
        selected.ends_at(line.middle(), &format!("right to left, at {x}"));
        let has_line = selected.words.contains("ורק אחר כך");
        // The line ends on the left and starts on the right.
        assert_eq!(has_line, x < column.left, "{selected:?}");
        assert!(
            !selected.words.contains("בחול") || x < column.left,
            "{selected:?}"
        );
        nothing_selected(reader).await;
    }
}

async fn rect_after_opening(reader: &Reader, words: &str) {
    let look = async || match look(reader, "rectOf(arguments[0])", vec![json!(words)]).await {
        Value::Null => Err(format!("{words:?} is not there yet")),
        _ => Ok(()),
    };
    reader.wait_for(look).await;
}

/// As with touch handles, the page gets no pointer events.
async fn a_selection_that_ends_in_the_notes_by_other_means_ends_level_with_them(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let script = "const walker = (scope, words) => {
            const all = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
            for (let node = all.nextNode(); node; node = all.nextNode()) {
                if (node.data.includes(words)) return [node, node.data.indexOf(words)];
            }
        };
        const [from, at] = walker(document.querySelector('article'), 'whoever tends it brings bread');
        const [to, end] = walker(document.querySelector('aside'), 'Noon is late');
        getSelection().setBaseAndExtent(from, at, to, end + 4);
        const range = document.createRange();
        range.setStart(to, end);
        range.setEnd(to, end + 4);
        const { top, bottom } = range.getBoundingClientRect();
        return (top + bottom) / 2;";
    let height = reader.run(script, vec![]).await.as_f64().expect("a height");
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .wait()
        .await;
    let selected = selected_now(reader).await;
    selected.ends_at(height, "a handle in a card");
    let record = quote_by_key(reader).await;
    assert!(!record.contains("neighbours never wrote"), "{record}");
}

async fn what_was_right_stays_right(reader: &Reader) {
    open_paragraphs_with_notes(reader).await;
    let whole = reader.click_thrice("a shelf is full").await;
    assert_eq!(solid(&whole), solid(PARAGRAPHS[1]));
    assert_eq!(quote_by_key(reader).await, PARAGRAPHS[1]);
    nothing_selected(reader).await;
    // Select all is all.
    reader.click_text("a shelf is full").await;
    reader.press("Control+a").await;
    let record = quote_by_key(reader).await;
    assert_eq!(record, PARAGRAPHS.join("\n"));
    nothing_selected(reader).await;
    // A card's own words can be selected, to copy them.
    let card = reader.card("second firing");
    let rect = card
        .evaluate(
            "const words = [...element.querySelectorAll('*')].find((one) => one.textContent.trim() === 'Noon is late for it.');
             const { left, top, bottom } = words.getBoundingClientRect(); return [left, (top + bottom) / 2];",
        )
        .await;
    let (left, height): (f64, f64) = serde_json::from_value(rect).expect("two numbers");
    reader
        .drag_between((left + 1.0, height), (left + 60.0, height), None)
        .await;
    let words = selected_now(reader).await.words;
    assert!(
        !words.is_empty() && "Noon is late for it.".contains(words.trim()),
        "{words:?}"
    );
    nothing_selected(reader).await;
    // A click without a drag is a click.
    reader.click_text("kiln is lit").await;
    let chosen = "return document.querySelector('.card.chosen')?.textContent ?? ''";
    let look = async || {
        let chosen = reader.run(chosen, vec![]).await;
        let words = chosen.as_str().unwrap_or_default().to_owned();
        words.contains("Sundays").then_some(()).ok_or(words)
    };
    reader.wait_for(look).await;
}

/// Only Chromium can be told to move the mouse out of its window.
async fn a_drag_that_leaves_the_window_keeps_what_was_meant(reader: &Reader) {
    if reader.engine == Engine::Firefox {
        return;
    }
    open_paragraphs_with_notes(reader).await;
    let column = column(reader).await;
    let mouse = async |kind: &str, (x, y): (f64, f64), buttons: u32| {
        let button = if buttons == 0 && kind == "mouseMoved" {
            "none"
        } else {
            "left"
        };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        reader.devtools("Input.dispatchMouseEvent", event).await;
    };
    let level = rect_of(reader, "only later shows").await.middle();
    let inside = column.left + 200.0;
    for (release, begins, ends) in [
        ((1_640.0, level), "shelf is full", None),
        ((-30.0, level), "shelf is full", None),
        (
            (inside, -40.0),
            "The kiln is lit",
            Some("says that a shelf"),
        ),
        ((inside, 940.0), "shelf is full", Some("never wrote.")),
        ((1_640.0, 940.0), "shelf is full", Some("never wrote.")),
        ((-30.0, -40.0), "The kiln is lit", Some("says that a shelf")),
    ] {
        // At an edge of the window the page scrolls.
        reader.run("scrollTo(0, 0)", vec![]).await;
        let from = rect_of(reader, "a shelf is full").await;
        let press = (from.left + 30.0, from.middle());
        mouse("mouseMoved", press, 0).await;
        mouse("mousePressed", press, 1).await;
        let halfway = ((press.0 + release.0) / 2.0, (press.1 + release.1) / 2.0);
        for place in [halfway, release] {
            mouse("mouseMoved", place, 1).await;
        }
        mouse("mouseReleased", release, 0).await;
        reader.selection_toolbar().wait().await;
        let selected = selected_now(reader).await;
        let words = solid(&selected.words);
        assert!(
            words.starts_with(&solid(begins)),
            "{release:?}: {selected:?}"
        );
        match ends {
            Some(ends) => assert!(words.ends_with(&solid(ends)), "{release:?}: {selected:?}"),
            None => selected.ends_at(level, &format!("{release:?}")),
        }
        nothing_selected(reader).await;
    }
}

async fn several_passages_become_several_notes_with_one_undo(reader: &Reader) {
    if reader.engine == Engine::Chromium {
        // Chromium selects one passage at a time.
        return;
    }
    reader.open_site().await;
    reader.open_pasted(&PARAGRAPHS.join("\n\n")).await;
    rect_after_opening(reader, "a shelf is full").await;
    reader
        .select_text("a shelf is full", "a shelf is full")
        .await;
    for (index, words) in ["only later shows", "a shelf is empty"].iter().enumerate() {
        let rect = rect_of(reader, words).await;
        let (press, release) = (
            (rect.left + 1.0, rect.middle()),
            (rect.right - 1.0, rect.middle()),
        );
        reader.drag_between(press, release, Some("Control")).await;
        let count = reader.run("return getSelection().rangeCount", vec![]).await;
        assert_eq!(count, json!(index + 2), "Firefox selects several");
    }
    reader
        .selection_toolbar()
        .button(EN.selection.highlight)
        .click()
        .await;
    reader.selection_toolbar().wait_gone().await;
    reader.wait_until_saved().await;
    let file = reader.export().await;
    let mut quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    quotes.sort_unstable();
    assert_eq!(
        quotes,
        ["a shelf is empty", "a shelf is full", "only later shows"]
    );
    reader.press("Control+z").await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 0);
}

async fn over_the_sheet_and_the_bar_a_drag_ends_level_with_the_pointer(reader: &Reader) {
    reader.open_site().await;
    let many: Vec<&str> = PARAGRAPHS.iter().cycle().take(24).copied().collect();
    let numbered: Vec<String> = many
        .iter()
        .enumerate()
        .map(|(index, words)| format!("Number{index:02} {words}"))
        .collect();
    reader.open_pasted(&numbered.join("\n\n")).await;
    rect_after_opening(reader, "Number00").await;
    // So that text lies below the bar and below the sheet.
    reader
        .run(
            "document.querySelector('[data-b=\"8\"]').scrollIntoView()",
            vec![],
        )
        .await;
    let sheet = "const { top } = document.querySelector('[data-covers]').getBoundingClientRect(); return top";
    let sheet = reader.run(sheet, vec![]).await.as_f64().expect("a height");
    let middle = "return Number(document.elementFromPoint(200, 300).closest('[data-b]').dataset.b)";
    let block = reader.run(middle, vec![]).await;
    let press = (200.0, 300.0);
    for height in [sheet + 15.0, sheet + 45.0, 20.0] {
        reader.drag_between(press, (250.0, height), None).await;
        let selected = selected_now(reader).await;
        selected.ends_at(height, &format!("from block {block} to {height}"));
        nothing_selected(reader).await;
    }
}
