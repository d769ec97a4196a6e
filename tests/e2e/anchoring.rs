//! Anchoring: notes are found again in a later text of their article.

use postil::model::notebook::Intent;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::server::{Answer, SITE};
use postil_testing::steps::{items, quote_of, selector};

in_both_browsers!(
    a_new_version_of_a_file_keeps_its_notes,
    a_file_of_the_same_name_may_be_another_article,
    the_reader_says_what_is_a_new_version,
    a_new_text_of_the_bundled_article_is_a_version_and_a_dead_worker_no_end,
    each_of_the_six_states_is_told_and_settled_by_keyboard,
);

const FIRST: &str = "# On Margins

A gloss stands in the margin of a page and speaks to its text, as it has done for a thousand years.

Scholars copied what earlier hands had written there, and added remarks of their own in red ink.

The printer left wide borders so that a careful buyer could go on with the conversation at home.

Nobody knows who first drew a small pointing hand beside a passage that was worth another look.
";

/// The revision: one paragraph is new, one reworded, one deleted, two unchanged.
const SECOND: &str = "# On Margins

What follows was revised for a second printing, and enlarged by this opening paragraph.

A gloss stands in the margin of a page and speaks to its text, as it has done for a thousand years.

Scholars copied what former hands had written there, and added remarks of their own in red ink.

Nobody knows who first drew a small pointing hand beside a passage that was worth another look.
";

const PASSAGES: [&str; 4] = [
    "speaks to its text",
    "what earlier hands had written",
    "a careful buyer",
    "small pointing hand",
];

async fn note_the_first_text(reader: &Reader) {
    reader.article("On Margins").wait().await;
    for passage in PASSAGES {
        reader.highlight(passage).await;
    }
}

/// Waits until the page has placed the notes in the second text.
async fn wait_until_placed(reader: &Reader) {
    reader.hear("2 in place, 1 changed, 1 needs a look").await;
    shows_placed(reader).await;
}

async fn shows_placed(reader: &Reader) {
    reader
        .wait_painted(&[PASSAGES[0], "what former hands had written", PASSAGES[3]])
        .await;
}

async fn a_new_version_of_a_file_keeps_its_notes(reader: &Reader) {
    reader.open_site().await;
    reader.open_file("margins.md", FIRST.as_bytes()).await;
    note_the_first_text(reader).await;
    reader.open_file("margins.md", SECOND.as_bytes()).await;
    wait_until_placed(reader).await;

    // Findings are stored: the worker is not loaded, and no status appears.
    reader.server.forget();
    reader.reload().await;
    shows_placed(reader).await;
    let asked = reader.server.asked();
    assert!(
        !asked.iter().any(|path| path.contains("importer")),
        "{asked:?}"
    );
    let told = reader.status(Name::Has("in place")).is_there().await;
    assert!(!told, "the same is not told twice");

    // The file has the quotes as the notes were made on them.
    let file = reader.export().await;
    let mut quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    quotes.sort_unstable();
    let mut passages = PASSAGES;
    passages.sort_unstable();
    assert_eq!(quotes, passages);
    let position = selector(&items(&file)[0], "TextPositionSelector");
    assert!(position["start"].is_u64(), "{position}");
    // And where they are now: those that stand on their very words, in the order of this text.
    let found: Vec<&str> = items(&file).iter().filter_map(found_quote).collect();
    assert_eq!(found, [PASSAGES[0], PASSAGES[3]]);

    // Back in the first text, every note is at its original place.
    reader.open_file("margins.md", FIRST.as_bytes()).await;
    reader.wait_painted(&PASSAGES).await;
    let dialog = reader.open_library().await;
    // One article, not one a version.
    dialog
        .button(Name::Begins("On Margins"))
        .wait_count(1)
        .await;
}

async fn a_file_of_the_same_name_may_be_another_article(reader: &Reader) {
    reader.open_site().await;
    reader.open_file("notes.md", FIRST.as_bytes()).await;
    note_the_first_text(reader).await;
    let other = "# Bread

Mix flour with lukewarm water, knead until smooth, then leave the dough under a cloth until morning.

Bake it hot on stone, turn down the oven after ten minutes, and let the crust crackle while it cools.
";
    reader.open_file("notes.md", other.as_bytes()).await;
    reader.article("Bread").wait().await;
    reader.hear("Opened").await;
    reader.notes().listitem(Name::Any).wait_count(0).await;
    reader.open_file("notes.md", SECOND.as_bytes()).await;
    wait_until_placed(reader).await;
}

/// Declares in the dialog that the open article is a new version of another.
async fn treat_as_version_of(reader: &Reader, title: &str) {
    let dialog = reader.open_dialog().await;
    let choose = format!(
        "const options = [...element.options];
        element.value = options.find((option) => option.text.includes({})).value;
        element.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(title)
    );
    let choice = dialog.combobox(EN.open.new_version_of);
    // The list of articles may still be on its way. Options of a closed list cannot be seen.
    let listed = format!(
        "return [...element.options].some((option) => option.text.includes({}))",
        json!(title)
    );
    let look = async || match choice.evaluate(&listed).await == true {
        true => Ok(()),
        false => Err(format!("{title} is not listed")),
    };
    reader.wait_for(look).await;
    choice.evaluate(&choose).await;
    dialog.button(EN.open.treat_as_version).click().await;
    dialog.wait_gone().await;
}

async fn the_reader_says_what_is_a_new_version(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(FIRST).await;
    note_the_first_text(reader).await;
    // Pasted text has no name that would tell which article it belongs to.
    reader.open_pasted(SECOND).await;
    reader.hear("Opened").await;
    reader.notes().listitem(Name::Any).wait_count(0).await;
    reader.highlight("second printing").await;
    treat_as_version_of(reader, "On Margins").await;
    reader.hear("3 in place, 1 changed, 1 needs a look").await;
    reader.wait_until_saved().await;
    let painted = [
        "second printing",
        PASSAGES[0],
        "what former hands had written",
        PASSAGES[3],
    ];
    reader.wait_painted(&painted).await;
    reader.reload().await;
    reader.wait_painted(&painted).await;
    let dialog = reader.open_library().await;
    dialog
        .button(Name::Begins("On Margins"))
        .wait_count(1)
        .await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    // What was noted before goes back where it came from.
    reader.button(EN.bar.undo).click().await;
    reader
        .hear_of(Message::Undone {
            intent: Intent::Join,
            elsewhere: false,
        })
        .await;
    reader.wait_painted(&painted[1..]).await;
    reader.wait_until_saved().await;
    let dialog = reader.open_library().await;
    dialog
        .button(Name::Begins("On Margins"))
        .wait_count(2)
        .await;
    reader.press("Escape").await;
    dialog.wait_gone().await;
    reader.button(EN.bar.redo).click().await;
    reader.wait_painted(&painted).await;
}

async fn a_new_text_of_the_bundled_article_is_a_version_and_a_dead_worker_no_end(reader: &Reader) {
    // The service worker would serve the files as built.
    reader.serve_without_service_worker();
    reader.open_site().await;
    for words in ["Nick Joseph", "public roads"] {
        reader.highlight(words).await;
    }
    let page = String::from_utf8(reader.server.built("index.html")).expect("a page");
    let new = page.replace("led by", "run by");
    assert_ne!(new, page);
    let path = |file: &str| format!("{SITE}{file}");
    reader.server.put(&path(""), Answer::html(&new));
    let script = "return document.querySelector('[data-worker]').dataset.worker";
    let loader = reader.run(script, vec![]).await;
    let loader = loader.as_str().expect("the worker's name");
    let loader = loader.trim_start_matches("./");
    let script = "return fetch(arguments[0]).then((file) => file.text())";
    let works = reader.run(script, vec![json!(format!("./{loader}"))]).await;
    let works = works.as_str().expect("the worker's loader").to_owned();
    let broken = "throw new Error('planted')";
    reader
        .server
        .put(&path(loader), Answer::new("text/javascript", broken));

    reader.reload().await;
    reader.be_warned("2 notes could not be looked for").await;
    reader.notes().listitem(Name::Any).wait_count(2).await;
    reader
        .server
        .put(&path(loader), Answer::new("text/javascript", works));
    reader
        .alert(Name::Any)
        .button(EN.buttons.try_again)
        .click()
        .await;
    reader.hear("2 in place").await;
    reader.wait_painted(&["Nick Joseph", "public roads"]).await;
    assert!(reader.article_text().await.contains("run by Nick Joseph"));
    assert!(!reader.alert(Name::Has("looked for")).is_there().await);
}

const GARDEN: &str = "# The mill garden

The garden lay behind the mill, and nobody had tended it for years.

In the spring the hedges grew so high that the gate could not be opened by one person alone.

They found a well, two benches of stone and a bed of wild garlic that had outlived its keepers.

The eldest daughter drew a map of everything, and hung it above the kitchen table.

Whoever would rather read figures than stories may see the table below for the yields of the year; the list that follows it has the prices of seeds and tools.

Visitors asked about the river and about the price of the boats, and got no answer to either.
";

/// One passage for each state: exact, changed, replaced, moved, ambiguous, orphan.
const NOTED: [&str; 6] = [
    "nobody had tended it",
    "gate could not be opened",
    "two benches of stone",
    "drew a map of everything",
    "the table below",
    "price of the boats",
];

const REVISED: &str = "# The mill garden

The garden lay behind the mill, and nobody had tended it for years.

The eldest daughter drew a map of everything, and hung it above the kitchen table.

In the spring the hedges grew so high that the gate could hardly be opened by one person alone.

They found a well, a sundial and a bed of wild garlic that had outlived its keepers.

Whoever would rather read figures than stories may see the table below for the yields of the year; the list that follows it has the prices of seeds and tools.

A new paragraph speaks of weather, of rain in March and of late frost in May.

Whoever would rather read figures than stories may see the table below for the yields of the year; the list that follows it has the prices of seeds and tools.
";

/// Puts the focus on a card and makes sure that it stays: an earlier decision moves the focus
/// before the next frame, which may come late on a busy machine.
async fn choose(reader: &Reader, quote: &str) {
    let frames = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    let chosen = async || {
        let card = reader.card(quote);
        card.focus().await;
        reader.run(frames, Vec::new()).await;
        match card.attribute("aria-current").await.as_deref() {
            Some("true") => Ok(()),
            other => Err(format!("{quote} is not chosen but {other:?}")),
        }
    };
    reader.wait_for(chosen).await;
}

async fn each_of_the_six_states_is_told_and_settled_by_keyboard(reader: &Reader) {
    reader.open_site().await;
    reader.open_file("mill.md", GARDEN.as_bytes()).await;
    reader.article("The mill garden").wait().await;
    for passage in NOTED {
        reader.highlight(passage).await;
    }
    reader.open_file("mill.md", REVISED.as_bytes()).await;
    reader
        .hear("1 in place, 1 moved, 1 changed, 3 need a look")
        .await;

    // Only certain passages are painted as before; a changed one looks different.
    reader
        .wait_painted(&[NOTED[0], NOTED[3], "gate could hardly be opened"])
        .await;
    let changed = "return [...document.querySelectorAll('mark[data-state=changed]')].map((mark) => mark.textContent).join('')";
    let changed = reader.run(changed, Vec::new()).await;
    assert_eq!(changed, json!("gate could hardly be opened"));
    let gap = reader.by_role("img", Name::Has("two benches of stone"));
    assert!(
        gap.is_there().await,
        "a mark stands where the words are gone"
    );
    assert!(
        !reader.article_text().await.contains("benches"),
        "and adds nothing to the text"
    );

    // Orphan: attached to the selection.
    reader.take_hold("rain in March", "rain in March").await;
    choose(reader, NOTED[5]).await;
    reader.press("Shift+A").await;
    reader.hear_of(Message::Attached).await;
    // Changed: kept.
    choose(reader, NOTED[1]).await;
    reader.press("y").await;
    reader.hear_of(Message::Kept).await;
    // Ambiguous: the second of two places is chosen.
    choose(reader, NOTED[4]).await;
    reader.press("]").await;
    reader.press("y").await;
    reader.hear_of(Message::Attached).await;
    // Replaced: detached, and then it is one of those that are not found.
    choose(reader, NOTED[2]).await;
    reader.press("x").await;
    reader.hear_of(Message::Detached).await;
    let settled = [
        NOTED[0],
        NOTED[3],
        "gate could hardly be opened",
        "rain in March",
        NOTED[4],
    ];
    reader.wait_painted(&settled).await;
    // Moved: right as it is. And each step can be taken back.
    reader.button(EN.bar.undo).click().await;
    reader.hear("Undone").await;
    gap.wait().await;
    reader.button(EN.bar.redo).click().await;
    gap.wait_gone().await;
    reader.wait_painted(&settled).await;

    reader.wait_until_saved().await;
    reader.reload().await;
    reader.wait_painted(&settled).await;
    reader.card(NOTED[2]).wait().await;

    // The file has each quote as it was made, and also the place that the reader chose.
    let file = reader.export().await;
    let mut quotes: Vec<&str> = items(&file).iter().map(quote_of).collect();
    quotes.sort_unstable();
    let mut noted = NOTED;
    noted.sort_unstable();
    assert_eq!(quotes, noted);
    let attached = items(&file)
        .iter()
        .filter(|item| item["target"].is_array() && found_quote(item).is_none());
    assert_eq!(attached.count(), 3, "{file}");
}

/// The words that a note was found at in the text at hand, where it was made on another one.
fn found_quote(item: &Value) -> Option<&str> {
    let targets = item["target"].as_array()?;
    let found = targets
        .iter()
        .find(|target| target["urn:postil:found"] == true)?;
    found["selector"][0]["exact"].as_str()
}
