//! What could come between devices that synchronise: a hostile database, tabs that are closed, a clock
//! that is wrong.

use serde_json::json;

use postil::model::notice::Message;
use postil::model::sync::trouble::Trouble;
use postil_testing::couch::Couch;
use postil_testing::driver::{Engine, Setup};
use postil_testing::hostile::{self, HOSTILE_END, HOSTILE_PASSAGES};
use postil_testing::journey::{in_both_browsers, in_both_languages, in_chromium};
use postil_testing::locator::{Locator, Name};
use postil_testing::reader::Reader;
use postil_testing::server::Server;

use crate::hostile::{expect_harmless, set_traps};
use postil_testing::synchronising::{close, join, open_section, says, words};

in_both_browsers!(a_hostile_database_does_no_harm,);

in_both_languages!(the_tab_in_front_goes_on,);

in_chromium!(Setup::default() =>
    a_clock_ten_years_off_decides_nothing,
);

const ROADS: &str = "public roads";
const DATABASE: &str = "notes";

/// Joins a database without a passphrase; returns the section, which is still open.
async fn join_unsealed<'a>(reader: &'a Reader, couch: &Couch) -> Locator<'a> {
    let words = words(reader);
    let section = open_section(reader).await;
    section.button(words.set_up).click().await;
    let address = couch.address_of(DATABASE);
    section.textbox(words.address).fill(&address).await;
    section.checkbox(words.seal).click().await;
    section.button(words.join).click().await;
    section
}

/// Waits until the server has words.
async fn reach(reader: &Reader, couch: &Couch, words: &str) {
    let look = async || match couch.says(DATABASE, words) {
        true => Ok(()),
        false => Err(format!("the server does not have {words:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until the card of a note, whose end may be folded away, has words.
async fn wait_for_card(reader: &Reader, passage: &str, words: &str) {
    let has = format!("return element.textContent.includes({})", json!(words));
    let look = async || match reader.card(passage).evaluate(&has).await {
        has if has == true => Ok(()),
        _ => Err(format!("the note on {passage:?} does not say {words:?}")),
    };
    reader.wait_for(look).await;
}

/// Waits until the hostile note is drawn from its Markdown, and not only as it was written.
async fn wait_for_hostile_card(reader: &Reader) {
    let [passage, _] = HOSTILE_PASSAGES;
    wait_for_card(reader, passage, HOSTILE_END).await;
    let is_read = "return !element.querySelector('.note-body').textContent.includes('[one](')";
    let look = async || match reader.card(passage).evaluate(is_read).await {
        read if read == true => Ok(()),
        _ => Err("the note is drawn as it was written".to_owned()),
    };
    reader.wait_for(look).await;
}

/// What hostile documents are is said in the section, and nobody is alarmed.
async fn expect_no_alarm(reader: &Reader) {
    let message = reader.words().notices.message;
    for why in [Trouble::Unknown, Trouble::TooLong, Trouble::WrongPassphrase] {
        let warning = message(&Message::OutOfStep { why });
        reader.alert(Name::Has(&warning)).wait_gone().await;
    }
}

async fn a_hostile_database_does_no_harm(reader: &Reader) {
    let site = Server::start();
    let couch = Couch::start();
    let origin = site.address_of("");
    let unreadable = hostile::fill(&couch, DATABASE, origin.trim_end_matches('/'));
    reader.open_site().await;
    reader
        .write_note(ROADS, "from before the database", "")
        .await;
    set_traps(reader).await;
    let section = join_unsealed(reader, &couch).await;
    let in_step = (words(reader).in_step)(0, unreadable);
    says(reader, &section, &in_step).await;
    says(reader, &section, words(reader).open).await;
    close(reader).await;

    // What is well formed is there, as nothing but words.
    wait_for_hostile_card(reader).await;
    let [_, heavy] = HOSTILE_PASSAGES;
    reader.card(heavy).wait().await;
    expect_harmless(reader, &site).await;
    let library = reader.open_library().await;
    library.button(Name::Has(HOSTILE_END)).wait().await;
    reader.press("Escape").await;
    library.wait_gone().await;
    expect_harmless(reader, &site).await;

    // Nothing stops: what is written goes there, and nothing is told again.
    reader.highlight("neural networks").await;
    let section = open_section(reader).await;
    section.button(words(reader).now).click().await;
    says(reader, &section, &in_step).await;
    close(reader).await;
    reach(reader, &couch, "neural networks").await;
    expect_no_alarm(reader).await;

    // The own notes outlive it, whatever versions the others claim.
    reader.reload().await;
    set_traps(reader).await;
    wait_for_hostile_card(reader).await;
    wait_for_card(reader, ROADS, "from before the database").await;
    reader.card("neural networks").wait().await;
    let section = open_section(reader).await;
    says(reader, &section, &in_step).await;
    close(reader).await;
    expect_harmless(reader, &site).await;
    expect_no_alarm(reader).await;
}

async fn the_tab_in_front_goes_on(reader: &Reader) {
    let couch = Couch::start();
    reader.open_site().await;
    let first = reader.this_tab().await;
    let section = join_unsealed(reader, &couch).await;
    says(reader, &section, &(words(reader).in_step)(0, 0)).await;
    close(reader).await;

    reader.new_tab().await;
    reader.open_site().await;
    reader
        .write_note(ROADS, "written in the second tab", "")
        .await;
    reach(reader, &couch, "written in the second tab").await;

    reader.close_tab().await;
    reader.switch_to(&first).await;
    reader.card(ROADS).wait().await;
    reader
        .write_note("many engineers", "written in the first tab", "")
        .await;
    reach(reader, &couch, "written in the first tab").await;
    let section = open_section(reader).await;
    says(reader, &section, &(words(reader).in_step)(0, 0)).await;
}

/// The page's clock, ten years ahead.
const TEN_YEARS_AHEAD: &str = "{
    const True = Date;
    const ahead = () => True.now() + 315_576_000_000;
    globalThis.Date = class extends True {
        constructor(...parts) { parts.length ? super(...parts) : super(ahead()); }
        static now() { return ahead(); }
    };
}";

/// Writes on in the note on the passage, by keys: no notice is in their way.
async fn write_on(reader: &Reader, words: &str) {
    reader.card(ROADS).focus().await;
    reader.press("a").await;
    reader.note_box().type_text(words).await;
    reader.press("Control+Enter").await;
    reader.note_box().wait_gone().await;
    reader.wait_until_saved().await;
}

/// Waits until there are so many notes on the passage, and some of them say this.
async fn wait_for_notes(reader: &Reader, count: usize, said: &[&str]) {
    reader.card(ROADS).wait_count(count).await;
    let look = async || match reader.notes().text().await {
        text if said.iter().all(|said| text.contains(said)) => Ok(()),
        text => Err(format!("not {said:?} but {text}")),
    };
    reader.wait_for(look).await;
}

async fn come_into_step(reader: &Reader) {
    let section = open_section(reader).await;
    section.button(words(reader).now).click().await;
    says(reader, &section, &(words(reader).in_step)(0, 0)).await;
    close(reader).await;
}

async fn a_clock_ten_years_off_decides_nothing(reader: &Reader) {
    let mut couch = Couch::start();
    let address = couch.address_of(DATABASE);
    reader.run_before_pages(TEN_YEARS_AHEAD).await;
    reader.open_site().await;
    reader.write_note(ROADS, "from the start", "").await;
    join(reader, &address).await;
    let other = Reader::start(Engine::Firefox, Setup::default()).await;
    other.open_site().await;
    join(&other, &address).await;
    other.card(ROADS).wait().await;
    let year = async |reader: &Reader| {
        let year = reader.run("return new Date().getFullYear()", vec![]);
        year.await.as_u64().unwrap_or_default()
    };
    assert!(year(reader).await >= year(&other).await + 9);

    couch.kill();
    write_on(reader, ", says who is ahead").await;
    write_on(&other, ", says who is not").await;
    couch.resume();
    for reader in [reader, &other, reader] {
        come_into_step(reader).await;
    }
    let both = ["says who is ahead", "says who is not"];
    for reader in [reader, &other] {
        wait_for_notes(reader, 2, &both).await;
    }

    // What comes after an edit of the future is later all the same.
    write_on(&other, ", has the last word").await;
    wait_for_notes(reader, 2, &["has the last word"]).await;
    wait_for_notes(&other, 2, &["has the last word"]).await;
    write_on(reader, ", has another last word").await;
    wait_for_notes(&other, 2, &["has another last word"]).await;
    other.card(ROADS).focus().await;
    other.press("Delete").await;
    for reader in [&other, reader] {
        reader.card(ROADS).wait_count(1).await;
    }
    for reader in [reader, &other] {
        reader.reload().await;
        reader.card(ROADS).wait_count(1).await;
    }
}
