//! Accessibility: axe-core finds no fault on any screen, at any width, in light and in dark.

use postil::model::look::Theme;
use postil::ui::strings::EN;

use postil_testing::driver::{Engine, Setup};
use postil_testing::journey::{in_both_browsers, in_chromium};
use postil_testing::reader::Reader;
use postil_testing::screens;

in_both_browsers!(every_screen_in_the_light);
in_both_browsers!(Setup { size: (390, 844), ..Setup::default() } => every_screen_of_a_phone);
// What axe-core finds in these depends on our styles alone, which both browsers read alike. Nothing
// has other colours on a tablet than in a wide window.
in_chromium!(Setup { dark: true, ..Setup::default() } => every_screen_in_the_dark);
in_chromium!(Setup { size: (390, 844), dark: true, ..Setup::default() } => every_screen_of_a_phone_in_the_dark);
in_chromium!(Setup { size: (820, 1180), ..Setup::default() } => every_screen_of_a_tablet);
in_both_browsers!(nothing_is_wider_than_the_window);

async fn every_screen_in_the_light(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_in_the_dark(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_phone(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_phone_in_the_dark(reader: &Reader) {
    every_screen(reader).await;
}

async fn every_screen_of_a_tablet(reader: &Reader) {
    every_screen(reader).await;
}

/// Applies axe-core to every screen, and to every look.
async fn every_screen(reader: &Reader) {
    let faults = faults_of_screens(reader).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What axe-core finds wrong with any screen, prefixed with the screen's name.
pub async fn faults_of_screens(reader: &Reader) -> Vec<String> {
    let mut faults = Vec::new();
    screens::visit(reader, async |screen| {
        look_at(reader, screen, &mut faults).await;
        if screen == screens::READING_SETTINGS {
            every_look(reader, &mut faults).await;
        }
    })
    .await;
    faults
}

async fn every_look(reader: &Reader, faults: &mut Vec<String>) {
    let settings = reader.dialog(EN.bar.reading_settings);
    for theme in Theme::ALL {
        let name = (EN.look.named_theme)(theme);
        settings.radio(name).click().await;
        look_at(reader, name, faults).await;
    }
    settings.checkbox(EN.look.strong).click().await;
    look_at(reader, "more contrast", faults).await;
    settings.checkbox(EN.look.strong).click().await;
}

async fn look_at(reader: &Reader, screen: &str, faults: &mut Vec<String>) {
    for violation in reader.violations().await {
        faults.push(format!("{screen}: {violation}"));
    }
}

async fn nothing_is_wider_than_the_window(reader: &Reader) {
    reader.open_site().await;
    reader.write_note("has joined", "a note", "tag").await;
    for width in [1280, 1088, 1000, 820, 600, 470, 390, 320] {
        if width < 450 && reader.engine == Engine::Firefox {
            continue;
        }
        reader.resize(width, 800).await;
        let fits = async || {
            let script = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]";
            let widths: (u64, u64) =
                serde_json::from_value(reader.run(script, vec![]).await).expect("two numbers");
            match widths {
                (scroll, client) if scroll <= client => Ok(()),
                (scroll, client) => Err(format!("{scroll} in a window of {client}")),
            }
        };
        reader.wait_for(fits).await;
    }
}
