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
);

in_both_browsers!(
    Setup { size: (500, 800), ..Setup::default() } =>
    the_fields_of_a_dialog_stay_within_it,
);

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
