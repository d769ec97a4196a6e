//! A window of 1280 × 1024 at 400 %, which has 320 × 256 CSS pixels: everything still fits, by keys
//! alone (<https://www.w3.org/TR/WCAG22/#reflow>).

use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::json;

use postil_testing::driver::Setup;
use postil_testing::journey::in_chromium;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::screens;

in_chromium!(
    Setup { size: (320, 256), ..Setup::default() } =>
    every_screen_fits_at_400_percent,
    the_main_job_is_done_by_keys_at_400_percent,
);

/// Least height that is left for reading, in CSS pixels: half of the window.
const ROOM: f64 = 128.0;
/// The same while a note is chosen: three lines of the article.
const LEAST_ROOM: f64 = 96.0;

/// What is wider than the window, and which controls of the topmost dialog cannot be scrolled to.
const OVER: &str = "
    const { scrollWidth, clientWidth } = document.documentElement;
    const over = scrollWidth > clientWidth ? [`the page: ${scrollWidth}`] : [];
    const dialog = [...document.querySelectorAll(':modal')].at(-1);
    if (!dialog) return over;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) over.push('the dialog');
    if (dialog.scrollWidth > dialog.clientWidth) over.push(`in the dialog: ${dialog.scrollWidth}`);
    const at = dialog.scrollTop;
    for (const control of dialog.querySelectorAll('button, input, select, textarea, a[href]')) {
        if (!control.checkVisibility()) continue;
        control.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        const box = control.getBoundingClientRect();
        if (box.top < -1 || box.top >= innerHeight) over.push(control.outerHTML.slice(0, 80));
    }
    dialog.scrollTop = at;
    return over;";

/// Pixels of a column through the middle of the window at which nothing lies over the page.
const FREE: &str = "
    const main = document.querySelector('main');
    const ys = Array.from({ length: innerHeight }, (_, y) => y);
    const struck = ys.map((y) => document.elementFromPoint(innerWidth / 2, y));
    return struck.filter((one) => main.contains(one) || one.contains(main)).length;";

async fn every_screen_fits_at_400_percent(reader: &Reader) {
    let mut faults = Vec::new();
    screens::visit(reader, async |screen| {
        let over = reader.run(OVER, vec![]).await;
        if over != json!([]) {
            faults.push(format!("{screen}: {over}"));
        }
        for violation in reader.violations().await {
            faults.push(format!("{screen}: {violation}"));
        }
    })
    .await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

async fn expect_room(reader: &Reader, least: f64) {
    let free = reader.run(FREE, vec![]).await;
    let free = free.as_f64().unwrap_or_default();
    assert!(free >= least, "{free} pixels are left for reading");
}

async fn the_main_job_is_done_by_keys_at_400_percent(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    expect_room(reader, ROOM).await;
    reader.press("Tab").await;
    reader.press("Enter").await;
    // The second paragraph is reached sentence by sentence, and is in sight.
    for _ in 0..4 {
        reader.press("ArrowRight").await;
    }
    reader.wait_for(async || place_in_sight(reader).await).await;
    reader.press("h").await;
    reader
        .wait_for(async || match reader.painted().await.len() {
            1 => Ok(()),
            count => Err(format!("{count} passages are painted")),
        })
        .await;
    expect_room(reader, LEAST_ROOM).await;
    reader.press("Escape").await;
    expect_room(reader, ROOM).await;
    reader.press("ArrowRight").await;
    reader.press("n").await;
    let note = reader.note_box();
    note.type_text("at four times the size").await;
    let seen = "const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight
            && element.contains(document.elementFromPoint(innerWidth / 2, (top + bottom) / 2))";
    assert_eq!(
        note.evaluate(seen).await,
        true,
        "what is written is not seen"
    );
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;
    assert_eq!(reader.note_records().await.len(), 2);
    reader.press("Escape").await;

    reader.press("?").await;
    let dialog = reader.dialog(EN.bar.keys);
    dialog.wait().await;
    let end = "const box = element; box.scrollTop = 0; return [box.scrollHeight, box.clientHeight]";
    let heights: (f64, f64) =
        serde_json::from_value(dialog.evaluate(end).await).expect("two heights");
    assert!(heights.0 > heights.1, "{heights:?}");
    // Tab leads through all of it, to its last button, which is brought into sight.
    let last = "const all = [...element.querySelectorAll('button, input')].filter((one) => one.checkVisibility());
        return all.at(-1) === document.activeElement";
    for _ in 0..200 {
        if dialog.evaluate(last).await == true {
            break;
        }
        reader.press("Tab").await;
    }
    let in_sight = "const { top, bottom } = document.activeElement.getBoundingClientRect();
        return element.scrollTop > 0 && top >= 0 && bottom <= innerHeight";
    assert_eq!(dialog.evaluate(last).await, true);
    assert_eq!(dialog.evaluate(in_sight).await, true);
    reader.press("Escape").await;
    dialog.wait_gone().await;
}

async fn place_in_sight(reader: &Reader) -> Result<(), String> {
    let script = "const place = document.querySelector('article [aria-current=location]');
        if (!place) return 'there is no place';
        const { top } = place.getBoundingClientRect();
        const struck = document.elementFromPoint(innerWidth / 2, top + 4);
        return place.localName === 'p' && place.contains(struck) ? '' : `${place.localName} at ${top}`";
    match reader.run(script, vec![]).await.as_str() {
        Some("") => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
