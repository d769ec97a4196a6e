//! The note editor: it shows the note's content, changes only what is typed, and supports the
//! browser's own undo.

use postil::model::notice::Message;
use serde_json::{Value, json};

use postil_testing::journey::in_both_languages;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items, kilns};

in_both_languages!(
    editing_the_words_leaves_the_tags,
    a_tag_with_a_comma_is_one_tag,
    the_editor_says_what_becomes_of_the_tags,
    marks_come_and_go_by_keys_and_undo_holds,
    an_input_method_has_its_enter_and_escape,
    the_lines_of_a_note_are_as_typed,
    the_lines_of_a_quote_are_as_in_the_text,
    a_new_note_is_written_where_one_reads,
    a_chosen_note_is_written_on_by_its_key,
);

async fn a_new_note_is_written_where_one_reads(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(&kilns()).await;
    for hidden in [false, true] {
        if hidden {
            // What is written is shown, also where the notes are hidden.
            reader.press("t").await;
            reader.note_box().wait_gone().await;
        }
        let words = if hidden {
            "Number 60 stands"
        } else {
            "Number 50 stands"
        };
        reader.take_hold(words, words).await;
        let scrolled = "return scrollY";
        let before = reader
            .run(scrolled, vec![])
            .await
            .as_f64()
            .unwrap_or_default();
        assert!(before > 1_000.0, "{before}");
        reader.press("a").await;
        // Key by key: a driver that fills a box scrolls to it first.
        reader.note_box().wait().await;
        reader.press("o").await;
        reader.press("k").await;
        let look = async || {
            let now = reader
                .run(scrolled, vec![])
                .await
                .as_f64()
                .unwrap_or_default();
            let save = "const { top, bottom } = element.getBoundingClientRect(); return top > 0 && bottom < innerHeight";
            let is_seen = reader
                .button(reader.words().buttons.save)
                .evaluate(save)
                .await
                == true;
            match is_seen && (now - before).abs() < 400.0 {
                true => Ok(()),
                false => Err(format!(
                    "the page is at {now} and was at {before}; Save is seen: {is_seen}"
                )),
            }
        };
        reader.wait_for(look).await;
        reader.press("Control+Enter").await;
        reader.note_box().wait_gone().await;
        reader.wait_until_saved().await;
    }
}

async fn a_chosen_note_is_written_on_by_its_key(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("h").await;
    reader.card("public roads").wait().await;
    reader.press("a").await;
    reader.note_box().type_text("words").await;
    reader.press("Control+Enter").await;
    reader.note_box().wait_gone().await;
    reader.wait_until_saved().await;
    let file = reader.export().await;
    assert_eq!(bodies(&items(&file)[0], "commenting"), ["words"]);
    assert_eq!(items(&file).len(), 1);
}

async fn editing_the_words_leaves_the_tags(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader
        .write_note("public roads", "first words", "law, to read")
        .await;
    let card = reader.card("public roads");
    card.button(words.card.edit).click().await;
    assert_eq!(
        reader.combobox(words.editor.tags).value().await,
        "law, to read"
    );
    reader.note_box().type_text(", and more").await;
    reader.button(words.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    reader.wait_until_saved().await;
    reader.reload().await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(bodies(&item, "commenting"), ["first words, and more"]);
    assert_eq!(bodies(&item, "tagging"), ["law", "to read"]);
    // Opening and saving without typing leaves the note exactly as it was.
    card.click().await;
    card.button(words.card.edit).click().await;
    reader.button(words.buttons.save).click().await;
    reader.note_box().wait_gone().await;
    assert_eq!(items(&reader.export().await)[0], item);
}

/// Another program's note on words of the bundled article.
fn foreign() -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:6b1a3c1e-0000-4000-8000-000000000001",
        "type": "Annotation",
        "created": "2024-05-01T10:00:00Z",
        "ex:rating": 5,
        "body": [
            { "type": "TextualBody", "value": "Compare the older table.", "purpose": "commenting" },
            { "type": "TextualBody", "value": "Moss, Ida", "purpose": "tagging" },
            { "type": "TextualBody", "value": "ports", "purpose": "tagging", "creator": "urn:x:y" },
        ],
        "target": { "source": "https://harbour.example/ferry",
            "selector": { "type": "TextQuoteSelector", "exact": "public roads" } },
    })
}

async fn a_tag_with_a_comma_is_one_tag(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    let file = foreign().to_string();
    reader.import_file("notes.json", file.as_bytes()).await;
    let card = reader.card("public roads");
    card.list(words.editor.tags)
        .listitem("Moss, Ida")
        .wait()
        .await;
    card.list(words.editor.tags).listitem("ports").wait().await;
    let search = reader.searchbox(words.notes.search);
    search.type_text("moss, ida").await;
    card.wait().await;
    reader.press("Escape").await;
    card.click().await;
    card.button(words.card.edit).click().await;
    assert_eq!(
        reader.combobox(words.editor.tags).value().await,
        "\"Moss, Ida\", ports"
    );
    reader.note_box().type_text(" And the newer one.").await;
    reader.button(words.buttons.save).click().await;
    reader.hear_of(Message::NoteSaved).await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(bodies(&item, "tagging"), ["Moss, Ida", "ports"]);
    assert_eq!(item["ex:rating"], json!(5));
    assert!(item.to_string().contains("urn:x:y"), "{item}");
}

async fn the_editor_says_what_becomes_of_the_tags(reader: &Reader) {
    let words = reader.words();
    reader.open_site().await;
    reader
        .write_note("public roads", "words", "law, ports")
        .await;
    let card = reader.card("public roads");
    card.button(words.card.edit).click().await;
    let shown = card.list(words.editor.tags_after);
    assert!(!shown.is_there().await, "nothing is changed yet");
    let tags = reader.combobox(words.editor.tags);
    tags.clear().await;
    tags.type_text("law, \"Moss, Ida\"").await;
    let passage = words.passage;
    let told = |before: &str, tag: &str| [before.trim_start(), tag].concat();
    let added = told(passage.added_words, "Moss, Ida");
    let removed = told(passage.removed_words, "ports");
    let wanted = ["law", &added, &removed];
    let said = "return [...element.children].map((item) => item.textContent.trim())";
    let told = async || match shown.evaluate(said).await {
        told if told == json!(wanted) => Ok(()),
        told => Err(format!("{told}")),
    };
    reader.wait_for(told).await;
    reader.button(words.buttons.save).click().await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(bodies(&item, "tagging"), ["law", "Moss, Ida"]);
}

async fn marks_come_and_go_by_keys_and_undo_holds(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    reader.press("n").await;
    let note = reader.note_box();
    let value = async |wanted: &str| {
        let is = async || match note.value().await {
            value if value == wanted => Ok(()),
            value => Err(format!("{value:?} and not {wanted:?}")),
        };
        reader.wait_for(is).await;
    };
    let select = async |words: &str| {
        let script = format!(
            "const at = element.value.indexOf({0}); element.setSelectionRange(at, at + {0}.length)",
            json!(words)
        );
        note.evaluate(&script).await;
    };
    let first = "The captain has asked for a new bell.";
    let second = "The old one cracked in the frost.";
    note.type_text(first).await;
    reader.press("Enter").await;
    reader.press("Enter").await;
    note.type_text(second).await;
    select(first).await;
    reader.press("Backspace").await;
    value(&format!("\n\n{second}")).await;
    select("cracked").await;
    reader.press("Control+b").await;
    value(&format!("\n\n{}", second.replace("cracked", "**cracked**"))).await;
    reader.press("Control+z").await;
    value(&format!("\n\n{second}")).await;
    reader.press("Control+z").await;
    value(&format!("{first}\n\n{second}")).await;
    reader.press("Control+Shift+Z").await;
    reader.press("Control+Shift+Z").await;
    value(&format!("\n\n{}", second.replace("cracked", "**cracked**"))).await;
    // Pressed twice, a key changes nothing; each key has its own markup.
    for (key, marked) in [
        ("b", "**frost**"),
        ("i", "*frost*"),
        ("l", "[frost](https://)"),
    ] {
        select("frost").await;
        let before = note.value().await;
        reader.press(&format!("Control+{key}")).await;
        value(&before.replace("frost", marked)).await;
        reader.press(&format!("Control+{key}")).await;
        value(&before).await;
    }
    select("The old").await;
    reader.press("Control+q").await;
    value("\n\n> The old one **cracked** in the frost.").await;
    reader.press("Control+q").await;
    value("\n\nThe old one **cracked** in the frost.").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(
        bodies(&item, "commenting"),
        ["\n\nThe old one **cracked** in the frost."]
    );
}

/// A key consumed by an input method: the composition is over, but the event still names the key.
const TAKEN: &str =
    "const event = new KeyboardEvent('keydown', { key: arguments[0], ctrlKey: arguments[1],
        bubbles: true, cancelable: true, isComposing: false, keyCode: 229 });
    document.activeElement.dispatchEvent(event);
    return event.defaultPrevented";

async fn an_input_method_has_its_enter_and_escape(reader: &Reader) {
    reader.open_site().await;
    reader.take_hold("public roads", "public roads").await;
    let taken = async |key: &str, control: bool| {
        let taken = reader.run(TAKEN, vec![json!(key), json!(control)]).await;
        assert_eq!(taken, false, "{key} is the input method's");
    };
    reader.article(Name::Any).focus().await;
    for key in ["h", "1", "a", "Escape"] {
        taken(key, false).await;
    }
    assert!(reader.selection_toolbar().is_there().await);
    assert_eq!(reader.painted().await, Vec::<String>::new());
    reader.press("n").await;
    reader.note_box().type_text("みなとの朝は静かで").await;
    for part in [
        reader.note_box(),
        reader.combobox(reader.words().editor.tags),
    ] {
        part.focus().await;
        for (key, control) in [
            ("Enter", true),
            ("Enter", false),
            ("Escape", false),
            ("b", true),
        ] {
            taken(key, control).await;
        }
    }
    assert_eq!(reader.note_box().value().await, "みなとの朝は静かで");
    let search = reader.searchbox(reader.words().notes.search);
    search.type_text("みなと").await;
    search.focus().await;
    taken("Escape", false).await;
    assert_eq!(search.value().await, "みなと");
    // The note that is written stays, whatever is searched for.
    reader.note_box().focus().await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    let item = items(&reader.export().await)[0].clone();
    assert_eq!(bodies(&item, "commenting"), ["みなとの朝は静かで"]);
}

async fn the_lines_of_a_note_are_as_typed(reader: &Reader) {
    const LINES: &str =
        "Ask the harbour office\nabout the bell\nand the ladder\n\nPhone: 555 0100\nRoom 3";
    reader.open_site().await;
    for (words, note) in [
        ("public roads", LINES.to_owned()),
        ("Nick Joseph", LINES.replace("bell", "**bell**")),
    ] {
        reader.take_hold(words, words).await;
        reader.press("n").await;
        let put = format!(
            "element.value = {}; element.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
            json!(note)
        );
        reader.note_box().evaluate(&put).await;
        reader.button(reader.words().buttons.save).click().await;
        reader.note_box().wait_gone().await;
        let shown = async || {
            let body = "return element.querySelector('.note-body').innerText";
            match reader.card(words).evaluate(body).await {
                text if text == LINES => Ok(()),
                text => Err(format!("{text}")),
            }
        };
        reader.wait_for(shown).await;
    }
    let file = reader.export().await;
    let mut notes: Vec<&str> = items(&file)
        .iter()
        .flat_map(|item| bodies(item, "commenting"))
        .collect();
    notes.sort_unstable();
    assert_eq!(notes, [&LINES.replace("bell", "**bell**"), LINES]);
}

async fn the_lines_of_a_quote_are_as_in_the_text(reader: &Reader) {
    const POEM: &str = "Low tide, grey light\na rope creaks\nnobody answers";
    const CODE: &str = "for tide in tides:\n    if tide.high:\n        ring()";
    const ROWS: &str = "Mon\t06:15\nTue\t07:02";
    reader.open_site().await;
    let page = format!(
        "<article><h1>Log of the pilot</h1><p>{}</p><pre>{CODE}</pre><table><tr><td>Mon</td><td>06:15</td></tr>\
         <tr><td>Tue</td><td>07:02</td></tr></table><p>The ferry leaves at a quarter past six, before the market opens.</p></article>",
        POEM.replace('\n', "<br>")
    );
    reader.open_pasted(&page).await;
    reader.article("Log of the pilot").wait().await;
    for quote in [POEM, CODE, ROWS] {
        let (first, last) = (
            quote.split_whitespace().next().unwrap_or_default(),
            quote.split_whitespace().last().unwrap_or_default(),
        );
        reader.take_hold(first, last).await;
        reader.press("h").await;
        let shown = async || {
            let quotes = "return [...document.querySelectorAll('.card .quote')].map((quote) => quote.innerText)";
            match reader.run(quotes, vec![]).await {
                Value::Array(quotes) if quotes.contains(&json!(quote)) => Ok(()),
                quotes => Err(format!("{quote:?} is not among {quotes}")),
            }
        };
        reader.wait_for(shown).await;
    }
}
