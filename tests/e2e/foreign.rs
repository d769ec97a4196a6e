//! Files of other programs, and dates in the reader's time zone.

use postil::model::exchange::Format;
use postil::model::failure::Failure;
use postil::model::notice::Message;
use postil::ui::strings::EN;
use serde_json::{Value, json};

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items, quote_of};

in_both_browsers!(
    quotes_without_surroundings_are_found_or_told,
    files_are_read_in_whatever_way_they_are_written,
    two_long_titles_get_two_names,
    letters_that_look_alike_are_found_alike,
);

in_both_browsers!(
    Setup { time_zone: Some(far_zone()), ..Setup::default() } => days_are_the_reader_s_days
);

const PIER: &str = "<h1>Rules of the pier</h1><p>See the notice at the gate before you cast off.</p>\
    <p>Children must be held by the hand. See the notice at the gate before you cast off.</p>\
    <p>No fires. See the notice at the gate before you cast off.</p>\
    <p>The ferry leaves the north pier at a quarter past six, before the fish market opens.</p>";

fn note(number: u32, selector: Value) -> Value {
    json!({
        "type": "Annotation",
        "id": format!("urn:uuid:6b1a3c1e-0000-4000-8000-{number:012}"),
        "body": { "type": "TextualBody", "value": format!("note {number}") },
        "target": { "source": "https://harbour.example/rules", "selector": selector },
    })
}

fn quote(exact: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact })
}

async fn quotes_without_surroundings_are_found_or_told(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(PIER).await;
    reader.article("Rules of the pier").wait().await;
    let with_prefix = json!({ "type": "TextQuoteSelector", "exact": "See the notice at the gate", "prefix": "held by the hand. " });
    let notes = json!([
        note(1, quote("See the notice at the gate")),
        note(2, with_prefix),
        note(
            3,
            json!({ "type": "CssSelector", "value": "p:nth-of-type(4)" })
        ),
        note(4, quote("Lanterns are lit at dusk by the watch")),
        note(5, quote("the fish market opens")),
    ]);
    reader
        .import_file("notes.json", notes.to_string().as_bytes())
        .await;
    reader.hear("2 in place, 2 need a look").await;
    reader
        .wait_painted(&["See the notice at the gate", "the fish market opens"])
        .await;
    let several = reader.notes().region(EN.notes.in_several_places);
    several.listitem("See the notice at the gate").click().await;
    // All three can be visited, in text order.
    for place in ["1 of 3", "2 of 3", "3 of 3", "1 of 3"] {
        let told = async || match several.text().await {
            text if text.contains(place) => Ok(()),
            text => Err(format!("{place} is not in {text}")),
        };
        reader.wait_for(told).await;
        several.button(EN.passage.next_place).click().await;
    }
    let file = reader.export().await;
    let mut quotes: Vec<&str> = items(&file)
        .iter()
        .filter(|item| item.to_string().contains("TextQuoteSelector"))
        .map(quote_of)
        .collect();
    quotes.sort_unstable();
    assert_eq!(
        quotes,
        [
            "Lanterns are lit at dusk by the watch",
            "See the notice at the gate",
            "See the notice at the gate",
            "the fish market opens"
        ]
    );
    assert!(file.to_string().contains("p:nth-of-type(4)"));
}

async fn files_are_read_in_whatever_way_they_are_written(reader: &Reader) {
    reader.open_site().await;
    let file = |number: u32, words: &str| {
        let mut note = note(number, quote(words));
        note["body"] = json!({ "type": "TextualBody", "value": format!("note {number}"), "color": "#5fb236",
            "tags": ["from afar", "Moss, Ida"] });
        note.to_string()
    };
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let marked = [&[0xFF, 0xFE][..], &utf16(&file(1, "public roads"))].concat();
    let padded = [
        b"\xEF\xBB\xBF",
        file(3, "many engineers").as_bytes(),
        &[0; 3],
    ]
    .concat();
    for (name, bytes, words) in [
        ("one.json", marked, "public roads"),
        ("two.json", utf16(&file(2, "Nick Joseph")), "Nick Joseph"),
        ("three.annotation", padded, "many engineers"),
    ] {
        reader.import_file(name, &bytes).await;
        let card = reader.card(words);
        card.list(EN.editor.tags).listitem("from afar").wait().await;
        card.list(EN.editor.tags).listitem("Moss, Ida").wait().await;
    }
    let archive = b"PK\x03\x04\x14\0\0\0\0\0";
    reader.choose_notes("notes.zip", archive).await;
    reader
        .be_warned_of(Message::ImportFailed {
            why: Failure::Archive,
        })
        .await;
    let exported = reader.export().await;
    for item in items(&exported) {
        assert_eq!(bodies(item, "highlighting"), ["green"]);
    }
    // A dropped file is recognised by its content, whatever its name.
    drop_file(reader, "four.txt", &file(4, "as a teacher")).await;
    reader.agree_to_import().await;
    reader.card("as a teacher").wait().await;
    drop_file(
        reader,
        "five.txt",
        "A text about {annotations}.\n\nAnd no notes.",
    )
    .await;
    reader.article("five").wait().await;
}

async fn drop_file(reader: &Reader, name: &str, text: &str) {
    let script = "const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[1]], arguments[0]));
        for (const kind of ['dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));";
    reader.run(script, vec![json!(name), json!(text)]).await;
}

async fn two_long_titles_get_two_names(reader: &Reader) {
    reader.open_site().await;
    let mut names = Vec::new();
    for part in ["one", "two"] {
        let title = format!(
            "Tides: spring and what it means for small boats in the northern harbours of the old coast, part {part}"
        );
        reader
            .open_pasted(&format!(
                "# {title}\n\nThe ferry leaves the north pier at a quarter past six."
            ))
            .await;
        reader.article(Name::Begins(&title[..40])).wait().await;
        reader.highlight("north pier").await;
        reader.button(EN.bar.export).click().await;
        let menu = reader.menu(EN.bar.export);
        menu.menuitem((EN.bar.format)(Format::WebAnnotation))
            .click()
            .await;
        names.push(reader.wait_for_download("*.json").await.name);
    }
    assert_ne!(names[0], names[1]);
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("notes-Tides-spring"))
    );
}

async fn letters_that_look_alike_are_found_alike(reader: &Reader) {
    reader.open_site().await;
    let page = "<article lang=de><h1>Die Fähre</h1><p>Die Donau\u{ad}dampf\u{ad}schiff\u{ad}fahrts\u{ad}gesell\u{ad}schaft hat\u{a0}um \
        viertel nach sechs ihre erste Abfahrt, noch bevor der Fisch\u{ad}markt öffnet.</p></article>";
    reader.open_pasted(page).await;
    reader.article("Die Fähre").wait().await;
    let whole = "Die Donau\u{ad}dampf\u{ad}schiff\u{ad}fahrts\u{ad}gesell\u{ad}schaft hat\u{a0}um";
    reader.take_hold("Die Donau", "um").await;
    reader.press("n").await;
    reader.note_box().type_text("“Ｆｕｌｌ” cafe\u{301}").await;
    reader
        .combobox(EN.editor.tags)
        .type_text("re\u{301}sume\u{301}, r\u{e9}sum\u{e9}")
        .await;
    reader.button(EN.buttons.save).click().await;
    reader.note_box().wait_gone().await;
    let card = reader.notes().listitem(Name::Has("Die Donau"));
    assert_eq!(
        card.list(EN.editor.tags).listitem(Name::Any).count().await,
        1,
        "one tag in either form"
    );
    let search = reader.searchbox(EN.notes.search);
    for words in [
        "donaudampfschifffahrtsgesellschaft",
        "hat um",
        "\"full\" CAFÉ",
        "cafe",
        "resume",
        "ｆｕｌｌ",
    ] {
        search.clear().await;
        search.type_text(words).await;
        card.wait().await;
    }
    search.clear().await;
    search.type_text("dampfer").await;
    card.wait_gone().await;
    let quote = quote_of(&items(&reader.export().await)[0]).to_owned();
    assert_eq!(quote, whole, "what is kept is to the letter");
}

/// A time zone in which the date differs from the UTC date.
fn far_zone() -> &'static str {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let hour = since.expect("it is after 1970").as_secs() / 3_600 % 24;
    // UTC+14 or UTC-11.
    if hour >= 10 {
        "Pacific/Kiritimati"
    } else {
        "Pacific/Pago_Pago"
    }
}

async fn days_are_the_reader_s_days(reader: &Reader) {
    reader.open_site().await;
    let day = "const now = new Date(); const two = (number) => String(number).padStart(2, '0');
        return [now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate()), now.toISOString().slice(0, 10)]";
    let days = reader.run(day, vec![]).await;
    assert_ne!(days[0], days[1], "the zone is far away");
    let today = days[0].as_str().expect("a day").to_owned();
    reader.highlight("public roads").await;
    let card = reader.card("public roads");
    let shown = "return element.querySelector('time').textContent";
    let said = card.evaluate(shown).await;
    let said = said.as_str().unwrap_or_default();
    assert!(said.starts_with("today "), "{said}");
    let created = items(&reader.export().await)[0]["created"].clone();
    assert!(
        created.as_str().is_some_and(|moment| moment.ends_with('Z')),
        "{created}"
    );
    reader.choose_more(EN.bar.your_notes).await;
    reader
        .dialog(EN.bar.your_notes)
        .button(EN.buttons.download_all)
        .click()
        .await;
    let file = reader.wait_for_download("all-notes-*.json").await;
    assert_eq!(file.name, format!("all-notes-{today}.json"));
    reader.press("Escape").await;
    reader.dialog(EN.bar.your_notes).wait_gone().await;
    let library = reader.open_library().await;
    library.listitem(Name::Has("opened today ")).wait().await;
    reader.press("Escape").await;
    // A time of another program's zone is shown in the reader's, and written in the one of the files.
    let mut other = note(7, quote("Nick Joseph"));
    other["created"] = json!("2024-03-01T12:30:00+05:30");
    reader
        .import_file("notes.json", other.to_string().as_bytes())
        .await;
    reader.card("Nick Joseph").click().await;
    let local = "const date = new Date('2024-03-01T12:30:00+05:30'); return date.getDate()";
    let local = reader.run(local, vec![]).await;
    let shown = reader.card("Nick Joseph").evaluate(shown).await;
    let words = shown.as_str().unwrap_or_default();
    let numbers = words.split(|c: char| !c.is_ascii_digit());
    let numbers: Vec<u64> = numbers.filter_map(|number| number.parse().ok()).collect();
    let (day, year) = (local.as_u64().expect("a day"), 2024);
    assert!(numbers.contains(&day) && numbers.contains(&year), "{shown}");
    assert!(
        reader
            .export()
            .await
            .to_string()
            .contains("2024-03-01T07:00:00")
    );
}
