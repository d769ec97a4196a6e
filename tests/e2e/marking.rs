//! What colours mean, how they are told apart, and notes that share their words.

use postil::model::annotation::Colour;
use postil::model::notice::Message;
use postil::model::wholes::Whole;
use postil::ui::strings::EN;
use serde_json::Value;

use postil_testing::driver::Setup;
use postil_testing::journey::in_both_browsers;
use postil_testing::locator::Name;
use postil_testing::reader::Reader;
use postil_testing::steps::{bodies, items};

in_both_browsers!(
    colours_have_the_readers_own_names,
    notes_on_the_same_words_are_each_reached,
    colours_are_told_apart_by_patterns,
    a_note_is_on_several_passages,
    tables_figures_code_and_formulas_are_marked_as_a_whole,
);
in_both_browsers!(Setup { size: (390, 844), ..Setup::default() } => names_of_colours_fit_a_phone);

const WORDS: &str =
    "The kiln is lit before dawn and whoever tends it brings bread.\n\nThe cups are set in rows.";

async fn open_article(reader: &Reader) {
    reader.open_site().await;
    reader.open_pasted(WORDS).await;
    let dismiss = reader.button(EN.buttons.dismiss);
    dismiss.click().await;
    // Another notice may have come in the place of the first.
    let gone = async || match dismiss.is_there().await {
        true => {
            dismiss.click().await;
            Err("there is another notice".to_owned())
        }
        false => Ok(()),
    };
    reader.wait_for(gone).await;
}

/// Names colours in the dialog that is open, and leaves it.
async fn name(reader: &Reader, names: &[(Colour, &str)]) {
    let dialog = reader.dialog(EN.selection.name_colours);
    for (colour, name) in names {
        let field = dialog.textbox(&*(EN.selection.name_of_colour)(*colour));
        field.clear().await;
        field.type_text(name).await;
    }
    dialog.button(EN.buttons.close).click().await;
    dialog.wait_gone().await;
}

async fn colours_have_the_readers_own_names(reader: &Reader) {
    open_article(reader).await;
    // Where one picks, and the words stay selected.
    let selected = reader.select_text("kiln", "dawn").await;
    let toolbar = reader.selection_toolbar();
    toolbar.button(EN.selection.name_colours).click().await;
    name(
        reader,
        &[(Colour::Green, "  Claim "), (Colour::Red, "Zweifel")],
    )
    .await;
    assert_eq!(reader.selected_text().await, selected);
    let claim = toolbar.button("Claim");
    assert_eq!(claim.text().await, "Claim");
    claim.click().await;
    let card = reader.card("kiln is lit before dawn");
    let picker = card.by_role("group", EN.card.colour);
    let chosen = picker.button(&*(EN.card.recolour_named)("Claim"));
    chosen.wait_attribute("aria-pressed", "true").await;

    // They outlive the page, and are renamed from the card too.
    reader.reload().await;
    reader.card("kiln is lit before dawn").click().await;
    chosen.wait().await;
    picker.button(EN.selection.name_colours).click().await;
    name(reader, &[(Colour::Green, "Thesis"), (Colour::Red, "")]).await;
    picker
        .button(&*(EN.card.recolour_named)("Thesis"))
        .wait()
        .await;
    picker
        .button(&*(EN.card.recolour)(Colour::Red))
        .wait()
        .await;

    let exported = reader.export().await;
    let item = &items(&exported)[0];
    assert_eq!(item["target"]["styleClass"], "postil-green");
    let body = item["body"].as_array().expect("bodies").iter();
    let mut colours = body.filter(|body| body["purpose"] == "highlighting");
    let colour = colours.next().expect("the colour");
    assert_eq!(
        (&colour["value"], &colour["label"]),
        (&Value::from("green"), &Value::from("Thesis"))
    );
    assert_eq!(bodies(item, "highlighting"), ["green"]);

    // Whoever gets the file gets the names with it.
    reader.forget_everything().await;
    open_article(reader).await;
    let file = exported.to_string();
    reader.import_file("notes.json", file.as_bytes()).await;
    reader.card("kiln is lit before dawn").click().await;
    picker
        .button(&*(EN.card.recolour_named)("Thesis"))
        .wait_attribute("aria-pressed", "true")
        .await;
}

async fn notes_on_the_same_words_are_each_reached(reader: &Reader) {
    open_article(reader).await;
    reader
        .write_note("kiln is lit before dawn", "the first", "")
        .await;
    reader.write_note("lit before", "the second", "").await;
    reader
        .write_note("before dawn and whoever", "the third", "")
        .await;
    let chosen = async |words: &str| {
        let script =
            "return document.querySelector('.card.chosen .note-body')?.textContent ?? null";
        let look = async || match reader.run(script, vec![]).await {
            Value::String(body) if body.trim() == words => Ok(()),
            other => Err(format!("{other} is chosen and not {words}")),
        };
        reader.wait_for(look).await;
    };
    // By clicks on the words that all three share.
    reader.press("Escape").await;
    for words in ["the third", "the second", "the first", "the third"] {
        reader.click_text("before").await;
        chosen(words).await;
    }
    // And by the card, which says how many there are.
    for words in ["the first", "the second", "the third"] {
        reader.button(&*(EN.card.overlap)(2)).click().await;
        chosen(words).await;
    }
}

async fn colours_are_told_apart_by_patterns(reader: &Reader) {
    open_article(reader).await;
    reader.highlight("kiln is lit").await;
    reader.highlight("cups are set").await;
    reader.press("2").await;
    let images = "return [...document.querySelectorAll('mark[data-note]')].map((mark) =>
        `${mark.dataset.colour} ${getComputedStyle(mark).backgroundImage}`)";
    let plain = reader.run(images, vec![]).await;
    assert_eq!(plain, serde_json::json!(["yellow none", "red none"]));
    reader.press("Escape").await;
    let settings = async |reader: &Reader| {
        reader.button(EN.bar.reading_settings).click().await;
        reader.checkbox(EN.look.patterns).click().await;
        reader.button(EN.buttons.close).click().await;
    };
    settings(reader).await;
    let differ = async || {
        let shown = reader.run(images, vec![]).await;
        let shown: Vec<String> = serde_json::from_value(shown).map_err(|e| e.to_string())?;
        let patterns: Vec<&str> = shown
            .iter()
            .filter_map(|one| one.split_once(' '))
            .map(|(_, image)| image)
            .collect();
        let is_told =
            patterns.len() == 2 && patterns[0] != patterns[1] && !patterns.contains(&"none");
        is_told.then_some(()).ok_or(format!("{shown:?}"))
    };
    reader.wait_for(differ).await;
    reader.reload().await;
    reader.wait_for(differ).await;
    settings(reader).await;
    let is_plain = async || match reader.run(images, vec![]).await {
        shown if shown == plain => Ok(()),
        shown => Err(shown.to_string()),
    };
    reader.wait_for(is_plain).await;
}

async fn names_of_colours_fit_a_phone(reader: &Reader) {
    open_article(reader).await;
    // Its toolbar has no room for the button; a card has.
    reader.highlight("cups are set").await;
    let card = reader.card("cups are set");
    card.button(EN.selection.name_colours).click().await;
    let long = "What I cannot believe without a source";
    let names: Vec<(Colour, &str)> = Colour::ALL
        .into_iter()
        .map(|colour| (colour, long))
        .collect();
    name(reader, &names).await;
    reader.take_hold("kiln", "dawn").await;
    let toolbar = reader.selection_toolbar();
    toolbar.button(EN.selection.name_colours).wait_gone().await;
    let last = toolbar.button(long).nth(7);
    last.wait().await;
    let wide = "return document.documentElement.scrollWidth > innerWidth
        || [...document.querySelectorAll('[role=toolbar] button')].some((button) => {
            const { left, right, top, bottom } = button.getBoundingClientRect();
            return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight;
        })";
    assert_eq!(reader.run(wide, vec![]).await, false);
    last.click().await;
    reader.notes().wait().await;
}

/// What is painted for a note on two passages: the words of its marks, one after the other.
const BOTH: &str = "kiln is litcups are set";

async fn a_note_is_on_several_passages(reader: &Reader) {
    open_article(reader).await;
    reader.write_note("kiln is lit", "fire and clay", "").await;
    let toolbar = reader.selection_toolbar();
    reader.take_hold("cups are set", "set").await;
    toolbar.button(EN.selection.add_passage).click().await;
    reader.hear_of(Message::PassageAdded).await;
    toolbar.wait_gone().await;
    reader.wait_painted(&[BOTH]).await;
    let card = reader.card("kiln is lit");
    let further = card.list(EN.card.further);
    further.listitem(Name::Any).wait_count(1).await;
    assert!(further.text().await.contains("cups are set"));
    reader.wait_until_saved().await;

    // It outlives the page, one mark leads to the card like the other, and the file has both.
    reader.reload().await;
    reader.wait_painted(&[BOTH]).await;
    reader.press("Escape").await;
    reader.click_text("cups").await;
    card.wait_attribute("aria-current", "true").await;
    let exported = reader.export().await;
    let targets = items(&exported)[0]["target"]
        .as_array()
        .cloned()
        .expect("two targets");
    let quotes: Vec<&Value> = targets
        .iter()
        .map(|target| &target["selector"][0]["exact"])
        .collect();
    assert_eq!(quotes, ["kiln is lit", "cups are set"]);

    // A passage is taken off, and comes back by Undo.
    reader.click_text("cups").await;
    further.button(EN.card.remove_passage).click().await;
    reader.hear_of(Message::PassageRemoved).await;
    reader.wait_painted(&["kiln is lit"]).await;
    reader.button(EN.bar.undo).click().await;
    reader.wait_painted(&[BOTH]).await;
}

/// A page with everything that can be marked as a whole.
const WHOLES: &str = "<!doctype html><html lang=en><title>Glazes</title><body><article><h1>Glazes</h1>\
    <p>The kiln is lit before dawn, when the wind from the marsh is still low, and whoever tends it brings bread.</p>\
    <table><tr><th>Part</th><th>Share</th></tr><tr><td>Feldspar</td><td>forty</td></tr><tr><td>Quartz</td><td>thirty</td></tr></table>\
    <p>What is left is chalk and clay, sieved twice through the finest cloth that the village has.</p>\
    <figure><img alt='A cup' width=120 height=80 src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'>\
    <figcaption>A cup with an ash glaze</figcaption></figure>\
    <pre>fire(900);\nwait(12);\nfire(1280);</pre>\
    <p>How much heat it takes follows from <math><mi>q</mi><mo>=</mo><mi>m</mi><mi>c</mi><mi>t</mi></math>, as every potter knows.</p>\
    </article></body></html>";

async fn tables_figures_code_and_formulas_are_marked_as_a_whole(reader: &Reader) {
    reader.open_site().await;
    reader.open_file("glazes.html", WHOLES.as_bytes()).await;
    reader.article("Glazes").wait().await;
    // From words in it, by the toolbar: a table.
    reader.select_text("Feldspar", "Feldspar").await;
    let toolbar = reader.selection_toolbar();
    let whole = toolbar.button((EN.selection.whole)(Whole::Table));
    whole.click().await;
    whole.wait_gone().await;
    reader.press("h").await;
    reader.notes().listitem(Name::Begins("Part")).wait().await;
    reader
        .wait_painted(&["PartShareFeldsparfortyQuartzthirty"])
        .await;
    reader.press("Escape").await;
    // By its key, from the reading cursor or a selection: code.
    reader.select_text("wait", "12").await;
    reader.press("w").await;
    reader
        .wait_for(async || match reader.selected_text().await {
            words if words.contains("fire(900)") && words.contains("fire(1280)") => Ok(()),
            words => Err(format!("{words:?} is selected")),
        })
        .await;
    toolbar.wait_still().await;
    let whole = toolbar.button((EN.selection.whole)(Whole::Code));
    assert!(!whole.is_there().await, "all of it is selected");
    reader.press("3").await;
    reader
        .notes()
        .listitem(Name::Begins("fire(900)"))
        .wait()
        .await;
    reader.press("Escape").await;
    // By a click: a picture, whose caption stands for it, and a formula.
    reader.by_role("img", "A cup").click().await;
    toolbar.wait().await;
    assert_eq!(
        reader.selected_text().await.trim(),
        "A cup with an ash glaze"
    );
    reader.press("2").await;
    reader.card("A cup with an ash glaze").wait().await;
    let frame = "return getComputedStyle(element).outlineStyle";
    let framed = async || match reader.by_role("img", "A cup").evaluate(frame).await {
        style if style == "solid" => Ok(()),
        style => Err(format!("its outline is {style}")),
    };
    reader.wait_for(framed).await;
    reader.press("Escape").await;
    let middle = "const formula = document.querySelector('article math');
        formula.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = formula.getBoundingClientRect(); return [x + width / 2, y + height / 2]";
    let middle = reader.run(middle, vec![]).await;
    let (x, y): (f64, f64) = serde_json::from_value(middle).expect("a place");
    reader.click_at((x, y), None).await;
    toolbar.wait().await;
    reader.press("a").await;
    reader.note_box().type_text("In joules?").await;
    reader.press("Control+Enter").await;
    reader.hear_of(Message::NoteSaved).await;
    let exported = reader.export().await;
    let quotes = items(&exported).iter().map(quote_of).collect::<Vec<_>>();
    assert_eq!(
        quotes,
        [
            "Part\tShare\nFeldspar\tforty\nQuartz\tthirty",
            "A cup with an ash glaze",
            "fire(900);\nwait(12);\nfire(1280);",
            "q=mct",
        ]
    );
}

/// The quoted words of an exported note.
fn quote_of(item: &Value) -> &str {
    let selectors = item["target"]["selector"].as_array().into_iter().flatten();
    let mut quotes = selectors.filter_map(|selector| selector["exact"].as_str());
    quotes.next().expect("a quote")
}
