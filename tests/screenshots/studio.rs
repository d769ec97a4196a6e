//! Takes the pictures: visits every screen in a window of one width, and shows it in each theme.

use std::path::PathBuf;

use serde_json::{Value, json};

use postil_testing::driver::{Engine, Setup};
use postil_testing::grid::Grid;
use postil_testing::locator::ROLES;
use postil_testing::picture::Picture;
use postil_testing::reader::Reader;
use postil_testing::screens;

/// The themes of the pictures, by their values of `data-theme`.
const THEMES: [&str; 4] = ["light", "sepia", "dark", "black"];

/// Screens that are not compared: they say how far one has read, which follows from when the page
/// came to rest.
const UNSTEADY: [&str; 2] = ["library", "library, something removed"];

/// A window, and the themes in which its pictures are kept.
pub struct Width {
    /// Width and height in CSS pixels.
    pub size: (u32, u32),
    /// Values of `data-theme`.
    pub kept: &'static [&'static str],
}

/// A screen as it was seen.
pub struct Shot {
    /// Width of the window, theme and screen.
    pub name: String,
    /// Its picture in short.
    pub grid: Grid,
    /// Places of the page's parts.
    pub boxes: Vec<Part>,
    /// What it was seen with.
    pub tools: Tools,
}

/// What a picture depends on besides the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tools {
    /// Widths of a text in the page's typefaces.
    pub fonts: Vec<u64>,
    /// Chromium's major version.
    pub browser: u64,
}

/// A part of the page: its role, and its left edge, top edge, width and height.
pub type Part = (String, [i64; 4]);

/// What differs from one time to the next: the clock, and what is stored.
const FIXED: &str = "
    const TrueDate = Date;
    let now = TrueDate.UTC(2026, 0, 15, 12);
    globalThis.Date = class extends TrueDate {
        constructor(...parts) { parts.length ? super(...parts) : super(now++); }
        // What happens later is later, and shown with the same minute.
        static now() { return now++; }
    };
    navigator.storage.estimate = async () => ({ usage: 5e6, quota: 1e9 });";

/// Hides the caret, which blinks, and messages, which go after a while.
const STILL: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { caret-color: transparent !important } .notices { display: none !important }');
    document.adoptedStyleSheets.push(sheet);
    window.stillSheet = sheet;
    window.usualTheme = document.documentElement.dataset.theme;";
const AS_BEFORE: &str = "
    const root = document.documentElement;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== window.stillSheet);
    if (window.usualTheme === undefined) delete root.dataset.theme; else root.dataset.theme = window.usualTheme;";

/// Shows a theme, and waits for it to be painted.
const SHOW: &str = "
    document.documentElement.dataset.theme = arguments[0];
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// Widths of a text in the typefaces of the article, the tools and code.
const FONTS: &str = "
    const pen = document.createElement('canvas').getContext('2d');
    const styles = getComputedStyle(document.documentElement);
    return ['--serif', '--sans', '--mono'].map((face) => {
        pen.font = `100px ${styles.getPropertyValue(face)}`;
        return Math.round(pen.measureText('A gloss stands in the margin, 0123456789.').width);
    });";

/// Chromium's major version.
const VERSION: &str = "return Number(navigator.userAgent.match(/Chrome\\/(\\d+)/)?.[1] ?? 0)";

/// The parts of the page whose places are compared.
const PARTS: [&str; 7] = [
    "banner",
    "main",
    "complementary",
    "navigation",
    "toolbar",
    "menu",
    "dialog",
];

/// Visits all screens. With `all` there are pictures of every theme in `target/screenshots`, else
/// only of those that are kept.
pub fn visit(width: &Width, all: bool) -> Vec<Shot> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let setup = Setup {
        size: width.size,
        time_zone: Some("UTC"),
        media: &[("prefers-reduced-motion", "reduce")],
        ..Setup::default()
    };
    runtime.block_on(async {
        let reader = Reader::start(Engine::Chromium, setup).await;
        reader
            .devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": FIXED }),
            )
            .await;
        let mut shots = Vec::new();
        screens::visit(&reader, async |screen| {
            if shots.is_empty() {
                expect_to_notice(&reader).await;
            }
            shots.extend(pictures_of(&reader, width, screen, all).await);
        })
        .await;
        // What looks alike stands together, which keeps the file of references small.
        shots.sort_by_key(|(theme, _)| *theme);
        shots.into_iter().map(|(_, shot)| shot).collect()
    })
}

/// The kept pictures of a screen, with the numbers of their themes.
async fn pictures_of(
    reader: &Reader,
    width: &Width,
    screen: &str,
    all: bool,
) -> Vec<(usize, Shot)> {
    let folder = folder();
    let fonts = reader.run(FONTS, vec![]).await;
    let version = reader.run(VERSION, vec![]).await;
    let tools = Tools {
        fonts: serde_json::from_value(fonts).expect("widths"),
        browser: version.as_u64().expect("a version"),
    };
    let mut shots = Vec::new();
    reader.run(STILL, vec![]).await;
    // What it happens to lie over would look different.
    reader.point_at((1.0, 1.0)).await;
    for (number, theme) in THEMES.into_iter().enumerate() {
        let is_kept = width.kept.contains(&theme) && !UNSTEADY.contains(&screen);
        if !is_kept && !all {
            continue;
        }
        reader.run(SHOW, vec![json!(theme)]).await;
        let png = match shots.is_empty() {
            true => still(reader).await,
            false => png(reader).await,
        };
        let name = format!("{} {theme} {screen}", width.size.0);
        let file = format!("{}.png", name.replace([' ', ','], "-").replace("--", "-"));
        std::fs::write(folder.join(&file), &png).unwrap_or_else(|error| panic!("{file}: {error}"));
        if is_kept {
            let shot = Shot {
                name,
                grid: Grid::of(&Picture::of_png(&png)),
                boxes: parts(reader).await,
                tools: tools.clone(),
            };
            shots.push((number, shot));
        }
    }
    reader.run(AS_BEFORE, vec![]).await;
    shots
}

/// Fails unless an article that is moved by 8 pixels is seen to be.
async fn expect_to_notice(reader: &Reader) {
    let before = Grid::of(&Picture::of_png(&still(reader).await));
    let again = Grid::of(&Picture::of_png(&still(reader).await));
    assert!(before.looks_like(&again), "the page does not keep still");
    let article = "document.querySelector('main article').style.translate = arguments[0]";
    reader.run(article, vec![json!("8px")]).await;
    let moved = Grid::of(&Picture::of_png(&still(reader).await));
    reader.run(article, vec![json!("")]).await;
    assert!(!before.looks_like(&moved), "8 pixels are not noticed");
}

/// A picture that is the same as the one before.
async fn still(reader: &Reader) -> Vec<u8> {
    let look = async || {
        let first = png(reader).await;
        match png(reader).await == first {
            true => Ok(first),
            false => Err("the page does not keep still".to_owned()),
        }
    };
    reader.wait_for(look).await
}

async fn png(reader: &Reader) -> Vec<u8> {
    let png = reader.browser.client.screenshot().await;
    png.expect("a picture of the page")
}

async fn parts(reader: &Reader) -> Vec<Part> {
    let script = format!(
        "{ROLES} return arguments[0].flatMap((role) =>
            find([{{ role, how: 'any', name: '', nth: null }}]).map((element) => {{
                const {{ x, y, width, height }} = element.getBoundingClientRect();
                return [role, [x, y, width, height].map(Math.round)];
            }}));"
    );
    let found: Value = reader.run(&script, vec![json!(PARTS)]).await;
    serde_json::from_value(found).expect("roles and places")
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    folder
}
