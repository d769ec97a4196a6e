//! The colours of the system in place of ours (`forced-colors`), and more contrast: what has a
//! meaning can be seen, by the pixels of the page.

use postil::model::annotation::Colour;
use postil::model::look::Theme;
use postil::model::notice::Message;
use postil::ui::strings::EN;

use postil_testing::driver::Setup;
use postil_testing::journey::in_chromium;
use postil_testing::locator::{Locator, Name};
use postil_testing::picture::{Area, Rgb, contrast};
use postil_testing::reader::Reader;

use crate::access::faults_of_screens;

in_chromium!(
    Setup { media: FORCED, ..Setup::default() } =>
    what_has_a_meaning_is_seen_in_forced_colours,
);
in_chromium!(
    Setup { media: FORCED, dark: true, ..Setup::default() } =>
    what_has_a_meaning_is_seen_in_dark_forced_colours,
);
in_chromium!(
    Setup { media: MORE, ..Setup::default() } =>
    what_has_a_meaning_is_seen_with_more_contrast,
    every_screen_with_more_contrast,
);
in_chromium!(
    Setup { media: MORE, dark: true, ..Setup::default() } =>
    what_has_a_meaning_is_seen_with_more_contrast_in_the_dark,
);

const FORCED: &[(&str, &str)] = &[("forced-colors", "active")];
const MORE: &[(&str, &str)] = &[("prefers-contrast", "more")];

/// Least contrast of what is no text (<https://www.w3.org/TR/WCAG22/#non-text-contrast>).
const GRAPHIC: f64 = 3.0;
/// Least contrast of text (<https://www.w3.org/TR/WCAG22/#contrast-minimum>).
const TEXT: f64 = 4.5;

/// Most that the channels of a grey differ by.
const GREY: u8 = 60;

const LED_BY: &str = "led by Nick Joseph";
/// On one line in a window of the usual size.
const FRONTIER: &str = "especially formative";

async fn what_has_a_meaning_is_seen_in_forced_colours(reader: &Reader) {
    main_job(reader).await;
}

async fn what_has_a_meaning_is_seen_in_dark_forced_colours(reader: &Reader) {
    main_job(reader).await;
}

async fn what_has_a_meaning_is_seen_with_more_contrast(reader: &Reader) {
    main_job(reader).await;
}

async fn what_has_a_meaning_is_seen_with_more_contrast_in_the_dark(reader: &Reader) {
    main_job(reader).await;
}

async fn every_screen_with_more_contrast(reader: &Reader) {
    let faults = faults_of_screens(reader).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Selects, highlights, writes, and opens a dialog, looking at each.
async fn main_job(reader: &Reader) {
    reader.open_site().await;
    reader.article(Name::Any).wait().await;
    for name in [EN.bar.more, EN.bar.open_article] {
        stands_out(reader, &reader.button(name)).await;
    }
    let link = reader.article(Name::Any).link("Anthropic");
    stands_out(reader, &link).await;

    reader.take_hold(LED_BY, LED_BY).await;
    let toolbar = reader.selection_toolbar();
    expect_frame(reader, &toolbar).await;
    let mut swatches = Vec::new();
    for colour in Colour::ALL {
        let button = toolbar.button((EN.selection.colour)(colour));
        swatches.push(middle(reader, &button).await);
    }
    expect_different(&swatches);
    toolbar
        .button((EN.selection.colour)(Colour::Green))
        .click()
        .await;
    reader.card(LED_BY).wait().await;
    reader.press("Escape").await;
    reader.take_hold(FRONTIER, FRONTIER).await;
    reader.press("a").await;
    reader.note_box().type_text("Where is it?").await;
    expect_frame(reader, &reader.note_box()).await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;

    // The chosen card has a frame that the other one does not have.
    let (chosen, other) = (reader.card(FRONTIER), reader.card(LED_BY));
    chosen.wait_attribute("aria-current", "true").await;
    reader.article(Name::Any).focus().await;
    let (of_chosen, of_other) = (frame(reader, &chosen).await, frame(reader, &other).await);
    assert_ne!(of_chosen, of_other, "the chosen card looks like the others");
    // Of its colours the pressed one is seen to be.
    let pressed = chosen.button(&(EN.card.recolour)(Colour::Green));
    pressed.wait_attribute("aria-pressed", "true").await;
    let resting = chosen.button(&(EN.card.recolour)(Colour::Red));
    let (pressed, resting) = (rim(reader, &pressed).await, rim(reader, &resting).await);
    assert_ne!(pressed, resting, "the pressed colour looks like the others");

    // Marks differ from the words around them, and their words can be read.
    let paragraph = reader
        .article(Name::Any)
        .by_role("paragraph", Name::Any)
        .nth(0);
    let around = reader.picture().await.part(paragraph.area().await).ground();
    for index in 0..2 {
        let mark = reader.by_role("mark", Name::Any).nth(index);
        let mark = reader.picture().await.part(mark.area().await);
        assert_ne!(mark.ground(), around, "mark {index}");
        assert!(mark.contrast() >= TEXT, "mark {index}: {}", mark.contrast());
    }

    // The strip shows the notes in their colours.
    let strip = reader.by_role("navigation", EN.notes.overview);
    let area = strip.area().await;
    let coloured = async || {
        let strip = reader.picture().await.part(area);
        let is_coloured =
            |&[red, green, blue]: &Rgb| red.max(green).max(blue) - red.min(green).min(blue) > GREY;
        match (0..strip.height).any(|y| strip.row(y).iter().any(is_coloured)) {
            true => Ok(()),
            false => Err("no note is seen on the strip".to_owned()),
        }
    };
    reader.wait_for(coloured).await;

    // The focus is seen on a button of the bar, on cards and on the article.
    for focusable in [
        reader.button(EN.bar.more),
        reader.card(LED_BY),
        reader.card(FRONTIER),
        reader.article(Name::Any),
    ] {
        expect_focus_ring(reader, &focusable).await;
    }

    let undo = reader.button(EN.bar.undo);
    stands_out(reader, &undo).await;
    let dialog = reader.open_dialog().await;
    expect_frame(reader, &dialog.textbox(EN.open.paste)).await;
    stands_out(reader, &dialog.button(EN.buttons.open)).await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.button(EN.bar.reading_settings).click().await;
    let settings = reader.dialog(EN.bar.reading_settings);
    for theme in Theme::ALL {
        let name = (EN.look.named_theme)(theme);
        settings.radio(name).click().await;
        stands_out(reader, &settings.button(EN.look.reset)).await;
    }
    reader.wait_until_saved().await;
}

/// Fails unless something in the element contrasts with its ground as a text must.
async fn stands_out(reader: &Reader, thing: &Locator<'_>) {
    let area = thing.area().await;
    let contrast = reader.picture().await.part(area).contrast();
    assert!(contrast >= TEXT, "a contrast of {contrast} in {area:?}");
}

/// Fails unless an edge of the element contrasts with what lies around it.
async fn expect_frame(reader: &Reader, thing: &Locator<'_>) {
    let area = thing.area().await;
    let picture = reader.picture().await;
    // From outside to just inside, in the middle of the left edge.
    let edge = picture.part(Area {
        x: area.x - 3.0,
        y: area.y + area.height / 2.0,
        width: 6.0,
        height: 1.0,
    });
    // A frame of ours is a hairline, which only more contrast and the system make strong.
    assert!(
        edge.contrast() >= GRAPHIC,
        "{} at {area:?}",
        edge.contrast()
    );
}

/// The colour in the middle of an element.
async fn middle(reader: &Reader, thing: &Locator<'_>) -> Rgb {
    let area = thing.area().await;
    let picture = reader.picture().await;
    picture.at(
        (area.x + area.width / 2.0) as usize,
        (area.y + area.height / 2.0) as usize,
    )
}

/// The colours just outside and just inside of an element's right edge.
async fn frame(reader: &Reader, thing: &Locator<'_>) -> Vec<Rgb> {
    let area = thing.area().await;
    let picture = reader.picture().await;
    let y = (area.y + 12.0) as usize;
    let right = (area.x + area.width).round() as usize;
    picture.row(y)[right - 2..right + 3].to_vec()
}

/// The colours of an element from its left edge to its middle.
async fn rim(reader: &Reader, thing: &Locator<'_>) -> Vec<Rgb> {
    let area = thing.area().await;
    let picture = reader.picture().await;
    let y = (area.y + area.height / 2.0) as usize;
    // Up to where the swatch begins.
    let (left, inner) = (area.x.round() as usize, (area.width / 2.0 - 10.0) as usize);
    picture.row(y)[left..left + inner].to_vec()
}

fn expect_different(colours: &[Rgb]) {
    for (index, one) in colours.iter().enumerate() {
        assert!(!colours[..index].contains(one), "{colours:?}");
    }
}

/// Fails unless what has the focus looks different from when it has not, with contrast.
async fn expect_focus_ring(reader: &Reader, thing: &Locator<'_>) {
    // By keys, as only then a ring is drawn. First with the focus, which may scroll or choose.
    reader.press("Shift").await;
    thing.focus().await;
    let around = |area: Area| area.grown(16.0);
    let area = around(thing.area().await);
    let after = reader.picture().await.part(area);
    reader.run("document.activeElement?.blur()", vec![]).await;
    assert_eq!(
        around(thing.area().await),
        area,
        "it moves without the focus"
    );
    let before = reader.picture().await.part(area);
    let changed = (0..before.height)
        .flat_map(|y| before.row(y).iter().zip(after.row(y)))
        .filter(|(one, other)| contrast(**one, **other) >= GRAPHIC)
        .count();
    // A ring around the shortest of these has more.
    assert!(changed >= 60, "{changed} pixels change with the focus");
}
