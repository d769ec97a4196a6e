//! Edge cases: nested folds, two headings, a narrow window, full storage.

use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;

in_both_browsers!(
    a_card_opens_every_fold_around_its_passage,
    two_headings_are_contents,
    a_theme_stays_where_there_is_no_room_for_it,
    a_paragraph_runs_as_its_script_does,
    cards_follow_each_other_once_there_is_no_margin,
);

in_both_browsers!(
    Setup { size: (500, 800), ..Setup::default() } =>
    the_fields_of_a_dialog_stay_within_it,
    a_note_in_a_wide_table_is_brought_into_view,
);

async fn a_paragraph_runs_as_its_script_does(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_pasted("# On Margins\n\nIt begins here.\n\nتبدأ الفقرة هنا (clause 12.4) ثم تنتهي.\n")
        .await;
    reader.article("On Margins").wait().await;
    // The full stop of the Arabic paragraph is at its left.
    let script = "const paragraph = [...element.querySelectorAll('p')].find((p) => p.textContent.includes('12.4'));
        const text = paragraph.firstChild;
        const at = (from) => {
            const range = document.createRange();
            range.setStart(text, from);
            range.setEnd(text, from + 1);
            return range.getBoundingClientRect().left;
        };
        return at(text.length - 1) < at(0)";
    assert_eq!(reader.article("On Margins").evaluate(script).await, true);
}

async fn cards_follow_each_other_once_there_is_no_margin(reader: &Reader) {
    reader.open_site().await;
    for words in ["public roads", "many engineers", "as a teacher"] {
        reader.highlight(words).await;
    }
    reader.press("Escape").await;
    let (width, height) = (1180, 820);
    reader.resize(width, height).await;
    let is_beside = "return document.querySelector('.notes').classList.contains('beside')";
    let wait = async |wanted: bool| {
        let look = async || match reader.run(is_beside, vec![]).await == wanted {
            true => Ok(()),
            false => Err(format!("the notes are beside the article: {}", !wanted)),
        };
        reader.wait_for(look).await;
    };
    wait(true).await;
    reader.resize(height, width).await;
    wait(false).await;
    reader.button(Name::Begins(EN.notes.label)).click().await;
    let apart = "const places = [...document.querySelectorAll('.notes [data-card]')].map((card) => card.getBoundingClientRect());
        return Math.max(...places.slice(1).map(({ top }, index) => top - places[index].bottom))";
    let look = async || match reader.run(apart, vec![]).await.as_f64() {
        Some(apart) if (0.0..40.0).contains(&apart) => Ok(()),
        apart => Err(format!("two cards are {apart:?} pixels apart")),
    };
    reader.wait_for(look).await;
}

async fn a_note_in_a_wide_table_is_brought_into_view(reader: &Reader) {
    reader.open_site().await;
    let long = "somewhatlengthyheading";
    let table = format!(
        "# Tables\n\n| {long}1 | {long}2 | {long}3 | {long}4 |\n|---|---|---|---|\n| one | two | three | the last cell |\n"
    );
    reader.open_pasted(&table).await;
    reader.article("Tables").wait().await;
    let scroll = "const cell = [...document.querySelectorAll('article td')].at(-1);
        for (let frame = cell; frame; frame = frame.parentElement) frame.scrollLeft = arguments[0];
        scrollTo(0, 0);";
    reader.run(scroll, vec![json!(9_999)]).await;
    reader.highlight("last cell").await;
    reader.press("Escape").await;
    reader.run(scroll, vec![json!(0)]).await;
    reader.press("j").await;
    let look = async || {
        let script = "const mark = document.querySelector('article mark').getBoundingClientRect();
            return [document.documentElement.scrollWidth - innerWidth, mark.left, mark.right, innerWidth]";
        let at = reader.run(script, vec![]).await;
        let number = |index: usize| at[index].as_f64().unwrap_or(f64::NAN);
        match number(0) <= 0.0 && number(1) >= 0.0 && number(2) <= number(3) {
            true => Ok(()),
            false => Err(format!("the mark is at {at}")),
        }
    };
    reader.wait_for(look).await;
}

const PARAGRAPH: &str = "<p>The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it brings bread and a lamp.</p>";

fn folded() -> String {
    let before = PARAGRAPH.repeat(3);
    format!(
        "<!doctype html><article><h1>Kilns</h1>{before}<details><summary>Outer fold</summary>\
        <p>Outer words stand in the first fold, and are many.</p>\
        <details><summary>Inner fold</summary><p>Inner words stand in the second fold, and are few.</p></details>\
        </details>{before}</article>"
    )
}

async fn folds(reader: &Reader) -> Value {
    let open = "return [...document.querySelectorAll('article details')].map((fold) => fold.open)";
    reader.run(open, vec![]).await
}

async fn set_folds(reader: &Reader, open: bool) {
    let script = "document.querySelectorAll('article details').forEach((fold) => { fold.open = arguments[0]; })";
    reader.run(script, vec![json!(open)]).await;
}

/// Tests passages that begin in the inner fold and before it, with the mouse and with keys.
async fn a_card_opens_every_fold_around_its_passage(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&folded()).await;
    reader.article("Kilns").wait().await;
    for (from, to) in [("Inner words", "few."), ("Outer words", "Inner words")] {
        set_folds(reader, true).await;
        reader.take_hold(from, to).await;
        reader
            .selection_toolbar()
            .button(EN.selection.highlight)
            .click()
            .await;
        let card = card_beginning(reader, from);
        card.wait().await;
        for by_key in [false, true] {
            reader.press("Escape").await;
            set_folds(reader, false).await;
            match by_key {
                true => {
                    card.focus().await;
                    reader.press("k").await;
                    set_folds(reader, false).await;
                    reader.press("j").await;
                    card.evaluate("element.click()").await;
                }
                false => card.click().await,
            }
            let look = async || match folds(reader).await {
                folds if folds == json!([true, true]) => Ok(()),
                folds => Err(format!("{from}: {folds}")),
            };
            reader.wait_for(look).await;
        }
    }
}

fn card_beginning<'a>(reader: &'a Reader, words: &'a str) -> Locator<'a> {
    reader.notes().listitem(Name::Begins(words))
}

async fn two_headings_are_contents(reader: &Reader) {
    reader.open_site().await;
    reader
        .open_pasted(
            "# Kilns\n\nThe kiln is lit before dawn.\n\n## Bread\n\nWhoever tends it brings bread.",
        )
        .await;
    reader.article("Kilns").wait().await;
    reader.choose_more(EN.bar.contents).await;
    reader.dialog(EN.bar.contents).button("Bread").wait().await;
}

async fn a_theme_stays_where_there_is_no_room_for_it(reader: &Reader) {
    reader.open_site().await;
    let fill = "for (let size = 1 << 20; size >= 1; size >>= 1) {
            try {
                for (let number = 0; ; number += 1) localStorage.setItem(`filler-${size}-${number}`, 'x'.repeat(size));
            } catch {
                // Full, for words of this size.
            }
        }
        try { localStorage.setItem('one-more', 'x'.repeat(20)); return false; } catch { return true; }";
    assert_eq!(reader.run(fill, vec![]).await, json!(true), "it is full");
    let theme = "return document.documentElement.dataset.theme";
    for (name, chosen) in [("Dark", "dark"), ("Sepia", "sepia")] {
        reader.button(EN.bar.reading_settings).click().await;
        let dialog = reader.dialog(EN.bar.reading_settings);
        dialog.by_role("radio", name).click().await;
        reader.press("Escape").await;
        dialog.wait_gone().await;
        assert_eq!(reader.run(theme, vec![]).await, json!(chosen));
        reader.reload().await;
        assert_eq!(reader.run(theme, vec![]).await, json!(chosen));
        reader.article(Name::Any).wait().await;
    }
}

async fn the_fields_of_a_dialog_stay_within_it(reader: &Reader) {
    reader.open_site().await;
    // The minimum width of a Firefox window is 450 pixels.
    let widths: &[u32] = match reader.engine {
        Engine::Chromium => &[390, 320],
        Engine::Firefox | Engine::WebKit => &[450],
    };
    for &width in widths {
        reader.resize(width, 800).await;
        let dialog = reader.open_dialog().await;
        let over = "const edge = element.getBoundingClientRect().right;
            const fields = [...element.querySelectorAll('textarea, input, select, button, a')];
            return fields.map((one) => [one.id || one.textContent, edge - one.getBoundingClientRect().right])
                .filter(([, room]) => room < 8);";
        assert_eq!(dialog.evaluate(over).await, json!([]), "at {width}");
        reader.press("Escape").await;
        dialog.wait_gone().await;
    }
}
