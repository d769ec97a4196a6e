//! Ten thousand notes on their way to a server and from there to another device, and an edit on its way
//! while both are open.

use std::time::Instant;

use postil::model::article::Article;
use postil::ui::strings::EN;
use postil_testing::couch::Couch;
use postil_testing::driver::{Engine, Setup};
use postil_testing::figures::Report;
use postil_testing::reader::Reader;

use crate::importing::foreign;
use crate::sample;

const BYTES: usize = 1_000_000;
const NOTES: usize = 10_000;
const PASSPHRASE: &str = "correct horse battery staple";
/// Words of the article that ships, each marked once.
const EDITS: [&str; 6] = [
    "public roads",
    "many engineers",
    "neural networks",
    "frontier",
    "formative",
    "writing that",
];

/// Joins a database, and returns the milliseconds until both are in step.
async fn join(reader: &Reader, address: &str) -> f64 {
    reader.choose_more(EN.bar.your_notes).await;
    let dialog = reader.dialog(EN.bar.your_notes);
    let section = dialog.region(EN.synchronise.label);
    section.button(EN.synchronise.set_up).click().await;
    section.textbox(EN.synchronise.address).fill(address).await;
    let passphrase = section.textbox(EN.synchronise.passphrase);
    passphrase.fill(PASSPHRASE).await;
    let start = Instant::now();
    section.button(EN.synchronise.join).click().await;
    let in_step = (EN.synchronise.in_step)(0, 0);
    let look = async || match section.text().await {
        text if text.contains(&in_step) => Ok(()),
        text => Err(text),
    };
    reader.wait_for(look).await;
    let took = start.elapsed().as_secs_f64() * 1e3;
    dialog.button(EN.buttons.close).click().await;
    dialog.wait_gone().await;
    took
}

/// Measures a first step of both devices, and edits.
pub async fn measure(reader: &Reader, report: &mut Report) {
    let couch = Couch::start();
    let address = couch.address_of("notes");
    let article: Article = sample::article(BYTES);
    reader.open_site().await;
    let file = foreign(&article, NOTES);
    reader.import_file("notes.json", file.as_bytes()).await;
    reader.wait_until_saved().await;
    let sent = join(reader, &address).await;
    report.series("synchronising: 10,000 notes to a server, sealed", &[sent]);
    let documents = couch.documents("notes");
    let bytes: usize = documents
        .iter()
        .map(|document| document.to_string().len())
        .sum();
    report.number("synchronising: documents", documents.len() as f64, "");
    report.number("synchronising: their JSON", bytes as f64 / 1e6, "MB");

    let other = Reader::start(Engine::Chromium, Setup::default()).await;
    other.open_site().await;
    let received = join(&other, &address).await;
    report.series(
        "synchronising: 10,000 notes from a server, opened",
        &[received],
    );

    let mut edits = Vec::new();
    for words in EDITS {
        reader.highlight(words).await;
        let start = Instant::now();
        other.card(words).wait().await;
        edits.push(start.elapsed().as_secs_f64() * 1e3);
    }
    report.series(
        "synchronising: an edit until it is on the other device",
        &edits,
    );
}
